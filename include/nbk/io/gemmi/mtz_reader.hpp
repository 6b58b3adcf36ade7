// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/format_number.hpp"
#include "nbk/io/column_choice.hpp"
#include "nbk/io/gemmi/gemmi_symmetry.hpp"
#include "nbk/io/merged_reflections.hpp"
#include "nbk/io/reflection_collector.hpp"

#include <gemmi/mtz.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Merged reflections of an MTZ file, by gemmi. See io/gemmi/gemmi_symmetry.hpp for what that needs.

namespace nbk::io {

namespace detail {

/// Content of a column by its type. Types of pairs say nothing about the sign, which the label does.
inline ColumnKind mtz_column_kind(char type, std::string_view label) {
  const bool is_minus = label.find("(-)") != std::string_view::npos || label.find("minus") != std::string_view::npos;
  switch (type) {
    case 'F': return ColumnKind::amplitude;
    case 'G': return is_minus ? ColumnKind::amplitude_minus : ColumnKind::amplitude_plus;
    case 'J': return ColumnKind::intensity;
    case 'K': return is_minus ? ColumnKind::intensity_minus : ColumnKind::intensity_plus;
    case 'P': return ColumnKind::phase;
    default: return ColumnKind::other;
  }
}

/// Fails unless the header of an MTZ file is inside of the file.
inline void require_mtz_header(std::string_view bytes, const std::string& name) {
  constexpr std::size_t first_record = 80;
  if (bytes.size() < first_record) {
    fail(name, "is truncated: an MTZ file has at least 80 bytes, this one has " + std::to_string(bytes.size()));
  }
  const bool is_other_order =
      (static_cast<unsigned char>(bytes[9]) & 0xf0) == (std::endian::native == std::endian::little ? 0x10 : 0x40);
  // The header's place counts from 1, in words of 4 bytes; -1 means that 8 further bytes have it.
  const auto number = [&](std::size_t at, auto value) {
    char word[sizeof value];
    for (std::size_t i = 0; i < sizeof value; ++i) word[i] = bytes[at + (is_other_order ? sizeof value - 1 - i : i)];
    std::memcpy(&value, word, sizeof value);
    return value;
  };
  std::int64_t place = number(4, std::int32_t{});
  if (place == -1) place = number(12, std::int64_t{});
  const auto last = static_cast<std::int64_t>(bytes.size() / 4);
  if (place <= 20 || place > last) {
    fail(name, "is truncated: byte 5 says that the header begins at word " + std::to_string(place) +
                   ", but the file ends at word " + std::to_string(last) + "; copy the file again");
  }
}

/// Reads the headers with what the two generations of gemmi have.
template <class Mtz, class Stream>
void read_mtz_headers(Mtz& mtz, Stream& stream) {
  mtz.read_first_bytes(stream);
  if constexpr (requires { mtz.read_main_headers(stream); }) {
    mtz.read_main_headers(stream);  // to 0.6: looks for them itself
  } else {
    stream.skip(static_cast<std::size_t>(4 * (mtz.header_offset - 1) - stream.tell()));
    mtz.read_main_headers(stream, nullptr);
  }
}

/// Fails unless a file holds as many merged reflections as its header says.
inline void require_mtz_data(const gemmi::Mtz& mtz, std::size_t bytes, const std::string& name) {
  constexpr std::size_t first_record = 80;
  if (!mtz.batches.empty()) {
    fail(name, "its header (NCOL) says that it holds unmerged observations of " + std::to_string(mtz.batches.size()) +
                   " batches; merge them first, for example with aimless or dials.merge");
  }
  const std::uint64_t columns = mtz.columns.size();
  if (mtz.nreflections == 0) fail(name, "has no reflections (NCOL); give a file with structure factors");
  const bool fits = mtz.nreflections > 0 && columns > 3 &&
                    static_cast<std::uint64_t>(mtz.nreflections) <= (bytes - first_record) / sizeof(float) / columns;
  if (!fits) {
    fail(name, "its header (NCOL) says that it holds " + std::to_string(mtz.nreflections) + " reflections of " +
                   std::to_string(columns) + " columns, which " + std::to_string(bytes) +
                   " bytes cannot hold; copy or write the file again");
  }
  constexpr std::int64_t first_word = 21;  // of the data, in words from 1; the header follows them
  const std::int64_t numbers = std::int64_t{mtz.header_offset} - first_word;
  const auto described = static_cast<std::int64_t>(columns) * mtz.nreflections;
  if (described != numbers) {
    fail(name, "its header (NCOL) says that it holds " + std::to_string(mtz.nreflections) + " reflections of " +
                   std::to_string(columns) + " columns, but there are " + std::to_string(numbers) +
                   " numbers before it; write the file again");
  }
}

/// Reads the headers and checks that the data are there.
inline gemmi::Mtz parse_mtz_headers(std::string_view bytes, const std::string& name) {
  require_mtz_header(bytes, name);
  gemmi::Mtz mtz;
  try {
    gemmi::MemoryStream stream(bytes.data(), bytes.size());
    read_mtz_headers(mtz, stream);
  } catch (const std::exception& error) {
    fail(name, std::string("its header cannot be read (") + error.what() + "); copy or write the file again");
  }
  require_mtz_data(mtz, bytes.size(), name);
  mtz.setup_spacegroup();
  return mtz;
}

/// Returns one number of the data, which begin at byte 80.
inline float mtz_value(std::string_view bytes, std::size_t place, bool same_byte_order) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.data() + 80 + place * sizeof word, sizeof word);
  if (!same_byte_order) word = word >> 24 | (word >> 8 & 0xff00u) | (word << 8 & 0xff0000u) | word << 24;
  return std::bit_cast<float>(word);
}

