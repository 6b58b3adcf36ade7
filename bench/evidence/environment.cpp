// SPDX-License-Identifier: MIT
#include "bench/evidence/environment.hpp"

#include "bench/system/child_process.hpp"
#include "bench/system/hash.hpp"
#include "bench/system/machine.hpp"
#include "build_info.hpp"
#include "nbk/version.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <Kokkos_Core.hpp>

#include <array>
#include <sstream>

namespace nbk::bench::evidence {
namespace {

std::string version_text(int major, int minor, int patch) { return fmt::format("{}.{}.{}", major, minor, patch); }

std::string ask_git(std::vector<std::string> words) {
  words.insert(words.begin(), {"git", "-C", std::string(build_info::source_dir), "--no-optional-locks"});
  auto text = system::output_of(std::move(words));
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

GitState git_state() {
  const auto commit = ask_git({"rev-parse", "HEAD"});
  if (commit.empty()) return {};
  return {commit, !ask_git({"status", "--porcelain"}).empty()};
}

std::map<std::string, std::string> settings() {
  constexpr std::array beginnings{"OMP_", "GOMP_", "KMP_", "KOKKOS_", "NB_", "NBK_", "CUDA_VISIBLE", "HIP_VISIBLE"};
  std::map<std::string, std::string> found;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    for (const char* beginning : beginnings) {
      const auto end = text.find('=');
      if (text.starts_with(beginning) && end != std::string::npos) found[text.substr(0, end)] = text.substr(end + 1);
    }
  }
  return found;
}

}  // namespace

std::string Environment::fingerprint() const {
  return system::hash_of(std::string_view(
      fmt::format("{}|{}|{}|{}|{}", processor, cores, architecture, build_info::compiler, build_info::flags)));
}

Environment describe_environment(const std::string& stamp) {
  utsname host{};
  ::uname(&host);
  std::ostringstream configuration;
  Kokkos::print_configuration(configuration);
  Environment result;
  result.date = stamp;
  result.git = git_state();
  result.nbk_version = version_text(NBK_VERSION_MAJOR, NBK_VERSION_MINOR, NBK_VERSION_PATCH);
  result.kokkos_version = version_text(KOKKOS_VERSION / 10000, KOKKOS_VERSION / 100 % 100, KOKKOS_VERSION % 100);
  result.kokkos_configuration = configuration.str();
  result.host_threads = Kokkos::DefaultHostExecutionSpace().concurrency();
  result.processor = system::processor_name();
  result.vectors = system::vector_extensions();
  result.system = fmt::format("{} {}", host.sysname, host.release);
  result.architecture = host.machine;
  result.cores = system::processors();
  result.memory_bytes = system::memory_bytes();
  result.settings = settings();
  return result;
}

}  // namespace nbk::bench::evidence
