// SPDX-License-Identifier: MIT
// The parts of the spaces of cuda_space.hpp that are compiled once.
#include "cuda_space.hpp"

#define KOKKOS_IMPL_PUBLIC_INCLUDE  // as Kokkos' own sources do
#include <impl/Kokkos_SharedAlloc_timpl.hpp>

KOKKOS_IMPL_HOST_INACCESSIBLE_SHARED_ALLOCATION_RECORD_EXPLICIT_INSTANTIATION(Kokkos::CudaSpace);
