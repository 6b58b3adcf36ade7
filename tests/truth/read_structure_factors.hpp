// SPDX-License-Identifier: MIT
#pragma once

#include "truth/case_json.hpp"

#include <nbk/model/structure_factors.hpp>

#include <vector>

namespace nbk::truth {

/// Reads the tables of structure factors of a case: one file, the sets behind each other. A reflection is an amplitude,
/// or, where the file is twice as long, a real and an imaginary part.
/// \throws FileError
std::vector<StructureFactors> read_structure_factors(const CaseJson& json);

}  // namespace nbk::truth
