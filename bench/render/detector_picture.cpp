// SPDX-License-Identifier: MIT
#include "bench/render/detector_picture.hpp"

#include "nbk/math/strict.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace nbk::bench::render {

namespace {

/// Stands for a gap until the picture is done. Levels begin above it.
constexpr std::uint8_t nothing = 0;

/// Point or vector in the plane of the picture, in its pixels.
struct Place {
  double x = 0, y = 0;
};

Vec3d across_beam(const Vec3d& v, const Vec3d& beam) { return v - dot(v, beam) * beam; }

/// The first panel that faces the beam rather than lying along it.
const PanelGeometry& facing_panel(const Scene& scene) {
  const auto found = std::ranges::find_if(scene.panels, [&](const ScenePanel& panel) {
    return std::fabs(dot(panel.geometry.normal, scene.frame.beam)) > 0.5;
  });
  return (found == scene.panels.end() ? scene.panels.front() : *found).geometry;
}

/// The affine map from the pixels of a panel to those of the picture.
struct Projection {
  Place origin, fast, slow;  ///< of the panel's first corner; steps from pixel to pixel

  Projection(const PanelGeometry& panel, const PictureGrid& grid)
      : origin(place(panel.point_of_pixel_m(0, 0), grid)),
        fast(step(panel.fast, panel, grid)),
        slow(step(panel.slow, panel, grid)) {
    origin.x -= grid.left_m / grid.pitch_m;
    origin.y -= grid.top_m / grid.pitch_m;
  }

  Place at(double fast_px, double slow_px) const {
    return {origin.x + fast_px * fast.x + slow_px * slow.x, origin.y + fast_px * fast.y + slow_px * slow.y};
  }
  double area() const { return fast.x * slow.y - fast.y * slow.x; }

 private:
  static Place place(const Vec3d& point_m, const PictureGrid& grid) {
    return {dot(point_m, grid.right) / grid.pitch_m, dot(point_m, grid.down) / grid.pitch_m};
  }
  static Place step(const Vec3d& axis, const PanelGeometry& panel, const PictureGrid& grid) {
    return place(panel.pixel_size_m * axis, grid);
  }
};

/// Draws panels, one over the other.
class Drawing {
 public:
  Drawing(const PictureGrid& grid, const system::FilmGrey& grey_of)
      : m_grid(grid),
        m_grey_of(grey_of),
        m_grey(static_cast<std::size_t>(grid.width) * static_cast<std::size_t>(grid.height), nothing) {}

  void draw(const PanelGeometry& geometry, const io::PanelImage& image) {
    const Projection to(geometry, m_grid);
    if (is_aligned(to, geometry)) return copy(to, image);
    fill(to, image);
    mark(to, image);
  }

  std::vector<std::uint8_t> finish() {
    std::ranges::replace(m_grey, nothing, gap_grey);
    return std::move(m_grey);
  }

 private:
  /// True if every pixel of the panel is one pixel of the picture, up to less than half a pixel over the whole panel.
  static bool is_aligned(const Projection& to, const PanelGeometry& geometry) {
    const auto is_step = [](double along, double across, int pixels) {
      return (std::fabs(std::fabs(along) - 1) + std::fabs(across)) * pixels < 0.5;
    };
    const int nf = geometry.pixels_fast, ns = geometry.pixels_slow;
    return (is_step(to.fast.x, to.fast.y, nf) && is_step(to.slow.y, to.slow.x, ns)) ||
           (is_step(to.fast.y, to.fast.x, nf) && is_step(to.slow.x, to.slow.y, ns));
  }

  /// The level of a pixel that is computed, else nothing.
  std::uint8_t level(const io::PanelImage& image, int fast, int slow) const {
    const io::RenderedArea& area = image.area;
    const PixelWindow& w = area.window;
    if (fast < w.fast_min || fast > w.fast_max || slow < w.slow_min || slow > w.slow_max) return nothing;
    const std::size_t i = area.index(fast, slow);
    if (!area.mask.empty() && area.mask[i] == 0) return nothing;
    return std::max<std::uint8_t>(m_grey_of(image.pixels[i]), 1);
  }

