// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/precision.hpp"
#include "nbk/setup/index_ranges.hpp"
#include "nbk/setup/make_scene.hpp"
#include "nbk/setup/make_tables.hpp"
#include "nbk/setup/orientations.hpp"
#include "nbk/setup/screening.hpp"
#include "nbk/setup/structure_factor_table.hpp"
#include "nbk/setup/upload.hpp"

namespace nbk {

/// How F_cell is looked up.
enum class CellLookup { constant, nearest, tricubic };

/// How solid angle, polarisation and absorption weight the terms of a pixel (kernel/weighting.hpp).
enum class TermWeighting { first_value, compounding, per_term };

/// An experiment made ready for one execution space in one precision: validated, resolved, its tables on the device.
/// Building it is all the work that does not depend on pixels; it is read-only afterwards and may be simulated any
/// number of times.
template <PrecisionLike PrecisionT, ExecSpace Exec>
class Plan {
 public:
  using Precision = PrecisionT;
  using ExecutionSpace = Exec;

  /// \throws InvalidInput naming the parameter, its value and what is allowed
  Plan(const Exec& exec, const Experiment& experiment) { update(exec, experiment); }

  /// Replaces the experiment in place; tables whose size stays keep their memory. No simulation of this plan may be
  /// running. If it throws, the plan is as before.
  void update(const Exec& exec, const Experiment& experiment) {
    Scene scene = make_scene(experiment);
    if (weighting_of(experiment) == TermWeighting::compounding && !has_double_range<A>) {
      throw InvalidInput(
          "detector.oversample_*: in compat these factors multiply the running sum again and again, which needs the "
          "range "
          "of double: use Fp64, or Policy::corrected");
    }
    m_scene = std::move(scene);
    m_policy = experiment.policy;
    m_shape = experiment.crystal.shape;
    const std::vector<CellVectors> orientations = make_orientations(m_scene, m_policy);
    choose(experiment, orientations);
    upload_tables(exec, experiment, orientations);
  }

  const Scene& scene() const { return m_scene; }
  const Tables<PrecisionT>& tables() const { return m_tables; }
  Policy policy() const { return m_policy; }
  LatticeShape shape() const { return m_shape; }
  CellLookup lookup() const { return m_lookup; }
  TermWeighting weighting() const { return m_weighting; }

  static TermWeighting weighting_of(const Experiment& experiment) {
    const Detector& d = experiment.detector;
    const bool flags = d.oversample_thickness || d.oversample_polarization || d.oversample_solid_angle;
    if (experiment.policy == Policy::corrected) return TermWeighting::per_term;
    return flags ? TermWeighting::compounding : TermWeighting::first_value;
  }

  /// True where some pixels need what launch/order_effects.hpp does: in `compat`, with a phi sweep from 0 or with
  /// tricubic interpolation that may leave the table.
  bool depends_on_order() const { return first_orientations() != nullptr || m_may_leave_table; }

  /// Orientations that the first evaluated (pixel, sub-pixel, source) sees in `compat`; nullptr: the same as all
  /// others.
  const physics::CellAxes<typename PrecisionT::Geometry>* first_orientations() const {
    return m_first_orientations.size() == 0 ? nullptr : m_first_orientations.data();
  }

  /// Bytes of all tables on the device.
  std::size_t table_bytes() const {
    return bytes(m_groups) + bytes(m_waves) + bytes(m_orientations) + bytes(m_first_orientations) +
           bytes(m_screening_planes) + bytes(m_amplitudes) + bytes(m_mask);
  }

 private:
  template <class View>
  static std::size_t bytes(const View& view) {
    return view.size() * sizeof(typename View::value_type);
  }

  using G = typename PrecisionT::Geometry;
  using L = typename PrecisionT::Lattice;
  using A = typename PrecisionT::Accumulate;

  void choose(const Experiment& experiment, const std::vector<CellVectors>& orientations) {
    m_weighting = weighting_of(experiment);
    const auto may_leave = [&](const std::vector<CellVectors>& cells) {
      return setup::may_leave_table(m_scene, cells, experiment.structure_factors);
    };
    m_may_leave_table = m_scene.interpolate && m_policy == Policy::compat &&
                        (may_leave(orientations) || may_leave(make_first_evaluation_orientations(m_scene)));
    m_lookup = !experiment.structure_factors.has_table() ? CellLookup::constant
               : m_scene.interpolate                     ? CellLookup::tricubic
                                                         : CellLookup::nearest;
  }

