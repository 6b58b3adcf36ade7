// SPDX-License-Identifier: MIT
#pragma once

#include "bench/kernels/simulation.hpp"
#include "bench/measure/workload.hpp"

#include <string>
#include <string_view>

namespace nbk::bench::trace {

/// The kernel that launch_description() describes.
inline constexpr std::string_view described_kernel = "nbk::spots";

/// Facts about one launch of that kernel that Kokkos does not tell its tools: range, precision and pack width in
/// use, functor, evaluations, the least bytes that have to cross the memory bus and the floating-point operations.
/// \param simulation has been set up for the workload
/// \return inside of a JSON object
std::string launch_description(const measure::Workload& workload, const Simulation& simulation);

}  // namespace nbk::bench::trace
