// SPDX-License-Identifier: MIT
#include "coverage.hpp"

#include "device.hpp"
#include "kernels.hpp"

#include <cstdio>

namespace nbk::gpu_run {

namespace {

int size_of(const TranslatedBlock& block) {
  int size = 0;
  for (const auto count : block.counts) size += count;
  return size;
}

/// A kernel's name without what all have in common.
std::string short_name(std::string name) {
  for (const char* const common :
       {"Kokkos::Impl::", "Kokkos::", "nbk::", "physics::", "kernel::", "compat::", "one_lane::", "response::"}) {
    const std::string text = common;
    for (auto at = name.find(text); at != std::string::npos; at = name.find(text, at)) name.erase(at, text.size());
  }
  const auto policy = name.find(", RangePolicy");
  return name.substr(0, policy == std::string::npos ? 150 : policy);
}

}  // namespace

double least_coverage(const std::string& driver) {
  const auto has = [&](const char* name) { return driver.find(name) != std::string::npos; };
  // What all leave out are branches of exp2() for exponents that exp() cuts off, and of log() for odd numbers.
  // The search has the code of interpolation and never comes there, and Kokkos' of all sizes of blocks.
  if (has("FirstPixelSearch")) return 0.55;
  // Where an index is divided, there is code for more than 2^32 pixels, four times; sums are unrolled for other
  // lengths.
  if (has("AdjointAddend")) return 0.7;
  if (has("SpreadKernel")) return 0.65;
  // Factors that compound have a direction for each wavelength, so that the loop over wavelengths is never entered.
  if (has("Compounding")) return has("nbk::physics::Gauss") ? 0.6 : 0.65;
  // Only in Fp64 may factors compound; the other precisions have the code.
  const bool mixed = has("nbk::Mixed");
  if (has("OrderedPixelKernel")) return mixed || has("nbk::Df64") ? 0.75 : 0.82;
  if (has("PixelKernel<nbk::physics::Bragg<nbk::physics::Gauss") ||
      has("PixelKernel<nbk::physics::Bragg<nbk::physics::Tophat")) {
    // Wavelengths with anchors (kernel/spot_line.hpp) are of `corrected` alone, and not of Mixed; the others' code has
    // them, too, unrolled. All wavelengths of a direction have one anchor: the way from one to the next is never taken.
    return has("FirstValue") && !has("nbk::Df64") ? 0.65 : mixed ? 0.68 : 0.83;
  }
  // What reads the table stands three times, each time for four pixels.
  if (has("PixelKernel<nbk::physics::Bragg<nbk::physics::Square, nbk::physics::NearestF>")) return 0.8;
  // In `compat` an absorbing layer never stands alone, so the part for one evaluation never absorbs. In Mixed it has
  // the exponential functions, in double, of two pixels.
  if (mixed && has("nbk::physics::Square, nbk::physics::ConstantF>") && has("FirstValue")) return 0.84;
  if (has("response::")) return 0.8;
  return 0.85;
}

void check_coverage(Report& report, double share_of_least) {
  long count = 0, all = 0, executed = 0;
  for (const auto& [driver, kernel] : kernels()) {
    if (!is_of_nbk(kernel.code.name)) continue;
    ++count;
    int of_kernel = 0, done = 0;
    std::string missing;
    for (int b = 0; b < kernel.code.block_count; ++b) {
      const int size = size_of(kernel.code.blocks[b]);
      of_kernel += size;
      if (kernel.lanes[static_cast<std::size_t>(b)] > 0) {
        done += size;
      } else {
        missing += " " + std::to_string(b);
      }
    }
    all += of_kernel;
    executed += done;
    const double share = static_cast<double>(done) / of_kernel;
    std::printf("  %5.1f %% of %5d instructions, %4llu launches  %s%s%s\n", 100 * share, of_kernel,
                static_cast<unsigned long long>(kernel.launches), short_name(driver).c_str(),
                missing.empty() ? "" : "\n      not entered: blocks", missing.c_str());
    report.require(kernel.launches > 0, "never started: " + driver);
    report.require(share >= share_of_least * least_coverage(driver), "too little was executed of " + driver);
  }
  std::printf("  %ld kernels, %ld of %ld instructions executed (%.1f %%)\n", count, executed, all,
              100.0 * static_cast<double>(executed) / static_cast<double>(all > 0 ? all : 1));
  report.require(count > 0, "there are no kernels");
}

}  // namespace nbk::gpu_run
