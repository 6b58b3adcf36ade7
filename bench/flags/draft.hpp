// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/flags/crystal_file_options.hpp"
#include "bench/flags/image_models.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/model/scan.hpp"
#include "nbk/response/response.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::flags {

/// A material as --material names it.
struct MaterialWords {
  std::string name;                                               ///< "water", "air" or a file of the form factor
  double thickness_mm = 0;                                        ///< along the beam
  std::optional<double> density_g_per_cm3, molar_mass_g_per_mol;  ///< of a file

  bool is_file() const { return density_g_per_cm3.has_value(); }
};

/// The files a command line names as input. Empty: not given.
struct InputFiles {
  std::string hkl, matrix, sources, mask, image, stol, spectrum, response, cell;
  std::vector<MaterialWords> materials;
  std::vector<std::filesystem::path> named;  ///< by the experiment
  CrystalFileFlags crystal;
};

/// The state that the flags change one after another, until the Experiment can be made of it.
struct Draft {
  Experiment experiment;
  std::vector<Crystal> further_crystals;  ///< of the experiment's file
  std::size_t first_listed = 0;           ///< see io::ExperimentDocument
  std::optional<Scan> scan;               ///< of the experiment's file
  std::optional<Response> response;       ///< of the experiment's file
  OutputOptions output;
  ProgramOptions program;
  SeriesOptions series;
  InputFiles files;
  std::vector<ImageModels> models;  ///< of all images of a file in which they differ

  std::optional<UnitCell> cell;  ///< in the typed numbers; zeros are filled in at the end

  enum class Misset { as_is, angles, random };
  Misset misset = Misset::as_is;
  long misset_seed = 0;

  bool experiment_given = false;  ///< by a file, to begin with
  bool from_dxtbx = false;        ///< that file is an experiment list of dxtbx, and the image is chosen
  Crystal crystal_of_file;        ///< its first crystal before any flag
  ImageModels models_of_file;     ///< of its first image before any flag, with the first crystal
  bool default_F_given = false;   ///< whatever its value
  bool wavelength_given = false;  ///< by a flag, a header or the experiment
  bool frame_given = false;       ///< any convention or vector flag was seen
  Frame custom = Frame::of(Convention::custom);
  bool stop = false;  ///< no further flag sees the present word

  void choose(Convention convention, Pivot pivot) {
    frame_given = true;
    experiment.frame.convention = convention;
    experiment.detector.pivot = pivot;
  }

  void set_custom(Vec3d Frame::*axis, const Vec3d& value) {
    frame_given = true;
    experiment.frame.convention = Convention::custom;
    custom.*axis = value;
  }
};

}  // namespace nbk::bench::flags
