// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Kokkos' patterns for the spaces of cuda_space.hpp, which includes this. The data members of each class are those of
/// Kokkos 5's CUDA backend, in its order, since nvcc's code reads them.

namespace nbk::gpu_run {

/// Starts a kernel whose parameter is `driver`: nvcc's code of it, or on_host(). Kernels of Kokkos itself (fills of
/// Views) are always computed on the host.
template <class Driver, class OnHost>
void launch(const Driver& driver, const LaunchExtents& extents, const OnHost& on_host) {
  const char* const name = typeid(Driver).name();
  const DeviceMemory::Access access(device().memory);
  if (device().engine == Engine::host || !is_of_nbk(name)) {
    on_host();
  } else {
    run_translated(name, &driver, sizeof(Driver), extents);
  }
}

/// Blocks of (1, threads, 1) for some indices.
inline LaunchExtents one_dimensional(std::size_t count, unsigned threads, std::size_t shared_bytes = 0) {
  const std::size_t blocks = (count + threads - 1) / threads, most = device().most_blocks;
  return {{static_cast<unsigned>(blocks < most ? blocks : most), 1, 1}, {1, threads, 1}, shared_bytes};
}

}  // namespace nbk::gpu_run

namespace Kokkos::Impl {

template <class FunctorType, class... Traits>
class ParallelFor<FunctorType, RangePolicy<Traits...>, Cuda> {
 public:
  using Policy = RangePolicy<Traits...>;
  using functor_type = FunctorType;

  ParallelFor(const FunctorType& functor, const Policy& policy) : m_functor(functor), m_policy(policy) {}

  void execute() const {
    using Index = typename Policy::member_type;
    const auto count = static_cast<std::size_t>(m_policy.end() - m_policy.begin());
    if (count == 0) return;
    nbk::gpu_run::launch(*this, nbk::gpu_run::one_dimensional(count, nbk::gpu_run::device().block_threads), [&] {
      for (Index i = m_policy.begin(); i < m_policy.end(); ++i) {
        if constexpr (std::is_void_v<typename Policy::work_tag>) {
          m_functor(i);
        } else {
          m_functor(typename Policy::work_tag(), i);
        }
      }
    });
  }

 private:
  const FunctorType m_functor;
  const Policy m_policy;
};

/// What a kernel over three indices receives.
template <class FunctorType, bool UseStride, class... Traits>
class ParallelForMDRange;
template <class FunctorType, bool UseStride, class... Traits>
class ParallelForMDRange<FunctorType, UseStride, MDRangePolicy<Traits...>> {
 public:
  using Policy = MDRangePolicy<Traits...>;
  using point_type = typename Policy::point_type;
  const FunctorType m_functor;
  const Policy m_policy;
  const point_type m_lower, m_upper, m_extent;
};

/// Calls f for all indices, the first fastest, as the tiles of a device go.
template <class Policy, class F, class... Indices>
void for_indices_of(const Policy& policy, const F& f, Indices... behind) {
  constexpr std::size_t left = Policy::rank - sizeof...(Indices);
  if constexpr (left == 0) {
    f(behind...);
  } else {
    for (auto i = policy.m_lower[left - 1]; i < policy.m_upper[left - 1]; ++i)
      for_indices_of(policy, f, static_cast<typename Policy::index_type>(i), behind...);
  }
}

template <class FunctorType, class... Traits>
class ParallelFor<FunctorType, MDRangePolicy<Traits...>, Cuda> {
 public:
  using Policy = MDRangePolicy<Traits...>;
  using functor_type = FunctorType;

  ParallelFor(const FunctorType& functor, const Policy& policy) : m_functor(functor), m_policy(policy) {}

  void execute() const {
    if (m_policy.m_num_tiles == 0) return;
    if constexpr (Policy::inner_direction == Iterate::Left && Policy::rank == 3) {
      start_tiles();
    } else {  // only Kokkos' own
      const nbk::gpu_run::DeviceMemory::Access access(nbk::gpu_run::device().memory);
      for_indices_of(m_policy, m_functor);
    }
  }

 private:
  void start_tiles() const {
    nbk::gpu_run::LaunchExtents extents;
    typename Policy::point_type covered{};
    bool strided = false;
    for (std::size_t i = 0; i < 3; ++i) {
      const auto tiles = static_cast<unsigned>(m_policy.m_tile_end[i]), most = nbk::gpu_run::device().most_blocks;
      extents.block[i] = static_cast<unsigned>(m_policy.m_tile[i]);
      extents.grid[i] = tiles < most ? tiles : most;
      covered[i] = m_policy.m_tile[i] * m_policy.m_tile_end[i];
      strided = strided || tiles > most;
    }
    const auto start = [&](const auto& driver) {
      nbk::gpu_run::launch(driver, extents, [&] { for_indices_of(m_policy, m_functor); });
    };
    if (strided) {
      start(ParallelForMDRange<FunctorType, true, Policy>{m_functor, m_policy, m_policy.m_lower, m_policy.m_upper,
                                                          covered});
    } else {
      start(ParallelForMDRange<FunctorType, false, Policy>{m_functor, m_policy, m_policy.m_lower, m_policy.m_upper,
                                                           covered});
    }
  }

