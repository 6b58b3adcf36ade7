// SPDX-License-Identifier: MIT
#include "bench/flags/command_files.hpp"

#include "nbk/io/a_matrix.hpp"
#include "nbk/io/hkl_cache.hpp"
#include "nbk/io/hkl_text.hpp"
#include "nbk/io/smv_reader.hpp"
#include "nbk/io/source_list.hpp"
#include "nbk/io/stol_table.hpp"
#include "bench/flags/units.hpp"

#include <cmath>
#include <filesystem>
#include <sstream>

namespace nbk::cli {

namespace {

/// The header keys that are used, in the header's own units.
constexpr std::string_view header_keys[] = {"PIXEL_SIZE",    "DISTANCE",      "CLOSE_DISTANCE", "WAVELENGTH",
                                            "BEAM_CENTER_X", "BEAM_CENTER_Y", "ORGX",           "ORGY",
                                            "PHI",           "OSC_RANGE"};

/// Puts one header value where it belongs. A mask counts its BEAM_CENTER_Y from the other end.
void set_from_header(Experiment& experiment, std::string_view key, double value, bool is_mask) {
  Detector& detector = experiment.detector;
  if (key == "PIXEL_SIZE") {
    detector.pixel_size_m = mm(value);
    detector.size_fast_m = detector.pixel_size_m * detector.pixels_fast.value();
    detector.size_slow_m = detector.pixel_size_m * detector.pixels_slow.value();
  } else if (key == "DISTANCE") {
    detector.distance_m = mm(value);
  } else if (key == "CLOSE_DISTANCE") {
    detector.close_distance_m = mm(value);
  } else if (key == "WAVELENGTH") {
    experiment.beam.wavelength_m = angstrom(value);
  } else if (key == "BEAM_CENTER_X") {
    detector.beam_x_m = mm(value);
  } else if (key == "BEAM_CENTER_Y") {
    detector.beam_y_m = is_mask ? detector.size_slow_m - mm(value) : mm(value);
  } else if (key == "ORGX") {
    detector.org_x_px = value;
  } else if (key == "ORGY") {
    detector.org_y_px = value;
  } else if (key == "PHI") {
    experiment.crystal.phi.start_rad = deg(value);
  } else if (key == "OSC_RANGE") {
    experiment.crystal.phi.range_rad = value < 0 ? std::nullopt : std::optional(deg(value));
  }
}

HeaderGeometry apply_header(Experiment& experiment, const io::SmvImage& image, const std::string& file, bool is_mask) {
  HeaderGeometry geometry{file, {}};
  experiment.detector.pixels_fast = image.pixels_fast;
  experiment.detector.pixels_slow = image.pixels_slow;
  experiment.detector.size_fast_m = experiment.detector.pixel_size_m * image.pixels_fast;
  experiment.detector.size_slow_m = experiment.detector.pixel_size_m * image.pixels_slow;
  geometry.values = {{"SIZE1", image.pixels_fast}, {"SIZE2", image.pixels_slow}};
  for (std::string_view key : header_keys) {
    const std::optional<double> value = image.value_of(key);
    if (!value) continue;
    if (!std::isfinite(*value)) io::fail(file, "header: " + std::string(key) + " must be a finite number");
    set_from_header(experiment, key, *value, is_mask);
    geometry.values.emplace_back(key, *value);
  }
  return geometry;
}

Vec3d unit(const Vec3d& v) {
  const double length = std::sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
  require(length > 0 && std::isfinite(length), "-beam_vector", length, "must have a length > 0");
  return {v.x / length, v.y / length, v.z / length};
}

void note(std::vector<Message>& messages, const std::vector<std::string>& warnings) {
  for (const std::string& text : warnings) messages.push_back({Severity::note, text});
}

/// The cache of an earlier run is used when no list is given, as in the C program, but not in silence.
void read_structure_factors(Draft& draft, Command& command, std::vector<Message>& messages) {
  StructureFactors& factors = draft.experiment.structure_factors;
  const double default_amplitude = factors.default_amplitude;
  const std::optional<bool> interpolate = factors.interpolate;
  const std::string& cache = draft.output.cache_file;
  std::error_code ignored;
  if (!draft.files.hkl.empty()) {
    const io::HklText list = io::read_hkl_text(draft.files.hkl);
    factors = io::make_table(list.reflections, default_amplitude, draft.files.hkl);
    draft.output.write_cache = true;
    command.reflections = list.reflections.size();
    note(messages, list.warnings);
    command.loaded.push_back("structure factors from " + draft.files.hkl);
  } else if (!draft.experiment_given && std::filesystem::exists(cache, ignored)) {
    factors = io::read_hkl_cache(cache);
    command.reflections = factors.amplitude.size();
    command.loaded.push_back("structure factors from " + cache);
    messages.push_back({Severity::note, cache + ": found here and used for the structure factors, because there is no "
                                                "-hkl; remove it or name another file by -dump if that is not meant"});
  } else if (!factors.has_table() && default_amplitude == 0.0) {
    throw InvalidInput("-hkl: no structure factors; give -hkl FILE or -default_F VALUE (--help lists all flags)");
  }
  factors.default_amplitude = default_amplitude;
  factors.interpolate = interpolate;
}

/// What an experiment has for a key of a header, in the header's unit; nothing where it has no such value.
std::optional<double> used_for(std::string_view key, const Experiment& experiment) {
  const Detector& detector = experiment.detector;
  if (key == "SIZE1") return detector.pixels_fast;
  if (key == "SIZE2") return detector.pixels_slow;
  if (key == "PIXEL_SIZE") return detector.pixel_size_m * 1000.0;
  if (key == "DISTANCE") return detector.distance_m * 1000.0;
  if (key == "CLOSE_DISTANCE" && detector.close_distance_m) return *detector.close_distance_m * 1000.0;
  if (key == "WAVELENGTH") return experiment.beam.wavelength_m * 1e10;
  if (key == "ORGX") return detector.org_x_px;
  if (key == "ORGY") return detector.org_y_px;
  if (key == "PHI") return experiment.crystal.phi.start_rad * degrees_per_radian;
  return std::nullopt;
}

}  // namespace

std::vector<HeaderGeometry> read_headers(Draft& draft, Command& command) {
  std::vector<HeaderGeometry> headers;
  if (!draft.files.mask.empty()) {
    io::SmvImage mask = io::read_smv(draft.files.mask);
    headers.push_back(apply_header(draft.experiment, mask, draft.files.mask, true));
    draft.experiment.detector.mask = std::move(mask.pixels);
    command.loaded.push_back("mask and geometry from " + draft.files.mask);
  }
  if (!draft.files.image.empty()) {
    const io::SmvImage image = io::read_smv(draft.files.image);
    headers.push_back(apply_header(draft.experiment, image, draft.files.image, false));
    command.loaded.push_back("geometry from " + draft.files.image);
  }
  return headers;
}

std::vector<Message> compare_with_headers(const std::vector<HeaderGeometry>& headers, const Experiment& experiment) {
  std::vector<Message> messages;
  for (const HeaderGeometry& header : headers) {
    for (const auto& [key, value] : header.values) {
      const double used = used_for(key, experiment).value_or(value);
      if (std::abs(used - value) <= 1e-6 * std::abs(value)) continue;
      std::ostringstream text;
      text << header.file << ": its header says " << key << " = " << value << ", but " << used
           << " is used, from a flag or another header";
      messages.push_back({Severity::note, text.str()});
    }
  }
  return messages;
}

void read_inputs(Draft& draft, Command& command, std::vector<Message>& messages) {
  Experiment& experiment = draft.experiment;
  if (!draft.files.matrix.empty()) {
    experiment.crystal.a_matrix = io::read_a_matrix(draft.files.matrix);
    command.loaded.push_back("orientation matrix from " + draft.files.matrix);
  }
  read_structure_factors(draft, command, messages);
  if (!draft.files.sources.empty()) {
    const io::SourceDefaults defaults{unit(experiment.frame.beam), experiment.beam.wavelength_m};
    io::SourceList list = io::read_source_list(draft.files.sources, defaults);
    experiment.beam.sources = std::move(list.sources);
    note(messages, list.warnings);
    command.loaded.push_back("sources from " + draft.files.sources);
  }
  // The C program stops when this file has nothing, and does not use it otherwise.
  if (!draft.files.stol.empty()) io::read_stol_table(draft.files.stol);
}

}  // namespace nbk::cli
