// SPDX-License-Identifier: MIT
// Times kernels and regions and counts copied bytes, as external Kokkos tools do, and writes them at the end as lines
// "kind<TAB>name<TAB>calls<TAB>nanoseconds or bytes" to the file that NBK_TEST_TOOL_OUTPUT names.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

// How Kokkos hands over a space: a name of at most 63 letters.
struct SpaceHandle {
  char name[64];
};

struct Total {
  std::uint64_t calls = 0, amount = 0;
};

using Clock = std::chrono::steady_clock;
using Started = std::pair<std::string, Clock::time_point>;

// A tool's functions get no pointer of ours, so its state is static.
std::map<std::string, Total> totals;
std::vector<Started> kernels, regions;

void add(const std::string& key, std::uint64_t amount) {
  auto& total = totals[key];
  ++total.calls;
  total.amount += amount;
}

void stop(const char* kind, std::vector<Started>& open) {
  if (open.empty()) return;
  const auto duration = Clock::now() - open.back().second;
  add(std::string(kind) + "\t" + open.back().first,
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count()));
  open.pop_back();
}

}  // namespace

extern "C" {

void kokkosp_begin_parallel_for(const char* name, std::uint32_t, std::uint64_t* id) {
  *id = 4711;
  kernels.emplace_back(name, Clock::now());
}
void kokkosp_end_parallel_for(std::uint64_t id) {
  if (id == 4711) stop("kernel", kernels);
}
void kokkosp_push_profile_region(const char* name) { regions.emplace_back(name, Clock::now()); }
void kokkosp_pop_profile_region() { stop("region", regions); }
void kokkosp_begin_deep_copy(SpaceHandle, const char*, const void*, SpaceHandle, const char*, const void*,
                             std::uint64_t bytes) {
  add("bytes\tall", bytes);
}
void kokkosp_end_deep_copy() {}

void kokkosp_finalize_library() {
  const char* path = std::getenv("NBK_TEST_TOOL_OUTPUT");
  std::FILE* file = path != nullptr ? std::fopen(path, "w") : nullptr;
  if (file == nullptr) return;
  for (const auto& [key, total] : totals) {
    std::fprintf(file, "%s\t%llu\t%llu\n", key.c_str(), static_cast<unsigned long long>(total.calls),
                 static_cast<unsigned long long>(total.amount));
  }
  std::fclose(file);
}
}
