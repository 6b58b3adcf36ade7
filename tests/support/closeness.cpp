// SPDX-License-Identifier: MIT
#include "support/closeness.hpp"

#include <fmt/format.h>

namespace nbk::testing {

std::string describe(const bench::measure::Parity& parity) {
  std::string text = fmt::format("correlation {:.9f}, sum ratio - 1 {:.2e}, worst pixel {:.2e} of the maximum",
                                 parity.correlation, parity.sum_ratio - 1, parity.relative_difference());
  for (const bench::measure::DifferingPixel& p : parity.worst)
    text += fmt::format("; ({},{}) {:.9g} for {:.9g}", p.fast, p.slow, p.ours, p.reference);
  return text;
}

}  // namespace nbk::testing
