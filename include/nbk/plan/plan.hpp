// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/precision.hpp"
#include "nbk/plan/amplitude_view.hpp"
#include "nbk/plan/bordered_amplitudes.hpp"
#include "nbk/plan/cell_axes.hpp"
#include "nbk/plan/cell_lookup.hpp"
#include "nbk/plan/device_table.hpp"
#include "nbk/plan/flat_background.hpp"
#include "nbk/plan/lattice_parameters.hpp"
#include "nbk/plan/material_tables.hpp"
#include "nbk/plan/panel_tables.hpp"
#include "nbk/plan/plan_options.hpp"
#include "nbk/plan/source_groups.hpp"
#include "nbk/plan/spot_lists.hpp"
#include "nbk/plan/term_weighting.hpp"
#include "nbk/plan/traversal_choice.hpp"
#include "nbk/plan/wavelength_anchors.hpp"
#include "nbk/plan/wavelength_windows.hpp"
#include "nbk/scene/compat/compounds.hpp"
#include "nbk/scene/compat/may_leave_table.hpp"
#include "nbk/scene/make_orientations.hpp"
#include "nbk/scene/make_scene.hpp"
#include "nbk/scene/sufficient_precision.hpp"

#include <type_traits>

namespace nbk {

/// An experiment made ready for one execution space in one precision: validated, resolved, its tables on the device. It
/// may be simulated any number of times, and must live until that work is done. It can be moved but not copied.
/// \tparam PrecisionT  nbk::Fp32, nbk::Mixed, nbk::Fp64 or another nbk::Precision
/// \tparam Exec        a Kokkos execution space
template <class PrecisionT, class Exec>
class Plan {
  static_assert(ExecSpace<Exec>,
                "nbk::Plan: the second argument must be a Kokkos execution space, for example "
                "Kokkos::DefaultExecutionSpace");
  static_assert(PrecisionLike<PrecisionT>,
                "nbk::Plan: the first argument must be a precision: nbk::Fp32, nbk::Mixed, "
                "nbk::Fp64 or another nbk::Precision<Geometry, Lattice, Accumulate>");

 public:
  using Precision = PrecisionT;  ///< the number types of the tables
  using ExecutionSpace = Exec;   ///< the space of the tables

  /// \param exec        instance on which the tables are filled; they are complete when the constructor returns
  /// \param experiment  what is simulated; not needed afterwards
  /// \param options     what changes the time of images, not their bits
  /// \throws InvalidInput naming the parameter, its value and what is allowed
  Plan(const Exec& exec, const Experiment& experiment, const PlanOptions& options = {}) : m_options(options) {
    update(exec, experiment);
  }

  /// The same with structure factors that lie in a View already, for example on the device: they are not copied to the
  /// host. The experiment has their ranges (StructureFactors::over) and no amplitudes.
  /// \param amplitudes  as in update() \throws InvalidInput
  template <class View>
    requires(!std::is_same_v<View, PlanOptions>)
  Plan(const Exec& exec, const Experiment& experiment, const View& amplitudes, const PlanOptions& options = {})
      : m_options(options) {
    check_amplitude_view<View>();
    scene::validate_all_but_structure_factors(experiment);
    scene::validate_without_amplitudes(experiment);
    plan::require_extents(amplitudes, experiment.structure_factors);
    plan::require_finite(exec, amplitudes);
    adopt(exec, experiment, true);
    resize_amplitudes(exec);
    fill_amplitudes(exec, amplitudes);
  }

  /// Not copied: two plans would share tables that each may change.
  Plan(const Plan&) = delete;
  /// Not copied.
  Plan& operator=(const Plan&) = delete;
  /// Takes the tables over; the other plan can only be destroyed or assigned to.
  Plan(Plan&&) noexcept = default;
  /// Takes the tables over, like the constructor.
  Plan& operator=(Plan&&) noexcept = default;
  ~Plan() = default;

