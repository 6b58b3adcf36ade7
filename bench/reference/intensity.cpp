// SPDX-License-Identifier: MIT
#include "bench/reference/intensity.hpp"

#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nbk::reference {

namespace {

constexpr double pi = constants::pi<double>;

constexpr LatticeShape square("square"), round("round"), gauss("gauss"), tophat("tophat");

/// Returns sin(N x) / sin(x), the amplitude of N slits.
double grating(double x, double n) { return x == 0 ? n : std::sin(x * n) / std::sin(x); }

/// Returns the transform of a ball, 3 (sin x / x - cos x) / x^2, 1 at x = 0. For small x the difference cancels: the C
/// program has a dark pixel where the beam hits its very centre. The series is right to the last digit there.
double ball(double x, Policy policy) {
  if (x == 0) return 1;
  const double sqr = x * x;
  if (policy == Policy::corrected && x < 0.01) return 1 - sqr / 10 * (1 - sqr / 28 * (1 - sqr / 54));
  return 3.0 * (std::sin(x) / x - std::cos(x)) / sqr;
}

/// Returns N of a shape that takes a matrix of cells: the given one, or the diagonal one of the cells.
Matrix matrix_of_cells(const Experiment& e, const Lattice& lattice) {
  if (e.crystal.cells_matrix) return Matrix(*e.crystal.cells_matrix);
  const auto [na, nb, nc] = lattice.cells;
  return {{na, 0, 0}, {0, nb, 0}, {0, 0, nc}};
}

/// Returns the squared radius for Gaussian and flat-topped spots. The C program, since December 2023, takes the squared
/// distance from the nearest reciprocal lattice point (1/Angstrom^2) times (Na Nb Nc)^2: six powers of N, where a size
/// has two. `corrected` counts the deviation along each axis in widths of the crystal's transform, 1 / N; with a matrix
/// of cells it is the length of N times the deviation.
double squared_radius(const Experiment& e, const Lattice& lattice, const Index& i) {
  const auto [na, nb, nc] = lattice.cells;
  const double dh = i.h - i.h0, dk = i.k - i.k0, dl = i.l - i.l0;
  if (e.policy == Policy::corrected) {
    const Vec off = matrix_of_cells(e, lattice) * Vec{dh, dk, dl};
    return dot(off, off);
  }
  const Vec off = dh * lattice.a_star + dk * lattice.b_star + dl * lattice.c_star;
  return dot(off, off) * na * na * nb * nb * nc * nc;
}

/// Returns the cubic through (first + j, value[j]), j = 0..3, at x.
double lagrange(double first, const std::array<double, 4>& value, double x) {
  const double d0 = x - first, d1 = x - (first + 1), d2 = x - (first + 2), d3 = x - (first + 3);
  return d1 * d2 * d3 * value[0] / -6.0 + d0 * d2 * d3 * value[1] / 2.0 + d0 * d1 * d3 * value[2] / -2.0 +
         d0 * d1 * d2 * value[3] / 6.0;
}

/// Returns the value of a reflection inside of the table.
double table_value(const StructureFactors& f, int h, int k, int l) {
  const auto nk = static_cast<std::size_t>(f.k_max - f.k_min) + 1, nl = static_cast<std::size_t>(f.l_max - f.l_min) + 1;
  const auto i = static_cast<std::size_t>(h - f.h_min), j = static_cast<std::size_t>(k - f.k_min);
  return f.amplitude[(i * nk + j) * nl + static_cast<std::size_t>(l - f.l_min)];
}

/// True if x has two nodes to its left and two to its right, and one more beyond.
bool stencil_fits(double x, int min, int max) { return x - min + 3 <= max - min + 1 && x - 2 >= min; }

bool within(double x0, int min, int max) { return min <= x0 && x0 <= max; }

}  // namespace

void require_known_shape(LatticeShape shape) {
  const bool known = shape == square || shape == round || shape == gauss || shape == tophat;
  require(known, "crystal.shape", shape.name(), "is not a shape that bench/reference computes");
}

Index miller_index(const Cell& cell, const Vec& q) {
  Index i{dot(cell.a, q), dot(cell.b, q), dot(cell.c, q), 0, 0, 0};
  i.h0 = std::ceil(i.h - 0.5);
  i.k0 = std::ceil(i.k - 0.5);
  i.l0 = std::ceil(i.l - 0.5);
  return i;
}

