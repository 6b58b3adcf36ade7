// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/model/experiment.hpp>
#include <nbk/plan/plan_options.hpp>
#include <nbk/plan/term_weighting.hpp>

#include <functional>
#include <string>
#include <vector>

namespace nbk::gpu_run {

/// An experiment with what single precision may lose of it.
struct NamedExperiment {
  std::string name;
  Experiment experiment;
  double rounded = 0;        ///< largest error of Fp32, of the image's maximum, with all functions rounded correctly
  double loose = 0;          ///< the same where they are off by up to two units in the last place
  bool may_be_dark = false;  ///< products of solid angles may leave the range of float
  PlanOptions options{};     ///< of the plan
  int number = 0;            ///< of a path among those of its kernel: chooses how it is launched
};

/// Pictures of 64 x 64 pixels of everything that the library simulates.
/// \param compounding  with those that need sums in double
std::vector<NamedExperiment> named_experiments(bool compounding);

/// What chooses a kernel of images.
struct Combination {
  LatticeShape shape{};
  int lookup = 0;  ///< of structure factors: constant, nearest, tricubic
  TermWeighting weighting = TermWeighting::first_value;

  /// Returns true for shapes whose spots have an end.
  bool is_compact() const { return shape == LatticeShape("gauss") || shape == LatticeShape("tophat"); }
  /// Returns a picture that the kernel computes.
  /// \param table_reach  largest index in the table of structure factors
  NamedExperiment picture(const char* name, Experiment experiment, int table_reach) const;
};

/// Small pictures that take all paths through the kernels of one combination.
std::vector<NamedExperiment> paths_of(const Combination& combination);

/// The same for spectra of compact spots, whose wavelengths are found by windows.
std::vector<NamedExperiment> window_paths_of(const Combination& combination);

/// The same for the kernels of materials and of diffuse scattering.
std::vector<NamedExperiment> paths_of_backgrounds();

/// All of these, with their numbers. \param compounding  with factors that compound
void for_each_path(bool compounding, const std::function<void(const NamedExperiment&)>& f);

/// Lists of pixels of two panels, one for each shape and lookup.
std::vector<NamedExperiment> listed_experiments();

/// An experiment whose amplitudes lie in a View of the device, and they.
Experiment experiment_of_view();
std::vector<float> amplitudes_of_view();

/// What the library's counts of instructions are about, 64 x 64 pixels.
struct CountedWorkload {
  std::string name;
  Experiment experiment;
  double evaluations_per_pixel;
};
std::vector<CountedWorkload> counted_workloads();

/// Two panels and a region of interest, for lists of pixels and derivatives.
Experiment two_panels(LatticeShape shape, bool table, bool interpolate);

/// Makes a crystal fit to be differentiated.
Experiment differentiable(LatticeShape shape, int lookup);

/// The same with spectra, and spots so small that windows find their wavelengths.
Experiment differentiable_spectra(LatticeShape shape, int lookup);

/// Water with a curve of form factors, and air around it.
std::vector<Material> matter();

}  // namespace nbk::gpu_run
