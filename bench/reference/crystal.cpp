// SPDX-License-Identifier: MIT
#include "bench/reference/crystal.hpp"

#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::reference {

namespace {

struct Reciprocal {
  Vec a, b, c;  // 1/Angstrom
};

/// Completes a cell: missing edges are a, missing angles 90 degrees.
UnitCell complete(UnitCell u) {
  const double right_angle = constants::pi<double> / 2;
  require(u.a_A > 0, "crystal.cell.a_A", u.a_A, "must be > 0");
  if (u.b_A <= 0) u.b_A = u.a_A;
  if (u.c_A <= 0) u.c_A = u.a_A;
  if (u.alpha_rad <= 0) u.alpha_rad = right_angle;
  if (u.beta_rad <= 0) u.beta_rad = right_angle;
  if (u.gamma_rad <= 0) u.gamma_rad = right_angle;
  return u;
}

/// Returns V = 2abc sqrt(sin s sin(s - alpha) sin(s - beta) sin(s - gamma)), s half the sum of the angles.
double volume(const UnitCell& u) {
  const double s = (u.alpha_rad + u.beta_rad + u.gamma_rad) / 2;
  const double product = std::sin(s) * std::sin(s - u.alpha_rad) * std::sin(s - u.beta_rad) * std::sin(s - u.gamma_rad);
  const double v = 2.0 * u.a_A * u.b_A * u.c_A * std::sqrt(std::fabs(product));
  require(v > 0, "volume of crystal.cell", v, "must be > 0");
  return v;
}

double cosine(double x) { return x * x > 1 ? 1.0 : x; }

/// Returns the reciprocal vectors in the standard setting: a* along x, b* in the xy plane. c is perpendicular to both,
/// so the height of c* is 1/c. The C program's expression for it is right only for cells with at most one oblique
/// angle.
Reciprocal standard_setting(const UnitCell& u, Policy policy) {
  const double v = volume(u), v_star = 1.0 / v;
  const double sin_al = std::sin(u.alpha_rad), sin_be = std::sin(u.beta_rad), sin_ga = std::sin(u.gamma_rad);
  const double cos_al = std::cos(u.alpha_rad), cos_be = std::cos(u.beta_rad), cos_ga = std::cos(u.gamma_rad);

  const double a = u.b_A * u.c_A * sin_al * v_star;
  const double b = u.c_A * u.a_A * sin_be * v_star;
  const double c = u.a_A * u.b_A * sin_ga * v_star;
  const double sin_ga_star = std::clamp(u.c_A * v_star / a / b, -1.0, 1.0);
  const double cos_al_star = cosine((cos_be * cos_ga - cos_al) / (sin_be * sin_ga));
  const double cos_be_star = cosine((cos_ga * cos_al - cos_be) / (sin_ga * sin_al));
  const double cos_ga_star = cosine((cos_al * cos_be - cos_ga) / (sin_al * sin_be));

  const double height = policy == Policy::corrected ? 1.0 / u.c_A : c * v / (u.a_A * u.b_A * u.c_A * sin_ga_star);
  return {{a, 0, 0},
          {b * cos_ga_star, b * sin_ga_star, 0},
          {c * cos_be_star, c * (cos_al_star - cos_be_star * cos_ga_star) / sin_ga_star, height}};
}

/// Returns the columns of the MOSFLM A matrix, which is in units of 1 / wavelength.
Reciprocal from_matrix(const Mat3d& m, double wavelength_m) {
  const double per_A = 1e-10 / wavelength_m;
  return {per_A * Vec{m.row0.x, m.row1.x, m.row2.x}, per_A * Vec{m.row0.y, m.row1.y, m.row2.y},
          per_A * Vec{m.row0.z, m.row1.z, m.row2.z}};
}

/// Returns the columns of a matrix.
std::array<Vec, 3> columns(const Mat3d& m) {
  return {Vec{m.row0.x, m.row1.x, m.row2.x}, Vec{m.row0.y, m.row1.y, m.row2.y}, Vec{m.row0.z, m.row1.z, m.row2.z}};
}

/// Returns a, b, c of a cell, Angstrom: a along x, b in the xy plane.
std::array<Vec, 3> upright_vectors(const UnitCell& u) {
  const double cos_ga = std::cos(u.gamma_rad), sin_ga = std::sin(u.gamma_rad);
  const double x = std::cos(u.beta_rad), y = (std::cos(u.alpha_rad) - x * cos_ga) / sin_ga;
  return {Vec{u.a_A, 0, 0}, Vec{u.b_A * cos_ga, u.b_A * sin_ga, 0},
          Vec{u.c_A * x, u.c_A * y, u.c_A * std::sqrt(1 - x * x - y * y)}};
}

/// Returns the lattice of direct vectors, Angstrom.
Lattice from_direct(const Vec& a, const Vec& b, const Vec& c) {
  const double v = dot(a, cross(b, c));
  require(std::isfinite(1.0 / v), "volume of the cell", v, "must not be 0");
  Lattice lattice;
  lattice.cell = {1e-10 * a, 1e-10 * b, 1e-10 * c};
  lattice.a_star = cross(b, c) / v;
  lattice.b_star = cross(c, a) / v;
  lattice.c_star = cross(a, b) / v;
  return lattice;
}

Vec misset_angles(const Crystal& crystal, ShuffledUniform& uniform) {
  if (!crystal.random_misset_seed) return Vec(crystal.misset_rad);
  // 90 radians, not degrees: the angle wraps many times around, and so it is in the C program.
  long seed = *crystal.random_misset_seed;
  return rotation_angles(random_rotation(90.0F, uniform, seed));
}

/// Returns v with another length. The zero vector stays zero.
Vec with_length(const Vec& v, double wanted) {
  const double have = length(v);
  return wanted / (have <= 0 ? 1.0 : have) * v;
}

/// Returns the lattice of these reciprocal vectors: a = (b* x c*) / V*, cyclic, and back in the same way.
/// \param u  cell, if one is given: its edges replace those of the vectors
Lattice invert(const Reciprocal& star, const std::optional<UnitCell>& u, Policy policy) {
  Vec bc = cross(star.b, star.c), ca = cross(star.c, star.a), ab = cross(star.a, star.b);
  double v_star = dot(star.a, bc);
  require(std::isfinite(1.0 / v_star), "volume of the reciprocal cell", v_star, "must not be 0");
  if (u) {
    const double v = volume(*u);
    bc = with_length(bc, u->a_A / v);
    ca = with_length(ca, u->b_A / v);
    ab = with_length(ab, u->c_A / v);
    v_star = (policy == Policy::corrected && v_star < 0 ? -1.0 : 1.0) / v;
  }

  const double v = 1.0 / v_star;
  const Vec a = v * bc, b = v * ca, c = v * ab;
  // Edges from a cell and angles from a matrix need not make up the cell's volume, though the C program takes them to.
  if (policy == Policy::corrected) v_star = 1.0 / dot(a, cross(b, c));
  Lattice lattice;
  lattice.a_star = v_star * cross(b, c);
  lattice.b_star = v_star * cross(c, a);
  lattice.c_star = v_star * cross(a, b);
  lattice.cell = {1e-10 * a, 1e-10 * b, 1e-10 * c};
  return lattice;
}

std::vector<Cell> all_domains(const Cell& cell, const std::vector<Matrix>& domains) {
  if (domains.empty()) return {cell};
  std::vector<Cell> turned;
  turned.reserve(domains.size());
  for (const Matrix& u : domains) turned.push_back({u * cell.a, u * cell.b, u * cell.c});
  return turned;
}

/// Returns the lattice of a crystal that is misset by these angles.
Lattice build_misset(const Experiment& e, const Vec& angles) {
  const Crystal& crystal = e.crystal;
  if (crystal.real_space_A) {
    const auto [a, b, c] = columns(*crystal.real_space_A);
    return from_direct(rotate_lab(a, angles), rotate_lab(b, angles), rotate_lab(c, angles));
  }
  std::optional<UnitCell> u;
  if (crystal.cell) u = complete(*crystal.cell);
  require(u || crystal.a_matrix || (crystal.u_matrix && crystal.b_matrix), "crystal.cell", "not given",
          "a cell or a matrix is needed");
  if (crystal.u_matrix && u) {
    const Matrix turned(*crystal.u_matrix);
    const auto [a, b, c] = upright_vectors(*u);
    return from_direct(rotate_lab(turned * a, angles), rotate_lab(turned * b, angles), rotate_lab(turned * c, angles));
  }
  Reciprocal star;
  if (crystal.u_matrix) {
    const Matrix turned(*crystal.u_matrix);
    const auto [a, b, c] = columns(*crystal.b_matrix);
    star = {turned * a, turned * b, turned * c};
  } else {
    star = crystal.a_matrix ? from_matrix(*crystal.a_matrix, e.beam.wavelength_m) : standard_setting(*u, e.policy);
  }
  star = {rotate_lab(star.a, angles), rotate_lab(star.b, angles), rotate_lab(star.c, angles)};
  return invert(star, u, e.policy);
}

}  // namespace

