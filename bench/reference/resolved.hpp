// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/beam.hpp"
#include "bench/reference/crystal.hpp"
#include "bench/reference/diffuse.hpp"
#include "bench/reference/geometry.hpp"
#include "bench/reference/intensity.hpp"
#include "bench/reference/sampling.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nbk::reference {

/// One panel with every choice made.
struct ResolvedPanel {
  Plane plane;
  Window window;
  Layers layers;
  int oversample = 0;                                ///< sub-pixels per axis; 0 while it is not chosen
  const std::vector<std::uint16_t>* mask = nullptr;  ///< [slow][fast], 0: not computed; empty: all computed
};

/// Experiment with every choice made. It refers to the experiment, which has to outlive it.
struct Resolved {
  const Experiment& experiment;
  Axes axes;
  std::vector<ResolvedPanel> panels;
  Lattice lattice;
  std::vector<Ray> rays;
  double fluence_per_m2 = 0;
  bool interpolate = false;
  IndexBox box;                       ///< ranges in which structure factors are interpolated
  std::size_t orientation_count = 1;  ///< phi steps times mosaic domains

  Orientations orientations;        ///< those of every evaluation,
  Orientations first_orientations;  ///< except the very first one of a run (differs in `compat` only)
  bool first_differs = false;
  Diffuse diffuse;  ///< of the crystal; `corrected` only
};

/// Makes every choice.
/// \throws InvalidInput if the experiment has no image
Resolved resolve(const Experiment& experiment);

/// Returns the scattering of the water around the crystal, photons per steradian: F^2 r_e^2 fluence molecules. F is the
/// forward 2.57 electrons. The water is a cube of 1 g/cm^3 and 18 g/mol.
double water_background(const Experiment& experiment, double fluence_per_m2);

}  // namespace nbk::reference
