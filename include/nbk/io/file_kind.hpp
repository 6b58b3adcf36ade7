// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/number_text.hpp"
#include "nbk/io/shelx_hkl.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace nbk::io {

/// Kind of a file that structure factors come from.
enum class FileKind {
  mtz,         ///< CCP4's binary reflections
  cif,         ///< CIF or mmCIF: reflections or atoms
  pdb,         ///< atoms, in columns
  shelx_hkl,   ///< SHELX's reflections, in columns
  hkl_text,    ///< "h k l F"
  xds_ascii,   ///< observations of XDS
  stream,      ///< CrystFEL's stream or list
  hdf5,        ///< HDF5, in which no structure factors are known
  compressed,  ///< by gzip, bzip2 or xz
  unknown      ///< none of these
};

/// Name of a kind, with its article.
inline std::string_view name_of(FileKind kind) {
  switch (kind) {
    case FileKind::mtz: return "an MTZ file";
    case FileKind::cif: return "a CIF file";
    case FileKind::pdb: return "a PDB file";
    case FileKind::shelx_hkl: return "a SHELX list";
    case FileKind::hkl_text: return "a list h k l F";
    case FileKind::xds_ascii: return "an XDS_ASCII file";
    case FileKind::stream: return "a CrystFEL file";
    case FileKind::hdf5: return "an HDF5 file";
    case FileKind::compressed: return "a compressed file";
    case FileKind::unknown: break;
  }
  return "a file of an unknown kind";
}

namespace detail {

inline bool begins_with_data_block(std::string_view text) {
  for (TextLines lines(text); lines.next();) {
    const std::string_view word = lines.fields()[0];
    if (word.starts_with('#')) continue;
    return word.size() >= 5 && is_instruction(word.substr(0, 5), "DATA_");
  }
  return false;
}

inline bool begins_with_pdb_record(std::string_view text) {
  constexpr std::array<std::string_view, 12> records{"HEADER", "CRYST1", "ATOM  ", "HETATM", "REMARK", "TITLE ",
                                                     "COMPND", "MODEL ", "EXPDTA", "SCALE1", "ORIGX1", "SOURCE"};
  TextLines lines(text);
  return lines.next() && std::ranges::any_of(records, [&](auto record) { return lines.line().starts_with(record); });
}

inline bool begins_with_numbers(std::string_view text) {
  TextLines lines(text);
  return lines.next() && begins_with_number(lines.fields()[0]);
}

}  // namespace detail

/// Recognises the kind of a file by its content. Extensions do not count, because .hkl, .cif and .ent have several
/// meanings.
inline FileKind recognise_file(std::string_view bytes) {
  if (bytes.starts_with("MTZ ")) return FileKind::mtz;
  if (bytes.starts_with("\x89HDF")) return FileKind::hdf5;
  if (bytes.starts_with("\x1f\x8b") || bytes.starts_with("BZh") ||
      bytes.starts_with("\xfd"
                        "7zXZ"))
    return FileKind::compressed;
  if (bytes.starts_with("!FORMAT=XDS_ASCII")) return FileKind::xds_ascii;
  if (bytes.starts_with("CrystFEL ")) return FileKind::stream;
  if (detail::begins_with_data_block(bytes)) return FileKind::cif;
  if (detail::begins_with_pdb_record(bytes)) return FileKind::pdb;
  if (is_shelx_hkl(bytes)) return FileKind::shelx_hkl;
  if (detail::begins_with_numbers(bytes)) return FileKind::hkl_text;
  return FileKind::unknown;
}

/// Returns a sentence for a person about what to do with a file that is not read; empty for kinds that are.
inline std::string_view remedy_for(FileKind kind) {
  switch (kind) {
    case FileKind::xds_ascii: return "merge it with aimless, pointless or xscale and xdsconv, which write MTZ";
    case FileKind::stream: return "merge it with partialator, and write its result as MTZ by get_hkl";
    case FileKind::compressed: return "decompress it first (gunzip, bunzip2 or unxz)";
    case FileKind::hdf5:
    case FileKind::unknown:
      return "expected MTZ, SF-mmCIF, CIF, PDB, a SHELX list, or text with one reflection h k l F a line";
    default: return "";
  }
}

}  // namespace nbk::io
