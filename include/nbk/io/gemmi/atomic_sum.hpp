// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/io/gemmi/atomic_sites.hpp"
#include "nbk/io/gemmi/partial_structure_factors.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <vector>

namespace nbk::io {

namespace detail {

/// Returns occupancy * displacement * exp(2 pi i h.x) of an atom.
inline std::complex<double> term_of(const AtomicSite& site, const Miller& index, double stol2_per_A2) {
  const Vec3d h{static_cast<double>(index[0]), static_cast<double>(index[1]), static_cast<double>(index[2])};
  const double fall = site.displacement ? dot(h, *site.displacement * h) : site.b_iso_A2 * stol2_per_A2;
  const double turn = 2 * constants::pi<double> * dot(h, site.position);
  return std::polar(site.occupancy * std::exp(-fall), turn);
}

}  // namespace detail

/// Returns the part of each element of a list of atoms, without values.
inline std::vector<ElementPart> elements_of(const std::vector<AtomicSite>& sites, std::size_t reflections) {
  std::vector<ElementPart> parts;
  for (const AtomicSite& site : sites) {
    const auto same = [&](const ElementPart& part) { return part.element == site.element; };
    if (std::ranges::none_of(parts, same))
      parts.push_back({site.element, std::vector<std::complex<double>>(reflections)});
  }
  return parts;
}

/// Sums over all atoms and their images. The image of an atom by x' = R x + t scatters into h as the atom does into h
/// R, with the further phase 2 pi h.t. Times grow as atoms * operations * reflections.
inline void add_parts_by_sum(const Coordinates& atoms, PartialStructureFactors& parts) {
  parts.elements = elements_of(atoms.sites, parts.unique.size());
  constexpr double turn_rad = 2 * constants::pi<double> / SymmetryOperation::parts;
  std::vector<const AtomicSite*> sites;
  for (ElementPart& part : parts.elements) {
    sites.clear();
    for (const AtomicSite& site : atoms.sites) {
      if (site.element == part.element) sites.push_back(&site);
    }
    for (std::size_t i = 0; i < parts.unique.size(); ++i) {
      const UniqueReflection& unique = parts.unique[i];
      for (const SymmetryOperation& operation : atoms.operations) {
        const Miller image = equivalent_index(operation, unique.index);
        std::complex<double> sum = 0;
        for (const AtomicSite* site : sites) sum += detail::term_of(*site, image, unique.stol2_per_A2);
        part.geometry[i] += sum * std::polar(1.0, turn_rad * phase_turn(operation, unique.index));
      }
    }
  }
}

}  // namespace nbk::io
