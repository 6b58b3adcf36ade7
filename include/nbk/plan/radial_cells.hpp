// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/material_scattering.hpp"
#include "nbk/physics/radial_table.hpp"
#include "nbk/plan/form_factor_curve.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nbk::plan {

/// Scattering of all materials of a scene together, molecules times F^2, as a function of sin(theta) / lambda. There is
/// one such function whatever the number of materials, as they share geometry, solid angle and polarisation.
class MaterialSum {
 public:
  MaterialSum(const std::vector<SceneMaterial>& materials, Policy policy) {
    for (const SceneMaterial& material : materials) {
      m_parts.push_back({FormFactorCurve(material.material.form_factor, policy), material.molecules});
      for (const FormFactorPoint& point : material.material.form_factor) m_nodes.push_back(point.stol_per_A);
    }
    std::sort(m_nodes.begin(), m_nodes.end());
    // Points of two materials at one angle differ by rounding.
    const auto same = [](double s, double next) { return next - s <= 1e-9; };
    m_nodes.erase(std::unique(m_nodes.begin(), m_nodes.end(), same), m_nodes.end());
  }

  /// Returns the points of all materials, ascending: the function may have a kink there and nowhere else.
  const std::vector<double>& nodes() const { return m_nodes; }

  /// Returns the function by the polynomials that hold at `near_per_A`.
  double value(double near_per_A, double stol_per_A) const {
    double sum = 0;
    for (const Part& part : m_parts)
      sum += part.molecules *
             physics::signed_square(part.curve.in_interval(part.curve.interval_of(near_per_A), stol_per_A));
    return sum;
  }

 private:
  struct Part {
    FormFactorCurve curve;
    double molecules;
  };

  std::vector<Part> m_parts;
  std::vector<double> m_nodes;
};

/// The cells of a RadialTable.
struct RadialCells {
  std::vector<double> coefficients;  ///< see RadialTable
  std::vector<double> kinks;         ///< see RadialTable; empty: none
  double cells_A = 0;                ///< see RadialTable
  int count = 0;                     ///< of cells
};

/// Cells of a table, at most.
inline constexpr int most_radial_cells = 1 << 16;

namespace detail {

/// The cubic through four points of a cell: those at 0, 1/3, 2/3 and 1.
template <class Function>
std::array<double, 4> cubic_of_cell(const Function& at) {
  const double f0 = at(0.0), f1 = at(1.0 / 3), f2 = at(2.0 / 3), f3 = at(1.0);
  return {f0, -5.5 * f0 + 9 * f1 - 4.5 * f2 + f3, 9 * f0 - 22.5 * f1 + 18 * f2 - 4.5 * f3,
          -4.5 * f0 + 13.5 * f1 - 13.5 * f2 + 4.5 * f3};
}

/// Returns true if every node lies on the border of two cells, up to rounding.
inline bool are_on_borders(const std::vector<double>& nodes, double cells_A) {
  return std::all_of(nodes.begin(), nodes.end(), [&](double node) {
    return std::fabs(node * cells_A - std::nearbyint(node * cells_A)) <= 1e-7 * std::max(1.0, node * cells_A * 1e-5);
  });
}

/// The error of the cells half-way between the points that they go through, as a share of the largest value.
inline double relative_error(const MaterialSum& sum, const RadialCells& cells) {
  double error = 0, peak = 0;
  for (int cell = 0; cell < cells.count; ++cell) {
    const double* const c = cells.coefficients.data() + static_cast<std::ptrdiff_t>(4) * cell;
    const double middle = (cell + 0.5) / cells.cells_A;
    for (const double within : {1.0 / 6, 0.5, 5.0 / 6}) {
      const double wanted = sum.value(middle, (cell + within) / cells.cells_A);
      const double found = ((c[3] * within + c[2]) * within + c[1]) * within + c[0];
      error = std::max(error, std::fabs(found - wanted));
      peak = std::max(peak, std::fabs(wanted));
    }
  }
  return peak > 0 ? error / peak : 0;
}

/// The distance of the closest nodes, and of the first from 0.
inline double closest_nodes_per_A(const std::vector<double>& nodes, double most_per_A) {
  double closest = most_per_A;
  for (std::size_t i = 1; i < nodes.size() && nodes[i - 1] < most_per_A; ++i)
    closest = std::min(closest, nodes[i] - nodes[i - 1]);
  if (!nodes.empty() && nodes.front() > 0) closest = std::min(closest, nodes.front());
  return closest;
}

/// Makes cells of one width.
inline RadialCells cells_of_width(const MaterialSum& sum, double most_per_A, double cells_A) {
  RadialCells cells;
  cells.cells_A = cells_A;
  cells.count = static_cast<int>(std::ceil(most_per_A * cells_A)) + 1;
  const bool aligned = are_on_borders(sum.nodes(), cells_A);
  const auto append = [&](int cell, double beside) {
    const auto at = [&](double within) { return sum.value(beside, (cell + within) / cells_A); };
    const std::array<double, 4> cubic = cubic_of_cell(at);
    cells.coefficients.insert(cells.coefficients.end(), cubic.begin(), cubic.end());
  };
  auto node = sum.nodes().begin();
  for (int cell = 0; cell < cells.count; ++cell) {
    const double begin = cell / cells_A, end = (cell + 1) / cells_A;
    if (aligned) {
      append(cell, 0.5 * (begin + end));
      continue;
    }
    while (node != sum.nodes().end() && *node < begin) ++node;
    const double kink = node != sum.nodes().end() && *node < end ? *node : end;
    cells.kinks.push_back((kink - begin) * cells_A);
    append(cell, 0.5 * (begin + kink));
    append(cell, 0.5 * (kink + end));
  }
  return cells;
}

}  // namespace detail

/// Makes the cells of what the materials scatter, from 0 to an angle. The closest nodes give their width, so that a
/// cell has one kink at most. Whole parts of it follow until the cubics are good enough: nodes at equal distances then
/// lie on borders. Few cells are faster, as pixels share them.
/// \param most_per_A  largest sin(theta) / lambda that is asked for, > 0
/// \param tolerance   largest error, as a share of the largest value
inline RadialCells radial_cells(const MaterialSum& sum, double most_per_A, double tolerance) {
  constexpr int most_parts = 64, parts_with_kinks = 16;
  const double closest = detail::closest_nodes_per_A(sum.nodes(), most_per_A);
  const double most = (most_radial_cells - 1) / most_per_A;
  RadialCells cells = detail::cells_of_width(sum, most_per_A, std::min(1 / closest, most));
  for (int parts = 2; parts <= most_parts && parts / closest <= most; parts *= 2) {
    if (cells.kinks.empty() ? detail::relative_error(sum, cells) <= tolerance : parts > parts_with_kinks) break;
    cells = detail::cells_of_width(sum, most_per_A, parts / closest);
  }
  return cells;
}

}  // namespace nbk::plan
