// SPDX-License-Identifier: MIT
#include "bench/render/added_images.hpp"

#include "nbk/core/error.hpp"
#include "nbk/io/float_image.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/validate_selection.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace nbk::bench::render {

namespace {

/// Pixels that stand side by side both in a file and in an image, whose smaller panels are padded.
struct Stretch {
  std::size_t of_file = 0, of_image = 0, count = 0;
};

std::vector<Stretch> stretches(const Scene& scene, std::size_t pixels) {
  if (!scene.selection.runs.empty()) return {{0, 0, pixels}};
  const ImageExtents padded = image_extents(scene);
  std::vector<Stretch> rows;
  std::size_t of_file = 0;
  for (std::size_t p = 0; p < scene.panels.size(); ++p) {
    const auto fast = static_cast<std::size_t>(scene.panels[p].geometry.pixels_fast);
    for (std::size_t slow = 0; slow < static_cast<std::size_t>(scene.panels[p].geometry.pixels_slow); ++slow) {
      rows.push_back({of_file, (p * padded.slow + slow) * padded.fast, fast});
      of_file += fast;
    }
  }
  return rows;
}

/// Pixels of an image without padding.
std::size_t pixels_of_file(const Scene& scene) {
  if (!scene.selection.runs.empty()) return static_cast<std::size_t>(scene::listed_pixels(scene.selection));
  std::size_t pixels = 0;
  for (const ScenePanel& panel : scene.panels) {
    pixels +=
        static_cast<std::size_t>(panel.geometry.pixels_fast) * static_cast<std::size_t>(panel.geometry.pixels_slow);
  }
  return pixels;
}

void require_pixels(const std::string& file, std::uintmax_t bytes, std::size_t pixels) {
  require(bytes == pixels * sizeof(float), "--add " + file + ", bytes", bytes,
          "must be " + std::to_string(pixels * sizeof(float)) + ", 4 for each pixel of the image");
}

/// Reads an image to add. A pixel that is no number would be one of the sum, too.
std::vector<float> read_added(const std::string& file, std::size_t pixels) {
  std::vector<float> image = io::read_float_image(file);
  require_pixels(file, image.size() * sizeof(float), pixels);
  const auto bad = std::ranges::count_if(image, [](float pixel) { return !std::isfinite(pixel); });
  require(bad == 0, "--add " + file + ", pixels that are infinite or NaN", bad, "must be 0");
  return image;
}

}  // namespace

void require_added(const flags::Command& command, const Scene& scene) {
  for (const flags::AddedImage& one : command.program.added) {
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(one.file, error);
    if (error) throw FileError(one.file + ": " + error.message());
    require_pixels(one.file, bytes, pixels_of_file(scene));
  }
}

void prepare_spot_scale(flags::Command& command) {
  const double scale = command.program.spot_scale;
  if (scale == 1.0) return;
  Experiment& experiment = command.experiment;
  require(experiment.water_size_m == 0.0, "--spot-scale", scale, "must be 1 with -water, which it would scale as well");
  const double area_m2 = experiment.beam.size_m * experiment.beam.size_m;
  for (Material& material : experiment.materials)
    material.volume_m3 = material.volume_m3.value_or(material.thickness_m * area_m2) / scale;
}

std::span<const float> scale_and_add(const flags::Command& command, const Scene& scene, std::span<const float> image,
                                     std::unique_ptr<float[]>& memory) {
  const std::vector<flags::AddedImage>& added = command.program.added;
  const double scale = command.program.spot_scale;
  if (added.empty() && scale == 1.0) return image;
  const bool compat = command.experiment.policy == Policy::compat;
  const auto kept = [&](double number) { return compat ? static_cast<double>(static_cast<float>(number)) : number; };
  const std::vector<Stretch> rows = stretches(scene, image.size());
  std::vector<double> sum(image.size());
  std::ranges::transform(image, sum.begin(), [&](float pixel) { return kept(scale) * static_cast<double>(pixel); });
  for (const flags::AddedImage& one : added) {
    const std::vector<float> file = read_added(one.file, pixels_of_file(scene));
    for (const Stretch& row : rows) {
      for (std::size_t i = 0; i < row.count; ++i) {
        double& pixel = sum[row.of_image + i];
        pixel = kept(pixel + kept(one.scale) * static_cast<double>(file[row.of_file + i]));
      }
    }
  }
  auto result = std::make_unique_for_overwrite<float[]>(sum.size());
  std::ranges::transform(sum, result.get(), [](double photons) { return static_cast<float>(photons); });
  memory = std::move(result);
  return {memory.get(), sum.size()};
}

}  // namespace nbk::bench::render
