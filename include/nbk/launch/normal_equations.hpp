// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/normal_sums.hpp"
#include "nbk/launch/gradient_by_pixel.hpp"
#include "nbk/launch/launch_gradient.hpp"

#include <cstddef>
#include <type_traits>
#include <vector>

namespace nbk {

/// Loss of a fit with what a step of it needs (FitTarget has the equations).
struct NormalEquations {
  double loss = 0;             ///< of all pixels that count
  double pixels = 0;           ///< number of them
  std::vector<double> vector;  ///< J^T W r, [parameter]: the downward slope of the loss
  std::vector<double> matrix;  ///< J^T W J, [parameter][parameter]
};

inline namespace NBK_ISA {

/// Computes the loss of a fit to data, its gradient and its normal matrix, in one pass that stores no image. The same
/// plan gives the same bits for any number of threads.
/// \param data       View of float or double, [panel][slow][fast], photons
/// \param variances  View like it: of each pixel, or what the target adds to the model; pixels whose variance is not >
/// 0
///                   are left out
/// \param result     receives the numbers; its memory is used again
/// \throws InvalidInput  as derivatives()
template <class Exec, class PrecisionT, class Space, class View>
void normal_equations(const Exec& exec, const Plan<PrecisionT, Space>& plan, const DerivativeCoefficients& parameters,
                      const View& data, const View& variances, const FitModel& fit, NormalEquations& result) {
  const auto panels = launch::gradient_panels(plan);
  launch::require_derivatives(plan, parameters, static_cast<int>(panels.tables.size()));
  launch::require_pixels("normal_equations, size of the data", data, panels.positions);
  launch::require_pixels("normal_equations, size of the variances", variances, panels.positions);
  const launch::OwnedDerivativeTables<PrecisionT, Space> more(exec, plan, parameters);
  const launch::OwnedContraction contraction(parameters);
  const auto count = parameters.names.size();
  using T = typename View::const_value_type;
  const std::size_t size = kernel::AddNormal<kernel::AllSums, T>::row_size(parameters.parameters());
  std::vector<double> total(size, 0.0);
  launch::with_sums(panels, parameters, [&](auto sums) {
    using Sums = decltype(sums);
    if constexpr (launch::is_host_space<Exec>) {
      std::vector<double> rows(panels.pieces.size() * size);
      const kernel::AddNormal<Sums, T> consumer{data.data(), variances.data(), fit,
                                                launch::contraction_of(parameters, contraction), rows.data()};
      launch::launch_gradient<Sums>(exec, plan, panels, more.tables(), consumer);
      for (std::size_t i = 0; i < panels.pieces.size(); ++i) {
        for (std::size_t k = 0; k < size; ++k) total[k] += rows[i * size + k];
      }
    } else {
      const auto addend_of = [&](const launch::PixelRangeOfPanel& range, const double* image, const double* derivatives,
                                 std::int64_t stride) {
        return launch::NormalAddend<PrecisionT, std::remove_const_t<T>>{
            plan.tables(range.panel), range.positions, data.data(), variances.data(), fit, image, derivatives, stride,
            parameters.parameters()};
      };
      launch::sum_by_pixel<Sums>(exec, plan, more.tables(), parameters, addend_of, total);
    }
  });
  result.loss = total[0];
  result.pixels = total[1];
  result.vector.assign(total.begin() + 2, total.begin() + 2 + static_cast<std::ptrdiff_t>(count));
  result.matrix.resize(count * count);
  const double* from = total.data() + 2 + count;
  for (std::size_t p = 0; p < count; ++p) {
    for (std::size_t q = 0; q <= p; ++q, ++from) result.matrix[p * count + q] = result.matrix[q * count + p] = *from;
  }
}

}  // namespace NBK_ISA
}  // namespace nbk
