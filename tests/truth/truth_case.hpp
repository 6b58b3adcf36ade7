// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/model/experiment.hpp>
#include <nbk/scene/derivative_parameters.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace nbk::truth {

/// An array of numbers that a case lists, and its place in the file of all of them.
struct TruthArray {
  std::string name;
  std::size_t offset = 0;  ///< numbers before it
  std::size_t count = 0;   ///< numbers in it
};

/// One source's image, which some cases list by itself.
struct SourceImage {
  Experiment experiment;  ///< the case's with this source alone
  double scale = 1;       ///< as TruthCase::scale
};

/// A case of the truth files as nbk simulates it.
struct TruthCase {
  std::string name;
  Experiment experiment;             ///< policy `corrected`
  double spot_scale = 1;             ///< the case's factor of its image
  double scale = 1;                  ///< image of the case / image of the experiment, `spot_scale` included
  DerivativeParameters parameters;   ///< those that the case differentiates by and nbk has
  std::vector<SourceImage> sources;  ///< image of each source alone
  std::string not_offered;           ///< effect of the case that nbk has not; empty: it has all
  std::string data_file;             ///< path of the file of all arrays
  std::vector<TruthArray> arrays;    ///< in the order of the case
};

}  // namespace nbk::truth
