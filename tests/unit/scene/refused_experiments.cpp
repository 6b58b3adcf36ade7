// SPDX-License-Identifier: MIT
// Panels, selections, beams, crystals and structure factors that make no sense: one error that names the item and its
// number, before anything is allocated or launched.
#include "support/experiments.hpp"
#include "support/kokkos_events.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/plan/plan.hpp>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

/// An experiment of two panels, two wavelengths, two directions, two sets of F and three domains.
Experiment sound() {
  Experiment e;
  e.policy = Policy::corrected;
  e.frame = Frame::of(Convention::dials);
  e.beam.spectrum.lines = {{1e-10, 1, 0}, {1.01e-10, 2, 1}};
  e.beam.directions = {{{0, 0, 1}, 1}, {{0.01, 0, 1}, 1}};
  e.crystal.cell = UnitCell{50, 60, 70, 1.5, 1.6, 1.7};
  e.crystal.shape = LatticeShape("gauss");
  e.crystal.cells = {5, 6, 7};
  e.crystal.mosaicity.rotations = {Mat3d::identity(), Mat3d::identity(), Mat3d::identity()};
  const auto amplitude = [](int h, int k, int l) { return 10.0 + h + k + l; };
  e.structure_factors = StructureFactors::from(amplitude, {-3, 3}, {-3, 3}, {-3, 3});
  e.further_sets = {StructureFactors::from(amplitude, {-2, 2}, {-2, 2}, {-2, 2})};
  Panel panel;
  panel.origin_m = {-0.01, -0.01, 0.1};
  panel.pixels_fast = 8;
  panel.pixels_slow = 4;
  e.detector.panels = {panel, panel};
  return e;
}

/// Something wrong, and the beginning of the message about it.
struct Wrong {
  std::string message;
  std::function<void(Experiment&)> change;
};

/// Checks that each change is refused with its message, and that a plan of it takes no memory.
void check_refused(const std::vector<Wrong>& all) {
  for (const Wrong& wrong : all) {
    Experiment e = sound();
    wrong.change(e);
    const std::string said = complaint([&] { make_scene(e); });
    CHECK_MESSAGE(begins_with(said, wrong.message), wrong.message << " | " << said);
    const KokkosEvents events;
    CHECK(complaint([&] { Plan<Fp32, Host>(Host(), e); }) == said);
    CHECK(events.allocations() == 0);
  }
}

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
const Mat3d mirror{{1, 0, 0}, {0, 1, 0}, {0, 0, -1}};
const Mat3d stretched{{1.001, 0, 0}, {0, 1, 0}, {0, 0, 1}};

/// A change of the second panel.
std::function<void(Experiment&)> panel(const std::function<void(Panel&)>& change) {
  return [change](Experiment& e) { change(e.detector.panels[1]); };
}

/// A second run, behind one that is in order.
std::function<void(Experiment&)> run(const PixelRun& second) {
  return [second](Experiment& e) { e.selection.runs = {{0, 0, 0, 8}, second}; };
}

std::function<void(Experiment&)> crystal(const std::function<void(Crystal&)>& change) {
  return [change](Experiment& e) { change(e.crystal); };
}

/// A crystal whose diffuse scattering is changed.
std::function<void(Experiment&)> diffuse(std::function<void(DiffuseScattering&)> change) {
  return crystal([change](Crystal& c) { change(c.diffuse.emplace()); });
}

/// A Gaussian crystal of a matrix of cells.
std::function<void(Experiment&)> matrix_of_cells(const Mat3d& n) {
  return crystal([n](Crystal& c) { c.cells_matrix = n; });
}

}  // namespace

TEST_CASE("refused: the experiment that the others change is in order") {
  CHECK(complaint([] { make_scene(sound()); }).empty());
}

