// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/split_index.hpp"
#include "nbk/physics/scatterer.hpp"
#include "nbk/plan/tables.hpp"
#include "nbk/simd/lane_extremes.hpp"

#include <cstddef>
#include <type_traits>

/// \file
/// The lattice factor along wavelengths, for a reflection that is known. In a fixed direction the Miller indices are
/// h(s) = H s with s = 1 / lambda. From an anchor s_a on, s = s_a + t, the spot vector of the reflection n
/// (physics/shape/spot_radius.hpp) follows a straight line, which comes nearest to the spot's middle at t_0:
///
///     S (H s - n) = p + t y,   p = S (H s_a - n),   y = S H
///     G = |S (H s - n)|^2 = |y|^2 (t - t_0)^2 + |p x y|^2 / |y|^2,   t_0 = -p.y / |y|^2
///
/// So a wavelength costs three operations instead of three indices, their rounding and a matrix. The vector product
/// keeps its digits where the ray passes far from the spot's middle. In the beam itself, where y is 0, |y|^2 is taken
/// as e and |p x y|^2 as e |p|^2. The anchor is that of some wavelengths that follow each other
/// (plan/wavelength_anchors.hpp says how many), the same for every pixel: a term has the same bits whatever has found
/// it. Lengths in Angstrom, s in 1/Angstrom. Derived here; tests/agreement/wavelength_anchors.cpp compares with double.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Wavelengths that follow each other: [begin, end) of Tables::waves.
struct WaveRun {
  int begin = 0, end = 0;  ///< numbers in Tables::waves
};

/// A range of inverse wavelengths about a middle, 1/Angstrom; none if `least` is above `most`.
template <class T>
struct InverseRange {
  T least, most;  ///< bounds included
};

/// True for scatterers whose lattice factor is a function of the squared radius G.
template <class ScattererT>
inline constexpr bool has_spot_radius = false;
template <class Shape, class Lookup>
  requires requires(const physics::LatticeParameters<float>& p, float radius_sqr) { Shape::at_radius(p, radius_sqr); }
inline constexpr bool has_spot_radius<physics::Bragg<Shape, Lookup>> = true;

/// True where terms of several wavelengths may have anchors.
template <class ScattererT, class Number>
inline constexpr bool may_have_anchors = has_spot_radius<ScattererT>&& std::is_arithmetic_v<Number>;

/// Returns true if the wavelengths of a group have anchors.
template <class TablesT, class Number>
KOKKOS_FORCEINLINE_FUNCTION bool has_anchors(const TablesT& tables, const SourceGroup<Number>& group) {
  return tables.waves_per_anchor > 1 && group.waves_per_inverse != Number(0);
}

/// An anchor, and the end of the wavelengths that share it.
template <class Number>
struct Anchor {
  Number inverse_per_A;  ///< s_a
  int end;               ///< in Tables::waves
};

/// Returns the anchor of a wavelength of a group with anchors.
template <class TablesT, class Number>
KOKKOS_FORCEINLINE_FUNCTION Anchor<Number> anchor_of(const TablesT& tables, const SourceGroup<Number>& group,
                                                     int wave) {
  const int size = tables.waves_per_anchor, all = group.first + group.count;
  const int first = group.first + (wave - group.first) / size * size;
  const int end = first + size < all ? first + size : all;
  const Number ends = tables.waves[first].inverse_wavelength_per_A + tables.waves[end - 1].inverse_wavelength_per_A;
  return {Number(0.5) * ends, end};
}

/// The Miller indices of one of several wavelengths, with the anchor of its lattice factor.
template <class Geometry>
struct AnchoredIndices {
  IndicesOfWavelength<Geometry> indices;  ///< of the wavelength
  bool anchored;                          ///< false: it has none
  scalar_t<Geometry> anchor;              ///< s_a

  KOKKOS_FORCEINLINE_FUNCTION ScaledIndex<Geometry> h() const { return indices.h(); }
  KOKKOS_FORCEINLINE_FUNCTION ScaledIndex<Geometry> k() const { return indices.k(); }
  KOKKOS_FORCEINLINE_FUNCTION ScaledIndex<Geometry> l() const { return indices.l(); }
};

/// y of a pack of pixels and an orientation.
template <class Lattice>
struct SpotSlope {
  Vec3<Lattice> y;  ///< S H
  Lattice y_sqr;    ///< |y|^2, at least e
  Lattice added;    ///< e less what |y|^2 would be, or 0

