// SPDX-License-Identifier: MIT
#include "bench/flags/flag_reader.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace nbk::bench::flags {

namespace {

bool is_documented(std::string_view word) {
  return std::ranges::any_of(flag_table(), [&](const Flag& flag) { return flag.has_name(word); });
}

bool is_number(const std::string& word) {
  char* end = nullptr;
  std::strtod(word.c_str(), &end);
  return end != word.c_str() && *end == '\0';
}

/// Levenshtein's distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest_name(std::string_view word) {
  std::string_view nearest, continued;
  std::size_t least = std::max<std::size_t>(word.size() / 3, 1) + 1;
  for (const Flag& flag : flag_table()) {
    for (std::string_view name : flag.names) {
      const std::size_t distance = edit_distance(word, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
      if (word.size() > 3 && name.starts_with(word) && continued.empty()) continued = name;
    }
  }
  return nearest.empty() ? continued : nearest;
}

void FlagReader::read() {
  m_is_value.assign(m_args.size(), false);
  m_is_flag.assign(m_args.size(), false);
  for (std::size_t i = 0; i < m_args.size(); ++i) {
    if (m_args[i].starts_with('-')) read_word(i);
  }
  note_strays();
}

void FlagReader::read_word(std::size_t i) {
  const std::string& word = m_args[i];
  const bool documented = is_documented(word);
  // nbk's own flags are not for the C program's eyes, and `corrected` takes a documented name for what it says.
  const bool by_name = documented && (word.starts_with("--") || m_draft.experiment.policy == Policy::corrected);
  m_draft.stop = false;
  for (const Flag& flag : flag_table()) {
    if (m_draft.stop) break;
    if (!(by_name ? flag.has_name(word) : flag.recognises(word))) continue;
    if (!documented && !m_is_flag[i]) {
      problem(word + ": unknown flag, taken as " + std::string(flag.names.front()) +
              " as the C program does, because it contains that name");
    }
    m_is_flag[i] = true;
    use(flag, i);
    if (flag.ends_word) break;
  }
}

void FlagReader::use(const Flag& flag, std::size_t i) {
  const auto rest = m_args.subspan(i + 1);
  const std::optional<int> count = flag.count                                             ? flag.count(rest)
                                   : rest.size() >= static_cast<std::size_t>(flag.values) ? std::optional(flag.values)
                                                                                          : std::nullopt;
  const bool trap = !flag.has_name(m_args[i]) && is_documented(m_args[i]);
  if (!count) {
    if (trap) return;
    if (flag.last_word_is_fatal || flag.group == Group::program) {
      throw InvalidInput(m_args[i] + ": needs a value (" + std::string(flag.unit) + ")");
    }
    const std::string needed = flag.values > 0 ? std::to_string(flag.values) + " value(s)" : "another word";
    problem(m_args[i] + ": ignored as the C program does, because " + needed + " must follow");
    return;
  }
  const auto n = static_cast<std::size_t>(*count);
  for (std::size_t j = 0; j < n; ++j) m_is_value[i + 1 + j] = true;
  // A trap's values were meant for another flag, which has already looked at them.
  std::vector<Message> unheard;
  Values values(m_args[i], rest.first(n), trap ? unheard : m_messages);
  flag.apply(m_draft, values);
  m_last[&flag] = {i, trap};
  if (!flag.remark.empty()) m_messages.push_back({Severity::note, m_args[i] + ": " + std::string(flag.remark)});
}

void FlagReader::note_strays() {
  for (std::size_t i = 0; i < m_args.size(); ++i) {
    if (m_is_value[i] || m_is_flag[i]) continue;
    const std::string& word = m_args[i];
    if (!word.starts_with('-') || is_number(word)) {
      problem(word + ": belongs to no flag, ignored");
      continue;
    }
    const std::string_view nearest = nearest_name(word);
    problem(word + ": unknown flag, ignored" +
            (nearest.empty() ? std::string() : "; did you mean " + std::string(nearest) + "?"));
  }
}

std::vector<Message> FlagReader::messages() const {
  std::vector<Message> all = m_messages;
  for (const Flag& flag : flag_table()) {
    const auto last = m_last.find(&flag);
    if (last == m_last.end() || !last->second.trap) continue;
    all.push_back({Severity::problem, m_args[last->second.word] + ": also acts as " + std::string(flag.names.front()) +
                                          " in the C program, because it contains that name" +
                                          (flag.trap.empty() ? "" : ": " + std::string(flag.trap))});
  }
  return all;
}

int FlagReader::position(std::string_view name) const {
  for (const auto& [flag, last] : m_last) {
    if (flag->names.front() == name) return static_cast<int>(last.word);
  }
  return -1;
}

bool FlagReader::given(std::string_view name) const { return position(name) >= 0; }

}  // namespace nbk::bench::flags
