// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/dxtbx_document.hpp"
#include "nbk/io/experiment_json.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/model/frame.hpp"
#include "nbk/model/goniometer.hpp"

#include <string>
#include <vector>

namespace nbk::bench::flags {

/// Models of one image of a file in which they differ from image to image.
struct ImageModels {
  std::string place{};              ///< for messages: "FILE: still 3: "
  Beam beam{};                      ///< of this image
  Frame frame{};                    ///< with the direction of the beam
  Goniometer goniometer{};          ///< fixed and setting rotation
  std::vector<Crystal> crystals{};  ///< their images are added up; empty: those of the command
};

/// Returns the models of an experiment list's image.
ImageModels models_of(io::ExperimentDocument of_image);

/// Returns true if beam, setting or crystals of a series differ from image to image.
bool changes_in_scan(const io::DxtbxDocument& document, const io::DxtbxSeries& series);

/// Returns the models of every image of a series. \throws FileError  no experiment has one of the images
std::vector<ImageModels> models_of_scan(const io::DxtbxDocument& document, const io::DxtbxSeries& series);

/// Returns true if no image of a list turns.
bool has_only_stills(const io::DxtbxDocument& document);

/// Returns the models of all stills of a list, in its order.
/// \throws FileError  two have different detectors, or some have crystals and others not
std::vector<ImageModels> models_of_stills(const io::DxtbxDocument& document);

/// Gives a crystal what flags changed of another one: size, shape, mosaicity, rotation.
void share_changes(const Crystal& was, const Crystal& is, Crystal& other);

/// Gives every image what flags changed of the first one, as it was in the file.
/// \param is       the experiment after all flags
/// \param further  its other crystals
void apply_flags(const ImageModels& was, const Experiment& is, const std::vector<Crystal>& further,
                 std::vector<ImageModels>& images);

}  // namespace nbk::bench::flags
