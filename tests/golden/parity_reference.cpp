// SPDX-License-Identifier: MIT
#include "bench/reference/reference.hpp"
#include "bench/system/sha256.hpp"
#include "support/closeness.hpp"
#include "support/golden.hpp"

#include <doctest/doctest.h>

#include <span>
#include <sstream>

using namespace nbk::testing;

TEST_CASE("parity: the data are those that the manifest describes") {
  std::istringstream manifest(load_bytes(parity_folder() / "SHA256SUMS"));
  std::size_t files = 0;
  for (std::string sha256, file; manifest >> sha256 >> file; ++files) {
    CAPTURE(file);
    const std::string bytes = load_bytes(parity_folder() / file);
    CHECK(nbk::bench::system::sha256(std::as_bytes(std::span(bytes))) == sha256);
  }
  CHECK(files == 51 + 5 + 1);  // images, inputs and the list of cases
  for (const GoldenCase& c : parity_cases()) {
    CAPTURE(c.name);
    CHECK(nbk::bench::system::sha256(std::span<const float>(c.image())) == c.sha256);
  }
}

TEST_CASE("parity: the reference agrees with the C program in all 51 cases") {
  const auto cases = parity_cases();
  REQUIRE(cases.size() == 51);
  for (const GoldenCase& c : cases) {
    const auto image = nbk::reference::render(c.experiment());
    const auto parity = nbk::bench::measure::compare(image, c.image(), c.fast, 3);
    CHECK_MESSAGE(nbk::bench::measure::in_parity(parity, double_bounds), c.name << ": " << describe(parity));
    CHECK_MESSAGE(parity.sum_ours == doctest::Approx(c.sum).epsilon(1e-5), c.name);
  }
}
