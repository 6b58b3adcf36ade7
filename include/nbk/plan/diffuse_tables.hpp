// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/physics/diffuse_intensity.hpp"
#include "nbk/plan/device_table.hpp"
#include "nbk/plan/further_tables.hpp"

#include <cstddef>
#include <vector>

namespace nbk::plan {

/// Returns 2 pi G M of the operators of diffuse scattering, in double.
inline std::vector<Mat3d> diffuse_spreads(const SceneDiffuse& diffuse) {
  constexpr double two_pi = 2 * constants::pi<double>;
  std::vector<Mat3d> spreads;
  for (const Mat3d& rotation : diffuse.operators) {
    const Mat3d m = diffuse.index_to_axes_per_A * rotation;
    spreads.push_back({two_pi * diffuse.gamma_A.x * m.row0, two_pi * diffuse.gamma_A.y * m.row1,
                       two_pi * diffuse.gamma_A.z * m.row2});
  }
  return spreads;
}

/// The Tables of all panels for the kernel of diffuse scattering: those of the crystal's kernel without water. Owns the
/// parameters of diffuse scattering on the device.
template <class PrecisionT, class Exec>
class DiffuseTables : public FurtherTables<PrecisionT> {
 public:
  using L = typename PrecisionT::Lattice;

  /// Bytes on the device.
  std::size_t bytes() const { return m_spreads.bytes() + m_steps.bytes() + m_parameters.bytes(); }
  /// The parameters in the memory of the space; nullptr where there are none.
  const physics::DiffuseTable<L>* parameters() const { return m_parameters.data(); }

  /// Sets the parameters.
  void set_crystal(const Exec& exec, const Scene& scene) {
    std::vector<Mat3<L>> spreads;
    std::vector<Vec3<L>> steps;
    std::vector<physics::DiffuseTable<L>> parameters;
    if (scene.diffuse) {
      const SceneDiffuse& diffuse = *scene.diffuse;
      const std::vector<Mat3d> exact = diffuse_spreads(diffuse);
      for (const Mat3d& m : exact)
        spreads.push_back({vec3_cast<L>(m.row0), vec3_cast<L>(m.row1), vec3_cast<L>(m.row2)});
      // In the order of physics::for_each_stencil_offset(), which device compilers do not let a host's function call.
      const int size = diffuse.stencil;
      for (int h = -size; h <= size; ++h) {
        for (int k = -size; k <= size; ++k) {
          for (int l = -size; l <= size; ++l) {
            const Vec3d offset{static_cast<double>(h), static_cast<double>(k), static_cast<double>(l)};
            for (const Mat3d& m : exact) steps.push_back(vec3_cast<L>(m * offset));
          }
        }
      }
      parameters.resize(1);
      m_spreads.assign(exec, "nbk::plan::diffuse_spreads", spreads);
      m_steps.assign(exec, "nbk::plan::diffuse_steps", steps);
      const Vec3d &gamma = diffuse.gamma_A, &sigma = diffuse.sigma_A;
      parameters[0].spread = m_spreads.data();
      parameters[0].steps = m_steps.data();
      parameters[0].displacement = vec3_cast<L>(Vec3d{sigma.x / gamma.x, sigma.y / gamma.y, sigma.z / gamma.z});
      parameters[0].height = static_cast<L>(diffuse.height);
      parameters[0].operators = static_cast<int>(exact.size());
      parameters[0].stencil = diffuse.stencil;
    }
    m_parameters.assign(exec, "nbk::plan::diffuse", parameters);
  }

  /// Takes everything else over from the tables of the crystal's kernel.
  void follow(const std::vector<Tables<PrecisionT>>& panels) {
    this->clear();
    if (m_parameters.size() == 0) return;
    for (const Tables<PrecisionT>& t : panels) this->add(t);
  }

 private:
  DeviceTable<Mat3<L>, Exec> m_spreads;
  DeviceTable<Vec3<L>, Exec> m_steps;
  DeviceTable<physics::DiffuseTable<L>, Exec> m_parameters;
};

}  // namespace nbk::plan
