// SPDX-License-Identifier: MIT
#pragma once

#include "bench/measure/workload.hpp"
#include "bench/system/json.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nbk::bench::measure {

/// What nbk's image is compared with.
struct ReferenceImage {
  std::vector<float> pixels;            ///< [slow][fast]
  double time_s = 0;                    ///< of the whole process (C program) or of the call (built-in)
  std::uint64_t peak_memory_bytes = 0;  ///< of the C program; 0: not known
  std::vector<std::string> command;     ///< what was run; empty for the built-in reference
};

/// Where reference images come from.
class Reference {
 public:
  virtual ~Reference() = default;
  /// "c_program" or "builtin". Only against the former a time ratio is called a speed-up.
  virtual std::string kind() const = 0;
  /// Path and checksum of the program, for the record.
  virtual Json describe() const = 0;
  /// \throws FileError where it crashes, takes too long, or leaves no proper image; Interrupted
  virtual ReferenceImage render(const Workload& workload) = 0;
};

/// The C program, each time in an empty folder of its own.
/// \param threads 0: what it likes
/// \param tick    called now and then while it runs
std::unique_ptr<Reference> c_program_reference(const std::filesystem::path& program, double timeout_s, int threads,
                                               std::function<void()> tick);

/// The plain double implementation inside this project.
std::unique_ptr<Reference> builtin_reference(int threads);

}  // namespace nbk::bench::measure
