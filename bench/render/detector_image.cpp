// SPDX-License-Identifier: MIT
#include "bench/render/detector_image.hpp"

#include "bench/render/panel_files.hpp"
#include "bench/render/smv_keys.hpp"
#include "nbk/io/adu_image.hpp"
#include "nbk/io/panel_image.hpp"
#include "nbk/io/smv_writer.hpp"
#include "nbk/response/apply_response.hpp"
#include "nbk/scene/image_extents.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

namespace nbk::bench::render {

namespace {

using Exec = Kokkos::DefaultHostExecutionSpace;
template <class Real>
using Image = Kokkos::View<Real***, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
using States = Kokkos::View<PixelState***, Kokkos::LayoutRight, Kokkos::HostSpace>;

/// States by the masks of the panels; empty where no panel has one.
States states_of(const Detector& detector, const Scene& scene) {
  const ImageExtents extents = image_extents(scene);
  States states;
  for (std::size_t panel = 0; panel < scene.panels.size(); ++panel) {
    const auto& mask = mask_of(detector, panel);
    if (mask.empty()) continue;
    if (!states.is_allocated()) states = States("nbk-render::states", extents.panels, extents.slow, extents.fast);
    const auto fast = static_cast<std::size_t>(scene.panels[panel].geometry.pixels_fast);
    for (std::size_t i = 0; i < mask.size(); ++i) {
      if (mask[i] == 0) states(panel, i / fast, i % fast) = PixelState::bad;
    }
  }
  return states;
}

double largest_adu(const flags::Command& command) {
  const double integer = command.output.detector_bits == 16 ? std::numeric_limits<std::uint16_t>::max()
                                                            : std::numeric_limits<std::int32_t>::max();
  return std::min(integer, command.response->saturation_adu.value_or(integer));
}

/// Copies the pixels of one panel, without padding.
std::vector<double> panel_of(const Scene& scene, std::span<const double> adu, std::size_t panel) {
  const ImageExtents extents = image_extents(scene);
  const auto fast = static_cast<std::size_t>(scene.panels[panel].geometry.pixels_fast);
  const auto slow = static_cast<std::size_t>(scene.panels[panel].geometry.pixels_slow);
  std::vector<double> pixels;
  pixels.reserve(fast * slow);
  for (std::size_t row = 0; row < slow; ++row) {
    const auto from = adu.subspan((panel * extents.slow + row) * extents.fast, fast);
    pixels.insert(pixels.end(), from.begin(), from.end());
  }
  return pixels;
}

}  // namespace

std::vector<double> detector_image(const Detector& detector, const Response& response, const Scene& scene,
                                   std::span<const float> image) {
  const ImageExtents extents = image_extents(scene);
  std::vector<double> adu(image.size());
  const Exec exec;
  apply_response(exec, response, Image<const float>(image.data(), extents.panels, extents.slow, extents.fast),
                 Image<double>(adu.data(), extents.panels, extents.slow, extents.fast),
                 PixelStates<Exec>(states_of(detector, scene)));
  exec.fence("nbk-render: the image is written next");
  return adu;
}

DetectorFigures write_detector_image(const flags::Command& command, const Scene& scene, std::span<const double> adu) {
  const flags::OutputOptions& output = command.output;
  const Response& response = *command.response;
  const double largest = largest_adu(command);
  DetectorFigures figures;
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    const std::vector<double> of_panel = scene.panels.size() > 1 ? panel_of(scene, adu, i) : std::vector<double>();
    const std::span<const double> pixels = scene.panels.size() > 1 ? std::span<const double>(of_panel) : adu;
    const auto& mask = mask_of(command.experiment.detector, i);
    const io::RenderedArea area = io::rendered_area(scene, mask, i);
    for (std::size_t k = 0; k < pixels.size(); ++k) {
      if (!mask.empty() && mask[k] == 0) continue;
      figures.photons += (pixels[k] - response.offset_adu) / response.gain_adu_per_photon;
      figures.saturated += pixels[k] >= largest ? 1 : 0;
    }
    const std::string file = panel_file(output.detector_file, i, scene.panels.size());
    const auto write = [&]<class Integer>(Integer, std::string_view type) {
      const io::SmvKeys keys{adc_offset_in_header(command, response.offset_adu), {}, i, type};
      io::write_adu_image<Integer>(file, io::smv_header(scene, command.experiment, keys), pixels, area,
                                   output.integers);
    };
    if (output.detector_bits == 16) {
      write(std::uint16_t{}, "unsigned_short");
    } else {
      write(std::int32_t{}, "long_integer");
    }
  }
  return figures;
}

}  // namespace nbk::bench::render
