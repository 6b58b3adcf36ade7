// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace nbk::testing {

/// What Kokkos did while this object lived: memory it took, bytes it copied, tables that nbk filled
/// from the host. One at a time.
class KokkosEvents {
 public:
  KokkosEvents();
  ~KokkosEvents();
  KokkosEvents(const KokkosEvents&) = delete;
  KokkosEvents& operator=(const KokkosEvents&) = delete;

  int allocations() const;
  std::uint64_t copied_bytes() const;
  int uploads() const;  ///< of tables: on hosts these are no copies of Kokkos, but have its fence
};

}  // namespace nbk::testing
