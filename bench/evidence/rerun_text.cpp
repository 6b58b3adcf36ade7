// SPDX-License-Identifier: MIT
#include "bench/evidence/rerun_text.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace nbk::bench::evidence {

std::string shell_text(const std::vector<std::string>& words) {
  constexpr const char* harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += ' ';
    if (!word.empty() && word.find_first_not_of(harmless) == std::string::npos) {
      text += word;
      continue;
    }
    text += '\'';
    for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
    text += '\'';
  }
  return text;
}

std::string rerun_text(const std::vector<std::string>& arguments, const Environment& environment) {
  auto text = fmt::format("# To run it again:\ncd {}\n", shell_text({std::filesystem::current_path().string()}));
  for (const auto& [name, value] : environment.settings)
    text += fmt::format("export {}={}\n", name, shell_text({value}));
  std::vector<std::string> words{std::filesystem::canonical("/proc/self/exe").string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return text + shell_text(words) + "\n";
}

}  // namespace nbk::bench::evidence
