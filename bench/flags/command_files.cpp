// SPDX-License-Identifier: MIT
#include "bench/flags/command_files.hpp"

#include "bench/flags/crystal_file_input.hpp"
#include "bench/flags/experiment_file.hpp"
#include "bench/flags/line_report.hpp"
#include "bench/flags/units.hpp"
#include "bench/flags/used_files.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/io/a_matrix.hpp"
#include "nbk/io/form_factor_table.hpp"
#include "nbk/io/hkl_cache.hpp"
#include "nbk/io/hkl_text.hpp"
#include "nbk/io/image_list.hpp"
#include "nbk/io/one_sided_list.hpp"
#include "nbk/io/smv_reader.hpp"
#include "nbk/io/source_list.hpp"
#include "nbk/io/spectrum_text.hpp"
#include "nbk/io/stol_table.hpp"
#include "nbk/model/air_material.hpp"
#include "nbk/model/water_material.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>

namespace nbk::bench::flags {

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

void add(std::vector<Message>& messages, Severity severity, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) messages.push_back({severity, text});
}

/// Loads the structure factors. The cache of an earlier run is used when no list is given, as in the C program, but not
/// in silence.
void read_structure_factors(Draft& draft, Command& command, std::vector<Message>& messages) {
  if (draft.files.crystal.given()) return;  // read when beam and frame are known
  StructureFactors& factors = draft.experiment.structure_factors;
  const double default_amplitude = factors.default_amplitude;
  const std::optional<bool> interpolate = factors.interpolate;
  const bool intensities = factors.intensities;
  const std::string& cache = draft.output.cache_file;
  if (!draft.files.hkl.empty()) {
    const io::HklText list = io::read_hkl_text(draft.files.hkl);
    factors = io::make_table(list.reflections, default_amplitude, draft.files.hkl);
    draft.output.write_cache = true;
    command.reflections = list.reflections.size();
    add(messages, Severity::problem, list.warnings);
    if (const auto problem = io::one_sided_axis(factors, list.reflections.size()))
      messages.push_back({Severity::problem, draft.files.hkl + ": " + *problem});
    command.loaded.push_back("structure factors from " + draft.files.hkl);
  } else if (reads_cache(draft)) {
    factors = io::read_hkl_cache(cache);
    command.reflections = factors.amplitude.size();
    command.loaded.push_back("structure factors from " + cache);
    messages.push_back({Severity::problem, cache +
                                               ": found here and used for the structure factors, because there is no "
                                               "-hkl; remove it or name another file by -dump if that is not meant"});
  } else if (!factors.has_table() && default_amplitude == 0.0) {
    throw InvalidInput(
        draft.default_F_given
            ? "-default_F 0: without -hkl every structure factor is 0 and so is the image; give -hkl FILE "
              "or another value than 0"
            : "-hkl: no structure factors; give --hkl FILE, --coordinates FILE, -hkl FILE or -default_F VALUE (--help "
              "lists all flags)");
  }
  factors.default_amplitude = default_amplitude;
  factors.interpolate = interpolate;
  factors.intensities = intensities;
}

/// Loads the spectrum. Its mean is the wavelength of the beam where nothing else gives one.
void read_spectrum(Draft& draft, Command& command, std::vector<Message>& messages) {
  if (draft.files.spectrum.empty()) return;
  io::SpectrumText text = io::read_spectrum_text(draft.files.spectrum);
  add(messages, Severity::problem, text.warnings);
  command.loaded.push_back("spectrum from " + draft.files.spectrum);
  Beam& beam = draft.experiment.beam;
  beam.spectrum = std::move(text.spectrum);
  if (draft.wavelength_given) return;
  double sum = 0, weights = 0;
  for (const SpectrumLine& line : beam.spectrum.lines) {
    sum += line.weight * line.wavelength_m;
    weights += line.weight;
  }
  beam.wavelength_m = sum / weights;
}

Material read_material(const MaterialWords& words) {
  const double thickness_m = mm(words.thickness_mm);
  if (words.name == "water" && !words.is_file()) return water_material(thickness_m);
  if (words.name == "air" && !words.is_file()) return air_material(thickness_m);
  Material material;
  material.name = words.name;
  material.form_factor = io::read_form_factor(words.name);
  material.density_g_per_cm3 = *words.density_g_per_cm3;
  material.molar_mass_g_per_mol = *words.molar_mass_g_per_mol;
  material.thickness_m = thickness_m;
  return material;
}

/// Returns the value that an experiment has for a key of a header, in the header's unit; nothing where it has none.
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

std::vector<HeaderGeometry> read_headers(Draft& draft, Command& command, std::vector<Message>& messages) {
  std::vector<HeaderGeometry> headers;
  if (!draft.files.mask.empty()) {
    io::SmvImage mask = io::read_smv(draft.files.mask);
    headers.push_back(apply_header(draft.experiment, mask, draft.files.mask, true));
    draft.wavelength_given |= mask.value_of("WAVELENGTH").has_value();
    draft.experiment.detector.mask = std::move(mask.pixels);
    add(messages, Severity::note, mask.warnings);
    command.loaded.push_back("mask and geometry from " + draft.files.mask);
  }
  if (!draft.files.image.empty()) {
    const io::SmvImage image = io::read_smv(draft.files.image, io::SmvPart::header);
    headers.push_back(apply_header(draft.experiment, image, draft.files.image, false));
    draft.wavelength_given |= image.value_of("WAVELENGTH").has_value();
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
      messages.push_back({Severity::note, header.file + ": its header says " + key + " = " + format_g(value) +
                                              ", but " + format_g(used) + " is used, from a flag or another header"});
    }
  }
  return messages;
}

void read_inputs(Draft& draft, Command& command, std::vector<Message>& messages) {
  Experiment& experiment = draft.experiment;
  if (!draft.files.matrix.empty()) {
    Crystal& crystal = experiment.crystal;
    crystal.a_matrix = io::read_a_matrix(draft.files.matrix);
    crystal.u_matrix = crystal.b_matrix = crystal.real_space_A = std::nullopt;
    command.loaded.push_back("orientation matrix from " + draft.files.matrix);
  }
  read_spectrum(draft, command, messages);
  for (const MaterialWords& material : draft.files.materials) experiment.materials.push_back(read_material(material));
  if (!draft.files.response.empty()) {
    draft.response = read_response(draft.files.response);
    command.loaded.push_back("response of the detector from " + draft.files.response);
  }
  read_structure_factors(draft, command, messages);
  if (!draft.files.sources.empty()) {
    const io::SourceDefaults defaults{unit(experiment.frame.beam), experiment.beam.wavelength_m};
    io::SourceList list = io::read_source_list(draft.files.sources, defaults);
    experiment.beam.sources = std::move(list.sources);
    add(messages, Severity::problem, list.warnings);
    add(messages, Severity::note, list.notes);
    command.loaded.push_back("sources from " + draft.files.sources);
  }
  read_crystal_file(draft, command, messages);
  if (!draft.series.list_file.empty()) {
    io::ImageList list = io::read_image_list<nlohmann::json>(draft.series.list_file);
    command.images = std::move(list.images);
    add(messages, Severity::problem, list.warnings);
    for (const auto& named : list.files)
      command.files.push_back({"--images, which names it", named, io::FileUse::input});
    command.loaded.push_back(std::to_string(command.images.size()) + " images from " + draft.series.list_file);
  }
  // The C program stops when this file has nothing, and does not use it otherwise.
  if (!draft.files.stol.empty()) io::read_stol_table(draft.files.stol);
}

}  // namespace nbk::bench::flags
