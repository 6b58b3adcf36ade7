// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string_view>
#include <utility>

/// \file
/// Words for a person. A terminal, a pipe or a full disk behind them that does not take them never stops the work.

namespace nbk::bench::system {

/// Makes the three standard streams safe to write to, at the beginning of a program: one that is closed leads nowhere
/// instead of into the next file that is opened, and a reader that has gone away is an error instead of the end.
void keep_standard_streams();

/// Prints a text. \return false where the stream did not take it
bool say_text(std::FILE* stream, std::string_view text) noexcept;

/// Formats and prints. \return false where the stream did not take it
template <class... Values>
bool say(std::FILE* stream, fmt::format_string<Values...> format, Values&&... values) {
  return say_text(stream, fmt::format(format, std::forward<Values>(values)...));
}

}  // namespace nbk::bench::system
