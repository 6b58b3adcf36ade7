// SPDX-License-Identifier: MIT
// Expected values: what the C program computes for the same input, printed in full.
#include "nbk/scene/place_panel.hpp"

#include "nbk/scene/normalised.hpp"
#include "nbk/scene/resolve_window.hpp"

#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace nbk;
using nbk::testing::complaint;
using nbk::testing::degree;
using nbk::testing::relative_difference;
using nbk::testing::smoke_experiment;

namespace {

constexpr double rounding = 4e-16;

scene::PlacedPanel placed(const Experiment& experiment, Policy policy = Policy::compat) {
  std::vector<nbk::Warning> warnings;
  const Frame frame = scene::normalised(experiment.frame, policy, warnings);
  return scene::place_panel(experiment.detector, frame, policy);
}

Experiment tilted(Convention convention) {
  Experiment experiment = smoke_experiment(convention);
  experiment.detector.rotation_rad = {5 * degree, 3 * degree, 2 * degree};
  experiment.detector.two_theta_rad = 15 * degree;
  return experiment;
}

void check_axes(const PanelGeometry& panel, const Vec3d& fast, const Vec3d& slow, const Vec3d& normal) {
  CHECK(relative_difference(panel.fast, fast) < rounding);
  CHECK(relative_difference(panel.slow, slow) < rounding);
  CHECK(relative_difference(panel.normal, normal) < rounding);
}

struct Distances {
  double close_m, along_beam_m;
};

void check_place(const scene::PlacedPanel& p, const Vec3d& origin_m, const Distances& expected) {
  CHECK(relative_difference(p.panel.origin_m, origin_m) < rounding);
  CHECK(p.panel.close_distance_m == doctest::Approx(expected.close_m).epsilon(rounding));
  CHECK(p.panel.distance_m == doctest::Approx(expected.along_beam_m).epsilon(rounding));
}

void check_spot(const BeamCentre& centre, double fast_m, double slow_m, double org_x_px, double org_y_px) {
  CHECK(centre.fast_m == doctest::Approx(fast_m).epsilon(rounding));
  CHECK(centre.slow_m == doctest::Approx(slow_m).epsilon(rounding));
  CHECK(centre.org_x_px == doctest::Approx(org_x_px).epsilon(rounding));
  CHECK(centre.org_y_px == doctest::Approx(org_y_px).epsilon(rounding));
}

}  // namespace

TEST_CASE("panel: number of pixels from itself or from the size, halves down") {
  Detector detector;
  CHECK(scene::resolve_size(detector).pixels_fast == 1024);
  detector.size_fast_m = 0.10245;  // 1024.5 pixels
  CHECK(scene::resolve_size(detector).pixels_fast == 1024);
  detector.pixels_slow = 7;
  const scene::PanelSize size = scene::resolve_size(detector);
  CHECK(size.pixels_slow == 7);
  CHECK(size.slow_m == 7 * 1e-4);
}

TEST_CASE("panel: the acceptance value of the geometry specification") {
  Experiment experiment;
  experiment.detector.beam_x_m = experiment.detector.beam_y_m = 0.0512;
  const PanelGeometry panel = placed(experiment).panel;
  CHECK(relative_difference(panel.origin_m, {0.1, 0.05125, -0.05125}) < rounding);
}

TEST_CASE("panel: default beam centre of every convention") {
  const auto spot = [](Convention convention) { return placed(smoke_experiment(convention)).centre; };
  check_spot(spot(Convention::mosflm), 0.017, 0.017, 17.5, 17.5);
  check_spot(spot(Convention::denzo), 0.0165, 0.0165, 17, 17);
  check_spot(spot(Convention::adxv), 0.0165, 0.0165, 17, 17);
  check_spot(spot(Convention::xds), 0.016, 0.016, 16.5, 16.5);
  check_spot(spot(Convention::dials), 0.016, 0.016, 16.5, 16.5);
  check_spot(spot(Convention::custom), 0.016, 0.016, 16.5, 16.5);
}