/// Takes over cell and symmetry. The operations in the file count more than the name of the group.
inline void take_symmetry(const gemmi::Mtz& mtz, MergedReflections& list, const std::string& name) {
  list.cell = cell_of(mtz.get_cell(mtz.columns.back().dataset_id));
  list.space_group = mtz.spacegroup != nullptr ? mtz.spacegroup->xhm() : mtz.spacegroup_name;
  for (const gemmi::Op& op : mtz.symops) list.operations.push_back(operation_of(op));
  if (list.operations.empty() && !list.space_group.empty())
    list.operations = operations_of(require_space_group(list.space_group, list.cell, name));
}

}  // namespace detail

/// Reads merged reflections of an MTZ file in memory.
/// \param labels  columns that the user names, see choose_columns()
/// \param name  the file's name for messages
/// \throws FileError  truncated, unmerged, without usable columns, or not understood by gemmi
inline MergedReflections parse_mtz(std::string_view bytes, std::span<const std::string> labels,
                                   const std::string& name) {
  const gemmi::Mtz mtz = detail::parse_mtz_headers(bytes, name);
  std::vector<FileColumn> columns;
  for (const gemmi::Mtz::Column& column : mtz.columns)
    columns.push_back({column.label, detail::mtz_column_kind(column.type, column.label)});
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (mtz.columns[axis].type != 'H') {
      fail(name, "column " + std::to_string(axis + 1) + ", " + columns[axis].label +
                     ", is not of the type H; the first three columns must be the Miller indices");
    }
  }
  const ChosenColumns chosen = choose_columns(columns, labels, name);

  MergedReflections list;
  detail::take_symmetry(mtz, list, name);
  ReflectionCollector collector(chosen);
  const std::size_t width = mtz.columns.size();
  for (std::size_t row = 0; row < static_cast<std::size_t>(mtz.nreflections); ++row) {
    const auto value = [&](std::size_t column) {
      return static_cast<double>(detail::mtz_value(bytes, row * width + column, mtz.same_byte_order));
    };
    const auto optional_value = [&](const std::optional<std::size_t>& column) {
      return column ? value(*column) : ReflectionRow::missing;
    };
    ReflectionRow next{
        .value = value(chosen.value), .minus = optional_value(chosen.minus), .phase_deg = optional_value(chosen.phase)};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double index = value(axis);
      if (!(std::abs(index) <= 1e6)) {
        fail(name, "reflection " + std::to_string(row + 1) + ": a Miller index is no integer, " + format_g(index));
      }
      next.index[axis] = static_cast<int>(index);
    }
    collector.add(next);
  }
  collector.finish(list, "MTZ", name);
  return list;
}

}  // namespace nbk::io
