// SPDX-License-Identifier: MIT
#pragma once

#include "bench/measure/workload.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace nbk::bench::measure {

/// Image that nbk's is compared with.
struct ReferenceImage {
  std::vector<float> pixels;            ///< [slow][fast]
  double time_s = 0;                    ///< of the whole process (C program) or of the call (built-in)
  std::uint64_t peak_memory_bytes = 0;  ///< of the C program; 0: not known
  std::vector<std::string> command;     ///< that was run; empty for the built-in reference
};

/// The C program, and how it is run.
struct CProgram {
  std::filesystem::path path;
  double timeout_s = 600;
  int threads = 0;                  ///< 0: as many as it likes
  std::function<void()> tick = {};  ///< called now and then while it runs; may be empty
};

/// Runs the C program in an empty folder of its own.
/// \throws FileError where it crashes, takes too long, or leaves no proper image; Interrupted
ReferenceImage c_program_image(const CProgram& program, const Workload& workload);

/// Computes the image by the plain double implementation in bench/reference. \param threads  0: all
ReferenceImage builtin_image(const Workload& workload, int threads);

}  // namespace nbk::bench::measure
