// SPDX-License-Identifier: MIT
#include "nbk/scene/compat/may_leave_table.hpp"

#include "nbk/scene/make_orientations.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

using namespace nbk;

namespace {

/// The same by looking at a fine grid of points of the window, and at nothing else.
std::array<scene::Range, 3> by_search(const Scene& scene, const std::vector<CellVectors>& orientations, int points) {
  std::array<scene::Range, 3> ranges;
  const PanelGeometry& p = scene.panels.front().geometry;
  for (const CellVectors& cell : orientations) {
    for (const Ray& ray : scene.rays) {
      for (int i = 0; i <= points; ++i) {
        for (int j = 0; j <= points; ++j) {
          const double f = p.pixel_size_m * p.pixels_fast * i / points, s = p.pixel_size_m * p.pixels_slow * j / points;
          const Vec3d at = p.point_m(f, s);
          const Vec3d q = (1 / ray.wavelength_m) * ((1 / std::sqrt(dot(at, at))) * at - ray.incident);
          const std::array<double, 3> index{dot(cell.a_m, q), dot(cell.b_m, q), dot(cell.c_m, q)};
          for (std::size_t n = 0; n < 3; ++n) ranges[n].include(index[n]);
        }
      }
    }
  }
  return ranges;
}

}  // namespace

TEST_CASE("index_ranges: as a search over the panel finds them") {
  for (const double tilt_rad : {0.0, 0.4, 1.1}) {
    Experiment e = nbk::testing::smoke_experiment();
    e.detector.rotation_rad = {0.1, tilt_rad, -0.2};
    e.crystal.mosaicity.spread_rad = 0.02;
    e.crystal.mosaicity.domains = 3;
    e.beam.dispersion.range = 0.02;
    e.beam.dispersion.count = 2;
    const Scene scene = make_scene(e);
    const auto orientations = make_orientations(scene, Policy::compat);
    const auto ranges = scene::compat::index_ranges(scene, orientations), found = by_search(scene, orientations, 200);
    for (std::size_t n = 0; n < 3; ++n) {
      const double margin = 0.01;  // of the search, whose points lie apart
      CHECK(ranges[n].low <= found[n].low + 1e-9);
      CHECK(ranges[n].high >= found[n].high - 1e-9);
      CHECK(ranges[n].low >= found[n].low - margin);
      CHECK(ranges[n].high <= found[n].high + margin);
    }
  }
}

TEST_CASE("index_ranges: a table just large enough is never left, one plane less may be") {
  const Scene scene = make_scene(nbk::testing::smoke_experiment());
  const auto orientations = make_orientations(scene, Policy::compat);
  const auto ranges = scene::compat::index_ranges(scene, orientations);
  const auto below = [](double x) { return static_cast<int>(std::floor(x - 2.01)); };
  const auto above = [](double x) { return static_cast<int>(std::ceil(x + 2.01)); };
  StructureFactors f;
  f.h_min = below(ranges[0].low), f.h_max = above(ranges[0].high);
  f.k_min = below(ranges[1].low), f.k_max = above(ranges[1].high);
  f.l_min = below(ranges[2].low), f.l_max = above(ranges[2].high);
  CHECK_FALSE(scene::compat::may_leave_table(scene, orientations, f));
  f.k_max -= 1;
  CHECK(scene::compat::may_leave_table(scene, orientations, f));
}
