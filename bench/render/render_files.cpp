// SPDX-License-Identifier: MIT
#include "bench/render/render_files.hpp"

#include "bench/render/solid_angle.hpp"
#include "bench/system/png_image.hpp"
#include "nbk/io/float_image.hpp"
#include "nbk/io/hkl_cache.hpp"
#include "nbk/io/integer_image.hpp"
#include "nbk/io/smv_writer.hpp"

#include <filesystem>
#include <functional>
#include <future>

namespace nbk::bench::render {

namespace {

/// Returns the offset that the headers tell. Without a wish of the user those of `compat` are the C program's byte for
/// byte, which has no such key.
std::optional<double> adc_offset_of(const flags::Command& command) {
  const bool wanted = command.program.adc_offset_in_header.value_or(command.experiment.policy == Policy::corrected);
  return wanted ? std::optional(command.output.adc_offset) : std::nullopt;
}

/// The parts of the output. Each touches its own members only, so that they can run at the same time.
class ImageWriter {
 public:
  ImageWriter(const flags::Command& command, const Scene& scene, std::span<const float> image)
      : m_command(command),
        m_scene(scene),
        m_image(image),
        m_area(io::rendered_area(scene, command.experiment.detector.mask)),
        m_header(io::smv_header(scene, command.experiment, adc_offset_of(command))) {}

  WrittenImages write() {
    std::vector<std::future<void>> parts;
    const auto start = [&](void (ImageWriter::*part)()) {
      parts.push_back(std::async(std::launch::async, [this, part] { (this->*part)(); }));
    };
    if (m_command.output.write_noise) start(&ImageWriter::write_noise);
    start(&ImageWriter::write_floats);
    start(&ImageWriter::write_solid_angle);
    if (m_command.output.write_cache) start(&ImageWriter::write_cache);
    write_scaled();
    for (auto& part : parts) part.get();
    return std::move(m_written);
  }

 private:
  void write_floats() { io::write_float_image(m_command.output.float_file, m_image); }

  void write_solid_angle() { m_written.solid_angle_sr = printed_solid_angle_sr(m_scene, m_command.experiment, m_area); }

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
    statistics = io::image_brightness(m_image, m_area);
    m_written.int_scale = io::integer_scale(output.int_scale, statistics);
    auto integers = std::async(std::launch::async, [&, scale = m_written.int_scale] {
      io::write_integer_image(output.int_file, m_header, m_image, m_area, io::ToCounts(scale, output.adc_offset));
    });
    statistics.rmsd = io::deviation_about(statistics.mean, m_image, m_area);
    m_written.grey_scale = io::grey_scale(output.pgm_scale, m_written.int_scale, statistics);
    if (output.write_pgm) io::write_grey_image(output.pgm_file, m_image, m_area, m_written.grey_scale);
    if (!m_command.program.png_file.empty()) {
      system::write_png(m_command.program.png_file, m_image, m_area, statistics);
    }
    integers.get();
  }

  void write_noise() {
    const flags::OutputOptions& output = m_command.output;
    const auto write = [&](const auto& deviates) {
      m_written.noise =
          io::write_noise_image(output.noise_file, m_header, m_image, m_area, output.adc_offset, deviates);
    };
    if (m_command.program.noise_generator == "compat") {
      write(NoiseDeviates(m_scene.generator, output.noise_seed));
    } else {
      write(CounterPoisson(static_cast<std::uint64_t>(-output.noise_seed)));
    }
  }

  const flags::Command& m_command;
  const Scene& m_scene;
  std::span<const float> m_image;
  io::RenderedArea m_area;
  std::string m_header;
  WrittenImages m_written;
};

}  // namespace

void require_writable(const flags::Command& command) {
  for (const io::UsedFile& file : command.files) {
    // A cache that cannot be written is a warning.
    if (file.use != io::FileUse::output || file.path == command.output.cache_file) continue;
    const std::filesystem::path& name = file.path;
    std::error_code ignored;
    const auto status = std::filesystem::status(name, ignored);
    // Opening a pipe or a device is more than a question.
    if (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status) ||
        std::filesystem::is_directory(status)) {
      const io::AtomicFile question(name);
    }
  }
}

WrittenImages write_images(const flags::Command& command, const Scene& scene, std::span<const float> image) {
  return ImageWriter(command, scene, image).write();
}

}  // namespace nbk::bench::render
