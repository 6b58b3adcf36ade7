// SPDX-License-Identifier: MIT
#pragma once

#include "experiment_parts.hpp"
#include "library_calls.hpp"

#include <nbk/launch/adjoint.hpp>
#include <nbk/launch/derivatives.hpp>
#include <nbk/launch/normal_equations.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace nbk::gpu_run {

/// Parameters that are the sums of a pixel themselves, or, of the crystal's part, mixtures of them.
/// \param most  as many twists and turns of the beam as there may be, where all sums are wanted
inline DerivativeCoefficients coefficients_of(const Scene& scene, bool all, bool most) {
  using At = physics::PixelSums;
  DerivativeCoefficients c;
  const int parameters = all ? At::count : 4;
  c.names.assign(static_cast<std::size_t>(parameters), "sum");
  for (int i = 0; scene.diffuse && i < parameters * physics::DiffuseSums::own; ++i)
    c.of_halos.push_back(std::cos(0.9 * i + 0.1 * i * i));
  c.panels = static_cast<int>(scene.panels.size());
  for (int panel = 0; panel < c.panels; ++panel) {
    for (int p = 0; p < parameters; ++p) {
      for (int s = 0; s < At::count; ++s)
        c.values.push_back(all                              ? (s == p ? 1.0 : 0.0)
                           : s < kernel::CrystalSums::count ? std::sin(1.3 * p + s * s)
                                                            : 0.0);
    }
  }
  if (!all) return c;
  const int twists = most ? At::most_twists : 2, turns = most ? At::most_beams : 1;
  const std::size_t orientations = scene.phi_rad.size() * scene.domains.size();
  c.twists = twists;
  for (std::size_t i = 0; i < static_cast<std::size_t>(twists) * orientations; ++i)
    c.twist_vectors.push_back({static_cast<double>(i), 1, std::cos(static_cast<double>(i))});
  c.beam_turns_used = turns;
  for (const Ray& ray : scene.rays) {
    for (int i = 0; i < turns; ++i) {
      const auto turned = physics::turned_ray(scene.frame.polarization, ray.incident, {0, 1, static_cast<double>(i)});
      c.beam_turns.push_back({turned.incident, turned.electric, turned.magnetic});
    }
  }
  return c;
}

/// Parts of what differentiated() returns.
inline const std::vector<std::string> derivative_parts = {"image", "derivatives", "sums", "loss", "fit"};

/// All that the library computes of derivatives, one number behind the other: images, derivative images, sums of them,
/// and the numbers of a fit.
/// \param shape  PlanWithDiffuse for a crystal with diffuse scattering
template <class PrecisionT, class ShapeChoice>
std::vector<std::vector<double>> differentiated(const Experiment& experiment, bool all, bool most, ShapeChoice shape) {
  const Kokkos::Cuda exec;
  const Plan<PrecisionT, Kokkos::Cuda> plan(exec, experiment);
  const DerivativeCoefficients c = coefficients_of(plan.scene(), all, most);
  const auto pixels = static_cast<std::size_t>(launch::gradient_panels(plan).positions);
  const Kokkos::View<double*, Kokkos::LayoutRight, CudaMemory> image("image", pixels);
  const Kokkos::View<double**, Kokkos::LayoutRight, CudaMemory> images("images", c.names.size(), pixels);
  derivatives(exec, plan, c, image, images, shape);
  std::vector<double> slopes(pixels), data(pixels), variances(pixels), gradient;
  for (std::size_t i = 0; i < pixels; ++i) {
    slopes[i] = std::cos(1.7 * static_cast<double>(i));
    data[i] = i % 13 == 0 ? 0 : 1 + std::sin(0.3 * static_cast<double>(i));
    variances[i] = i % 11 == 0 ? 0 : 2;
  }
  adjoint(exec, plan, c, on_device(slopes), gradient, shape);
  std::vector<double> losses, fit;
  for (const FitTarget target : {FitTarget::model_variance, FitTarget::least_squares, FitTarget::poisson}) {
    NormalEquations equations;
    normal_equations(exec, plan, c, on_device(data), on_device(variances), {target, 0.5}, equations, shape);
    losses.insert(losses.end(), {equations.loss, equations.pixels});
    fit.insert(fit.end(), equations.vector.begin(), equations.vector.end());
    fit.insert(fit.end(), equations.matrix.begin(), equations.matrix.end());
  }
  return {pixels_of(image), pixels_of(images), gradient, losses, fit};
}

