// SPDX-License-Identifier: MIT
#include "bench/crystals/crystal_files.hpp"
#include "nbk/io/gemmi/crystal_file_reader.hpp"

namespace nbk::bench::crystals {

io::CrystalFile read(const std::filesystem::path& file, Content content, const io::CrystalFileOptions& options) {
  return io::read_crystal_file(file, content == Content::atoms, options);
}

bool has_gemmi() { return true; }

}  // namespace nbk::bench::crystals
