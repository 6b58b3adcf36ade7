// SPDX-License-Identifier: MIT
#include "bench/measure/peaks.hpp"

#include "bench/kernels/spaces.hpp"
#include "bench/system/stopwatch.hpp"
#include "nbk/core/error.hpp"
#include "nbk/launch/tuning.hpp"
#include "nbk/simd/pack_functions.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

namespace nbk::bench::measure {
namespace {

// Enough chains of multiply-adds to hide the latency of one; few enough to stay in registers.
constexpr int chains = 12;
constexpr int tries = 5;

// One thread's work: `rounds` multiply-adds in each chain. The factor below 1 keeps the values finite for ever.
template <class T, int Width, class Exec>
struct MultiplyAdds {
  Kokkos::View<T*, Exec> result;
  std::int64_t rounds;

  KOKKOS_FUNCTION void operator()(std::int64_t thread) const {
    using V = pack_t<T, Width>;
    V sum[chains];
    for (int i = 0; i < chains; ++i) sum[i] = V(static_cast<T>(i));
    const V factor(T(0.999)), term(T(0.001));
    for (std::int64_t round = 0; round < rounds; ++round) {
      for (V& chain : sum) chain = fma(chain, factor, term);
    }
    V total = sum[0];
    for (int i = 1; i < chains; ++i) total = total + sum[i];
    // Looked at, or the compiler would leave all of it out.
    if constexpr (Width == 1) {
      result(thread) = total;
    } else {
      T lanes[Width];
      store(total, lanes);
      result(thread) = lanes[0];
    }
  }
};

template <class Exec>
struct Stores {
  float* data;
  std::int64_t block, blocks;
  float value;

  KOKKOS_FUNCTION void operator()(std::int64_t index) const {
    const std::int64_t first = index % blocks * block;
    for (std::int64_t i = first; i < first + block; ++i) data[i] = value;
  }
};

template <class Exec, class Functor>
double best_time_s(const Exec& exec, const char* name, std::int64_t count, const Functor& functor) {
  double best_s = 1e9;
  for (int i = 0; i < tries; ++i) {
    exec.fence("nbk::bench::peaks");
    const system::Stopwatch watch;
    Kokkos::parallel_for(name, Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>>(exec, 0, count), functor);
    exec.fence("nbk::bench::peaks");
    best_s = std::min(best_s, watch.elapsed_s());
  }
  return best_s;
}

template <class T, class Exec>
double flops_per_s(const Exec& exec) {
  constexpr bool host = is_host_space<Exec>;
  constexpr int width = host ? simd::native_lanes<T> : 1;
  const std::int64_t threads = static_cast<std::int64_t>(exec.concurrency()) * (host ? 1 : 4);
  const std::int64_t rounds = host ? 2'000'000 : 20'000;
  const MultiplyAdds<T, width, Exec> work{Kokkos::View<T*, Exec>("nbk::bench::sums", static_cast<std::size_t>(threads)),
                                          rounds};
  const double time_s = best_time_s(exec, "nbk::bench::multiply_adds", threads, work);
  return 2.0 * static_cast<double>(threads * rounds * chains * width) / time_s;
}

template <class Exec>
double store_bytes_per_s(const Exec& exec, std::size_t bytes) {
  constexpr std::int64_t block = is_host_space<Exec> ? 4096 : 1;
  constexpr std::int64_t most = std::int64_t{32} << 20;  // 128 MiB, written in all, over and over a smaller memory
  const auto wanted = static_cast<std::int64_t>(bytes / sizeof(float));
  const std::int64_t blocks = std::clamp(wanted, block, most) / block;
  const std::int64_t count = blocks * block, writes = most / block;
  const Kokkos::View<float*, typename Exec::memory_space> memory(
      Kokkos::view_alloc("nbk::bench::stores", Kokkos::WithoutInitializing), static_cast<std::size_t>(count));
  const Stores<Exec> work{memory.data(), block, blocks, 1.0F};
  const double time_s = best_time_s(exec, "nbk::bench::stores", writes, work);
  return static_cast<double>(writes * block) * sizeof(float) / time_s;
}

}  // namespace

void Peaks::take_best(const Peaks& other) {
  float_flops_per_s = std::max(float_flops_per_s, other.float_flops_per_s);
  double_flops_per_s = std::max(double_flops_per_s, other.double_flops_per_s);
  store_bytes_per_s = std::max(store_bytes_per_s, other.store_bytes_per_s);
}

Peaks measure_peaks(std::string_view device, std::size_t image_bytes) {
  Peaks peaks;
  for_each_device([&](auto candidate) {
    if (device != candidate.name) return;
    const typename decltype(candidate)::Space exec;
    peaks = {flops_per_s<float>(exec), flops_per_s<double>(exec), store_bytes_per_s(exec, image_bytes)};
  });
  require(peaks.store_bytes_per_s > 0, "device", std::string(device), "must be one this build has");
  return peaks;
}

}  // namespace nbk::bench::measure
