// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/gemmi/anomalous_scattering.hpp"
#include "nbk/io/gemmi/atomic_sites.hpp"
#include "nbk/io/gemmi/atomic_sum.hpp"
#include "nbk/io/gemmi/partial_structure_factors.hpp"

#include <gemmi/dencalc.hpp>
#include <gemmi/fourier.hpp>
#include <gemmi/it92.hpp>
#include <gemmi/solmask.hpp>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <vector>

/// \file
/// Structure factors of a macromolecule by the Fourier transform of its density, and of the solvent around it, by
/// gemmi.

namespace nbk::io {

namespace detail {

/// Grid points per d of the finest reflection. Measured with 1 and 2 thousand atoms: the R factor against the sum is
/// 0.2 % with 1.5, gemmi's own value, and below 0.01 % with 2.5.
inline constexpr double grid_rate = 2.5;

using Density = gemmi::DensityCalculator<gemmi::IT92<double>, double>;

inline Density make_density(const Coordinates& atoms, double finest_A) {
  Density density;
  density.d_min = finest_A;
  density.rate = grid_rate;
  density.cutoff = 1e-7f;
  density.grid.unit_cell = atoms.structure.cell;
  density.grid.spacegroup = atoms.structure.find_spacegroup();
  density.set_refmac_compatible_blur(atoms.structure.models[0]);
  return density;
}

/// The transform of a grid at the unique reflections.
inline std::vector<std::complex<double>> transform_of(const gemmi::Grid<double>& grid, double blur_A2,
                                                      const std::vector<UniqueReflection>& unique) {
  const auto transform = gemmi::transform_map_to_f_phi(grid, /*half_l=*/true);
  std::vector<std::complex<double>> values;
  values.reserve(unique.size());
  for (const UniqueReflection& reflection : unique)
    values.push_back(transform.get_value_by_hkl(gemmi::Miller{reflection.index}, blur_A2));
  return values;
}

}  // namespace detail

/// Adds the parts of all elements of a macromolecule.
/// \param finest_A  the least d
inline void add_parts_by_transform(const Coordinates& atoms, double finest_A, PartialStructureFactors& parts) {
  parts.elements = elements_of(atoms.sites, parts.unique.size());
  detail::Density density = detail::make_density(atoms, finest_A);
  for (ElementPart& part : parts.elements) {
    density.initialize_grid();
    for (const gemmi::Chain& chain : atoms.structure.models[0].chains) {
      for (const gemmi::Residue& residue : chain.residues) {
        for (const gemmi::Atom& atom : residue.atoms) {
          if (atom.element.elem == part.element) density.add_atom_density_to_grid(atom);
        }
      }
    }
    density.grid.symmetrize_sum();
    part.geometry = detail::transform_of(density.grid, density.blur, parts.unique);
    for (std::size_t i = 0; i < parts.unique.size(); ++i)
      part.geometry[i] /= form_factor(part.element, parts.unique[i].stol2_per_A2);
  }
}

/// Returns the transform of the space that a macromolecule leaves to solvent, Angstrom^3, with gemmi's radii.
inline std::vector<std::complex<double>> solvent_transform(const Coordinates& atoms, double finest_A,
                                                           const std::vector<UniqueReflection>& unique) {
  detail::Density density = detail::make_density(atoms, finest_A);
  // Water is seen at low resolution only; a fine grid would cost time and change nothing.
  density.rate = finest_A < 1.5 ? 1.5 : detail::grid_rate;
  density.initialize_grid();
  gemmi::SolventMasker(gemmi::AtomicRadiiSet::VanDerWaals).put_mask_on_grid(density.grid, atoms.structure.models[0]);
  return detail::transform_of(density.grid, 0.0, unique);
}

}  // namespace nbk::io
