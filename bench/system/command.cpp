// SPDX-License-Identifier: MIT
#include "bench/system/command.hpp"

#include "bench/system/terminal.hpp"
#include "nbk/core/error.hpp"
#include "nbk/version.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

namespace nbk::bench::system {

int run_command(std::string_view name, const std::function<int()>& body) {
  const auto complain = [&](const std::exception& error, int code) {
    say(stderr, "{}: {}\n", name, error.what());
    return code;
  };
  keep_standard_streams();
  try {
    return body();
  } catch (const InvalidInput& error) {
    return complain(error, 2);
  } catch (const std::exception& error) {
    return complain(error, 1);
  }
}

int print_only(const std::string& text) { return say_text(stdout, text) && std::fflush(stdout) == 0 ? 0 : 1; }

std::string named_version(std::string_view command) {
  return fmt::format("{} {}.{}.{}", command, NBK_VERSION_MAJOR, NBK_VERSION_MINOR, NBK_VERSION_PATCH);
}

std::int64_t clock_seed() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return -static_cast<std::int64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

}  // namespace nbk::bench::system
