// SPDX-License-Identifier: MIT
// A program of somebody else that calls what the program of README.md does not: derivatives, the response of a
// detector, files, and simulations chosen by name. A template is compiled, and warned of, only where it is called.
#include <nbk/differentiation.hpp>
#include <nbk/io/float_image.hpp>
#include <nbk/io/hkl_text.hpp>
#include <nbk/io/image_statistics.hpp>
#include <nbk/io/noise_image.hpp>
#include <nbk/io/pixel_recording.hpp>
#include <nbk/io/smv_reader.hpp>
#include <nbk/io/smv_writer.hpp>
#include <nbk/io/spectrum_text.hpp>
#include <nbk/response/apply_response.hpp>
#include <nbk/runtime/simulation.hpp>

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace {

using Exec = Kokkos::DefaultHostExecutionSpace;
using Pixels = Kokkos::View<double***, Kokkos::LayoutRight, Kokkos::HostSpace>;
using Gauss = nbk::OwnShape<nbk::physics::Gauss>;

/// One step of a fit to an image, and the gradient by pixels.
double fit_step(const Exec& exec, const nbk::Plan<nbk::Fp64, Exec>& plan, const Pixels& photons) {
  nbk::DerivativePlan<nbk::Fp64, Exec> by(nbk::DerivativeParameters{"crystal.misset_rad.x", "scale"});
  nbk::NormalEquations normal;
  nbk::FitModel model;
  nbk::normal_equations(exec, plan, by, photons, photons, model, normal, Gauss{});
  return normal.vector[0];
}

/// What a detector makes of an image, as bytes of a file.
std::size_t recorded(const Exec& exec, const Pixels& photons) {
  nbk::Response response;
  response.point_spread = {nbk::PointSpread::Kind::fibre, 0.8, 5, {}};
  response.readout_noise_adu = 3;
  nbk::apply_response(exec, response, photons, photons);
  std::vector<std::byte> memory;
  const std::vector<float> expected(photons.size(), 1.0F);
  return nbk::io::record_pixels(expected, photons.extent(2), {}, memory).size();
}

}  // namespace

int main(int argc, char** argv) {
  const Kokkos::ScopeGuard kokkos(argc, argv);
  const Exec exec;
  nbk::Experiment experiment;
  experiment.policy = nbk::Policy::corrected;
  experiment.crystal.cell = nbk::UnitCell{40, 50, 60};
  experiment.crystal.shape = nbk::shape_of<nbk::physics::Gauss>;
  experiment.structure_factors =
      nbk::io::make_table(nbk::io::read_hkl_text(argv[1]).reflections, 0.0, std::string(argv[1]));
  experiment.beam.spectrum = nbk::io::read_spectrum_text(argv[2]).spectrum;
  const nbk::Plan<nbk::Fp64, Exec> plan(exec, experiment);
  const Pixels photons("photons", 1, 1024, 1024);
  nbk::io::write_float_image("image.bin", std::vector<float>(recorded(exec, photons), 0.0F));
  const std::string header = nbk::io::smv_header(plan.scene(), experiment);
  const auto simulation = nbk::runtime::make_simulation({.device = "cpu", .dtype = "float64"});
  simulation->setup(experiment);
  return fit_step(exec, plan, photons) > 0 && header.size() == nbk::io::read_smv("mask.img").pixels.size() ? 0 : 1;
}
