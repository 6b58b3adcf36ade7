// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/subpixel.hpp"
#include "nbk/physics/line.hpp"
#include "nbk/plan/line_rows.hpp"
#include "nbk/plan/tables.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// One sub-pixel of each pixel of a row, seen from one source: what all pixels have in common.
/// \tparam Number  of the geometry
template <class Number>
struct LineSample {
  Subpixel sub;
  const SourceGroup<Number>* group = nullptr;
  Number first = 0, step = 0;            ///< u of pixel 0, and from pixel to pixel, in metres
  Number nearest_sqr = 0;                ///< R^2 - u^2
  physics::LinearForm<Number> index[3];  ///< times 1 / R and less `offset`: the Miller indices
  Number offset[3] = {0, 0, 0};
  physics::LinearForm<Number> normal;  ///< times 1 / R: the cosine to the detector's normal
  physics::LinePolarization<Number> polarization;
};

/// The samples of a row of pixels, for plans with Tables::rows_as_lines.
template <class PrecisionT>
class LineSamples {
 public:
  using Number = typename PrecisionT::Geometry;
  LineSamples(const Tables<PrecisionT>& tables, int slow) {
    for (Subpixel sub; sub.layer < tables.layers.count; ++sub.layer) {
      for (sub.slow = 0; sub.slow < tables.oversample; ++sub.slow) {
        const auto size_m = static_cast<double>(tables.panel.subpixel_size);
        const auto line = physics::pixel_line(tables.panel, size_m * (slow * tables.oversample + sub.slow + 0.5),
                                              sub.layer * static_cast<double>(tables.layers.step_m));
        for (sub.fast = 0; sub.fast < tables.oversample; ++sub.fast) {
          for (int g = 0; g < tables.group_count; ++g)
            m_samples[m_count++] = sample(tables, line, sub, tables.groups[g]);
        }
      }
    }
  }

  // For both sides, as what calls them is: nvcc would warn.
  KOKKOS_FORCEINLINE_FUNCTION const LineSample<Number>* begin() const { return m_samples; }
  KOKKOS_FORCEINLINE_FUNCTION const LineSample<Number>* end() const { return m_samples + m_count; }

 private:
  static LineSample<Number> sample(const Tables<PrecisionT>& tables, const physics::PixelLine& line,
                                   const Subpixel& sub, const SourceGroup<Number>& group) {
    const double step_m = line.stretch * static_cast<double>(tables.panel.subpixel_size);
    LineSample<Number> s;
    s.sub = sub;
    s.group = &group;
    s.first = static_cast<Number>(line.first + (sub.fast + 0.5) * step_m);
    s.step = static_cast<Number>(tables.oversample * step_m);
    s.nearest_sqr = static_cast<Number>(dot(line.nearest, line.nearest));
    const physics::CellAxes<Number>& axes = tables.orientations[0];
    const Vec3d axes_A[3] = {physics::widened(axes.a), physics::widened(axes.b), physics::widened(axes.c)};
    const auto inverse_wavelength = static_cast<double>(tables.waves[group.first].inverse_wavelength_per_A);
    for (int i = 0; i < 3; ++i) {
      s.index[i] = physics::linear_form<Number>(line, inverse_wavelength, axes_A[i]);
      s.offset[i] = static_cast<Number>(inverse_wavelength * dot(axes_A[i], physics::widened(group.incident)));
    }
    s.normal = physics::linear_form<Number>(line, 1, physics::widened(tables.panel.normal));
    s.polarization = physics::line_polarization(line, group.incident, group.axes, tables.kahn_factor);
    return s;
  }

  LineSample<Number> m_samples[plan::most_line_samples];
  int m_count = 0;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
