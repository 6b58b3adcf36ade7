// SPDX-License-Identifier: MIT
#include "bench/reference/printout.hpp"

#include "bench/reference/order.hpp"
#include "nbk/core/error.hpp"

#include <cmath>

namespace nbk::reference {

namespace {

std::array<double, 3> numbers(const Vec& v) { return {v.x, v.y, v.z}; }

Printout printout(const Resolved& r, int fast, int slow, const Evaluation& last) {
  constexpr double angstrom_per_m = 1e10;
  const Vec& p = last.position_m;
  const Index& i = last.index;
  const double two_theta = std::atan2(std::sqrt(p.y * p.y + p.z * p.z), p.x);
  Printout out;
  out.fast = fast;
  out.slow = slow;
  out.stol_per_m = 0.5 * length(last.scattering_per_m);
  out.stol_per_A = std::sin(two_theta / 2.0) / (r.experiment.beam.wavelength_m * angstrom_per_m);
  out.position_m = numbers(p);
  out.index = {i.h, i.k, i.l};
  out.nearest_index = {i.h0, i.k0, i.l0};
  out.amplitude = last.amplitude;
  out.lattice_factor = last.lattice;
  out.sum = last.sum;
  out.steps = last.steps;
  out.polarization = last.factors.polarization;
  out.solid_angle_sr = last.factors.solid_angle;
  out.capture = last.factors.capture;
  out.cell_A = {numbers(angstrom_per_m * last.cell.a), numbers(angstrom_per_m * last.cell.b),
                numbers(angstrom_per_m * last.cell.c)};
  return out;
}

/// Returns the state of a run just before a pixel.
RunState state_before(const Resolved& r, const ResolvedPanel& panel, std::size_t at) {
  RunState state{r.first_differs, r.interpolate, {}};
  Image image(at);
  const std::size_t begin = render_first(r, panel, at, image, state);
  if (state.interpolate) state.interpolate = render_interpolated(r, panel, {begin, at}, default_threads(), image) == at;
  state.last = {};
  return state;
}

}  // namespace

void print_out(const Experiment& experiment, const std::optional<std::array<int, 2>>& only,
               const std::function<void(const Printout&)>& print) {
  if (experiment.policy != Policy::compat) throw InvalidInput("-printout: prints the sums of --policy compat only");
  const Resolved r = resolve(experiment);
  require(r.panels.size() == 1, "-printout: panels", r.panels.size(), "must be 1");
  const ResolvedPanel& panel = r.panels.front();
  const auto print_pixel = [&](int fast, int slow, RunState& state) {
    if (masked(panel, place(panel, fast, slow))) return;
    pixel_compat(r, panel, fast, slow, state);
    print(printout(r, fast, slow, state.last));
  };
  const Window& w = panel.window;
  if (only) {
    const auto [fast, slow] = *only;
    if (fast < w.fast_min || fast > w.fast_max || slow < w.slow_min || slow > w.slow_max) return;
    RunState state = state_before(r, panel, place(panel, fast, slow));
    return print_pixel(fast, slow, state);
  }
  RunState state{r.first_differs, r.interpolate, {}};
  for (int slow = w.slow_min; slow <= w.slow_max; ++slow) {
    for (int fast = w.fast_min; fast <= w.fast_max; ++fast) print_pixel(fast, slow, state);
  }
}

}  // namespace nbk::reference
