// SPDX-License-Identifier: MIT
// The program of all three consumer projects.
#include <nbk/version.hpp>
#if __has_include(<nbk/nbk.hpp>)
#include <nbk/nbk.hpp>
#endif

#include <Kokkos_Core.hpp>

#include <cstdio>

// The consumer asked for no particular processor, so nbk must not have chosen one for it.
#if defined(__x86_64__) && defined(__AVX__)
#error "using nbk switched on AVX"
#endif
#if defined(__FAST_MATH__)
#error "using nbk switched on -ffast-math"
#endif
static_assert(__cplusplus >= 202002L, "using nbk has to switch on C++20");

int main(int argc, char** argv) {
  Kokkos::ScopeGuard const kokkos(argc, argv);
  long sum = 0;
  Kokkos::parallel_reduce(
      "consumer", 1000, KOKKOS_LAMBDA(int i, long& part) { part += i; }, sum);
  std::printf("nbk %d.%d.%d\n", NBK_VERSION_MAJOR, NBK_VERSION_MINOR, NBK_VERSION_PATCH);
  return sum == 499500 ? 0 : 1;
}
