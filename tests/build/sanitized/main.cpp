// SPDX-License-Identifier: MIT
// Any finding of a sanitizer ends the program.
#include "build/sanitized/images.hpp"
#include "support/fuzz_targets.hpp"

#include <Kokkos_Core.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

/// Every input through the reader it is meant for. \return how many there are; 0 if a reader has none
int replay_corpus() {
  int all = 0;
  for (const nbk::fuzz::NamedTarget& target : nbk::fuzz::targets) {
    int inputs = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(NBK_CORPUS) / target.name)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      // As much memory as bytes, and no zero behind them: what is read beyond the end is seen.
      const std::vector<char> bytes(text.begin(), text.end());
      target.run({bytes.data(), bytes.size()});
      ++inputs;
    }
    if (inputs == 0) return 0;
    all += inputs;
  }
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const Kokkos::ScopeGuard kokkos(argc, argv);
  const int inputs = replay_corpus();
  const int images = nbk::sanitized::agreeing_images();
  std::printf("%d inputs of readers, %d images\n", inputs, images);
  return inputs > 0 && images > 0 ? 0 : 1;
}
