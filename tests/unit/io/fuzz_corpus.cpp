// SPDX-License-Identifier: MIT
// Replays what the fuzzers of tests/build/fuzz found worth keeping.
#include "support/fuzz_targets.hpp"
#include "support/places.hpp"

#include "bench/system/files.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace fs = std::filesystem;

TEST_CASE("fuzz corpus: every reader takes or refuses every input") {
  for (const nbk::fuzz::NamedTarget& target : nbk::fuzz::targets) {
    int inputs = 0;
    for (const auto& entry :
         fs::directory_iterator(fs::path(nbk::testing::places::tests) / "build/fuzz/corpus" / target.name)) {
      CAPTURE(entry.path().string());
      CHECK_NOTHROW(target.run(nbk::bench::system::read_text(entry.path())));
      ++inputs;
    }
    CHECK(inputs > 0);
  }
}
