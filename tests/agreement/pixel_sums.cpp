// SPDX-License-Identifier: MIT
// The sums of pixels that all derivatives are linear in, against dual numbers through the kernel of the image.
#include "support/dual.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/launch/adjoint.hpp>
#include <nbk/launch/derivatives.hpp>
#include <nbk/launch/normal_equations.hpp>
#include <nbk/nbk.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

using namespace nbk;
using namespace nbk::testing;
using At = nbk::physics::PixelSums;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;
using Number = Dual<double, Shown::value, Together::one>;
using Duals = Precision<Number, Number, Number>;
using Wide = Kokkos::View<double***, Kokkos::LayoutRight, Kokkos::HostSpace>;
using WideImages = Kokkos::View<double****, Kokkos::LayoutRight, Kokkos::HostSpace>;

StructureFactors table() {
  StructureFactors f;
  f.h_min = f.k_min = f.l_min = -40;
  f.h_max = f.k_max = f.l_max = 40;
  for (int h = f.h_min; h <= f.h_max; ++h) {
    for (int k = f.k_min; k <= f.k_max; ++k) {
      for (int l = f.l_min; l <= f.l_max; ++l)
        f.amplitude.push_back(200 - 2 * std::abs(h) - std::abs(k) + 10 * std::sin(0.7 * h + 0.4 * k - 0.9 * l));
    }
  }
  return f;
}

/// A tilted panel with sensor layers and sub-pixels, domains, phi steps, two directions one of which has two
/// wavelengths, and rows that end in the middle of a pack.
Experiment experiment(LatticeShape shape) {
  Experiment e = tilted_spectrum(shape);
  e.crystal.phi = {0.1, 0.02, {}, 2};
  e.detector.pixels_fast = 19;
  e.detector.pixels_slow = 5;
  return e;
}

/// Tables of dual numbers, whose slopes a test sets.
struct DualTables {
  explicit DualTables(const Plan<Duals, Host>& plan) : tables(plan.tables()) {
    const auto copy = [](const auto* from, int count) { return std::vector(from, from + count); };
    groups = copy(tables.groups, tables.group_count);
    waves = copy(tables.waves, static_cast<int>(plan.scene().rays.size()));
    orientations = copy(tables.orientations, tables.orientation_count);
    tables.groups = groups.data();
    tables.waves = waves.data();
    tables.orientations = orientations.data();
    tables.lattice.few_cells = false;  // whose N is fixed
  }
  Tables<Duals> tables;
  std::vector<SourceGroup<Number>> groups;
  std::vector<Wave<Number>> waves;
  std::vector<physics::CellAxes<Number>> orientations;
};

void set_slope(Vec3<Number>& v, const Vec3d& slope) {
  v.x.slope = slope.x;
  v.y.slope = slope.y;
  v.z.slope = slope.z;
}
Vec3d value(const Vec3<Number>& v) { return {v.x.value, v.y.value, v.z.value}; }
Vec3d unit_vector(int axis) { return {axis == 0 ? 1.0 : 0.0, axis == 1 ? 1.0 : 0.0, axis == 2 ? 1.0 : 0.0}; }

template <class Shape, class Lookup>
std::vector<double> slopes(const Tables<Duals>& tables) {
  using Types = kernel::Packs<Duals, 1>;
  using Terms = kernel::SourceTerms<physics::Bragg<Shape, Lookup>, kernel::PerTerm::Running<Types>, Types, 1, Duals>;
  std::vector<double> all;
  for (int slow = tables.window.slow_min; slow <= tables.window.slow_max; ++slow) {
    for (int fast = tables.window.fast_min; fast <= tables.window.fast_max; ++fast) {
      Terms terms;
      kernel::PlacesInRow<Number, 1> place({fast, slow});
      kernel::PixelBlock<Terms, kernel::PerTerm, 1, 1, Duals>::compute(
          tables, terms, place, 1, [&](int, const Number& photons) { all.push_back(photons.slope); });
    }
  }
  return all;
}