  /// Replaces the whole experiment in place. A table that does not grow keeps its memory. No simulation of this plan
  /// may be running, unless on the same instance. If it throws, the plan is as before. \throws InvalidInput
  void update(const Exec& exec, const Experiment& experiment);

  /// Replaces the crystal, for example by one in another orientation: only what depends on it is computed and copied
  /// anew, the structure factors, the mask, the detector and the rays stay. Otherwise as for a whole experiment.
  /// \throws InvalidInput
  void update(const Exec& exec, const Crystal& crystal);

  /// Replaces the amplitudes of the structure factors, on the device. The plan must have been made with a table of the
  /// same ranges. Otherwise as for a whole experiment.
  /// \param amplitudes  View with three extents, [h][k][l] over the ranges, of any layout and arithmetic type, in
  ///                    memory that the execution space reaches; electrons
  /// \throws InvalidInput  other extents, or an amplitude that is no finite number
  template <class View>
    requires Kokkos::is_view_v<View>
  void update(const Exec& exec, const View& amplitudes) {
    check_amplitude_view<View>();
    require(m_setting.has_table, "structure factors", "a View",
            "must replace a table, but the plan was made without one");
    require(table().sets == 1, "structure factors, sets of the plan", table().sets, "must be 1 for a View");
    plan::require_extents(amplitudes, m_ranges);
    plan::require_finite(exec, amplitudes);
    fill_amplitudes(exec, amplitudes);
  }

  /// The experiment with all automatic choices made; on the host.
  const Scene& scene() const { return m_scene; }
  /// Everything in the experiment that is probably not meant, and Warning::Topic::insufficient_precision if this
  /// precision does not resolve its spots.
  const std::vector<Warning>& warnings() const { return m_scene.warnings; }
  /// Everything that kernels read of a panel, with pointers into the memory of the execution space.
  /// \param panel  number of the panel, from 0
  const Tables<PrecisionT>& tables(std::size_t panel = 0) const { return m_panels.tables(panel); }
  /// Number of panels, >= 1.
  std::size_t panel_count() const { return m_panels.size(); }
  /// The listed pixels of all panels, for an experiment whose selection has runs.
  PanelLists<PrecisionT> lists() const { return m_panels.lists(); }
  /// The tables of the kernel of materials.
  const plan::FurtherTables<PrecisionT>& materials() const { return m_materials; }
  /// The tables of the kernel of diffuse scattering.
  const plan::FurtherTables<PrecisionT>& diffuse() const { return m_panels.diffuse(); }
  /// The experiment's policy.
  Policy policy() const { return m_setting.policy; }
  /// The crystal, as the last update described it.
  const Crystal& crystal() const { return m_crystal; }
  /// The crystal's shape.
  LatticeShape shape() const { return m_crystal.shape; }
  /// Way in which structure factors are found.
  CellLookup lookup() const { return m_lookup; }
  /// Way in which solid angle, polarisation and absorption enter the sum.
  TermWeighting weighting() const { return m_weighting; }
  /// Order in which spots are found: `windows` where some pixels may have windows.
  Traversal traversal() const { return plan::traversal_of(tables()); }
  /// The options that it was made with.
  const PlanOptions& options() const { return m_options; }
  /// Costs by which the order was chosen.
  const plan::TraversalCosts& traversal_costs() const { return m_costs; }
  /// The weighting that a plan of this experiment has.
  static TermWeighting weighting_of(const Experiment& experiment) {
    if (experiment.policy == Policy::corrected) return TermWeighting::per_term;
    return scene::compat::compounds(experiment) ? TermWeighting::compounding : TermWeighting::first_value;
  }

  /// True where some pixels need what launch/order_effects.hpp does: in `compat`, with a phi sweep from 0 or with
  /// tricubic interpolation that may leave the table.
  bool depends_on_order() const { return first_orientations() != nullptr || m_may_leave_table; }

