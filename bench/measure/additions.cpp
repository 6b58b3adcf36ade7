// SPDX-License-Identifier: MIT
#include "bench/measure/additions.hpp"

#include "nbk/core/error.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/model/air_material.hpp"
#include "nbk/model/water_material.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/make_scene.hpp"
#include "nbk/scene/validate_selection.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace nbk::bench::measure {
namespace {

/// Numbers without any pattern, the same on every machine: the upper bits of a linear congruence modulo 2^64.
class Sequence {
 public:
  double between(double low, double high) {
    m_state = m_state * 6364136223846793005U + 1442695040888963407U;
    return low + (high - low) * static_cast<double>(m_state >> 11) * 0x1p-53;
  }
  /// Whole number from 0 to end - 1.
  int below(int end) { return static_cast<int>(between(0, end)); }

 private:
  std::uint64_t m_state = 1;
};

/// Cuts the panel into modules with gaps of 2 % of their width, tilts them by up to 5 mrad and shifts them by up to 0.1
/// mm.
std::vector<Panel> modules_of(const PanelGeometry& whole, int per_side) {
  Sequence numbers;
  std::vector<Panel> modules;
  for (int row = 0; row < per_side; ++row) {
    for (int column = 0; column < per_side; ++column) {
      Panel module;
      module.pixel_size_m = whole.pixel_size_m;
      module.pixels_fast = whole.pixels_fast / per_side;
      module.pixels_slow = whole.pixels_slow / per_side;
      const Vec3d tilt_rad{numbers.between(-5e-3, 5e-3), numbers.between(-5e-3, 5e-3), numbers.between(-5e-3, 5e-3)};
      module.fast = rotate_xyz(whole.fast, tilt_rad);
      module.slow = rotate_xyz(whole.slow, tilt_rad);
      const auto at = [&](int index, int pixels) {
        return 1.02 * (index - 0.5 * per_side) * pixels + 0.5 * per_side * pixels;
      };
      const Vec3d shift_m{numbers.between(-1e-4, 1e-4), numbers.between(-1e-4, 1e-4), numbers.between(-1e-4, 1e-4)};
      module.origin_m = whole.point_of_pixel_m(at(column, module.pixels_fast), at(row, module.pixels_slow)) + shift_m;
      modules.push_back(std::move(module));
    }
  }
  return modules;
}

std::vector<PixelRun> shoeboxes_on(const Scene& scene, int count) {
  constexpr int side = 15;
  Sequence numbers;
  std::vector<PixelRun> runs;
  for (int box = 0; box < count; ++box) {
    const int panel = numbers.below(static_cast<int>(scene.panels.size()));
    const PanelGeometry& on = scene.panels[static_cast<std::size_t>(panel)].geometry;
    require(on.pixels_fast >= side && on.pixels_slow >= side, "pixels of a panel with shoeboxes",
            std::min(on.pixels_fast, on.pixels_slow), "must be at least 15");
    const int fast = numbers.below(on.pixels_fast - side + 1), slow = numbers.below(on.pixels_slow - side + 1);
    for (int row = 0; row < side; ++row) runs.push_back({panel, slow + row, fast, side});
  }
  return runs;
}

/// The sets' structure factors differ by up to 10 % from energy to energy.
void add_energies(Experiment& e, int count) {
  constexpr double width = 0.01;
  for (int i = 0; i < count; ++i) {
    const double offset = (i + 0.5) / count - 0.5;  // -0.5 to 0.5 of the width
    e.beam.spectrum.lines.push_back({e.beam.wavelength_m * (1 + width * offset), std::exp(-8 * offset * offset), i});
    if (i == 0) continue;
    e.further_sets.push_back(e.structure_factors);
    double phase = 0;
    for (double& f : e.further_sets.back().amplitude) f *= 1 + 0.1 * std::sin(phase += 0.3 * i);
  }
}

}  // namespace

void add(const Additions& additions, Workload& workload) {
  if (additions.none()) return;
  Experiment& e = workload.experiment;
  workload.flags.clear();
  if (additions.modules > 0) e.detector.panels = modules_of(make_scene(e).panels.front().geometry, additions.modules);
  if (additions.energies > 0) add_energies(e, additions.energies);
  if (additions.materials > 0) e.materials.push_back(water_material(1e-3));
  if (additions.materials > 1) e.materials.push_back(air_material(35e-3));
  const Scene scene = make_scene(e);
  const ImageExtents extents = image_extents(scene);
  workload.pixels_fast = static_cast<int>(extents.fast);
  workload.pixels_slow = static_cast<int>(extents.slow * extents.panels);
  if (additions.shoeboxes == 0) return;
  e.selection.runs = shoeboxes_on(scene, additions.shoeboxes);
  workload.pixels_fast = static_cast<int>(scene::listed_pixels(e.selection));
  workload.pixels_slow = 1;
}

}  // namespace nbk::bench::measure
