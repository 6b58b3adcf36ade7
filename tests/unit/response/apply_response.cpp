// SPDX-License-Identifier: MIT
#include "nbk/response/apply_response.hpp"

#include "support/response_images.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <functional>
#include <limits>
#include <string>

namespace {

using namespace nbk::testing;
using nbk::CalibrationPlace;
using nbk::Counting;
using nbk::PixelState;
using nbk::Response;
using Kind = nbk::PointSpread::Kind;

struct Moments {
  double mean = 0, variance = 0;
};

template <class Real>
Moments moments_of(const HostImage<Real>& image) {
  const auto n = static_cast<double>(image.size());
  Moments moments;
  for (std::size_t i = 0; i < image.size(); ++i) moments.mean += static_cast<double>(image.data()[i]) / n;
  for (std::size_t i = 0; i < image.size(); ++i) {
    const double off = static_cast<double>(image.data()[i]) - moments.mean;
    moments.variance += off * off / (n - 1);
  }
  return moments;
}

bool same(const HostImage<double>& a, const HostImage<double>& b) {
  return std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

HostImage<double> ramp() {
  HostImage<double> image("ramp", 3, 20, 45);
  for (std::size_t i = 0; i < image.size(); ++i) image.data()[i] = 0.1 * static_cast<double>(i);
  return image;
}

}  // namespace

TEST_CASE("response: without steps photons stay as they are") {
  const HostImage<double> photons = ramp();
  CHECK(same(recorded(quiet(), photons), photons));
}

TEST_CASE("response: scale, gain, offset, floor and saturation act in this order") {
  Response response = quiet();
  response.photons_per_unit = 2;
  response.gain_adu_per_photon = 3;
  response.offset_adu = -10;
  response.floor_adu = 0;
  response.saturation_adu = 100;
  CHECK(recorded(response, filled_image(1, 2, 19, 5.0))(0, 1, 18) == 20);
  CHECK(recorded(response, filled_image(1, 2, 19, 1.0))(0, 1, 18) == 0);
  CHECK(recorded(response, filled_image(1, 2, 19, 50.0))(0, 1, 18) == 100);
  response.overload_adu = 65535;
  CHECK(recorded(response, filled_image(1, 2, 19, 50.0))(0, 1, 18) == 65535);
}

TEST_CASE("response: mean and variance are those of the steps together") {
  constexpr std::size_t side = 512;
  Response response = busy();
  response.image_flicker = 0;
  const double photons = 400 * 1.5, n = side * side;
  const Moments is = moments_of(recorded(response, filled_image(1, side, side, 400.0)));
  // Flicker and calibration scale the mean of the Poisson distribution; a photon's gain has a spread of 0.3.
  const double factors = (1 + 0.03 * 0.03) * (1 + 0.04 * 0.04) - 1;
  const double signal = photons * (1 + 0.3 * 0.3) + photons * photons * factors;
  const double variance = 1.8 * 1.8 * signal + 9;
  CHECK(std::abs(is.mean - (1.8 * photons + 40)) < 5 * std::sqrt(variance / n));
  CHECK(std::abs(is.variance / variance - 1) < 5 * std::sqrt(2 / n) * 1.1);  // a little more than normal
}

TEST_CASE("response: each step alone has its own variance") {
  constexpr std::size_t side = 256;
  constexpr double n = side * side, photons = 1000;
  const auto variance_of = [&](const std::function<void(Response&)>& change) {
    Response response = quiet();
    change(response);
    return moments_of(recorded(response, filled_image(1, side, side, photons))).variance;
  };
  const double bound = 5 * std::sqrt(2 / n);
  CHECK(std::abs(variance_of([](Response& r) { r.counting = Counting::poisson; }) / photons - 1) < bound);
  CHECK(std::abs(variance_of([](Response& r) { r.pixel_flicker = 0.05; }) / 2500 - 1) < bound);
  CHECK(std::abs(variance_of([](Response& r) { r.calibration = 0.05; }) / 2500 - 1) < bound);
  CHECK(std::abs(variance_of([](Response& r) { r.gain_spread = 0.5; }) / 250 - 1) < bound);
  CHECK(std::abs(variance_of([](Response& r) { r.readout_noise_adu = 7; }) / 49 - 1) < bound);
  CHECK(variance_of([](Response& r) { r.image_flicker = 0.05; }) == doctest::Approx(0));
}

TEST_CASE("response: flicker of the image is one factor, another one for every image") {
  Response response = quiet();
  response.image_flicker = 0.1;
  double sum = 0, squares = 0;
  constexpr int images = 2000;
  for (int i = 0; i < images; ++i) {
    response.image_number = static_cast<std::uint64_t>(i);
    const double factor = recorded(response, filled_image(1, 1, 2, 1.0))(0, 0, 1);
    sum += factor - 1;
    squares += (factor - 1) * (factor - 1);
  }
  CHECK(std::abs(sum / images) < 5 * 0.1 / std::sqrt(images));
  CHECK(std::abs(squares / images / 0.01 - 1) < 5 * std::sqrt(2.0 / images));
}

TEST_CASE("response: the calibration map is the same for every image and seed, at both places") {
  Response response = quiet();
  response.calibration = 0.05;
  const auto map = recorded(response, filled_image(1, 30, 40, 1.0));
  response.seed = 99;
  response.image_number = 5;
  CHECK(same(recorded(response, filled_image(1, 30, 40, 1.0)), map));
  response.calibrated = CalibrationPlace::after_counting;
  CHECK(same(recorded(response, filled_image(1, 30, 40, 1.0)), map));
  response.calibration_seed = 7;
  CHECK(!same(recorded(response, filled_image(1, 30, 40, 1.0)), map));
}

TEST_CASE("response: calibration before counting keeps whole numbers, after counting it scales them") {
  Response response;
  response.calibration = 0.05;
  const auto whole = [&] {
    const auto image = recorded(response, filled_image(1, 16, 16, 20.0));
    return std::all_of(image.data(), image.data() + image.size(), [](double x) { return x == std::floor(x); });
  };
  CHECK(whole());
  response.calibrated = CalibrationPlace::after_counting;
  CHECK(!whole());
}

TEST_CASE("response: the same seed and number give the same image, others another") {
  const auto photons = filled_image(2, 30, 40, 20.0);
  const auto image = recorded(busy(), photons);
  CHECK(same(recorded(busy(), photons), image));
  for (const auto& change :
       {std::function([](Response& r) { r.seed = 2; }), std::function([](Response& r) { r.image_number = 1; }),
        std::function([](Response& r) { r.calibration_seed = 1000; })}) {
    Response other = busy();
    change(other);
    CHECK(!same(recorded(other, photons), image));
  }
  std::size_t equal = 0;
  for (std::size_t i = 0; i < 30 * 40; ++i) equal += image.data()[i] == image.data()[i + 30 * 40];
  CHECK(equal < 10);
}

TEST_CASE("response: a pixel is what it is alone, whatever is computed beside it") {
  // So threads, blocks and their order cannot matter.
  const auto photons = ramp();
  const auto image = recorded(busy(), photons);
  const auto steps = nbk::PixelSteps::of(busy());
  for (std::uint32_t panel = 0; panel < 3; ++panel) {
    for (std::uint32_t slow = 0; slow < 20; ++slow) {
      for (std::uint32_t fast = 0; fast < 45; ++fast) {
        double pixel[1] = {photons(panel, slow, fast)};
        nbk::count_photons(pixel, steps, {panel, slow, fast});
        nbk::read_out(pixel, steps, {panel, slow, fast});
        // One and many may fuse other products: a few units in the last place of a float.
        CHECK(image(panel, slow, fast) == doctest::Approx(pixel[0]).epsilon(1e-5));
      }
    }
  }
}

TEST_CASE("response: a part of the panels gives the part of the image") {
  const auto photons = ramp();
  const auto image = recorded(busy(), photons);
  const HostImage<double> first(photons.data(), 1, 20, 45);
  const auto alone = recorded(busy(), first);
  CHECK(std::memcmp(alone.data(), image.data(), alone.size() * sizeof(double)) == 0);
}

TEST_CASE("response: float and double images agree, and adu may be photons") {
  Response response = busy();
  response.point_spread = {Kind::fibre, 0.8, 5, {}};
  const auto wide = recorded(response, filled_image(1, 30, 40, 20.0));
  const auto narrow = recorded(response, filled_image(1, 30, 40, 20.0F));
  for (std::size_t i = 0; i < wide.size(); ++i) {
    CHECK(static_cast<double>(narrow.data()[i]) == doctest::Approx(wide.data()[i]).epsilon(1e-5));
  }
  const auto in_place = filled_image(1, 30, 40, 20.0);
  nbk::apply_response(HostSpace(), response, in_place, in_place);
  CHECK(same(in_place, wide));
}

TEST_CASE("response: gaps and bad pixels give nothing, get their marks, and may hold anything") {
  Response response = quiet();
  response.point_spread = {Kind::kernel, 0, 0, {0, 0, 0, 1, 2, 1, 0, 0, 0}};
  response.offset_adu = 10;
  const Kokkos::View<PixelState***, Kokkos::LayoutRight, Kokkos::HostSpace> states("states", 1, 3, 40);
  states(0, 1, 20) = PixelState::bad;
  states(0, 1, 30) = PixelState::gap;
  const auto photons = filled_image(1, 3, 40, 100.0);
  photons(0, 1, 20) = std::nan("");
  photons(0, 1, 30) = -5;
  const auto image = recorded(response, photons, states);
  CHECK(image(0, 1, 20) == response.bad_mark_adu);
  CHECK(image(0, 1, 30) == response.gap_mark_adu);
  CHECK(image(0, 1, 10) == 110);
  CHECK(image(0, 1, 21) == 85);
  CHECK(image(0, 1, 29) == 85);
  CHECK(image(0, 1, 22) == 110);
}
