// SPDX-License-Identifier: MIT
// says: nbk::simulate_with: the shape must be an empty type with
#include "../arguments.hpp"

struct Shape {
  static constexpr bool compact = false;
  double width = 1;
  template <class V>
  static V intensity(const nbk::physics::LatticeParameters<nbk::scalar_t<V>>&, const nbk::Vec3<V>& delta) {
    return delta.x;
  }
};

void misuse(const HostPlan& plan, const HostImage& image) { nbk::simulate_with<Shape>(Host(), plan, image); }
