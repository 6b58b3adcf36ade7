// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The units of the command line in SI, by the very operations of the C program, so that the last bit agrees.

namespace nbk::bench::flags {

/// Degrees in a radian, as nanoBragg.c has it: 180 times the rounded 1/pi.
inline constexpr double degrees_per_radian = 180.0 * 0.31830988618379067154;

constexpr double deg(double value) { return value / degrees_per_radian; }  ///< rad
constexpr double mm(double value) { return value / 1000.0; }               ///< m
constexpr double um(double value) { return value * 1e-6; }                 ///< m
constexpr double mrad(double value) { return value / 1000.0; }             ///< rad
constexpr double percent(double value) { return value / 100.0; }
constexpr double angstrom(double value) { return value / 1.0e10; }  ///< m

}  // namespace nbk::bench::flags
