// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/core/number_traits.hpp"
#include "nbk/plan/device_table.hpp"
#include "nbk/plan/further_tables.hpp"
#include "nbk/plan/panel_tables.hpp"
#include "nbk/plan/radial_cells.hpp"
#include "nbk/scene/make_materials.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nbk::plan {

/// The Tables of all panels for the kernel of materials: those of the crystal's kernel but for the sums. Owns the
/// materials' table on the device.
template <class PrecisionT, class Exec>
class MaterialTables : public FurtherTables<PrecisionT> {
 public:
  using G = typename PrecisionT::Geometry;
  using L = typename PrecisionT::Lattice;
  using A = typename PrecisionT::Accumulate;

  /// Bytes on the device.
  std::size_t bytes() const { return m_coefficients.bytes() + m_kinks.bytes(); }

  /// Sets the function of angle that all materials together scatter, relative to its largest coefficient, so that float
  /// holds it.
  void set_materials(const Exec& exec, const Scene& scene, Policy policy) {
    m_peak = 0;
    if (scene.materials.empty()) return;
    const double tolerance = std::max(1e-12, std::ldexp(1.0, -NumberTraits<L>::significand_bits));
    const RadialCells cells =
        radial_cells(MaterialSum(scene.materials, policy), scene::stol_range(scene).most_per_A, tolerance);
    for (const double c : cells.coefficients) m_peak = std::max(m_peak, std::fabs(c));
    const double unit = m_peak > 0 ? 1 / m_peak : 0;
    std::vector<L> coefficients, kinks;
    for (const double c : cells.coefficients) coefficients.push_back(static_cast<L>(c * unit));
    for (const double kink : cells.kinks) kinks.push_back(static_cast<L>(kink));
    m_coefficients.assign(exec, "nbk::plan::radial_coefficients", coefficients);
    m_kinks.assign(exec, "nbk::plan::radial_kinks", kinks);
    m_radial = {m_coefficients.data(), m_kinks.data(), static_cast<G>(cells.cells_A), static_cast<G>(cells.count - 1)};
  }

  /// Takes everything else over from the tables of the crystal's kernel.
  void follow(const Scene& scene, const PanelTables<PrecisionT, Exec>& panels) {
    this->clear();
    if (scene.materials.empty()) return;
    const double photons = constants::electron_radius_sqr_m2 * scene.fluence_per_m2 * m_peak;
    for (std::size_t p = 0; p < panels.size(); ++p) {
      const double oversample = scene.panels[p].oversample;
      Tables<PrecisionT> t = panels.tables(p);
      t.materials = m_radial;
      t.scale = static_cast<A>(photons / (static_cast<double>(scene.rays.size()) * oversample * oversample));
      t.dmin_A = G(0);
      this->add(t);
    }
  }

 private:
  physics::RadialTable<L, G> m_radial;
  double m_peak = 0;
  DeviceTable<L, Exec> m_coefficients, m_kinks;
};

}  // namespace nbk::plan
