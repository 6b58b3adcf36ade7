// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_pieces.hpp"
#include "nbk/launch/tuning.hpp"
#include "nbk/plan/derivative_plan.hpp"
#include "nbk/plan/plan.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/validate_selection.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

/// Lists the pixels of a panel: a part of a row at a time, or several short rows.
/// \param position  of the panel's first pixel in images
/// \param stride    pixels from one row of images to the next
inline void add_pieces_of_rows(std::vector<kernel::PixelPiece>& pieces, int panel, const PixelWindow& window,
                               std::int64_t position, std::int64_t stride) {
  const int width = window.fast_max + 1 - window.fast_min;
  const int rows = std::max(1, kernel::most_piece_pixels / std::max(1, width));
  for (int slow = window.slow_min; slow <= window.slow_max; slow += rows) {
    for (int fast = window.fast_min; fast <= window.fast_max; fast += kernel::most_piece_pixels) {
      kernel::PixelPiece piece;
      piece.panel = panel;
      piece.first = {fast, slow};
      piece.count = std::min(kernel::most_piece_pixels, window.fast_max + 1 - fast);
      piece.rows = std::min(rows, window.slow_max + 1 - slow);
      piece.position = position + slow * stride + fast;
      piece.stride = stride;
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

/// Returns a coefficient of the model scale image + materials + constant.
inline double scaled_coefficient(int sum, double coefficient, double scale) {
  using At = physics::PixelSums;
  return sum == At::constant || sum == At::materials ? coefficient : scale * coefficient;
}

/// Contraction of the coefficients that are not 0, with the memory that it points to. For hosts.
class OwnedContraction {
 public:
  /// \param scale  factor of the image, see FitModel
  explicit OwnedContraction(const DerivativeCoefficients& parameters, double scale = 1) {
    m_begins.push_back(0);
    for (int panel = 0; panel < parameters.panels; ++panel) {
      for (int p = 0; p < parameters.parameters(); ++p) {
        const double* const of_parameter = parameters.of(panel, p);
        for (int s = 0; s < physics::PixelSums::count; ++s) {
          if (of_parameter[s] == 0.0) continue;
          m_places.push_back(place_of(s));
          m_coefficients.push_back(scaled_coefficient(s, of_parameter[s], scale));
        }
        if (!parameters.of_halos.empty()) add_halos(parameters.halos_of(p), scale);
        m_begins.push_back(static_cast<int>(m_places.size()));
      }
    }
  }

  /// [panel][parameter] begin of its terms, and their end.
  const std::vector<int>& begins() const { return m_begins; }
  /// [term] place of the sum in used().
  const std::vector<int>& places() const { return m_places; }
  /// [term] factor of the sum.
  const std::vector<double>& coefficients() const { return m_coefficients; }
  /// Numbers of the sums that any parameter needs.
  const std::vector<int>& used() const { return m_used; }

 private:
  int place_of(int sum) {
    const auto found = std::ranges::find(m_used, sum);
    const auto place = static_cast<int>(found - m_used.begin());
    if (found == m_used.end()) m_used.push_back(sum);
    return place;
  }

  void add_halos(const double* coefficients, double scale) {
    for (int s = 0; s < physics::DiffuseSums::own; ++s) {
      if (coefficients[s] == 0.0) continue;
      m_places.push_back(place_of(physics::DiffuseSums::halo + s));
      m_coefficients.push_back(scale * coefficients[s]);
    }
  }

  std::vector<int> m_begins, m_places, m_used;
  std::vector<double> m_coefficients;
};

}  // namespace NBK_ISA
}  // namespace nbk::launch
