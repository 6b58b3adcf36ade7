// SPDX-License-Identifier: MIT
#include "bench/flags/experiment_checks.hpp"

#include "bench/flags/explain.hpp"
#include "bench/flags/starting_files.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/scene/unlikely_numbers.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>

namespace nbk::bench::flags {

namespace {

/// Members of Detector that count for a list of panels, too.
constexpr std::array<std::string_view, 4> counting{"detector.sensor", "detector.point_pixel", "detector.oversample",
                                                   "detector.curved"};

class ExperimentChecks {
 public:
  ExperimentChecks(const FlagReader& reader, const Draft& draft)
      : m_reader(reader), m_draft(draft), m_experiment(draft.experiment) {}

  std::vector<Message> all() {
    for (const TypedFlag& flag : m_reader.typed()) {
      panels(flag);
      crystals(flag);
    }
    listed_pixels();
    printout();
    units();
    spectrum();
    series();
    return std::move(m_messages);
  }

 private:
  void add(Severity severity, std::string_view flag, const std::string& text) {
    m_messages.push_back({severity, std::string(flag) + ": " + text});
  }

  void panels(const TypedFlag& flag) {
    if (m_experiment.detector.panels.empty() || !flag.fields.starts_with("detector")) return;
    if (std::ranges::any_of(counting, [&](std::string_view member) { return flag.fields.starts_with(member); })) return;
    // The header of -img has the wavelength, too.
    const bool leaves_pixels_out = flag.fields == "detector.roi" || flag.fields == "detector.mask";
    add(leaves_pixels_out ? Severity::problem : Severity::no_effect, flag.name,
        flag.fields == "detector beam" ? "only its wavelength counts; the experiment lists panels"
                                       : "has no effect; the experiment lists panels, which say it themselves");
  }

  void crystals(const TypedFlag& flag) {
    const std::size_t further = m_draft.further_crystals.size();
    if (further == 0 || !flag.fields.starts_with("crystal.") || flag.name == "--image") return;
    if (m_draft.from_dxtbx && is_shared_crystal_field(flag.fields)) return;
    add(Severity::problem, flag.name, "changes only the first of " + std::to_string(1 + further) + " crystals");
  }

  void listed_pixels() {
    if (m_experiment.selection.runs.empty()) return;
    for (const std::string_view flag : {"-intfile", "-pgmfile", "-noisefile"}) {
      if (m_reader.given(flag)) add(Severity::no_effect, flag, "is not written; the experiment lists pixels");
    }
  }

  void printout() {
    if (!m_draft.output.printout) return;
    if (m_experiment.detector.panels.empty() && m_experiment.selection.runs.empty() && m_draft.further_crystals.empty())
      return;
    add(Severity::no_effect, "-printout", "has no effect; it is for one crystal and one panel that no list describes");
  }

  /// Numbers that no X-ray experiment has, as a wrong unit makes them.
  void units() {
    std::vector<scene::UnlikelyNumber> numbers = scene::unlikely_numbers(m_experiment);
    std::ranges::move(scene::unlikely_numbers(m_experiment.crystal, m_experiment.beam.wavelength_m),
                      std::back_inserter(numbers));
    for (const scene::UnlikelyNumber& number : numbers) {
      const bool said_by_reader = number.parameter.starts_with("beam.spectrum") && !m_draft.files.spectrum.empty();
      if (said_by_reader) continue;
      const std::string typed = typed_for(number.parameter, m_reader.typed());
      if (typed.empty()) {
        add(Severity::problem, number.parameter, number.sentence + "; the parameter is in " + number.unit);
      } else {
        add(Severity::problem, typed, number.sentence);
      }
    }
  }

  void spectrum() {
    const std::vector<SpectrumLine>& lines = m_experiment.beam.spectrum.lines;
    if (lines.empty()) return;
    const std::string_view name = m_draft.files.spectrum.empty() ? "beam.spectrum" : "--spectrum";
    if (!m_experiment.beam.sources.empty()) {
      return add(Severity::problem, name, "has no effect; the sources have wavelengths of their own");
    }
    const auto same = [&](const SpectrumLine& line) { return line.weight == lines.front().weight; };
    if (m_experiment.policy == Policy::compat && !std::ranges::all_of(lines, same)) {
      add(Severity::problem, name, "its weights do not count, as in the C program; they do with --policy corrected");
    }
    const auto [least, most] = std::ranges::minmax(lines, {}, &SpectrumLine::wavelength_m);
    const double nominal_m = m_experiment.beam.wavelength_m;
    if (nominal_m < least.wavelength_m || nominal_m > most.wavelength_m) {
      add(Severity::problem, name,
          "does not reach the wavelength of the beam, " + format_g(nominal_m * 1e10) +
              " A, which counts for matrices, headers and the automatic number of sub-pixels; give -lambda");
    }
  }

  void series() {
    const SeriesOptions& series = m_draft.series;
    if (asks_for_series(series, m_draft.scan)) {
      for (const std::string_view flag :
           {"-floatfile", "-intfile", "-pgmfile", "-noisefile", "-scale", "-pgmscale", "--noise", "--json", "--png",
            "-printout", "-printout_pixel", "--detector-image", "--image-bits", "--save-expt", "--save-geom"}) {
        if (m_reader.given(flag)) add(Severity::no_effect, flag, "has no effect with many images");
      }
      if (!series.list_file.empty() || !m_draft.scan) return;
      for (const std::string_view flag : {"-phi", "-osc", "-phistep"}) {
        if (m_reader.given(flag)) add(Severity::problem, flag, "has no effect; the scan has the angles of its images");
      }
      return;
    }
    for (const std::string_view flag : {"--manifest", "--label-threshold"}) {
      if (m_reader.given(flag)) add(Severity::no_effect, flag, "has no effect without many images");
    }
    if (!series.nexus_file.empty()) return;
    for (const std::string_view flag : {"--pixels", "--gzip"}) {
      if (m_reader.given(flag)) add(Severity::no_effect, flag, "has no effect without --nexus");
    }
  }

  const FlagReader& m_reader;
  const Draft& m_draft;
  const Experiment& m_experiment;
  std::vector<Message> m_messages;
};

}  // namespace

std::vector<Message> check_experiment(const FlagReader& reader, const Draft& draft) {
  return ExperimentChecks(reader, draft).all();
}

}  // namespace nbk::bench::flags
