// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/source_list.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nbk::bench::background {

/// The columns of every line that is not blank, nothing where a line ends before.
using TextColumns = std::vector<io::Columns>;

/// Reads a file of numbers in columns by the rules of the C programs: delimiters are space, tab and ",;:!", a word that
/// is no number counts as 0, and there are no comments.
/// \param count  columns that are read, at most 5; further ones are ignored \throws FileError
TextColumns read_columns(const std::string& file, std::size_t count);

}  // namespace nbk::bench::background
