// SPDX-License-Identifier: MIT
#include "bench/system/machine.hpp"

#include "bench/system/affinity.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <string_view>

namespace nbk::bench::system {
namespace {

// The value of the first line "key : value" of a file of /proc.
std::string first_value(const char* file, std::string_view key) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with(key)) continue;
    const auto start = line.find_first_not_of(" \t", line.find(':') + 1);
    return start == std::string::npos ? "" : line.substr(start);
  }
  return "";
}

}  // namespace

std::string processor_name() { return first_value("/proc/cpuinfo", "model name"); }

std::string vector_extensions() {
  const auto flags =
      fmt::format(" {}{} ", first_value("/proc/cpuinfo", "flags"), first_value("/proc/cpuinfo", "Features"));
  constexpr std::array known{std::pair{" avx512f ", "avx512"}, std::pair{" avx2 ", "avx2"}, std::pair{" sve ", "sve"},
                             std::pair{" asimd ", "neon"}};
  for (const auto& [flag, name] : known) {
    if (flags.find(flag) != std::string::npos) return name;
  }
  return "";
}

int processors() {
  const cpu_set_t set = given_processors();
  return CPU_COUNT(&set);
}

std::uint64_t memory_bytes() {
  return static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(::sysconf(_SC_PAGE_SIZE));
}

std::uint64_t peak_memory_bytes() {
  const auto text = first_value("/proc/self/status", "VmHWM");
  return text.empty() ? 0 : std::stoull(text) * 1024;
}

bool reset_peak_memory() {
  std::ofstream file("/proc/self/clear_refs");
  file << "5" << std::flush;
  return file.good();
}

}  // namespace nbk::bench::system
