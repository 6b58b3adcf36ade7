// SPDX-License-Identifier: MIT
// A still is fitted: orientation, cell, size, scale and background by Levenberg-Marquardt on the normal equations, then
// some structure factors by the adjoint. Arguments: number of stills, a file for a picture of the first (PGM).
#include "still.hpp"

#include <nbk/differentiation.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

// [model]
// Names are paths of members: a step is added to these members.
const nbk::DerivativeParameters fitted =
    nbk::DerivativeParameters{
        "crystal.misset_rad.x", "crystal.misset_rad.y", "crystal.misset_rad.z", "crystal.cells", "scale", "background"}
        .add_cell(nbk::CrystalSystem::monoclinic);

Model moved(Model m, const std::vector<double>& step) {
  const auto by = [&](const char* name) { return step[fitted.index(name)]; };
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
    const std::vector<double> step = solve(matrix, best.normal.vector);
    double gain = 0;
    if (step.empty()) {
      damping *= 5;
      continue;
    }
    const Model model = moved(best.model, step);
    try {
      evaluate(model, trial);
      gain = best.normal.loss - trial.loss;
    } catch (const nbk::InvalidInput&) {  // no crystal any more: too long a step
    }
    ++best.passes;
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

// Says what was found, and counts what is farther from the truth than 4 standard deviations.
int failures_of(const Still& still, const Fit& fit, bool print) {
  const std::vector<double> sigma = standard_deviations(fit.normal);
  const nbk::Crystal &found = fit.model.crystal, &wanted = still.truth.crystal;
  int failures = 0;
  const auto check = [&](const char* name, double value, double truth) {
    const double deviation = sigma[fitted.index(name)];
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

// Angle between two orientations in degree, and the largest relative difference of the cells' edges.
std::pair<double, double> errors_of(const Still& still, const Fit& fit) {
  const nbk::Crystal &found = fit.model.crystal, &wanted = still.truth.crystal;
  const nbk::Vec3d step = found.misset_rad - wanted.misset_rad, at = wanted.misset_rad;
  // Turns about x come first, then y, then z: so the axes of the first two are turned by those behind them.
  const double cx = std::cos(at.y), cz = std::cos(at.z), sz = std::sin(at.z);
  const nbk::Vec3d turn = step.x * nbk::Vec3d{cx * cz, cx * sz, -std::sin(at.y)} + step.y * nbk::Vec3d{-sz, cz, 0} +
                          step.z * nbk::Vec3d{0, 0, 1};
  return {std::sqrt(nbk::dot(turn, turn)) / degree, std::max({std::fabs(found.cell->a_A / wanted.cell->a_A - 1),
                                                              std::fabs(found.cell->b_A / wanted.cell->b_A - 1),
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
  nbk::DerivativePlan<Precision, Exec> by(fitted);
  // [loop]
  int not_found = 0, passes = 0;
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
    const bool found = failures_of(still, result, number == 0) == 0 && angle_degree <= 0.002 && cell <= 2e-4;
    not_found += found ? 0 : 1;
    if (!found) {
      std::printf("  still %d not found: off by %.4f degree, loss %.2f a pixel instead of 0.5\n", number, angle_degree,
                  result.normal.loss / result.normal.pixels);
    }
    if (number > 0) continue;
    std::printf("  %zu pixels, %d passes, %.3f s: orientation off by %.5f degree, cell by %.4f %%\n",
                still.photons.size(), result.passes, taken, angle_degree, 100 * cell);
    not_found += failures_of_factors(exec, still, result);
    if (argc > 2) draw(argv[2], exec, still, start, result.model);
  }
  std::printf("%d stills, %.1f passes each, %.1f stills per second, %d not found\n", stills,
              static_cast<double>(passes) / stills, stills / seconds, not_found);
  return not_found == 0 ? 0 : 1;
}
