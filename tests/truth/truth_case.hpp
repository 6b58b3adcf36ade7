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

/// A case of the truth files as nbk simulates it.
struct TruthCase {
  std::string name;
  Experiment experiment;             ///< policy `corrected`; its fluence makes its image that of the case
  double listed_fluence_per_m2 = 0;  ///< fluence of the case
  double spot_scale = 1;             ///< the case's factor of its image
  DerivativeParameters parameters;   ///< those that the case differentiates by and nbk has
  std::vector<Experiment> sources;   ///< of each source alone
  std::string data_file;             ///< path of the file of all arrays
  std::vector<TruthArray> arrays;    ///< in the order of the case

  /// True if the case lists an array of this name.
  bool has_array(const std::string& array) const;
  /// Returns an array from the case's own file. \throws InvalidInput  it is not there
  std::vector<double> stored_array(const std::string& array) const;

  /// Returns the derivative of a parameter of nbk's by the case's of the same name.
  double derivative_factor(const std::string& parameter) const;
};

}  // namespace nbk::truth
