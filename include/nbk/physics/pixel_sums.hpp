// SPDX-License-Identifier: MIT
#pragma once

namespace nbk::physics {

/// Places of the sums of a pixel from which all its derivatives follow: every derivative of the image is a linear
/// combination of them, with coefficients that depend on the panel and the parameter alone
/// (scene/derivative_coefficients.hpp). All sums are over sub-pixels, layers, sources and orientations, with the scale
/// of the image.
///
/// Meaning of the letters: f = solid angle, absorption, polarisation and weight of a term. L = lattice factor. F =
/// structure factor. v = F^2 dL/dh + L d(F^2)/dh. h = Miller indices. A = columns a, b, c of the orientation. d = unit
/// direction to the point P. i = incident direction. lambda = wavelength. O =
/// origin of the panel: a lever from the sample would be so long that turns about a point of the panel lost digits.
struct PixelSums {
  static constexpr int image = 0;              ///< the image I, without a flat background
  static constexpr int strain = 1;             ///< 9 sums f v_i h_j, [i][j]
  static constexpr int constant = 10;          ///< the number 1: what a flat background needs
  static constexpr int materials = 11;         ///< photons of all materials; from an image, not from terms
  static constexpr int cells = 12;             ///< 6 sums f F^2 dL/dN for N_aa, N_bb, N_cc, N_ab, N_bc, N_ac
  static constexpr int wavelength = 18;        ///< sum of f (v.h) / lambda, 1/Angstrom
  static constexpr int shift = 19;             ///< 3 sums J, derivative by P at a fixed normal and close distance, 1/m
  static constexpr int torque = 22;            ///< 3 sums (P - O) x J, and n x the derivative by the normal n
  static constexpr int beam = 25;              ///< 2 derivatives by turns of all incident directions
  static constexpr int kahn = 27;              ///< derivative by the Kahn factor
  static constexpr int layer_depth = 28;       ///< sum of j n.J over the layers j, 1/m
  static constexpr int layer_absorption = 29;  ///< derivative by the thickness of a layer in attenuation lengths
  static constexpr int twist = 30;             ///< sums f (d - i).((A v / lambda) x w), w the twists of the orientation

  static constexpr int most_beams = 2;               ///< beam axes that a pass can have
  static constexpr int most_twists = 8;              ///< twists that a pass can have
  static constexpr int count = twist + most_twists;  ///< number of places
};

}  // namespace nbk::physics
