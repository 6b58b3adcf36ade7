// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/number_traits.hpp"

#include <Kokkos_Core.hpp>

#include <type_traits>

namespace nbk {

/// A Kokkos execution space, for example Kokkos::DefaultExecutionSpace.
template <class T>
concept ExecSpace = Kokkos::is_execution_space_v<T>;

/// True for spaces whose threads run on the host's own cores.
template <ExecSpace Exec>
inline constexpr bool is_host_space = std::is_same_v<typename Exec::memory_space, Kokkos::HostSpace>;

/// A choice of number types as in core/precision.hpp.
template <class T>
concept PrecisionLike = RealNumber<typename T::Geometry> && RealNumber<typename T::Lattice> &&
    RealNumber<typename T::Accumulate> && ConvertsTo<typename T::Geometry, typename T::Lattice> &&
    ConvertsTo<typename T::Geometry, typename T::Accumulate> && ConvertsTo<typename T::Lattice, typename T::Accumulate>;

}  // namespace nbk
