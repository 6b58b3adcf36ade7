// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_terms.hpp"
#include "nbk/kernel/scattered_places.hpp"
#include "nbk/physics/absorption_slopes.hpp"
#include "nbk/physics/polarization_slopes.hpp"

#include <cstddef>

/// \file
/// The loop of an image with its derivatives: that of kernel/pixel_block.hpp, in which every term also has v = dL/dh
/// F^2
/// + L d(F^2)/dh. All derivatives are linear in a few sums over the terms, physics::PixelSums. Nothing in the loop
/// knows a parameter.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Sums of up to `MostPacks` packs of pixels, in the weighting of `corrected`: each
/// term has its own sub-pixel's solid angle, its own source's polarisation and weight, its own layer's absorption.
/// \tparam TermsT  GradientTerms
template <class Sums, class TermsT, int Width, int MostPacks, class PrecisionT>
class GradientBlock {
 public:
  using Types = Packs<PrecisionT, Width>;
  using Geometry = typename Types::Geometry;
  using Value = typename Types::Sum;
  using At = physics::PixelSums;

  /// Computes the sums of pixels, in photons, [pack][sum]. Those of turns and twists that `more` has not are 0.
  static KOKKOS_FORCEINLINE_FUNCTION void compute(const Tables<PrecisionT>& tables,
                                                  const DerivativeTables<PrecisionT>& more, TermsT& terms,
                                                  const ScatteredPlaces<Geometry, MostPacks>& at,
                                                  Value (*sums)[Sums::count]) {
    GradientBlock block{tables, more, sums, at.packs};
    const Value zero(T(0));
    for (int i = 0; i < block.packs(); ++i) {
      for (int s = 0; s < Sums::count; ++s) sums[i][s] = zero;
      block.m_totals[i].clear(more.twist_count);
    }
    for (Subpixel sub; sub.layer < tables.layers.count; ++sub.layer) {
      for (sub.slow = 0; sub.slow < tables.oversample; ++sub.slow) {
        for (sub.fast = 0; sub.fast < tables.oversample; ++sub.fast) block.add_subpixel(terms, at, sub);
      }
    }
    for (int i = 0; i < block.packs(); ++i) {
      if constexpr (TermsT::applies_factors) block.add_totals(Value(T(1)), block.m_totals[i], sums[i]);
      for (int s = 0; s < Sums::count; ++s) sums[i][s] = sums[i][s] * tables.scale;
      sums[i][At::constant] = Value(T(1));
    }
  }

 private:
  using Number = scalar_t<Geometry>;
  using T = scalar_t<Value>;

  /// Numbers of a pack at one sub-pixel.
  struct Place {
    Vec3<Geometry> direction;
    Geometry inverse_r;
    Value geometric;                 // solid angle times absorption
    Value by_cosine, by_absorption;  // solid angle times the slopes of the absorption
    Vec3<Value> by_direction;        // sum over sources of f S + E omega A dP/dd
    Value polarized;                 // sum over sources of E P
  };

  KOKKOS_FORCEINLINE_FUNCTION GradientBlock(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& more,
                                            Value (*sums)[Sums::count], int packs)
      : m_tables(tables), m_more(more), m_sums(sums), m_packs(packs) {}

