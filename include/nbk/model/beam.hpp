// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/core/vec3.hpp"

#include <optional>
#include <vector>

namespace nbk {

/// Grid of angles or wavelengths by any of its full width, its step and its number of points. What is not given is
/// derived from the rest; scene/sampling.hpp has the rules.
struct Sampling {
  std::optional<double> range;  ///< full width, in the unit of the sampled quantity
  std::optional<double> step;   ///< distance of two neighbouring points, same unit
  std::optional<int> count;     ///< number of points
};

/// One ray of the beam, from a source file or a spectrum.
struct Source {
  Vec3d position{-10, 0, 0};    ///< from the sample to the source; only its direction matters
  double weight = 1;            ///< relative intensity, >= 0; `compat` ignores it
  double wavelength_m = 1e-10;  ///< > 0
  int structure_factor_set =
      0;  ///< set of F of this energy: 0 is Experiment::structure_factors, n the n-th further one
};

/// One wavelength of a spectrum.
struct SpectrumLine {
  double wavelength_m = 1e-10;   ///< > 0
  double weight = 1;             ///< relative number of photons, >= 0; `compat` ignores it
  int structure_factor_set = 0;  ///< set of F of this energy, see Source
};

/// The wavelengths of a beam and their weights. Only ratios of weights matter.
struct Spectrum {
  std::vector<SpectrumLine> lines{};  ///< empty: one wavelength, or the grid of Beam::dispersion
};

/// One direction of the beam.
struct BeamDirection {
  Vec3d direction{1, 0, 0};  ///< in which the photons travel; need not be a unit vector
  double weight = 1;         ///< relative number of photons, >= 0; `compat` ignores it
};

/// The incident X-rays.
struct Beam {
  double wavelength_m = 1e-10;  ///< > 0; the centre of the spectrum
  double kahn_factor = 0;       ///< Kahn factor K: 0 unpolarised, 1 fully along Frame::polarization
  bool polarized = true;        ///< false leaves the polarisation factor out altogether

  double fluence_per_m2 = constants::unit_fluence_per_m2;  ///< photons per area; a flux replaces it by
                                                           ///< flux * exposure / size^2
  double flux_per_s = 0;                                   ///< photons per second; 0: not given
  double exposure_s = 1;                                   ///< duration, for a flux
  double size_m = 1e-4;                                    ///< side of the square beam; clips the crystal's size, too

  Sampling dispersion;             ///< spectral width as a fraction of the wavelength
  Sampling horizontal_divergence;  ///< radian
  Sampling vertical_divergence;    ///< radian
  bool round_divergence = true;    ///< drop the corners of the divergence grid

  Spectrum spectrum;                      ///< if it has lines, they replace the grid of `dispersion`
  std::vector<BeamDirection> directions;  ///< if any, they replace the grid of divergence

  std::vector<Source> sources;  ///< rays given one by one; if any, they replace everything above but the fluence
};

}  // namespace nbk
