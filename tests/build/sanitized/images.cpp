// SPDX-License-Identifier: MIT
#include "build/sanitized/images.hpp"

#include <nbk/io/noise_image.hpp>
#include <nbk/nbk.hpp>

#include <cstdio>
#include <filesystem>
#include <vector>

namespace nbk::sanitized {

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;
constexpr int fast = 61, slow = 19;

Experiment experiment(LatticeShape shape) {
  Experiment e;
  e.beam.wavelength_m = 1.5e-10;
  e.crystal.cell = UnitCell{70, 80, 90, 1.31, 1.48, 1.66};
  e.crystal.misset_rad = {0.17, 0.35, 0.52};
  e.crystal.cells = {9, 8, 7};
  e.crystal.shape = shape;
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 2;
  e.detector.pixels_fast = fast;
  e.detector.pixels_slow = slow;
  e.detector.pixel_size_m = 1e-3;
  e.detector.distance_m = 0.05;
  e.detector.oversample = 2;
  StructureFactors& f = e.structure_factors;
  f.default_amplitude = 100;
  if (shape == LatticeShape("gauss")) return e;
  // Some reflections of the image are in this table, some at its edge and some outside.
  f.h_min = f.k_min = f.l_min = -4;
  f.h_max = f.k_max = f.l_max = 6;
  for (int i = 0; i < 11 * 11 * 11; ++i) f.amplitude.push_back(100 + i % 50);
  f.interpolate = true;
  return e;
}

template <class Shape, class Cell, class Weighting, class P>
std::vector<float> image_of(const Experiment& e) {
  const Host exec;
  const Plan<P, Host> plan(exec, e);
  const auto image = make_image(exec, plan);
  Kokkos::deep_copy(exec, image, 0.0F);
  launch::launch_spots<physics::Bragg<Shape, Cell>, Weighting>(
      exec, plan.tables(), kernel::ImageRows{image.data(), fast},
      kernel::PixelRange{0, launch::pixel_count(plan.tables().window)});
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

void write_noise(const std::vector<float>& image, const Experiment& e) {
  const std::filesystem::path file = "sanitized.img";
  const Scene scene = make_scene(e);
  io::write_noise_image(file, "header", image, io::rendered_area(scene, e.detector.mask), 40, CounterPoisson(1));
  std::filesystem::remove(file);
}

/// \return number of images, 0 if one is wrong
template <class Shape, class Cell, class Weighting, class P>
int windows_agree(Experiment e) {
  const std::vector<float> whole = image_of<Shape, Cell, Weighting, P>(e);
  int images = 1;
  for (const bool masked : {false, true}) {
    if (masked) {
      for (int i = 0; i < fast * slow; ++i) e.detector.mask.push_back(i % 7 == 3 ? 0 : 1);
    }
    for (const int begin : {0, 1, 7, 13}) {
      for (const int end : {begin, 15, 16, 31, fast - 1}) {
        e.detector.roi = {begin, end, begin, slow - 1};
        const std::vector<float> part = image_of<Shape, Cell, Weighting, P>(e);
        for (int p = 0; p < fast * slow; ++p) {
          const bool inside = p % fast >= begin && p % fast <= end && p / fast >= begin && !(masked && p % 7 == 3);
          const auto i = static_cast<std::size_t>(p);
          if (part[i] != (inside ? whole[i] : 0.0F)) {
            std::printf("FAILED: pixel %d of columns %d to %d, mask %d\n", p, begin, end, masked);
            return 0;
          }
        }
        write_noise(part, e);
        ++images;
      }
    }
  }
  return images;
}

}  // namespace

int agreeing_images() {
  using namespace physics;
  const int square = windows_agree<Square, TricubicF, compat::FirstValue, Fp32>(experiment(LatticeShape("square")));
  const int gauss = windows_agree<Gauss, ConstantF, kernel::PerTerm, Mixed>(experiment(LatticeShape("gauss")));
  return square == 0 || gauss == 0 ? 0 : square + gauss;
}

}  // namespace nbk::sanitized