  std::uint8_t* pixel_at(double x, double y) {
    if (!(x >= 0 && y >= 0 && x < m_grid.width && y < m_grid.height)) return nullptr;
    return &m_grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_grid.width) + static_cast<std::size_t>(x)];
  }

  void copy(const Projection& to, const io::PanelImage& image) {
    const Place first = to.at(0.5, 0.5);
    const Place fast{std::round(to.fast.x), std::round(to.fast.y)}, slow{std::round(to.slow.x), std::round(to.slow.y)};
    for (int s = 0; s < image.area.pixels_slow; ++s) {
      for (int f = 0; f < image.area.pixels_fast; ++f) {
        const std::uint8_t grey = level(image, f, s);
        std::uint8_t* const pixel = pixel_at(first.x + f * fast.x + s * slow.x, first.y + f * fast.y + s * slow.y);
        if (grey != nothing && pixel != nullptr) *pixel = grey;
      }
    }
  }

  /// Gives every pixel of the picture whose centre is on the panel the level found there.
  void fill(const Projection& to, const io::PanelImage& image) {
    const double area = to.area();
    if (std::fabs(area) < 1e-9) return;  // the panel lies along the beam
    const double nf = image.area.pixels_fast, ns = image.area.pixels_slow;
    const std::array<Place, 4> corners{to.at(0, 0), to.at(nf, 0), to.at(0, ns), to.at(nf, ns)};
    const auto [left, right] = std::ranges::minmax(corners, {}, &Place::x);
    const auto [top, bottom] = std::ranges::minmax(corners, {}, &Place::y);
    const auto inside = [](double value, int end) { return static_cast<int>(std::clamp(value, 0.0, double(end))); };
    for (int y = inside(top.y, m_grid.height); y < inside(bottom.y + 1, m_grid.height); ++y) {
      for (int x = inside(left.x, m_grid.width); x < inside(right.x + 1, m_grid.width); ++x) {
        const double dx = x + 0.5 - to.origin.x, dy = y + 0.5 - to.origin.y;
        const double f = (dx * to.slow.y - dy * to.slow.x) / area, s = (dy * to.fast.x - dx * to.fast.y) / area;
        if (!(f >= 0 && s >= 0 && f < nf && s < ns)) continue;
        const std::uint8_t grey = level(image, static_cast<int>(f), static_cast<int>(s));
        if (grey != nothing) *pixel_at(x, y) = grey;
      }
    }
  }

  /// Gives every pixel of the picture the darkest of the panel's pixels whose centres fall on it.
  void mark(const Projection& to, const io::PanelImage& image) {
    for (int s = 0; s < image.area.pixels_slow; ++s) {
      for (int f = 0; f < image.area.pixels_fast; ++f) {
        const std::uint8_t grey = level(image, f, s);
        const Place centre = to.at(f + 0.5, s + 0.5);
        std::uint8_t* const pixel = pixel_at(centre.x, centre.y);
        if (grey == nothing || pixel == nullptr) continue;
        *pixel = *pixel == nothing ? grey : std::min(*pixel, grey);
      }
    }
  }

  const PictureGrid& m_grid;
  const system::FilmGrey& m_grey_of;
  std::vector<std::uint8_t> m_grey;
};

}  // namespace

PictureGrid picture_grid(const Scene& scene) {
  const Vec3d& beam = scene.frame.beam;
  const PanelGeometry& facing = facing_panel(scene);
  PictureGrid grid;
  const Vec3d along_fast = across_beam(facing.fast, beam), along_slow = across_beam(facing.slow, beam);
  // A panel along the beam may show one of its axes end-on.
  const bool shows_fast = strict::magnitude(along_fast) > 0.01;
  grid.right = strict::unit(shows_fast ? along_fast : cross(along_slow, beam));
  grid.down = cross(beam, grid.right);
  if (dot(grid.down, facing.slow) < 0) grid.down = -grid.down;

  constexpr double far = std::numeric_limits<double>::infinity();
  double right_m = -far, bottom_m = -far;
  grid.left_m = grid.top_m = grid.pitch_m = far;
  for (const ScenePanel& panel : scene.panels) {
    const PanelGeometry& p = panel.geometry;
    grid.pitch_m = std::min(grid.pitch_m, p.pixel_size_m);
    for (const double f : {0.0, static_cast<double>(p.pixels_fast)}) {
      for (const double s : {0.0, static_cast<double>(p.pixels_slow)}) {
        const Vec3d corner_m = p.point_of_pixel_m(f, s);
        grid.left_m = std::min(grid.left_m, dot(corner_m, grid.right));
        right_m = std::max(right_m, dot(corner_m, grid.right));
        grid.top_m = std::min(grid.top_m, dot(corner_m, grid.down));
        bottom_m = std::max(bottom_m, dot(corner_m, grid.down));
      }
    }
  }
  grid.pitch_m = std::max(
      {grid.pitch_m, (right_m - grid.left_m) / longest_picture_side, (bottom_m - grid.top_m) / longest_picture_side});
  // A panel whose edge is at a whole number of pixels, up to rounding, needs no further one.
  const auto pixels = [&](double length_m) {
    return std::clamp(static_cast<int>(std::ceil(length_m / grid.pitch_m - 1e-3)), 1, longest_picture_side);
  };
  grid.width = pixels(right_m - grid.left_m);
  grid.height = pixels(bottom_m - grid.top_m);
  return grid;
}

GreyPicture detector_picture(const Scene& scene, std::span<const io::PanelImage> panels,
                             const system::FilmGrey& grey_of) {
  const PictureGrid grid = picture_grid(scene);
  Drawing drawing(grid, grey_of);
  // From the back to the front, as they hide each other.
  std::vector<std::size_t> order(panels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) {
    const PanelGeometry& p = scene.panels[i].geometry;
    return dot(p.point_of_pixel_m(0.5 * p.pixels_fast, 0.5 * p.pixels_slow), scene.frame.beam);
  });
  for (const std::size_t i : order) drawing.draw(scene.panels[i].geometry, panels[i]);
  return {drawing.finish(), grid.width, grid.height};
}

}  // namespace nbk::bench::render