TEST_CASE("refused: panels") {
  check_refused({
      {"detector.panels[1].slow, cosine to fast = 1:", panel([](Panel& p) { p.slow = p.fast; })},
      {"detector.panels[1].slow, cosine to fast = -1:", panel([](Panel& p) { p.slow = -p.fast; })},
      {"detector.panels[1].slow, cosine to fast = 0.0", panel([](Panel& p) { p.slow.x = 0.01; })},
      {"detector.panels[1].fast = 0:", panel([](Panel& p) { p.fast = {}; })},
      {"detector.panels[1].slow.y = nan:", panel([](Panel& p) { p.slow.y = no_number; })},
      {"detector.panels[1].origin_m.z = nan:", panel([](Panel& p) { p.origin_m.z = no_number; })},
      {"detector.panels[1].pixel_size_m = 0:", panel([](Panel& p) { p.pixel_size_m = 0; })},
      {"detector.panels[1].pixels_fast = 0:", panel([](Panel& p) { p.pixels_fast = 0; })},
      {"detector.panels[1].pixels_slow = -4:", panel([](Panel& p) { p.pixels_slow = -4; })},
      {"detector.panels[1].first_fast = -1:", panel([](Panel& p) { p.first_fast = -1; })},
      {"detector.panels[1].first_slow = -1:", panel([](Panel& p) { p.first_slow = -1; })},
      {"detector.panels[1].mask size = 31:", panel([](Panel& p) { p.mask.assign(31, 1); })},
      {"detector.panels[1].roi.fast_min = 8:", panel([](Panel& p) { p.roi.fast_min = 8; })},
      {"detector.panels[1].roi.slow_min = 3:", panel([](Panel& p) {
         p.roi = {{}, {}, 3, 2};
       })},
      {"detector.panels[1].sensor.thickness_m = -1:", panel([](Panel& p) {
         p.sensor = Sensor{-1, {}, {}};
       })},
      {"detector.panels[1].sensor.layers = -2:", panel([](Panel& p) {
         p.sensor = Sensor{1e-4, {}, -2};
       })},
      {"detector.panels[1].sensor.thickness_m = 0.0001",  // edge-on
       panel([](Panel& p) {
         p.sensor = Sensor{1e-4, {}, {}};
         p.origin_m.z = 0;
       })},
      {"detector.panels[1], distance from the sample to a pixel, m = 0:", panel([](Panel& p) {
         p.origin_m = {-0.5e-4, -0.5e-4, 0};
         p.oversample = 1;
       })},
      {"detector.panels[1].oversample = 2000000000:", panel([](Panel& p) { p.oversample = 2000000000; })},
      {"detector.panels[1].trusted.least = nan:", panel([](Panel& p) { p.trusted.least = no_number; })},
      {"detector.panels[1].trusted.most = 1:", panel([](Panel& p) {
         p.trusted = {2, 1};
       })},
      {"detector.curved = 1:", [](Experiment& e) { e.detector.curved = true; }},
  });
}

TEST_CASE("refused: runs of pixels") {
  check_refused({
      {"selection.runs[1].count = 0:", run({1, 0, 0, 0})},
      {"selection.runs[1].count = -1:", run({1, 0, 0, -1})},
      {"selection.runs[1].panel = 2:", run({2, 0, 0, 1})},
      {"selection.runs[1].panel = -1:", run({-1, 0, 0, 1})},
      {"selection.runs[1].slow = 4:", run({1, 4, 0, 1})},
      {"selection.runs[1].slow = -1:", run({1, -1, 0, 1})},
      {"selection.runs[1].first_fast = 8:", run({1, 0, 8, 1})},
      {"selection.runs[1].first_fast = -1:", run({1, 0, -1, 2})},
      {"selection.runs[1].count = 6:", run({1, 0, 3, 6})},
      {"selection.runs[1].count = 2147483647:", run({1, 0, 3, 2147483647})},
  });
}

