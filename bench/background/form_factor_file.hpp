// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_options.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nbk::bench::background {

/// A table of form factors with two more points at either end, as nonBragg keeps it.
struct FormFactorTable {
  std::vector<double> stol_per_m;
  std::vector<double> amplitude;  ///< electrons
  bool ascending = true;          ///< false: a value depends on the one that was looked up before

  std::size_t points() const { return stol_per_m.size() - 4; }
  double first_per_m() const { return stol_per_m[2]; }
  double last_per_m() const { return stol_per_m[stol_per_m.size() - 3]; }
};

/// Reads the table of a run. By Policy::compat every line is a point, as in nonBragg, also one of words or with a '#';
/// Policy::corrected refuses those, and sorts the points.
/// \param problems  what may not be meant is added here
/// \throws FileError  no points; for Policy::corrected also a line that is no point, and equal angles
FormFactorTable read_form_factors(const BackgroundOptions& options, std::vector<std::string>& problems);

/// A place in a table, from which the next look-up starts.
class FormFactorCursor {
 public:
  explicit FormFactorCursor(const FormFactorTable& table) : m_table(&table) {}

  /// Returns F by the cubic through the two points on either side.
  double at(double stol_per_m);

  /// Returns the number of the point below the last angle that was looked up, counted with the two in front.
  std::size_t place() const { return m_place; }

 private:
  const FormFactorTable* m_table;
  std::size_t m_place = 0;
};

}  // namespace nbk::bench::background
