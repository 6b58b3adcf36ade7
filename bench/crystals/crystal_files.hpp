// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/crystal_file.hpp"

#include <filesystem>

namespace nbk::bench::crystals {

/// Choice of what a file must hold.
enum class Content { reflections, atoms };

/// Reads structure factors, or atoms to compute them of. A build without gemmi reads text lists only.
/// \throws FileError  naming file, place and remedy
io::CrystalFile read(const std::filesystem::path& file, Content content, const io::CrystalFileOptions& options);

/// True if this build reads MTZ, CIF and coordinates.
bool has_gemmi();

}  // namespace nbk::bench::crystals
