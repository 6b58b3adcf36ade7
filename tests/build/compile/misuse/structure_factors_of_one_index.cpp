// SPDX-License-Identifier: MIT
// says: nbk::StructureFactors::from: the first argument must be callable with the Miller indices
#include "../arguments.hpp"

auto misuse() {
  return nbk::StructureFactors::from([](int h) { return 1.0 * h; }, {-1, 1}, {-1, 1}, {-1, 1});
}
