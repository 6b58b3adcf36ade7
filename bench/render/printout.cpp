// SPDX-License-Identifier: MIT
#include "bench/render/printout.hpp"

#include "bench/reference/printout.hpp"

#include <fmt/format.h>

#include <iterator>

namespace nbk::bench::render {

namespace {

constexpr int lines_per_pixel = 14;
constexpr std::int64_t many_pixels = 1000;

/// One pixel; nothing: all of them. A negative first coordinate stands for all, too.
std::optional<std::array<int, 2>> chosen_pixel(const flags::OutputOptions& output) {
  return output.printout_pixel && (*output.printout_pixel)[0] >= 0 ? output.printout_pixel : std::nullopt;
}

/// True for one crystal and one panel that is described, which is all the C program has. The flags' own check warns.
bool can_print_out(const flags::Command& command) {
  const Experiment& experiment = command.experiment;
  return experiment.detector.panels.empty() && experiment.selection.runs.empty() && command.further_crystals.empty();
}

std::string text_of(const reference::Printout& p, float photons) {
  std::string text;
  const auto out = std::back_inserter(text);
  const auto& [x, y, z] = p.position_m;
  const auto& [h, k, l] = p.index;
  const auto& [h0, k0, l0] = p.nearest_index;
  fmt::format_to(out, "{:4d} {:4d} : stol = {:g} or {:g}\nat {:g} {:g} {:g}\n", p.fast, p.slow, p.stol_per_m,
                 p.stol_per_A, x, y, z);
  fmt::format_to(out, "hkl= {:f} {:f} {:f}  hkl0= {:d} {:d} {:d}\n", h, k, l, static_cast<long>(h0),
                 static_cast<long>(k0), static_cast<long>(l0));
  fmt::format_to(out, " F_cell={:g}  F_latt={:g}   I = {:g}\nI/steps {:15.10g}\n", p.amplitude, p.lattice_factor, p.sum,
                 p.sum / p.steps);
  fmt::format_to(out, "polar   {:15.10g}\nomega   {:15.10g}\ncapfrac {:15.10g}\npixel   {:15.10g}\n", p.polarization,
                 p.solid_angle_sr, p.capture, static_cast<double>(photons));
  fmt::format_to(out, "real-space cell vectors (Angstrom):\n     {:<10}  {:<10}  {:<10}\n", "a", "b", "c");
  const auto& [a, b, c] = p.cell_A;
  for (std::size_t i = 0; i < 3; ++i) {
    fmt::format_to(out, "{}: {:11.8f} {:11.8f} {:11.8f}\n", "XYZ"[i], a[i], b[i], c[i]);
  }
  return text;
}

std::int64_t pixels_of(const PixelWindow& w) {
  return std::int64_t{w.fast_max - w.fast_min + 1} * (w.slow_max - w.slow_min + 1);
}

}  // namespace

std::string printout_warning(const flags::Command& command, const Scene& scene) {
  if (!command.output.printout || !can_print_out(command)) return {};
  if (command.experiment.policy != Policy::compat) {
    return "-printout: has no effect; it prints the sums of --policy compat, which --policy corrected does not have";
  }
  const PixelWindow& w = scene.panels.front().window;
  if (const auto pixel = chosen_pixel(command.output)) {
    const auto [fast, slow] = *pixel;
    const auto& mask = command.experiment.detector.mask;
    const bool inside = fast >= w.fast_min && fast <= w.fast_max && slow >= w.slow_min && slow <= w.slow_max;
    const std::ptrdiff_t at = std::ptrdiff_t{slow} * scene.panels.front().geometry.pixels_fast + fast;
    if (inside && (mask.empty() || mask[static_cast<std::size_t>(at)] != 0)) return {};
    return fmt::format("-printout_pixel {} {}: is not rendered, so nothing is printed about it", fast, slow);
  }
  if (pixels_of(w) < many_pixels) return {};
  return fmt::format(
      "-printout: prints {} lines, one pixel after the other; -printout_pixel FAST SLOW prints one pixel",
      pixels_of(w) * lines_per_pixel);
}

void show_printout(const flags::Command& command, std::span<const float> image, const Scene& scene,
                   const std::function<void(const std::string&)>& show) {
  if (!command.output.printout || !can_print_out(command) || command.experiment.policy != Policy::compat) return;
  const auto width = static_cast<std::size_t>(scene.panels.front().geometry.pixels_fast);
  reference::print_out(command.experiment, chosen_pixel(command.output), [&](const reference::Printout& p) {
    show(text_of(p, image[static_cast<std::size_t>(p.slow) * width + static_cast<std::size_t>(p.fast)]));
  });
}

}  // namespace nbk::bench::render
