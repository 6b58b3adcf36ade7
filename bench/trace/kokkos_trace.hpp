// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace nbk::bench::trace {

/// Time spent under one name.
struct NameTotal {
  std::uint64_t count = 0;
  std::int64_t total_ns = 0, shortest_ns = 0, longest_ns = 0;
};

/// While one lives, everything Kokkos tells its tools goes to a trace file: kernels, deep copies, regions, sections,
/// fences, allocations with a memory counter, marks. Kokkos' own callbacks are used, so nothing is instrumented twice,
/// and a tool loaded by KOKKOS_TOOLS_LIBS still gets every call. One at a time.
/// While it lives Kokkos fences before and after each kernel, as for every tool: times are real, launches not
/// asynchronous.
class KokkosTrace {
 public:
  /// \param metadata a JSON object
  /// \throws FileError; InvalidInput where another one lives
  KokkosTrace(const std::filesystem::path& path, const std::string& metadata);
  ~KokkosTrace();
  KokkosTrace(const KokkosTrace&) = delete;
  KokkosTrace& operator=(const KokkosTrace&) = delete;

  /// Facts about the next launches of a kernel that Kokkos does not tell. \param arguments inside of a JSON
  /// object
  void describe_launches(std::string_view kernel, std::string arguments);
  /// Completes the file. \throws FileError
  void close();
  /// Time by "category name", for a table.
  std::map<std::string, NameTotal> totals() const;
  std::uint64_t events() const;

  class Recorder;

 private:
  std::unique_ptr<Recorder> m_recorder;
};

}  // namespace nbk::bench::trace
