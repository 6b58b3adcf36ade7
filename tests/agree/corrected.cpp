// SPDX-License-Identifier: MIT
// Policy::corrected by the kernels against the reference, which shares no code with them.
#include "reference/reference.hpp"
#include "support/closeness.hpp"
#include "support/experiments.hpp"
#include "support/golden.hpp"
#include "support/render.hpp"
#include "support/smoke.hpp"

#include <doctest/doctest.h>

using namespace nbk::testing;

namespace {

template <class Cases>
void check_corrected(const Cases& cases, std::string_view dtype, const nbk::bench::ParityBounds& bounds) {
  for (const auto& c : cases) {
    nbk::Experiment experiment = c.experiment();
    experiment.policy = nbk::Policy::corrected;
    const auto ours = render(experiment, dtype);
    const std::size_t width = ours.size() == 1024 ? 32 : 1;
    const auto parity = nbk::bench::compare(ours, nbk::reference::render(experiment), width, 3);
    CHECK_MESSAGE(nbk::bench::in_parity(parity, bounds), dtype << ' ' << c.name << ": " << describe(parity));
  }
}

}  // namespace

TEST_CASE("corrected: float64 agrees with the reference in all parity cases") {
  check_corrected(parity_cases(), "float64", double_bounds);
}
TEST_CASE("corrected: float64 agrees with the reference in all smoke cases") {
  check_corrected(smoke_cases(), "float64", double_bounds);
}
TEST_CASE("corrected: float32, mixed and df64 agree with the reference in all parity cases") {
  check_corrected(parity_cases(), "float32", float_bounds);
  check_corrected(parity_cases(), "mixed", float_bounds);
  check_corrected(parity_cases(), "df64", float_bounds);
}

TEST_CASE("corrected: a sum over oversampling converges, and the flags change nothing") {
  nbk::Experiment e = nbk::tests::smoke_experiment();
  e.policy = nbk::Policy::corrected;
  const auto sum = [&](int oversample) {
    e.detector.oversample = oversample;
    double total = 0;
    for (const float pixel : render(e, "float64")) total += static_cast<double>(pixel);
    return total;
  };
  const double fine = sum(24);
  CHECK(std::abs(sum(12) - fine) < 0.002 * fine);
  CHECK(std::abs(sum(12) - fine) < std::abs(sum(2) - fine));
  e.detector.oversample = 3;
  const auto plain = render(e, "float64");
  e.detector.oversample_solid_angle = e.detector.oversample_polarization = e.detector.oversample_thickness = true;
  CHECK(render(e, "float64") == plain);
}
