// SPDX-License-Identifier: MIT
#pragma once

#include "truth/case_json.hpp"
#include "truth/truth_case.hpp"

namespace nbk::truth {

/// Turns the JSON of a truth case into an experiment, with its table of structure factors. Keys that it does not know
/// are left alone.
/// \throws FileError     a key that is missing or of another type, a file that cannot be read
/// \throws InvalidInput  a case that the weights of `corrected` cannot give
TruthCase read_case(const CaseJson& json);

}  // namespace nbk::truth
