// SPDX-License-Identifier: MIT
#include "nbk/response/compat/point_spread_of_c.hpp"
#include "nbk/response/point_spreader.hpp"
#include "nbk/response/spread_weights.hpp"
#include "support/response_images.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>

namespace {

using namespace nbk::testing;
using nbk::PointSpread;
using Kind = PointSpread::Kind;

/// Pixel of an image.
struct Place {
  std::size_t panel = 0, slow = 0, fast = 0;
};

/// The spread of one photon.
template <class Real>
HostImage<Real> spread_of_point(const PointSpread& spread, const HostImage<Real>& image, const Place& source) {
  const HostSpace exec;
  const nbk::PointSpreader<HostSpace, Real> spreader(exec, spread, image.extent(0), image.extent(1), image.extent(2));
  spreader.input()(source.panel, source.slow, source.fast) = Real(1);
  spreader.spread(exec, image);
  exec.fence();
  return image;
}

int distance(std::size_t a, std::size_t b) { return static_cast<int>(a) - static_cast<int>(b); }

}  // namespace

TEST_CASE("point spread: the shares of a pixel are those of the C programs") {
  using namespace nbk::compat;
  for (const double fwhm : {0.3, 1.0, 2.75}) {
    const detail::CornerIntegral gauss({SpreadShape::gauss, fwhm, 0}), fibre({SpreadShape::fibre, fwhm, 0});
    const double length = nbk::response::fibre_length_px(fwhm);
    CHECK(length == doctest::Approx(fibre.g_px()).epsilon(1e-14));
    for (int slow = -4; slow <= 4; ++slow) {
      for (int fast = -4; fast <= 4; ++fast) {
        const double product = nbk::response::gauss_share(fast, fwhm) * nbk::response::gauss_share(slow, fwhm);
        CHECK(std::abs(product - gauss.pixel(fast, slow)) < 1e-15);
        CHECK(std::abs(nbk::response::fibre_share(fast, slow, length) - fibre.pixel(fast, slow)) < 1e-15);
      }
    }
  }
}

TEST_CASE("point spread: the automatic fibre gives every pixel of the image its share") {
  // A cubic through nodes a distance h apart errs by 3/128 h^4 f'''', with f ~ r^-3 by 3/128 360 (h / r)^4 f. Levels
  // have r >= 8 h, and both the source and the pixel lie between nodes: twice 2.1e-3.
  constexpr double of_share = 4.2e-3;
  const auto check = [&](auto real, double fwhm, std::size_t slow, std::size_t fast, const Place& source) {
    using Real = decltype(real);
    const auto image =
        spread_of_point(PointSpread{Kind::fibre, fwhm, 0, {}}, filled_image<Real>(1, slow, fast, Real(0)), source);
    const double length = nbk::response::fibre_length_px(fwhm);
    double worst = 0, sum = 0, exact = 0;
    for (std::size_t y = 0; y < slow; ++y) {
      for (std::size_t x = 0; x < fast; ++x) {
        const double share = nbk::response::fibre_share(distance(x, source.fast), distance(y, source.slow), length);
        worst = std::max(worst, std::abs(static_cast<double>(image(0, y, x)) - share) / share);
        sum += static_cast<double>(image(0, y, x));
        exact += share;
      }
    }
    CAPTURE(fwhm);
    CAPTURE(worst);
    CHECK(worst < of_share);
    CHECK(std::abs(sum - exact) < 1e-4 * exact);
  };
  for (const double fwhm : {0.1, 0.8, 3.0, 20.0}) {
    check(1.0, fwhm, 150, 240, Place{0, 70, 101});
    check(1.0F, fwhm, 151, 97, Place{0, 0, 96});
    check(1.0, fwhm, 33, 400, Place{0, 32, 0});
  }
  check(1.0F, 0.8, 600, 600, Place{0, 299, 300});
}

