// SPDX-License-Identifier: MIT
#include "bench/render/render_files.hpp"

#include "bench/render/detector_picture.hpp"
#include "bench/render/panel_files.hpp"
#include "bench/render/smv_keys.hpp"
#include "bench/render/solid_angle.hpp"
#include "bench/system/png_image.hpp"
#include "nbk/io/float_image.hpp"
#include "nbk/io/hkl_cache.hpp"
#include "nbk/io/integer_image.hpp"
#include "nbk/io/panel_image.hpp"
#include "nbk/io/smv_writer.hpp"

#include <cstdint>
#include <future>
#include <optional>
#include <vector>

namespace nbk::bench::render {

namespace {

/// The parts of the output. Each touches its own members only, so that they can run at the same time.
class ImageWriter {
 public:
  ImageWriter(const flags::Command& command, const Scene& scene, std::span<const float> image)
      : m_command(command), m_scene(scene), m_lists_pixels(!scene.selection.runs.empty()) {
    m_image = m_lists_pixels ? image : io::without_padding(scene, image, m_unpadded);
    if (m_lists_pixels) {
      m_panels = {io::listed_image(m_image)};
    } else {
      m_panels = io::panel_images(scene, command.experiment.detector, m_image);
    }
  }

  WrittenImages write() {
    std::vector<std::future<void>> parts;
    const auto start = [&](void (ImageWriter::*part)()) {
      parts.push_back(std::async(std::launch::async, [this, part] { (this->*part)(); }));
    };
    if (m_command.output.write_noise && !m_lists_pixels) start(&ImageWriter::write_noise);
    start(&ImageWriter::write_floats);
    if (!m_lists_pixels) start(&ImageWriter::write_solid_angle);
    if (m_command.output.write_cache) start(&ImageWriter::write_cache);
    write_scaled();
    for (auto& part : parts) part.get();
    return std::move(m_written);
  }

 private:
  /// \param gain  of the counts, where they have one
  std::string header(std::size_t panel, std::optional<double> gain = {}) const {
    return io::smv_header(m_scene, m_command.experiment,
                          {adc_offset_in_header(m_command, m_command.output.adc_offset), gain, panel});
  }

  /// Returns the counts per photon of a panel.
  double gain_of(std::size_t panel) const {
    const std::vector<Panel>& panels = m_command.experiment.detector.panels;
    return panels.empty() ? 1.0 : panels[panel].readout.gain;
  }
  std::string file_of(const std::string& name, std::size_t panel) const {
    return panel_file(name, panel, m_panels.size());
  }

  void write_floats() { io::write_float_image(m_command.output.float_file, m_image); }

  void write_solid_angle() {
    double sum_sr = 0;
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
      sum_sr += printed_solid_angle_sr(m_scene, m_command.experiment, m_panels[i].area, i);
    }
    m_written.solid_angle_sr = sum_sr;
  }

  /// The C program goes on without a cache, too.
  void write_cache() {
    try {
      io::write_hkl_cache(m_command.output.cache_file, m_command.experiment.structure_factors);
    } catch (const FileError& error) {
      m_written.warnings.emplace_back(error.what());
    }
  }

  /// Writes the files that need the statistics.
  void write_scaled() {
    const flags::OutputOptions& output = m_command.output;
    io::ImageStatistics& statistics = m_written.statistics;
    statistics = io::image_brightness(m_panels);
    m_written.int_scale = io::integer_scale(output.int_scale, statistics);
    std::future<void> integers;
    if (!m_lists_pixels) integers = std::async(std::launch::async, [&] { write_integers(m_written.int_scale); });
    statistics.rmsd = io::deviation_about(statistics.mean, m_panels);
    m_written.grey_scale = io::grey_scale(output.pgm_scale, m_written.int_scale, statistics);
    for (std::size_t i = 0; output.write_pgm && !m_lists_pixels && i < m_panels.size(); ++i) {
      const auto& [pixels, area] = m_panels[i];
      io::write_grey_image(file_of(output.pgm_file, i), pixels, area, m_written.grey_scale);
    }
    if (!m_command.program.png_file.empty()) write_picture();
    if (integers.valid()) integers.get();
  }

  void write_integers(double scale) const {
    const flags::OutputOptions& output = m_command.output;
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
      const auto& [pixels, area] = m_panels[i];
      io::write_integer_image(file_of(output.int_file, i), header(i), pixels, area,
                              io::ToCounts(scale, output.adc_offset));
    }
  }

  void write_picture() const {
    const std::string& file = m_command.program.png_file;
    const system::FilmGrey grey_of(m_image, m_written.statistics.max);
    std::vector<float> placed;
    std::vector<io::PanelImage> panels = m_panels;
    if (m_lists_pixels) {
      placed = io::on_panels(m_scene, m_image);
      panels = io::panel_images(m_scene, m_command.experiment.detector, placed);
    }
    if (panels.size() == 1) {
      const auto& [pixels, area] = panels.front();
      return system::write_png(file, pixels, area, grey_of);
    }
    const GreyPicture picture = detector_picture(m_scene, panels, grey_of);
    system::write_grey_png(file, picture.grey, picture.width, picture.height);
  }

  void write_noise() {
    NoiseDeviates stream(m_scene.generator, m_command.output.noise_seed);
    io::NoiseFigures figures;
    for (std::size_t i = 0; i < m_panels.size(); ++i) figures += write_noise_of(i, stream);
    m_written.noise = figures;
  }

  /// The C program's stream goes on from panel to panel; the parallel generator has a key for each.
  io::NoiseFigures write_noise_of(std::size_t panel, NoiseDeviates& stream) const {
    const flags::OutputOptions& output = m_command.output;
    const auto& [pixels, area] = m_panels[panel];
    const std::string file = file_of(output.noise_file, panel);
    const io::CountsOfPhotons counts_of(output.adc_offset, gain_of(panel));
    const std::string head = header(panel, counts_of.gain == 1 ? std::nullopt : std::optional(counts_of.gain));
    if (m_command.program.noise_generator == "compat") {
      return io::write_noise_image(file, head, pixels, area, counts_of, stream);
    }
    const CounterPoisson deviates(static_cast<std::uint64_t>(-output.noise_seed) + (std::uint64_t{panel} << 32));
    return io::write_noise_image(file, head, pixels, area, counts_of, deviates);
  }

  const flags::Command& m_command;
  const Scene& m_scene;
  bool m_lists_pixels;
  std::vector<float> m_unpadded;
  std::span<const float> m_image;
  std::vector<io::PanelImage> m_panels;
  WrittenImages m_written;
};

}  // namespace

WrittenImages write_images(const flags::Command& command, const Scene& scene, std::span<const float> image) {
  return ImageWriter(command, scene, image).write();
}

}  // namespace nbk::bench::render
