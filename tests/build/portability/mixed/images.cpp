// SPDX-License-Identifier: MIT
// Compiled once per processor: NBK_TEST_PROCESSOR names it.
#include "images.hpp"

namespace nbk::mixed {

template <class Processor, class P>
int Images<Processor, P>::pack_width() {
  return launch::pack_width<P, Host>;
}

namespace {

template <class P, class Launch>
std::vector<float> image_of(const Plan<P, Host>& plan, const Launch& launch) {
  const Host exec;
  const auto image = make_image(exec, plan);
  const kernel::ImageRows rows{image.data(), plan.scene().panels.front().geometry.pixels_fast};
  launch(exec, plan.tables(), rows, kernel::PixelRange{0, launch::pixel_count(plan.tables().window)});
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

}  // namespace

template <class Processor, class P>
std::vector<float> Images<Processor, P>::square(const Plan<P, Host>& plan) {
  return image_of(plan, [&](const auto&... a) {
    launch::launch_spots<physics::Bragg<physics::Square, physics::ConstantF>, compat::FirstValue>(a...);
  });
}

template <class Processor, class P>
std::vector<float> Images<Processor, P>::tricubic(const Plan<P, Host>& plan) {
  return image_of(plan, [&](const auto&... a) {
    launch::launch_spots<physics::Bragg<physics::Square, physics::TricubicF>, kernel::PerTerm>(a...);
  });
}

template <class Processor, class P>
std::vector<float> Images<Processor, P>::pack_widths(const Plan<P, Host>& plan) {
  return image_of(plan, [&](const auto&... a) {
    launch::launch_spots<physics::Bragg<PackWidth, physics::ConstantF>, compat::FirstValue>(a...);
  });
}

template struct Images<NBK_TEST_PROCESSOR, Fp32>;
template struct Images<NBK_TEST_PROCESSOR, Mixed>;
template struct Images<NBK_TEST_PROCESSOR, Fp64>;

}  // namespace nbk::mixed
