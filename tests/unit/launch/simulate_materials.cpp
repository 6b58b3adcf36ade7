// SPDX-License-Identifier: MIT
#include "nbk/launch/simulate_materials.hpp"
#include "nbk/model/air_material.hpp"
#include "nbk/model/water_material.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

using namespace nbk;

namespace {

using Exec = Kokkos::DefaultHostExecutionSpace;
using HostImage = Kokkos::View<double***, Kokkos::LayoutRight, Kokkos::HostSpace>;

/// Water and air around the tilted panel with layers and sub-pixels, in the policy that weights sources.
Experiment wet() {
  Experiment e = nbk::testing::tilted();
  e.policy = Policy::corrected;
  e.beam.fluence_per_m2 = 1e20;
  e.beam.sources[1].weight = 3;
  e.materials = {water_material(1e-4), air_material(0.03)};
  return e;
}

template <class P = Fp64>
std::vector<double> image_of(const Experiment& e, double before = 0, ImageUse use = ImageUse::replace) {
  const Exec exec;
  const Plan<P, Exec> plan(exec, e);
  const auto [panels, slow, fast] = image_extents(plan.scene());
  const HostImage image("image", panels, slow, fast);
  Kokkos::deep_copy(image, before);
  simulate_materials(exec, plan, image, use);
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

/// One pixel by the equation, written down again: in double, a loop for each sum.
double by_equation(const Experiment& e, int fast, int slow) {
  const Scene scene = make_scene(e);
  const ScenePanel& panel = scene.panels[0];
  const int n = panel.oversample;
  double weights = 0, photons = 0;
  for (const Ray& ray : scene.rays) weights += ray.weight;
  for (int layer = 0; layer < panel.layers.count; ++layer) {
    for (int sub = 0; sub < n * n; ++sub) {
      const Vec3d point = panel.geometry.point_of_pixel_m(fast + (sub % n + 0.5) / n, slow + (sub / n + 0.5) / n,
                                                          layer * panel.layers.step_m);
      const double r = std::sqrt(dot(point, point));
      const Vec3d d = (1 / r) * point;
      const double cosine = dot(d, panel.geometry.normal), mu = panel.layers.attenuation_per_m * panel.layers.step_m;
      const double captured = std::exp(-layer * mu / cosine) - std::exp(-(layer + 1) * mu / cosine);
      const double pixel = panel.geometry.pixel_size_m;
      const double solid_angle = pixel * pixel * panel.geometry.close_distance_m / (r * r * r);
      for (const Ray& ray : scene.rays) {
        const double c = dot(d, ray.incident);
        const Vec3d b = cross(scene.frame.polarization, ray.incident), across = (1 / std::sqrt(dot(b, b))) * b;
        const Vec3d along = cross(ray.incident, across);
        const double psi = std::atan2(dot(d, across), dot(d, along));
        const double polar = 0.5 * (1 + c * c - e.beam.kahn_factor * std::cos(2 * psi) * (1 - c * c));
        const double stol = std::sqrt((1 - c) / 2) / (ray.wavelength_m * 1e10);
        for (const SceneMaterial& material : scene.materials) {
          const plan::FormFactorCurve curve(material.material.form_factor, e.policy);
          const double f = curve.in_interval(curve.interval_of(stol), stol);
          photons += material.molecules * f * std::fabs(f) * polar * solid_angle * captured * ray.weight / weights;
        }
      }
    }
  }
  return photons * constants::electron_radius_sqr_m2 * scene.fluence_per_m2 / (n * n);
}

double largest(const std::vector<double>& image) {
  double most = 0;
  for (const double pixel : image) most = std::max(most, pixel);
  return most;
}

}  // namespace

TEST_CASE("simulate_materials: pixels are those of the equation") {
  const Experiment e = wet();
  const std::vector<double> image = image_of(e);
  const double peak = largest(image);
  CHECK(peak > 0);
  for (int i = 0; i < 32 * 32; i += 7) {
    CAPTURE(i);
    // The cells of the table have 1e-12, the sums of directions more.
    CHECK(std::fabs(image[static_cast<std::size_t>(i)] - by_equation(e, i % 32, i / 32)) <= 1e-9 * peak);
  }
}

TEST_CASE("simulate_materials: irregular tables are exact, too") {
  Experiment e = wet();
  e.materials.resize(1);
  for (FormFactorPoint& point : e.materials[0].form_factor) point.stol_per_A *= 1 + 0.1 * point.stol_per_A;
  const std::vector<double> image = image_of(e);
  const double peak = largest(image);
  for (int i = 0; i < 32 * 32; i += 13) {
    CAPTURE(i);
    CHECK(std::fabs(image[static_cast<std::size_t>(i)] - by_equation(e, i % 32, i / 32)) <= 2e-7 * peak);
  }
}

TEST_CASE("simulate_materials: materials add up, and scale with their amount") {
  Experiment water = wet(), air = wet();
  water.materials.pop_back();
  air.materials.erase(air.materials.begin());
  const std::vector<double> both = image_of(wet()), of_water = image_of(water), of_air = image_of(air);
  water.materials[0].thickness_m *= 2;
  water.materials[0].transmission = 0.5;
  const std::vector<double> twice_half = image_of(water);
  water.materials[0].transmission = 1;
  water.materials[0].volume_m3 = 3e-4 * water.beam.size_m * water.beam.size_m;
  const std::vector<double> by_volume = image_of(water);
  for (std::size_t i = 0; i < both.size(); ++i) {
    CHECK(both[i] == doctest::Approx(of_water[i] + of_air[i]).epsilon(1e-7));
    CHECK(twice_half[i] == doctest::Approx(of_water[i]).epsilon(1e-12));
    CHECK(by_volume[i] == doctest::Approx(3 * of_water[i]).epsilon(1e-12));
  }
}

TEST_CASE("materials: points of two tables that differ by rounding alone share their cells") {
  const auto cells_of = [](const Experiment& e) {
    const Scene scene = make_scene(e);
    return plan::radial_cells(plan::MaterialSum(scene.materials, e.policy), 0.5, 1e-7);
  };
  const plan::RadialCells cells = cells_of(wet());
  CHECK(cells.kinks.empty());
  CHECK(cells.count < 5000);
  Experiment askew = wet();
  for (FormFactorPoint& point : askew.materials[1].form_factor) point.stol_per_A *= 1.003;
  CHECK(!cells_of(askew).kinks.empty());
}

TEST_CASE("simulate_materials: photons replace those of the image, or are added to them") {
  const std::vector<double> fresh = image_of(wet(), 7), added = image_of(wet(), 7, ImageUse::add);
  for (std::size_t i = 0; i < fresh.size(); ++i) CHECK(added[i] == doctest::Approx(fresh[i] + 7).epsilon(1e-12));
}

TEST_CASE("simulate_materials: masked pixels and those outside of the region stay 0") {
  Experiment e = wet();
  e.detector.mask.assign(32 * 32, 1);
  e.detector.mask[5 * 32 + 6] = 0;
  e.detector.roi = {2, 20, 3, 25};
  const std::vector<double> whole = image_of(wet()), part = image_of(e);
  for (int slow = 0; slow < 32; ++slow) {
    for (int fast = 0; fast < 32; ++fast) {
      const auto i = static_cast<std::size_t>(slow * 32 + fast);
      const bool computed = fast >= 2 && fast <= 20 && slow >= 3 && slow <= 25 && !(slow == 5 && fast == 6);
      CHECK(part[i] == doctest::Approx(computed ? whole[i] : 0.0).epsilon(1e-12));
    }
  }
}

TEST_CASE("simulate_materials: listed pixels are those of the image, bit by bit") {
  Experiment e = wet();
  const std::vector<double> whole = image_of<Fp32>(e);
  e.selection.runs = {{0, 9, 3, 20}, {0, 2, 0, 32}};
  const Exec exec;
  const Plan<Fp32, Exec> plan(exec, e);
  const Kokkos::View<double*, Kokkos::LayoutRight, Kokkos::HostSpace> list("list", 52);
  simulate_materials(exec, plan, list);
  exec.fence();
  for (std::size_t i = 0; i < 20; ++i) CHECK(list(i) == whole[9 * 32 + 3 + i]);
  for (std::size_t i = 0; i < 32; ++i) CHECK(list(20 + i) == whole[2 * 32 + i]);
}

TEST_CASE("simulate_materials: beyond the table corrected holds the end's value, and warns") {
  Experiment e = wet();
  e.materials.resize(1);
  e.materials[0].form_factor = {{0, 5}, {0.01, 4}, {0.02, 2}};
  const Exec exec;
  const Plan<Fp64, Exec> plan(exec, e);
  const auto warning = std::ranges::find(plan.warnings(), Warning::Topic::beyond_form_factor, &Warning::topic);
  REQUIRE(warning != plan.warnings().end());
  CHECK(warning->parameter == "materials[0].form_factor");
  Experiment flat = e;
  flat.materials[0].form_factor = {{0, 2}, {0.01, 2}};
  const std::vector<double> held = image_of(e), constant = image_of(flat);
  CHECK(held[0] == doctest::Approx(constant[0]).epsilon(1e-9));  // a corner
}

TEST_CASE("materials: what cannot be is one error that names the item") {
  const auto complaint_about = [](const auto& change) {
    Experiment e = wet();
    change(e.materials[1]);
    return nbk::testing::complaint([&] { make_scene(e); });
  };
  using nbk::testing::begins_with;
  CHECK(begins_with(complaint_about([](Material& m) { m.form_factor.clear(); }), "materials[1].form_factor size = 0"));
  CHECK(begins_with(complaint_about([](Material& m) { m.form_factor[3].amplitude = std::nan(""); }),
                    "materials[1].form_factor[3].amplitude = nan"));
  CHECK(begins_with(complaint_about([](Material& m) { m.form_factor[3].stol_per_A = m.form_factor[2].stol_per_A; }),
                    "materials[1].form_factor[3].stol_per_A = "));
  CHECK(
      begins_with(complaint_about([](Material& m) { m.density_g_per_cm3 = 0; }), "materials[1].density_g_per_cm3 = 0"));
  CHECK(begins_with(complaint_about([](Material& m) { m.molar_mass_g_per_mol = -1; }),
                    "materials[1].molar_mass_g_per_mol = -1"));
  CHECK(
      begins_with(complaint_about([](Material& m) { m.form_factor.resize(1); }), "materials[1].form_factor size = 1"));
  CHECK(begins_with(complaint_about([](Material& m) { m.form_factor[3].amplitude = -2; }),
                    "materials[1].form_factor[3].amplitude = -2"));
  CHECK(begins_with(complaint_about([](Material& m) { m.thickness_m = -1; }), "materials[1].thickness_m = -1"));
  CHECK(begins_with(complaint_about([](Material& m) { m.thickness_m = 0; }), "materials[1].thickness_m = 0"));
  CHECK(begins_with(complaint_about([](Material& m) { m.volume_m3 = 0; }), "materials[1].volume_m3 = 0"));
  CHECK(begins_with(complaint_about([](Material& m) { m.volume_m3 = -1; }), "materials[1].volume_m3 = -1"));
  CHECK(begins_with(complaint_about([](Material& m) { m.transmission = 1.5; }), "materials[1].transmission = 1.5"));
}