Lattice build_lattice(const Experiment& e, ShuffledUniform& uniform) {
  const Vec angles = misset_angles(e.crystal, uniform);
  Lattice lattice = build_misset(e, angles);
  lattice.misset_rad = angles;
  return lattice;
}

std::array<double, 3> count_cells(const Crystal& crystal, const Cell& cell, double beam_size_m) {
  if (const auto& n = crystal.cells_matrix) return {n->row0.x, n->row1.y, n->row2.z};
  Vec size(crystal.size_m);
  if (beam_size_m >= 0) {
    size.y = std::min(size.y, beam_size_m);
    size.z = std::min(size.z, beam_size_m);
  }
  const auto count = [](double size_m, const Vec& edge, double given) {
    return std::max(1.0, size_m > 0 ? std::ceil(size_m / length(edge)) : given);
  };
  return {count(size.x, cell.a, crystal.cells[0]), count(size.y, cell.b, crystal.cells[1]),
          count(size.z, cell.c, crystal.cells[2])};
}

std::vector<Matrix> draw_domains(const Mosaicity& mosaicity, ShuffledUniform& uniform) {
  std::vector<Matrix> domains;
  for (const Mat3d& given : mosaicity.rotations) domains.emplace_back(given);
  if (!domains.empty() || mosaicity.spread_rad <= 0) return domains;
  const int asked = mosaicity.domains.value_or(0);
  const int count = asked > 0 ? asked : 10;
  domains.reserve(static_cast<std::size_t>(count));
  long seed = mosaicity.seed;
  for (int i = 0; i < count; ++i)
    domains.push_back(random_rotation(static_cast<float>(mosaicity.spread_rad), uniform, seed));
  domains[0] = Matrix{};  // one domain is aligned, though its rotation was drawn
  return domains;
}

