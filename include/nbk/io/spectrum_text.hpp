// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/text_lines.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/scene/unlikely_numbers.hpp"

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

namespace nbk::io {

/// A spectrum from a text, with remarks for a person.
struct SpectrumText {
  Spectrum spectrum;                    ///< in the order of the text
  std::vector<std::string> warnings{};  ///< "NAME: line N: ...": probably a mistake
};

/// Reads a spectrum: wavelength in Angstrom, weight and, if wanted, the number of the set of structure factors. Blank
/// lines and lines that begin with '#' are skipped.
/// \param name  the file's name for messages
/// \throws FileError  no wavelength at all, a line with another number of columns, a wavelength that is not > 0, a
/// weight that is negative, no weight above 0, a set that is no number >= 0
inline SpectrumText parse_spectrum_text(std::string_view text, const std::string& name) {
  constexpr double metres_per_angstrom_inverse = 1e10;
  SpectrumText result;
  double weights = 0;
  for (TextLines lines(text, " \t\v\f\r,"); lines.next();) {
    const auto fields = lines.fields();
    if (fields[0].starts_with('#')) continue;
    if (lines.count() != 3) lines.require_count(2, name, "wavelength in Angstrom, weight; a set may follow");
    const auto wavelength = to_number<double>(fields[0]), weight = to_number<double>(fields[1]);
    if (!wavelength || !std::isfinite(*wavelength) || !(*wavelength > 0)) {
      lines.fail(name, "a wavelength must be a finite number > 0, in Angstrom, found " + shown(fields[0]));
    }
    if (!weight || !std::isfinite(*weight) || *weight < 0) {
      lines.fail(name, "a weight must be a finite number >= 0, found " + shown(fields[1]));
    }
    SpectrumLine line{*wavelength / metres_per_angstrom_inverse, *weight, 0};
    if (lines.count() == 3) {
      const auto set = to_number<int>(fields[2]);
      if (!set || *set < 0) lines.fail(name, "a set must be an integer >= 0, found " + shown(fields[2]));
      line.structure_factor_set = *set;
    }
    if (result.warnings.empty() && !scene::likely_wavelength.has(line.wavelength_m)) {
      result.warnings.push_back(name + ": line " + std::to_string(lines.number()) + ": a wavelength of " +
                                std::string(fields[0]) + " Angstrom; the first column is no energy and not in metres");
    }
    weights += *weight;
    result.spectrum.lines.push_back(line);
  }
  if (result.spectrum.lines.empty()) fail(name, "holds no spectrum; expected lines wavelength(Angstrom) weight");
  if (!(weights > 0) || !std::isfinite(weights)) fail(name, "must have a weight above 0, and a finite sum of weights");
  return result;
}

/// Reads the same from a file.
/// \throws FileError
inline SpectrumText read_spectrum_text(const std::filesystem::path& file) {
  return parse_spectrum_text(read_file(file, std::uintmax_t{1} << 28), file.string());
}

}  // namespace nbk::io
