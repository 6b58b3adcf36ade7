// SPDX-License-Identifier: MIT
#include "nbk/model/air_material.hpp"
#include "nbk/model/water_material.hpp"
#include "nbk/physics/material_scattering.hpp"
#include "nbk/scene/validate_material.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace nbk;

namespace {

double amplitude_at(const Material& material, double stol_per_A) {
  const auto point = std::ranges::find_if(
      material.form_factor, [&](const FormFactorPoint& p) { return std::fabs(p.stol_per_A - stol_per_A) < 1e-9; });
  REQUIRE(point != material.form_factor.end());
  return point->amplitude;
}

}  // namespace

TEST_CASE("water: high angles are those of oxygen, and the ends those of a liquid") {
  const Material water = water_material(1e-3);
  scene::validate(water, "water");
  // Measured values end at 0.7; the numbers beyond are computed from atoms, and have four digits.
  for (const double stol_per_A : {1.2, 1.4, 1.5, 1.6})
    CHECK(amplitude_at(water, stol_per_A) == doctest::Approx(oxygen_atom.at(stol_per_A)).epsilon(0.01));
  // Limit of small angles from the compressibility: F^2 = 100 n k T kappa, 6.4 electrons^2 at 25 degrees Celsius.
  CHECK(amplitude_at(water, 0) * amplitude_at(water, 0) == doctest::Approx(6.4).epsilon(0.05));
  const auto brightest = std::ranges::max_element(water.form_factor, {}, &FormFactorPoint::amplitude);
  CHECK(brightest->stol_per_A == doctest::Approx(0.16));
}

TEST_CASE("air: forward scattering has all electrons of a molecule, high angles two atoms") {
  const Material air = air_material(1e-3);
  scene::validate(air, "air");
  CHECK(nitrogen_atom.at(0) == doctest::Approx(7).epsilon(0.001));
  CHECK(oxygen_atom.at(0) == doctest::Approx(8).epsilon(0.001));
  CHECK(argon_atom.at(0) == doctest::Approx(18).epsilon(0.001));
  const double forward = (0.78084 * 196 + 0.209476 * 256 + 0.00934 * 324) / (0.78084 + 0.209476 + 0.00934);
  CHECK(amplitude_at(air, 0) == doctest::Approx(std::sqrt(forward)).epsilon(0.001));
  // The interference of the two atoms of nitrogen is 0 where sin(q r) is.
  const double stol_per_A = 0.5 / 1.0977 / 2;  // q r = pi
  const double f = nitrogen_atom.at(stol_per_A);
  CHECK(diatomic_intensity(nitrogen_atom, 1.0977, stol_per_A) == doctest::Approx(2 * f * f).epsilon(1e-9));
}

TEST_CASE("molecules: a cubic centimetre of water of one molar mass has Avogadro's number over 18") {
  CHECK(physics::molecules_in(1e-6, 1, 18) == doctest::Approx(6.02214179e23 / 18).epsilon(1e-12));
  CHECK(physics::signed_square(-3) == -9);
  CHECK(physics::signed_square(3) == 9);
}
