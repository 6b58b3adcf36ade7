// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace nbk::testing {

/// An MTZ file in memory, so that a test can make one wrong in one place. Its records are those that CCP4's description
/// of the format lists.
struct MtzBytes {
  std::vector<std::string> columns{"H H", "K H", "L H", "FP F", "SIGFP Q", "I(+) K", "I(-) K", "FREE I", "PHIC P"};
  std::vector<std::vector<float>> rows;  ///< as many numbers as columns
  std::string counts;                    ///< "NCOL" record's numbers; empty: those of columns and rows, no batches
  std::string cell = "30 40 50 90 90 90";
  std::vector<std::string> operations{"X, Y, Z", "-X, -Y, Z", "-X, Y, -Z", "X, -Y, -Z"};
  std::string group = "4 4 P 16 'P 2 2 2' PG222";  ///< numbers and names of the "SYMINF" record
  std::vector<std::string> further;                ///< records before the end
  bool big_endian = false;

  std::string bytes() const {
    std::string data;
    const auto add_word = [&](std::uint32_t word) {
      for (int i = 0; i < 4; ++i) data += static_cast<char>(word >> 8 * (big_endian ? 3 - i : i) & 0xff);
    };
    std::size_t numbers = 0;
    for (const auto& row : rows) numbers += row.size();
    data = "MTZ ";
    add_word(static_cast<std::uint32_t>(21 + numbers));
    data += big_endian ? std::string("\x11\x11\0\0", 4) : std::string("\x44\x41\0\0", 4);
    data.resize(80, '\0');
    for (const auto& row : rows) {
      for (const float value : row) add_word(std::bit_cast<std::uint32_t>(value));
    }
    const auto add_record = [&](std::string text) {
      text.resize(80, ' ');
      data += text;
    };
    add_record("VERS MTZ:V1.1");
    add_record("NCOL " +
               (counts.empty() ? std::to_string(columns.size()) + " " + std::to_string(rows.size()) + " 0" : counts));
    add_record("CELL " + cell);
    add_record("SYMINF " + group);
    for (const std::string& operation : operations) add_record("SYMM " + operation);
    for (const std::string& column : columns) add_record("COLUMN " + column + " 0 100 0");
    for (const std::string& record : further) add_record(record);
    add_record("END");
    add_record("MTZENDOFHEADERS");
    return data;
  }
};

}  // namespace nbk::testing