  KOKKOS_FORCEINLINE_FUNCTION void add_subpixel(TermsT& terms, const ScatteredPlaces<Geometry, MostPacks>& at,
                                                const Subpixel& sub) {
    for (int i = 0; i < packs(); ++i) {
      begin_place(m_places[i], exit_ray_anywhere(m_tables, at.fast[i], at.slow[i], sub), sub);
    }
    terms.place(m_tables, at, sub);
    for (int g = 0; g < m_tables.group_count; ++g) {
      const SourceGroup<Number>& group = m_tables.groups[g];
      for (int i = 0; i < packs(); ++i) begin_source(m_places[i], group, i);
      terms.add(m_tables, m_more, group, packs(), m_in, m_totals);
      for (int i = 0; i < packs(); ++i) {
        if constexpr (Sums::everything && !TermsT::applies_factors) finish_totals(group, m_totals[i]);
        end_source(m_places[i], g, i);
      }
    }
    if constexpr (Sums::everything) {
      for (int i = 0; i < packs(); ++i) end_place(m_places[i], sub, m_sums[i]);
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void begin_place(Place& place, const ExitRay<Geometry>& ray, const Subpixel& sub) const {
    place.direction = ray.direction;
    place.inverse_r = ray.inverse_r;
    Geometry solid_angle = physics::solid_angle(m_tables.panel, ray.inverse_r);
    auto cosine = Geometry(Number(1));
    if (!m_tables.panel.curved) {
      cosine = ray.cosine_to_normal(m_tables.panel);
    } else if (!m_tables.panel.point_pixel) {
      solid_angle = solid_angle * ray.narrowing(m_tables.panel);
    }
    place.geometric = convert<Value>(solid_angle);
    if constexpr (Sums::everything) place.by_cosine = place.by_absorption = Value(T(0));
    if (m_tables.layers.absorbing) {
      const auto captured = physics::captured_slopes(cosine, sub.layer, m_tables.layers.attenuation_per_step);
      place.geometric = convert<Value>(solid_angle * captured.value);
      if constexpr (Sums::everything) {
        place.by_cosine = convert<Value>(solid_angle * captured.by_cosine);
        place.by_absorption = convert<Value>(solid_angle * captured.by_mu_per_layer);
      }
    }
    if constexpr (Sums::everything) {
      const Value zero(T(0));
      place.by_direction = {zero, zero, zero};
      place.polarized = zero;
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void begin_source(const Place& place, const SourceGroup<Number>& group, int pack) {
    const Geometry scale(group.count > 1 ? Number(1) : m_tables.waves[group.first].inverse_wavelength_per_A);
    const Vec3<Geometry> difference = place.direction - physics::broadcast<Geometry>(group.incident);
    PackInSource<Types>& in = m_in[pack];
    in.q = scale * difference;
    if (m_tables.dmin_A > Number(0)) in.length = sqrt(dot(difference, difference));
    if constexpr (Sums::everything) in.difference = to_value(difference);
    if constexpr (TermsT::applies_factors) {
      auto polarization = Geometry(Number(1));
      if (m_tables.polarized) {
        polarization = ScatteredPair<Geometry>{place.direction, group, m_tables.kahn_factor}.polarization();
      }
      in.factor = place.geometric * convert<Value>(polarization);
      m_totals[pack].energy = Value(T(0));
      if constexpr (Sums::everything) m_totals[pack].push = {Value(T(0)), Value(T(0)), Value(T(0))};
    } else {
      m_totals[pack].clear(m_more.twist_count);
    }
  }

  /// Adds those sums of a source, or of all, that only need a factor.
  KOKKOS_FORCEINLINE_FUNCTION void add_totals(const Value& factor, const SourceSums<Sums, Value>& totals,
                                              Value* sums) const {
    for (int s = 0; s < 9; ++s) sums[At::strain + s] = fma(factor, totals.strain[s], sums[At::strain + s]);
    if constexpr (Sums::everything) {
      for (int s = 0; s < 6; ++s) sums[At::cells + s] = fma(factor, totals.cells[s], sums[At::cells + s]);
      sums[At::wavelength] = fma(factor, totals.wavelength, sums[At::wavelength]);
      for_first<At::most_twists>(
          m_more.twist_count, [&](int t) { sums[At::twist + t] = fma(factor, totals.twist[t], sums[At::twist + t]); });
    }
  }

  /// Of one wavelength the sums of v and A v are not yet divided by it; with h, that of v.h is the trace of the strain.
  KOKKOS_FORCEINLINE_FUNCTION void finish_totals(const SourceGroup<Number>& group,
                                                 SourceSums<AllSums, Value>& totals) const {
    if (group.count > 1) return;
    const Value inverse(static_cast<T>(m_tables.waves[group.first].inverse_wavelength_per_A));
    totals.wavelength = (totals.strain[0] + totals.strain[4] + totals.strain[8]) * inverse;
    totals.push = inverse * totals.push;
    for_first<At::most_twists>(m_more.twist_count, [&](int t) { totals.twist[t] = totals.twist[t] * inverse; });
  }

  KOKKOS_FORCEINLINE_FUNCTION void end_source(Place& place, int source, int pack) {
    const SourceGroup<Number>& group = m_tables.groups[source];
    const auto& totals = m_totals[pack];
    Value* const sums = m_sums[pack];
    const Geometry one(Number(1)), none(Number(0));
    physics::PolarizationSlopes<Geometry> polarization{one, {none, none, none}, none};
    if (m_tables.polarized) {
      polarization = physics::polarization_slopes(group.incident, place.direction, group.axes, m_tables.kahn_factor);
    }
    const Value factor = place.geometric * convert<Value>(polarization.value);
    sums[At::image] = fma(factor, totals.energy, sums[At::image]);
    if constexpr (!TermsT::applies_factors) add_totals(factor, totals, sums);
    if constexpr (Sums::everything) {
      const Value unpolarized = totals.energy * place.geometric;
      sums[At::kahn] = fma(unpolarized, convert<Value>(polarization.by_kahn), sums[At::kahn]);
      place.polarized = fma(totals.energy, convert<Value>(polarization.value), place.polarized);
      const Vec3<Value> by_direction = to_value(polarization.by_direction), push = totals.push;
      place.by_direction.x = fma(factor, push.x, fma(unpolarized, by_direction.x, place.by_direction.x));
      place.by_direction.y = fma(factor, push.y, fma(unpolarized, by_direction.y, place.by_direction.y));
      place.by_direction.z = fma(factor, push.z, fma(unpolarized, by_direction.z, place.by_direction.z));
      for_first<At::most_beams>(m_more.turn_count, [&](int k) {
        const physics::TurnedRay<Number>& turned = m_more.turned_rays[source * m_more.turn_count + k];
        sums[At::beam + k] = sums[At::beam + k] - factor * along(turned.incident, push);
        if (m_tables.polarized) {
          const Geometry slope = physics::polarization_turn_slope(group.incident, place.direction, group.axes, turned,
                                                                  m_tables.kahn_factor);
          sums[At::beam + k] = fma(unpolarized, convert<Value>(slope), sums[At::beam + k]);
        }
      });
    }
  }

  /// Adds the derivatives by the position of the pixel: J = (H - d (d.H)) / R - 3 E f d / R, with H the derivative by
  /// d, and E f dA/dcos / A n in it, the part of the absorption. A turn of the panel turns n as well.
  KOKKOS_FORCEINLINE_FUNCTION void end_place(const Place& place, const Subpixel& sub, Value* sums) const {
    const Vec3<Value> d = to_value(place.direction);
    const Value inverse_r = convert<Value>(place.inverse_r);
    const Geometry r = Number(1) / place.inverse_r;
    const Vec3<Value> lever = to_value(r * place.direction - physics::broadcast<Geometry>(m_tables.panel.origin));
    const Vec3<T> normal{static_cast<T>(m_tables.panel.normal.x), static_cast<T>(m_tables.panel.normal.y),
                         static_cast<T>(m_tables.panel.normal.z)};
    const Value all = place.geometric * place.polarized;
    const Value by_cosine = place.by_cosine * place.polarized;
    const Vec3<Value> by_direction{fma(by_cosine, normal.x, place.by_direction.x),
                                   fma(by_cosine, normal.y, place.by_direction.y),
                                   fma(by_cosine, normal.z, place.by_direction.z)};
    // Of a point pixel the solid angle falls as 1 / R^2.
    const T power = m_tables.panel.point_pixel ? T(-2) : T(-3);
    const Value radial = fma(all, power, -fused_dot(d, by_direction));
    const Vec3<Value> j{inverse_r * fma(radial, d.x, by_direction.x), inverse_r * fma(radial, d.y, by_direction.y),
                        inverse_r * fma(radial, d.z, by_direction.z)};
    const Vec3<Value> turn = cross(lever, j) + by_cosine * cross(physics::broadcast<Value>(normal), d);
    add(sums + At::shift, j);
    add(sums + At::torque, turn);
    const Value depth = physics::along(normal, j) * static_cast<T>(sub.layer);
    sums[At::layer_depth] = sums[At::layer_depth] + depth;
    sums[At::layer_absorption] = fma(place.by_absorption, place.polarized, sums[At::layer_absorption]);
  }

  static KOKKOS_FORCEINLINE_FUNCTION void add(Value* sums, const Vec3<Value>& v) {
    sums[0] = sums[0] + v.x;
    sums[1] = sums[1] + v.y;
    sums[2] = sums[2] + v.z;
  }

  static KOKKOS_FORCEINLINE_FUNCTION Value along(const Vec3<Number>& axis, const Vec3<Value>& v) {
    return physics::along(Vec3<T>{static_cast<T>(axis.x), static_cast<T>(axis.y), static_cast<T>(axis.z)}, v);
  }

  static KOKKOS_FORCEINLINE_FUNCTION Vec3<Value> to_value(const Vec3<Geometry>& v) {
    return {convert<Value>(v.x), convert<Value>(v.y), convert<Value>(v.z)};
  }

  /// On a device one, which the compiler knows, so that nothing has to be in memory.
  KOKKOS_FORCEINLINE_FUNCTION int packs() const { return MostPacks == 1 ? 1 : m_packs; }

  const Tables<PrecisionT>& m_tables;
  const DerivativeTables<PrecisionT>& m_more;
  Value (*m_sums)[Sums::count];
  int m_packs;
  Place m_places[static_cast<std::size_t>(MostPacks)];
  PackInSource<Types> m_in[static_cast<std::size_t>(MostPacks)];
  SourceSums<Sums, Value> m_totals[static_cast<std::size_t>(MostPacks)];
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
