// SPDX-License-Identifier: MIT
#include "bench/render/series_outputs.hpp"

#include "bench/render/added_images.hpp"
#include "bench/render/formats/describe_image.hpp"
#include "bench/render/series_truth.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/distinct_files.hpp"
#include "nbk/io/mini_cbf.hpp"
#include "nbk/response/image_seed.hpp"

#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <system_error>

namespace nbk::bench::render {

namespace {

/// The photons of --add in the layout of an image; empty: none.
std::vector<float> added_photons(const flags::Command& command, const Scene& scene) {
  if (command.program.added.empty()) return {};
  flags::Command alone;
  alone.experiment.policy = command.experiment.policy;
  alone.program.added = command.program.added;
  const std::vector<float> nothing(image_extents(scene).pixels(), 0.0F);
  std::unique_ptr<float[]> memory;
  const std::span<const float> sum = scale_and_add(alone, scene, nothing, memory);
  return {sum.begin(), sum.end()};
}

/// Refuses scales that would count for more than the crystals.
void require_scalable(const flags::Command& command, const SeriesImage& image) {
  if (image.scale == 1.0 || (command.experiment.water_size_m == 0.0 && command.experiment.materials.empty())) return;
  throw InvalidInput(image.place + "scale", fmt::format("{}", image.scale),
                     "must be 1 with -water or materials, which it would scale as well; --add adds them unscaled");
}

}  // namespace

SeriesOutputs::SeriesOutputs(const flags::Command& command, const SeriesImages& images, const CheckedSeries& checked)
    : m_command(command), m_images(images), m_checked(checked), m_names(images.size()) {
  const flags::SeriesOptions& series = command.series;
  const Scene& scene = checked.scene;
  require(scene.selection.runs.empty(), "selection.runs", "given", "must not be there with many images");
  if (series.nexus_file.empty() && series.cbf_file.empty()) {
    throw InvalidInput("--images: give --nexus FILE or --cbf NAME_#####.cbf, where the images go");
  }
  require_added(command, scene);
  const bool by_name = series.cbf_file.find('@') != std::string::npos;
  for (std::size_t i = 0; i < images.size(); ++i) {
    const SeriesImage image = images[i];
    require_scalable(command, image);
    m_names[image.slot] = image.name;
    if (by_name && image.name.empty()) {
      throw InvalidInput(image.place + "has no /name, which --cbf " + series.cbf_file + " needs in place of @");
    }
  }
  if (!series.cbf_file.empty()) {
    if (!by_name && series.cbf_file.find('#') == std::string::npos) {
      reject("--cbf", series.cbf_file, "must have ##### in the place of the number of the image, or @ of its name");
    }
    m_warnings =
        io::mini_cbf_header(scene, command.experiment.crystal.phi, command.experiment.beam.exposure_s).warnings;
  }
  m_added = added_photons(command, scene);
  if (!series.nexus_file.empty()) {
    formats::NxmxOutput::require_there();
    io::NxmxDescription file = formats::describe_images(command, scene, images.size(), m_warnings);
    file.wavelengths_A = checked.wavelengths_A;
    file.rotation = checked.rotation;
    m_nxmx.emplace(series.nexus_file, file);
    m_nxmx_is_finished = m_nxmx->is_finished(checked.fingerprints);
  }
  m_manifest_file = series.manifest();
  if (!series.cbf_file.empty()) require_other_names();
}

void SeriesOutputs::require_other_names() const {
  std::error_code ignored;
  for (std::size_t slot = 0; slot < m_names.size(); ++slot) {
    const std::filesystem::path name = cbf_name(slot, m_names[slot]);
    const bool exists = std::filesystem::exists(name, ignored);
    for (const io::UsedFile& other : m_command.files) {
      // A file that is not there yet can only be meant by its own name, or by a link that is asked about elsewhere.
      if ((!exists && name.filename() != other.path.filename()) || !io::same_file(name, other.path)) continue;
      throw InvalidInput("--cbf and " + other.flag + ": " + name.string() + ", the file of an image, would " +
                         (other.use == io::FileUse::input ? "be read and replaced" : "be written twice") +
                         "; give one of them another name");
    }
  }
}

void SeriesOutputs::begin() {
  m_manifest.emplace(m_manifest_file);
  for (std::size_t slot = 0; m_nxmx_is_finished && slot < m_names.size(); ++slot) {
    m_nxmx_is_finished = m_manifest->has(slot, m_checked.fingerprints[slot]);
  }
  if (m_nxmx && !m_nxmx_is_finished) m_nxmx->begin();
}

bool SeriesOutputs::has(std::size_t slot) const {
  const std::uint64_t fingerprint = m_checked.fingerprints[slot];
  if (!m_manifest->has(slot, fingerprint)) return false;
  if (m_nxmx && !m_nxmx_is_finished && !m_nxmx->has(slot, fingerprint)) return false;
  std::error_code ignored;
  return m_command.series.cbf_file.empty() || std::filesystem::is_regular_file(cbf_name(slot, m_names[slot]), ignored);
}

std::string SeriesOutputs::cbf_name(std::size_t slot, const std::string& name) const {
  std::string file = m_command.series.cbf_file;
  if (const std::size_t at = file.find('@'); at != std::string::npos) return file.replace(at, 1, name);
  const std::size_t first = file.find('#'), end = std::min(file.find_first_not_of('#', first), file.size());
  return file.replace(first, end - first, fmt::format("{:0{}}", m_images.file_number(slot), end - first));
}

io::PixelRecording SeriesOutputs::recording(const SeriesImage& image, io::PixelKind kind) const {
  io::PixelRecording recording = formats::recording_of(m_command, kind, image_seed(image.seed, image.slot));
  recording.scale = image.scale;
  recording.added = m_added;
  return recording;
}

std::span<const std::byte> SeriesOutputs::record(const ComputedImage& computed, io::PixelKind kind, std::size_t first,
                                                 std::size_t end, std::span<std::byte> to) const {
  const std::size_t width = image_extents(computed.scene).fast, pixel_bytes = io::bytes_of(kind);
  if (!to.empty()) to = to.subspan(first * width * pixel_bytes, (end - first) * width * pixel_bytes);
  if (computed.adu.empty() || kind == io::PixelKind::photons) {
    const auto photons = computed.photons.subspan(first * width, (end - first) * width);
    return io::record_rows(photons, first, width, recording(computed.image, kind), to);
  }
  const auto adu = std::span(computed.adu).subspan(first * width, (end - first) * width);
  io::record_adu(adu, kind, m_command.output.integers, to);
  return to;
}

void SeriesOutputs::write_cbf(const ComputedImage& computed, std::span<const std::byte> counts) const {
  const SeriesImage& image = computed.image;
  const PanelGeometry& panel = computed.scene.panels.front().geometry;
  std::vector<std::int32_t> numbers(counts.size() / sizeof(std::int32_t));
  std::memcpy(numbers.data(), counts.data(), counts.size());
  const auto header = io::mini_cbf_header(computed.scene, image.crystals.front().phi, image.beam.exposure_s);
  io::write_mini_cbf(cbf_name(image.slot, image.name), header, numbers, panel.pixels_fast, panel.pixels_slow);
}

void SeriesOutputs::write(ComputedImage& computed, const DoParts& do_parts) {
  const std::size_t slot = computed.image.slot, image_pixels = computed.photons.size();
  const std::uint64_t fingerprint = m_checked.fingerprints[slot];
  const bool has_nxmx = m_nxmx && !m_nxmx_is_finished, has_cbf = !m_command.series.cbf_file.empty();
  const bool in_parts = has_nxmx && m_nxmx->takes_parts();
  const io::PixelKind kind = m_command.series.pixels;
  const bool separate_counts = has_cbf && !(has_nxmx && kind == io::PixelKind::counts);
  const bool as_they_are = kind == io::PixelKind::photons && !recording(computed.image, kind).changes_photons();
  computed.pixels.resize(has_nxmx && !as_they_are ? image_pixels * io::bytes_of(kind) : 0);
  std::vector<std::byte> counts(separate_counts ? image_pixels * io::bytes_of(io::PixelKind::counts) : 0);
  const RowParts rows(image_extents(computed.scene));
  ImageTruth truth(computed, rows.count(), m_command.series.label_threshold);
  if (in_parts) m_nxmx->begin_image(slot);
  do_parts(rows.count(), [&](std::size_t part) {
    const std::size_t first = rows.first(part), end = rows.end(part);
    truth.look_at(part, first, end);
    if (separate_counts) record(computed, io::PixelKind::counts, first, end, counts);
    if (!has_nxmx) return;
    const auto pixels = record(computed, kind, first, end, computed.pixels);
    if (in_parts) m_nxmx->write_part(slot, first * rows.width() * io::bytes_of(kind), pixels);
  });
  if (has_cbf) write_cbf(computed, separate_counts ? counts : computed.pixels);
  // The mark of the file says that the line of the manifest is there, too.
  m_manifest->add(slot, fingerprint, truth.text());
  if (in_parts) {
    m_nxmx->end_image(slot, fingerprint);
  } else if (has_nxmx) {
    m_nxmx->write(slot, fingerprint, as_they_are ? std::as_bytes(computed.photons) : computed.pixels);
  }
}

void SeriesOutputs::commit() {
  m_manifest->commit(m_names.size());
  if (m_nxmx && !m_nxmx_is_finished) m_nxmx->commit();
}

}  // namespace nbk::bench::render
