// SPDX-License-Identifier: MIT
#include "bench/flags/flag_reader.hpp"

#include "nbk/core/nearest_names.hpp"

#include <algorithm>

namespace nbk::bench::flags {

namespace {

bool is_documented(std::string_view word) { return flag_named(flag_table(), word) != nullptr; }

[[noreturn]] void refuse_unknown(const std::string& word) {
  const std::string_view name = std::string_view(word).substr(0, word.find('='));
  const std::string_view nearest = nearest_name(name);
  throw InvalidInput(word + ": unknown flag" +
                     (nearest.empty() ? std::string() : "; did you mean " + std::string(nearest) + "?") +
                     " (--help lists all flags)");
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// Returns true when the name without its sign is a whole part of a word ("-detector_twotheta" has "twotheta").
bool is_part(std::string_view name, std::string_view word) {
  constexpr std::size_t shortest = 5;
  name.remove_prefix(name.find_first_not_of('-'));
  return name.size() >= shortest &&
         (word.ends_with("_" + std::string(name)) || word.ends_with("-" + std::string(name)));
}

}  // namespace

std::string_view nearest_name(std::string_view word) {
  for (std::string_view asked : {"-h", "-?", "-help", "/?"}) {
    if (word == asked) return "--help";
  }
  std::string_view nearest, continued;
  for (const Flag& flag : flag_table()) {
    for (std::string_view name : flag.names) {
      if (equal_but_for_case(word, name)) return name;
      if (is_part(name, word) && name.size() > nearest.size()) nearest = name;
    }
  }
  if (!nearest.empty() || word.size() < 3) return nearest;
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
  m_is_own_value.assign(m_args.size(), false);
  m_is_flag.assign(m_args.size(), false);
  for (std::size_t i = 0; i < m_args.size(); ++i) {
    if (m_args[i].starts_with('-') && !m_is_own_value[i]) read_word(i);
  }
  note_strays();
}

void FlagReader::read_word(std::size_t i) {
  const std::string& word = m_args[i];
  const bool documented = is_documented(word);
  if (is_own_word(word) && !documented) refuse_unknown(word);
  // nbk's own flags are not for the C program's eyes, and `corrected` takes a documented name for what it says.
  const bool by_name = documented && (is_own_word(word) || m_draft.experiment.policy == Policy::corrected);
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
  // A trap's values were meant for another flag, which has already looked at them.
  std::vector<Message> unheard;
  const auto words = values_of(flag, i, static_cast<std::size_t>(*count));
  const Reading reading = flag.group == Group::program ? Reading::whole : Reading::tolerant;
  Values values(m_args[i], words, trap ? unheard : m_messages, reading);
  flag.apply(m_draft, values);
  m_last[&flag] = {i, trap};
  std::string typed = m_args[i];
  for (const std::string& word : words) typed += " " + word;
  m_typed.push_back({flag.names.front(), flag.sets, flag.unit, std::move(typed)});
  if (!flag.remark.empty()) m_messages.push_back({Severity::note, m_args[i] + ": " + std::string(flag.remark)});
}

/// Marks the values of a flag. A flag of nbk's own among them means that a value was forgotten; so does any flag among
/// the values of nbk's own, unless an equals sign says otherwise.
std::span<const std::string> FlagReader::values_of(const Flag& flag, std::size_t i, std::size_t n) {
  const bool own = flag.group == Group::program;
  for (std::size_t j = i + 1; j <= i + n; ++j) {
    const std::string& word = m_args[j];
    if (!m_joined[j] && is_documented(word) && (own || is_own_word(word))) {
      throw InvalidInput(m_args[i] + ": needs a value (" + std::string(flag.unit) + "), but " + word +
                         " after it is a flag" +
                         (own ? "; write " + m_args[i] + "=" + word + " if that is meant" : ""));
    }
    m_is_value[j] = true;
    if (own) m_is_own_value[j] = true;
  }
  return m_args.subspan(i + 1, n);
}

void FlagReader::note_strays() {
  for (std::size_t i = 0; i < m_args.size(); ++i) {
    if (m_is_value[i] || m_is_flag[i]) continue;
    const std::string& word = m_args[i];
    if (!word.starts_with('-') || is_number(word)) {
      problem((word.empty() ? "''" : word) + ": belongs to no flag, ignored");
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