bool wants_interpolation(const Experiment& e, const std::array<double, 3>& cells) {
  bool has_table = e.structure_factors.has_table();
  for (const StructureFactors& further : e.further_sets) has_table = has_table || further.has_table();
  return has_table && e.structure_factors.interpolate.value_or(cells[0] <= 2 || cells[1] <= 2 || cells[2] <= 2);
}

IndexBox box_of(const StructureFactors& f) {
  if (!f.has_table()) return {};
  return {f.h_min, f.h_max, f.k_min, f.k_max, f.l_min, f.l_max};
}

IndexBox common_box(const Experiment& e) {
  IndexBox all = box_of(e.structure_factors);
  for (const StructureFactors& further : e.further_sets) {
    const IndexBox own = box_of(further);
    if (own.h_max < own.h_min) continue;
    if (all.h_max < all.h_min) all = own;
    all = {std::min(all.h_min, own.h_min), std::max(all.h_max, own.h_max), std::min(all.k_min, own.k_min),
           std::max(all.k_max, own.k_max), std::min(all.l_min, own.l_min), std::max(all.l_max, own.l_max)};
  }
  return all;
}

const StructureFactors& set_of(const Experiment& e, int set) {
  return set == 0 ? e.structure_factors : e.further_sets[static_cast<std::size_t>(set) - 1];
}

double squared(const StructureFactors& f, double value) { return f.intensities ? value : value * value; }

double nearest_amplitude(const StructureFactors& f, const Index& i) {
  const bool inside = f.has_table() && within(i.h0, f.h_min, f.h_max) && within(i.k0, f.k_min, f.k_max) &&
                      within(i.l0, f.l_min, f.l_max);
  if (!inside) return f.default_amplitude;
  return table_value(f, static_cast<int>(i.h0), static_cast<int>(i.k0), static_cast<int>(i.l0));
}

std::optional<double> interpolated_amplitude(const StructureFactors& f, const IndexBox& box, const Index& index) {
  if (!stencil_fits(index.h, box.h_min, box.h_max) || !stencil_fits(index.k, box.k_min, box.k_max) ||
      !stencil_fits(index.l, box.l_min, box.l_max))
    return std::nullopt;
  const auto node = [&](int h, int k, int l) {
    return nearest_amplitude(f, {0, 0, 0, static_cast<double>(h), static_cast<double>(k), static_cast<double>(l)});
  };

  const int h = static_cast<int>(std::floor(index.h)) - 1, k = static_cast<int>(std::floor(index.k)) - 1,
            l = static_cast<int>(std::floor(index.l)) - 1;
  std::array<double, 4> along_h{}, along_k{}, along_l{};
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) {
      for (int n = 0; n < 4; ++n) along_l[static_cast<std::size_t>(n)] = node(h + i, k + j, l + n);
      along_k[static_cast<std::size_t>(j)] = lagrange(l, along_l, index.l);
    }
    along_h[static_cast<std::size_t>(i)] = lagrange(k, along_k, index.k);
  }
  return lagrange(h, along_h, index.h);
}

double lattice_factor(const Experiment& e, const Lattice& lattice, const Index& i) {
  const Crystal& crystal = e.crystal;
  const auto [na, nb, nc] = lattice.cells;
  const double dh = i.h - i.h0, dk = i.k - i.k0, dl = i.l - i.l0;
  if (crystal.shape == round) {
    const double radius_sqr = dh * dh * na * na + dk * dk * nb * nb + dl * dl * nc * nc;
    // sqrt(pi / 6): the root of the ratio of a ball's volume to its box's.
    return na * nb * nc * 0.723601254558268 * ball(pi * std::sqrt(radius_sqr * crystal.fudge), e.policy);
  }
  if (crystal.shape == gauss) {
    const double height = crystal.cells_matrix ? determinant(Matrix(*crystal.cells_matrix)) : na * nb * nc;
    const double factor = std::exp(-(squared_radius(e, lattice, i) / 0.63 * crystal.fudge));
    return factor * factor < crystal.intensity_cut ? 0 : height * factor;
  }
  if (crystal.shape == tophat) {
    return squared_radius(e, lattice, i) * crystal.fudge < 0.3969 ? na * nb * nc : 0.0;
  }
  // The C program takes the whole index; its sine is rounded the more, the larger that is. For whole N only the sign of
  // the factor depends on the whole part.
  const bool whole = e.policy == Policy::compat;
  double factor = 1;
  if (na > 1) factor *= grating(pi * (whole ? i.h : dh), na);
  if (nb > 1) factor *= grating(pi * (whole ? i.k : dk), nb);
  if (nc > 1) factor *= grating(pi * (whole ? i.l : dl), nc);
  return factor;
}

}  // namespace nbk::reference
