// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/gradient_by_pixel.hpp"
#include "nbk/launch/launch_gradient.hpp"

namespace nbk {
inline namespace NBK_ISA {

/// Computes the image of a plan and its derivatives by parameters, in one pass. Pixels outside of the region of
/// interest or masked are 0. Returns when the images are complete. \param exec         instance of the plan's execution
/// space \param plan         what is simulated, with Policy::corrected \param parameters   from the list of parameters:
/// what the derivatives are by \param image        View of float or double, [panel][slow][fast] as for simulate();
/// photons \param derivatives  View of float or double, [parameter][panel][slow][fast]; photons per unit of the
/// parameter \throws InvalidInput  Views of other extents, or an experiment whose derivatives are not known
template <class Exec, class PrecisionT, class Space, class View, class DerivativeView>
void derivatives(const Exec& exec, const Plan<PrecisionT, Space>& plan, const DerivativeCoefficients& parameters,
                 const View& image, const DerivativeView& derivative_images) {
  const auto panels = launch::gradient_panels(plan);
  launch::require_derivatives(plan, parameters, static_cast<int>(panels.tables.size()));
  launch::require_pixels("derivatives, size of the image", image, panels.positions);
  launch::require_pixels("derivatives, size of the derivative images", derivative_images,
                         panels.positions * parameters.parameters());
  const launch::OwnedDerivativeTables<PrecisionT, Space> more(exec, plan, parameters);
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
      launch::launch_gradient<Sums>(exec, plan, panels, more.tables(), consumer);
    } else {
      launch::derivatives_by_pixel<Sums>(exec, plan, more.tables(), parameters,
                                         {image.data(), derivative_images.data(), panels.positions});
    }
  });
}

}  // namespace NBK_ISA
}  // namespace nbk
