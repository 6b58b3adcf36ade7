// SPDX-License-Identifier: MIT
#include "bench/evidence/environment.hpp"

#include "bench/system/child_process.hpp"
#include "bench/system/machine.hpp"
#include "bench/system/sha256.hpp"
#include "build_info.hpp"
#include "nbk/version.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <Kokkos_Core.hpp>

#include <cstdlib>
#include <sstream>

namespace nbk::bench::evidence {
namespace {

namespace fs = std::filesystem;

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

Json git_state() {
  const std::string source(build_info::source_dir);
  const auto ask = [&](std::vector<std::string> words) {
    std::vector<std::string> arguments{"git", "-C", source, "--no-optional-locks"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return trimmed(system::output_of(std::move(arguments)));
  };
  const auto commit = fs::exists(source) ? ask({"rev-parse", "HEAD"}) : "";
  if (commit.empty()) return {{"commit", nullptr}, {"dirty", nullptr}};
  return {{"commit", commit}, {"dirty", !ask({"status", "--porcelain"}).empty()}};
}

Json build() {
  return {{"nbk_version", fmt::format("{}.{}.{}", NBK_VERSION_MAJOR, NBK_VERSION_MINOR, NBK_VERSION_PATCH)},
          {"compiler", build_info::compiler},
          {"compiler_path", build_info::compiler_path},
          {"flags", build_info::flags},
          {"build_type", build_info::build_type},
          {"cmake", build_info::cmake_version}};
}

Json kokkos() {
  std::ostringstream configuration;
  Kokkos::print_configuration(configuration);
  return {
      {"version", fmt::format("{}.{}.{}", KOKKOS_VERSION / 10000, KOKKOS_VERSION / 100 % 100, KOKKOS_VERSION % 100)},
      {"from", build_info::kokkos_from},
      {"devices", build_info::kokkos_devices},
      {"host_threads", Kokkos::DefaultHostExecutionSpace().concurrency()},
      {"configuration", configuration.str()}};
}

Json machine() {
  utsname system{};
  ::uname(&system);
  return {{"processor", system::processor_name()},
          {"vectors", system::vector_extensions()},
          {"cores", system::processors()},
          {"memory_bytes", system::memory_bytes()},
          {"system", fmt::format("{} {}", system.sysname, system.release)},
          {"architecture", system.machine}};
}

// Machines with the same fingerprint may be compared with each other.
std::string fingerprint(const Json& machine, const Json& build) {
  const auto text = fmt::format("{}|{}|{}|{}|{}", machine["processor"].dump(), machine["cores"].dump(),
                                machine["architecture"].dump(), build["compiler"].dump(), build["flags"].dump());
  return system::sha256(std::as_bytes(std::span(text.data(), text.size()))).substr(0, 16);
}

Json settings() {
  Json found = Json::object();
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const auto name = text.substr(0, text.find('='));
    const bool matters = name.starts_with("OMP_") || name.starts_with("GOMP_") || name.starts_with("KMP_") ||
                         name.starts_with("KOKKOS_") || name.starts_with("NB_") || name.starts_with("NBK_") ||
                         name == "CUDA_VISIBLE_DEVICES" || name == "HIP_VISIBLE_DEVICES";
    if (matters) found[name] = text.substr(std::min(text.size(), name.size() + 1));
  }
  return found;
}

}  // namespace

Json describe_environment(const std::string& stamp) {
  Json result{{"date", stamp}, {"git", git_state()}, {"build", build()}, {"kokkos", kokkos()}, {"machine", machine()}};
  result["fingerprint"] = fingerprint(result["machine"], result["build"]);
  result["settings"] = settings();
  return result;
}

}  // namespace nbk::bench::evidence
