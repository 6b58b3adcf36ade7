// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/core/precision.hpp>

namespace nbk::bench {

/// Calls f(precision) for every precision the programs are built for; NBK_PRECISIONS in CMakeLists.txt has the same.
template <class F>
void for_each_precision(F&& f) {
  f(Fp32{});
  f(Mixed{});
  f(Df64{});
  f(Fp64{});
}

}  // namespace nbk::bench
