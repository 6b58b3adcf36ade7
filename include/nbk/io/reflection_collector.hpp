// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/io/column_choice.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/merged_reflections.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>

namespace nbk::io {

/// One row of a reflection file. NaN stands for a value that is not there.
struct ReflectionRow {
  static constexpr double missing = std::numeric_limits<double>::quiet_NaN();  ///< value that is not there

  Miller index{};              ///< h, k, l
  double value = missing;      ///< F or I, of h where there are mates
  double minus = missing;      ///< that of -h
  double phase_deg = missing;  ///< of h
};

/// Makes a list of amplitudes of the rows of a file. A value that is not there makes no reflection; a negative
/// intensity is taken as 0, as no amplitude belongs to it.
class ReflectionCollector {
 public:
  /// \param columns  columns of the file that the rows come from
  explicit ReflectionCollector(ChosenColumns columns) : m_columns(std::move(columns)) {}

  /// Adds a row.
  void add(const ReflectionRow& row) {
    ++m_rows;
    bool any = add(row.index, row.value, row.phase_deg);
    if (m_columns.minus && row.index != Miller{}) {
      const Miller mate{-row.index[0], -row.index[1], -row.index[2]};
      any |= add(mate, row.minus, -row.phase_deg);
    }
    if (!any) ++m_missing;
  }

  /// Moves reflections, and notes about them, into a list.
  /// \param kind  of the file, "MTZ" \param name  of the file, for messages \throws FileError  there are none
  void finish(MergedReflections& list, const std::string& kind, const std::string& name) {
    if (m_reflections.empty()) {
      fail(name, (m_rows == 0 ? "has no reflections in its list"
                              : "has no value in column " + m_columns.labels + " of its " + std::to_string(m_rows) +
                                    " reflections") +
                     std::string("; give a file with structure factors"));
    }
    list.reflections = std::move(m_reflections);
    list.phase_rad = std::move(m_phase_rad);
    list.columns = m_columns.labels;
    std::string note = kind + ", column" + (m_columns.minus || m_columns.phase ? "s " : " ") + m_columns.labels;
    if (m_columns.intensities) note += ", F is the root of the intensity";
    if (!m_columns.others.empty()) note += " (--columns chooses others: " + m_columns.others + ")";
    list.notes.push_back(note);
    if (m_missing > 0) {
      list.notes.push_back(std::to_string(m_missing) + " of " + std::to_string(m_rows) +
                           " rows have no value; these reflections keep the default F");
    }
    if (m_negative > 0) list.notes.push_back(std::to_string(m_negative) + " negative values are taken as 0");
  }

 private:
  bool add(const Miller& index, double value, double phase_deg) {
    if (!std::isfinite(value)) return false;
    if (value < 0) {
      ++m_negative;
      value = 0;
    }
    m_reflections.push_back({index[0], index[1], index[2], m_columns.intensities ? std::sqrt(value) : value});
    if (m_columns.phase) {
      m_phase_rad.push_back(std::isfinite(phase_deg) ? phase_deg * constants::degree_rad : 0.0);
    }
    return true;
  }

  ChosenColumns m_columns;
  std::vector<Reflection> m_reflections;
  std::vector<double> m_phase_rad;
  std::size_t m_rows = 0, m_missing = 0, m_negative = 0;
};

}  // namespace nbk::io
