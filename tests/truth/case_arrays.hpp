// SPDX-License-Identifier: MIT
#pragma once

#include "truth/truth_case.hpp"

#include <string_view>
#include <vector>

namespace nbk::truth {

/// Computes all arrays of a case and puts them where its list says. What the case gives (data, weights) is copied.
/// NaN stands for what nbk does not offer.
/// \param precision  name of a precision: "float64", "mixed", "float32"
/// \throws InvalidInput, FileError
std::vector<double> case_arrays(const TruthCase& subject, std::string_view precision);

}  // namespace nbk::truth
