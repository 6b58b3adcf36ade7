// SPDX-License-Identifier: MIT
#include "bench/reference/diffuse.hpp"

#include "nbk/core/constants.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::reference {

namespace {

constexpr double pi = constants::pi<double>;

Matrix product(const Matrix& m, const Matrix& n) {
  const Vec x = m * Vec{n.row0.x, n.row1.x, n.row2.x}, y = m * Vec{n.row0.y, n.row1.y, n.row2.y},
            z = m * Vec{n.row0.z, n.row1.z, n.row2.z};
  return {{x.x, y.x, z.x}, {x.y, y.y, z.y}, {x.z, y.z, z.z}};
}

/// Returns the inverse of the transposed matrix.
Matrix inverse_transposed(const Matrix& m) {
  const double d = determinant(m);
  return {cross(m.row1, m.row2) / d, cross(m.row2, m.row0) / d, cross(m.row0, m.row1) / d};
}

bool same(const Matrix& m, const Matrix& n) {
  const Vec a = m.row0 - n.row0, b = m.row1 - n.row1, c = m.row2 - n.row2;
  return dot(a, a) + dot(b, b) + dot(c, c) < 1e-12;
}

/// Returns rotations of coordinates that generate a Laue group, as International Tables list them: x, y, z -> rows.
std::vector<Matrix> coordinate_generators(LaueGroup group) {
  const Matrix along_a{{1, 0, 0}, {0, -1, 0}, {0, 0, -1}};     // x, -y, -z
  const Matrix along_b{{-1, 0, 0}, {0, 1, 0}, {0, 0, -1}};     // -x, y, -z
  const Matrix along_c{{-1, 0, 0}, {0, -1, 0}, {0, 0, 1}};     // -x, -y, z
  const Matrix quarter{{0, -1, 0}, {1, 0, 0}, {0, 0, 1}};      // -y, x, z
  const Matrix third{{0, -1, 0}, {1, -1, 0}, {0, 0, 1}};       // -y, x-y, z
  const Matrix sixth{{1, -1, 0}, {1, 0, 0}, {0, 0, 1}};        // x-y, x, z
  const Matrix swap{{0, 1, 0}, {1, 0, 0}, {0, 0, -1}};         // y, x, -z
  const Matrix swap_back{{0, -1, 0}, {-1, 0, 0}, {0, 0, -1}};  // -y, -x, -z
  const Matrix cycle{{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};         // z, x, y
  switch (group) {
    case LaueGroup::monoclinic_c: return {along_c};
    case LaueGroup::monoclinic_b: return {along_b};
    case LaueGroup::monoclinic_a: return {along_a};
    case LaueGroup::orthorhombic: return {along_a, along_b};
    case LaueGroup::tetragonal_low: return {quarter};
    case LaueGroup::tetragonal_high: return {quarter, along_a};
    case LaueGroup::trigonal_low: return {third};
    case LaueGroup::trigonal_high_m1: return {third, swap};
    case LaueGroup::trigonal_high_1m: return {third, swap_back};
    case LaueGroup::hexagonal_low: return {sixth};
    case LaueGroup::hexagonal_high: return {sixth, swap};
    case LaueGroup::cubic_low: return {cycle, along_c};
    case LaueGroup::cubic_high: return {cycle, quarter};
    case LaueGroup::triclinic: break;
  }
  return {};
}

/// Returns what all rotations of a Laue group do to indices: that is R^-T where R acts on coordinates.
std::vector<Matrix> index_rotations(LaueGroup group) {
  std::vector<Matrix> all{Matrix{}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const Matrix& generator : coordinate_generators(group)) {
      const Matrix next = product(all[i], generator);
      if (std::none_of(all.begin(), all.end(), [&](const Matrix& known) { return same(known, next); }))
        all.push_back(next);
    }
  }
  for (Matrix& rotation : all) rotation = inverse_transposed(rotation);
  return all;
}

/// Returns the directions of x, y, z of the displacements' axes, in the laboratory as the crystal is mounted.
Matrix axes_of(const DiffuseScattering& diffuse, const Lattice& lattice) {
  if (diffuse.axes == DiffuseAxes::laboratory) {
    // Axes that were along those of the laboratory before the crystal was misset.
    return {rotate_lab({1, 0, 0}, lattice.misset_rad), rotate_lab({0, 1, 0}, lattice.misset_rad),
            rotate_lab({0, 0, 1}, lattice.misset_rad)};
  }
  const Vec x = unit(lattice.cell.a), z = unit(cross(x, lattice.cell.b));
  return {x, cross(z, x), z};
}

double square(double x) { return x * x; }

/// Returns |F|^2 of the reflection this far from the nearest one, or nothing outside of the table.
double neighbour(const StructureFactors& f, const Index& i, int h, int k, int l) {
  return squared(f, nearest_amplitude(f, {0, 0, 0, i.h0 + h, i.k0 + k, i.l0 + l}));
}

bool stencil_inside(const Experiment& e, const Index& i, int size) {
  const IndexBox box = common_box(e);
  if (box.h_max < box.h_min) return true;  // no table: F is the same everywhere
  const auto fits = [&](double x0, int min, int max) { return x0 - size >= min && x0 + size <= max; };
  return fits(i.h0, box.h_min, box.h_max) && fits(i.k0, box.k_min, box.k_max) && fits(i.l0, box.l_min, box.l_max);
}

}  // namespace

