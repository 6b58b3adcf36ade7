// SPDX-License-Identifier: MIT
#include "nbk/io/crystfel_writer.hpp"

#include "bench/system/files.hpp"
#include "nbk/io/crystfel_geometry.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/places.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <string>

namespace {

using namespace nbk::testing;
using nbk::Panel;
using nbk::Vec3d;
using nbk::io::crystfel_geometry_text;
using nbk::io::CrystfelGeometry;
using nbk::io::parse_crystfel_geometry;

void check_vector(const Vec3d& v, const Vec3d& expected) {
  CHECK(v.x == doctest::Approx(expected.x).epsilon(1e-13).scale(1));
  CHECK(v.y == doctest::Approx(expected.y).epsilon(1e-13).scale(1));
  CHECK(v.z == doctest::Approx(expected.z).epsilon(1e-13).scale(1));
}

nbk::Experiment experiment() {
  nbk::Experiment e;
  e.policy = nbk::Policy::corrected;
  e.structure_factors.default_amplitude = 1;
  e.crystal.cell = nbk::UnitCell{50, 60, 70, 1.5, 1.6, 1.7};
  return e;
}

}  // namespace

TEST_CASE("crystfel writer: what was read is written again, panels below each other") {
  const auto file =
      std::filesystem::path(nbk::testing::places::tests) / "build/fuzz/corpus/crystfel_geometry/two_panels";
  const CrystfelGeometry first = parse_crystfel_geometry(nbk::bench::system::read_text(file), "first");
  nbk::Experiment e = experiment();
  e.frame = nbk::Frame::of(nbk::Convention::custom);
  e.frame.beam = {0, 0, -1};
  e.beam.wavelength_m = *first.wavelength_m;
  e.detector = first.detector;
  const std::string text = crystfel_geometry_text(nbk::make_scene(e), e.detector);
  const CrystfelGeometry again = parse_crystfel_geometry(text, "again");
  CHECK(*again.wavelength_m == near(*first.wavelength_m));
  CHECK(again.warnings.empty());
  REQUIRE(again.detector.panels.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const Panel &p = first.detector.panels[i], &q = again.detector.panels[i];
    check_vector(q.origin_m, p.origin_m);
    check_vector(q.fast, nbk::strict::unit(p.fast));
    check_vector(q.slow, nbk::strict::unit(p.slow));
    CHECK(q.pixel_size_m == near(p.pixel_size_m));
    CHECK(q.pixels_fast == p.pixels_fast);
    CHECK(q.pixels_slow == p.pixels_slow);
    CHECK(q.mask == p.mask);
    CHECK(q.readout.gain == near(p.readout.gain));
  }
  // Both panels take as many rows of the data as the larger one has.
  CHECK(text.find("p0/min_ss = 0\np0/max_ss = 19\n") != std::string::npos);
  CHECK(text.find("p1/min_ss = 30\np1/max_ss = 59\n") != std::string::npos);
  CHECK(text.find("data = /entry/data/data\ndim0 = %\ndim1 = ss\ndim2 = fs\n") != std::string::npos);
}

TEST_CASE("crystfel writer: the beam is along z, whatever the laboratory of nbk") {
  nbk::Experiment e = experiment();
  e.detector.pixels_fast = 20;
  e.detector.pixels_slow = 10;
  e.detector.distance_m = 0.12;
  for (const auto convention : {nbk::Convention::mosflm, nbk::Convention::xds, nbk::Convention::custom}) {
    e.frame = nbk::Frame::of(convention);
    if (convention == nbk::Convention::custom) e.frame.beam = {1, 0.001, -0.002};
    const nbk::Scene scene = nbk::make_scene(e);
    const Panel panel = parse_crystfel_geometry(crystfel_geometry_text(scene, e.detector), "d").detector.panels.at(0);
    const nbk::PanelGeometry& geometry = scene.panels[0].geometry;
    const Vec3d corner = geometry.point_of_pixel_m(0, 0);
    // Along the beam of CrystFEL, z, which is -z of dxtbx.
    CHECK(-panel.origin_m.z == near(dot(corner, scene.frame.beam)));
    CHECK(dot(panel.origin_m, panel.origin_m) == near(dot(corner, corner)));
    CHECK(dot(panel.origin_m, panel.fast) == near(dot(corner, geometry.fast)));
    CHECK(dot(panel.origin_m, panel.slow) == near(dot(corner, geometry.slow)));
    CHECK(dot(cross(panel.fast, panel.slow), panel.origin_m) == near(dot(cross(geometry.fast, geometry.slow), corner)));
  }
}
