// SPDX-License-Identifier: MIT
#include "bench/render/formats/detector_files.hpp"

#include "bench/render/formats/describe_image.hpp"
#include "bench/render/formats/nxmx_output.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/mini_cbf.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/sampling.hpp"

#include <cstring>
#include <filesystem>
#include <numbers>

namespace nbk::bench::render::formats {

namespace {

std::uint64_t noise_seed(const flags::Command& command) {
  return static_cast<std::uint64_t>(-command.output.noise_seed);
}

/// Pixels of a file.
std::span<const std::byte> recorded(const flags::Command& command, const FilePixels& image, io::PixelKind kind,
                                    std::size_t width, std::vector<std::byte>& memory) {
  if (!image.adu.empty() && kind != io::PixelKind::photons) {
    return io::record_adu(image.adu, kind, command.output.integers, memory);
  }
  return io::record_pixels(image.photons, width, recording_of(command, kind, noise_seed(command)), memory);
}

void write_nxmx(const flags::Command& command, const Scene& scene, const FilePixels& image,
                std::vector<std::string>& warnings) {
  io::NxmxDescription file = describe_images(command, scene, 1, warnings);
  file.wavelengths_A = {scene.wavelength_m * 1e10};
  const scene::PhiSteps phi = scene::resolve_phi(command.experiment.crystal.phi);
  constexpr double degrees = 180.0 * std::numbers::inv_pi;  // in a radian
  if (phi.range_rad > 0) file.rotation = {io::nxmx_axis(scene), {phi.start_rad * degrees}, phi.range_rad * degrees};
  std::vector<std::byte> memory;
  const auto pixels = recorded(command, image, file.pixels, file.fast, memory);
  NxmxOutput output(command.series.nexus_file, file);
  output.begin();
  output.write(0, 1, pixels);
  output.commit();
}

/// Says it of a name by which DIALS does not import a mini-CBF file: it looks for the number of the image.
void warn_of_no_number(const std::string& file, std::vector<std::string>& warnings) {
  const std::string name = std::filesystem::path(file).stem().string();
  if (!name.empty() && name.back() >= '0' && name.back() <= '9') return;
  warnings.push_back("--cbf " + file + ": DIALS imports such a file only if a number ends its name, as in " + name +
                     "_00001.cbf");
}

void write_cbf(const flags::Command& command, const Scene& scene, const FilePixels& image,
               std::vector<std::string>& warnings) {
  const auto header = io::mini_cbf_header(scene, command.experiment.crystal.phi, command.experiment.beam.exposure_s);
  warnings.insert(warnings.end(), header.warnings.begin(), header.warnings.end());
  warn_of_no_number(command.series.cbf_file, warnings);
  const PanelGeometry& panel = scene.panels.front().geometry;
  std::vector<std::byte> memory;
  const auto pixels =
      recorded(command, image, io::PixelKind::counts, static_cast<std::size_t>(panel.pixels_fast), memory);
  std::vector<std::int32_t> counts(image.photons.size());
  std::memcpy(counts.data(), pixels.data(), pixels.size());
  io::write_mini_cbf(command.series.cbf_file, header, counts, panel.pixels_fast, panel.pixels_slow);
}

}  // namespace

void require_detector_files(const flags::Command& command, const Scene& scene) {
  const bool has_cbf = !command.series.cbf_file.empty(), has_nxmx = !command.series.nexus_file.empty();
  if (has_nxmx) NxmxOutput::require_there();
  require(scene.selection.runs.empty() || !(has_cbf || has_nxmx), "selection.runs", "given",
          "must not be there with --nexus or --cbf, whose files have whole panels");
  if (has_cbf) io::mini_cbf_header(scene, command.experiment.crystal.phi, command.experiment.beam.exposure_s);
}

std::vector<std::string> write_detector_files(const flags::Command& command, const Scene& scene,
                                              const FilePixels& image) {
  std::vector<std::string> warnings;
  if (!command.series.nexus_file.empty()) write_nxmx(command, scene, image, warnings);
  if (!command.series.cbf_file.empty()) write_cbf(command, scene, image, warnings);
  return warnings;
}

}  // namespace nbk::bench::render::formats
