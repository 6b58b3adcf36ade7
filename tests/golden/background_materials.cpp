// SPDX-License-Identifier: MIT
// The kernel of materials against images of nonBragg and simtbx, and the serial look-up of nbk-background against
// simtbx where a table is not sorted.
#include "bench/background/background_image.hpp"
#include "nbk/io/form_factor_table.hpp"
#include "nbk/launch/simulate_materials.hpp"
#include "support/background_cases.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace nbk;
using nbk::testing::material_folder;
using nbk::testing::numbers_of;
using Exec = Kokkos::DefaultHostExecutionSpace;

/// The experiment of most cases: 96 x 96 pixels of 1 mm at 120 mm, the beam where nonBragg puts it without flags.
Experiment experiment_of(const std::string& table, double beam_fast_m = 47.5e-3, double beam_slow_m = 48.5e-3) {
  Experiment e = nbk::testing::cubic_experiment();
  e.frame = Frame::of(Convention::custom);
  e.beam.fluence_per_m2 = 1e22;
  Panel panel;
  panel.fast = {0, 0, 1};
  panel.slow = {0, -1, 0};
  panel.pixel_size_m = 1e-3;
  panel.pixels_fast = panel.pixels_slow = 96;
  panel.origin_m = {0.12, beam_slow_m, -beam_fast_m};
  e.detector.panels = {panel};
  e.detector.oversample = 1;
  Material material;
  material.form_factor = io::read_form_factor(material_folder / "inputs" / table);
  e.materials = {material};
  return e;
}

template <class P>
std::vector<double> image_of_materials(const Experiment& e) {
  const Exec exec;
  const Plan<P, Exec> plan(exec, e);
  const auto [panels, slow, fast] = image_extents(plan.scene());
  Kokkos::View<double***, Kokkos::LayoutRight, Kokkos::HostSpace> image("image", panels, slow, fast);
  simulate_materials(exec, plan, image);
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

/// Largest difference, as a share of the largest pixel. NaN is larger than any.
template <class Number>
double worst(const std::vector<double>& image, const std::vector<Number>& golden) {
  REQUIRE(image.size() == golden.size());
  double difference = 0, largest = 0;
  for (std::size_t i = 0; i < image.size(); ++i) {
    const double d = std::fabs(image[i] - static_cast<double>(golden[i]));
    if (!(d <= difference)) difference = d;
    largest = std::max(largest, std::fabs(static_cast<double>(golden[i])));
  }
  return difference / largest;
}

double worst_of_nonbragg(const Experiment& e, const std::string& name) {
  return worst(image_of_materials<Fp64>(e), numbers_of<float>(material_folder / (name + ".f32")));
}

constexpr double gate = 1e-6;           // of the golden images
constexpr double gate_of_float = 5e-5;  // directions in float, where a ring is 0.004 1/A wide: measured 2e-5

Experiment liquid() {
  Experiment e = experiment_of("liquid.stol");
  e.beam.flux_per_s = 1e12;
  e.beam.exposure_s = 0.1;
  e.beam.size_m = 5e-5;
  Panel& panel = e.detector.panels[0];
  panel.pixels_fast = panel.pixels_slow = 128;
  panel.pixel_size_m = 0.9e-3;
  panel.origin_m = {0.15, (128 * 0.9e-3 + 0.9e-3) / 2, -(128 * 0.9e-3 - 0.9e-3) / 2};
  return e;
}

Experiment rings() {
  Experiment e = experiment_of("rings.stol");
  e.beam.wavelength_m = 1.1e-10;
  e.materials[0].thickness_m = 0.05e-3;
  e.materials[0].density_g_per_cm3 = 0.95;
  e.detector.oversample = 3;
  Panel& panel = e.detector.panels[0];
  panel.pixels_fast = panel.pixels_slow = 100;
  panel.pixel_size_m = 0.9e-3;
  panel.origin_m = {0.13, (100 * 0.9e-3 + 0.9e-3) / 2, -(100 * 0.9e-3 - 0.9e-3) / 2};
  return e;
}

Experiment gas() {
  Experiment e = experiment_of("gas.stol", 40.5e-3, 51.25e-3);
  e.materials[0].thickness_m = 35e-3;
  e.materials[0].density_g_per_cm3 = 1.2e-3;
  e.materials[0].molar_mass_g_per_mol = 28;
  e.beam.kahn_factor = 0.95;
  return e;
}

}  // namespace

