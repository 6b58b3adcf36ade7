// SPDX-License-Identifier: MIT
// A still is fitted: orientation, cell, size, scale and background by Levenberg-Marquardt on the normal equations, then
// some structure factors by the adjoint. Arguments: number of stills, a file for a picture of the first (PGM).
#include <nbk/differentiation.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <utility>
#include <vector>

using Exec = Kokkos::DefaultHostExecutionSpace;
using Precision = nbk::Mixed;
using Pixels = Kokkos::View<double*, Kokkos::LayoutRight, Exec>;

constexpr double degree = nbk::constants::degree_rad;

// The experiment: three modules, 100 wavelengths over 2 %, Gaussian spots.

double amplitude(int h, int k, int l) { return 150 + 100 * std::sin(2.1 * h + 1.3 * k * k + 0.7 * l * h + 0.4 * l); }

nbk::Panel module_at(const char* name, double height_m, double tilt_rad) {
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

nbk::Mat3d cells_along_all_axes(double n) { return {{n, 0, 0}, {0, n, 0}, {0, 0, n}}; }

nbk::Experiment experiment_of_still(int still) {
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
  e.crystal.misset_rad = {0.1 + 0.2 * still, 0.2 + 0.3 * still, 0.3 - 0.1 * still};
  e.crystal.shape = nbk::LatticeShape("gauss");
  e.crystal.cells_matrix = cells_along_all_axes(8);
  e.structure_factors = nbk::StructureFactors::from(amplitude, {-20, 20}, {-24, 24}, {-28, 28});
  e.structure_factors.interpolate = false;
  return e;
}

// [model]
// What is fitted: a crystal, and how its image becomes photons.
struct Model {
  nbk::Crystal crystal;
  nbk::FitModel fit;  // target, background, scale
};

// Names are paths of members: a step is added to these members.
const nbk::DerivativeParameters parameters =
    nbk::DerivativeParameters{
        "crystal.misset_rad.x", "crystal.misset_rad.y", "crystal.misset_rad.z", "crystal.cells", "scale", "background"}
        .add_cell(nbk::CrystalSystem::monoclinic);

Model moved(Model m, const std::vector<double>& step) {
  const auto by = [&](const char* name) { return step[parameters.index(name)]; };
  m.crystal.misset_rad +=
      nbk::Vec3d{by("crystal.misset_rad.x"), by("crystal.misset_rad.y"), by("crystal.misset_rad.z")};
  m.crystal.cell->a_A += by("crystal.cell.a_A");
  m.crystal.cell->b_A += by("crystal.cell.b_A");
  m.crystal.cell->c_A += by("crystal.cell.c_A");
  m.crystal.cell->beta_rad += by("crystal.cell.beta_rad");
  m.crystal.cells_matrix = cells_along_all_axes(m.crystal.cells_matrix->row0.x + by("crystal.cells"));
  m.fit.scale *= std::exp(by("scale"));  // the derivative is by a factor
  m.fit.background += by("background");
  return m;
}
// [model]

// Boxes of 15 x 15 pixels around the brightest pixels, so far apart that none overlap.
std::vector<nbk::PixelRun> boxes_around_spots(const nbk::Image<Exec>& image, std::size_t boxes) {
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

// What an indexing program gives: 0.3 degree and 0.5 % off, size and scale by 30 %.
Model rough(Model m) {
  m.crystal.misset_rad += 0.3 * degree / std::sqrt(3.0) * nbk::Vec3d{1, -1, 1};
  m.crystal.cell->a_A *= 1.005;
  m.crystal.cell->b_A *= 0.995;
  m.crystal.cell->c_A *= 1.005;
  m.crystal.cell->beta_rad *= 1.005;
  m.crystal.cells_matrix = cells_along_all_axes(1.3 * m.crystal.cells_matrix->row0.x);
  m.fit.scale *= 0.7;
  m.fit.background = 3;
  return m;
}

// Solves A x = b for a symmetric positive matrix; empty if it is none.
std::vector<double> solve(std::vector<double> a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t i = 0; i < n; ++i) {  // A = L L^T, L in the place of A
    for (std::size_t j = 0; j <= i; ++j) {
      for (std::size_t k = 0; k < j; ++k) a[i * n + j] -= a[i * n + k] * a[j * n + k];
      if (i == j && !(a[i * n + i] > 0)) return {};
      a[i * n + j] = i == j ? std::sqrt(a[i * n + i]) : a[i * n + j] / a[j * n + j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return b;
}

// Standard deviations: roots of the diagonal of the inverse.
std::vector<double> standard_deviations(const nbk::NormalEquations& normal) {
  std::vector<double> sigma;
  const std::size_t n = normal.vector.size();
  for (std::size_t p = 0; p < n; ++p) {
    std::vector<double> unit(n, 0.0);
    unit[p] = 1;
    sigma.push_back(std::sqrt(solve(normal.matrix, unit).at(p)));
  }
  return sigma;
}

// [fit]
struct Fit {
  Model model;
  nbk::NormalEquations normal;
  int passes = 0;
};

// Levenberg-Marquardt: a pass over the pixels per trial, and no memory.
Fit fit(const Exec& exec, nbk::Plan<Precision, Exec>& plan, nbk::DerivativePlan<Precision, Exec>& by,
        const Pixels& photons, const Pixels& used, const Model& start) {
  const auto evaluate = [&](const Model& model, nbk::NormalEquations& normal) {
    plan.update(exec, model.crystal);
    nbk::normal_equations(exec, plan, by, photons, used, model.fit, normal);
  };
  Fit best{start, {}, 1};
  evaluate(best.model, best.normal);
  nbk::NormalEquations trial;
  double damping = 1e-2;
  while (best.passes < 60 && damping < 1e6) {
    const std::size_t n = by.size();
    std::vector<double> matrix = best.normal.matrix;
    for (std::size_t p = 0; p < n; ++p) matrix[p * n + p] *= 1 + damping;
    const Model model = moved(best.model, solve(matrix, best.normal.vector));
    evaluate(model, trial);
    ++best.passes;
    const double gain = best.normal.loss - trial.loss;
    damping *= gain > 0 ? 0.2 : 5;
    if (!(gain > 0)) continue;
    best.model = model;
    std::swap(best.normal, trial);
    if (gain < 1e-3) break;  // far below 1/2, a change by one standard deviation
  }
  return best;
}
// [fit]

// [factors]
// Structure factors: each by Newton's method for itself, as spots hardly overlap. The adjoint is the slope of the loss
// by all of them, and its change from the last step their curvature.
struct Factor {
  std::size_t place = 0;  // in the table
  double amplitude = 0, slope = 0, curvature = 0;
};

void fit_factors(const Exec& exec, nbk::Plan<Precision, Exec>& plan, const nbk::FitModel& model, const Pixels& photons,
                 const Kokkos::View<double***, Kokkos::LayoutRight, Exec>& table, std::vector<Factor>& factors) {
  const auto image = nbk::make_pixel_list(exec, plan);
  const Pixels slopes("dloss/dimage", photons.size());
  nbk::StructureFactorGradient gradient;
  for (int pass = 0; pass < 6; ++pass) {
    plan.update(exec, table);
    nbk::simulate(exec, plan, image);
    exec.fence();
    for (std::size_t i = 0; i < photons.size(); ++i) {
      const double expected = model.scale * static_cast<double>(image(i)) + model.background;
      slopes(i) = model.scale * (1 - photons(i) / expected);
    }
    nbk::adjoint_structure_factors(exec, plan, slopes, gradient);
    for (Factor& factor : factors) {
      double& amplitude = table.data()[factor.place];
      const double slope = gradient.values[factor.place], step = amplitude - factor.amplitude;
      if (pass > 0 && step != 0) factor.curvature = (slope - factor.slope) / step;
      factor.amplitude = amplitude;
      factor.slope = slope;
      amplitude -= pass == 0 ? std::copysign(0.01 * amplitude, slope) : slope / factor.curvature;
    }
  }
}
// [factors]

// Places of the reflections with most photons in the boxes: F d(sum of photons)/dF.
std::vector<std::size_t> brightest_reflections(const Exec& exec, const nbk::Plan<Precision, Exec>& plan,
                                               const std::vector<double>& amplitudes, std::size_t count) {
  const Pixels ones("ones", nbk::make_pixel_list(exec, plan).size());
  Kokkos::deep_copy(ones, 1.0);
  nbk::StructureFactorGradient by_factors;
  nbk::adjoint_structure_factors(exec, plan, ones, by_factors);
  std::vector<std::size_t> places(amplitudes.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    return by_factors.values[a] * amplitudes[a] > by_factors.values[b] * amplitudes[b];
  });
  places.resize(count);
  return places;
}

// Boxes side by side: photons, and residuals of two models, black to white from -5 to 5 standard deviations.
void draw(const char* file, const Exec& exec, const Still& still, const Model& before, const Model& after) {
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

// Counts what is farther from the truth than 4 standard deviations.
int failures_of(const Still& still, const Fit& fit, bool print) {
  const std::vector<double> sigma = standard_deviations(fit.normal);
  const nbk::Crystal &found = fit.model.crystal, &wanted = still.truth.crystal;
  int failures = 0;
  const auto check = [&](const char* name, double value, double truth) {
    const double deviation = sigma[parameters.index(name)];
    if (print) std::printf("  %-22s %12.6f +- %.6f, in truth %.6f\n", name, value, deviation, truth);
    failures += std::fabs(value - truth) > 4 * deviation ? 1 : 0;
  };
  check("crystal.misset_rad.x", found.misset_rad.x, wanted.misset_rad.x);
  check("crystal.misset_rad.y", found.misset_rad.y, wanted.misset_rad.y);
  check("crystal.misset_rad.z", found.misset_rad.z, wanted.misset_rad.z);
  check("crystal.cell.a_A", found.cell->a_A, wanted.cell->a_A);
  check("crystal.cell.b_A", found.cell->b_A, wanted.cell->b_A);
  check("crystal.cell.c_A", found.cell->c_A, wanted.cell->c_A);
  check("crystal.cell.beta_rad", found.cell->beta_rad, wanted.cell->beta_rad);
  check("crystal.cells", found.cells_matrix->row0.x, wanted.cells_matrix->row0.x);
  check("scale", fit.model.fit.scale, still.truth.fit.scale);
  check("background", fit.model.fit.background, still.truth.fit.background);
  return failures;
}

// Angle between two orientations, at most, and the largest relative difference of the cells' edges.
std::pair<double, double> errors_of(const Still& still, const Fit& fit) {
  const nbk::Crystal &found = fit.model.crystal, &wanted = still.truth.crystal;
  const nbk::Vec3d turn = found.misset_rad - wanted.misset_rad;
  return {
      (std::fabs(turn.x) + std::fabs(turn.y) + std::fabs(turn.z)) / degree,
      std::max({std::fabs(found.cell->a_A / wanted.cell->a_A - 1), std::fabs(found.cell->b_A / wanted.cell->b_A - 1),
                std::fabs(found.cell->c_A / wanted.cell->c_A - 1)})};
}

// Structure factors that are 20 % too small are found again.
int failures_of_factors(const Exec& exec, const Still& still, const Fit& fit) {
  nbk::Experiment experiment = still.experiment;
  experiment.crystal = fit.model.crystal;
  nbk::Plan<Precision, Exec> plan(exec, experiment);
  const nbk::StructureFactors& f = experiment.structure_factors;
  const Kokkos::View<double***, Kokkos::LayoutRight, Exec> table("F", 41, 49, 57);  // [h][k][l]
  std::copy(f.amplitude.begin(), f.amplitude.end(), table.data());
  std::vector<Factor> factors;
  for (const std::size_t place : brightest_reflections(exec, plan, f.amplitude, 3)) {
    table.data()[place] *= 0.8;
    factors.push_back({place});
  }
  fit_factors(exec, plan, fit.model.fit, still.photons, table, factors);
  int failures = 0;
  for (const Factor& factor : factors) {
    const double sigma = 1 / std::sqrt(factor.curvature), truth = f.amplitude[factor.place];
    std::printf("  F %.2f +- %.2f, in truth %.2f\n", factor.amplitude, sigma, truth);
    failures += std::fabs(factor.amplitude - truth) > 4 * sigma || !(sigma < 0.02 * truth) ? 1 : 0;
  }
  return failures;
}

int main(int argc, char** argv) {
  Kokkos::ScopeGuard kokkos(argc, argv);
  const int stills = argc > 1 ? std::atoi(argv[1]) : 1;
  const Exec exec;
  // [loop]
  const Still first(exec, 0);
  nbk::Plan<Precision, Exec> plan(exec, first.experiment);
  nbk::DerivativePlan<Precision, Exec> by(parameters);
  // [loop]
  int failures = 0, passes = 0;
  double seconds = 0;
  for (int number = 0; number < stills; ++number) {
    const Still still(exec, number);
    const Model start = rough(still.truth);
    const auto begin = std::chrono::steady_clock::now();
    // [still]
    plan.update(exec, still.experiment);  // other boxes; from here on only the crystal changes
    const Fit result = fit(exec, plan, by, still.photons, still.used, start);
    // [still]
    const double taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    seconds += taken;
    passes += result.passes;
    const auto [angle_degree, cell] = errors_of(still, result);
    failures += failures_of(still, result, number == 0) + (angle_degree > 0.002 || cell > 2e-4 ? 1 : 0);
    if (number > 0) continue;
    std::printf("  %zu pixels, %d passes, %.3f s: orientation off by %.5f degree, cell by %.4f %%\n",
                still.photons.size(), result.passes, taken, angle_degree, 100 * cell);
    failures += failures_of_factors(exec, still, result);
    if (argc > 2) draw(argv[2], exec, still, start, result.model);
  }
  std::printf("%d stills, %.1f passes each, %.1f stills per second, %d failures\n", stills,
              static_cast<double>(passes) / stills, stills / seconds, failures);
  return failures == 0 ? 0 : 1;
}
