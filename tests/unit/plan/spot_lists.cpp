// SPDX-License-Identifier: MIT
// Lists of spots against a loop over all pixels, orientations and wavelengths.
#include "support/dice.hpp"
#include "support/random_spots.hpp"

#include "nbk/kernel/exit_ray.hpp"
#include "nbk/plan/plan.hpp"
#include "nbk/plan/spot_list.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <tuple>
#include <vector>

using namespace nbk;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

struct Lists {
  std::vector<plan::SpotArea> areas;
  std::vector<SpotEntry> entries;
};

/// Radius at which the factor of a plan's spots ends in double, without its margin.
double end_of_spots(const Experiment& e) {
  return plan::spot_radius<double>(e.crystal, Plan<Fp64, Host>::weighting_of(e)) / 1.001;
}

Lists lists_of(const Plan<Fp64, Host>& plan, const Experiment& e, double margin = 1.001) {
  Lists lists;
  for (std::size_t p = 0; p < plan.panel_count(); ++p)
    lists.areas.push_back(plan::spot_area(plan.tables(p), plan.tables(p).window));
  const plan::SpotSetting setting(plan.tables(), margin * end_of_spots(e));
  const plan::SpotLister lister(setting, lists.areas);
  lister.list(0, lister.tasks(), [&](const SpotEntry& entry) {
    lists.entries.push_back(entry);
    return true;
  });
  return lists;
}

/// Calls visit(task, reflection, fast, slow) for every evaluation of a panel that is inside of a spot.
template <class Visit>
void for_each_lit(const Tables<Fp64>& t, double radius, const Visit& visit) {
  for (int slow = t.window.slow_min; slow <= t.window.slow_max; ++slow) {
    for (int fast = t.window.fast_min; fast <= t.window.fast_max; ++fast) {
      for (kernel::Subpixel sub; sub.layer < t.layers.count; ++sub.layer) {
        for (sub.slow = 0; sub.slow < t.oversample; ++sub.slow) {
          for (sub.fast = 0; sub.fast < t.oversample; ++sub.fast) {
            const auto ray = kernel::exit_ray<double>(t, fast + t.first_fast, slow + t.first_slow, sub);
            for (int g = 0; g < t.group_count; ++g) {
              const Vec3d difference = ray.direction - t.groups[g].incident;
              for (int o = 0; o < t.orientation_count; ++o) {
                const Vec3d scaled = physics::miller_indices(t.orientations[o], difference);
                for (int w = t.groups[g].first; w < t.groups[g].first + t.groups[g].count; ++w) {
                  if (physics::beyond_resolution(std::sqrt(dot(difference, difference)), t.dmin_A,
                                                 t.waves[w].wavelength_A) &&
                      t.dmin_A > 0)
                    continue;
                  const Vec3d hkl = t.waves[w].inverse_wavelength_per_A * scaled;
                  const Vec3d whole{physics::nearest_index(hkl.x), physics::nearest_index(hkl.y),
                                    physics::nearest_index(hkl.z)};
                  if (physics::spot_radius_sqr(t.lattice, hkl - whole) > radius * radius) continue;
                  visit(g * t.orientation_count + o, whole, fast, slow);
                }
              }
            }
          }
        }
      }
    }
  }
}

using Key = std::tuple<std::uint32_t, std::uint32_t, int, int, int>;

std::map<Key, SpotEntry> by_key(const Lists& lists) {
  std::map<Key, SpotEntry> map;
  for (const SpotEntry& e : lists.entries) map.emplace(Key{e.task, e.area, e.h, e.k, e.l}, e);
  return map;
}

/// Evaluations inside of spots, and those that no list has.
struct Coverage {
  std::size_t lit = 0, missing = 0;
};

Coverage coverage_of(const Experiment& e, double margin) {
  const Plan<Fp64, Host> plan(Host{}, e);
  const Lists lists = lists_of(plan, e, margin);
  const auto map = by_key(lists);
  CHECK(map.size() == lists.entries.size());  // none twice
  const plan::SpotSetting setting(plan.tables(), 1);
  Coverage coverage;
  for (std::size_t p = 0; p < plan.panel_count(); ++p) {
    for_each_lit(plan.tables(p), end_of_spots(e), [&](int task, const Vec3d& n, int fast, int slow) {
      const int h = static_cast<int>(n.x), k = static_cast<int>(n.y), l = static_cast<int>(n.z);
      if (!setting.scatters(h, k, l)) return;
      ++coverage.lit;
      const auto found = map.find(Key{static_cast<std::uint32_t>(task), static_cast<std::uint32_t>(p), h, k, l});
      const bool covered = found != map.end() && found->second.fast_least <= fast && fast <= found->second.fast_most &&
                           found->second.slow_least <= slow && slow <= found->second.slow_most;
      coverage.missing += !covered;
    });
  }
  bool dark = false;
  for (const SpotEntry& entry : lists.entries) dark = dark || !setting.scatters(entry.h, entry.k, entry.l);
  CHECK_FALSE(dark);
  return coverage;
}

}  // namespace

