// SPDX-License-Identifier: MIT
#include "support/kokkos_events.hpp"

#include <Kokkos_Core.hpp>

#include <string_view>

namespace nbk::testing {

namespace {

namespace tools = Kokkos::Tools::Experimental;

// Kokkos' callbacks carry no pointer of ours.
int allocation_count = 0, upload_count = 0;
std::uint64_t byte_count = 0;
tools::EventSet others;

}  // namespace

KokkosEvents::KokkosEvents() {
  others = tools::get_callbacks();
  allocation_count = upload_count = 0;
  byte_count = 0;
  tools::set_allocate_data_callback(
      [](Kokkos_Profiling_SpaceHandle, const char*, const void*, std::uint64_t) { ++allocation_count; });
  tools::set_begin_deep_copy_callback([](Kokkos_Profiling_SpaceHandle, const char*, const void*,
                                         Kokkos_Profiling_SpaceHandle, const char*, const void*,
                                         std::uint64_t bytes) { byte_count += bytes; });
  tools::set_begin_fence_callback([](const char* name, std::uint32_t, std::uint64_t*) {
    if (std::string_view(name) == "nbk::upload") ++upload_count;
  });
}

KokkosEvents::~KokkosEvents() { tools::set_callbacks(others); }

int KokkosEvents::allocations() const { return allocation_count; }
int KokkosEvents::uploads() const { return upload_count; }
std::uint64_t KokkosEvents::copied_bytes() const { return byte_count; }

}  // namespace nbk::testing
