// SPDX-License-Identifier: MIT
// The still of 08_fit_a_still.cpp: three modules, 100 wavelengths over 2 %, Gaussian spots; photons are counted in
// boxes around bright spots. And a picture of it.
#pragma once

#include <nbk/differentiation.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

using Exec = Kokkos::DefaultHostExecutionSpace;
using Precision = nbk::Mixed;
using Pixels = Kokkos::View<double*, Kokkos::LayoutRight, Exec>;

constexpr double degree = nbk::constants::degree_rad;

inline double amplitude(int h, int k, int l) {
  return 150 + 100 * std::sin(2.1 * h + 1.3 * k * k + 0.7 * l * h + 0.4 * l);
}

inline nbk::Panel module_at(const char* name, double height_m, double tilt_rad) {
  nbk::Panel panel;
  panel.name = name;
  panel.pixels_fast = 384;
  panel.pixels_slow = 128;
  panel.pixel_size_m = 2e-4;
  panel.fast = {0, 0, 1};
  panel.slow = {-std::sin(tilt_rad), -std::cos(tilt_rad), 0};
  const nbk::Vec3d centre_m{0.1, height_m, 0};
  panel.origin_m = centre_m - 192 * panel.pixel_size_m * panel.fast - 64 * panel.pixel_size_m * panel.slow;
  return panel;
}

inline nbk::Mat3d cells_along_all_axes(double n) { return {{n, 0, 0}, {0, n, 0}, {0, 0, n}}; }

inline nbk::Experiment experiment_of_still(int still) {
  nbk::Experiment e;
  e.policy = nbk::Policy::corrected;
  e.detector.panels = {module_at("upper", 0.028, -0.3), module_at("middle", 0, 0), module_at("lower", -0.028, 0.3)};
  e.detector.oversample = 1;
  e.beam.fluence_per_m2 = 6e28;
  for (int i = 0; i < 100; ++i) {
    const double offset = (i - 49.5) / 50;
    e.beam.spectrum.lines.push_back({1e-10 * (1 + 0.01 * offset), std::exp(-4 * offset * offset), 0});
  }
  e.crystal.cell = nbk::UnitCell{42, 51, 60, 90 * degree, 97 * degree, 90 * degree};
  // y stays away from 90 degrees, where turns about x and z are the same.
  e.crystal.misset_rad = {0.1 + 0.2 * still, 0.2 + 0.7 * std::sin(0.7 * still), 0.3 - 0.1 * still};
  e.crystal.shape = nbk::LatticeShape("gauss");
  e.crystal.cells_matrix = cells_along_all_axes(8);
  e.structure_factors = nbk::StructureFactors::from(amplitude, {-20, 20}, {-24, 24}, {-28, 28});
  e.structure_factors.interpolate = false;
  return e;
}

// What is fitted: a crystal, and how its image becomes photons.
struct Model {
  nbk::Crystal crystal;
  nbk::FitModel fit;  // target, background, scale
};

// Boxes of 15 x 15 pixels around the brightest pixels, so far apart that none overlap.
inline std::vector<nbk::PixelRun> boxes_around_spots(const nbk::Image<Exec>& image, std::size_t boxes) {
  struct Place {
    float photons;
    int panel, slow, fast;
  };
  std::vector<Place> places, chosen;
  for (int p = 0; p < 3; ++p) {
    for (int s = 7; s < 128 - 7; ++s) {
      for (int f = 7; f < 384 - 7; ++f) places.push_back({image(p, s, f), p, s, f});
    }
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.photons > b.photons; });
  for (const Place& place : places) {
    const auto is_near = [&](const Place& other) {
      return other.panel == place.panel && std::abs(other.slow - place.slow) < 15 &&
             std::abs(other.fast - place.fast) < 15;
    };
    if (chosen.size() < boxes && std::none_of(chosen.begin(), chosen.end(), is_near)) chosen.push_back(place);
  }
  std::vector<nbk::PixelRun> runs;
  for (const Place& place : chosen) {
    for (int row = place.slow - 7; row <= place.slow + 7; ++row) runs.push_back({place.panel, row, place.fast - 7, 15});
  }
  return runs;
}

// The truth, and photons as they were counted in the boxes.
struct Still {
  Still(const Exec& exec, int number)
      : experiment(experiment_of_still(number)), truth{experiment.crystal, {nbk::FitTarget::poisson, 5.0, 1.0}} {
    nbk::Plan<Precision, Exec> plan(exec, experiment);
    const auto image = nbk::make_image(exec, plan);
    nbk::simulate(exec, plan, image);
    exec.fence();
    experiment.selection.runs = boxes_around_spots(image, 89);
    plan.update(exec, experiment);
    const auto expected = nbk::make_pixel_list(exec, plan);
    nbk::simulate(exec, plan, expected);
    exec.fence();
    photons = Pixels("photons", expected.size());
    used = Pixels("used", expected.size());
    Kokkos::deep_copy(used, 1.0);
    std::mt19937 random(static_cast<unsigned>(17 + number));
    for (std::size_t i = 0; i < photons.size(); ++i) {
      const double mean = static_cast<double>(expected(i)) + truth.fit.background;
      photons(i) = std::poisson_distribution<int>(mean)(random);
    }
  }

  nbk::Experiment experiment;
  Model truth;
  Pixels photons, used;  // used: all > 0, so every pixel counts
};

// Boxes side by side: photons, and residuals of two models, black to white from -5 to 5 standard deviations.
inline void draw(const char* file, const Exec& exec, const Still& still, const Model& before, const Model& after) {
  constexpr std::size_t across = 22, down = 4, box = 15, cell = box + 1, gap = 8, zoom = 2;
  constexpr std::size_t width = across * cell, height = 3 * down * cell + 2 * gap;
  std::vector<std::uint8_t> grey(width * height, 255);
  nbk::Plan<Precision, Exec> plan(exec, still.experiment);
  const auto image = nbk::make_pixel_list(exec, plan);
  for (std::size_t part = 0; part < 3; ++part) {
    const Model& model = part == 1 ? before : after;
    plan.update(exec, model.crystal);
    nbk::simulate(exec, plan, image);
    exec.fence();
    for (std::size_t i = 0; i < across * down * box * box; ++i) {
      const double expected = model.fit.scale * static_cast<double>(image(i)) + model.fit.background;
      const double residual = (still.photons(i) - expected) / std::sqrt(expected);
      const double level = part == 0 ? 1 - std::sqrt(still.photons(i) / 4000) : 0.5 + residual / 10;
      const std::size_t number = i / (box * box), row = i / box % box, column = i % box;
      const std::size_t y = part * (down * cell + gap) + number / across * cell + row;
      grey[y * width + number % across * cell + column] = static_cast<std::uint8_t>(255 * std::clamp(level, 0.0, 1.0));
    }
  }
  std::FILE* const to = std::fopen(file, "wb");
  if (to == nullptr) return;
  std::fprintf(to, "P5 %zu %zu 255\n", width * zoom, height * zoom);
  for (std::size_t y = 0; y < height * zoom; ++y) {
    for (std::size_t x = 0; x < width * zoom; ++x) std::fputc(grey[y / zoom * width + x / zoom], to);
  }
  std::fclose(to);
}
