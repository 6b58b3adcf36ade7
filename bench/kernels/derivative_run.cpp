// SPDX-License-Identifier: MIT
#include "bench/kernels/derivative_run.hpp"

#include "precisions.hpp"

#include <nbk/core/error.hpp>

#include <type_traits>

namespace nbk::bench {

std::unique_ptr<DerivativeRun> make_derivative_run(std::string_view dtype, const Experiment& experiment,
                                                   const DerivativeParameters& parameters, DerivativeCall call) {
  std::unique_ptr<DerivativeRun> run;
  for_each_precision([&](auto precision) {
    using P = decltype(precision);
    if constexpr (!std::is_same_v<P, Df64>) {
      if (dtype == P::name) run = derivative_run_in<P>(experiment, parameters, call);
    }
  });
  if (!run) reject("dtype", dtype, "must be float32, mixed or float64 for derivatives, and one of this build's");
  return run;
}

}  // namespace nbk::bench
