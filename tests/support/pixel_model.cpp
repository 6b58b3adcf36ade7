// SPDX-License-Identifier: MIT
#include "support/pixel_model.hpp"

#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/rotation.hpp"

#include <cmath>
#include <vector>

namespace nbk::testing {

namespace {

constexpr double structure_factor_sqr = 9;

/// Lattice factor of one set of indices, and its derivatives.
struct Spot {
  double value = 0;
  Vec3d by_index;
  std::array<double, 6> by_cells{};
};

Spot gaussian_spot(const PixelModel& model, const Vec3d& indices) {
  const Mat3d n = model.scene.lattice.cells_matrix.value();
  const Vec3d rest{indices.x - std::round(indices.x), indices.y - std::round(indices.y),
                   indices.z - std::round(indices.z)};
  const Vec3d radius = n * rest;
  const double slope = -2 * model.setting.crystal.fudge / 0.63;
  Spot spot;
  spot.value = determinant(n) * determinant(n) * std::exp(slope * dot(radius, radius));
  spot.by_index = (2 * slope * spot.value) * (n * radius);
  // d ln L = 2 tr(N^-1 dN) + 2 slope (N rest).(dN rest)
  const Mat3d per_n = inverse(n);
  const auto element = [&](const double Vec3d::*i, const double Vec3d::*j, double inverse_ij) {
    return spot.value * (2 * inverse_ij + 2 * slope * (radius.*i) * (rest.*j));
  };
  const auto pair = [&](const double Vec3d::*i, const double Vec3d::*j, double inverse_ij) {
    return element(i, j, inverse_ij) + element(j, i, inverse_ij);
  };
  spot.by_cells = {element(&Vec3d::x, &Vec3d::x, per_n.row0.x), element(&Vec3d::y, &Vec3d::y, per_n.row1.y),
                   element(&Vec3d::z, &Vec3d::z, per_n.row2.z), pair(&Vec3d::x, &Vec3d::y, per_n.row0.y),
                   pair(&Vec3d::y, &Vec3d::z, per_n.row1.z),    pair(&Vec3d::x, &Vec3d::z, per_n.row0.z)};
  return spot;
}

/// Columns a, b, c of all orientations, Angstrom.
std::vector<Mat3d> orientations(const Scene& scene) {
  const Mat3d lattice =
      1e10 * from_columns(scene.lattice.direct.a_m, scene.lattice.direct.b_m, scene.lattice.direct.c_m);
  std::vector<Mat3d> all;
  for (const double phi_rad : scene.phi_rad) {
    const auto turned = [&](const Vec3d& v) { return rotate_about(v, scene.frame.spindle, phi_rad); };
    const Mat3d sweep = from_columns(turned({1, 0, 0}), turned({0, 1, 0}), turned({0, 0, 1}));
    for (const Mat3d& domain : scene.domains)
      all.push_back(domain * (scene.goniometer.setting * (sweep * (scene.goniometer.fixed * lattice))));
  }
  return all;
}

/// Everything about the direction to a point that all rays share.
struct ExitRay {
  Vec3d point_m, direction;
  double distance_m = 0;
  double solid_angle = 0;
  double captured = 1, captured_by_cosine = 0, captured_by_depth = 0;
};

ExitRay exit_ray(const Scene& scene, int layer, double fast_px, double slow_px) {
  const PanelGeometry& panel = scene.panels.front().geometry;
  const SensorLayers& layers = scene.panels.front().layers;
  ExitRay ray;
  ray.point_m = panel.point_m(fast_px * panel.pixel_size_m, slow_px * panel.pixel_size_m, layer * layers.step_m);
  ray.distance_m = std::sqrt(dot(ray.point_m, ray.point_m));
  ray.direction = (1 / ray.distance_m) * ray.point_m;
  ray.solid_angle =
      panel.pixel_size_m * panel.pixel_size_m * dot(panel.origin_m, panel.normal) / std::pow(ray.distance_m, 3);
  const double depth = layers.step_m * layers.attenuation_per_m, cosine = dot(ray.direction, panel.normal);
  const double near = std::exp(-layer * depth / cosine), far = std::exp(-(layer + 1) * depth / cosine);
  ray.captured = near - far;
  ray.captured_by_cosine = depth / (cosine * cosine) * (layer * near - (layer + 1) * far);
  ray.captured_by_depth = ((layer + 1) * far - layer * near) / cosine;
  return ray;
}

/// Kahn's factor of a ray and its derivatives.
struct Polarization {
  double value = 1, by_kahn = 0;
  Vec3d by_direction, incident, electric, magnetic;
};

Polarization polarization(const PixelModel& model, const Vec3d& incident, const Vec3d& direction) {
  const Vec3d across = cross(model.scene.frame.polarization, incident);
  const Vec3d magnetic = (1 / std::sqrt(dot(across, across))) * across;
  const Vec3d electric = cross(incident, magnetic);
  const double cosine = dot(incident, direction), e = dot(direction, electric), b = dot(direction, magnetic);
  const double kahn = model.kahn_factor;
  return {(1 + cosine * cosine - kahn * (e * e - b * b)) / 2,
          (b * b - e * e) / 2,
          cosine * incident - kahn * (e * electric - b * magnetic),
          incident,
          electric,
          magnetic};
}

/// Derivative of Kahn's factor by a turn of the beam.
double by_turn(const Polarization& p, const BeamTurn& turn, const Vec3d& d, double kahn) {
  return dot(d, p.incident) * dot(d, turn.incident) -
         kahn * (dot(d, p.electric) * dot(d, turn.electric) - dot(d, p.magnetic) * dot(d, turn.magnetic));
}

void add(std::array<double, physics::PixelSums::count>& sums, int first, const Vec3d& v) {
  const auto place = static_cast<std::size_t>(first);
  sums[place] += v.x;
  sums[place + 1] += v.y;
  sums[place + 2] += v.z;
}

}  // namespace

double PixelModel::image(double fast_px, double slow_px) const {
  const std::vector<Mat3d> all = orientations(scene);
  double total = 0;
  for (int layer = 0; layer < scene.panels.front().layers.count; ++layer) {
    const ExitRay exit = exit_ray(scene, layer, fast_px, slow_px);
    for (const Ray& ray : scene.rays) {
      const Vec3d q = (1e-10 / ray.wavelength_m) * (exit.direction - ray.incident);
      double spots = 0;
      for (const Mat3d& vectors : all) spots += gaussian_spot(*this, transposed(vectors) * q).value;
      total += ray.weight * structure_factor_sqr * spots * exit.solid_angle * exit.captured *
               polarization(*this, ray.incident, exit.direction).value;
    }
  }
  return scale * scene.fluence_per_m2 * total + background;
}

std::array<double, physics::PixelSums::count> PixelModel::sums(const DerivativeCoefficients& needed, double fast_px,
                                                               double slow_px) const {
  using Sums = physics::PixelSums;
  const std::vector<Mat3d> all = orientations(scene);
  const Vec3d normal = scene.panels.front().geometry.normal;
  std::array<double, Sums::count> sums{};
  for (int layer = 0; layer < scene.panels.front().layers.count; ++layer) {
    const ExitRay exit = exit_ray(scene, layer, fast_px, slow_px);
    const Vec3d& d = exit.direction;
    Vec3d by_direction;  // without the sensor's part
    double by_cosine = 0, weighted = 0;
    for (std::size_t r = 0; r < scene.rays.size(); ++r) {
      const Ray& ray = scene.rays[r];
      const double wavelength_A = ray.wavelength_m * 1e10;
      const Polarization p = polarization(*this, ray.incident, d);
      const double given = scale * scene.fluence_per_m2 * ray.weight * structure_factor_sqr * exit.solid_angle;
      const double factor = given * exit.captured * p.value;
      double spots = 0;
      Vec3d along;
      for (std::size_t o = 0; o < all.size(); ++o) {
        const Vec3d h = (1 / wavelength_A) * (transposed(all[o]) * (d - ray.incident));
        const Spot spot = gaussian_spot(*this, h);
        const Vec3d slope = factor * spot.by_index;
        add(sums, Sums::strain, slope.x * h);
        add(sums, Sums::strain + 3, slope.y * h);
        add(sums, Sums::strain + 6, slope.z * h);
        for (std::size_t i = 0; i < 6; ++i) sums[Sums::cells + i] += factor * spot.by_cells[i];
        sums[Sums::wavelength] += dot(slope, h) / wavelength_A;
        const Vec3d turned = (1 / wavelength_A) * (all[o] * slope);
        for (std::size_t t = 0; t < static_cast<std::size_t>(needed.twists); ++t)
          sums[Sums::twist + t] += dot(d - ray.incident, cross(turned, needed.twist_vectors[t * all.size() + o]));
        along += turned;
        spots += spot.value;
      }
      sums[Sums::image] += factor * spots;
      sums[Sums::kahn] += given * exit.captured * spots * p.by_kahn;
      sums[Sums::layer_absorption] += given * exit.captured_by_depth * p.value * spots;
      for (std::size_t t = 0; t < static_cast<std::size_t>(needed.beam_turns_used); ++t) {
        const BeamTurn& turn = needed.beam_turns[t * scene.rays.size() + r];
        sums[Sums::beam + t] += given * exit.captured * spots * by_turn(p, turn, d, kahn_factor);
        sums[Sums::beam + t] += -dot(along, turn.incident);
      }
      by_direction += along + (given * exit.captured * spots) * p.by_direction;
      by_cosine += given * exit.captured_by_cosine * p.value * spots;
      weighted += factor * spots;
    }
    const Vec3d inner = by_direction + by_cosine * normal;
    const Vec3d shift = (1 / exit.distance_m) * (inner - dot(d, inner) * d - (3 * weighted) * d);
    add(sums, Sums::shift, shift);
    add(sums, Sums::torque,
        cross(exit.point_m - scene.panels.front().geometry.origin_m, shift) + cross(normal, by_cosine * d));
    sums[Sums::layer_depth] += layer * dot(normal, shift);
  }
  sums[Sums::constant] = 1;
  return sums;
}

PixelModel full_pixel_model() {
  const auto turn = [](const Vec3d& axis, double angle_rad) {
    const Vec3d unit = (1 / std::sqrt(dot(axis, axis))) * axis;
    const auto turned = [&](const Vec3d& v) { return rotate_about(v, unit, angle_rad); };
    return from_columns(turned({1, 0, 0}), turned({0, 1, 0}), turned({0, 0, 1}));
  };
  PixelModel model;
  Scene& scene = model.scene;
  scene.frame = Frame::of(Convention::custom);
  scene.frame.beam = {0, 0, -1};
  scene.frame.polarization = {1, 0, 0};
  scene.frame.spindle = turn({1, 2, 3}, 0.3) * Vec3d{0, 1, 0};
  scene.goniometer.fixed = turn({1, 0, 2}, 0.4);
  scene.goniometer.setting = turn({3, 1, 0}, -0.2);

  scene.panels.resize(1);
  PanelGeometry& panel = scene.panels.front().geometry;
  const Mat3d tilt = turn({1, 2, 0}, 0.2);
  panel.pixels_fast = panel.pixels_slow = 40;
  panel.pixel_size_m = 2e-4;
  panel.fast = tilt * Vec3d{1, 0, 0};
  panel.slow = tilt * Vec3d{0, -1, 0};
  panel.normal = tilt * Vec3d{0, 0, -1};
  panel.origin_m = {0.01, 0.006, -0.06};
  panel.close_distance_m = dot(panel.origin_m, panel.normal);
  scene.panels.front().layers = {3, 1e-4, 3e-4, 4000};

  const Mat3d lattice = turn({1, 1, 2}, 0.7) * Mat3d{{42, 12, -8}, {0, 49, 10}, {0, 0, 61}};
  const Mat3d columns = transposed(lattice);
  scene.lattice.direct = {1e-10 * columns.row0, 1e-10 * columns.row1, 1e-10 * columns.row2};
  // So many cells that nothing is left halfway between two spots, where the nearest one changes.
  scene.lattice.cells = {8, 7.5, 8.5};
  scene.lattice.cells_matrix = Mat3d{{8, 0.3, -0.2}, {0.3, 7.5, 0.4}, {-0.2, 0.4, 8.5}};
  scene.phi_rad = {0.02, 0.03, 0.04};
  scene.mosaic_rotations = true;
  scene.domains = {turn({1, 2, 0}, 0.006), turn({0, 1, -3}, -0.008)};
  const auto unit = [](const Vec3d& v) { return (1 / std::sqrt(dot(v, v))) * v; };
  const Vec3d first = unit({0.01, -0.02, -1}), second = unit({-0.01, 0.01, -1});
  scene.rays = {{first, 1.29e-10, 0.6, 0}, {first, 1.32e-10, 1.3, 0}, {second, 1.29e-10, 0.9, 0}};
  scene.fluence_per_m2 = 1e6;
  model.kahn_factor = 0.8;
  model.setting.crystal.shape = LatticeShape("gauss");
  model.setting.crystal.fudge = 1.1;
  return model;
}

}  // namespace nbk::testing
