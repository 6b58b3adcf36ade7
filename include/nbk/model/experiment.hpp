// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/beam.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/model/frame.hpp"
#include "nbk/model/structure_factors.hpp"

namespace nbk {

/// Which numbers are wanted where the C program and the physics differ; docs/physics.md has a row for every difference.
enum class Policy {
  compat,     ///< what nanoBragg.c gives, quirks included
  corrected,  ///< what is physically meant
};

/// Everything that makes an image.
struct Experiment {
  Frame frame;                         ///< directions in the laboratory
  Beam beam;                           ///< the incident X-rays
  Crystal crystal;                     ///< what diffracts
  Detector detector;                   ///< what records
  StructureFactors structure_factors;  ///< |F| of the crystal's reflections
  double water_size_m = 0;             ///< thickness of water that adds a flat background
  double dmin_m = 0;                   ///< scattering at a resolution finer than this is left out; 0: none
  Policy policy = Policy::compat;      ///< whose numbers
};

}  // namespace nbk
