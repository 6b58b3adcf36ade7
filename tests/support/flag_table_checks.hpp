// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

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

}  // namespace nbk::testing
