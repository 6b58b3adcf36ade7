// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/line_samples.hpp"
#include "nbk/kernel/terms.hpp"
#include "nbk/kernel/weighting.hpp"

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

/// True where rows may be lines if Tables::rows_as_lines says so. In double not where the last bit of a direction can
/// decide; compact spots have NearSpots; lines are prepared in double, which would drop what another number type has
/// beyond it.
template <Scatterer ScattererT, class PrecisionT>
inline constexpr bool has_lines =
    std::is_arithmetic_v<typename PrecisionT::Geometry> && !ScattererT::compact &&
    !(rounds_as_double<typename PrecisionT::Lattice> && ScattererT::needs_exact_direction);

/// PixelBlock with the geometry of rows from LineSamples; its loop over layers, sub-pixels and sources is the one
/// over samples here.
template <Scatterer ScattererT, Weighting WeightingT, int Width, int MostPacks, class PrecisionT>
class LineBlock {
 public:
  using Types = Packs<PrecisionT, Width>;
  using Geometry = typename Types::Geometry;
  using Number = scalar_t<Geometry>;

  /// Same as PixelBlock::compute().
  template <class Store>
  static KOKKOS_FORCEINLINE_FUNCTION void compute(const Tables<PrecisionT>& tables,
                                                  const LineSamples<PrecisionT>& samples, int fast, int packs,
                                                  const Store& store_pack) {
    for (int first = 0; first < packs; first += MostPacks) {
      const int count = MostPacks == 1 || packs - first > MostPacks ? MostPacks : packs - first;
      LineBlock block;
      for (int i = 0; i < count; ++i) block.m_factors[i].begin(tables);
      for (const LineSample<Number>& sample : samples) block.add(tables, sample, fast + first * Width, count);
      for (int i = 0; i < count; ++i) store_pack(first + i, block.m_factors[i].pixel(tables));
    }
  }

 private:
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>& tables, const LineSample<Number>& sample, int fast,
                                       int packs) {
    const auto visible = Geometry(Number(-1)) < Geometry(Number(0));
    for (int i = 0; i < packs; ++i) {
      m_u[i] =
          fma(lane_numbers<Geometry>() + static_cast<Number>(fast + i * Width), sample.step, Geometry(sample.first));
      m_inverse_r[i] = reciprocal_sqrt(fma(m_u[i], m_u[i], sample.nearest_sqr));
      const LineRay<Geometry> ray{sample, m_u[i], m_inverse_r[i]};
      if (sample.group == tables.groups) m_factors[i].direction(tables, sample.sub, ray);
      m_factors[i].source(tables, *sample.group, ray, visible);
    }
    const Number weight = tables.waves[sample.group->first].weight;
    m_terms.of_all(
        tables, packs,
        [&](int i) {
          return LineRay<Geometry>{sample, m_u[i], m_inverse_r[i]};
        },
        [&](int i, const Term<typename Types::Lattice>& term) { m_factors[i].add(term, weight); });
    for (int i = 0; i < packs; ++i) m_factors[i].end_source();
  }

  typename WeightingT::template Factors<Types, PrecisionT> m_factors[static_cast<std::size_t>(MostPacks)];
  Terms<ScattererT, Types, MostPacks, PrecisionT> m_terms;
  Geometry m_u[static_cast<std::size_t>(MostPacks)], m_inverse_r[static_cast<std::size_t>(MostPacks)];
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
