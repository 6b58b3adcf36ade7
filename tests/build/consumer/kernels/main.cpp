// SPDX-License-Identifier: MIT
// The same image from what nbk::kernels has compiled and, in other.cpp, from this program's own kernels.
#include <nbk/nbk.hpp>

#include "image.hpp"

#include <cmath>
#include <cstdio>

#if !defined(NBK_COMPILED_KERNELS)
#error "nbk::kernels did not say that there are compiled kernels"
#endif

std::vector<float> compiled_image() { return image_of_this_file(); }

int main(int argc, char** argv) {
  Kokkos::ScopeGuard const kokkos(argc, argv);
  const std::vector<float> compiled = compiled_image(), other = other_image();
  double worst = 0, brightest = 0;
  for (std::size_t i = 0; i < compiled.size(); ++i) {
    worst = std::fmax(worst, std::fabs(static_cast<double>(compiled[i]) - static_cast<double>(other[i])));
    brightest = std::fmax(brightest, static_cast<double>(compiled[i]));
  }
  std::printf("brightest %g, largest difference %g\n", brightest, worst);
  return compiled.size() == other.size() && brightest > 0 && worst < 1e-3 * brightest ? 0 : 1;
}
