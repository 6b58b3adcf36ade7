// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/nbk.hpp>

#include <vector>

/// \file
/// One program of files that are compiled for different processors: what every such file offers.

namespace nbk::mixed {

using Host = Kokkos::DefaultHostExecutionSpace;

/// Processors a file is compiled for.
struct Generic {
  static constexpr const char* name = "x86-64-v2";
  static bool runs_here() { return true; }
};
struct Avx2 {
  static constexpr const char* name = "x86-64-v3";
  static bool runs_here() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
};
struct Avx512 {
  static constexpr const char* name = "x86-64-v4";
  static bool runs_here() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
  }
};

/// A user's lattice shape, the same type in every file: |F_latt|^2 is the number of pixels computed side by side. It
/// shows which file's kernel the linker took.
struct PackWidth {
  static constexpr bool compact = false;
  template <class L>
  static KOKKOS_INLINE_FUNCTION L intensity(const physics::LatticeParameters<scalar_t<L>>&, const Vec3<L>&) {
    return L(static_cast<scalar_t<L>>(PackTraits<L>::width));
  }
};

/// What the file for a processor computes in a precision, from a plan that any file has made.
template <class Processor, class P>
struct Images {
  static int pack_width();
  static std::vector<float> square(const Plan<P, Host>& plan);
  static std::vector<float> tricubic(const Plan<P, Host>& plan);
  static std::vector<float> pack_widths(const Plan<P, Host>& plan);
};

}  // namespace nbk::mixed
