// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/model/goniometer.hpp"
#include "nbk/model/scan.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Content of an experiment list of dxtbx (DIALS: imported.expt, refined.expt), in SI units and nbk's models. Lists
/// that have one value per scan point belong to the borders of the images: n + 1 values for n images.

namespace nbk::io {

/// A beam of dxtbx.
struct DxtbxBeam {
  Beam beam{};                             ///< wavelength, Kahn factor, flux
  Vec3d direction{0, 0, -1};               ///< in which the photons travel
  Vec3d polarization{1, 0, 0};             ///< electric field
  std::vector<Vec3d> s0_at_scan_points{};  ///< incident beam, 1/Angstrom; empty: does not change
};

/// A goniometer of dxtbx.
struct DxtbxGoniometer {
  Vec3d spindle{1, 0, 0};                       ///< axis of rotation before the setting turns it
  Goniometer goniometer{};                      ///< fixed and setting rotation
  std::vector<Mat3d> setting_at_scan_points{};  ///< empty: does not change
};

/// A scan of dxtbx.
struct DxtbxScan {
  Scan scan{};                       ///< images and angles; a width of 0 is a series of stills
  std::vector<double> exposure_s{};  ///< of each image, the last one of those after it; empty: not given
};

/// A crystal of dxtbx.
struct DxtbxCrystal {
  Crystal crystal{};                      ///< with vectors a, b, c at spindle angle 0
  std::vector<Mat3d> a_at_scan_points{};  ///< reciprocal vectors as columns, 1/Angstrom; empty: do not change
  std::string hall_symbol = "P 1";        ///< of the space group
};

/// An experiment: places in the lists of a document, where it has such a model.
struct DxtbxExperiment {
  std::size_t beam = 0;                     ///< every experiment has one
  std::size_t detector = 0;                 ///< every experiment has one
  std::optional<std::size_t> goniometer{};  ///< not given: a still
  std::optional<std::size_t> scan{};        ///< not given: a still
  std::optional<std::size_t> crystal{};     ///< not given: no lattice has been found
  std::optional<std::size_t> imageset{};    ///< the images
};

/// Images that belong together: those of a sweep, or one still. Experiments of one series are lattices in its images.
struct DxtbxSeries {
  std::vector<std::size_t> experiments{};  ///< their places in the document, at least one
  int first_image = 1;                     ///< number of the first image; 1 for a still
  int images = 1;                          ///< number of images, >= 1
};

/// An experiment list.
struct DxtbxDocument {
  std::string file{};                          ///< its name, for messages
  std::vector<DxtbxBeam> beams{};              ///< of all experiments
  std::vector<Detector> detectors{};           ///< with a list of panels each
  std::vector<DxtbxGoniometer> goniometers{};  ///< of sweeps
  std::vector<DxtbxScan> scans{};              ///< of sweeps
  std::vector<DxtbxCrystal> crystals{};        ///< lattices that were found
  std::vector<DxtbxExperiment> experiments{};  ///< at least one
  std::vector<DxtbxSeries> series{};           ///< in the order of their first experiments
  std::vector<std::string> warnings{};         ///< "FILE: PLACE: ...": not simulated as the file has it
};

}  // namespace nbk::io
