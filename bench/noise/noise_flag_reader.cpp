// SPDX-License-Identifier: MIT
#include "bench/noise/noise_flag_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace nbk::bench::noise {

namespace {

constexpr std::string_view default_input = "floatimage.bin";

const NoiseFlag* flag_named(std::string_view word) {
  const auto& table = noise_flag_table();
  const auto found = std::ranges::find_if(table, [&](const NoiseFlag& flag) { return flag.has_name(word); });
  return found == table.end() ? nullptr : &*found;
}

bool is_own(std::string_view word) { return word.starts_with("--"); }

bool is_number(const std::string& word) {
  char* end = nullptr;
  std::strtod(word.c_str(), &end);
  return end != word.c_str() && *end == '\0';
}

}  // namespace

NoiseFlagReader::NoiseFlagReader(std::span<const std::string> args, NoiseOptions& options) : m_options(options) {
  split(args);
  m_is_value.resize(m_args.size());
  m_is_flag.resize(m_args.size());
}

/// Makes two words of every "--flag=value".
void NoiseFlagReader::split(std::span<const std::string> args) {
  for (const std::string& word : args) {
    const std::size_t equals = is_own(word) ? word.find('=') : std::string::npos;
    const NoiseFlag* const flag = flag_named(std::string_view(word).substr(0, equals));
    const bool joined = equals != std::string::npos && flag != nullptr;
    if (joined && flag->values == 0) throw InvalidInput(word + ": " + word.substr(0, equals) + " takes no value");
    m_args.push_back(joined ? word.substr(0, equals) : word);
    m_is_own_value.push_back(false);
    if (!joined) continue;
    m_args.push_back(word.substr(equals + 1));
    m_is_own_value.push_back(true);
  }
}

void NoiseFlagReader::read() {
  // The policy decides how flags are read, so it must be known before them.
  for (std::size_t i = 0; i + 1 < m_args.size(); ++i) {
    if (m_args[i] == "--policy" && m_args[i + 1] == "corrected") m_options.policy = Policy::corrected;
  }
  for (std::size_t i = 0; i < m_args.size(); ++i) {
    if (m_is_own_value[i]) continue;
    if (m_args[i].find(default_input) != std::string::npos && !is_own(m_args[i])) {
      take_default_name(i);
    } else if (m_args[i].starts_with('-')) {
      read_word(i);
    }
  }
  note_strays();
}

/// A word with the default name in it is the input, even where it is meant as something else.
void NoiseFlagReader::take_default_name(std::size_t i) {
  const bool for_another =
      m_is_value[i] && m_args[i - 1] != "-floatfile" && m_args[i - 1] != "-floatimage" && m_args[i - 1] != "-bin";
  if (m_options.policy == Policy::corrected && m_is_value[i]) return;
  if (for_another) {
    problem(m_args[i] + ": also acts as -floatfile in noisify, because it contains " + std::string(default_input));
  }
  m_options.files.float_file = m_args[i];
  m_is_flag[i] = true;
  m_words["-floatfile"] = i;
}

void NoiseFlagReader::read_word(std::size_t i) {
  const std::string& word = m_args[i];
  const NoiseFlag* const documented = flag_named(word);
  if (is_own(word) && documented == nullptr) {
    throw InvalidInput(word.substr(0, word.find('=')) + ": unknown flag (--help lists all flags)");
  }
  const bool by_name = documented != nullptr && (is_own(word) || m_options.policy == Policy::corrected);
  for (const NoiseFlag& flag : noise_flag_table()) {
    if (!(by_name ? flag.has_name(word) : flag.recognises(word))) continue;
    const auto note = [&](std::string_view begin, std::string_view end) {
      problem(fmt::format("{}: {} {} {}, because it contains that name", word, begin, flag.names.front(), end));
    };
    if (documented == nullptr && !m_is_flag[i]) note("unknown flag, taken as", "as noisify does");
    if (documented != nullptr && !flag.has_name(word)) note("also acts as", "in noisify");
    m_is_flag[i] = true;
    use(flag, i);
  }
}

void NoiseFlagReader::use(const NoiseFlag& flag, std::size_t i) {
  const auto n = static_cast<std::size_t>(flag.values);
  const bool own = flag.group == NoiseGroup::program;
  if (m_args.size() - i - 1 < n) {
    if (own || flag.last_word_is_fatal) {
      throw InvalidInput(m_args[i] + ": needs a value (" + std::string(flag.unit) + ")");
    }
    problem(m_args[i] + ": ignored as noisify does, because a value must follow");
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
  flag.apply(m_options, values);
  m_words[flag.names.front()] = i;
}

void NoiseFlagReader::note_strays() {
  for (std::size_t i = 0; i < m_args.size(); ++i) {
    if (m_is_value[i] || m_is_flag[i]) continue;
    const std::string& word = m_args[i];
    problem(word +
            (word.starts_with('-') && !is_number(word) ? ": unknown flag, ignored" : ": belongs to no flag, ignored"));
  }
}

}  // namespace nbk::bench::noise
