// SPDX-License-Identifier: MIT
// A detector of three panels, a spectrum with structure factors by energy, and the pixels of shoeboxes alone.
#include <nbk/nbk.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

using Exec = Kokkos::DefaultExecutionSpace;

// [panels]
// Three modules one above the other, the upper and the lower tilted towards the sample. The beam is along x.
nbk::Panel module_at(const char* name, double height_m, double tilt_rad) {
  nbk::Panel panel;
  panel.name = name;
  panel.pixels_fast = 96;
  panel.pixels_slow = 32;
  panel.pixel_size_m = 1e-3;
  panel.fast = {0, 0, 1};                                               // a row
  panel.slow = {-std::sin(tilt_rad), -std::cos(tilt_rad), 0};           // from row to row, downwards
  const nbk::Vec3d centre_m{0.1, height_m, 0};                          // the sample is at 0
  panel.origin_m = centre_m - 0.048 * panel.fast - 0.016 * panel.slow;  // the corner of the first pixel
  return panel;
}
// [panels]

nbk::Experiment experiment_of_modules() {
  nbk::Experiment experiment;
  experiment.policy = nbk::Policy::corrected;  // weights count there
  experiment.crystal.cell = nbk::UnitCell{40, 50, 60};
  experiment.crystal.cells = {5, 5, 5};
  experiment.crystal.misset_rad = {0.1, 0.2, 0.3};
  // [detector]
  experiment.detector.panels = {module_at("upper", 0.036, -0.3), module_at("middle", 0, 0),
                                module_at("lower", -0.036, 0.3)};
  experiment.detector.oversample = 1;
  // [detector]

  // [spectrum]
  experiment.beam.wavelength_m = 1.0e-10;
  experiment.beam.spectrum.lines = {{0.99e-10, 1, 0}, {1.00e-10, 3, 0}, {1.01e-10, 2, 1}};  // weight, set of F
  experiment.structure_factors.default_amplitude = 100;                                     // set 0
  experiment.further_sets.resize(1);
  experiment.further_sets[0].default_amplitude = 80;  // set 1, above an absorption edge
  // [spectrum]
  return experiment;
}

// [shoeboxes]
// The rows of a box of pixels around a spot.
std::vector<nbk::PixelRun> shoebox(int panel, int fast, int slow) {
  std::vector<nbk::PixelRun> rows;
  for (int row = slow - 2; row <= slow + 2; ++row) rows.push_back({panel, row, fast - 2, 5});
  return rows;
}
// [shoeboxes]

int main(int argc, char** argv) {
  Kokkos::ScopeGuard kokkos(argc, argv);
  const Exec exec;
  nbk::Experiment experiment = experiment_of_modules();
  nbk::Plan<nbk::Fp64, Exec> plan(exec, experiment);

  // [image]
  const auto image = nbk::make_image(exec, plan);  // [panel][slow][fast]
  nbk::simulate(exec, plan, image);
  // [image]
  const auto all = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);

  // [pixels]
  for (const auto& [panel, fast, slow] : {std::array{0, 20, 12}, std::array{2, 70, 15}}) {
    const std::vector<nbk::PixelRun> rows = shoebox(panel, fast, slow);
    experiment.selection.runs.insert(experiment.selection.runs.end(), rows.begin(), rows.end());
  }
  plan.update(exec, experiment);
  const auto pixels = nbk::make_pixel_list(exec, plan);  // the pixels of the rows, one row behind the other
  nbk::simulate(exec, plan, pixels);
  // [pixels]
  const auto listed = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), pixels);

  int different = 0;
  std::size_t next = 0;
  for (const nbk::PixelRun& run : experiment.selection.runs) {
    for (int i = 0; i < run.count; ++i) {
      different += listed(next++) != all(run.panel, run.slow, run.first_fast + i) ? 1 : 0;
    }
  }
  double photons = 0;
  for (std::size_t i = 0; i < all.size(); ++i) photons += static_cast<double>(all.data()[i]);
  std::printf("%zu pixels of 3 panels, %zu listed, %d of them differ\n", all.size(), listed.size(), different);
  return different == 0 && photons > 0 && listed.size() == 50 && all.size() == 3 * 32 * 96 ? 0 : 1;
}