  /// Orientations that the first evaluated (pixel, sub-pixel, source) sees in `compat`; nullptr: the same as all
  /// others.
  const physics::CellAxes<typename PrecisionT::Geometry>* first_orientations() const {
    return m_first_orientations.data();
  }

  /// Bytes of all tables on the device.
  std::size_t table_bytes() const {
    return m_groups.bytes() + m_waves.bytes() + m_orientations.bytes() + m_first_orientations.bytes() +
           m_amplitudes.bytes() + m_panels.bytes() + m_materials.bytes();
  }

 private:
  using G = typename PrecisionT::Geometry;
  using L = typename PrecisionT::Lattice;
  using A = typename PrecisionT::Accumulate;

  template <class View>
  static constexpr void check_amplitude_view() {
    static_assert(Kokkos::is_view_v<View>, "nbk::Plan: the third argument must be a Kokkos::View of structure factors");
    if constexpr (Kokkos::is_view_v<View>) plan::require_amplitude_view<View, Exec>();
  }

  /// Takes over an experiment that has been checked, all but the amplitudes.
  void adopt(const Exec& exec, const Experiment& experiment, bool has_table) {
    const TermWeighting weighting = weighting_of(experiment);
    if (weighting == TermWeighting::compounding && !has_double_range<A>) {
      throw InvalidInput(
          "detector.oversample_*: in compat these factors multiply the running sum again and again, which needs the "
          "range of double: use Fp64, or Policy::corrected");
    }
    m_scene = scene::make_scene_of_valid(experiment, has_table);
    scene::warn_of_precision<PrecisionT>(m_scene);
    m_setting = scene::crystal_setting(experiment, has_table);
    m_weighting = weighting;
    m_crystal = experiment.crystal;
    const StructureFactors& f = experiment.structure_factors;
    m_ranges = has_table && !scene::has_table(experiment) ? f : plan::common_ranges(f, experiment.further_sets);
    m_sets = 1 + experiment.further_sets.size();
    m_water_size_m = experiment.water_size_m;
    set_experiment(exec, experiment);
    set_crystal(exec);
  }

  /// Sets the tables that depend neither on the crystal nor on amplitudes.
  void set_experiment(const Exec& exec, const Experiment& experiment) {
    m_groups.assign(exec, "nbk::plan::groups",
                    plan::source_groups<G>(m_scene, m_weighting == TermWeighting::compounding));
    m_waves.assign(exec, "nbk::plan::waves", plan::waves<G>(m_scene, m_weighting == TermWeighting::per_term));
    Tables<PrecisionT> t;
    t.structure_factors = plan::table_of_sets<L>(m_ranges, m_setting.has_table, m_sets, m_scene.interpolate);
    t.groups = m_groups.data();
    t.group_count = static_cast<int>(m_groups.size());
    t.waves = m_waves.data();
    t.kahn_factor = static_cast<G>(experiment.beam.kahn_factor);
    t.polarized = experiment.beam.polarized;
    t.dmin_A = static_cast<G>(experiment.dmin_m * constants::metres_to_A);
    t.compounded = {experiment.detector.oversample_thickness, experiment.detector.oversample_polarization,
                    experiment.detector.oversample_solid_angle};
    m_panels.set_detector(exec, m_scene, experiment.detector, t);
    m_materials.set_materials(exec, m_scene, experiment.policy);
  }

