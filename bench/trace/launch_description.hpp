// SPDX-License-Identifier: MIT
#pragma once

#include "bench/kernels/simulation.hpp"
#include "bench/measure/workload.hpp"

#include <string>
#include <string_view>

namespace nbk::bench::trace {

/// The kernel that launch_description() describes.
inline constexpr std::string_view described_kernel = "nbk::spots";

/// What is known about one launch of that kernel and Kokkos does not tell its tools: range, precision and pack width in
/// use, functor, evaluations, the least bytes that have to cross the memory bus and the floating-point operations.
/// \param simulation has been set up for the workload
/// \return inside of a JSON object
std::string launch_description(const measure::Workload& workload, const Simulation& simulation);

/// Where the work of a kernel or region is written, from the root of the project:
/// "include/nbk/launch/launch_spots.hpp". "Kokkos" for Kokkos' own kernels, copies and fences, "" where it is not
/// known.
std::string_view source_of(std::string_view label);

}  // namespace nbk::bench::trace
