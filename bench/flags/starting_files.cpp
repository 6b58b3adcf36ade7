// SPDX-License-Identifier: MIT
#include "bench/flags/starting_files.hpp"

#include "bench/flags/experiment_file.hpp"
#include "bench/flags/image_models.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/crystfel_geometry.hpp"
#include "nbk/io/dxtbx_image.hpp"
#include "nbk/io/number_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace nbk::bench::flags {

namespace {

/// Returns the word behind the last use of a flag.
std::optional<std::string> value_of(std::span<const std::string> args, std::string_view flag) {
  for (std::size_t i = args.size(); i-- > 1;) {
    if (args[i - 1] == flag) return args[i];
  }
  return std::nullopt;
}

/// Returns the same as an integer. Words that are none are refused when the flags are read.
std::optional<int> integer_of(std::span<const std::string> args, std::string_view flag) {
  const auto word = value_of(args, flag);
  return word ? io::to_number<int>(*word) : std::nullopt;
}

/// Returns the series that a line asks for.
const io::DxtbxSeries& series_of(const io::DxtbxDocument& document, std::span<const std::string> args, bool all_stills,
                                 std::vector<Message>& messages) {
  const std::size_t count = document.series.size();
  const std::optional<int> wanted = integer_of(args, "--series");
  if (!wanted && count > 1 && !all_stills) {
    messages.push_back({Severity::note, document.file + ": has " + std::to_string(count) +
                                            " sweeps or stills; the first is taken, --series chooses another"});
  }
  const int number = wanted.value_or(0);
  require(number >= 0 && static_cast<std::size_t>(number) < count, "--series", number,
          "must be 0 to " + std::to_string(count - 1) + ", the sweeps or stills of " + document.file);
  return document.series[static_cast<std::size_t>(number)];
}

/// Returns true if a line wants files of many images, and does not say which.
bool wants_all_images(std::span<const std::string> args) {
  return (value_of(args, "--nexus") || value_of(args, "--cbf")) && !value_of(args, "--images") &&
         !value_of(args, "--image");
}

/// Takes the models of every image from a list in which they change: of all its stills, or of the whole scan.
void set_images(const io::DxtbxDocument& document, const io::DxtbxSeries& series, bool all_stills, Draft& draft) {
  draft.models_of_file = {{}, draft.experiment.beam, draft.experiment.frame, draft.experiment.goniometer, {}};
  if (draft.experiment.crystal.real_space_A) draft.models_of_file.crystals = {draft.experiment.crystal};
  if (all_stills) {
    draft.models = models_of_stills(document);
    draft.series.stills = draft.models.size();
  } else if (draft.scan && changes_in_scan(document, series)) {
    draft.models = models_of_scan(document, series);
    // The scan of the first lattice may be shorter than that of all.
    draft.scan->images = series.images;
  }
}

/// Takes the offset of integer images from panels that agree in it.
void set_offset(Draft& draft) {
  const std::vector<Panel>& panels = draft.experiment.detector.panels;
  const double pedestal = panels.front().readout.pedestal;
  if (std::ranges::all_of(panels, [&](const Panel& panel) { return panel.readout.pedestal == pedestal; })) {
    draft.output.adc_offset = pedestal;
  }
}

}  // namespace

void start_from(io::ExperimentDocument document, Draft& draft, std::vector<Message>& messages) {
  draft.experiment = std::move(document.experiment);
  draft.further_crystals = std::move(document.further_crystals);
  draft.first_listed = document.first_listed;
  draft.scan = document.scan;
  draft.response = std::move(document.response);
  draft.files.named = std::move(document.files);
  for (const std::string& warning : document.warnings) messages.push_back({Severity::problem, warning});
  draft.experiment_given = draft.wavelength_given = true;
  if (draft.experiment.frame.convention == Convention::custom) draft.custom = draft.experiment.frame;
}

void start_from_dxtbx(std::span<const std::string> args, Draft& draft, std::vector<Message>& messages) {
  const auto file = value_of(args, "--expt");
  if (!file) return;
  if (draft.experiment_given)
    throw InvalidInput("--expt: must not stand with --experiment: each is a whole experiment");
  const io::DxtbxDocument document = read_dxtbx(*file);
  const bool wants_all = wants_all_images(args);
  const bool all_stills = wants_all && !value_of(args, "--series") && has_only_stills(document);
  const io::DxtbxSeries& series = series_of(document, args, all_stills, messages);
  const int image = integer_of(args, "--image").value_or(series.first_image);
  io::ExperimentDocument of_image = io::experiment_of_image(document, series, image);
  of_image.warnings = document.warnings;
  start_from(std::move(of_image), draft, messages);
  draft.from_dxtbx = true;
  draft.crystal_of_file = draft.experiment.crystal;
  if (wants_all) set_images(document, series, all_stills, draft);
  set_offset(draft);
}

void share_crystal_flags(Draft& draft) {
  if (!draft.from_dxtbx) return;
  for (Crystal& other : draft.further_crystals) {
    share_changes(draft.crystal_of_file, draft.experiment.crystal, other);
  }
}

bool is_shared_crystal_field(std::string_view field) {
  constexpr std::array<std::string_view, 6> shared{"crystal.cells", "crystal.size_m",    "crystal.shape",
                                                   "crystal.fudge", "crystal.mosaicity", "crystal.phi"};
  return std::ranges::any_of(shared, [&](std::string_view name) { return field.starts_with(name); });
}

void start_from_crystfel(std::span<const std::string> args, Draft& draft, std::vector<Message>& messages) {
  const auto file = value_of(args, "--geom");
  if (!file) return;
  if (draft.experiment_given && !draft.from_dxtbx) {
    throw InvalidInput("--geom: must not stand with --experiment, whose laboratory may be another");
  }
  io::CrystfelGeometry geometry = io::read_crystfel_geometry(*file);
  for (const std::string& warning : geometry.warnings) messages.push_back({Severity::problem, warning});
  std::string ignored;
  for (const std::string& key : geometry.ignored) ignored += (ignored.empty() ? "" : ", ") + key;
  if (!ignored.empty()) messages.push_back({Severity::note, *file + ": keys without effect here: " + ignored});
  Experiment& experiment = draft.experiment;
  experiment.detector = std::move(geometry.detector);
  experiment.policy = Policy::corrected;
  if (!draft.from_dxtbx) {
    experiment.frame = Frame::of(Convention::custom);
    experiment.frame.polarization = experiment.frame.spindle = {1, 0, 0};
  }
  experiment.frame.beam = {0, 0, -1};
  draft.custom = experiment.frame;
  if (!geometry.wavelength_m) return;
  experiment.beam.wavelength_m = *geometry.wavelength_m;
  draft.wavelength_given = true;
}

}  // namespace nbk::bench::flags