/// An experiment with what is differentiated of it.
struct DerivativeCase {
  std::string name;
  Experiment experiment;
  bool all = false;   ///< all sums of a pixel, not only the crystal's
  bool most = false;  ///< as many twists and turns of the beam as there may be
  bool few = false;   ///< is to run with few threads
};

/// The same of a case.
template <class PrecisionT>
std::vector<std::vector<double>> differentiated(const DerivativeCase& c) {
  if (c.experiment.crystal.diffuse) return differentiated<PrecisionT>(c.experiment, c.all, c.most, PlanWithDiffuse{});
  return differentiated<PrecisionT>(c.experiment, c.all, c.most, PlanShape{});
}

/// Calls f(DerivativeCase) for crystals with diffuse scattering: halos know neither the shape nor how F is
/// interpolated.
template <class F>
void for_each_halo_case(const F& f) {
  DiffuseScattering diffuse;
  diffuse.gamma_A = {20, 35, 50};
  diffuse.sigma_A = {0.3, 0.4, 0.5};
  diffuse.laue_group = LaueGroup::orthorhombic;
  const LatticeShape shape = shape_of<physics::Gauss>;
  for (int lookup = 0; lookup < 2; ++lookup) {
    for (const bool all : {false, true}) {
      const std::string name = "halos, lookup " + std::to_string(lookup) + (all ? ", all sums" : ", crystal");
      Experiment e = differentiable(shape, lookup);
      diffuse.stencil = all ? 2 : 0;
      e.crystal.diffuse = diffuse;
      f(DerivativeCase{name, e, all});
      e.detector.point_pixel = true;
      e.beam.polarized = false;
      e.detector.sensor = {};
      e.dmin_m = 2.2e-10;
      for (int slow = 14; slow > 0; slow -= 2) e.selection.runs.push_back({0, slow, slow / 3, 3 + slow % 7});
      f(DerivativeCase{name + ", listed", e, all, false, true});
      e = differentiable_spectra(shape, lookup);
      e.materials = matter();
      e.crystal.diffuse = diffuse;
      e.crystal.diffuse->normalization = DiffuseNormalization::volume;
      f(DerivativeCase{name + ", spectra", e, all, true, true});
    }
  }
  Experiment e = differentiable(shape, 1);
  e.crystal.diffuse = diffuse;
  for (const int reach : {4, 1}) {  // a table that ends in the picture, and one smaller than the stencil
    e.structure_factors = e.further_sets[0] = waves(reach, false);
    f(DerivativeCase{"halos, table of reach " + std::to_string(reach), e, true});
  }
}

/// Calls f(DerivativeCase) for all shapes that have derivatives, all lookups, and both kinds of sums, and for halos.
template <class F>
void for_each_derivative_case(const F& f) {
  for_each_type(physics::Shapes{}, [&](auto shape) {
    if constexpr (DifferentiableShape<decltype(shape)>) {
      for (int lookup = 0; lookup < 3; ++lookup) {
        for (const bool all : {false, true}) {
          Experiment e = differentiable(shape_of<decltype(shape)>, lookup);
          const std::string name = std::string(shape_of<decltype(shape)>.name()) + ", lookup " +
                                   std::to_string(lookup) + (all ? ", all sums" : ", crystal");
          f(DerivativeCase{name, e, all});
          e.detector.curved = !all;
          e.detector.point_pixel = true;
          e.beam.polarized = false;
          e.detector.sensor = {};
          e.dmin_m = 2.2e-10;
          e.detector.oversample = 1;
          for (int slow = 14; slow > 0; slow -= 2) e.selection.runs.push_back({0, slow, slow / 3, 3 + slow % 7});
          f(DerivativeCase{name + ", listed", e, all, false, true});
          e = differentiable_spectra(shape_of<decltype(shape)>, lookup);
          e.materials = matter();
          e.detector.curved = !all;
          f(DerivativeCase{name + ", spectra", e, all, true, true});
        }
      }
    }
  });
  for_each_halo_case(f);
}

}  // namespace nbk::gpu_run
