// SPDX-License-Identifier: MIT
#include "recording.hpp"

#include <cmath>
#include <cstdio>

namespace {

int problems = 0;

void expect(bool good, const char* what) {
  if (good) return;
  ++problems;
  std::printf("not as it should be: %s\n", what);
}

void check_widths(const Result& r, const char* name) {
  std::printf("%s: %d floats, %d doubles side by side\n", name, r.float_width_in_use, r.double_width_in_use);
  expect(r.float_width_in_use == r.float_width, "the width of float that the file was compiled for");
  expect(r.double_width_in_use == r.double_width, "the width of double that the file was compiled for");
}

/// Largest difference of two images, relative to the brightest pixel.
double difference(const std::vector<float>& a, const std::vector<float>& b) {
  double worst = 0, brightest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    worst = std::fmax(worst, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    brightest = std::fmax(brightest, static_cast<double>(b[i]));
  }
  return brightest > 0 && a.size() == b.size() ? worst / brightest : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Kokkos::ScopeGuard const kokkos(argc, argv);
  const Result a = plain(), b = wide(), again = plain();
  check_widths(a, "plain");
  check_widths(b, "wide");
  expect(again.float_image == a.float_image && again.double_image == a.double_image, "the same image again");
  expect(difference(a.double_image, b.double_image) < 1e-6, "double of both files");  // both end as float
  expect(difference(a.float_image, a.double_image) < 1e-3, "float and double of the plain file");
  expect(difference(b.float_image, b.double_image) < 1e-3, "float and double of the wide file");
  return problems;
}