// By hand: seeds 1 to 1,000, 1.6e8 evaluations inside of spots.
TEST_CASE("spot lists: every evaluation inside of a spot is in the rectangle of its reflection") {
  std::size_t lit = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const Coverage coverage = coverage_of(nbk::testing::random_spots(seed), 1.001);
    CHECK(coverage.missing == 0);
    lit += coverage.lit;
  }
  CHECK(lit > 100000);
}

TEST_CASE("spot lists: spots that are taken as too small are missed, so the comparison above can fail") {
  std::size_t missing = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) missing += coverage_of(nbk::testing::random_spots(seed), 0.9).missing;
  CHECK(missing > 0);
}

TEST_CASE("spot lists: reflections without a structure factor are never listed") {
  Experiment e = nbk::testing::random_spots(2);
  e.further_sets.clear();
  for (SpectrumLine& line : e.beam.spectrum.lines) line.structure_factor_set = 0;
  e.structure_factors = StructureFactors::from([](int h, int k, int l) { return (h + k + l) % 5 == 0 ? 3.0 : 0.0; },
                                               {-60, 60}, {-60, 60}, {-60, 60});
  e.structure_factors.interpolate = false;
  const Plan<Fp64, Host> plan(Host{}, e);
  const Lists lists = lists_of(plan, e);
  CHECK_FALSE(lists.entries.empty());
  for (const SpotEntry& entry : lists.entries) CHECK((entry.h + entry.k + entry.l) % 5 == 0);
  e.structure_factors.amplitude.assign(e.structure_factors.amplitude.size(), 0);
  const Plan<Fp64, Host> dark(Host{}, e);
  CHECK(lists_of(dark, e).entries.empty());
}

TEST_CASE("spot lists: of hundreds of areas, those are visited whose cone meets that of the rays") {
  nbk::testing::Dice dice(5);
  std::vector<plan::SpotArea> areas(150);
  for (plan::SpotArea& area : areas) {
    area.axis = dice.direction();
    const double angle_rad = dice.between(0.01, 0.3);
    area.cosine = dice.once_in(10) ? -1 : std::cos(angle_rad);  // a tenth is not known
    area.sine = std::sin(angle_rad);
  }
  const plan::SpotAreaCones cones(areas);
  std::size_t met = 0;
  for (int i = 0; i < 300; ++i) {
    CAPTURE(i);
    const Vec3d v = dice.vector(0.5, 2);
    const double half = dice.once_in(20) ? 3 : dice.between(0, 0.2), length = plan::length(v);
    std::vector<std::size_t> visited, expected;
    cones.visit_near(v, half, [&](std::size_t a) {
      visited.push_back(a);
      return true;
    });
    for (std::size_t a = 0; a < areas.size(); ++a) {
      const double turn = std::acos(std::clamp(dot(v, areas[a].axis) / length, -1.0, 1.0));
      const bool all = areas[a].cosine < 0 || half >= length;
      if (all || turn <= std::acos(areas[a].cosine) + std::asin(half / length)) expected.push_back(a);
    }
    CHECK(visited == expected);
    met += visited.size();
    std::size_t calls = 0;
    CHECK_FALSE(cones.visit_near(v, half, [&](std::size_t) { return ++calls < 3; }));
    CHECK(calls == 3);
  }
  CHECK(met > 5000);
  CHECK(met < 30000);
}

TEST_CASE("spot lists: the largest eigenvalue is a bound, and near") {
  const Mat3d m{{4, 1, -2}, {1, 3, 0.5}, {-2, 0.5, 1}};
  const double bound = plan::largest_eigenvalue(m);
  double largest = 0;
  for (int i = 0; i < 2000; ++i) {
    const double z = -1 + (i + 0.5) / 1000, turn = 2.4 * i, side = std::sqrt(1 - z * z);
    const Vec3d u{side * std::cos(turn), side * std::sin(turn), z};
    largest = std::max(largest, dot(u, m * u));
  }
  CHECK(largest <= bound);
  CHECK(largest > 0.995 * bound);
  CHECK(plan::largest_eigenvalue(Mat3d::identity()) >= 1);
}