TEST_CASE("panel: mosflm, rotated about the beam spot and swung") {
  const scene::PlacedPanel p = placed(tilted(Convention::mosflm));
  check_axes(p.panel, {0.031194763044708168, -0.096650175316428014, 0.99482944788033301},
             {-0.22853951895445268, -0.96963620547183527, -0.087036298831283193},
             {0.97303472447526351, -0.22464276674196476, -0.052335956242943828});
  check_place(p, {0.063354860850465655, 0.018126868473400476, -0.015432483533833849},
              {0.058382083468515811, 0.058497839190190061});
  check_spot(p.centre, 0.016953140449482935, 0.017343303108866198, 15.628314217317511, 31.212371137267166);
}

TEST_CASE("panel: adxv and denzo with a beam centre, rotated") {
  Experiment experiment = tilted(Convention::adxv);
  experiment.detector.beam_x_m = 0.014;
  experiment.detector.beam_y_m = 0.017;
  scene::PlacedPanel p = placed(experiment);
  check_axes(p.panel, {0.99802119662406841, 0.020118584141025693, -0.059572927250749558},
             {0.030208093111266109, -0.98434442741117967, 0.17364768738782002},
             {0.055146733354240543, 0.17510365729109556, 0.9830043473981378});
  check_place(p, {-0.01442541814940595, 0.014483506233193335, 0.058229305670693191},
              {0.058980260843888264, 0.059286806366213377});
  experiment.frame = Frame::of(Convention::denzo);
  p = placed(experiment);
  check_place(p, {0.062669242293602295, 0.01521795985698497, -0.015693592430327696},
              {0.058382083468515811, 0.058497839190190061});
  check_spot(p.centre, 0.016953140449482932, 0.014343303108866199, 15.628314217317509, 28.212371137267166);
}

TEST_CASE("panel: xds with an origin, rotated about the sample") {
  Experiment experiment = tilted(Convention::xds);
  experiment.detector.org_x_px = 10;
  experiment.detector.org_y_px = 20;
  const scene::PlacedPanel p = placed(experiment);
  check_axes(p.panel, {0.99802119662406841, 0.047209668579677753, -0.041532376306438523},
             {-0.030208093111266109, 0.93929112390563896, 0.34178890511931903},
             {0.055146733354240543, -0.33985795818941589, 0.93885856552287872});
  check_place(p, {-0.0056004478945467758, -0.039050711061865723, 0.049769922827695254},
              {0.059689766872819974, 0.059999999999999991});
  check_spot(p.centre, 0.0070080574216136874, 0.040007334307159137, 9.9999999999999982, 19.999999999999996);
}

TEST_CASE("panel: dials ignores a beam centre but reports it") {
  Experiment experiment = tilted(Convention::dials);
  experiment.detector.beam_x_m = 0.014;
  const scene::PlacedPanel p = placed(experiment);
  check_place(p, {0.0034474347365100588, -0.021580107675907238, 0.059977349189217675},
              {0.059689766872819974, 0.059999999999999991});
  CHECK(p.centre.beam_x_m == 0.014);
}

TEST_CASE("panel: custom axes, pivot and close distance") {
  Experiment experiment = smoke_experiment(Convention::custom);
  experiment.detector.pivot = Pivot::sample;
  experiment.detector.two_theta_rad = 10 * degree;
  experiment.detector.close_distance_m = 0.06;
  const scene::PlacedPanel p = placed(experiment);
  check_place(p, {0.056310094338061591, 0.016, -0.026175814708211148}, {0.059999999999999991, 0.059999999999999991});
  check_spot(p.centre, 0.02641889066001582, 0.016, 16.5, 16.5);
}

TEST_CASE("panel: skewed custom axes stay skewed, a long normal is replaced") {
  Experiment experiment = smoke_experiment(Convention::custom);
  experiment.frame.fast = {0, 0.1, 1};
  experiment.frame.normal = {2, 0, 0};
  experiment.detector.pixels_fast = 40;
  experiment.detector.close_x_m = 0.012;
  experiment.detector.org_y_px = 3;
  experiment.detector.pivot = Pivot::sample;
  std::vector<nbk::Warning> warnings;
  const Frame frame = scene::normalised(experiment.frame, Policy::compat, warnings);
  CHECK(warnings.size() == 1);
  const scene::PlacedPanel p = scene::place_panel(experiment.detector, frame, Policy::compat);
  check_axes(p.panel, {0, 0.099503719020998929, 0.99503719020998926}, {0, -1, 0}, {1, 0, 0});
  check_place(p, {0.059999999999999998, 0.0013059553717480129, -0.011940446282519871}, {0.06, 0.06});
  check_spot(p.centre, 0.011751240702447504, 0.0013059553717480129, 12.251240702447504, 1.805955371748013);
}

