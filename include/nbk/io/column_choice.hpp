// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace nbk::io {

/// Content of a column of a reflection file. Plus and minus are values of h and of its Friedel mate -h.
enum class ColumnKind {
  amplitude,
  amplitude_plus,
  amplitude_minus,
  intensity,
  intensity_plus,
  intensity_minus,
  phase,
  other
};

/// One column of a reflection file.
struct FileColumn {
  std::string label;                    ///< name in the file
  ColumnKind kind = ColumnKind::other;  ///< its content
};

/// Columns that are read.
struct ChosenColumns {
  std::size_t value = 0;               ///< place of the amplitudes or intensities; of those of h where there are mates
  std::optional<std::size_t> minus{};  ///< place of those of -h
  std::optional<std::size_t> phase{};  ///< place of the phases
  bool intensities = false;            ///< true: F is the square root of the value
  std::string labels{};                ///< for a person: "F(+), F(-)"
  std::string others{};                ///< further columns that could have been chosen; empty: none, or it was the user
};

namespace detail {

inline bool is_intensity(ColumnKind kind) {
  return kind == ColumnKind::intensity || kind == ColumnKind::intensity_plus || kind == ColumnKind::intensity_minus;
}

inline bool is_value(ColumnKind kind) { return kind != ColumnKind::phase && kind != ColumnKind::other; }

/// Labels of the columns of which `wanted` is true, "FP, FC"; "none" where there are none.
template <class Predicate>
std::string labels_of(std::span<const FileColumn> columns, Predicate wanted) {
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (wanted(i)) text += (text.empty() ? "" : ", ") + columns[i].label;
  }
  return text.empty() ? "none" : text;
}

inline std::optional<std::size_t> first_of(std::span<const FileColumn> columns, ColumnKind kind) {
  const auto found = std::ranges::find(columns, kind, &FileColumn::kind);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

/// The columns that are read where the user names none: the first amplitude, else the first pair of amplitudes of h and
/// -h, else an intensity, else a pair of intensities.
inline std::optional<ChosenColumns> default_columns(std::span<const FileColumn> columns) {
  using enum ColumnKind;
  for (const auto& [single, plus, minus] : {std::tuple(amplitude, amplitude_plus, amplitude_minus),
                                            std::tuple(intensity, intensity_plus, intensity_minus)}) {
    if (const auto value = first_of(columns, single)) return ChosenColumns{.value = *value};
    const auto value = first_of(columns, plus), mate = first_of(columns, minus);
    if (value && mate) return ChosenColumns{.value = *value, .minus = mate};
  }
  return std::nullopt;
}

/// The columns that the user names: a value, perhaps that of the Friedel mate, perhaps a phase.
inline ChosenColumns named_columns(std::span<const FileColumn> columns, std::span<const std::string> labels,
                                   const std::string& name) {
  ChosenColumns chosen;
  bool has_value = false;
  for (const std::string& label : labels) {
    const auto found = std::ranges::find(columns, label, &FileColumn::label);
    if (found == columns.end()) {
      fail(name, "has no column '" + label + "'; it has " + labels_of(columns, [](std::size_t) { return true; }));
    }
    const auto place = static_cast<std::size_t>(found - columns.begin());
    using enum ColumnKind;
    const bool is_mate = found->kind == amplitude_minus || found->kind == intensity_minus;
    if (found->kind == phase && !chosen.phase) {
      chosen.phase = place;
    } else if (is_mate && has_value && !chosen.minus &&
               is_intensity(columns[chosen.value].kind) == is_intensity(found->kind)) {
      chosen.minus = place;
    } else if (is_value(found->kind) && !has_value) {
      chosen.value = place;
      has_value = true;
    } else {
      fail(name, "column '" + label +
                     "' cannot be used; expected one of amplitudes or intensities, then perhaps that of the Friedel "
                     "mates, then perhaps one of phases; these are amplitudes or intensities: " +
                     labels_of(columns, [&](std::size_t i) { return is_value(columns[i].kind); }));
    }
  }
  if (!has_value) {
    fail(name, "column '" + labels.front() + "' has phases; name one of amplitudes or intensities before it: " +
                   labels_of(columns, [&](std::size_t i) { return is_value(columns[i].kind); }));
  }
  return chosen;
}

}  // namespace detail

/// Chooses the columns of a reflection file.
/// \param labels  those that the user names: a value, or the values of h and -h, and perhaps a phase; none: the first
/// amplitudes, else the first intensities
/// \param name  the file's name for messages
/// \throws FileError  a label that is not there or cannot be used, or no amplitudes and no intensities
inline ChosenColumns choose_columns(std::span<const FileColumn> columns, std::span<const std::string> labels,
                                    const std::string& name) {
  ChosenColumns chosen;
  if (!labels.empty()) {
    chosen = detail::named_columns(columns, labels, name);
  } else {
    const auto found = detail::default_columns(columns);
    if (!found) {
      fail(name, "has no column of amplitudes or intensities; it has " + detail::labels_of(columns, [](std::size_t) {
                   return true;
                 }) + "; give a file with structure factors");
    }
    chosen = *found;
    chosen.others = detail::labels_of(columns, [&](std::size_t i) {
      return i != chosen.value && i != chosen.minus && detail::is_value(columns[i].kind);
    });
    if (chosen.others == "none") chosen.others.clear();
  }
  chosen.intensities = detail::is_intensity(columns[chosen.value].kind);
  chosen.labels = columns[chosen.value].label;
  for (const auto& further : {chosen.minus, chosen.phase}) {
    if (further) chosen.labels += ", " + columns[*further].label;
  }
  return chosen;
}

}  // namespace nbk::io
