// SPDX-License-Identifier: MIT
#include "experiment_parts.hpp"
#include "experiments.hpp"

#include <utility>

namespace nbk::gpu_run {

std::vector<NamedExperiment> window_paths_of(const Combination& combination) {
  constexpr int size = 24;
  std::vector<NamedExperiment> all;
  const bool corrected = combination.weighting == TermWeighting::per_term;
  // Where a table ends some reflections have the default; interpolation of `compat` would stop there.
  const int table_reach = corrected || combination.lookup == 1 ? 6 : 24;
  const auto add = [&](const char* name, Experiment e, Traversal traversal = Traversal::automatic) {
    all.push_back(combination.picture(name, std::move(e), table_reach));
    all.back().options.traversal = traversal;
  };
  // Spots that reach to a quarter of an index at most, in every precision. `compat` counts their width in another way.
  const bool tophat = combination.shape == LatticeShape("tophat");
  const double cells = tophat ? (corrected ? 6 : 8) : (corrected ? 30 : 16), fudge = tophat ? 0.3 : 2;

  Experiment e = base(size, cells);
  e.crystal.fudge = fudge;
  add_spectrum(e, 80);
  add("windows", e);
  add_spectrum(e, 20);
  add("windows would do", e, Traversal::pixels);
  add_spectrum(e, 3);
  add("windows of three wavelengths", e, Traversal::windows);

  // The direct beam: there the indices are (0, 0, 0) at every wavelength.
  e = base(size + 1, cells);
  e.crystal.fudge = fudge;
  e.detector.beam_x_m = e.detector.beam_y_m = (size / 2 + 0.5) * e.detector.pixel_size_m;
  add_spectrum(e, 30);
  add("windows, direct beam", e);

  e = base(size, cells);
  e.crystal.fudge = fudge;
  e.crystal.cells = {cells + 1, cells - 1, cells};
  const bool sets = combination.lookup > 0;
  add_spectra(e, 40, sets ? 2 : 1);
  if (sets) e.further_sets = {waves(table_reach, combination.lookup == 2)};
  add_domains(e, 2, 0.02);
  add_layers(e, 2);
  add("windows, directions", e);
  e.dmin_m = 2.4e-10;
  e.detector.sensor = {};
  add("windows, resolution", e, Traversal::windows);
  // So few wavelengths that their lattice factors have no anchor.
  add_spectra(e, 3, sets ? 2 : 1);
  add("windows, three wavelengths of two energies", e, Traversal::windows);
  return all;
}

}  // namespace nbk::gpu_run
