// SPDX-License-Identifier: MIT
// Stands for image_in_packs.cpp and derivative_run.cpp in the program that is built for the main job alone.
#include "bench/kernels/derivative_run.hpp"
#include "bench/kernels/image_in_packs.hpp"

#include <nbk/core/error.hpp>

namespace nbk::bench {

std::vector<int> further_pack_widths(std::string_view, std::string_view) { return {}; }

std::vector<float> image_in_packs(const Experiment&, std::string_view, std::string_view, int) {
  throw InvalidInput("matrix: this program was built for the main job alone; bench/run matrix builds the whole driver");
}

std::vector<KnownSpace> known_spaces() { return {}; }

std::unique_ptr<DerivativeRun> make_derivative_run(std::string_view, const Experiment&, const DerivativeParameters&,
                                                   DerivativeCall) {
  throw InvalidInput("suite: this program was built for the main job alone; bench/run suite builds the whole driver");
}

}  // namespace nbk::bench
