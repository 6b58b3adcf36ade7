// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/image_models.hpp"
#include "nbk/io/distinct_files.hpp"
#include "nbk/io/listed_image.hpp"
#include "nbk/io/nxmx_description.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/model/scan.hpp"
#include "nbk/model/traversal.hpp"
#include "nbk/response/integer_rule.hpp"
#include "nbk/response/response.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::flags {

/// Names and scales of the files that are written. The names are those of the C program.
struct OutputOptions {
  std::string float_file = "floatimage.bin";
  std::string int_file = "intimage.img";
  std::string pgm_file = "image.pgm";
  std::string noise_file = "noiseimage.img";
  std::string cache_file = "Fdump.bin";
  std::string detector_file = "detectorimage.img";
  bool write_pgm = true;
  bool write_noise = true;
  bool write_cache = false;  ///< a reflection list was read, so the C program leaves a cache of it
  double int_scale = 0;      ///< of the integer image; <= 0: the maximum becomes 55000
  double pgm_scale = 0;      ///< <= 0: five standard deviations become 250
  double adc_offset = 40;    ///< added to the integer and the noise image
  long noise_seed = -1;      ///< the negative of the number that the user gives
  int detector_bits = 16;    ///< of the integers of the detector's image; 32 have a sign
  IntegerRule integers;      ///< of the detector's image
  bool progress = true;
  bool printout = false;
  std::optional<std::array<int, 2>> printout_pixel;  ///< fast, slow; not given: all
};

/// A float image that is added to the one that is computed.
struct AddedImage {
  std::string file;
  double scale = 1;  ///< its pixels are multiplied by this
};

/// The flags that nbk-render adds to those of the C program.
struct ProgramOptions {
  std::string precision = "float64";
  std::string device = "cpu";
  Traversal traversal = Traversal::automatic;
  int threads = 0;  ///< 0: as the environment says
  std::string noise_generator = "compat";
  std::optional<bool> adc_offset_in_header;  ///< not given: as the policy says
  std::string json_file, png_file, trace_file, experiment_file, save_experiment_file, expt_file, save_expt_file,
      geom_file, save_geom_file;
  std::vector<AddedImage> added;
  double spot_scale = 1;  ///< photons of the crystals are multiplied by this
  bool strict = false, quiet = false, help = false, help_markdown = false, version = false;
};

/// Files of many images, or of one in the formats of detectors, and how they are made.
struct SeriesOptions {
  std::string list_file, nexus_file, cbf_file, manifest_file;
  io::PixelKind pixels = io::PixelKind::counts;
  int gzip = 0;                     ///< 0: no compression
  double label_threshold = 1;       ///< photons of a pixel that belongs to a spot
  std::optional<double> pedestal;   ///< counts added to every pixel; not given: none
  std::optional<int> chosen_image;  ///< of the scan
  bool seed_given = false;          ///< of the noise
  std::size_t stills = 0;           ///< stills of an experiment list that are images of one file

  /// The file of the truth of many images.
  std::string manifest() const {
    if (!manifest_file.empty()) return manifest_file;
    return (nexus_file.empty() ? std::string("images") : nexus_file) + ".truth.jsonl";
  }
};

/// A flag as it was typed.
struct TypedFlag {
  std::string_view name;    ///< the usual spelling
  std::string_view fields;  ///< that it sets, as in the table of flags
  std::string_view unit;    ///< of its values
  std::string words;        ///< "-distance -100"
};

/// A command line, understood.
struct Command {
  Experiment experiment;
  std::vector<Crystal> further_crystals;  ///< their images are added to that of the experiment
  std::size_t first_listed = 0;           ///< see io::ExperimentDocument
  std::optional<Response> response;       ///< a detector's image is wanted
  std::optional<Scan> scan;               ///< of which the experiment is one image
  OutputOptions output;
  ProgramOptions program;
  SeriesOptions series;
  std::vector<io::ListedImage> images;  ///< of --images
  std::vector<ImageModels> models;      ///< of every image, where they differ and are not listed
  std::vector<std::string> arguments;   ///< unchanged
  std::vector<std::string> warnings;    ///< of everything that the C program does silently, and of flags without effect
  bool has_unread_flags = false;        ///< a warning names a flag that the convention does not read
  std::vector<std::string> problems;    ///< those of the warnings that may change the image
  std::vector<TypedFlag> typed;         ///< in the order of their use
  std::vector<io::UsedFile> files;      ///< every file that is read or will be written
  std::size_t reflections = 0;          ///< records of the list, or cells of the cache, that was read
  std::vector<std::string> loaded;      ///< "reading FILE" for every file that was read
};

/// Returns true if a line asks for many images: a list, or a whole scan or all stills of a file in the format of a
/// detector.
inline bool asks_for_series(const SeriesOptions& series, const std::optional<Scan>& scan) {
  const bool has_file = !series.nexus_file.empty() || !series.cbf_file.empty();
  return !series.list_file.empty() || series.stills > 1 ||
         (has_file && scan && scan->images > 1 && !series.chosen_image);
}

/// Understands the flags of the C program and nbk's own, and loads the files they name.
/// \param args  the command line without the program's name
/// \throws InvalidInput  a flag or a value that cannot be used, or an output that would replace an input or another
/// output; with --strict also every trap that is a warning without
/// \throws FileError     a file that cannot be read or understood
Command parse(std::span<const std::string> args);

}  // namespace nbk::bench::flags
