// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::evidence {

/// Commit of the sources; nothing where git does not tell.
struct GitState {
  std::optional<std::string> commit;
  std::optional<bool> dirty;  ///< true where files were changed since
};

/// Everything that a figure depends on besides the code.
struct Environment {
  std::string date;  ///< start of the run, UTC
  GitState git;
  std::string nbk_version;
  std::string kokkos_version, kokkos_configuration;
  int host_threads = 0;
  std::string processor, vectors, system, architecture;
  int cores = 0;
  std::uint64_t memory_bytes = 0;
  std::map<std::string, std::string> settings;  ///< variables that OpenMP, Kokkos and nbk read

  /// Hash of machine, compiler and flags. Runs with equal ones may be compared.
  std::string fingerprint() const;
};

/// Describes this process. Kokkos has to be initialised. \param stamp  start of the run
Environment describe_environment(const std::string& stamp);

/// Test cases of this build.
struct TestList {
  std::vector<std::string> ctest, cases;  ///< of ctest, and of the test program
  std::string reason;                     ///< says why one of them is empty; "" where none is
};

/// Asks ctest and the test program, where they lie in the build tree.
TestList list_tests();

}  // namespace nbk::bench::evidence
