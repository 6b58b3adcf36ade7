// SPDX-License-Identifier: MIT
#include "bench/jobs/summary.hpp"

#include "bench/measure/statistics.hpp"
#include "build_info.hpp"

#include <fmt/format.h>

#include <cctype>

namespace nbk::bench::jobs {
namespace {

using measure::median;

std::string ms(double seconds) { return fmt::format("{:.3g} ms", 1e3 * seconds); }

std::string spread_ms(const std::vector<double>& seconds) {
  if (seconds.size() < 2) return ms(median(seconds));
  return fmt::format("{:.3g} ± {:.2g} ms", 1e3 * median(seconds), 1e3 * measure::median_absolute_deviation(seconds));
}

std::string main_text(const MainPart& part) {
  const auto& reference = part.reference;
  auto text = fmt::format("cold {}; warm {}: set-up {}, simulation {}, copy-out {}; peak memory {:.0f} MiB",
                          spread_ms(part.cold.total_s), spread_ms(part.warm.total_s), spread_ms(part.warm.setup_s),
                          spread_ms(part.warm.simulation_s), spread_ms(part.warm.copy_out_s),
                          static_cast<double>(part.peak_memory_bytes) / (1 << 20));
  if (reference.time_s) {
    text +=
        fmt::format("; {} {}", reference.is_c_program() ? "C program" : "built-in reference", ms(*reference.time_s));
  }
  if (const auto cold = part.speedup(part.cold), warm = part.speedup(part.warm); warm) {
    text += fmt::format(", speed-up {:.1f} cold, {:.1f} warm", *cold, *warm);
  }
  if (part.warm_parity) {
    text += fmt::format("; correlation {:.9f}, sum ratio {:.7f}", part.warm_parity->correlation,
                        part.warm_parity->sum_ratio);
  }
  return text;
}

/// Returns a share in percent. More than was measured to be possible is no share.
std::string share_text(double share) {
  return share <= 1 ? fmt::format("{:.1f} %", 100 * share) : std::string("more than the measured best");
}

std::string suite_text(const Record& record, const SuitePart& part) {
  const double time_s = median(part.simulation_s);
  auto text = fmt::format(
      "{}, {:.3g} evaluations of {:.4g} ns; {} of peak arithmetic, {} of store bandwidth; "
      "new plan {}",
      spread_ms(part.simulation_s), static_cast<double>(record.setting.evaluations),
      1e9 * time_s / static_cast<double>(record.setting.evaluations), share_text(part.share_of_peak(record.setting)),
      share_text(part.share_of_bandwidth(record.least_bytes())), ms(part.setup_cold_s));
  if (part.start_up) text += fmt::format(", start-up {}", ms(part.start_up->total_s));
  if (!part.pairs.empty()) {
    std::vector<double> ratios;
    for (const auto& pair : part.pairs) ratios.push_back(pair.ratio());
    text += fmt::format("; C loop / nbk {:.1f} ± {:.1f}", median(ratios), measure::median_absolute_deviation(ratios));
  }
  if (const auto reached = part.reaches_floor(record.dtype); reached) {
    text += fmt::format(" ({} {:.0f})", *reached ? "wanted:" : "**misses**", *part.floor);
  }
  if (const auto ratios = part.derivative_ratios(); !ratios.empty()) {
    text +=
        fmt::format("; derivatives {:.2f} ± {:.2f} images", median(ratios), measure::median_absolute_deviation(ratios));
  }
  if (record.with_float64) text += fmt::format("; correlation with float64 {:.8f}", record.with_float64->correlation);
  return text;
}

std::string matrix_text(const Record& record, const MatrixPart& part) {
  std::string text = part.own_width ? "own width" : "further width";
  const auto add = [&](const char* with, const std::optional<measure::Parity>& parity) {
    if (!parity) return;
    text += fmt::format("; with {}: 1 - correlation {:.1e}, largest difference {:.1e} of the brightest pixel", with,
                        1 - parity->correlation, parity->relative_difference());
  };
  add("float64", record.with_float64);
  add("the reference", part.with_reference);
  return text;
}

std::string line_of(const Record& record) {
  const auto used = record.dtype == record.setting.dtype ? "" : ", computed as " + record.setting.dtype;
  const auto text = record.main    ? main_text(*record.main)
                    : record.suite ? suite_text(record, *record.suite)
                                   : matrix_text(record, *record.matrix);
  return fmt::format("- {}: {}{}: {}\n", record.passed() ? "passed" : "**FAILED**", label_of(record), used, text);
}

std::string reference_sentence(const ReferenceRun& reference) {
  if (reference.program) {
    return fmt::format(
        "\nCompared with the C program `{}`; its time is that of the whole process, nbk's is set-up, "
        "simulation and copy-out.\n",
        *reference.program);
  }
  return "\nCompared with the built-in reference, a plain implementation in double precision inside this project; its "
         "time says nothing about the C program, so no speed-up is given.\n";
}

std::string notes(const Results& results) {
  std::string text;
  for (const auto& skipped : results.skipped)
    text += fmt::format("- skipped: {}: {}\n", skipped.workload, skipped.reason);
  for (const auto& space : results.spaces) {
    text += fmt::format("- {}: {}\n", space.name,
                        space.device.empty() ? "not enabled in this build's Kokkos" : "enabled, as " + space.device);
  }
  for (const auto& what : results.not_compiled) text += fmt::format("- not compiled: {}\n", what);
  return text;
}

std::string machine_lines(const evidence::Environment& e) {
  return fmt::format("\n- {}, {} cores, {:.0f} GiB\n- {}, `{}`\n- Kokkos {}, {} host threads\n- commit {}{}\n",
                     e.processor, e.cores, static_cast<double>(e.memory_bytes) / (1 << 30), build_info::compiler,
                     build_info::flags, e.kokkos_version, e.host_threads, e.git.commit.value_or("unknown"),
                     e.git.dirty.value_or(false) ? " with changes" : "");
}

}  // namespace

std::string summary_text(const Results& results, const RunState& state, const evidence::Environment& environment) {
  std::string verdict = state.status;
  for (char& c : verdict) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  auto text = fmt::format("# nbk-bench: {}\n\nStarted {}, {:.2f} s.\n\n", verdict, environment.date, state.duration_s);
  for (const auto& reason : state.reasons) text += fmt::format("- {}\n", reason);
  if (!state.reasons.empty()) text += "\n";
  text += notes(results);
  for (const auto& record : results.records) text += line_of(record);
  if (!results.records.empty() && results.records[0].main) {
    text += reference_sentence(results.records[0].main->reference);
  }
  return text + machine_lines(environment) +
         fmt::format("\nAll figures: {}. To run it again: commands.txt. Tables: bench/report.\n", results.file_name());
}

}  // namespace nbk::bench::jobs
