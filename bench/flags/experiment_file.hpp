// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <filesystem>

namespace nbk::bench::flags {

/// Reads an experiment from a JSON file (docs/schema/experiment.schema.json).
/// \throws FileError  "FILE: /path/inside: what is wrong"
Experiment read_experiment(const std::filesystem::path& file);

/// Writes an experiment as JSON, tables and mask included. \throws FileError
void write_experiment(const std::filesystem::path& file, const Experiment& experiment);

}  // namespace nbk::bench::flags
