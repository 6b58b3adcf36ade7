// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/crystal_file.hpp"
#include "nbk/io/gemmi/anomalous_scattering.hpp"
#include "nbk/io/gemmi/atomic_density.hpp"
#include "nbk/io/gemmi/atomic_sites.hpp"
#include "nbk/io/gemmi/atomic_sum.hpp"
#include "nbk/io/gemmi/partial_structure_factors.hpp"
#include "nbk/io/merged_reflections.hpp"

#include <cmath>
#include <complex>
#include <cstddef>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// \file
/// Structure factors of atoms. The parts that do not depend on energy are computed once, for each element; the
/// amplitudes of an energy are their sum with f' and f'' of it. So a spectrum of many lines costs little more than one.

namespace nbk::io {

/// Choice of the way to the parts of structure factors.
enum class AtomMethod {
  automatic,  ///< the sum for small molecules and small problems, else the transform
  sum,        ///< over all atoms, exact
  transform   ///< fast Fourier transform of a density; macromolecules only
};

/// Choices of a computation of structure factors.
struct CoordinatesOptions {
  double finest_A = 0;                        ///< the least d, > 0
  std::optional<BulkSolvent> solvent{};       ///< not given: none
  AtomMethod method = AtomMethod::automatic;  ///< the way
};

namespace detail {

/// Terms that a sum may have before a transform is taken, about two seconds on a processor of 2020.
inline constexpr double most_terms_of_sum = 5e7;

inline bool takes_transform(const Coordinates& atoms, std::size_t reflections, AtomMethod method) {
  if (!atoms.is_macromolecule) return false;
  if (method != AtomMethod::automatic) return method == AtomMethod::transform;
  return static_cast<double>(atoms.sites.size()) * static_cast<double>(atoms.operations.size()) *
             static_cast<double>(reflections) >
         most_terms_of_sum;
}

}  // namespace detail

/// Computes the parts of structure factors that do not depend on energy.
/// \param atoms  completed by complete_crystal()
/// \param name  the file's name for messages
/// \throws FileError  no reflection is so coarse, or gemmi cannot compute the solvent
inline PartialStructureFactors partial_structure_factors(const Coordinates& atoms, const CoordinatesOptions& options,
                                                         const std::string& name) {
  PartialStructureFactors parts;
  parts.unique = unique_reflections(*atoms.cell, atoms.operations, options.finest_A, name);
  const bool by_transform = detail::takes_transform(atoms, parts.unique.size(), options.method);
  try {
    if (by_transform) {
      add_parts_by_transform(atoms, options.finest_A, parts);
    } else {
      add_parts_by_sum(atoms, parts);
    }
    if (options.solvent) {
      parts.solvent = solvent_transform(atoms, options.finest_A, parts.unique);
      for (std::size_t i = 0; i < parts.solvent.size(); ++i) {
        parts.solvent[i] *=
            options.solvent->density_per_A3 * std::exp(-options.solvent->b_A2 * parts.unique[i].stol2_per_A2);
      }
    }
  } catch (const std::exception& error) {
    fail(name, std::string("structure factors cannot be computed (") + error.what() +
                   (options.solvent ? "); --bulk-solvent none leaves the solvent out" : ")"));
  }
  parts.by_transform = by_transform;
  return parts;
}

/// Computes the amplitudes of one wavelength. Friedel mates are listed, and differ by f''.
/// \param wavelength_A  not given: without f' and f'', as at an energy far from all edges
inline std::vector<Reflection> amplitudes_at(const PartialStructureFactors& parts, std::optional<double> wavelength_A) {
  std::vector<std::complex<double>> anomalous(parts.elements.size());
  for (std::size_t e = 0; e < parts.elements.size() && wavelength_A; ++e)
    anomalous[e] = anomalous_scattering(parts.elements[e].element, *wavelength_A);
  std::vector<Reflection> list;
  list.reserve(2 * parts.unique.size());
  for (std::size_t i = 0; i < parts.unique.size(); ++i) {
    const UniqueReflection& unique = parts.unique[i];
    std::complex<double> plus = parts.solvent.empty() ? 0.0 : parts.solvent[i], minus = std::conj(plus);
    for (std::size_t e = 0; e < parts.elements.size(); ++e) {
      const std::complex<double> scattering =
          form_factor(parts.elements[e].element, unique.stol2_per_A2) + anomalous[e];
      plus += scattering * parts.elements[e].geometry[i];
      minus += scattering * std::conj(parts.elements[e].geometry[i]);
    }
    const auto [h, k, l] = unique.index;
    list.push_back({h, k, l, unique.forbidden ? 0.0 : std::abs(plus)});
    if (!unique.centric) list.push_back({-h, -k, -l, unique.forbidden ? 0.0 : std::abs(minus)});
  }
  return list;
}

/// Returns phases of the first listed mates at one wavelength, radian, for tests and maps.
inline std::vector<double> phases_at(const PartialStructureFactors& parts, std::optional<double> wavelength_A) {
  std::vector<double> phases(parts.unique.size());
  for (std::size_t i = 0; i < phases.size(); ++i) {
    std::complex<double> f = parts.solvent.empty() ? 0.0 : parts.solvent[i];
    for (const ElementPart& part : parts.elements) {
      const auto anomalous = wavelength_A ? anomalous_scattering(part.element, *wavelength_A) : 0.0;
      f += (form_factor(part.element, parts.unique[i].stol2_per_A2) + anomalous) * part.geometry[i];
    }
    phases[i] = std::arg(f);
  }
  return phases;
}

}  // namespace nbk::io
