// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/scene/crystal_system.hpp"
#include "nbk/scene/domain_turns.hpp"

#include <array>
#include <optional>
#include <variant>
#include <vector>

/// \file
/// The numbers of an experiment that a parameter can move: one type for each part of it. A derivative is per unit of
/// the parameter, at the experiment as it stands.

namespace nbk {

/// Axes of the crystal.
enum class CrystalAxis { a, b, c };
/// Axes of the laboratory.
enum class LabAxis { x, y, z };

/// Change of the lattice by vectors of one's own.
struct LatticeChange {
  Mat3d vectors_A;  ///< derivatives of a, b, c as columns, before phi and mosaic rotations, Angstrom per unit
};

/// Right-handed turn of the lattice as it is mounted about a direction of the laboratory, radian; before phi and mosaic
/// rotations.
struct LatticeTurn {
  Vec3d axis;  ///< unit vector
};

/// Right-handed turn of the lattice about one of its own axes, radian.
struct CrystalTurn {
  CrystalAxis axis = CrystalAxis::a;  ///< direction of a, b or c
};

/// One of the angles Crystal::misset_rad, at their values.
struct MissetTurn {
  LabAxis axis = LabAxis::x;  ///< component of the angles
};

/// Change of the unit cell. The crystal's own frame stays: of a crystal in nanoBragg's default orientation a* keeps its
/// direction and b* its plane with a*; of one given by U, by an A matrix or by vectors, a and the plane of a and b.
struct CellChange {
  CellDerivative moves{};               ///< of a, b, c in Angstrom, of alpha, beta, gamma in radian
  std::optional<CrystalSystem> system;  ///< system that the cell must have
};

/// Change of the number of unit cells N.
struct CellsChange {
  std::array<double, 6> moves{};  ///< of N_aa, N_bb, N_cc, N_ab, N_bc, N_ac; symmetric elements move together
};

/// One of the spreads Mosaicity::normal_spread_rad, radian.
struct NormalSpreadChange {
  std::optional<LabAxis> axis{};  ///< of three spreads that along this axis; none: the one spread
};

/// Change of all wavelengths lambda: d lambda = shift + factor lambda.
struct WavelengthChange {
  double shift_A = 0;  ///< Angstrom per unit
  double factor = 0;   ///< 1 per unit

  /// Change by the coefficients of lambda = constant + factor (listed wavelength): of the constant, in Angstrom.
  static constexpr WavelengthChange by_constant() { return {1.0, 0.0}; }
  /// Change by the factor of lambda = constant + factor (listed wavelength), at its present values.
  static constexpr WavelengthChange by_factor(double constant_A, double factor) {
    return {-constant_A / factor, 1.0 / factor};
  }
};

/// Motion of a group of panels as a rigid body, in the laboratory.
struct PanelMotion {
  std::vector<int> panels;  ///< numbers of the panels; empty: all
  Vec3d shift_m;            ///< metres per unit
  Vec3d rotation_rad;       ///< rotation vector, radian per unit
  Vec3d fixed_point_m;      ///< point that the rotation leaves where it is
};

/// Right-handed turn of all incident directions, radian. The direction of polarisation stays, the electric and magnetic
/// axis of each ray follow.
struct IncidentTurn {
  Vec3d axis;  ///< unit vector
};

/// Right-handed turn of the spindle, radian.
struct SpindleTurn {
  Vec3d axis;  ///< unit vector
};

/// Change of the numbers of the crystal's diffuse scattering.
struct DiffuseChange {
  Vec3d gamma_A;  ///< derivatives of DiffuseScattering::gamma_A, Angstrom per unit
  Vec3d sigma_A;  ///< derivatives of DiffuseScattering::sigma_A, Angstrom per unit
};

/// Numbers of the experiment that need no further data.
enum class PlainChange {
  scale,               ///< factor of the image of the crystal, at 1
  materials,           ///< factor of what all materials scatter, at 1
  background,          ///< photons added to every pixel
  fluence,             ///< Beam::fluence_per_m2, photons per m^2
  kahn_factor,         ///< Beam::kahn_factor
  distance,            ///< shift of all panels along the beam, m
  thickness,           ///< Sensor::thickness_m at the same number of layers and attenuation length, m
  attenuation_length,  ///< Sensor::attenuation_length_m, m
  fudge,               ///< Crystal::fudge
  mosaic_spread,       ///< Mosaicity::spread_rad: all domains turn on about their own axes, radian
  phi_start,           ///< PhiScan::start_rad, radian
  phi_range,           ///< PhiScan::range_rad at the same start and number of steps, radian
};

/// Part of the experiment that a parameter moves.
using DerivativeChange =
    std::variant<PlainChange, LatticeChange, LatticeTurn, CrystalTurn, MissetTurn, CellChange, CellsChange, DomainTurn,
                 NormalSpreadChange, WavelengthChange, PanelMotion, IncidentTurn, SpindleTurn, DiffuseChange>;

}  // namespace nbk
