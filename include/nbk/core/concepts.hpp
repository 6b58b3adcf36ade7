// SPDX-License-Identifier: MIT
#pragma once

#include <Kokkos_Core.hpp>

#include <concepts>

namespace nbk {

template <class T>
concept ExecSpace = Kokkos::is_execution_space_v<T>;

template <class T>
concept PrecisionLike = std::floating_point<typename T::Geometry> && std::floating_point<typename T::Lattice> &&
    std::floating_point<typename T::Accumulate>;

}  // namespace nbk
