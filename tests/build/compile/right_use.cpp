// SPDX-License-Identifier: MIT
// What the programs in misuse/ do, done right: this must compile, or their failure would prove nothing.
#include "arguments.hpp"

struct Shape {
  static constexpr bool compact = false;
  template <class V>
  static V intensity(const nbk::physics::LatticeParameters<nbk::scalar_t<V>>&, const nbk::Vec3<V>& delta) {
    return delta.x;
  }
};

HostPlan right_use(HostPlan& plan, const HostImage& image, const nbk::Experiment& experiment,
                   const Kokkos::View<double***, Kokkos::HostSpace>& amplitudes) {
  nbk::simulate(Host(), plan, image);
  nbk::simulate_with<Shape>(Host(), plan, image);
  plan.update(Host(), amplitudes);
  nbk::Plan<nbk::Fp32, Host> another(Host(), experiment);
  nbk::Plan<nbk::Fp32, Host> from_view(Host(), experiment, amplitudes);
  (void)nbk::StructureFactors::from([](int h, int k, int l) { return 1.0 * h * k * l; }, {-1, 1}, {-1, 1}, {-1, 1});
  return another;
}
