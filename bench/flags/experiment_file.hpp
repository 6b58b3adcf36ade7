// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/dxtbx_document.hpp"
#include "nbk/io/experiment_json.hpp"

#include <filesystem>

namespace nbk::bench::flags {

/// Reads an experiment from a JSON file (docs/schema/experiment.schema.json), and the files that it names from its
/// folder.
/// \throws FileError  "FILE: /path/inside: what is wrong"
io::ExperimentDocument read_document(const std::filesystem::path& file);

/// Reads what a detector makes of photons from a JSON file (docs/schema/response.schema.json).
/// \throws FileError  "FILE: /path/inside: what is wrong"
Response read_response(const std::filesystem::path& file);

/// Reads an experiment list of dxtbx.
/// \throws FileError  "FILE: /path/inside: what is wrong"
io::DxtbxDocument read_dxtbx(const std::filesystem::path& file);

/// Writes an experiment as JSON, tables and masks included.
/// \throws FileError
void write_document(const std::filesystem::path& file, const io::ExperimentDocument& document);

}  // namespace nbk::bench::flags