Cell turn(const Cell& crystal, const Mount& mount, double phi_rad) {
  // The product with an identity would lose the sign of a zero, which the C program prints.
  const auto product = [](const Matrix& m, const Vec& v) {
    const auto is = [](const Vec& row, double x, double y, double z) { return row.x == x && row.y == y && row.z == z; };
    const bool is_identity = is(m.row0, 1, 0, 0) && is(m.row1, 0, 1, 0) && is(m.row2, 0, 0, 1);
    return is_identity ? v : m * v;
  };
  const auto turned = [&](const Vec& v) {
    const Vec on_spindle = product(mount.fixed, v);
    return product(mount.setting, phi_rad == 0 ? on_spindle : rotate_about(mount.spindle, phi_rad, on_spindle));
  };
  return {turned(crystal.a), turned(crystal.b), turned(crystal.c)};
}

Orientations turn_properly(const Cell& crystal, const Mount& mount, const std::vector<double>& phi_rad,
                           const std::vector<Matrix>& domains) {
  Orientations orientations;
  for (const double phi : phi_rad) orientations.push_back(all_domains(turn(crystal, mount, phi), domains));
  return orientations;
}

Orientations turn_like_c(Cell& standing, const Cell& crystal, const Mount& mount, const std::vector<double>& phi_rad,
                         const std::vector<Matrix>& domains) {
  Orientations orientations;
  for (const double phi : phi_rad) {
    if (phi != 0) standing = turn(crystal, mount, phi);
    orientations.push_back(all_domains(standing, domains));
  }
  return orientations;
}

}  // namespace nbk::reference
