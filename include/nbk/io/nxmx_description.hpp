// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nbk::io {

/// Numbers that the pixels of a detector file are.
enum class PixelKind {
  photons,  ///< expected photons, float of 32 bits
  counts,   ///< counted photons, signed integer of 32 bits
  counts16  ///< counted photons, unsigned integer of 16 bits
};

/// Returns the bytes of a pixel.
constexpr std::size_t bytes_of(PixelKind kind) { return kind == PixelKind::counts16 ? 2 : 4; }

/// One panel of an NXmx file: a part of its slab of pixels, and its place. Directions are in the laboratory of McStas.
struct NxmxModule {
  std::string name{};      ///< of its group
  std::size_t slow = 0;    ///< first row in the slab
  int pixels_fast = 0;     ///< pixels of a row
  int pixels_slow = 0;     ///< rows
  double pixel_mm = 0;     ///< side of the square pixels
  Vec3d corner_mm{};       ///< outer corner of the first pixel
  Vec3d fast_direction{};  ///< unit vector along rows
  Vec3d slow_direction{};  ///< unit vector from row to row
};

/// The rotation of a sweep of images.
struct NxmxRotation {
  Vec3d axis{};                     ///< unit vector in the laboratory of McStas
  std::vector<double> start_deg{};  ///< of each image
  double width_deg = 0;             ///< of every image
};

/// Everything but the pixels of an NXmx file: one slab [slow][fast] for each image, in which panels lie below each
/// other.
struct NxmxDescription {
  std::string program{};                     ///< that makes the file, with its version
  PixelKind pixels = PixelKind::counts;      ///< counts or photons
  std::size_t images = 0;                    ///< number of images
  std::size_t slow = 0;                      ///< rows of the slab
  std::size_t fast = 0;                      ///< columns of the slab
  int compression = 0;                       ///< 0: none; 1 to 9: gzip of shuffled bytes
  std::vector<NxmxModule> modules{};         ///< at least one
  std::string sensor_material{};             ///< Si, GaAs or CdTe
  double sensor_thickness_m = 0;             ///< > 0, for readers demand it
  std::vector<double> wavelengths_A{};       ///< one, or one per image
  std::optional<NxmxRotation> rotation{};    ///< not given: stills
  std::optional<double> underload_value{};   ///< least value of the trusted range
  std::optional<double> saturation_value{};  ///< greatest value of the trusted range
  double pedestal = 0;                       ///< counts that were added to every pixel
  double gain = 1;                           ///< counts of a photon
  std::vector<std::uint32_t> mask{};         ///< [slow][fast], 0: good, 1: gap; empty: all good

  /// Returns the bytes of an image without compression.
  std::size_t image_bytes() const { return slow * fast * bytes_of(pixels); }
};

}  // namespace nbk::io
