// SPDX-License-Identifier: MIT
// An image computed in pieces, so that somebody can be told how far it is.
#include "bench/kernels/piece_sizes.hpp"
#include "bench/kernels/simulation.hpp"
#include "support/golden.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <thread>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

std::vector<float> image_of(const Plan<Fp64, Host>& plan, const launch::Pieces& pieces) {
  const Host exec;
  const auto image = make_image(exec, plan);
  Kokkos::deep_copy(exec, image, -1.0F);
  simulate(exec, plan, image, {pieces});
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

}  // namespace

// Among the cases are pixels that depend on order, masks and regions of interest.
TEST_CASE("pieces: the same bits in pieces of any size, in all 51 parity cases") {
  for (const GoldenCase& c : parity_cases()) {
    CAPTURE(c.name);
    const Plan<Fp64, Host> plan(Host{}, c.experiment());
    const auto whole = image_of(plan, {});
    for (const std::int64_t size : {997, 4000}) {
      std::int64_t last = -1, calls = 0;
      bool grows = true;
      const auto next = [&](std::int64_t done) {
        grows = grows && done > last;
        last = done;
        ++calls;
        return size;
      };
      CHECK(image_of(plan, {next}) == whole);
      CHECK(grows);
      CHECK(calls >= launch::pixel_count(plan.tables().window) / size);
    }
  }
}

TEST_CASE("pieces: whole rows, more of them where they are quick") {
  bench::PieceSizes sizes({0, 999, 0, 4999}, 4);
  CHECK(sizes.pixels() == 5000 * 1000);
  const auto first = sizes.next();
  CHECK(first == 78 * 1000);  // a 64th of all
  CHECK(sizes.next() == 4 * first);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const auto slower = sizes.next();
  CHECK(slower <= 4 * first);
  CHECK(slower % 1000 == 0);
  bench::PieceSizes tall({0, 99, 0, 9}, 4);
  CHECK(tall.next() == 64 * 100);  // 16 tasks for each thread, of which a short row is one
}

TEST_CASE("pieces: progress grows towards 1 for long work, and is not reported for short") {
  Experiment e = parity_cases().front().experiment();
  const auto simulation = bench::make_simulation("cpu", "float32");
  std::vector<double> shown;
  const auto progress = [&](double fraction) { shown.push_back(fraction); };
  simulation->setup(e);
  simulation->run(progress);
  CHECK(shown.empty());
  e.detector.oversample = 400;
  simulation->setup(e);
  simulation->run(progress);
  REQUIRE_FALSE(shown.empty());
  CHECK(shown.front() == 0);
  CHECK(shown.back() < 1);
  CHECK(std::ranges::is_sorted(shown));
}