  const FunctorType m_functor;
  const Policy m_policy;
};

/// Scratch memory of a reduction.
template <class Word>
class ReductionScratch {
 public:
  ReductionScratch(std::size_t value_bytes, std::size_t blocks)
      : space(allocate<Word>(value_bytes * blocks)),
        flags(allocate<Cuda::size_type>(sizeof(Cuda::size_type))),
        result(allocate<Word>(value_bytes)) {
    nbk::gpu_run::device().memory.set(flags, 0, sizeof(Cuda::size_type));
  }
  ReductionScratch(const ReductionScratch&) = delete;
  ReductionScratch& operator=(const ReductionScratch&) = delete;
  ~ReductionScratch() {
    for (void* memory : {static_cast<void*>(space), static_cast<void*>(flags), static_cast<void*>(result)})
      nbk::gpu_run::device().memory.release(memory);
  }

  Word* space;
  Cuda::size_type* flags;
  Word* result;

 private:
  template <class T>
  static T* allocate(std::size_t bytes) {
    return static_cast<T*>(nbk::gpu_run::device().memory.allocate(bytes));
  }
};

/// Runs a reduction whose result goes to the host.
/// \param indices  (f): calls f for all of them on the host
template <class Reduction, class Indices>
void reduce(Reduction& reduction, std::size_t blocks, unsigned threads, const Indices& indices) {
  const auto& reducer = reduction.m_functor_reducer.get_reducer();
  const std::size_t value_bytes = reducer.value_size();
  const ReductionScratch<typename Reduction::word_size_type> scratch(value_bytes, blocks);
  reduction.m_scratch_space = scratch.space;
  reduction.m_scratch_flags = scratch.flags;
  reduction.m_unified_space = scratch.result;
  const nbk::gpu_run::LaunchExtents extents{
      {static_cast<unsigned>(blocks), 1, 1}, {1, threads, 1}, (threads + 2) * value_bytes};
  nbk::gpu_run::launch(reduction, extents, [&] {
    auto& value = reducer.init(reinterpret_cast<typename Reduction::pointer_type>(scratch.result));
    indices(value);
    reducer.final(&value);
  });
  nbk::gpu_run::device().memory.copy(reduction.m_result_ptr, scratch.result, value_bytes);
}

template <class CombinedFunctorReducerType, class... Traits>
class ParallelReduce<CombinedFunctorReducerType, RangePolicy<Traits...>, Cuda> {
 public:
  using Policy = RangePolicy<Traits...>;
  using functor_type = typename CombinedFunctorReducerType::functor_type;
  using reducer_type = typename CombinedFunctorReducerType::reducer_type;
  using pointer_type = typename reducer_type::pointer_type;
  using value_type = typename reducer_type::value_type;
  using word_size_type = Cuda::size_type;
  static_assert(sizeof(value_type) >= sizeof(word_size_type));

  template <class View>
  ParallelReduce(const CombinedFunctorReducerType& functor_reducer, const Policy& policy, const View& result)
      : m_functor_reducer(functor_reducer), m_policy(policy), m_result_ptr(result.data()) {
    static_assert(MemorySpaceAccess<HostSpace, typename View::memory_space>::accessible);
  }

  void execute() {
    constexpr unsigned threads = 256;
    const auto count = static_cast<std::size_t>(m_policy.end() - m_policy.begin());
    const std::size_t wanted = (count + threads - 1) / threads, most = Cuda().concurrency() / threads;
    reduce(*this,
           wanted == 0     ? 1
           : wanted < most ? wanted
                           : most,
           wanted == 0 ? 1 : threads, [&](auto& value) {
             for (auto i = m_policy.begin(); i < m_policy.end(); ++i) m_functor_reducer.get_functor()(i, value);
           });
  }

  const CombinedFunctorReducerType m_functor_reducer;
  const Policy m_policy;
  const pointer_type m_result_ptr;
  const bool m_result_ptr_device_accessible = false;
  const bool m_result_ptr_host_accessible = true;
  word_size_type* m_scratch_space = nullptr;
  Cuda::size_type* m_scratch_flags = nullptr;
  word_size_type* m_unified_space = nullptr;
};

template <class CombinedFunctorReducerType, class... Traits>
class ParallelReduce<CombinedFunctorReducerType, MDRangePolicy<Traits...>, Cuda> {
 public:
  using Policy = MDRangePolicy<Traits...>;
  using functor_type = typename CombinedFunctorReducerType::functor_type;
  using reducer_type = typename CombinedFunctorReducerType::reducer_type;
  using pointer_type = typename reducer_type::pointer_type;
  using value_type = typename reducer_type::value_type;
  using word_size_type = Cuda::size_type;
  static_assert(sizeof(value_type) >= sizeof(word_size_type));

  template <class View>
  ParallelReduce(const CombinedFunctorReducerType& functor_reducer, const Policy& policy, const View& result)
      : m_functor_reducer(functor_reducer), m_policy(policy), m_result_ptr(result.data()) {}

  void execute() {
    if (m_policy.m_num_tiles == 0) return;
    constexpr std::size_t threads = 256;  // the product of the tile's extents
    const auto tiles = static_cast<std::size_t>(m_policy.m_num_tiles);
    reduce(*this, tiles < threads ? tiles : threads, threads, [&](auto& value) {
      for_indices_of(m_policy, [&](auto h, auto k, auto l) { m_functor_reducer.get_functor()(h, k, l, value); });
    });
  }

  const CombinedFunctorReducerType m_functor_reducer;
  const Policy m_policy;
  const pointer_type m_result_ptr;
  const bool m_result_ptr_device_accessible = false;
  word_size_type* m_scratch_space = nullptr;
  Cuda::size_type* m_scratch_flags = nullptr;
  word_size_type* m_unified_space = nullptr;
};

}  // namespace Kokkos::Impl
