// SPDX-License-Identifier: MIT
#include "bench/background/background_flag_reader.hpp"

namespace nbk::bench::background {

BackgroundFlagReader::BackgroundFlagReader(std::span<const std::string> args)
    : DropInReader(args, background_flag_table(), {"nonBragg", "a word", flags::CorrectedWords::documented_only}) {}

std::string BackgroundFlagReader::image() const {
  std::string name;
  for (std::size_t i = 0; i + 1 < m_args.size(); ++i) {
    const bool recognised =
        policy() == Policy::compat ? m_args[i].find("-img") != std::string::npos : m_args[i] == "-img";
    if (m_args[i].starts_with('-') && !flags::is_own_word(m_args[i]) && recognised) name = m_args[i + 1];
  }
  return name;
}

/// Whole lines of nanoBragg may be passed on; nonBragg ignores the flags that it does not have, and so their values.
void BackgroundFlagReader::look_at_untaken(std::size_t i) {
  const flags::Flag* const flag = flags::flag_named(flags::flag_table(), m_args[i]);
  if (flag == nullptr || m_is_value[i]) return;
  m_is_flag[i] = true;
  add(flags::Severity::note, m_args[i] + ": a flag of nanoBragg that nonBragg does not have, ignored");
  for (std::size_t j = i + 1; j < m_args.size() && j <= i + static_cast<std::size_t>(flag->values); ++j) {
    if (m_args[j].starts_with('-') && !flags::is_number(m_args[j])) return;
    m_is_value[j] = true;
  }
}

}  // namespace nbk::bench::background