TEST_CASE("panel: the two-theta axis is used as given, and normalised in corrected") {
  Experiment experiment = smoke_experiment();
  experiment.frame.two_theta_axis = {0, 0, -2};
  experiment.detector.two_theta_rad = 15 * degree;
  const Vec3d compat = placed(experiment).panel.normal, corrected = placed(experiment, Policy::corrected).panel.normal;
  CHECK(dot(compat, compat) > 1.01);
  CHECK(dot(corrected, corrected) == doctest::Approx(1).epsilon(1e-15));
}

TEST_CASE("panel: corrected takes the distance along the beam on the swung panel") {
  Experiment experiment = smoke_experiment();
  experiment.detector.two_theta_rad = 30 * degree;
  CHECK(placed(experiment).panel.distance_m == doctest::Approx(0.06 * std::cos(30 * degree)).epsilon(1e-15));
  CHECK(placed(experiment, Policy::corrected).panel.distance_m == doctest::Approx(0.06).epsilon(1e-15));
}

TEST_CASE("panel: an origin is honoured by corrected only") {
  Experiment experiment = smoke_experiment();
  experiment.detector.origin_m = Vec3d{0.07, 0.01, -0.02};
  CHECK(placed(experiment).panel.origin_m != *experiment.detector.origin_m);
  const scene::PlacedPanel p = placed(experiment, Policy::corrected);
  CHECK(p.panel.origin_m == *experiment.detector.origin_m);
  CHECK(p.panel.close_distance_m == 0.07);
  check_spot(p.centre, 0.02, 0.01, 20.5, 10.5);
}

TEST_CASE("panel: one that lies along the beam has a place but no beam spot") {
  Experiment experiment = smoke_experiment(Convention::custom);
  experiment.frame.normal = {0, 1, 0};
  experiment.frame.fast = {1, 0, 0};
  experiment.frame.slow = {0, 0, 1};
  experiment.detector.pivot = Pivot::sample;
  experiment.detector.close_distance_m = 0.5;
  const scene::PlacedPanel p = placed(experiment);
  CHECK(relative_difference(p.panel.origin_m, {-0.016, 0.5, -0.016}) < rounding);
  CHECK(p.panel.close_distance_m == 0.5);
  experiment.detector.curved = true;
  experiment.detector.close_distance_m = 1e6;
  CHECK_THROWS_AS(placed(experiment), InvalidInput);
}

TEST_CASE("panel: the window is the region of interest within the panel") {
  const PanelGeometry panel = placed(smoke_experiment()).panel;
  const auto check = [&](const RegionOfInterest& roi, const PixelWindow& expected) {
    const PixelWindow window = scene::resolve_window(roi, panel, "detector");
    CHECK(window.fast_min == expected.fast_min);
    CHECK(window.fast_max == expected.fast_max);
    CHECK(window.slow_min == expected.slow_min);
    CHECK(window.slow_max == expected.slow_max);
  };
  check({}, {0, 31, 0, 31});
  check({3, 20, 5, 25}, {3, 20, 5, 25});
  check({-1, -1, 5, 400}, {0, 31, 5, 31});
  check({31, 31, 0, 0}, {31, 31, 0, 0});
  CHECK(complaint([&] {
          scene::resolve_window({32, 40, 0, 3}, panel, "detector");
        }) == "detector.roi.fast_min = 32: must be at most 31, fast_max or the last pixel");
  CHECK(complaint([&] {
          scene::resolve_window({0, 4, 9, 3}, panel, "detector");
        }) == "detector.roi.slow_min = 9: must be at most 3, slow_max or the last pixel");
}