  void upload_tables(const Exec& exec, const Experiment& experiment, const std::vector<CellVectors>& orientations) {
    upload(exec, "nbk::plan::groups", setup::source_groups<G>(m_scene, m_weighting == TermWeighting::compounding),
           m_groups);
    upload(exec, "nbk::plan::waves", setup::waves<G>(m_scene), m_waves);
    upload(exec, "nbk::plan::orientations", setup::cell_axes<G>(orientations), m_orientations);
    upload(exec, "nbk::plan::first_orientations", first_axes(), m_first_orientations);
    upload(exec, "nbk::plan::structure_factors", setup::bordered_amplitudes<L>(experiment.structure_factors),
           m_amplitudes);
    upload(exec, "nbk::plan::mask", setup::mask_bytes(experiment.detector), m_mask);

    Tables<PrecisionT> t;
    t.panel = setup::panel_parameters<G>(m_scene);
    t.lattice = setup::lattice_parameters<L>(m_scene, m_shape, experiment.crystal.fudge);
    t.lattice.hollow_spots = m_policy == Policy::compat;
    upload(exec, "nbk::plan::screening_planes",
           setup::screening_planes(m_scene, orientations, t.lattice.reach, t.screening.reach), m_screening_planes);
    t.screening.planes = m_screening_planes.data();
    t.screening.used = m_screening_planes.size() != 0;
    t.structure_factors = setup::table_shape<L>(experiment.structure_factors);
    t.structure_factors.amplitude = m_amplitudes.data();
    t.layers = setup::layer_table<G>(m_scene);
    t.window = m_scene.window;
    t.oversample = m_scene.oversample;
    t.groups = m_groups.data();
    t.group_count = static_cast<int>(m_groups.extent(0));
    t.waves = m_waves.data();
    t.orientations = m_orientations.data();
    t.orientation_count = static_cast<int>(m_orientations.extent(0));
    t.mask = m_mask.data();
    t.kahn_factor = static_cast<G>(experiment.beam.kahn_factor);
    t.polarized = experiment.beam.polarized;
    t.dmin_A = static_cast<G>(experiment.dmin_m * setup::metres_to_A);
    t.compounded = {experiment.detector.oversample_thickness, experiment.detector.oversample_polarization,
                    experiment.detector.oversample_solid_angle};
    set_scale(t, experiment.water_size_m);
    m_tables = t;
  }

  /// The C program's background carries r_e^2 fluence twice and is divided by the steps; `corrected` adds it once.
  void set_scale(Tables<PrecisionT>& t, double water_size_m) const {
    const double dose = constants::electron_radius_sqr_m2 * m_scene.fluence_per_m2;
    const double water = setup::water_molecules_scattering(water_size_m);
    const auto orientations = static_cast<double>(m_scene.domains.size() * m_scene.phi_rad.size());
    t.scale = static_cast<A>(dose / setup::steps_per_pixel(m_scene));
    t.background = static_cast<A>(m_policy == Policy::compat ? water * dose : water * orientations);
    t.background_present = water_size_m != 0.0;
  }

  std::vector<physics::CellAxes<G>> first_axes() const {
    if (m_policy != Policy::compat || m_scene.phi_rad.empty() || m_scene.phi_rad.size() == 1 ||
        m_scene.phi_rad.front() != 0.0)
      return {};
    return setup::cell_axes<G>(make_first_evaluation_orientations(m_scene));
  }

  Scene m_scene;
  Policy m_policy = Policy::compat;
  LatticeShape m_shape = LatticeShape::square;
  CellLookup m_lookup = CellLookup::constant;
  TermWeighting m_weighting = TermWeighting::first_value;
  bool m_may_leave_table = false;
  Tables<PrecisionT> m_tables;
  DeviceTable<SourceGroup<G>, Exec> m_groups;
  DeviceTable<Wave<G>, Exec> m_waves;
  DeviceTable<physics::CellAxes<G>, Exec> m_orientations, m_first_orientations;
  DeviceTable<physics::CellAxes<L>, Exec> m_screening_planes;
  DeviceTable<L, Exec> m_amplitudes;
  DeviceTable<std::uint8_t, Exec> m_mask;
};

}  // namespace nbk
