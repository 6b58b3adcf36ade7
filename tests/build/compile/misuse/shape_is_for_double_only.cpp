// SPDX-License-Identifier: MIT
// says: nbk::simulate_with: the shape must be an empty type with
#include "../arguments.hpp"

struct Shape {
  static constexpr bool compact = false;
  static double intensity(const nbk::physics::LatticeParameters<double>&, const nbk::Vec3<double>& delta) {
    return delta.x;
  }
};

void misuse(const HostPlan& plan, const HostImage& image) { nbk::simulate_with<Shape>(Host(), plan, image); }
