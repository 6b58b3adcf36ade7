// SPDX-License-Identifier: MIT
#include "bench/render/series_truth.hpp"

#include "nbk/io/dxtbx_frame.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/response/image_seed.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/sampling.hpp"
#include "nbk/scene/turn_crystal.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numbers>
#include <span>

namespace nbk::bench::render {

namespace {

constexpr double degrees = 180.0 * std::numbers::inv_pi;  // in a radian

std::string text_of(const Vec3d& v) { return fmt::format("[{:.12g}, {:.12g}, {:.12g}]", v.x, v.y, v.z); }
std::string text_of(const Mat3d& m) {
  return fmt::format("[{}, {}, {}]", text_of(m.row0), text_of(m.row1), text_of(m.row2));
}

/// Edges in Angstrom and angles in degrees.
std::string cell_text(const Mat3d& columns_A) {
  const Mat3d edges = transposed(columns_A);
  const auto length = [](const Vec3d& v) { return std::sqrt(dot(v, v)); };
  const auto angle = [&](const Vec3d& u, const Vec3d& v) {
    return std::acos(std::clamp(dot(u, v) / length(u) / length(v), -1.0, 1.0)) * degrees;
  };
  return fmt::format("[{:.9g}, {:.9g}, {:.9g}, {:.9g}, {:.9g}, {:.9g}]", length(edges.row0), length(edges.row1),
                     length(edges.row2), angle(edges.row1, edges.row2), angle(edges.row2, edges.row0),
                     angle(edges.row0, edges.row1));
}

/// Vectors of the cell as columns, Angstrom.
Mat3d columns_of(const CellVectors& cell) { return 1e10 * from_columns(cell.a_m, cell.b_m, cell.c_m); }

/// Sum in lanes, which is a loop of vector instructions. The order is that of every machine.
double sum_of(std::span<const float> numbers) {
  std::array<double, 16> lanes{};
  const std::size_t whole = numbers.size() / lanes.size() * lanes.size();
  for (std::size_t i = 0; i < whole; i += lanes.size()) {
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) lanes[lane] += static_cast<double>(numbers[i + lane]);
  }
  double sum = 0;
  for (const double lane : lanes) sum += lane;
  for (const float number : numbers.subspan(whole)) sum += static_cast<double>(number);
  return sum;
}

}  // namespace

void ImageTruth::look_at(std::size_t part, std::size_t first, std::size_t end) {
  const Scene& scene = m_computed.scene;
  const std::size_t width = image_extents(scene).fast;
  const auto rows = m_computed.photons.subspan(first * width, (end - first) * width);
  Part& found = m_parts[part];
  found.sum = sum_of(rows);
  const auto least = static_cast<float>(m_threshold / m_computed.image.scale);
  found.most = scene::find_bright_pixels(scene, m_computed.photons, least, first, end, found.pixels);
}

std::string ImageTruth::text() const {
  const SeriesImage& image = m_computed.image;
  const Scene& scene = m_computed.scene;
  double sum = 0;
  float most = 0;
  scene::SpotCollector spots;
  for (const Part& part : m_parts) {
    sum += part.sum;
    most = std::max(most, part.most);
    spots.add(part.pixels);
  }
  const Mat3d cell_A = columns_of(scene.lattice.direct);
  const Mat3d at_zero_A = io::dxtbx_frame(scene) * columns_of(scene::turned_about_spindle(scene, 0.0));
  const scene::PhiSteps phi = scene::resolve_phi(image.crystals.front().phi);
  std::string text;
  const auto out = std::back_inserter(text);
  if (!image.name.empty()) fmt::format_to(out, "\"name\": {}, ", nlohmann::json(image.name).dump());
  fmt::format_to(out, "\"wavelength_A\": {:.12g}, \"cell\": {}, ", scene.wavelength_m * 1e10, cell_text(cell_A));
  fmt::format_to(out, "\"real_space_A\": {}, ", text_of(cell_A));
  fmt::format_to(out, "\"dxtbx_A\": {}, ", text_of(transposed(inverse(at_zero_A))));
  fmt::format_to(out, "\"phi_deg\": {:.12g}, \"osc_deg\": {:.12g}, ", phi.start_rad * degrees, phi.range_rad * degrees);
  fmt::format_to(out, "\"scale\": {:.12g}, \"seed\": {}, \"noise_seed\": \"{:016x}\", ", image.scale, image.seed,
                 image_seed(image.seed, image.slot));
  fmt::format_to(out, "\"photons\": {:.9g}, \"brightest\": {:.9g}, \"label_threshold\": {:.9g}, ", sum * image.scale,
                 static_cast<double>(most) * image.scale, m_threshold);
  text += "\"spots\": [";
  const char* between = "";
  for (const SpotLabel& spot : spots.list()) {
    fmt::format_to(out, "{}[{}, {}, {}, {}, {:.3f}, {:.3f}, {:.6g}, {}]", between, spot.hkl[0], spot.hkl[1],
                   spot.hkl[2], spot.panel, spot.fast, spot.slow, spot.photons * image.scale, spot.pixels);
    between = ", ";
  }
  return text + "]";
}

}  // namespace nbk::bench::render