  /// \param scaled  H
  template <class Geometry>
  static KOKKOS_FORCEINLINE_FUNCTION SpotSlope of(const physics::LatticeParameters<scalar_t<Lattice>>& parameters,
                                                  const Vec3<Geometry>& scaled) {
    const Vec3<Lattice> y = physics::spot_vector(
        parameters, Vec3<Lattice>{convert<Lattice>(scaled.x), convert<Lattice>(scaled.y), convert<Lattice>(scaled.z)});
    const Lattice own = fused_dot(y, y), y_sqr = max(own, Lattice(scalar_t<Lattice>(1e-24)));
    return {y, y_sqr, y_sqr - own};
  }
};

/// The line of a pack of pixels for one orientation and one reflection of each pixel.
/// \tparam Lattice, Geometry  packs
template <class Lattice, class Geometry>
class SpotLine {
 public:
  using T = scalar_t<Lattice>;
  using Number = scalar_t<Geometry>;

  /// \param scaled   H
  /// \param nearest  n; all arguments must outlive the line
  KOKKOS_FORCEINLINE_FUNCTION SpotLine(const physics::LatticeParameters<T>& parameters, const Vec3<Geometry>& scaled,
                                       const Vec3<Geometry>& nearest, const SpotSlope<Lattice>& slope)
      : m_parameters(parameters), m_scaled(scaled), m_nearest(nearest), m_slope(slope) {}

  /// n
  KOKKOS_FORCEINLINE_FUNCTION const Vec3<Geometry>& nearest() const { return m_nearest; }
  /// The anchor that the line is at.
  KOKKOS_FORCEINLINE_FUNCTION const Number& anchor() const { return m_anchor; }
  /// t_0
  KOKKOS_FORCEINLINE_FUNCTION const Lattice& nearest_approach() const { return m_nearest_approach; }

  /// Goes to an anchor.
  KOKKOS_FORCEINLINE_FUNCTION void go_to(Number anchor) {
    set(anchor);
    approach();
  }

  /// Goes to an anchor, as far as any lane comes within a radius of the spot's middle there. Returns the range of t in
  /// which it does.
  /// \param radius_sqr  R^2
  /// \param half        t is asked for from -half to half
  /// \param lanes       t_0 of the lanes that do, `nowhere` of the others; nullptr: nobody wants to know
  KOKKOS_FORCEINLINE_FUNCTION InverseRange<T> within(Number anchor, T radius_sqr, T half, Lattice* lanes = nullptr);

  /// The same where it is at an anchor that has such a range of a larger radius.
  KOKKOS_FORCEINLINE_FUNCTION InverseRange<T> within_smaller(T radius_sqr, T half) const {
    const Lattice zero(T(0)), inside = m_slope.y_sqr * radius_sqr - m_across_sqr;
    const auto crosses = zero <= inside;
    if (!any(crosses)) return {T(1), T(-1)};
    const Lattice root = sqrt(max(inside, zero)) * m_inverse;
    return {max(-half, least_lane(select(crosses, m_nearest_approach - root, Lattice(half)))),
            min(half, most_lane(select(crosses, m_nearest_approach + root, Lattice(-half))))};
  }

  /// G at t.
  KOKKOS_FORCEINLINE_FUNCTION Lattice radius_sqr_at(T t) const {
    const Lattice way = Lattice(t) - m_nearest_approach;
    return fma(way * m_slope.y_sqr, way, m_least_sqr);
  }

 private:
  KOKKOS_FORCEINLINE_FUNCTION void set(Number anchor) {
    m_anchor = anchor;
    const Vec3<Lattice> p =
        physics::spot_vector(m_parameters, Vec3<Lattice>{rest_of_scaled<Lattice>(m_scaled.x, anchor, m_nearest.x),
                                                         rest_of_scaled<Lattice>(m_scaled.y, anchor, m_nearest.y),
                                                         rest_of_scaled<Lattice>(m_scaled.z, anchor, m_nearest.z)});
    const Vec3<Lattice>& y = m_slope.y;
    const Vec3<Lattice> across{fma(p.y, y.z, -(p.z * y.y)), fma(p.z, y.x, -(p.x * y.z)), fma(p.x, y.y, -(p.y * y.x))};
    m_across_sqr = fma(fused_dot(p, p), m_slope.added, fused_dot(across, across));
    m_along = fused_dot(p, y);
  }
  KOKKOS_FORCEINLINE_FUNCTION void approach() {
    m_inverse = Lattice(T(1)) / m_slope.y_sqr;
    m_nearest_approach = -(m_along * m_inverse);
    m_least_sqr = m_across_sqr * m_inverse;
  }

