// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/gradient_by_pixel.hpp"
#include "nbk/launch/launch_gradient.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace nbk {

namespace launch {
inline namespace NBK_ISA {

/// Adds up the sums of the pieces of each panel, and applies the coefficients.
/// \param rows  [piece][sum]
template <class Sums>
void contract_rows(const DerivativeCoefficients& parameters, const std::vector<kernel::PixelPiece>& pieces,
                   const std::vector<double>& rows, std::vector<double>& gradient) {
  for (int panel = 0; panel < parameters.panels; ++panel) {
    double totals[Sums::count] = {};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (pieces[i].panel != panel) continue;
      for (std::size_t s = 0; s < Sums::count; ++s) totals[s] += rows[i * Sums::count + s];
    }
    for (std::size_t p = 0; p < gradient.size(); ++p) {
      for (int s = 0; s < Sums::count; ++s)
        gradient[p] += parameters.coefficient(panel, static_cast<int>(p), s) * totals[s];
    }
  }
}

}  // namespace NBK_ISA
}  // namespace launch

inline namespace NBK_ISA {

/// Computes the derivatives of a loss by parameters from those by the pixels, without an image: dLoss/dp = sum over
/// pixels of dLoss/dI dI/dp. The same plan gives the same bits for any number of threads. Pixels where dLoss/dI is 0
/// are not computed.
/// \param by            as for derivatives()
/// \param dloss_dimage  View of float or double, [panel][slow][fast] or the pixels of runs
/// \param gradient      receives dLoss/dp of each parameter
/// \param shape         as for derivatives()
/// \throws InvalidInput  as derivatives()
template <class Exec, class PrecisionT, class Space, class View, class ShapeChoice = PlanShape>
void adjoint(const Exec& exec, const Plan<PrecisionT, Space>& plan, DerivativePlan<PrecisionT, Space>& by,
             const View& dloss_dimage, std::vector<double>& gradient, ShapeChoice shape = {}) {
  const launch::GradientWork<PrecisionT, Space, ShapeChoice> work(exec, plan, by, shape);
  const auto& panels = work.panels;
  launch::require_pixels("adjoint, size of dLoss/dI", dloss_dimage, panels.positions);
  gradient.assign(by.size(), 0.0);
  launch::with_sums(work, [&](auto sums) {
    using Sums = decltype(sums);
    using T = typename View::const_value_type;
    if constexpr (is_host_space<Exec>) {
      std::vector<double>& rows = by.scratch().host_sums;
      rows.assign(panels.pieces.size() * Sums::count, 0.0);
      const kernel::AddAdjoint<Sums, T> consumer{dloss_dimage.data(), rows.data()};
      launch::launch_gradient<Sums>(work, consumer);
      launch::contract_rows<Sums>(work.coefficients(), panels.pieces, rows, gradient);
    } else {
      const auto addend_of = [&](const launch::PixelRangeOfPanel& range, const double*, const double* derivatives,
                                 std::int64_t stride) {
        return launch::AdjointAddend<PrecisionT, std::remove_const_t<T>>{panels.tables[range.panel], range.positions,
                                                                         dloss_dimage.data(), derivatives, stride};
      };
      launch::sum_by_pixel<Sums>(work, addend_of, gradient);
    }
  });
}

/// The same for parameters that are made ready for this call alone.
/// \param parameters  DerivativeParameters or DerivativeCoefficients
template <class Exec, class PrecisionT, class Space, class View, class ShapeChoice = PlanShape>
void adjoint(const Exec& exec, const Plan<PrecisionT, Space>& plan, const ParameterList auto& parameters,
             const View& dloss_dimage, std::vector<double>& gradient, ShapeChoice shape = {}) {
  DerivativePlan<PrecisionT, Space> by(parameters);
  adjoint(exec, plan, by, dloss_dimage, gradient, shape);
}

}  // namespace NBK_ISA
}  // namespace nbk
