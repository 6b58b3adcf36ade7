// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"

#include "nbk/core/format_number.hpp"

#include <cmath>
#include <cstdlib>

namespace nbk::bench::flags {

void Values::complain(std::size_t i, std::string_view kind, const std::string& taken) {
  m_messages.push_back({Severity::problem, std::string(m_flag) + " = " + m_words[i] + ": not " + std::string(kind) +
                                               ", taken as " + taken + " as the C program does"});
}

const std::string& Values::file(std::size_t i) const {
  require(!m_words[i].empty(), m_flag, "''", "must be the name of a file");
  return m_words[i];
}

double Values::number(std::size_t i) {
  const char* const word = m_words[i].c_str();
  char* end = nullptr;
  const double value = std::strtod(word, &end);
  if (!std::isfinite(value)) reject(m_flag, m_words[i], "must be a finite number");
  if (end == word || *end != '\0') {
    if (m_reading == Reading::whole) reject(m_flag, m_words[i], "must be a number");
    complain(i, "a number", format_g(value));
  }
  return value;
}

int Values::integer(std::size_t i) {
  const char* const word = m_words[i].c_str();
  char* end = nullptr;
  const long whole = std::strtol(word, &end, 10);
  // The C library's atoi keeps the low 32 bits of a long.
  const int value = static_cast<int>(whole);
  if (end == word || *end != '\0' || value != whole) {
    if (m_reading == Reading::whole) reject(m_flag, m_words[i], "must be an integer from -2147483648 to 2147483647");
    complain(i, end == word || *end != '\0' ? "an integer" : "an integer of 32 bits", std::to_string(value));
  }
  return value;
}

bool Flag::recognises(std::string_view word) const {
  for (const Pattern& pattern : patterns) {
    if (pattern.matches(word)) return true;
  }
  return false;
}

bool Flag::has_name(std::string_view word) const {
  for (std::string_view name : names) {
    if (name == word) return true;
  }
  return false;
}

namespace {

std::vector<Flag> make_table() {
  std::vector<Flag> table;
  for (auto&& part :
       {crystal_flags(), detector_flags(), beam_flags(), output_flags(), program_flags(), response_flags()}) {
    table.insert(table.end(), part.begin(), part.end());
  }
  for (Flag& flag : table) {
    if (!flag.patterns.empty()) continue;
    for (std::string_view name : flag.names) flag.patterns.push_back({name});
  }
  return table;
}

}  // namespace

const std::vector<Flag>& flag_table() {
  static const std::vector<Flag> table = make_table();
  return table;
}

}  // namespace nbk::bench::flags