  const physics::LatticeParameters<T>& m_parameters;
  const Vec3<Geometry>& m_scaled;
  const Vec3<Geometry>& m_nearest;
  const SpotSlope<Lattice>& m_slope;
  Number m_anchor{};
  // Given values that are never read, since compilers do not see that an anchor always comes first.
  Lattice m_across_sqr = Lattice(T(0)), m_along = Lattice(T(0));          // |p x y|^2, p.y
  Lattice m_inverse = Lattice(T(0)), m_nearest_approach = Lattice(T(0));  // 1 / |y|^2, t_0
  Lattice m_least_sqr = Lattice(T(0));                                    // |p x y|^2 / |y|^2
};

/// The mark of SpotLine::within() for lanes that are in no spot: far from all wavelengths.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION T nowhere() {
  return T(1e30);
}

template <class Lattice, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION InverseRange<scalar_t<Lattice>> SpotLine<Lattice, Geometry>::within(Number anchor,
                                                                                                T radius_sqr, T half,
                                                                                                Lattice* lanes) {
  const InverseRange<T> none{T(1), T(-1)};
  set(anchor);
  const Lattice inside = m_slope.y_sqr * radius_sqr - m_across_sqr;
  const Lattice zero(T(0));
  const auto crosses = zero <= inside;
  if (!any(crosses)) return none;
  approach();
  const Lattice root = sqrt(max(inside, zero)) * m_inverse;
  const Lattice least = m_nearest_approach - root, most = m_nearest_approach + root;
  const auto seen = crosses && least <= Lattice(half) && Lattice(-half) <= most;
  if (!any(seen)) return none;
  if (lanes != nullptr) *lanes = select(seen, m_nearest_approach, Lattice(nowhere<T>()));
  return {max(-half, least_lane(select(seen, least, Lattice(half)))),
          min(half, most_lane(select(seen, most, Lattice(-half))))};
}

/// The lattice factor of one wavelength with an anchor.
template <class ScattererT, class Lattice, class TablesT, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION Lattice anchored_factor(const TablesT& tables, const AnchoredIndices<Geometry>& of,
                                                    const Vec3<Geometry>& nearest) {
  const auto slope = SpotSlope<Lattice>::of(tables.lattice, of.indices.scaled);
  SpotLine<Lattice, Geometry> line(tables.lattice, of.indices.scaled, nearest, slope);
  line.go_to(of.anchor);
  const auto t = static_cast<scalar_t<Lattice>>(of.indices.inverse_wavelength - of.anchor);
  return ScattererT::Shape::at_radius(tables.lattice, line.radius_sqr_at(t));
}

/// Calls visit(factor, wave) for the wavelengths of a run whose lanes see no other reflections than those of a line.
/// \param scaled  H of the line
template <class ScattererT, class Lattice, class TablesT, class Geometry, class Visit>
KOKKOS_FORCEINLINE_FUNCTION void visit_line(const TablesT& tables, const SourceGroup<scalar_t<Geometry>>& group,
                                            const Vec3<Geometry>& scaled, SpotLine<Lattice, Geometry>& line,
                                            const WaveRun& run, const Visit& visit) {
  using Number = scalar_t<Geometry>;
  if (!has_anchors(tables, group)) {
    const Vec3<Geometry>& nearest = line.nearest();
    for (int w = run.begin; w < run.end; ++w) {
      const Wave<Number> wave = tables.waves[w];
      const Number inverse = wave.inverse_wavelength_per_A;
      const Lattice radius_sqr = physics::spot_radius_sqr(
          tables.lattice, Vec3<Lattice>{rest_of_scaled<Lattice>(scaled.x, inverse, nearest.x),
                                        rest_of_scaled<Lattice>(scaled.y, inverse, nearest.y),
                                        rest_of_scaled<Lattice>(scaled.z, inverse, nearest.z)});
      visit(ScattererT::Shape::at_radius(tables.lattice, radius_sqr), wave);
    }
    return;
  }
  for (int begin = run.begin; begin < run.end;) {
    const Anchor<Number> anchor = anchor_of(tables, group, begin);
    const int end = anchor.end < run.end ? anchor.end : run.end;
    if (line.anchor() != anchor.inverse_per_A) line.go_to(anchor.inverse_per_A);
    for (int w = begin; w < end; ++w) {
      const Wave<Number> wave = tables.waves[w];
      const auto t = static_cast<scalar_t<Lattice>>(wave.inverse_wavelength_per_A - anchor.inverse_per_A);
      visit(ScattererT::Shape::at_radius(tables.lattice, line.radius_sqr_at(t)), wave);
    }
    begin = end;
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
