// SPDX-License-Identifier: MIT
// One libFuzzer program per reader: NBK_FUZZ_TARGET is its name.
#include "support/fuzz_targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nbk::fuzz::NBK_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
