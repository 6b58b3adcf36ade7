// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/source_list.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nbk::bench::background {

/// Numbers in columns, and what was odd about them.
struct TextColumns {
  std::vector<io::Columns> lines;  ///< of every line that is not blank, nothing where a line ends before
  std::vector<std::string> odd;    ///< "FILE: line N: ...", of each kind the first, and the number of the others
};

/// Reads a file of numbers in columns by the rules of the C programs: delimiters are space, tab and ",;:!", a word that
/// is no number counts as 0, and there are no comments. Such a word is odd, and so is a line with
/// another number of columns than the first line, where one of the two has more than are read.
/// \param count  columns that are read, at most 5; further ones are not read \throws FileError
TextColumns read_columns(const std::string& file, std::size_t count);

}  // namespace nbk::bench::background
