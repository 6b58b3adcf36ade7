// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/flags.hpp"
#include "bench/system/terminal.hpp"
#include "nbk/io/distinct_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <vector>

/// \file
/// Warnings of a command line. A command has two lists of them: `warnings`, and those that may change the image,
/// `problems`.

namespace nbk::bench::flags {

/// Adds what was noticed about a command line.
/// \throws InvalidInput  with `strict`, anything but notes, all in one error
template <class CommandT>
void add_messages(const std::vector<Message>& messages, bool strict, CommandT& command) {
  std::string refused;
  for (const Message& message : messages) {
    command.warnings.push_back(message.text);
    if (message.severity == Severity::problem) command.problems.push_back(message.text);
    if (message.severity != Severity::note) refused += (refused.empty() ? "" : "\n") + message.text;
  }
  if (strict && !refused.empty()) throw InvalidInput(refused);
}

/// Adds problems that show up on the way.
/// \throws InvalidInput  with `strict`, all in one error
template <class CommandT>
void add_problems(const std::vector<std::string>& problems, bool strict, CommandT& command) {
  if (strict && !problems.empty()) throw InvalidInput(fmt::format("{}", fmt::join(problems, "\n")));
  for (auto* const list : {&command.warnings, &command.problems})
    list->insert(list->end(), problems.begin(), problems.end());
}

/// Prints the warnings, or with `quiet` in one line those that may change the image.
template <class CommandT>
void show_warnings(const CommandT& command, bool quiet) {
  if (!quiet) {
    for (const std::string& warning : command.warnings) system::say(stderr, "WARNING: {}\n", warning);
  } else if (!command.problems.empty()) {
    system::say(stderr, "WARNING: {}\n", fmt::join(command.problems, "; "));
  }
}

/// Adds a file that a line names, or that a flag's default names, to those that may not be one and the same.
/// \param name  empty: none
template <class ReaderT>
void add_used_file(std::vector<io::UsedFile>& files, const ReaderT& reader, std::string_view flag,
                   const std::string& name, io::FileUse use) {
  if (!name.empty()) files.push_back({std::string(flag) + (reader.given(flag) ? "" : " (its default)"), name, use});
}

}  // namespace nbk::bench::flags
