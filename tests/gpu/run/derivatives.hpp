// SPDX-License-Identifier: MIT
#pragma once

#include "derivative_calls.hpp"
#include "images.hpp"

#include "derivatives_declared.hpp"  // written by CMake, of derivatives.cpp.in

#include <algorithm>

namespace nbk::gpu_run {

/// Compares derivatives of nvcc's code with those of the host's functors.
template <class PrecisionT>
void check_derivatives(Report& report, const Rules& rules) {
  for_each_derivative_case([&](const DerivativeCase& c) {
    device().most_blocks = c.few ? 1 : 1U << 30;
    device().block_threads = c.few ? 32 : 128;
    device().engine = Engine::host;
    const auto wanted = differentiated<PrecisionT>(c);
    device().engine = Engine::translated;
    const auto got = differentiated<PrecisionT>(c);
    const double bound = std::max(rules.image_bound(c.experiment), rules.derivative_bound);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const std::string name = c.name + ": " + derivative_parts[i];
      const Difference d = difference(got[i], wanted[i]);
      print_row(name, d, "host's functor");
      report.require(bound == 0 ? d.bits == 0 : d.of_maximum <= bound, name + " differ from the host's");
    }
    report.require(has_signal(wanted[0]), c.name + ": dark");
  });
  device().most_blocks = 1U << 30;
  device().block_threads = 128;
}

}  // namespace nbk::gpu_run