/// Parameters that are the sums themselves.
DerivativeCoefficients all_sums(const Scene& scene, bool crystal_only = false) {
  DerivativeCoefficients c;
  const int count = crystal_only ? At::strain + 9 : At::count;
  c.names.assign(static_cast<std::size_t>(count), "sum");
  c.panels = 1;
  c.values.assign(static_cast<std::size_t>(count * At::count), 0.0);
  for (int s = 0; s < count; ++s) c.values[static_cast<std::size_t>(s * At::count + s)] = 1;
  if (crystal_only) return c;
  const std::size_t orientations = scene.phi_rad.size() * scene.domains.size();
  c.twists = 3;
  for (std::size_t t = 0; t < 3; ++t) {
    for (std::size_t o = 0; o < orientations; ++o) {
      const auto x = static_cast<double>(o);
      c.twist_vectors.push_back(t == 0 ? Vec3d{1, 0, 0} : t == 1 ? Vec3d{0.3 * x, -x, 1} : Vec3d{std::sin(x), 0.2, x});
    }
  }
  c.beam_turns_used = 2;
  for (const Vec3d& axis : {Vec3d{0, 1, 0}, Vec3d{0, 0.6, 0.8}}) {
    for (const Ray& ray : scene.rays) {
      const auto turned = physics::turned_ray(scene.frame.polarization, ray.incident, axis);
      c.beam_turns.push_back({turned.incident, turned.electric, turned.magnetic});
    }
  }
  return c;
}

/// Largest difference between a sum and the slopes, as a share of the largest slope. Not finite if one is not.
double error(const WideImages& got, int sum, const std::vector<double>& wanted, double factor = 1) {
  double worst = 0, largest = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double e = std::abs(got.data()[static_cast<std::size_t>(sum) * wanted.size() + i] - factor * wanted[i]);
    if (!(e <= worst)) worst = e;
    largest = std::max(largest, std::abs(wanted[i]));
  }
  CHECK(largest > 0);
  return worst / largest;
}

template <class Shape, class Lookup>
class Comparison {
 public:
  Comparison(const Experiment& e, double bound) : m_plan(m_exec, e), m_bound(bound) {}

  /// \param set  sets the slopes of tables
  void check(const WideImages& got, int sum, const std::string& what, const std::function<void(DualTables&)>& set,
             double factor = 1) const {
    DualTables duals(m_plan);
    set(duals);
    INFO(what);
    CHECK(error(got, sum, slopes<Shape, Lookup>(duals.tables), factor) < m_bound);
  }