TEST_CASE("materials: images are those of nonBragg") {
  CHECK(worst_of_nonbragg(liquid(), "nb_liquid") <= gate);
  CHECK(worst_of_nonbragg(rings(), "nb_rings_over3") <= gate);
  CHECK(worst_of_nonbragg(gas(), "nb_gas_polar") <= gate);
}

TEST_CASE("materials: divergence and dispersion are those of nonBragg") {
  Experiment e = experiment_of("liquid.stol");
  e.beam.kahn_factor = 0.8;
  e.beam.horizontal_divergence = {20e-3, std::nullopt, 3};
  e.beam.vertical_divergence = {12e-3, std::nullopt, 3};
  e.beam.dispersion = {0.04, std::nullopt, 3};
  CHECK(worst_of_nonbragg(e, "nb_divdisp") <= gate);
}

TEST_CASE("materials: beyond the table compat goes on as nonBragg does") {
  CHECK(worst_of_nonbragg(experiment_of("short.stol", 30e-3, 48e-3), "nb_short_extrap") <= gate);
}

TEST_CASE("materials: single precision stays close to nonBragg") {
  const auto close = [](const Experiment& e, const char* name) {
    const auto golden = numbers_of<float>(material_folder / (std::string(name) + ".f32"));
    CHECK(worst(image_of_materials<Fp32>(e), golden) <= gate_of_float);
    CHECK(worst(image_of_materials<Mixed>(e), golden) <= gate);
    CHECK(worst(image_of_materials<Df64>(e), golden) <= gate);
  };
  close(liquid(), "nb_liquid");
  close(rings(), "nb_rings_over3");
  close(gas(), "nb_gas_polar");
}

TEST_CASE("materials: images are those of simtbx") {
  Experiment plain = experiment_of("liquid.stol");
  plain.beam.kahn_factor = 0.9;
  CHECK(worst(image_of_materials<Fp64>(plain), numbers_of<double>(material_folder / "sx_bg.f64")) <= gate);

  Experiment thick = experiment_of("gas.stol", 40e-3, 52e-3);
  thick.beam.kahn_factor = 1;
  thick.materials[0] = gas().materials[0];
  thick.detector.sensor = {450e-6, 234e-6, 3};
  CHECK(worst(image_of_materials<Fp64>(thick), numbers_of<double>(material_folder / "sx_bg_thick.f64")) <= gate);
}

TEST_CASE("nbk-background: an unsorted table gives simtbx's image") {
  using namespace nbk::bench::background;
  BackgroundOptions options;
  options.files.form_factor = (material_folder / "inputs/unsorted.stol").string();
  options.panel.pixel_size_m = 1e-3;
  options.panel.pixels_fast = options.panel.pixels_slow = 96;
  options.panel.distance_m = 0.12;
  options.panel.beam_x_m = options.panel.beam_y_m = 48e-3;
  options.panel.oversample = 2;
  options.beam.fluence_per_m2 = 1e22;
  options.beam.dispersion = {0.02, std::nullopt, 5};
  std::vector<std::string> problems;
  const FormFactorTable table = read_form_factors(options, problems);
  CHECK(!table.ascending);
  CHECK(problems.size() == 1);
  const BackgroundImage image = make_image(options, make_setup(options), table, ImageContent::photons);
  const std::vector<double> photons(image.photons.begin(), image.photons.end());
  CHECK(worst(photons, numbers_of<double>(material_folder / "sx_bg_5src_over2.f64")) <= gate);
}
