// SPDX-License-Identifier: MIT
#include "experiments.hpp"

#include "experiment_parts.hpp"

#include <algorithm>

namespace nbk::gpu_run {

std::vector<NamedExperiment> named_experiments(bool compounding) {
  constexpr int size = 64;
  std::vector<NamedExperiment> all;
  const auto add = [&](const char* name, Experiment e, double rounded, double loose) {
    all.push_back({name, std::move(e), rounded, loose});
  };
  Experiment e = base(size, 5);
  add("main", e, 8e-5, 3e-4);

  Experiment mosaic = base(size, 20);
  add_domains(mosaic, 7);
  mosaic.detector.oversample = 2;
  add("mosaic", mosaic, 6e-4, 1.5e-3);

  e = base(size, 10);
  add_spectrum(e, 11);
  add("spectrum", e, 1.5e-4, 4e-4);

  // The brightest pixel of `gauss` sees one spot, exp(-c r^2) of its peak, at r = 1.32: 0.19. There c = 2 fudge / 0.63,
  // and r is the distance in reciprocal space times the number of cells, 8000. An inverse length that is 2 units in the
  // last place off moves r by 8000 / wavelength / 2^22, and the pixel by 2 c r times that.
  constexpr double rounded = 8e-4, flank = 2 * (2 * 0.3 / 0.63) * 1.32 * 8000 / 1.5 / (1 << 22);  // 3.2e-3
  for (const auto& [name, shape] : {std::pair{"gauss", LatticeShape("gauss")},
                                    {"round", LatticeShape("round")},
                                    {"tophat", LatticeShape("tophat")}}) {
    e = mosaic;
    e.crystal.shape = shape;
    e.crystal.fudge = 0.3;
    if (shape == LatticeShape("tophat")) e.crystal.cells = {6, 6, 6};
    // At the edge of a top hat an evaluation counts or does not.
    const double jump = shape == LatticeShape("tophat") ? 0.1 : 0;
    add(name, e, std::max(jump, rounded), std::max(jump, shape == LatticeShape("gauss") ? rounded + flank : 2e-3));
  }

  e = base(size, 8);
  e.structure_factors = waves(20, false);
  add("nearest", e, 6e-5, 3e-4);
  e.structure_factors = waves(6, true);
  add("tricubic in order", e, 6e-5, 2e-4);
  e.structure_factors = waves(20, true);
  e.policy = Policy::corrected;
  e.crystal.shape = LatticeShape("gauss");
  add("tricubic, corrected", e, 6e-5, 3e-4);

  e = base(size, 5);
  add_layers(e, 5);
  add("thick", e, 4e-5, 1.5e-4);

  e = base(size, 8);
  e.policy = Policy::corrected;
  add_layers(e, 2);
  e.beam.kahn_factor = 0.9;
  e.water_size_m = 1e-4;
  e.dmin_m = 3e-10;
  add("corrected", e, 2e-6, 6e-6);

  e = base(size, 5);
  add_mask(e, size);
  e.detector.curved = true;
  add("mask, region, curved", e, 8e-5, 3e-4);

  e = base(size, 10);
  e.beam.horizontal_divergence = {2e-3, {}, 3};
  e.beam.vertical_divergence = {2e-3, {}, 2};
  add_spectrum(e, 2);
  e.crystal.phi = {0, 0.02, {}, 3};
  e.dmin_m = 2.5e-10;
  add("divergence, phi", e, 2e-4, 6e-4);

  e = base(size, 8);
  e.policy = Policy::corrected;
  add_sources(e);
  e.structure_factors = waves(20, false);
  e.further_sets = {waves(15, false)};
  e.beam.sources[1].structure_factor_set = 1;
  e.detector.rotation_rad = {0.1, -0.2, 0.3};
  e.detector.two_theta_rad = 0.2;
  add("energies, tilted", e, 1e-4, 4e-4);

  e = base(size, 10);
  e.policy = Policy::corrected;
  e.crystal.shape = LatticeShape("gauss");
  e.crystal.cells_matrix = Mat3d{{10, 1, 0}, {1, 8, -1}, {0, -1, 12}};
  e.detector.point_pixel = true;
  add("matrix of cells, points", e, 2e-4, 4e-4);

  add("two panels", two_panels({}, false, false), 2e-4, 6e-4);
  e = base(size, 5);
  e.policy = Policy::corrected;
  e.materials = matter();
  add("materials", e, 2e-6, 6e-6);

  e = two_panels({}, false, false);
  e.materials = matter();
  e.beam.kahn_factor = 0.6;
  add("materials, two panels", e, 2e-4, 6e-4);
  e = base(size, 5);
  add_sources(e);
  add_layers(e, 3);
  add_mask(e, size);
  e.detector.curved = true;
  e.detector.oversample = 2;
  e.materials = matter();
  add("materials, compat", e, 2e-4, 6e-4);
  e = base(size, 5);
  add_spectrum(e, 7);
  e.beam.kahn_factor = 0.5;
  e.detector.beam_x_m = e.detector.beam_y_m = (size / 2 + 0.5) * e.detector.pixel_size_m;
  e.dmin_m = 2.5e-10;
  e.policy = Policy::corrected;
  e.materials = matter();
  add("materials, direct beam", e, 2e-4, 6e-4);

  e = base(size, 5);
  e.policy = Policy::corrected;
  e.structure_factors = waves(20, false);
  e.beam.kahn_factor = 0.5;
  add_spectrum(e, 3);
  e.dmin_m = 2.5e-10;
  DiffuseScattering diffuse;
  diffuse.laue_group = LaueGroup::orthorhombic;
  e.crystal.diffuse = diffuse;
  // Where an index passes a half, a halo of another reflection may count.
  add("diffuse", e, 2e-3, 4e-3);
  e = base(size, 5);
  e.policy = Policy::corrected;
  add_sources(e);
  add_layers(e, 2);
  add_mask(e, size);
  e.detector.curved = true;
  e.crystal.diffuse = diffuse;
  add("diffuse, one F", e, 2e-3, 4e-3);

  if (compounding) {
    e = base(size, 5);
    e.detector.oversample = 2;
    e.detector.oversample_solid_angle = e.detector.oversample_polarization = true;
    e.beam.kahn_factor = 0.5;
    add("compounding", e, 0, 0);
    e.crystal.shape = LatticeShape("gauss");
    e.water_size_m = 1e-4;
    add_layers(e, 3);
    e.detector.oversample_thickness = true;
    add("compounding, water", e, 0, 0);
  }
  return all;
}

std::vector<CountedWorkload> counted_workloads() {
  constexpr int size = 64;
  std::vector<CountedWorkload> all;
  all.push_back({"main", base(size, 5), 1});
  Experiment e = base(size, 20);
  add_domains(e, 50);
  e.detector.oversample = 2;
  all.push_back({"mosaic", e, 200});
  Experiment spectrum = base(size, 10);
  add_spectrum(spectrum, 100);
  all.push_back({"spectrum", spectrum, 100});
  e.crystal.shape = LatticeShape("gauss");
  all.push_back({"gauss", e, 200});
  e.crystal.shape = LatticeShape("tophat");
  e.crystal.cells = {6, 6, 6};
  all.push_back({"tophat", e, 200});
  spectrum.crystal.shape = LatticeShape("gauss");
  spectrum.crystal.cells = {20, 20, 20};
  all.push_back({"gauss, spectrum", spectrum, 100});
  e = base(size, 8);
  e.structure_factors = waves(20, false);
  all.push_back({"nearest", e, 1});
  return all;
}

}  // namespace nbk::gpu_run
