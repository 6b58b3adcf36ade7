// SPDX-License-Identifier: MIT
#include "experiment_parts.hpp"
#include "experiments.hpp"

#include <utility>

namespace nbk::gpu_run {

std::vector<NamedExperiment> paths_of_backgrounds() {
  constexpr int size = 24;
  std::vector<NamedExperiment> all;
  const auto add = [&](const char* name, Experiment e) { all.push_back({name, std::move(e), 0, 0, false}); };

  Experiment e = base(size, 5);
  e.policy = Policy::corrected;
  e.materials = matter();
  e.water_size_m = 1e-4;
  add_spectrum(e, 7);
  add("materials, water", e);

  DiffuseScattering diffuse;
  diffuse.laue_group = LaueGroup::orthorhombic;
  diffuse.stencil = 2;
  e = base(size, 5);
  e.policy = Policy::corrected;
  e.crystal.diffuse = diffuse;
  // A table that ends within the picture, and one that is smaller than the stencil.
  for (const int reach : {6, 1}) {
    e.structure_factors = waves(reach, false);
    add(reach == 1 ? "diffuse, no table" : "diffuse, small table", e);
  }
  e.structure_factors = waves(9, false);
  e.further_sets = {waves(8, false)};
  add_spectra(e, 7, 2);
  add_layers(e, 2);
  add("diffuse, sets", e);
  e.crystal.diffuse->stencil = 3;
  e.crystal.diffuse->laue_group = LaueGroup::triclinic;
  e.dmin_m = 2.4e-10;
  for (int slow = 22; slow > 1; slow -= 2) e.selection.runs.push_back({0, slow, slow / 3, 3 + slow % 13});
  add("diffuse, listed", e);
  e.selection.runs.clear();
  e.crystal.diffuse->sigma_A = {20, 20, 20};  // e^-e is nothing
  add("diffuse, vanishing", e);
  return all;
}

}  // namespace nbk::gpu_run
