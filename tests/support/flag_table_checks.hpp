// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace nbk::testing {

/// Checks that every row of a table of flags is complete, recognises its names, has them alone, and is in the help.
template <class Table>
void check_flag_table(const Table& table, const std::string& help) {
  std::set<std::string_view> seen;
  for (const auto& flag : table) {
    const std::string name(flag.names.front());
    INFO(name);
    CHECK(static_cast<bool>(flag.apply));
    CHECK(!flag.help.empty());
    CHECK((flag.values == 0) == flag.unit.empty());
    for (const std::string_view spelling : flag.names) {
      CHECK(flag.recognises(spelling));
      CHECK(seen.insert(spelling).second);
      CHECK(help.find(spelling) != std::string::npos);
    }
  }
}

/// Checks that whatever value of any flag is refused, the message has the flag as it was typed.
/// \param base  line in front of the flag \param error_of  takes a line, gives its error; empty: none
template <class Table, class ErrorOf>
void check_refusals(const Table& table, const std::string& base, std::size_t least, const ErrorOf& error_of) {
  std::size_t refusals = 0;
  for (const auto& flag : table) {
    if (flag.values == 0 || flag.unit == "file") continue;
    for (const std::string value : {"nan", "inf", "-1e300", "1e300", "-1", "0", "1e-300", "400", "1e12", "word",
                                    "2147483647", "-2147483648", "99999999999"}) {
      const std::string name(flag.names.front());
      std::string line = base + name;
      for (int i = 0; i < flag.values; ++i) line += " " + value;
      const std::string text = error_of(line);
      if (text.empty()) continue;
      INFO(line << ": " << text);
      CHECK((text.find(name + " ") != std::string::npos || text.find(name + ":") != std::string::npos));
      CHECK(text.find("0000001") == std::string::npos);  // digits that nobody typed
      ++refusals;
    }
  }
  CHECK(refusals >= least);
}

}  // namespace nbk::testing
