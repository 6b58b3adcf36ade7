// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/line_samples.hpp"
#include "nbk/kernel/terms.hpp"
#include "nbk/kernel/weighting.hpp"
#include "nbk/physics/with_diffuse.hpp"

#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The exit rays of a pack of pixels on a line: both ExitRay and ScatteredPair of kernel/exit_ray.hpp.
template <class Geometry>
struct LineRay {
  const LineSample<scalar_t<Geometry>>& line;
  const Geometry& u;          ///< m
  const Geometry& inverse_r;  ///< 1/m

  KOKKOS_FORCEINLINE_FUNCTION Geometry cosine_to_normal(const physics::PanelParameters<scalar_t<Geometry>>&) const {
    return physics::at(line.normal, u) * inverse_r;
  }
  /// Lines are on flat panels.
  KOKKOS_FORCEINLINE_FUNCTION Geometry narrowing(const physics::PanelParameters<scalar_t<Geometry>>&) const {
    return Geometry(scalar_t<Geometry>(1));
  }
  KOKKOS_FORCEINLINE_FUNCTION Geometry polarization() const { return physics::at(line.polarization, u, inverse_r); }

  KOKKOS_FORCEINLINE_FUNCTION Geometry h() const { return index(0); }
  KOKKOS_FORCEINLINE_FUNCTION Geometry k() const { return index(1); }
  KOKKOS_FORCEINLINE_FUNCTION Geometry l() const { return index(2); }

 private:
  KOKKOS_FORCEINLINE_FUNCTION Geometry index(int axis) const {
    return fma(physics::at(line.index[axis], u), inverse_r, -line.offset[axis]);
  }
};

/// Places of the packs of a block on a line.
template <class Geometry>
struct LinePlaces {
  int packs = 0;
  const Geometry* u = nullptr;          ///< m
  const Geometry* inverse_r = nullptr;  ///< 1/m
};

/// True where rows may be lines if Tables::rows_as_lines says so. In double not where the last bit of a direction can
/// decide; compact spots have NearSpots; lines are prepared in double, which would drop what another number type has
/// beyond it.
template <Scatterer ScattererT, class PrecisionT>
inline constexpr bool has_lines =
    std::is_arithmetic_v<typename PrecisionT::Geometry> && !ScattererT::compact &&
    !(rounds_as_double<typename PrecisionT::Lattice> && ScattererT::needs_exact_direction);

/// Not of diffuse scattering: a halo costs far more than its place.
template <class Inner, class PrecisionT>
inline constexpr bool has_lines<physics::WithDiffuse<Inner>, PrecisionT> = false;

/// The terms of one sample of a line.
/// \tparam Running  of the Weighting
template <Scatterer ScattererT, class Running, class Types, int MostPacks, class PrecisionT>
class LineTerms {
 public:
  using Geometry = typename Types::Geometry;
  using Number = scalar_t<Geometry>;

  /// Adds them to the sums of the packs whose places on the line are `u`.
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>& tables, const LineSample<Number>& sample,
                                       const LinePlaces<Geometry>& places, Running* running) {
    const Number weight = tables.waves[sample.group->first].weight;
    m_terms.of_all(
        tables, places.packs,
        [&](int i) {
          return LineRay<Geometry>{sample, places.u[i], places.inverse_r[i]};
        },
        [&](int i, const Term<typename Types::Lattice>& term) { running[i].add(term, weight); });
  }

 private:
  Terms<ScattererT, Types, MostPacks, PrecisionT> m_terms;
};

/// PixelBlock with the geometry of rows from LineSamples; its loop over layers, sub-pixels and sources is the one
/// over samples here.
/// \tparam TermsT  LineTerms, or CalledLineTerms where that is compiled on its own
template <class TermsT, Weighting WeightingT, int Width, int MostPacks, class PrecisionT>
class LineBlock {
 public:
  using Types = Packs<PrecisionT, Width>;
  using Geometry = typename Types::Geometry;
  using Number = scalar_t<Geometry>;

  /// Computes up to MostPacks packs, otherwise as PixelBlock::compute().
  template <class Store>
  static KOKKOS_FORCEINLINE_FUNCTION void compute(const Tables<PrecisionT>& tables, TermsT& terms,
                                                  const LineSamples<PrecisionT>& samples, int fast, int packs,
                                                  const Store& store_pack) {
    LineBlock block;
    for (int i = 0; i < packs; ++i) block.m_factors[i].begin(tables, block.m_running[i]);
    for (const LineSample<Number>& sample : samples) block.add(tables, terms, sample, fast, packs);
    for (int i = 0; i < packs; ++i) store_pack(i, block.m_factors[i].pixel(tables, block.m_running[i]));
  }

 private:
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>& tables, TermsT& terms,
                                       const LineSample<Number>& sample, int fast, int packs) {
    const auto visible = Geometry(Number(-1)) < Geometry(Number(0));
    for (int i = 0; i < packs; ++i) {
      m_u[i] =
          fma(lane_numbers<Geometry>() + static_cast<Number>(fast + i * Width), sample.step, Geometry(sample.first));
      m_inverse_r[i] = reciprocal_sqrt(fma(m_u[i], m_u[i], sample.nearest_sqr));
      const LineRay<Geometry> ray{sample, m_u[i], m_inverse_r[i]};
      if (sample.group == tables.groups) m_factors[i].direction(tables, sample.sub, ray);
      m_factors[i].source(tables, *sample.group, ray, visible, m_running[i]);
    }
    terms.add(tables, sample, {packs, m_u, m_inverse_r}, m_running);
    for (int i = 0; i < packs; ++i) m_factors[i].end_source(m_running[i]);
  }

  typename WeightingT::template Factors<Types, PrecisionT> m_factors[static_cast<std::size_t>(MostPacks)];
  typename WeightingT::template Running<Types> m_running[static_cast<std::size_t>(MostPacks)];
  Geometry m_u[static_cast<std::size_t>(MostPacks)], m_inverse_r[static_cast<std::size_t>(MostPacks)];
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