TEST_CASE("refused: wavelengths, directions and sources") {
  const auto lines = [](const std::vector<SpectrumLine>& all) {
    return [all](Experiment& e) { e.beam.spectrum.lines = all; };
  };
  const auto directions = [](const std::vector<BeamDirection>& all) {
    return [all](Experiment& e) { e.beam.directions = all; };
  };
  const auto sources = [](const std::vector<Source>& all) { return [all](Experiment& e) { e.beam.sources = all; }; };
  check_refused({
      {"beam.spectrum.lines[1].weight = -1:", lines({{1e-10, 1, 0}, {1e-10, -1, 0}})},
      {"beam.spectrum.lines[0].weight = nan:", lines({{1e-10, no_number, 0}, {1e-10, 1, 0}})},
      {"beam.spectrum.lines weights, summed = 0:", lines({{1e-10, 0, 0}, {1e-10, 0, 0}})},
      {"beam.spectrum.lines[1].wavelength_m = 0:", lines({{1e-10, 1, 0}, {0, 1, 0}})},
      {"beam.spectrum.lines[1].structure_factor_set = 2:", lines({{1e-10, 1, 0}, {1e-10, 1, 2}})},
      {"beam.spectrum.lines[0].structure_factor_set = -1:", lines({{1e-10, 1, -1}})},
      {"beam.directions[1].weight = -0.5:", directions({{{0, 0, 1}, 1}, {{0, 0, 1}, -0.5}})},
      {"beam.directions weights, summed = 0:", directions({{{0, 0, 1}, 0}})},
      {"beam.directions[1].direction = 0:", directions({{{0, 0, 1}, 1}, {{0, 0, 0}, 1}})},
      {"beam.sources[1].weight = -2:", sources({{{-1, 0, 0}, 1, 1e-10, 0}, {{-1, 0, 0}, -2, 1e-10, 0}})},
      {"beam.sources weights, summed = 0:", sources({{{-1, 0, 0}, 0, 1e-10, 0}})},
      {"beam.sources[0].structure_factor_set = 2:", sources({{{-1, 0, 0}, 1, 1e-10, 2}})},
      {"beam.directions x beam.spectrum.lines weights, summed = 0:",
       [](Experiment& e) {
         e.beam.directions = {{{0, 0, 1}, 1e-200}};
         e.beam.spectrum.lines = {{1e-10, 1e-200, 0}};
       }},
  });
}

TEST_CASE("refused: sets of structure factors") {
  const auto further = [](const std::function<void(StructureFactors&)>& change) {
    return [change](Experiment& e) { change(e.further_sets[0]); };
  };
  check_refused({
      {"beam.spectrum.lines[1].structure_factor_set = 1:", [](Experiment& e) { e.further_sets.clear(); }},
      {"further_sets[0].default_amplitude = 0:", further([](StructureFactors& f) { f.amplitude.clear(); })},
      {"further_sets[0].default_amplitude = nan:",
       further([](StructureFactors& f) { f.default_amplitude = no_number; })},
      {"further_sets[0].amplitude = nan:", further([](StructureFactors& f) { f.amplitude[3] = no_number; })},
      {"further_sets[0].amplitude size = 124:", further([](StructureFactors& f) { f.amplitude.pop_back(); })},
      {"further_sets[0].k_max = -3:", further([](StructureFactors& f) { f.k_max = -3; })},
      {"further_sets[0].intensities = 1:", further([](StructureFactors& f) { f.intensities = true; })},
      {"further_sets[0].intensities = 0:", [](Experiment& e) { e.structure_factors.intensities = true; }},
      {"further_sets, reflections of all sets in the ranges that hold them = ", further([](StructureFactors& f) {
         f.h_min += 2000000000;
         f.h_max += 2000000000;
       })},
  });
}

TEST_CASE("refused: orientations that are none, or several") {
  const auto u = Mat3d::identity();
  check_refused({
      {"crystal.mosaicity.rotations[2], deviation from a rotation = 2:",
       crystal([](Crystal& c) { c.mosaicity.rotations[2] = mirror; })},
      {"crystal.mosaicity.rotations[1], deviation from a rotation = 0.002",
       crystal([](Crystal& c) { c.mosaicity.rotations[1] = stretched; })},
      {"crystal.mosaicity.rotations[0] row 1.y = nan:",
       crystal([](Crystal& c) { c.mosaicity.rotations[0].row1.y = no_number; })},
      {"crystal.u_matrix, deviation from a rotation = 2:", crystal([](Crystal& c) { c.u_matrix = mirror; })},
      {"goniometer.fixed, deviation from a rotation = 2:", [](Experiment& e) { e.goniometer.fixed = mirror; }},
      {"goniometer.setting, deviation from a rotation = 0.002",
       [](Experiment& e) { e.goniometer.setting = stretched; }},
      {"crystal.cell = none:", crystal([](Crystal& c) { c.cell.reset(); })},
      {"crystal.cell = none:", crystal([u](Crystal& c) {
         c.cell.reset();
         c.u_matrix = u;
       })},
      {"crystal.real_space_A = given:", crystal([u](Crystal& c) { c.real_space_A = u; })},
      {"crystal.u_matrix = given:", crystal([u](Crystal& c) {
         c.u_matrix = u;
         c.a_matrix = u;
       })},
      {"crystal.u_matrix = given:", crystal([u](Crystal& c) {
         c.u_matrix = u;
         c.b_matrix = u;
       })},
      {"crystal.b_matrix = given:", crystal([u](Crystal& c) { c.b_matrix = u; })},
      {"crystal.real_space_A determinant of its columns as unit vectors = 0:", crystal([](Crystal& c) {
         c.cell.reset();
         c.real_space_A = Mat3d{{1, 1, 0}, {0, 0, 1}, {0, 0, 1}};
       })},
  });
}

