// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_terms.hpp"
#include "nbk/kernel/per_term.hpp"
#include "nbk/kernel/pixel_pieces.hpp"
#include "nbk/kernel/reflection_sums.hpp"

#include <cstddef>
#include <cstdint>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Gives the terms of one piece of pixels per index to their reflections. For host spaces.
/// \tparam Slope  float or double
template <int Width, class PrecisionT, class Slope>
struct ReflectionPieces {
  using Types = Packs<PrecisionT, Width>;
  using Geometry = typename Types::Geometry;
  using Value = typename Types::Sum;
  using T = scalar_t<Value>;
  using List = Evaluations<Types, most_evaluations>;
  using Stages = CalledStages<typename PrecisionT::Lattice, List>;
  using Totals = ReflectionTotals<Value, List>;
  using Terms = GradientTerms<ReflectionTerms, Stages, Types, gradient_packs, most_evaluations, PrecisionT>;
  using Places = ScatteredPlaces<Geometry, gradient_packs>;

  const Tables<PrecisionT>* panels = nullptr;
  Stages stages;
  decltype(Totals::scatter) scatter = nullptr;
  const PixelPiece* pieces = nullptr;
  const Slope* slopes = nullptr;  ///< dLoss/dI by position
  ReflectionTable reflections;    ///< copied for each piece
  double* magnitudes = nullptr;   ///< [piece]

  void operator()(std::int64_t index) const {
    const PixelPiece& piece = pieces[index];
    const Tables<PrecisionT>& tables = panels[piece.panel];
    ReflectionTable own = reflections;
    for_each_block<Width>(
        tables, piece, [&](std::int64_t position) { return slopes[position] != Slope(0); },
        [&](const PieceBlock<Width>& block) {
          Value of_pixels[static_cast<std::size_t>(gradient_packs)];
          for (int i = 0; i < block.packs(); ++i) {
            T lane[static_cast<std::size_t>(Width)];
            for (int l = 0; l < Width; ++l) {
              const int pixel = i * Width + l;
              lane[l] = pixel < block.pixels ? static_cast<T>(slopes[block.positions[pixel]]) : T(0);
            }
            of_pixels[i] = load<Value>(static_cast<const T*>(lane)) * tables.scale;
          }
          compute(tables, block.template in_packs<Geometry>(), of_pixels, own);
        });
    magnitudes[index] = own.magnitudes;
  }

 private:
  [[gnu::noinline]] void compute(const Tables<PrecisionT>& tables, const Places& at, const Value* of_pixels,
                                 ReflectionTable& to) const {
    const Tables<PrecisionT> own = tables;  // which no store can change
    const DerivativeTables<PrecisionT> nothing;
    Terms terms(stages);
    Totals totals[static_cast<std::size_t>(gradient_packs)];
    for (Totals& total : totals) total = {Value(T(0)), &to, scatter};
    for (Subpixel sub; sub.layer < own.layers.count; ++sub.layer) {
      for (sub.slow = 0; sub.slow < own.oversample; ++sub.slow) {
        for (sub.fast = 0; sub.fast < own.oversample; ++sub.fast) {
          add_subpixel(own, nothing, terms, at, sub, of_pixels, totals);
        }
      }
    }
  }

  static void add_subpixel(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& nothing, Terms& terms,
                           const Places& at, const Subpixel& sub, const Value* of_pixels, Totals* totals) {
    using Number = scalar_t<Geometry>;
    using Factors = PerTerm::Factors<Types, PrecisionT>;
    PerTerm::Running<Types> running;
    Factors factors[static_cast<std::size_t>(gradient_packs)];
    Vec3<Geometry> directions[static_cast<std::size_t>(gradient_packs)];
    PackInSource<Types> in[static_cast<std::size_t>(gradient_packs)];
    for (int i = 0; i < at.packs; ++i) {
      const ExitRay<Geometry> ray = exit_ray_anywhere(tables, at.fast[i], at.slow[i], sub);
      factors[i].begin(tables, running);
      factors[i].direction(tables, sub, ray);
      directions[i] = ray.direction;
    }
    terms.place(tables, at, sub);
    for (int g = 0; g < tables.group_count; ++g) {
      const SourceGroup<Number>& group = tables.groups[g];
      const Number scale = group.count > 1 ? Number(1) : tables.waves[group.first].inverse_wavelength_per_A;
      for (int i = 0; i < at.packs; ++i) {
        const Vec3<Geometry> difference = directions[i] - physics::broadcast<Geometry>(group.incident);
        in[i].q = Geometry(scale) * difference;
        in[i].length = sqrt(dot(difference, difference));
        factors[i].source(tables, group, ScatteredPair<Geometry>{directions[i], group, tables.kahn_factor}, true,
                          running);
        totals[i].factor = of_pixels[i] * convert<Value>(factors[i].geometric * factors[i].polarization);
      }
      terms.add(tables, nothing, group, at.packs, in, totals);
    }
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
