// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/atomic_file.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/reflection_table.hpp"

#include <cmath>
#include <cstring>
#include <vector>

/// \file
/// The binary cache of a structure factor table ("Fdump.bin"). A text line with the six bounds of the indices, a form
/// feed, then the table as native doubles, h slowest. The stored table is one plane larger than the bounds at the far
/// end of every axis; those planes are zero and never used.

namespace nbk::io {

/// Reads a cache from memory. \param name  the file's name for messages
/// \throws FileError  malformed, truncated, too large or not finite
inline StructureFactors parse_hkl_cache(std::string_view bytes, const std::string& name,
                                        std::uintmax_t limit_bytes = default_table_limit_bytes) {
  if (bytes.empty()) fail(name, "is empty");
  const std::size_t line_end = bytes.find("\n\f");  // without one the largest number there is
  if (line_end > 100) fail(name, "is not a structure factor cache");
  StructureFactors table;
  Words words(bytes.substr(0, line_end));
  for (int* bound : {&table.h_min, &table.h_max, &table.k_min, &table.k_max, &table.l_min, &table.l_max}) {
    const auto value = to_number<int>(words.next());
    if (!value) fail(name, "is not a structure factor cache: it must begin with six integers");
    *bound = *value;
  }
  const std::size_t size = table_size(table, name, limit_bytes);

  const auto stored_k = static_cast<std::size_t>(std::intmax_t{table.k_max} - table.k_min + 2);
  const auto stored_l = static_cast<std::size_t>(std::intmax_t{table.l_max} - table.l_min + 2);
  const auto stored_h = static_cast<std::size_t>(std::intmax_t{table.h_max} - table.h_min + 2);
  const std::size_t begin = line_end + 2;
  const std::size_t stored = (bytes.size() - begin) / sizeof(double);
  if (stored / stored_h / stored_k < stored_l) fail(name, "is truncated");

  table.amplitude.resize(size);
  double* row = table.amplitude.data();
  for (std::size_t h = 0; h + 1 < stored_h; ++h) {
    for (std::size_t k = 0; k + 1 < stored_k; ++k, row += stored_l - 1) {
      const std::size_t offset = begin + sizeof(double) * (h * stored_k + k) * stored_l;
      std::memcpy(row, bytes.data() + offset, sizeof(double) * (stored_l - 1));
    }
  }
  for (const double amplitude : table.amplitude) {
    if (!std::isfinite(amplitude)) fail(name, "holds a structure factor that is not a finite number");
  }
  return table;
}

/// The same from a file. The default amplitude is not stored. \throws FileError
inline StructureFactors read_hkl_cache(const std::filesystem::path& file) {
  return parse_hkl_cache(read_file(file), file.string());
}

/// Writes a cache, byte for byte like nanoBragg. \throws FileError
inline void write_hkl_cache(const std::filesystem::path& file, const StructureFactors& table) {
  AtomicFile out(file);
  std::string header;
  for (int bound : {table.h_min, table.h_max, table.k_min, table.k_max, table.l_min, table.l_max}) {
    header += std::to_string(bound) + " ";
  }
  header.back() = '\n';
  out.write(header + '\f');

  const auto extent = [](int low, int high) { return static_cast<std::size_t>(std::intmax_t{high} - low + 1); };
  const std::size_t h_range = extent(table.h_min, table.h_max), k_range = extent(table.k_min, table.k_max);
  const std::size_t l_range = extent(table.l_min, table.l_max);
  std::vector<double> plane((k_range + 1) * (l_range + 1), 0.0);
  for (std::size_t h = 0; h < h_range; ++h) {
    for (std::size_t k = 0; k < k_range; ++k) {
      std::memcpy(plane.data() + k * (l_range + 1), table.amplitude.data() + (h * k_range + k) * l_range,
                  sizeof(double) * l_range);
    }
    out.write(plane.data(), sizeof(double) * plane.size());
  }
  std::fill(plane.begin(), plane.end(), 0.0);
  out.write(plane.data(), sizeof(double) * plane.size());
  out.commit();
}

}  // namespace nbk::io
