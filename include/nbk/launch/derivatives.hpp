// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/gradient_by_pixel.hpp"
#include "nbk/launch/launch_gradient.hpp"

namespace nbk {
inline namespace NBK_ISA {

/// Computes the image of a plan and its derivatives by parameters, in one pass. Pixels outside of the region of
/// interest or masked are 0. Returns when the images are complete.
/// \param exec        instance of the plan's execution space
/// \param plan        description of the image, with Policy::corrected
/// \param parameters  from make_derivative_coefficients(): the derivatives are by these
/// \param image       View of float or double as for simulate(), [panel][slow][fast] or the pixels of runs; photons
/// \param derivative_images  View of float or double with one more extent, [parameter][panel][slow][fast] or
///                    [parameter][pixel]; photons per unit of the parameter
/// \param shape       OwnShape: it stands in for the plan's
/// \throws InvalidInput  Views of other extents, or an experiment whose derivatives are not known
template <class Exec, class PrecisionT, class Space, class View, class DerivativeView, class ShapeChoice = PlanShape>
void derivatives(const Exec& exec, const Plan<PrecisionT, Space>& plan, const DerivativeCoefficients& parameters,
                 const View& image, const DerivativeView& derivative_images, ShapeChoice shape = {}) {
  auto panels = launch::gradient_panels(plan);
  for (auto& tables : panels.tables) launch::prepare_for(shape, tables);
  launch::require_derivatives(plan, parameters, static_cast<int>(panels.tables.size()));
  launch::require_pixels("derivatives, size of the image", image, panels.positions);
  launch::require_pixels("derivatives, size of the derivative images", derivative_images,
                         panels.positions * parameters.parameters());
  const launch::OwnedDerivativeTables<PrecisionT, Space> more(exec, plan, parameters);
  const launch::GradientWork<PrecisionT, Space, ShapeChoice> work{exec, plan, panels, more.tables(), shape};
  const launch::OwnedContraction contraction(parameters);
  if (!panels.covers_all) {
    Kokkos::deep_copy(exec, image, 0);
    Kokkos::deep_copy(exec, derivative_images, 0);
    exec.fence("nbk::derivatives");
  }
  using T = typename View::value_type;
  using TD = typename DerivativeView::value_type;
  launch::with_sums(panels, parameters, [&](auto sums) {
    using Sums = decltype(sums);
    if constexpr (launch::is_host_space<Exec>) {
      const kernel::StoreDerivatives<Sums, T, TD> consumer{image.data(), derivative_images.data(),
                                                           static_cast<std::ptrdiff_t>(panels.positions),
                                                           launch::contraction_of(parameters, contraction)};
      launch::launch_gradient<Sums>(work, consumer);
    } else {
      launch::derivatives_by_pixel<Sums>(
          work, parameters, launch::DeviceImages<T, TD>{image.data(), derivative_images.data(), panels.positions});
    }
  });
}

}  // namespace NBK_ISA
}  // namespace nbk
