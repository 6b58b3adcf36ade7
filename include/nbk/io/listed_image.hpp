// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/io/experiment_fields.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/model/crystal.hpp"

#include <cstddef>
#include <cstdint>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

namespace nbk::io {

/// Differences of one image of a list from the experiment that all of them share. What is not given stays as it is.
struct ListedImage {
  std::optional<int> slot{};             ///< number of the image in the file, from 0; not given: its place in the list
  std::optional<std::string> name{};     ///< of the image, for files of their own and the manifest
  std::optional<Vec3d> misset_deg{};     ///< rotations about lab x, then y, then z
  std::optional<long> misset_seed{};     ///< of a random orientation, as nbk-render's -misset_seed
  std::optional<Mat3d> a_matrix{};       ///< MOSFLM A matrix at the wavelength of this image
  std::optional<Mat3d> u_matrix{};       ///< rotation of the crystal, see Crystal
  std::optional<Mat3d> real_space_A{};   ///< vectors a, b, c as columns, Angstrom
  std::vector<double> cell{};            ///< a b c (Angstrom) alpha beta gamma (degrees); empty: not given
  std::optional<double> wavelength_A{};  ///< one wavelength
  std::optional<Spectrum> spectrum{};    ///< several; without `wavelength_A` their mean is that of the beam
  std::optional<double> phi_deg{};       ///< spindle angle at the beginning
  std::optional<double> osc_deg{};       ///< rotation during the image
  std::optional<double> scale{};         ///< photons of the crystals are multiplied by this
  std::optional<std::int64_t> seed{};    ///< of the noise, together with the slot
  std::size_t line = 0;                  ///< of the list, from 1
};

/// Shows every key of a line of the list, with its field, to `visit`.
template <Is<ListedImage> Self>
void visit_fields(auto& visit, Self& image) {
  visit("slot", image.slot);
  visit("name", image.name);
  visit("misset_deg", image.misset_deg);
  visit("misset_seed", image.misset_seed);
  visit("a_matrix", image.a_matrix);
  visit("u_matrix", image.u_matrix);
  visit("real_space_A", image.real_space_A);
  visit("cell", image.cell);
  visit("wavelength_A", image.wavelength_A);
  visit("spectrum", image.spectrum);
  visit("phi_deg", image.phi_deg);
  visit("osc_deg", image.osc_deg);
  visit("scale", image.scale);
  visit("seed", image.seed);
}

/// Returns the photon-weighted mean wavelength of a spectrum.
inline double mean_wavelength_m(const Spectrum& spectrum) {
  double sum = 0, weights = 0;
  for (const SpectrumLine& line : spectrum.lines) {
    sum += line.weight * line.wavelength_m;
    weights += line.weight;
  }
  return sum / weights;
}

/// Changes the beam of the shared experiment to that of an image.
inline void set_beam(const ListedImage& image, Beam& beam) {
  constexpr double metres = 1e-10;  // in an Angstrom
  if (image.spectrum) {
    beam.spectrum = *image.spectrum;
    beam.wavelength_m = mean_wavelength_m(beam.spectrum);
  } else if (image.wavelength_A) {
    beam.spectrum = {};
  }
  if (image.wavelength_A) beam.wavelength_m = *image.wavelength_A * metres;
}

/// Changes the crystal of the shared experiment to that of an image. A matrix of the image is its whole orientation;
/// the A matrix of the shared experiment keeps its crystal at another wavelength.
/// \param shared_m  wavelength of the shared experiment \param own_m  wavelength of the image
inline void set_crystal(const ListedImage& image, double shared_m, double own_m, Crystal& crystal) {
  constexpr double radian = std::numbers::pi / 180.0;  // in a degree
  if (image.a_matrix || image.u_matrix || image.real_space_A) {
    crystal.a_matrix = image.a_matrix;
    crystal.u_matrix = image.u_matrix;
    crystal.real_space_A = image.real_space_A;
    if (!image.u_matrix) crystal.b_matrix.reset();
    if (image.real_space_A) crystal.cell.reset();
    crystal.misset_rad = {};
    crystal.random_misset_seed.reset();
  } else if (crystal.a_matrix && own_m != shared_m) {
    const double factor = own_m / shared_m;
    for (Vec3d* row : {&crystal.a_matrix->row0, &crystal.a_matrix->row1, &crystal.a_matrix->row2}) *row = factor * *row;
  }
  if (image.misset_deg) {
    crystal.misset_rad = radian * *image.misset_deg;
    crystal.random_misset_seed.reset();
  }
  if (image.misset_seed) crystal.random_misset_seed = -*image.misset_seed;
  if (!image.cell.empty()) {
    const std::vector<double>& c = image.cell;
    crystal.cell = UnitCell{c[0], c[1], c[2], radian * c[3], radian * c[4], radian * c[5]};
  }
  if (image.phi_deg) crystal.phi.start_rad = radian * *image.phi_deg;
  if (image.osc_deg) {
    crystal.phi.range_rad = radian * *image.osc_deg;
    if (crystal.phi.steps) crystal.phi.step_rad = *crystal.phi.range_rad / *crystal.phi.steps;
  }
}

}  // namespace nbk::io
