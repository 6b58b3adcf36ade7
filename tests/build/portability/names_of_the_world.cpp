// SPDX-License-Identifier: MIT
// The headers among names that other people use: both namespaces opened at once, and macros with short lower-case names
// (Windows' near, far and small, X11's None, check of many test frameworks). Headers of the system come first, which
// such macros would break as well.
#include <Kokkos_Core.hpp>
#include <Kokkos_SIMD.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <concepts>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <limits>
#include <locale>
#include <memory>
#include <mutex>
#include <numbers>
#include <numeric>
#include <optional>
#include <random>
#include <ranges>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#define check(x) static_assert(false, "a macro of somebody else")
#define None 0L
#define near
#define far
#define small char
#define large char
#define interface struct
#define IN
#define OUT

#include NBK_ALL_HEADERS

#undef check
#undef None
#undef near
#undef far
#undef small
#undef large
#undef interface
#undef IN
#undef OUT

using namespace std;
using namespace nbk;

double all_functions(double x, float y) {
  return sqrt(x) + abs(x) + max(1.0, x) + min(1.0, x) + fma(1.0, 2.0, x) + exp(x) + floor(x) + sqrt(y) + sqrt(2) +
         max(1, 2) + min(y, y) + abs(-3);
}

int main() {
  const Vec3d a{1, 2, 3};
  const Vec3d b = cross(a, a);
  Beam beam;
  Crystal crystal;
  Source source;
  Detector detector;
  Frame frame;
  beam.sources.push_back(source);
  return static_cast<int>(all_functions(dot(a, b), 1.0F) + beam.wavelength_m + crystal.fudge + detector.pixel_size_m +
                          frame.beam.x);
}
