// SPDX-License-Identifier: MIT
// The response's headers may come before those of the simulation: no helper of theirs makes a name ambiguous.
#include "nbk/response/apply_response.hpp"
// Comes second, which the formatter would change.
// clang-format off
#include "nbk/nbk.hpp"
// clang-format on

#include <doctest/doctest.h>

TEST_CASE("response: its headers may be included before nbk.hpp") {
  CHECK(nbk::Response{}.gain_adu_per_photon == 1);
  CHECK(nbk::fused_dot(nbk::Vec3d{1, 2, 3}, nbk::Vec3d{4, 5, 6}) == 32);
}
