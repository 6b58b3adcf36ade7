// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/kernel/gradient_pieces.hpp"
#include "nbk/launch/tuning.hpp"
#include "nbk/plan/derivative_tables.hpp"
#include "nbk/plan/plan.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/validate_selection.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nbk::launch {
inline namespace NBK_ISA {

/// Panels and pixels of a plan, as the kernels for derivatives read them.
template <class PrecisionT>
struct GradientPanels {
  std::vector<Tables<PrecisionT>> tables;  ///< of each panel
  std::vector<kernel::PixelPiece> pieces;  ///< all pixels that are computed, panel by panel
  std::int64_t positions = 0;              ///< pixels of an image, or of the plan's runs
  bool covers_all = true;                  ///< false: some pixels are 0 without being computed
};

/// Lists the pixels of a panel, a part of a row at a time.
/// \param position  of the panel's first pixel in images
/// \param stride    pixels from one row of images to the next
inline void add_pieces_of_rows(std::vector<kernel::PixelPiece>& pieces, int panel, const PixelWindow& window,
                               std::int64_t position, std::int64_t stride) {
  for (int slow = window.slow_min; slow <= window.slow_max; ++slow) {
    for (int fast = window.fast_min; fast <= window.fast_max; fast += kernel::most_piece_pixels) {
      kernel::PixelPiece piece;
      piece.panel = panel;
      piece.first = {fast, slow};
      piece.count = std::min(kernel::most_piece_pixels, window.fast_max + 1 - fast);
      piece.position = position + slow * stride + fast;
      pieces.push_back(piece);
    }
  }
}

/// Lists the pixels of a plan, panel by panel: all of them, or those of its runs.
template <class PrecisionT, class Exec>
GradientPanels<PrecisionT> gradient_panels(const Plan<PrecisionT, Exec>& plan) {
  GradientPanels<PrecisionT> panels;
  const Scene& scene = plan.scene();
  const bool listed = !scene.selection.runs.empty();
  const ImageExtents extents = image_extents(scene);
  const auto per_panel = static_cast<std::int64_t>(extents.slow * extents.fast);
  panels.positions = listed ? scene::listed_pixels(scene.selection) : static_cast<std::int64_t>(extents.pixels());
  for (std::size_t number = 0; number < scene.panels.size(); ++number) {
    const ScenePanel& panel = scene.panels[number];
    const Tables<PrecisionT>& tables = plan.tables(number);
    const auto index = static_cast<int>(number);
    panels.tables.push_back(tables);
    const PixelWindow whole{0, panel.geometry.pixels_fast - 1, 0, panel.geometry.pixels_slow - 1};
    const auto pixels = kernel::pixel_count(tables.window);
    panels.covers_all = panels.covers_all && panel.reached && tables.mask == nullptr &&
                        pixels == kernel::pixel_count(whole) && (listed || pixels == per_panel);
    if (panel.reached && !listed)
      add_pieces_of_rows(panels.pieces, index, tables.window, index * per_panel,
                         static_cast<std::int64_t>(extents.fast));
  }
  if (!listed) return panels;
  const PanelLists<PrecisionT> lists = plan.lists();
  for (std::int64_t i = 0; i < lists.piece_count; ++i) {
    const ListPiece& part = lists.pieces[i];
    if (!scene.panels[static_cast<std::size_t>(part.panel)].reached) continue;
    const ListedPixels& pixels = lists.panels[part.panel].listed;
    kernel::PixelPiece piece;
    piece.panel = part.panel;
    piece.count = part.count;
    piece.places = pixels.places + part.first;
    piece.positions = pixels.positions + part.first;
    panels.pieces.push_back(piece);
  }
  return panels;
}

/// True if some derivative needs more than the image and the strain.
inline bool needs_all_sums(const DerivativeCoefficients& parameters) {
  for (std::size_t i = 0; i < parameters.values.size(); ++i) {
    if (static_cast<int>(i % physics::PixelSums::count) >= kernel::CrystalSums::count && parameters.values[i] != 0.0)
      return true;
  }
  return false;
}

/// \throws InvalidInput  the plan's experiment has something whose derivatives are not known
template <class PrecisionT, class Exec>
void require_derivatives(const Plan<PrecisionT, Exec>& plan) {
  require(plan.policy() == Policy::corrected, "policy", "compat",
          "must be corrected for derivatives: in compat one sub-pixel's factors weight a whole pixel");
  require(!plan.tables().background_present, "water_size_m", "> 0", "must be 0 for derivatives");
}

/// \throws InvalidInput  that, or coefficients that do not belong to the plan
template <class PrecisionT, class Exec>
void require_derivatives(const Plan<PrecisionT, Exec>& plan, const DerivativeCoefficients& parameters, int panels) {
  using At = physics::PixelSums;
  require_derivatives(plan);
  require(parameters.panels == panels, "derivatives, panels of the coefficients", parameters.panels,
          "must be " + std::to_string(panels) + ", those of the plan");
  require(parameters.values.size() == static_cast<std::size_t>(panels) * parameters.names.size() * At::count,
          "derivatives, number of coefficients", parameters.values.size(), "must be [panel][parameter][sum]");
  require(parameters.twists >= 0 && parameters.twists <= At::most_twists, "derivatives, twists", parameters.twists,
          "must be 0 to " + std::to_string(At::most_twists));
  require(parameters.beam_turns_used >= 0 && parameters.beam_turns_used <= At::most_beams, "derivatives, beam turns",
          parameters.beam_turns_used, "must be 0 to " + std::to_string(At::most_beams));
  const Scene& scene = plan.scene();
  const std::size_t orientations = scene.phi_rad.size() * scene.domains.size();
  require(parameters.twist_vectors.size() == static_cast<std::size_t>(parameters.twists) * orientations,
          "derivatives, twist vectors", parameters.twist_vectors.size(), "must be [twist][phi][domain]");
  require(parameters.beam_turns.size() == static_cast<std::size_t>(parameters.beam_turns_used) * scene.rays.size(),
          "derivatives, turns of rays", parameters.beam_turns.size(), "must be [turn][ray]");
}

/// DerivativeTables with the memory that they point to.
template <class PrecisionT, class Exec>
class OwnedDerivativeTables {
 public:
  OwnedDerivativeTables(const Exec& exec, const Plan<PrecisionT, Exec>& plan,
                        const DerivativeCoefficients& parameters) {
    const Scene& scene = plan.scene();
    const auto axes = plan::cell_axes<L>(make_orientations(scene, plan.policy()));
    m_orientations.assign(exec, "nbk::derivatives::orientations", axes);
    m_twists.assign(exec, "nbk::derivatives::twists", plan::twists_by_orientation<L>(parameters, axes.size()));
    std::vector<std::size_t> first_rays;
    for (const auto& group : plan::source_groups<double>(scene, false))
      first_rays.push_back(static_cast<std::size_t>(group.first));
    m_turned_rays.assign(exec, "nbk::derivatives::turned_rays", plan::turned_rays<G>(parameters, first_rays));
    m_tables = {m_orientations.data(), m_twists.data(), parameters.twists, m_turned_rays.data(),
                parameters.beam_turns_used};
  }

  const DerivativeTables<PrecisionT>& tables() const { return m_tables; }

 private:
  using G = typename PrecisionT::Geometry;
  using L = typename PrecisionT::Lattice;

  DeviceTable<physics::CellAxes<L>, Exec> m_orientations;
  DeviceTable<Vec3<L>, Exec> m_twists;
  DeviceTable<physics::TurnedRay<G>, Exec> m_turned_rays;
  DerivativeTables<PrecisionT> m_tables;
};

/// Contraction of the coefficients that are not 0, with the memory that it points to. For hosts.
class OwnedContraction {
 public:
  explicit OwnedContraction(const DerivativeCoefficients& parameters) {
    m_begins.push_back(0);
    for (int panel = 0; panel < parameters.panels; ++panel) {
      for (int p = 0; p < parameters.parameters(); ++p) {
        const double* const of_parameter = parameters.of(panel, p);
        for (int s = 0; s < physics::PixelSums::count; ++s) {
          if (of_parameter[s] == 0.0) continue;
          m_sums.push_back(s);
          m_coefficients.push_back(of_parameter[s]);
        }
        m_begins.push_back(static_cast<int>(m_sums.size()));
      }
    }
  }

  const std::vector<int>& begins() const { return m_begins; }
  const std::vector<int>& sums() const { return m_sums; }
  const std::vector<double>& coefficients() const { return m_coefficients; }

 private:
  std::vector<int> m_begins, m_sums;
  std::vector<double> m_coefficients;
};

}  // namespace NBK_ISA
}  // namespace nbk::launch
