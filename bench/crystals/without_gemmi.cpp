// SPDX-License-Identifier: MIT
#include "bench/crystals/crystal_files.hpp"
#include "nbk/io/file_kind.hpp"
#include "nbk/io/plain_crystal_file.hpp"

#include <string>

namespace nbk::bench::crystals {

namespace {

constexpr const char* remedy =
    ", which this program was built without gemmi to read; install gemmi (Debian: gemmi-dev and tao-pegtl-dev) and "
    "build "
    "it again";

}  // namespace

io::CrystalFile read(const std::filesystem::path& file, Content content, const io::CrystalFileOptions& options) {
  const std::string bytes = io::read_file(file);
  io::detail::require_no_utf16(bytes, file.string());
  const io::FileKind kind = io::recognise_file(bytes);
  const bool needs_gemmi = kind == io::FileKind::mtz || kind == io::FileKind::cif || kind == io::FileKind::pdb;
  if (needs_gemmi) io::fail(file, "is " + std::string(io::name_of(kind)) + remedy);
  if (!io::remedy_for(kind).empty()) {
    io::fail(file,
             "is " + std::string(io::name_of(kind)) + ", which is not read; " + std::string(io::remedy_for(kind)));
  }
  if (content == Content::atoms) io::fail(file, "holds reflections, not atoms; give it by --hkl");
  if (!options.space_group.empty()) {
    throw InvalidInput("--space-group", options.space_group, std::string("is a name") + remedy);
  }
  if (kind == io::FileKind::shelx_hkl) return io::of_shelx_hkl(bytes, file, {}, options);
  return io::of_hkl_text(bytes, {}, options, file.string());
}

bool has_gemmi() { return false; }

}  // namespace nbk::bench::crystals
