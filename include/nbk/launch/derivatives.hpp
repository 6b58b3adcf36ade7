// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/gradient_by_pixel.hpp"
#include "nbk/launch/launch_gradient.hpp"

#include <cstddef>
#include <cstdint>

namespace nbk {
inline namespace NBK_ISA {

/// Computes the image of a plan and its derivatives by parameters, in one pass. Pixels outside of the region of
/// interest or masked are 0. Returns when the images are complete.
/// \param exec   instance of the plan's execution space
/// \param plan   description of the image, with Policy::corrected
/// \param by     the derivatives are by its parameters, and use its memory
/// \param image  View of float or double as for simulate(), [panel][slow][fast] or the pixels of runs; photons
/// \param derivative_images  View of float or double with one more extent, [parameter][panel][slow][fast] or
///                    [parameter][pixel]; photons per unit of the parameter
/// \param shape  OwnShape: it stands in for the plan's
/// \throws InvalidInput  Views of other extents, or an experiment whose derivatives are not known
template <class Exec, class PrecisionT, class Space, class View, class DerivativeView, class ShapeChoice = PlanShape>
void derivatives(const Exec& exec, const Plan<PrecisionT, Space>& plan, DerivativePlan<PrecisionT, Space>& by,
                 const View& image, const DerivativeView& derivative_images, ShapeChoice shape = {}) {
  const launch::GradientWork<PrecisionT, Space, ShapeChoice> work(exec, plan, by, shape);
  const auto& panels = work.panels;
  const auto parameters = static_cast<std::int64_t>(by.size());
  launch::require_pixels("derivatives, size of the image", image, panels.positions);
  launch::require_pixels("derivatives, size of the derivative images", derivative_images,
                         panels.positions * parameters);
  if (!panels.covers_all) {
    Kokkos::deep_copy(exec, image, 0);
    Kokkos::deep_copy(exec, derivative_images, 0);
    exec.fence("nbk::derivatives");
  }
  using T = typename View::value_type;
  using TD = typename DerivativeView::value_type;
  launch::with_sums(work, [&](auto sums) {
    using Sums = decltype(sums);
    if constexpr (is_host_space<Exec>) {
      const launch::OwnedContraction contraction(work.coefficients());
      const kernel::StoreDerivatives<Sums, T, TD> consumer{image.data(), derivative_images.data(),
                                                           static_cast<std::ptrdiff_t>(panels.positions),
                                                           launch::contraction_of(work.coefficients(), contraction)};
      launch::launch_gradient<Sums>(work, consumer);
    } else {
      launch::derivatives_by_pixel<Sums>(
          work, launch::DeviceImages<T, TD>{image.data(), derivative_images.data(), panels.positions});
    }
  });
}

/// The same for parameters that are made ready for this call alone.
/// \param parameters  DerivativeParameters or DerivativeCoefficients
template <class Exec, class PrecisionT, class Space, class View, class DerivativeView, class ShapeChoice = PlanShape>
void derivatives(const Exec& exec, const Plan<PrecisionT, Space>& plan, const ParameterList auto& parameters,
                 const View& image, const DerivativeView& derivative_images, ShapeChoice shape = {}) {
  DerivativePlan<PrecisionT, Space> by(parameters);
  derivatives(exec, plan, by, image, derivative_images, shape);
}

}  // namespace NBK_ISA
}  // namespace nbk
