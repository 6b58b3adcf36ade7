// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/terms.hpp"
#include "nbk/kernel/weighting.hpp"
#include "nbk/physics/line.hpp"
#include "nbk/plan/line_rows.hpp"
#include "nbk/simd/isa.hpp"

#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// One sub-pixel of each pixel of a row, seen from one source: what all pixels have in common, in the number type of
/// the geometry.
template <class S>
struct LineSample {
  Subpixel sub;
  const SourceGroup<S>* group = nullptr;
  S first = 0, step = 0;            ///< u of pixel 0, and from pixel to pixel, in metres
  S nearest_sqr = 0;                ///< R^2 - u^2
  physics::LinearForm<S> index[3];  ///< times 1 / R and less `offset`: the Miller indices
  S offset[3] = {0, 0, 0};
  physics::LinearForm<S> normal;  ///< times 1 / R: the cosine to the detector's normal
  physics::LinePolarization<S> polarization;
};

/// A pack of pixels on a line.
template <class G>
struct LineRay {
  const LineSample<scalar_t<G>>& line;
  const G& u;          ///< m
  const G& inverse_r;  ///< 1/m

  KOKKOS_FORCEINLINE_FUNCTION G cosine_to_normal(const physics::PanelParameters<scalar_t<G>>&) const {
    return physics::at(line.normal, u) * inverse_r;
  }
  /// Lines are on flat panels.
  KOKKOS_FORCEINLINE_FUNCTION G narrowing(const physics::PanelParameters<scalar_t<G>>&) const {
    return G(scalar_t<G>(1));
  }
  KOKKOS_FORCEINLINE_FUNCTION G polarization() const { return physics::at(line.polarization, u, inverse_r); }

  KOKKOS_FORCEINLINE_FUNCTION G h() const { return index(0); }
  KOKKOS_FORCEINLINE_FUNCTION G k() const { return index(1); }
  KOKKOS_FORCEINLINE_FUNCTION G l() const { return index(2); }

 private:
  KOKKOS_FORCEINLINE_FUNCTION G index(int axis) const {
    return fma(physics::at(line.index[axis], u), inverse_r, -line.offset[axis]);
  }
};

/// The samples of a row of pixels, for plans with Tables::rows_as_lines.
template <class P>
class LineSamples {
 public:
  using S = typename P::Geometry;
  LineSamples(const Tables<P>& t, int slow) {
    for (Subpixel sub; sub.layer < t.layers.count; ++sub.layer) {
      for (sub.slow = 0; sub.slow < t.oversample; ++sub.slow) {
        const auto size_m = static_cast<double>(t.panel.subpixel_size);
        const auto line = physics::pixel_line(t.panel, size_m * (slow * t.oversample + sub.slow + 0.5),
                                              sub.layer * static_cast<double>(t.layers.step_m));
        for (sub.fast = 0; sub.fast < t.oversample; ++sub.fast) {
          for (int g = 0; g < t.group_count; ++g) m_samples[m_count++] = sample(t, line, sub, t.groups[g]);
        }
      }
    }
  }

  // For both sides, as what calls them is: nvcc would warn.
  KOKKOS_FORCEINLINE_FUNCTION const LineSample<S>* begin() const { return m_samples; }
  KOKKOS_FORCEINLINE_FUNCTION const LineSample<S>* end() const { return m_samples + m_count; }

 private:
  static LineSample<S> sample(const Tables<P>& t, const physics::PixelLine& line, const Subpixel& sub,
                              const SourceGroup<S>& group) {
    const double step_m = line.stretch * static_cast<double>(t.panel.subpixel_size);
    LineSample<S> s;
    s.sub = sub;
    s.group = &group;
    s.first = static_cast<S>(line.first + (sub.fast + 0.5) * step_m);
    s.step = static_cast<S>(t.oversample * step_m);
    s.nearest_sqr = static_cast<S>(dot(line.nearest, line.nearest));
    const physics::CellAxes<S>& cell = t.orientations[0];
    const Vec3d axes_A[3] = {physics::widened(cell.a), physics::widened(cell.b), physics::widened(cell.c)};
    const auto inverse_wavelength = static_cast<double>(t.waves[group.first].inverse_wavelength_per_A);
    for (int i = 0; i < 3; ++i) {
      s.index[i] = physics::linear_form<S>(line, inverse_wavelength, axes_A[i]);
      s.offset[i] = static_cast<S>(inverse_wavelength * dot(axes_A[i], physics::widened(group.incident)));
    }
    s.normal = physics::linear_form<S>(line, 1, physics::widened(t.panel.normal));
    s.polarization = physics::line_polarization(line, group.incident, group.axes, t.kahn_factor);
    return s;
  }

  LineSample<S> m_samples[plan::most_line_samples];
  int m_count = 0;
};

/// Whether rows may be lines where Tables::rows_as_lines says so. In double the last bit of the direction can decide in
/// the beam itself, for all but square crystals, and between two structure factors; compact spots have their own way.
template <class Shape, class Cell, class P>
inline constexpr bool has_lines =
    std::is_arithmetic_v<typename P::Geometry> && !Shape::compact &&
    (!rounds_as_double<typename P::Lattice> || (std::is_same_v<Shape, physics::Square> && !Cell::needs_exact_index));

/// As PixelBlock, with the geometry of rows from LineSamples.
template <class Shape, class Cell, class Weighting, int Width, int MostPacks, class P>
class LineBlock {
 public:
  using Types = Packs<P, Width>;
  using G = typename Types::G;
  using S = scalar_t<G>;

  template <class Store>
  static KOKKOS_FORCEINLINE_FUNCTION void compute(const Tables<P>& t, const LineSamples<P>& samples, int fast,
                                                  int packs, const Store& store_pack) {
    for (int first = 0; first < packs; first += MostPacks) {
      const int count = MostPacks == 1 || packs - first > MostPacks ? MostPacks : packs - first;
      LineBlock block;
      for (int i = 0; i < count; ++i) block.m_factors[i].begin(t);
      for (const LineSample<S>& sample : samples) block.add(t, sample, fast + first * Width, count);
      for (int i = 0; i < count; ++i) store_pack(first + i, block.m_factors[i].pixel(t));
    }
  }

 private:
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<P>& t, const LineSample<S>& sample, int fast, int packs) {
    const auto visible = G(S(-1)) < G(S(0));
    for (int i = 0; i < packs; ++i) {
      m_u[i] = fma(lane_numbers<G>() + static_cast<S>(fast + i * Width), sample.step, G(sample.first));
      m_inverse_r[i] = reciprocal_sqrt(fma(m_u[i], m_u[i], sample.nearest_sqr));
      const LineRay<G> ray{sample, m_u[i], m_inverse_r[i]};
      if (sample.group == t.groups) m_factors[i].direction(t, sample.sub, ray);
      m_factors[i].source(t, *sample.group, ray, visible);
    }
    const S weight = t.waves[sample.group->first].weight;
    m_terms.of_all(
        t, packs,
        [&](int i) {
          return LineRay<G>{sample, m_u[i], m_inverse_r[i]};
        },
        [&](int i, const Term<typename Types::L>& term) { m_factors[i].add(term, weight); });
    for (int i = 0; i < packs; ++i) m_factors[i].end_source();
  }

  typename Weighting::template Factors<Types, P> m_factors[static_cast<std::size_t>(MostPacks)];
  Terms<Shape, Cell, Types, MostPacks, P> m_terms;
  G m_u[static_cast<std::size_t>(MostPacks)], m_inverse_r[static_cast<std::size_t>(MostPacks)];
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
