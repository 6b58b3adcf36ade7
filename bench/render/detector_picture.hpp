// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/png_image.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/io/panel_image.hpp"
#include "nbk/scene/scene.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace nbk::bench::render {

/// Longest side of a picture, pixels. A larger detector is drawn coarser.
inline constexpr int longest_picture_side = 8192;

/// Plane that a detector is projected on, along the beam, and the picture in it. Panels that face the beam keep the
/// directions of the first of them: its rows go to the right, and row follows row downwards.
struct PictureGrid {
  Vec3d right;         ///< unit vector along the rows of the picture
  Vec3d down;          ///< unit vector from row to row
  double left_m = 0;   ///< edge of the picture along `right`
  double top_m = 0;    ///< edge of the picture along `down`
  double pitch_m = 0;  ///< side of a pixel: the smallest of all panels, if the picture does not get too large
  int width = 0;       ///< pixels of a row
  int height = 0;      ///< rows
};

/// Returns the grid that holds all panels of a scene.
PictureGrid picture_grid(const Scene& scene);

/// Grey picture, [slow][fast].
struct GreyPicture {
  std::vector<std::uint8_t> grey;  ///< 0 black, 255 white
  int width = 0;                   ///< pixels of a row
  int height = 0;                  ///< rows
};

/// Grey level of the gaps between panels and of pixels that are not computed.
inline constexpr std::uint8_t gap_grey = 60;

/// Returns a picture of a detector: every panel at its place, gaps dark. A panel that is parallel to the picture is
/// copied pixel by pixel. Of other panels a pixel of the picture shows the brightest that falls on it, so that no spot
/// gets lost.
/// \param panels  of the scene, with their pixels
GreyPicture detector_picture(const Scene& scene, std::span<const io::PanelImage> panels,
                             const system::FilmGrey& grey_of);

}  // namespace nbk::bench::render
