// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace nbk::testing {

/// What Kokkos did while this object lived: memory it took, bytes it copied. One at a time.
class KokkosEvents {
 public:
  KokkosEvents();
  ~KokkosEvents();
  KokkosEvents(const KokkosEvents&) = delete;
  KokkosEvents& operator=(const KokkosEvents&) = delete;

  int allocations() const;
  std::uint64_t copied_bytes() const;
};

}  // namespace nbk::testing