Diffuse resolve_diffuse(const Experiment& e, const Lattice& lattice) {
  Diffuse result;
  if (!e.crystal.diffuse) return result;
  const DiffuseScattering& given = *e.crystal.diffuse;
  std::vector<Matrix> rotations;
  for (const Mat3d& own : given.operators) rotations.emplace_back(own);
  if (rotations.empty()) rotations = index_rotations(given.laue_group);
  const Matrix axes = axes_of(given, lattice);
  const Vec a = axes * lattice.a_star, b = axes * lattice.b_star, c = axes * lattice.c_star;
  const Matrix to_axes{{a.x, b.x, c.x}, {a.y, b.y, c.y}, {a.z, b.z, c.z}};
  const Matrix principal = given.principal_axes ? Matrix(*given.principal_axes) : Matrix{};
  for (const Matrix& rotation : rotations) result.to_axes.push_back(product(to_axes, product(rotation, principal)));

  result.share = 1.0 / static_cast<double>(rotations.size());
  if (given.normalization == DiffuseNormalization::volume) {
    const double per_volume = std::fabs(dot(lattice.a_star, cross(lattice.b_star, lattice.c_star)));
    result.share *= 8 * pi * pi * pi * per_volume * std::pow(0.63 * pi / e.crystal.fudge, 1.5);
  } else {
    result.share /= std::pow(2 * given.stencil + 1, 3);
  }
  return result;
}

double diffuse_intensity(const Experiment& e, const Diffuse& diffuse, const StructureFactors& f, const Index& i) {
  if (diffuse.to_axes.empty()) return 0;
  const DiffuseScattering& d = *e.crystal.diffuse;
  const int s = d.stencil;
  if (!stencil_inside(e, i, s) || neighbour(f, i, 0, 0, 0) == 0) return 0;
  const Vec gamma(d.gamma_A), sigma(d.sigma_A);
  double sum = 0;
  for (const Matrix& m : diffuse.to_axes) {
    const Vec at = m * Vec{i.h0, i.k0, i.l0};
    const double e_l = 4 * pi * pi * (square(sigma.x * at.x) + square(sigma.y * at.y) + square(sigma.z * at.z));
    for (int h = -s; h <= s; ++h) {
      for (int k = -s; k <= s; ++k) {
        for (int l = -s; l <= s; ++l) {
          const Vec off = m * Vec{i.h - i.h0 - h, i.k - i.k0 - k, i.l - i.l0 - l};
          const double v = square(gamma.x * off.x) + square(gamma.y * off.y) + square(gamma.z * off.z);
          const double halo = 8 * pi * gamma.x * gamma.y * gamma.z / square(1 + 4 * pi * pi * v);
          sum += neighbour(f, i, h, k, l) * e_l * std::exp(-e_l) * halo;
        }
      }
    }
  }
  return diffuse.share * sum;
}

}  // namespace nbk::reference
