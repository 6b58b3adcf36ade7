// SPDX-License-Identifier: MIT
// Policy::corrected by the kernels against the reference, which shares no code with them.
#include "bench/reference/reference.hpp"
#include "support/closeness.hpp"
#include "support/experiments.hpp"
#include "support/golden.hpp"
#include "support/render.hpp"
#include "support/smoke.hpp"

#include "nbk/scene/make_scene.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using namespace nbk::testing;

namespace {

template <class Cases>
void check_corrected(const Cases& cases, std::string_view dtype, const nbk::bench::measure::ParityBounds& bounds) {
  for (const auto& c : cases) {
    nbk::Experiment experiment = c.experiment();
    experiment.policy = nbk::Policy::corrected;
    const auto ours = render(experiment, dtype);
    const std::size_t width = ours.size() == 1024 ? 32 : 1;
    const auto parity = nbk::bench::measure::compare(ours, nbk::reference::render(experiment), width, 3);
    CHECK_MESSAGE(nbk::bench::measure::in_parity(parity, bounds), dtype << ' ' << c.name << ": " << describe(parity));
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

TEST_CASE("corrected: cells need be whole for square crystals and in compat alone") {
  using nbk::LatticeShape;
  for (const LatticeShape shape :
       {LatticeShape("square"), LatticeShape("round"), LatticeShape("gauss"), LatticeShape("tophat")}) {
    CAPTURE(shape.name());
    nbk::Experiment e = smoke_experiment();
    e.policy = nbk::Policy::corrected;
    e.crystal.shape = shape;
    e.crystal.cells = {4, 5, 6};
    const std::vector<float> whole = render(e, "float64");
    e.crystal.cells = {4.25, 5.5, 5.9};
    if (shape == LatticeShape("square")) {
      CHECK_THROWS_WITH_AS(nbk::make_scene(e), doctest::Contains("crystal.cells = 4.25: must be a whole number"),
                           nbk::InvalidInput);
      continue;
    }
    const std::vector<float> ours = render(e, "float64");
    CHECK(ours != whole);
    const auto parity = nbk::bench::measure::compare(ours, nbk::reference::render(e), 32, 3);
    CHECK_MESSAGE(nbk::bench::measure::in_parity(parity, double_bounds), describe(parity));
    e.policy = nbk::Policy::compat;
    CHECK_THROWS_WITH_AS(nbk::make_scene(e), doctest::Contains("crystal.cells = 4.25: must be a whole number"),
                         nbk::InvalidInput);
  }
}

TEST_CASE("corrected: water has the photons that it scatters, compat the factor of them that its warning says") {
  nbk::Experiment e = nbk::testing::smoke_experiment();
  e.structure_factors = {};
  e.structure_factors.default_amplitude = 1e-6;
  e.crystal.mosaicity = {0.01, 3, -7};
  e.crystal.phi = {0, 0.02, {}, 2};
  e.detector.oversample = 2;
  e.beam.fluence_per_m2 = 3e25;
  e.beam.polarized = false;
  e.water_size_m = 1e-5;
  const double share = nbk::scene::compat::counted_share_of_water(nbk::make_scene(e));
  CHECK(share == doctest::Approx(3e25 * 7.94079248018965e-30 / (3 * 2 * 4)));
  const std::vector<float> compat = render(e, "float64");
  e.policy = nbk::Policy::corrected;
  const std::vector<float> corrected = render(e, "float64");
  // 2.57^2 electrons^2 of each molecule of a cube of water, in the solid angle of the pixels.
  const double molecules = 1e-15 * 1e6 / 18 * 6.02214179e23;
  double solid_angle_sr = 0, photons = 0, as_c_counts = 0;
  const nbk::Scene scene = nbk::make_scene(e);
  const nbk::PanelGeometry& panel = scene.panels.front().geometry;
  for (int slow = 0; slow < panel.pixels_slow; ++slow) {
    for (int fast = 0; fast < panel.pixels_fast; ++fast) {
      const nbk::Vec3d at = panel.point_of_pixel_m(fast + 0.5, slow + 0.5);
      const double r = std::sqrt(nbk::dot(at, at));
      solid_angle_sr += panel.pixel_size_m * panel.pixel_size_m * panel.close_distance_m / (r * r * r);
    }
  }
  for (std::size_t i = 0; i < corrected.size(); ++i) {
    photons += static_cast<double>(corrected[i]);
    as_c_counts += static_cast<double>(compat[i]);
  }
  const double dose = 7.94079248018965e-30 * 3e25;
  CHECK(photons == doctest::Approx(2.57 * 2.57 * molecules * dose * solid_angle_sr).epsilon(1e-3));
  CHECK(as_c_counts == doctest::Approx(share * photons).epsilon(2e-2));  // solid angles of the first sub-pixels
}

TEST_CASE("corrected: curved detectors and spots of every shape agree with the reference in every frame") {
  for (const nbk::Convention convention : {nbk::Convention::mosflm, nbk::Convention::denzo, nbk::Convention::adxv,
                                           nbk::Convention::xds, nbk::Convention::dials, nbk::Convention::custom}) {
    for (const nbk::LatticeShape shape : {nbk::LatticeShape("gauss"), nbk::LatticeShape("tophat")}) {
      nbk::Experiment e = nbk::testing::smoke_experiment(convention);
      e.policy = nbk::Policy::corrected;
      e.crystal.shape = shape;
      e.crystal.cells = {3, 7, 5};
      e.crystal.fudge = 0.8;
      e.crystal.mosaicity = {0.01, 3, -7};
      e.beam.kahn_factor = 0.8;
      e.detector.curved = true;
      e.detector.oversample = 2;
      e.detector.rotation_rad = {0.2, -0.1, 0.3};
      e.detector.two_theta_rad = 0.4;
      e.detector.sensor = {4e-4, 5e-4, 3};
      const auto expected = nbk::reference::render(e);
      for (const char* dtype : {"float64", "mixed"}) {
        const auto parity = nbk::bench::measure::compare(render(e, dtype), expected, 32, 3);
        const auto& bounds = dtype == std::string("float64") ? double_bounds : float_bounds;
        CHECK_MESSAGE(nbk::bench::measure::in_parity(parity, bounds), dtype << ": " << describe(parity));
      }
      e.detector.curved = false;
      const auto flat = nbk::bench::measure::compare(expected, nbk::reference::render(e), 32, 3);
      CHECK_FALSE(nbk::bench::measure::in_parity(flat, float_bounds));
    }
  }
}

TEST_CASE("corrected: a curved detector's image is the same in every frame, turned with everything else") {
  const auto image = [](nbk::Convention convention, const nbk::Vec3d& a, const nbk::Vec3d& b, const nbk::Vec3d& c) {
    nbk::Experiment e = nbk::testing::smoke_experiment(convention);
    e.policy = nbk::Policy::corrected;
    e.crystal.cell.reset();
    e.crystal.misset_rad = {};
    e.crystal.a_matrix = nbk::Mat3d{{a.x, b.x, c.x}, {a.y, b.y, c.y}, {a.z, b.z, c.z}};
    e.detector.curved = true;
    e.detector.beam_x_m = e.detector.beam_y_m = 0.0160;
    return render(e, "float64");
  };
  const nbk::Vec3d a{0.015, 0.002, -0.001}, b{-0.003, 0.012, 0.002}, c{0.001, 0.002, 0.011};
  // Beam, fast and slow axis are x, z, -y in DENZO's frame and z, x, -y in ADXV's.
  const auto in_adxv = [](const nbk::Vec3d& v) { return nbk::Vec3d{v.z, v.y, v.x}; };
  const auto denzo = image(nbk::Convention::denzo, a, b, c);
  const auto adxv = image(nbk::Convention::adxv, in_adxv(a), in_adxv(b), in_adxv(c));
  const auto parity = nbk::bench::measure::compare(adxv, denzo, 32, 3);
  CHECK_MESSAGE(nbk::bench::measure::in_parity(parity, double_bounds), describe(parity));
}

TEST_CASE("corrected: a sum over oversampling converges, and the flags change nothing") {
  nbk::Experiment e = nbk::testing::smoke_experiment();
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
