// SPDX-License-Identifier: MIT
#include "bench/measure/arithmetic.hpp"

#include "bench/measure/counted.hpp"
#include "nbk/kernel/line_block.hpp"
#include "nbk/launch/dispatch.hpp"
#include "nbk/physics/polarization.hpp"
#include "nbk/physics/position.hpp"
#include "nbk/physics/solid_angle.hpp"
#include "nbk/plan/line_rows.hpp"
#include "nbk/scene/validate_structure_factors.hpp"

namespace nbk::bench::measure {
namespace {

template <class V>
Vec3<V> some_vector(double x, double y, double z) {
  return {V(x), V(y), V(z)};
}

template <class Shape, class L>
long shape_operations(const Scene& scene) {
  const auto& [na, nb, nc] = scene.lattice.cells;
  const double cells = na * nb * nc;
  const auto parameters = physics::lattice_parameters<L>({.cells = {na, nb, nc}, .cells_product_sqr = cells * cells});
  // Small enough that no shape takes the short way out.
  const auto delta = some_vector<L>(0.01, -0.02, 0.03);
  return operations_of([&] { (void)Shape::intensity(parameters, delta); });
}

template <class L>
long shape_operations(LatticeShape shape, const Scene& scene) {
  long operations = 0;
  launch::with_shape(shape, [&](auto type) { operations = shape_operations<decltype(type), L>(scene); });
  return operations;
}

template <class L>
long tricubic_operations() {
  const L amplitudes[64]{};
  return operations_of([&] {
    const CubicWeights<L> weights(L(0.3)), more(L(0.4)), last(L(0.5));
    (void)tricubic(static_cast<const L*>(amplitudes), std::ptrdiff_t{16}, std::ptrdiff_t{4}, weights, more, last);
  });
}

// The structure factor's own arithmetic. A nearest one is looked up where the index changes, which is rare: what stays
// is the comparison with the last index.
template <class L>
long lookup_operations(const Experiment& experiment, const Scene& scene) {
  if (!experiment.structure_factors.has_table()) return 0;
  constexpr long compare_index = 3, clamp = 12, square = 1;
  return scene.interpolate ? clamp + tricubic_operations<L>() + square : compare_index;
}

/// True where the kernels take rows as lines.
template <class P>
bool takes_lines(const Experiment& experiment, const Scene& scene) {
  const CellLookup lookup = cell_lookup(scene::has_table(experiment), scene.interpolate);
  bool has_lines = false;
  launch::with_shape(experiment.crystal.shape, [&](auto shape) {
    launch::with_lookup(
        lookup, [&](auto cell) { has_lines = kernel::has_lines<physics::Bragg<decltype(shape), decltype(cell)>, P>; });
  });
  return has_lines && plan::rows_suit_lines(scene, scene.panels.front(), experiment.dmin_m > 0);
}

template <class G>
long index_operations(bool lines) {
  if (lines) {
    const kernel::LineSample<G> sample;
    const kernel::LineRay<G> ray{sample, G(0.1), G(10)};
    return operations_of([&] { (void)ray.h(), (void)ray.k(), (void)ray.l(); });
  }
  const physics::CellAxes<G> cell{};
  const auto q = some_vector<G>(0.1, 0.2, 0.3);
  return operations_of([&] { (void)physics::miller_indices(cell, q); });
}

template <class G, class L>
long evaluation_operations(const Experiment& experiment, const Scene& scene, bool lines) {
  const auto q = some_vector<G>(0.1, 0.2, 0.3);
  const long indices = index_operations<G>(lines);
  const long to_nearest = 3 * operations_of([&] { (void)difference_from_whole<L>(q.x, round_any(q.x)); });
  const long wavelength = scene.rays.size() > 1 && !lines ? 3 * operations_of([&] { (void)(q.x * q.y); }) : 0;
  constexpr long add_up = 2;  // sum + lattice factor x structure factor
  return indices + wavelength + to_nearest + shape_operations<L>(experiment.crystal.shape, scene) +
         lookup_operations<L>(experiment, scene) + add_up;
}

template <class G>
long sample_operations(const Experiment& experiment) {
  const physics::PanelParameters<G> panel{};
  const physics::PolarizationAxes<G> axes{};
  const auto ray = some_vector<G>(1, 2, 3);
  const G kahn(experiment.beam.kahn_factor);
  return operations_of([&] {
    const auto position = physics::position_in_row(panel, G(1), physics::row_position(panel, G(1), G(0)));
    const G inverse_r = reciprocal_sqrt(fused_dot(position, position));
    const auto direction = inverse_r * position;
    (void)(inverse_r * (direction - ray));
    (void)physics::solid_angle(panel, inverse_r);
    if (experiment.beam.polarized) (void)physics::polarization_factor(ray, direction, axes, kahn);
  });
}

template <class G>
long line_sample_operations(const Experiment& experiment) {
  const physics::PanelParameters<G> panel{};
  const kernel::LineSample<G> sample;
  const G pixel(1);
  return operations_of([&] {
    const G u = fma(pixel + G(1), sample.step, sample.first);
    const kernel::LineRay<G> ray{sample, u, reciprocal_sqrt(fma(u, u, sample.nearest_sqr))};
    (void)physics::solid_angle(panel, ray.inverse_r);
    if (experiment.beam.polarized) (void)ray.polarization();
  });
}

template <class P, class G, class L>
Arithmetic count(const Experiment& experiment, const Scene& scene) {
  const bool lines = takes_lines<P>(experiment, scene);
  return {static_cast<double>(evaluation_operations<G, L>(experiment, scene, lines)),
          static_cast<double>(lines ? line_sample_operations<G>(experiment) : sample_operations<G>(experiment))};
}

}  // namespace

Arithmetic count_arithmetic(const Experiment& experiment, const Scene& scene, std::string_view dtype) {
  if (dtype == "float32") return count<Fp32, Counted<float>, Counted<float>>(experiment, scene);
  if (dtype == "mixed") return count<Mixed, Counted<double>, Counted<float>>(experiment, scene);
  if (dtype == "df64") return count<Df64, TwoFloats<Counted<float>>, Counted<float>>(experiment, scene);
  return count<Fp64, Counted<double>, Counted<double>>(experiment, scene);
}

}  // namespace nbk::bench::measure