  /// Sets the tables that depend on the crystal: orientations, lattice factor, sub-pixels.
  void set_crystal(const Exec& exec) {
    const Policy policy = m_setting.policy;
    const std::vector<CellVectors> orientations = make_orientations(m_scene, policy);
    m_orientations.assign(exec, "nbk::plan::orientations", plan::cell_axes<G>(orientations));
    m_first_orientations.assign(exec, "nbk::plan::first_orientations", plan::first_cell_axes<G>(m_scene, policy));
    choose_lookup(orientations);
    Tables<PrecisionT> t = tables();
    t.orientations = m_orientations.data();
    t.orientation_count = static_cast<int>(m_orientations.size());
    t.lattice = plan::lattice_parameters<L>(m_scene, m_crystal, policy, m_weighting);
    t.windows = plan::wavelength_windows<PrecisionT>(m_scene, m_crystal, policy, m_weighting, orientations);
    t.waves_per_anchor = plan::waves_per_anchor<PrecisionT>(m_scene, m_weighting, t.windows);
    t.windows = plan::windows_in_order(t.windows, m_options.traversal);
    t.spots =
        plan::spot_lists<PrecisionT, Exec>(m_scene, m_crystal, policy, m_weighting, orientations, m_options.traversal);
    t.background = static_cast<A>(plan::flat_background(m_scene, policy, m_water_size_m));
    t.background_present = m_water_size_m != 0.0;
    m_panels.set_crystal(exec, m_scene, orientations, t);
    m_costs = plan::choose_traversal(m_scene, m_panels, m_options.traversal);
    m_materials.follow(m_scene, m_panels);
  }

  void choose_lookup(const std::vector<CellVectors>& orientations) {
    m_may_leave_table = m_scene.interpolate && m_setting.policy == Policy::compat &&
                        scene::compat::any_may_leave_table(m_scene, orientations, m_ranges);
    m_lookup = cell_lookup(m_setting.has_table, m_scene.interpolate);
  }

  void resize_amplitudes(const Exec& exec) {
    m_amplitudes.resize(exec, "nbk::plan::structure_factors", plan::table_size(table()));
    show_amplitudes();
  }

  const physics::StructureFactorTable<L>& table() const { return tables().structure_factors; }

  void show_amplitudes() { m_panels.set_amplitudes(m_amplitudes.data()); }

  template <class View>
  void fill_amplitudes(const Exec& exec, const View& amplitudes) {
    plan::fill_bordered(exec, amplitudes, table(), m_amplitudes.data());
    exec.fence("nbk::plan::fill_structure_factors");
  }

  PlanOptions m_options;
  Scene m_scene;
  Crystal m_crystal;
  scene::CrystalSetting m_setting;
  StructureFactors m_ranges;  // of the table; its amplitudes are on the device only
  double m_water_size_m = 0;
  CellLookup m_lookup = CellLookup::constant;
  TermWeighting m_weighting = TermWeighting::first_value;
  plan::TraversalCosts m_costs;
  bool m_may_leave_table = false;
  std::size_t m_sets = 1;  // of structure factors
  plan::PanelTables<PrecisionT, Exec> m_panels;
  plan::MaterialTables<PrecisionT, Exec> m_materials;
  DeviceTable<SourceGroup<G>, Exec> m_groups;
  DeviceTable<Wave<G>, Exec> m_waves;
  DeviceTable<physics::CellAxes<G>, Exec> m_orientations, m_first_orientations;
  DeviceTable<L, Exec> m_amplitudes;
};

// Defined outside of the class: inside they would be inline, and be instantiated in spite of nbk::kernels.
template <class PrecisionT, class Exec>
void Plan<PrecisionT, Exec>::update(const Exec& exec, const Experiment& experiment) {
  scene::validate(experiment);
  const bool has_table = scene::has_table(experiment);
  adopt(exec, experiment, has_table);
  std::vector<L> amplitudes;
  if (has_table) amplitudes = plan::bordered_amplitudes(experiment.structure_factors, experiment.further_sets, table());
  m_amplitudes.assign(exec, "nbk::plan::structure_factors", amplitudes);
  show_amplitudes();
}

template <class PrecisionT, class Exec>
void Plan<PrecisionT, Exec>::update(const Exec& exec, const Crystal& crystal) {
  scene::validate(crystal);
  Scene scene = m_scene;
  scene::place_crystal(scene, crystal, m_setting);
  scene::warn_of_precision<PrecisionT>(scene);
  m_scene = std::move(scene);
  m_crystal = crystal;
  set_crystal(exec);
}

}  // namespace nbk
