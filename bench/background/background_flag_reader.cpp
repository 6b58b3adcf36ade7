// SPDX-License-Identifier: MIT
#include "bench/background/background_flag_reader.hpp"

#include <algorithm>
#include <cstdlib>

namespace nbk::bench::background {

namespace {

template <class Table>
auto flag_named(const Table& table, std::string_view word) {
  const auto found = std::ranges::find_if(table, [&](const auto& flag) { return flag.has_name(word); });
  return found == table.end() ? nullptr : &*found;
}

bool is_own(std::string_view word) { return word.starts_with("--"); }

bool is_number(const std::string& word) {
  char* end = nullptr;
  std::strtod(word.c_str(), &end);
  return end != word.c_str() && *end == '\0';
}

}  // namespace

BackgroundFlagReader::BackgroundFlagReader(std::span<const std::string> args) {
  split(args);
  m_is_value.resize(m_args.size());
  m_is_flag.resize(m_args.size());
  // The policy decides how flags are read, so it must be known before them.
  for (std::size_t i = 0; i + 1 < m_args.size(); ++i) {
    if (m_args[i] == "--policy" && m_args[i + 1] == "corrected") m_policy = Policy::corrected;
  }
}

/// Makes two words of every "--flag=value".
void BackgroundFlagReader::split(std::span<const std::string> args) {
  for (const std::string& word : args) {
    const std::size_t equals = is_own(word) ? word.find('=') : std::string::npos;
    const BackgroundFlag* const flag = flag_named(background_flag_table(), std::string_view(word).substr(0, equals));
    const bool joined = equals != std::string::npos && flag != nullptr;
    if (joined && flag->values == 0) throw InvalidInput(word + ": " + word.substr(0, equals) + " takes no value");
    m_args.push_back(joined ? word.substr(0, equals) : word);
    m_is_own_value.push_back(false);
    if (!joined) continue;
    m_args.push_back(word.substr(equals + 1));
    m_is_own_value.push_back(true);
  }
}

std::string BackgroundFlagReader::image() const {
  std::string name;
  for (std::size_t i = 0; i + 1 < m_args.size(); ++i) {
    const bool recognised =
        m_policy == Policy::compat ? m_args[i].find("-img") != std::string::npos : m_args[i] == "-img";
    if (m_args[i].starts_with('-') && !is_own(m_args[i]) && recognised) name = m_args[i + 1];
  }
  return name;
}

void BackgroundFlagReader::read(BackgroundOptions& options) {
  for (std::size_t i = 0; i < m_args.size(); ++i) {
    if (!m_is_own_value[i] && m_args[i].starts_with('-')) read_word(options, i);
  }
  note_strays();
}

void BackgroundFlagReader::read_word(BackgroundOptions& options, std::size_t i) {
  const std::string& word = m_args[i];
  const BackgroundFlag* const documented = flag_named(background_flag_table(), word);
  if (is_own(word) && documented == nullptr) {
    throw InvalidInput(word.substr(0, word.find('=')) + ": unknown flag (--help lists all flags)");
  }
  const bool by_name = is_own(word) || m_policy == Policy::corrected;
  for (const BackgroundFlag& flag : background_flag_table()) {
    if (!(by_name ? flag.has_name(word) : flag.recognises(word))) continue;
    const std::string name(flag.names.front());
    if (documented == nullptr && !m_is_flag[i]) {
      problem(word + ": unknown flag, taken as " + name + " as nonBragg does, because it contains that name");
    }
    if (documented != nullptr && !flag.has_name(word)) {
      problem(word + ": also acts as " + name + " in nonBragg, because it contains that name");
    }
    m_is_flag[i] = true;
    use(options, flag, i);
  }
  if (!m_is_flag[i]) skip_flag_of_nanobragg(i);
}

/// Whole lines of nanoBragg may be passed on; nonBragg ignores the flags that it does not have, and so their values.
void BackgroundFlagReader::skip_flag_of_nanobragg(std::size_t i) {
  const flags::Flag* const flag = flag_named(flags::flag_table(), m_args[i]);
  if (flag == nullptr || m_is_value[i]) return;
  m_is_flag[i] = true;
  m_messages.push_back(
      {flags::Severity::note, m_args[i] + ": a flag of nanoBragg that nonBragg does not have, ignored"});
  for (std::size_t j = i + 1; j < m_args.size() && j <= i + static_cast<std::size_t>(flag->values); ++j) {
    if (m_args[j].starts_with('-') && !is_number(m_args[j])) return;
    m_is_value[j] = true;
  }
}

void BackgroundFlagReader::use(BackgroundOptions& options, const BackgroundFlag& flag, std::size_t i) {
  const auto n = static_cast<std::size_t>(flag.values);
  const bool own = flag.group == BackgroundGroup::program;
  const std::size_t following = m_args.size() - i - 1;
  if (following < n || (flag.not_last && following == 0)) {
    if (own) throw InvalidInput(m_args[i] + ": needs a value (" + std::string(flag.unit) + ")");
    problem(m_args[i] + ": ignored as nonBragg does, because a word must follow");
    return;
  }
  for (std::size_t j = i + 1; j <= i + n; ++j) {
    const bool is_flag = m_args[j].starts_with('-') && !is_number(m_args[j]) && !m_is_own_value[j];
    if (is_flag && own) throw InvalidInput(m_args[i] + ": needs a value (" + std::string(flag.unit) + ")");
    if (is_flag) problem(m_args[i] + ": takes " + m_args[j] + " as its value, which acts as a flag as well");
    m_is_value[j] = true;
    if (own) m_is_own_value[j] = true;
  }
  flags::Values values(m_args[i], std::span<const std::string>(m_args).subspan(i + 1, n), m_messages,
                       own ? flags::Reading::whole : flags::Reading::tolerant);
  flag.apply(options, values);
  m_words[flag.names.front()] = i;
}

void BackgroundFlagReader::note_strays() {
  for (std::size_t i = 0; i < m_args.size(); ++i) {
    if (m_is_value[i] || m_is_flag[i]) continue;
    const std::string& word = m_args[i];
    problem(word +
            (word.starts_with('-') && !is_number(word) ? ": unknown flag, ignored" : ": belongs to no flag, ignored"));
  }
}

}  // namespace nbk::bench::background
