// SPDX-License-Identifier: MIT
#include "truth/truth_case.hpp"

#include "truth/case_json.hpp"

#include <nbk/core/error.hpp>

#include <algorithm>

namespace nbk::truth {

bool TruthCase::has_array(const std::string& array) const {
  return std::ranges::find(arrays, array, &TruthArray::name) != arrays.end();
}

std::vector<double> TruthCase::stored_array(const std::string& array) const {
  const auto found = std::ranges::find(arrays, array, &TruthArray::name);
  require(found != arrays.end(), "array", array, "must be in the list of the case");
  const std::vector<double> all = read_numbers(data_file);
  require(found->offset + found->count <= all.size(), "numbers in " + data_file, all.size(),
          "must reach to the end of the array " + array);
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(found->offset);
  return {first, first + static_cast<std::ptrdiff_t>(found->count)};
}

double TruthCase::derivative_factor(const std::string& parameter) const {
  if (parameter == "spot_scale") return 1.0 / spot_scale;
  if (parameter == "fluence") return experiment.beam.fluence_per_m2 / listed_fluence_per_m2;
  return 1.0;
}

}  // namespace nbk::truth
