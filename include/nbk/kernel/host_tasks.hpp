// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

#include <cstdint>
#include <memory>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// A function of an index, whichever: one type for all that runs on the threads of a host, so that Kokkos' own part of
/// such a kernel is compiled once. (A pointer, no virtual function, which nvcc would compile for devices.)
class HostTask {
 public:
  /// \param body  called with an index; kept until the work is done
  template <class Body>
  explicit HostTask(const Body& body) : m_body(std::make_shared<const Body>(body)), m_call(call<Body>) {}

  void operator()(std::int64_t index) const { m_call(m_body.get(), index); }

 private:
  template <class Body>
  static void call(const void* body, std::int64_t index) {
    (*static_cast<const Body*>(body))(index);
  }

  std::shared_ptr<const void> m_body;
  void (*m_call)(const void*, std::int64_t);
};

/// Indices [begin, end), of which threads take some at a time.
struct HostRange {
  std::int64_t begin = 0, end = 0;
  int chunk = 0;  ///< indices that a thread takes at a time; 0: what Kokkos takes
};

/// Starts calling a task for every index of a range.
/// \param label  of the kernel, for profilers
template <ExecSpace Exec>
[[gnu::noinline]] void start_on_host(const Exec& exec, const char* label, const HostRange& range,
                                     const HostTask& task) {
  using Policy = Kokkos::RangePolicy<Exec, Kokkos::Schedule<Kokkos::Dynamic>, Kokkos::IndexType<std::int64_t>>;
  Policy policy(exec, range.begin, range.end);
  if (range.chunk > 0) policy.set_chunk_size(range.chunk);
  Kokkos::parallel_for(label, policy, task);
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
