// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/normal_sums.hpp"
#include "nbk/launch/gradient_by_pixel.hpp"
#include "nbk/launch/launch_gradient.hpp"

#include <cstddef>
#include <cstdint>
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

namespace launch {

/// Takes the sums of a fit apart.
/// \param total  loss, pixels, vector, lower triangle of the matrix by rows
inline void read_normal(const std::vector<double>& total, std::size_t parameters, NormalEquations& result) {
  result.loss = total[0];
  result.pixels = total[1];
  const double* from = total.data() + 2;
  result.vector.assign(from, from + parameters);
  from += parameters;
  result.matrix.resize(parameters * parameters);
  for (std::size_t p = 0; p < parameters; ++p) {
    for (std::size_t q = 0; q <= p; ++q, ++from)
      result.matrix[p * parameters + q] = result.matrix[q * parameters + p] = *from;
  }
}

}  // namespace launch

inline namespace NBK_ISA {

/// Computes the loss of a fit to data, its gradient and its normal matrix, in one pass that stores no image but that of
/// the plan's materials. The same plan gives the same bits for any number of threads.
/// \param by         as for derivatives()
/// \param data       View of float or double, [panel][slow][fast] or the pixels of runs; photons
/// \param variances  View like it: of each pixel, or what the target adds to the model. Pixels whose variance is not
///                   > 0 are left out
/// \param fit        target, background, and a factor of the image. The derivative by "scale" is by the logarithm of it
/// \param result     receives the numbers; its memory is used again
/// \param shape      as for derivatives()
/// \throws InvalidInput  as derivatives()
template <class Exec, class PrecisionT, class Space, class View, class ShapeChoice = PlanShape>
void normal_equations(const Exec& exec, const Plan<PrecisionT, Space>& plan, DerivativePlan<PrecisionT, Space>& by,
                      const View& data, const View& variances, const FitModel& fit, NormalEquations& result,
                      ShapeChoice shape = {}) {
  const launch::GradientWork<PrecisionT, Space, ShapeChoice> work(exec, plan, by, shape);
  const auto& panels = work.panels;
  launch::require_pixels("normal_equations, size of the data", data, panels.positions);
  launch::require_pixels("normal_equations, size of the variances", variances, panels.positions);
  const auto parameters = static_cast<int>(by.size());
  using T = typename View::const_value_type;
  const std::size_t size = kernel::AddNormal<kernel::AllSums, T>::row_size(parameters);
  std::vector<double> total(size, 0.0);
  launch::with_sums(work, [&](auto sums) {
    using Sums = decltype(sums);
    if constexpr (is_host_space<Exec>) {
      const launch::OwnedContraction contraction(work.coefficients(), fit.scale);
      std::vector<double>& rows = by.scratch().host_sums;
      rows.assign(panels.pieces.size() * size, 0.0);
      const kernel::AddNormal<Sums, T> consumer{data.data(), variances.data(), fit,
                                                launch::contraction_of(work.coefficients(), contraction), rows.data()};
      launch::launch_gradient<Sums>(work, consumer);
      for (std::size_t i = 0; i < panels.pieces.size(); ++i) {
        for (std::size_t k = 0; k < size; ++k) total[k] += rows[i * size + k];
      }
    } else {
      const auto addend_of = [&](const launch::PixelRangeOfPanel& range, const double* image, const double* derivatives,
                                 std::int64_t stride) {
        return launch::NormalAddend<PrecisionT, std::remove_const_t<T>>{panels.tables[range.panel],
                                                                        range.positions,
                                                                        data.data(),
                                                                        variances.data(),
                                                                        fit,
                                                                        image,
                                                                        derivatives,
                                                                        stride,
                                                                        parameters,
                                                                        work.materials};
      };
      launch::sum_by_pixel<Sums>(work, addend_of, total, fit.scale);
    }
  });
  launch::read_normal(total, by.size(), result);
}

/// The same for parameters that are made ready for this call alone.
/// \param parameters  DerivativeParameters or DerivativeCoefficients
template <class Exec, class PrecisionT, class Space, class View, class ShapeChoice = PlanShape>
void normal_equations(const Exec& exec, const Plan<PrecisionT, Space>& plan, const ParameterList auto& parameters,
                      const View& data, const View& variances, const FitModel& fit, NormalEquations& result,
                      ShapeChoice shape = {}) {
  DerivativePlan<PrecisionT, Space> by(parameters);
  normal_equations(exec, plan, by, data, variances, fit, result, shape);
}

}  // namespace NBK_ISA
}  // namespace nbk