TEST_CASE("refused: matrices of cells") {
  const Mat3d sound_matrix{{5, 1, 0}, {1, 6, 0}, {0, 0, 7}};
  check_refused({
      {"crystal.cells_matrix determinant = -7:", matrix_of_cells({{1, 0, 0}, {0, -1, 0}, {0, 0, 7}})},
      {"crystal.cells_matrix determinant = 0:", matrix_of_cells({{1, 1, 0}, {1, 1, 0}, {0, 0, 7}})},
      {"crystal.cells_matrix determinant = 7:", matrix_of_cells({{-1, 0, 0}, {0, -1, 0}, {0, 0, 7}})},
      {"crystal.cells_matrix, difference of elements across the diagonal = 1:",
       matrix_of_cells({{5, 1, 0}, {0, 6, 0}, {0, 0, 7}})},
      {"crystal.cells_matrix row 2.x = nan:", matrix_of_cells({{5, 1, 0}, {1, 6, 0}, {no_number, 0, 7}})},
      {"crystal.shape = square:", crystal([sound_matrix](Crystal& c) {
         c.cells_matrix = sound_matrix;
         c.shape = LatticeShape("square");
       })},
      {"crystal.cells_matrix = given:",
       [sound_matrix](Experiment& e) {
         e.crystal.cells_matrix = sound_matrix;
         e.policy = Policy::compat;
       }},
  });
}

TEST_CASE("refused: diffuse scattering that makes no sense") {
  using Diffuse = DiffuseScattering;
  check_refused({
      {"crystal.diffuse.gamma_A.x = 0:", diffuse([](Diffuse& d) { d.gamma_A.x = 0; })},
      {"crystal.diffuse.gamma_A.y = -50:", diffuse([](Diffuse& d) { d.gamma_A.y = -50; })},
      {"crystal.diffuse.gamma_A.z = nan:", diffuse([](Diffuse& d) { d.gamma_A.z = no_number; })},
      {"crystal.diffuse.gamma_A.z = 10000000:", diffuse([](Diffuse& d) { d.gamma_A.z = 1e7; })},
      {"crystal.diffuse.sigma_A.x = -0.5:", diffuse([](Diffuse& d) { d.sigma_A.x = -0.5; })},
      {"crystal.diffuse.sigma_A.y = inf:", diffuse([](Diffuse& d) { d.sigma_A.y = 1 / 0.0; })},
      {"crystal.diffuse.stencil = -1:", diffuse([](Diffuse& d) { d.stencil = -1; })},
      {"crystal.diffuse.stencil = 9:", diffuse([](Diffuse& d) { d.stencil = 9; })},
      {"crystal.diffuse.laue_group = 0:", diffuse([](Diffuse& d) { d.laue_group = LaueGroup{}; })},
      {"crystal.diffuse.laue_group = 15:", diffuse([](Diffuse& d) { d.laue_group = static_cast<LaueGroup>(15); })},
      {"crystal.diffuse.operators, number of matrices = 25:",
       diffuse([](Diffuse& d) { d.operators.assign(25, Mat3d::identity()); })},
      {"crystal.diffuse.operators[1], size of the determinant = 0:", diffuse([](Diffuse& d) {
         d.operators = {Mat3d::identity(), {{1, 1, 0}, {1, 1, 0}, {0, 0, 1}}};
       })},
      {"crystal.diffuse.principal_axes row 1.z = nan:", diffuse([](Diffuse& d) {
         d.principal_axes = Mat3d{{1, 0, 0}, {0, 1, no_number}, {0, 0, 1}};
       })},
      {"crystal.diffuse = given:",
       [](Experiment& e) {
         e.crystal.diffuse.emplace();
         e.policy = Policy::compat;
       }},
      {"crystal.fudge = 0:", crystal([](Crystal& c) {
         c.diffuse.emplace().normalization = DiffuseNormalization::volume;
         c.fudge = 0;
       })},
  });
}
