// SPDX-License-Identifier: MIT
#include "bench/flags/starting_files.hpp"

#include "bench/flags/experiment_file.hpp"
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
const io::DxtbxSeries& series_of(const io::DxtbxDocument& document, std::span<const std::string> args,
                                 std::vector<Message>& messages) {
  const std::size_t count = document.series.size();
  const std::optional<int> wanted = integer_of(args, "--series");
  if (!wanted && count > 1) {
    messages.push_back({Severity::note, document.file + ": has " + std::to_string(count) +
                                            " sweeps or stills; the first is taken, --series chooses another"});
  }
  const int number = wanted.value_or(0);
  require(number >= 0 && static_cast<std::size_t>(number) < count, "--series", number,
          "must be 0 to " + std::to_string(count - 1) + ", the sweeps or stills of " + document.file);
  return document.series[static_cast<std::size_t>(number)];
}

/// Returns true if beam, setting or a crystal of a series differ from image to image.
bool changes_in_scan(const io::DxtbxDocument& document, const io::DxtbxSeries& series) {
  return std::ranges::any_of(series.experiments, [&](std::size_t place) {
    const io::DxtbxExperiment& of = document.experiments[place];
    return !document.beams[of.beam].s0_at_scan_points.empty() ||
           (of.goniometer && !document.goniometers[*of.goniometer].setting_at_scan_points.empty()) ||
           (of.crystal && !document.crystals[*of.crystal].a_at_scan_points.empty());
  });
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
  const io::DxtbxSeries& series = series_of(document, args, messages);
  const int image = integer_of(args, "--image").value_or(series.first_image);
  io::ExperimentDocument of_image = io::experiment_of_image(document, series, image);
  of_image.warnings = document.warnings;
  start_from(std::move(of_image), draft, messages);
  draft.from_dxtbx = true;
  draft.changes_in_scan = changes_in_scan(document, series);
  draft.crystal_of_file = draft.experiment.crystal;
  set_offset(draft);
}

void share_crystal_flags(Draft& draft) {
  if (!draft.from_dxtbx) return;
  const Crystal &was = draft.crystal_of_file, &is = draft.experiment.crystal;
  for (Crystal& other : draft.further_crystals) {
    const auto share = [&](auto member) {
      if (member(is) != member(was)) member(other) = member(is);
    };
    share([](auto& crystal) -> auto& { return crystal.cells; });
    share([](auto& crystal) -> auto& { return crystal.size_m; });
    share([](auto& crystal) -> auto& { return crystal.shape; });
    share([](auto& crystal) -> auto& { return crystal.fudge; });
    share([](auto& crystal) -> auto& { return crystal.mosaicity.spread_rad; });
    share([](auto& crystal) -> auto& { return crystal.mosaicity.domains; });
    share([](auto& crystal) -> auto& { return crystal.mosaicity.seed; });
    share([](auto& crystal) -> auto& { return crystal.phi.start_rad; });
    share([](auto& crystal) -> auto& { return crystal.phi.range_rad; });
    share([](auto& crystal) -> auto& { return crystal.phi.step_rad; });
    share([](auto& crystal) -> auto& { return crystal.phi.steps; });
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
