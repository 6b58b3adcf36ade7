// SPDX-License-Identifier: MIT
#include "bench/background/form_factor_file.hpp"

#include "bench/background/text_columns.hpp"
#include "nbk/io/form_factor_table.hpp"
#include "nbk/scene/validate_material.hpp"

#include <algorithm>

namespace nbk::bench::background {

namespace {

/// Adds the points at the ends, so that a look-up needs no test.
FormFactorTable padded(const std::vector<double>& stol_per_m, const std::vector<double>& amplitude, double low,
                       double high) {
  FormFactorTable table;
  table.stol_per_m = {-1e99, -1e98};
  table.amplitude = {low, low};
  table.stol_per_m.insert(table.stol_per_m.end(), stol_per_m.begin(), stol_per_m.end());
  table.amplitude.insert(table.amplitude.end(), amplitude.begin(), amplitude.end());
  table.stol_per_m.insert(table.stol_per_m.end(), {1e98, 1e99});
  table.amplitude.insert(table.amplitude.end(), {high, high});
  return table;
}

FormFactorTable read_as_c(const BackgroundOptions& options, std::vector<std::string>& problems) {
  const std::string& name = options.files.form_factor;
  const TextColumns text = read_columns(name, 2);
  problems.insert(problems.end(), text.odd.begin(), text.odd.end());
  if (text.lines.empty()) throw FileError(name + ": has no line with a point");
  std::vector<double> stol_per_m, amplitude;
  std::optional<double> low, high;
  std::size_t missing = 0;
  for (const auto& columns : text.lines) {
    stol_per_m.push_back(*columns[0] * options.stol_unit_per_m);
    amplitude.push_back(columns[1].value_or(0.0));
    missing += !columns[1];
    if (!columns[1]) continue;
    if (!low) low = columns[1];
    high = columns[1];
  }
  if (missing > 0) problems.push_back(name + ": lines without F = " + std::to_string(missing) + ", taken as F = 0");
  return padded(stol_per_m, amplitude, low.value_or(0.0), high.value_or(0.0));
}

FormFactorTable read_checked(const BackgroundOptions& options) {
  std::vector<double> stol_per_m, amplitude;
  const std::string& name = options.files.form_factor;
  const auto points = io::read_form_factor(name, options.stol_unit_per_m / 1e10);
  scene::validate_form_factor(points, name + ": points", options.policy);
  for (const FormFactorPoint& point : points) {
    stol_per_m.push_back(point.stol_per_A * 1e10);
    amplitude.push_back(point.amplitude);
  }
  return padded(stol_per_m, amplitude, amplitude.front(), amplitude.back());
}

/// Complains of angles that do not ascend.
void check_order(const std::string& name, FormFactorTable& table, std::vector<std::string>& problems) {
  std::size_t equal = 0, descending = 0;
  for (std::size_t i = 3; i + 2 < table.stol_per_m.size(); ++i) {
    equal += table.stol_per_m[i] == table.stol_per_m[i - 1];
    descending += !(table.stol_per_m[i] >= table.stol_per_m[i - 1]);
  }
  table.ascending = equal + descending == 0;
  if (equal > 0) {
    problems.push_back(name + ": points with the angle of the point before = " + std::to_string(equal) +
                       "; pixels close to it are NaN (lines that begin with # are points at 0)");
  }
  if (descending > 0) {
    problems.push_back(name + ": points with a smaller angle than the point before = " + std::to_string(descending) +
                       "; a pixel near them depends on the pixel before it, as in nonBragg");
  }
}

}  // namespace

FormFactorTable read_form_factors(const BackgroundOptions& options, std::vector<std::string>& problems) {
  FormFactorTable table = options.policy == Policy::compat ? read_as_c(options, problems) : read_checked(options);
  check_order(options.files.form_factor, table, problems);
  return table;
}

double FormFactorCursor::at(double stol_per_m) {
  const std::vector<double>& s = m_table->stol_per_m;
  while (m_place + 1 < s.size() && stol_per_m > s[m_place]) ++m_place;
  while (stol_per_m < s[m_place] && m_place >= 2) --m_place;
  const std::size_t first = std::clamp<std::size_t>(m_place, 1, s.size() - 3) - 1;
  const double* const xa = s.data() + first;
  const double* const ya = m_table->amplitude.data() + first;
  const double x = stol_per_m;
  // The order of the operations is that of nonBragg.
  const double x0 =
      (x - xa[1]) * (x - xa[2]) * (x - xa[3]) * ya[0] / ((xa[0] - xa[1]) * (xa[0] - xa[2]) * (xa[0] - xa[3]));
  const double x1 =
      (x - xa[0]) * (x - xa[2]) * (x - xa[3]) * ya[1] / ((xa[1] - xa[0]) * (xa[1] - xa[2]) * (xa[1] - xa[3]));
  const double x2 =
      (x - xa[0]) * (x - xa[1]) * (x - xa[3]) * ya[2] / ((xa[2] - xa[0]) * (xa[2] - xa[1]) * (xa[2] - xa[3]));
  const double x3 =
      (x - xa[0]) * (x - xa[1]) * (x - xa[2]) * ya[3] / ((xa[3] - xa[0]) * (xa[3] - xa[1]) * (xa[3] - xa[2]));
  return x0 + x1 + x2 + x3;
}

}  // namespace nbk::bench::background
