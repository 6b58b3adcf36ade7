// SPDX-License-Identifier: MIT
// A crystal shape of your own: a type, written where it is needed, compiled into the kernels like the library's own.
#include <nbk/nbk.hpp>

#include <cmath>
#include <cstdio>

using Exec = Kokkos::DefaultExecutionSpace;

// [shape]
// Cells whose order is lost exponentially with distance: spots are squared Lorentzians,
// |F_latt|^2 = (Na Nb Nc)^2 / (1 + sum (pi N_i delta_i)^2)^2.
struct Lorentz {
  static constexpr bool compact = false;  // the tails have no end

  template <class V>  // a number, or a pack of them, one for each pixel: write it as if it were one
  static KOKKOS_INLINE_FUNCTION V intensity(const nbk::physics::LatticeParameters<nbk::scalar_t<V>>& p,
                                            const nbk::Vec3<V>& delta) {
    using T = nbk::scalar_t<V>;
    constexpr T pi = nbk::constants::pi<T>;
    const V x = delta.x * (pi * p.cells.x), y = delta.y * (pi * p.cells.y), z = delta.z * (pi * p.cells.z);
    const V width = V(T(1)) + nbk::fma(x, x, nbk::fma(y, y, z * z));
    return V(p.cells_product_sqr) / (width * width);
  }
};
// [shape]

// Miller index less the nearest whole one, in the middle of a pixel, from what the plan resolved.
double delta(const nbk::Scene& scene, const nbk::Vec3d& cell_vector_m, int fast, int slow) {
  const double size_m = scene.panels.front().geometry.pixel_size_m;
  const nbk::Vec3d at_m = scene.panels.front().geometry.point_m((fast + 0.5) * size_m, (slow + 0.5) * size_m);
  const nbk::Vec3d direction = (1 / std::sqrt(nbk::dot(at_m, at_m))) * at_m;
  const double index = nbk::dot(cell_vector_m, direction - scene.rays[0].incident) / scene.wavelength_m;
  return index - std::round(index);
}

int main(int argc, char** argv) {
  Kokkos::ScopeGuard kokkos(argc, argv);
  const Exec exec;
  nbk::Experiment experiment;
  experiment.crystal.cell = nbk::UnitCell{40};
  experiment.crystal.cells = {3, 4, 5};
  experiment.crystal.misset_rad = {0.1, 0.2, 0.3};
  experiment.detector.pixels_fast = experiment.detector.pixels_slow = 48;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.oversample = 1;
  experiment.structure_factors.default_amplitude = 100;

  // [use]
  const nbk::Plan<nbk::Fp64, Exec> plan(exec, experiment);
  const auto image = nbk::make_image(exec, plan);
  nbk::simulate_with<Lorentz>(exec, plan, image);
  // [use]
  const auto pixels = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);

  // A check: all else that makes a pixel is nearly the same for two neighbours, their solid angles within 1 %.
  const nbk::Scene& scene = plan.scene();
  const auto factor = [&](int fast, int slow) {
    const nbk::CellVectors& cell = scene.lattice.direct;
    const nbk::Vec3d d{delta(scene, cell.a_m, fast, slow), delta(scene, cell.b_m, fast, slow),
                       delta(scene, cell.c_m, fast, slow)};
    nbk::physics::LatticeParameters<double> p;
    p.cells = {3, 4, 5};
    p.cells_product_sqr = 3600;
    return Lorentz::intensity(p, d);
  };
  double worst = 0;
  for (int slow = 0; slow < 48; ++slow) {
    for (int fast = 0; fast + 1 < 48; ++fast) {
      const double ratio = static_cast<double>(pixels(0, slow, fast + 1)) / static_cast<double>(pixels(0, slow, fast));
      worst = std::fmax(worst, std::abs(ratio * factor(fast, slow) / factor(fast + 1, slow) - 1));
    }
  }
  std::printf("neighbours differ as their lattice factors do, within %.1f %%\n", 100 * worst);
  return worst < 0.02 ? 0 : 1;
}
