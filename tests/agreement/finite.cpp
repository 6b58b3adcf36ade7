// SPDX-License-Identifier: MIT
// No image has a value that is not finite: what would give one is refused before anything is computed.
#include "nbk/core/error.hpp"
#include "nbk/scene/shape_of.hpp"
#include "support/experiments.hpp"
#include "support/render.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <random>

using namespace nbk;
using nbk::testing::degree;

namespace {

/// Draws experiments from the edges of what may be given, and from beyond.
class EdgeCases {
 public:
  explicit EdgeCases(unsigned seed) : m_random(seed) {}

  Experiment experiment() {
    Experiment e;
    e.policy = one_in(2) ? Policy::corrected : Policy::compat;
    e.frame = Frame::of(pick({Convention::mosflm, Convention::denzo, Convention::adxv, Convention::xds,
                              Convention::dials, Convention::custom}));
    if (one_in(4)) {
      e.frame.convention = Convention::custom;
      for (Vec3d* axis : {&e.frame.fast, &e.frame.slow, &e.frame.normal, &e.frame.beam}) {
        if (one_in(3)) *axis = {pick({-1.0, 0.0, 1.0}), pick({0.0, 1.0}), pick({-2.0, 0.0, 1e-3})};
      }
    }
    detector(e.detector);
    beam(e.beam);
    crystal(e.crystal);
    e.structure_factors.default_amplitude = pick({100.0, 1.0, 1e-3, -5.0});
    if (one_in(3)) table(e.structure_factors);
    if (one_in(4)) e.water_size_m = pick({1e-9, 1e-5, 1e-3});
    if (one_in(4)) e.dmin_m = pick({1e-12, 2e-10, 1e-7, 1.0});
    return e;
  }

 private:
  bool one_in(int n) { return std::uniform_int_distribution<int>(1, n)(m_random) == 1; }
  template <class T>
  T pick(std::initializer_list<T> list) {
    return list.begin()[std::uniform_int_distribution<std::size_t>(0, list.size() - 1)(m_random)];
  }
  double angle() { return degree * pick({0.0, 0.0, 90.0, -90.0, 180.0, 45.0, 89.999999, 1e-9, 720.0}); }

  void detector(Detector& d) {
    d.pixels_fast = pick({1, 5, 9});
    d.pixels_slow = pick({1, 4});
    d.pixel_size_m = pick({1e-4, 1e-3, 1e-9, 1e-2, 1.0});
    d.distance_m = pick({0.1, 0.1, 1e-9, 1e-4, 10.0, 1e9});
    if (one_in(4)) d.close_distance_m = pick({0.1, 1e-9, 1e3});
    if (one_in(3)) d.rotation_rad = {angle(), angle(), angle()};
    if (one_in(3)) d.two_theta_rad = angle();
    if (one_in(4)) d.beam_x_m = pick({0.0, 1e-3, -1.0});
    if (one_in(4)) d.origin_m = Vec3d{pick({0.1, 0.0, -0.1}), pick({0.0, 0.01}), 0.0};
    d.pivot = one_in(2) ? Pivot::sample : Pivot::beam;
    d.curved = one_in(4);
    d.point_pixel = one_in(6);
    d.oversample = pick({1, 2});
    if (one_in(3)) d.sensor = {pick({1e-6, 1e-4, 10.0}), pick({1e-9, 1e-4, 1e3}), pick({1, 3})};
  }

  void beam(Beam& b) {
    b.wavelength_m = pick({1e-10, 1.5e-10, 1e-12, 1e-7, 1e-3});
    b.kahn_factor = pick({0.0, 1.0, -1.0, 0.5, 3.0});
    b.polarized = !one_in(5);
    if (one_in(4)) b.dispersion = {pick({0.01, 1.9, 2.5}), {}, pick({1, 3})};
    if (one_in(4)) b.horizontal_divergence = {pick({0.01, 3.0}), {}, pick({1, 2, 3})};
    if (one_in(4)) b.vertical_divergence = {pick({0.01, 6.3}), {}, pick({1, 2, 3})};
    if (one_in(6)) b.sources = {{{-10, 0, 0}, pick({1.0, 0.0}), 1e-10, 0}, {{0, 0, 1e-30}, 1, 1e-10, 0}};
  }

  void crystal(Crystal& c) {
    const double edge_A = pick({50.0, 3.0, 1.0, 1000.0});
    c.cell = UnitCell{edge_A,
                      pick({0.0, 70.0}),
                      pick({0.0, 30.0}),
                      degree * pick({90.0, 90.0, 60.0, 119.0}),
                      degree * pick({90.0, 75.0}),
                      degree * pick({90.0, 90.0, 90.0, 2.0})};
    c.misset_rad = {angle(), angle(), angle()};
    c.cells = {pick({1.0, 2.0, 6.0, 7.0, 1000.0}), pick({1.0, 5.0, 300.0}), pick({1.0, 50.0})};
    constexpr auto& shapes = shapes_of<physics::Shapes>;
    c.shape = shapes[std::uniform_int_distribution<std::size_t>(0, shapes.size() - 1)(m_random)];
    c.fudge = pick({1.0, 1.0, 0.0, 1e-30, 1e30});
    if (one_in(3)) c.mosaicity = {pick({1e-9, 0.01, 3.0}), pick({1, 5}), -3};
    if (one_in(3)) c.phi = {angle(), pick({0.0, 1e-3, 7.0}), {}, pick({1, 2, 6})};
  }

  void table(StructureFactors& f) {
    f.h_min = f.k_min = f.l_min = -3;
    f.h_max = f.k_max = f.l_max = 4;
    f.amplitude.assign(8 * 8 * 8, pick({10.0, -10.0, 0.0}));
    if (one_in(2)) f.interpolate = one_in(2);
  }

  std::mt19937 m_random;
};

bool all_finite(const std::vector<float>& image) {
  return std::all_of(image.begin(), image.end(), [](float pixel) { return std::isfinite(pixel); });
}

}  // namespace

TEST_CASE("property: an image from the edges of what may be given is finite, or refused") {
  int images = 0, refusals = 0;
  for (unsigned seed = 0; seed < 1500; ++seed) {
    const Experiment e = EdgeCases(seed).experiment();
    for (const char* dtype : {"float32", "mixed", "float64"}) {
      CAPTURE(seed);
      CAPTURE(dtype);
      try {
        const std::vector<float> image = nbk::testing::render(e, dtype);
        ++images;
        CHECK(all_finite(image));
      } catch (const InvalidInput&) {
        ++refusals;
      }
    }
  }
  CHECK(images > 600);
  CHECK(refusals > 300);
}
