// SPDX-License-Identifier: MIT
#include "bench/system/command_text.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace nbk::bench::system {

std::string shell_quoted(const std::string& word) {
  constexpr const char* harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
  if (!word.empty() && word.find_first_not_of(harmless) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

std::string rerun_text(const std::vector<std::string>& arguments, const Json& environment) {
  auto text = fmt::format("# To run it again:\ncd {}\n", shell_quoted(std::filesystem::current_path().string()));
  for (const auto& [name, value] : environment["settings"].items()) {
    text += fmt::format("export {}={}\n", name, shell_quoted(value.get<std::string>()));
  }
  text += shell_quoted(std::filesystem::canonical("/proc/self/exe").string());
  for (const auto& word : arguments) text.append(" ").append(shell_quoted(word));
  return text + "\n";
}

}  // namespace nbk::bench::system
