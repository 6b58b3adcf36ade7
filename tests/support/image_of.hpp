// SPDX-License-Identifier: MIT
#pragma once

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <vector>

namespace nbk::testing {

/// The image of a plan from tables that may differ from its own.
template <class P, class Host>
std::vector<float> image_of(const Host& exec, const Plan<P, Host>& plan, const Tables<P>& tables) {
  const auto image = make_image(exec, plan);
  const kernel::ImageRows rows{image.data(), plan.scene().panels.front().geometry.pixels_fast};
  launch::with_shape(plan.shape(), [&](auto shape) {
    launch::launch_shape<decltype(shape)>(exec, tables, rows, {0, launch::pixel_count(tables.window)},
                                          {plan.lookup(), plan.weighting()});
  });
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

}  // namespace nbk::testing
