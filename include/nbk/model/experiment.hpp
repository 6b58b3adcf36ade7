// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/beam.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/model/frame.hpp"
#include "nbk/model/goniometer.hpp"
#include "nbk/model/material.hpp"
#include "nbk/model/selection.hpp"
#include "nbk/model/structure_factors.hpp"

#include <vector>

namespace nbk {

/// Choice of numbers where nanoBragg and the physics differ. docs/physics.md has a row for every difference.
enum class Policy {
  compat,     ///< numbers of nanoBragg.c, quirks included
  corrected,  ///< the physics that is meant
};

/// Description of everything that makes an image.
struct Experiment {
  Frame frame;                         ///< directions in the laboratory
  Beam beam;                           ///< the incident X-rays
  Crystal crystal;                     ///< the crystal that diffracts
  Goniometer goniometer;               ///< mounting of the crystal
  Detector detector;                   ///< the panel that records
  StructureFactors structure_factors;  ///< |F| of the crystal's reflections; set 0
  /// Sets 1, 2, ... of F, for the energies that name them. Ranges may differ from set to set. All sets are amplitudes,
  /// or all are intensities; `interpolate` of set 0 counts for all.
  std::vector<StructureFactors> further_sets;
  Selection selection;                ///< pixels that are computed
  double water_size_m = 0;            ///< edge of a cube of water that adds a flat background
  double dmin_m = 0;                  ///< finest resolution; finer scattering is left out; 0: no limit
  Policy policy = Policy::compat;     ///< numbers of nanoBragg, or the physics
  std::vector<Material> materials{};  ///< matter in the beam besides the crystal
};

}  // namespace nbk
