// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/traversal.hpp"
#include "nbk/plan/derivative_coefficients_of.hpp"
#include "nbk/plan/derivative_tables.hpp"
#include "nbk/plan/plan.hpp"
#include "nbk/plan/spot_lists.hpp"

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nbk {

/// The parameters by which images are differentiated, with the memory that this needs in an execution space. Every call
/// for derivatives brings it up to date with the plan that it gets, so that one goes with a plan through all of its
/// updates, and stops allocating. Two calls at the same time need one each.
/// \code
/// DerivativePlan<Fp32, Exec> by({"crystal.turn_rad.x", "crystal.cells", "scale"});
/// normal_equations(exec, plan, by, data, variances, {}, result);  // result.vector[by.index("scale")]
/// \endcode
template <class PrecisionT, class Exec>
class DerivativePlan {
 public:
  /// Parameters by name, or of one's own.
  explicit DerivativePlan(DerivativeParameters parameters) : m_parameters(std::move(parameters)) {
    for (const DerivativeParameter& parameter : m_parameters) m_coefficients.names.push_back(parameter.name);
  }
  /// Coefficients of one's own, which must belong to every plan that it is used with.
  explicit DerivativePlan(DerivativeCoefficients coefficients)
      : m_own_coefficients(true), m_coefficients(std::move(coefficients)) {}

  /// Not copied, like a plan.
  DerivativePlan(const DerivativePlan&) = delete;
  /// Not copied.
  DerivativePlan& operator=(const DerivativePlan&) = delete;
  /// Takes the memory over.
  DerivativePlan(DerivativePlan&&) noexcept = default;
  /// Takes the memory over.
  DerivativePlan& operator=(DerivativePlan&&) noexcept = default;
  ~DerivativePlan() = default;

  /// Number of parameters.
  std::size_t size() const { return m_coefficients.names.size(); }
  /// Names of the parameters, in the order of all results.
  const std::vector<std::string>& names() const { return m_coefficients.names; }
  /// Returns the place of a parameter in results. \throws InvalidInput  a name that is not in the list
  std::size_t index(std::string_view name) const { return m_coefficients.index(name); }

  /// Brings it up to date with a plan. Those who call derivatives() and its like need not.
  /// \throws InvalidInput  a plan whose derivatives are not known, or a parameter that has no effect on it
  void update(const Exec& exec, const Plan<PrecisionT, Exec>& plan) {
    plan::require_derivatives(plan);
    if (!m_own_coefficients) m_coefficients = derivative_coefficients_of(plan, m_parameters);
    require_coefficients(plan);
    const Scene& scene = plan.scene();
    const auto axes = plan::cell_axes<L>(make_orientations(scene, plan.policy()));
    m_orientations.assign(exec, "nbk::derivatives::orientations", axes);
    m_twists.assign(exec, "nbk::derivatives::twists", plan::twists_by_orientation<L>(m_coefficients, axes.size()));
    std::vector<std::size_t> first_rays;
    for (const auto& group : plan::source_groups<double>(scene, false))
      first_rays.push_back(static_cast<std::size_t>(group.first));
    m_turned_rays.assign(exec, "nbk::derivatives::turned_rays", plan::turned_rays<G>(m_coefficients, first_rays));
  }

  /// The coefficients, since the last update.
  const DerivativeCoefficients& coefficients() const { return m_coefficients; }
  /// Tables of kernels, since the last update.
  DerivativeTables<PrecisionT> tables() const {
    using At = physics::PixelSums;
    const DerivativeCoefficients& c = m_coefficients;
    DerivativeTables<PrecisionT> tables;
    tables.orientations = m_orientations.data();
    tables.twists = m_twists.data();
    tables.twist_count = c.twists;
    tables.turned_rays = m_turned_rays.data();
    tables.turn_count = c.beam_turns_used;
    tables.uses_cells = c.uses(At::cells, At::cells + 6);
    tables.uses_push = c.twists > 0 || c.beam_turns_used > 0 || c.uses(At::shift, At::beam) ||
                       c.uses(At::layer_depth, At::layer_depth + 1);
    tables.uses_wavelength = c.uses(At::wavelength, At::wavelength + 1);
    return tables;
  }
  /// Memory of the device for coefficients, derivatives of some pixels, sums of these, and photons of materials.
  struct Scratch {
    DeviceTable<double, Exec> coefficients;                        ///< [panel][parameter][sum]
    DeviceTable<double, Exec> halo_coefficients;                   ///< [parameter][sum of physics::DiffuseSums]
    DeviceTable<double, Exec> kept;                                ///< derivatives of some pixels
    DeviceTable<double, Exec> sums;                                ///< [row][block of pixels]
    DeviceTable<typename PrecisionT::Accumulate, Exec> materials;  ///< photons by position
    std::vector<double> host_sums{};                               ///< copy of `sums`
    std::size_t most_list_bytes = plan::usual_list_bytes;  ///< memory for lists of spots; only those of 512 pixels may
                                                           ///< take more
    Traversal traversal = Traversal::automatic;            ///< order in which the last call found spots
  };
  /// Order in which the last call found spots; Traversal::automatic before the first.
  Traversal traversal() const { return m_scratch.traversal; }
  /// Memory that calls for derivatives use.
  Scratch& scratch() { return m_scratch; }

 private:
  using G = typename PrecisionT::Geometry;
  using L = typename PrecisionT::Lattice;

  /// Rejects coefficients that do not belong to the plan.
  void require_coefficients(const Plan<PrecisionT, Exec>& plan) const {
    using At = physics::PixelSums;
    const DerivativeCoefficients& c = m_coefficients;
    const Scene& scene = plan.scene();
    const std::size_t panels = scene.panels.size();
    require(static_cast<std::size_t>(c.panels) == panels, "derivatives, panels of the coefficients", c.panels,
            "must be " + std::to_string(panels) + ", those of the plan");
    require(c.values.size() == panels * c.names.size() * At::count, "derivatives, number of coefficients",
            c.values.size(), "must be [panel][parameter][sum]");
    require(c.twists >= 0 && c.twists <= At::most_twists, "derivatives, twists", c.twists,
            "must be 0 to " + std::to_string(At::most_twists));
    require(c.beam_turns_used >= 0 && c.beam_turns_used <= At::most_beams, "derivatives, beam turns", c.beam_turns_used,
            "must be 0 to " + std::to_string(At::most_beams));
    const std::size_t orientations = scene.phi_rad.size() * scene.domains.size();
    require(c.twist_vectors.size() == static_cast<std::size_t>(c.twists) * orientations, "derivatives, twist vectors",
            c.twist_vectors.size(), "must be [twist][phi][domain]");
    require(c.beam_turns.size() == static_cast<std::size_t>(c.beam_turns_used) * scene.rays.size(),
            "derivatives, turns of rays", c.beam_turns.size(), "must be [turn][ray]");
  }

  DerivativeParameters m_parameters;
  bool m_own_coefficients = false;
  DerivativeCoefficients m_coefficients;
  DeviceTable<physics::CellAxes<L>, Exec> m_orientations;
  DeviceTable<Vec3<L>, Exec> m_twists;
  DeviceTable<physics::TurnedRay<G>, Exec> m_turned_rays;
  Scratch m_scratch;
};

/// Lists that a DerivativePlan is made of.
template <class T>
concept ParameterList = std::same_as<T, DerivativeParameters> || std::same_as<T, DerivativeCoefficients>;

}  // namespace nbk