  void check_all(const WideImages& got, const DerivativeCoefficients& c) const {
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        check(got, At::strain + 3 * i + j, "strain", [&](DualTables& t) {
          for (auto& axes : t.orientations) {
            const Vec3d from[] = {value(axes.a), value(axes.b), value(axes.c)};
            set_slope(i == 0 ? axes.a : i == 1 ? axes.b : axes.c, from[j]);
          }
        });
      }
      check(got, At::shift + i, "shift", [&](DualTables& t) { set_slope(t.tables.panel.origin, unit_vector(i)); });
      check(got, At::torque + i, "torque", [&](DualTables& t) {
        auto& p = t.tables.panel;
        for (Vec3<Number>* v : {&p.fast, &p.slow, &p.normal})  // about the origin
          set_slope(*v, cross(unit_vector(i), value(*v)));
      });
      check(
          got, At::twist + i, "twist",
          [&](DualTables& t) {
            for (std::size_t o = 0; o < t.orientations.size(); ++o) {
              auto& axes = t.orientations[o];
              const Vec3d& twist = c.twist_vectors[static_cast<std::size_t>(i) * t.orientations.size() + o];
              for (Vec3<Number>* v : {&axes.a, &axes.b, &axes.c}) set_slope(*v, cross(twist, value(*v)));
            }
          },
          -1);  // the sum is that of the opposite turn
    }
    check_cells(got);
    check(
        got, At::wavelength, "wavelength",
        [](DualTables& t) {
          for (Wave<Number>& wave : t.waves) {
            wave.wavelength_A.slope = 1;
            wave.inverse_wavelength_per_A = Number(1) / wave.wavelength_A;
          }
        },
        -1);
    for (int k = 0; k < 2; ++k) {
      check(got, At::beam + k, "beam", [&](DualTables& t) {
        for (SourceGroup<Number>& group : t.groups) {
          const auto& turn =
              c.beam_turns[static_cast<std::size_t>(k) * t.waves.size() + static_cast<std::size_t>(group.first)];
          set_slope(group.incident, turn.incident);
          set_slope(group.axes.electric, turn.electric);
          set_slope(group.axes.magnetic, turn.magnetic);
        }
      });
    }
    check(got, At::kahn, "kahn", [](DualTables& t) { t.tables.kahn_factor.slope = 1; });
    check(got, At::layer_depth, "depth", [](DualTables& t) { t.tables.layers.step_m.slope = 1; });
    check(got, At::layer_absorption, "absorption",
          [](DualTables& t) { t.tables.layers.attenuation_per_step.slope = 1; });
  }

  const Host& exec() const { return m_exec; }

 private:
  void check_cells(const WideImages& got) const {
    for (int i = 0; i < 3; ++i) {
      check(got, At::cells + i, "cells", [&](DualTables& t) {
        auto& p = t.tables.lattice;
        Number* const cells[] = {&p.cells.x, &p.cells.y, &p.cells.z};
        cells[i]->slope = 1;
        const Number product = p.cells.x * p.cells.y * p.cells.z;
        p.cells_product_sqr = product * product;
        p.spot_axes[0].x = p.cells.x;
        p.spot_axes[1].y = p.cells.y;
        p.spot_axes[2].z = p.cells.z;
      });
      if constexpr (std::is_same_v<Shape, physics::Gauss>) {
        check(got, At::cells + 3 + i, "cells off the diagonal", [&](DualTables& t) {
          auto& axes = t.tables.lattice.spot_axes;
          Number* const pairs[3][2] = {{&axes[1].x, &axes[0].y}, {&axes[2].y, &axes[1].z}, {&axes[2].x, &axes[0].z}};
          for (Number* element : pairs[i]) element->slope = 1;
        });
      }
    }
  }

  Host m_exec;
  Plan<Duals, Host> m_plan;
  double m_bound;
};

/// The sums of a plan.
template <class PrecisionT>
WideImages sums_of(const Experiment& e, bool crystal_only = false) {
  const Host exec;
  const Plan<PrecisionT, Host> plan(exec, e);
  const PanelGeometry& panel = plan.scene().panels.front().geometry;
  const auto slow = static_cast<std::size_t>(panel.pixels_slow), fast = static_cast<std::size_t>(panel.pixels_fast);
  const DerivativeCoefficients c = all_sums(plan.scene(), crystal_only);
  const Wide image("image", 1, slow, fast);
  const WideImages images("sums", c.names.size(), 1, slow, fast);
  derivatives(exec, plan, c, image, images);
  for (std::size_t i = 0; i < image.size(); ++i) CHECK(image.data()[i] == images.data()[i]);
  return images;
}

template <class Shape, class Lookup>
void compare(Experiment e) {
  e.crystal.shape = shape_of<Shape>;
  const Comparison<Shape, Lookup> in_double(e, 1e-10);
  const auto c = all_sums(Plan<Fp64, Host>(in_double.exec(), e).scene());
  in_double.check_all(sums_of<Fp64>(e), c);
  Comparison<Shape, Lookup>(e, 5e-6).check_all(sums_of<Mixed>(e), c);
  Comparison<Shape, Lookup>(e, 2e-3).check_all(sums_of<Fp32>(e), c);
}

}  // namespace

TEST_CASE("pixel sums: square, one F for all") {
  compare<physics::Square, physics::ConstantF>(experiment(shape_of<physics::Square>));
}

TEST_CASE("pixel sums: round, F of the nearest reflection") {
  Experiment e = experiment(shape_of<physics::Round>);
  e.structure_factors = table();
  compare<physics::Round, physics::NearestF>(e);
}

TEST_CASE("pixel sums: Gauss, F interpolated") {
  Experiment e = experiment(shape_of<physics::Gauss>);
  e.structure_factors = table();
  e.structure_factors.interpolate = true;
  compare<physics::Gauss, physics::TricubicF>(e);
}
