// SPDX-License-Identifier: MIT
#pragma once

#include "truth/case_json.hpp"
#include "truth/truth_case.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nbk::truth {

/// A number of a case that is no array, compared.
struct TruthCheck {
  std::string name;
  double computed = 0;
  double expected = 0;
  double unit = 1;  ///< number that the difference is relative to

  /// Returns |computed - expected| / unit.
  double relative_difference() const;
};

/// Computes the gradients, vectors and matrices of a case: its adjoint, its Gauss-Newton equations, its likelihood.
/// \param precision  as for case_arrays()
/// \throws InvalidInput, FileError
std::vector<TruthCheck> case_checks(const CaseJson& json, const TruthCase& subject, std::string_view precision);

}  // namespace nbk::truth
