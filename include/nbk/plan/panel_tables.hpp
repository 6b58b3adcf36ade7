// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/plan/device_table.hpp"
#include "nbk/plan/diffuse_tables.hpp"
#include "nbk/plan/line_rows.hpp"
#include "nbk/plan/mask_table.hpp"
#include "nbk/plan/panel_lists.hpp"
#include "nbk/plan/panel_parameters.hpp"
#include "nbk/plan/screening.hpp"
#include "nbk/plan/steps_per_pixel.hpp"
#include "nbk/plan/tables.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nbk::plan {

/// The Tables of all panels, and the device's memory for what panels have of their own: masks, lists of pixels, planes
/// of screening. What they have in common is in the Tables that the functions get.
template <class PrecisionT, class Exec>
class PanelTables {
 public:
  using G = typename PrecisionT::Geometry;
  using L = typename PrecisionT::Lattice;
  using A = typename PrecisionT::Accumulate;

  /// Tables of a panel.
  const Tables<PrecisionT>& tables(std::size_t panel) const { return m_tables[panel]; }
  /// Number of panels.
  std::size_t size() const { return m_tables.size(); }
  /// The listed pixels; valid until the tables change or move.
  PanelLists<PrecisionT> lists() const {
    return {m_tables.data(), static_cast<int>(m_tables.size()), m_lists.pieces.data(),
            static_cast<std::int64_t>(m_lists.pieces.size()), m_lists.rows.data()};
  }
  /// Bytes on the device.
  std::size_t bytes() const {
    return m_masks.bytes() + m_places.bytes() + m_positions.bytes() + m_planes.bytes() + m_diffuse.bytes();
  }
  /// The tables of diffuse scattering.
  const DiffuseTables<PrecisionT, Exec>& diffuse() const { return m_diffuse; }

  /// Sets what panels have of their own, whatever the crystal.
  /// \param common  what they have in common
  void set_detector(const Exec& exec, const Scene& scene, const Detector& detector, const Tables<PrecisionT>& common) {
    m_tables.assign(scene.panels.size(), common);
    const MaskTable masks = mask_table(detector);
    m_masks.assign(exec, "nbk::plan::mask", masks.bytes);
    const ListTable list = list_table(scene.selection, m_tables.size());
    m_places.assign(exec, "nbk::plan::listed_places", list.places);
    m_positions.assign(exec, "nbk::plan::listed_positions", list.positions);
    for (std::size_t p = 0; p < m_tables.size(); ++p) {
      const ScenePanel& panel = scene.panels[p];
      Tables<PrecisionT>& t = m_tables[p];
      t.layers = layer_table<G>(panel);
      t.window = panel.window;
      t.first_fast = panel.geometry.first_fast;
      t.first_slow = panel.geometry.first_slow;
      t.mask = masks.begins[p] < 0 ? nullptr : m_masks.data() + masks.begins[p];
      t.mask_stride = panel.geometry.pixels_fast;
      if (!scene.selection.runs.empty()) {
        t.listed = {m_places.data() + list.begins[p], m_positions.data() + list.begins[p],
                    static_cast<int>(list.begins[p + 1] - list.begins[p])};
      }
    }
    m_lists = list_pieces(list, [&](int panel, const ListRow& row) {
      const Tables<PrecisionT>& t = m_tables[static_cast<std::size_t>(panel)];
      return t.mask == nullptr && t.window.fast_min <= row.place.fast &&
             row.place.fast + row.count - 1 <= t.window.fast_max && t.window.slow_min <= row.place.slow &&
             row.place.slow <= t.window.slow_max;
    });
  }

  /// Sets what depends on the crystal.
  /// \param common  has the orientations, the lattice and the background
  void set_crystal(const Exec& exec, const Scene& scene, const std::vector<CellVectors>& orientations,
                   const Tables<PrecisionT>& common) {
    m_diffuse.set_crystal(exec, scene);
    std::vector<physics::CellAxes<L>> planes;
    for (std::size_t p = 0; p < m_tables.size(); ++p) {
      const ScenePanel& panel = scene.panels[p];
      Tables<PrecisionT>& t = m_tables[p];
      t.orientations = common.orientations;
      t.orientation_count = common.orientation_count;
      t.lattice = common.lattice;
      t.diffuse = m_diffuse.parameters();
      t.waves_per_anchor = common.waves_per_anchor;
      t.windows = common.windows;
      t.spots = common.spots;
      t.background = common.background;
      t.background_present = common.background_present;
      t.panel = panel_parameters<G>(panel);
      t.oversample = panel.oversample;
      t.rows_as_lines = rows_suit_lines(scene, panel, t.dmin_A > G(0));
      const double dose = constants::electron_radius_sqr_m2 * scene.fluence_per_m2;
      t.scale = static_cast<A>(dose / steps_per_pixel(scene, panel));
      const auto own = screening_planes(scene, panel, orientations, t.lattice.reach, t.screening.reach);
      t.screening.used = !own.empty();
      planes.insert(planes.end(), own.begin(), own.end());
    }
    m_planes.assign(exec, "nbk::plan::screening_planes", planes);
    const physics::CellAxes<L>* own = m_planes.data();
    for (Tables<PrecisionT>& t : m_tables) {
      t.screening.planes = own;
      if (t.screening.used) own += orientations.size();
    }
    m_diffuse.follow(m_tables);
  }

  /// Leaves lists of spots unused.
  void list_no_spots() {
    for (Tables<PrecisionT>& t : m_tables) t.spots.used = false;
  }

  /// Sets where the structure factors are.
  void set_amplitudes(const L* amplitudes) {
    for (Tables<PrecisionT>& t : m_tables) t.structure_factors.amplitude = amplitudes;
    m_diffuse.follow(m_tables);
  }

 private:
  std::vector<Tables<PrecisionT>> m_tables;
  ListPieces m_lists;
  DeviceTable<std::uint8_t, Exec> m_masks;
  DeviceTable<PixelPlace, Exec> m_places;
  DeviceTable<int, Exec> m_positions;
  DeviceTable<physics::CellAxes<L>, Exec> m_planes;
  DiffuseTables<PrecisionT, Exec> m_diffuse;
};

}  // namespace nbk::plan
