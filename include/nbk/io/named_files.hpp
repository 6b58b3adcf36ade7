// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/io/form_factor_table.hpp"
#include "nbk/io/hkl_text.hpp"
#include "nbk/io/reflection_table.hpp"
#include "nbk/io/spectrum_text.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/model/material.hpp"
#include "nbk/model/structure_factors.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nbk::io {

/// Files that a document names in place of long lists, and remarks about them.
struct NamedFiles {
  std::optional<std::filesystem::path> folder{};  ///< that relative names begin at; not given: no file is read
  std::vector<std::filesystem::path> read{};      ///< files that were read, in order
  std::vector<std::string> warnings{};            ///< "FILE: line N: ...": probably a mistake

  /// Returns the spectrum of a file, as read_spectrum_text() reads it.
  /// \throws FileError
  Spectrum spectrum(const std::string& name) {
    SpectrumText text = read_spectrum_text(next(name));
    warnings.insert(warnings.end(), text.warnings.begin(), text.warnings.end());
    return std::move(text.spectrum);
  }

  /// Returns the form factor of a file, as read_form_factor() reads it: sin(theta)/lambda in 1/Angstrom, F.
  /// \throws FileError
  std::vector<FormFactorPoint> form_factor(const std::string& name) { return read_form_factor(next(name)); }

  /// Fills ranges and amplitudes from a list of reflections, as read_hkl_text() reads it.
  /// \throws FileError
  void fill(StructureFactors& factors, const std::string& name) {
    const std::filesystem::path& path = next(name);
    const HklText text = read_hkl_text(path);
    warnings.insert(warnings.end(), text.warnings.begin(), text.warnings.end());
    StructureFactors table = make_table(text.reflections, factors.default_amplitude, path.string());
    table.intensities = factors.intensities;
    table.interpolate = factors.interpolate;
    factors = std::move(table);
  }

 private:
  const std::filesystem::path& next(const std::string& name) {
    if (!folder) throw FileError("must not be here: this document is in no folder, so it cannot name a file");
    if (name.empty()) throw FileError("must be the name of a file");
    return read.emplace_back(*folder / name);
  }
};

}  // namespace nbk::io