TEST_CASE("point spread: the automatic fibre of a small image has the very shares") {
  const auto image =
      spread_of_point(PointSpread{Kind::fibre, 0.8, 0, {}}, filled_image<double>(1, 20, 30, 0.0), Place{0, 3, 29});
  const double length = nbk::response::fibre_length_px(0.8);
  for (std::size_t y = 0; y < 20; ++y) {
    for (std::size_t x = 0; x < 30; ++x) {
      CHECK(std::abs(image(0, y, x) - nbk::response::fibre_share(distance(x, 29), distance(y, 3), length)) < 1e-15);
    }
  }
}

TEST_CASE("point spread: a Gaussian is the product of its shares, and keeps the energy") {
  for (const int radius : {0, 3}) {
    const auto image = spread_of_point(PointSpread{Kind::gauss, 1.3, radius, {}}, filled_image<double>(1, 40, 50, 0.0),
                                       Place{0, 20, 21});
    CHECK(std::abs(sum_of(image) - 1) < 1e-14);
    CHECK(image(0, 20, 24) > 0);
    CHECK((image(0, 20, 25) > 0) == (radius == 0));
    const double exact = nbk::response::gauss_share(2, 1.3) * nbk::response::gauss_share(-1, 1.3);
    CHECK(std::abs(image(0, 19, 23) / exact - 1) < (radius == 0 ? 1e-9 : 1e-4));
  }
}

TEST_CASE("point spread: a fibre with a radius is a disc, and keeps the energy") {
  const auto image =
      spread_of_point(PointSpread{Kind::fibre, 0.8, 5, {}}, filled_image<float>(1, 40, 50, 0.0F), Place{0, 20, 21});
  CHECK(std::abs(sum_of(image) - 1) < 1e-6);
  CHECK(image(0, 20, 26) > 0);
  CHECK(image(0, 24, 24) > 0);
  CHECK(image(0, 20, 27) == 0);
  CHECK(image(0, 24, 25) == 0);
}

TEST_CASE("point spread: a kernel of one's own is scaled to 1 and not turned") {
  const PointSpread spread{Kind::kernel, 0, 0, {0, 0, 0, 0, 2, 1, 0, 0, 1}};
  const auto image = spread_of_point(spread, filled_image<float>(1, 9, 40, 0.0F), Place{0, 4, 33});
  CHECK(image(0, 4, 33) == 0.5F);
  CHECK(image(0, 4, 34) == 0.25F);
  CHECK(image(0, 5, 34) == 0.25F);
  CHECK(sum_of(image) == 1.0);
}

TEST_CASE("point spread: what leaves the image is lost, and panels do not mix") {
  const PointSpread kernel{Kind::kernel, 0, 0, std::vector<double>(25, 1.0)};
  for (const PointSpread& spread :
       {kernel, PointSpread{Kind::gauss, 1.5, 2, {}}, PointSpread{Kind::fibre, 1.5, 2, {}}}) {
    const auto image = spread_of_point(spread, filled_image<double>(3, 8, 37, 0.0), Place{1, 7, 36});
    double left = 0, others = 0, here = 0;
    for (std::size_t y = 0; y < 8; ++y) {
      for (std::size_t x = 0; x < 37; ++x) {
        others += image(0, y, x) + image(2, y, x);
        here += image(1, y, x);
        if (x < 34) left += image(1, y, x);
      }
    }
    CHECK(left == 0);
    CHECK(others == 0);
    CHECK(here > 0.25);
    CHECK(here < 0.8);
  }
}

TEST_CASE("point spread: images of one row or one pixel") {
  for (const Kind kind : {Kind::gauss, Kind::fibre}) {
    const auto row =
        spread_of_point(PointSpread{kind, 1.0, 0, {}}, filled_image<double>(1, 1, 100, 0.0), Place{0, 0, 50});
    CHECK(row(0, 0, 50) > row(0, 0, 51));
    CHECK(row(0, 0, 51) == doctest::Approx(row(0, 0, 49)).epsilon(5e-3));
    const auto pixel = spread_of_point(PointSpread{kind, 1.0, 0, {}}, filled_image<double>(1, 1, 1, 0.0), Place{});
    CHECK(pixel(0, 0, 0) > 0.2);
    CHECK(pixel(0, 0, 0) < 1);
  }
}
