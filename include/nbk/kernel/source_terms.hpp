// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/near_spots.hpp"
#include "nbk/kernel/scratch_array.hpp"
#include "nbk/kernel/terms.hpp"
#include "nbk/kernel/wavelength_window.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Scattering vectors of the packs of a block, for one source direction.
template <class Geometry>
struct ScatteringVectors {
  int packs = 0;
  const Vec3<Geometry>* q = nullptr;  ///< 1/Angstrom; of a spectrum times the wavelength
  const Geometry* length = nullptr;   ///< of the difference of the directions; read with a resolution limit only
};

/// Stands for NearSpots where nothing is left out.
struct NoScreening {};

/// The terms of all orientations and wavelengths of one source direction, added to the sums of up to `MostPacks` packs.
/// \tparam Running  of the Weighting
template <Scatterer ScattererT, class Running, class Types, int MostPacks, class PrecisionT>
class SourceTerms {
 public:
  using Geometry = typename Types::Geometry;
  using Lattice = typename Types::Lattice;
  using Sum = typename Types::Sum;
  using Number = scalar_t<Geometry>;

  /// Takes the pixels fast, fast + 1, ... of row `slow` at a new sub-pixel.
  KOKKOS_FORCEINLINE_FUNCTION void place(const Tables<PrecisionT>& tables, int fast, int slow, const Subpixel& sub) {
    if constexpr (screens) {
      if (tables.screening.used) m_near_spots.place(tables, fast, slow, sub);
    }
  }

  /// Takes pixels that lie anywhere at a new sub-pixel; for hosts. \param in_rows  each pack lies in one row
  void place_anywhere(const Tables<PrecisionT>& tables, int packs, const Vec3<Geometry>* directions, bool in_rows) {
    if constexpr (screens) {
      if (!tables.screening.used) return;
      in_rows ? m_near_spots.place_rows(packs, directions) : m_near_spots.place_anywhere(packs, directions);
    }
  }

  /// Adds the terms of a source direction.
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                       const ScatteringVectors<Geometry>& vectors, Running* running) {
    if constexpr (staged) {
      add_in_stages(tables, group, vectors, running);
    } else if (group.count > 1) {
      add_spectrum(tables, group, vectors, running);
    } else {
      add_orientations(tables, group, vectors, running);
    }
  }

 private:
  static constexpr int width = PackTraits<Geometry>::width;
  using TermsOfAll = Terms<ScattererT, Types, MostPacks, PrecisionT>;
  static constexpr bool staged = TermsOfAll::staged;
  /// True: packs away from all spots are left out before any of their pixels is looked at.
  static constexpr bool screens = ScattererT::compact && !Running::counts_empty_terms && width > 1;
  /// True: of a spectrum, the wavelengths that can see a spot are solved for.
  static constexpr bool has_windows = ScattererT::compact && !Running::counts_empty_terms;

  /// Both loops below in one, whose larger part is the same: a compiler has half of the work.
  KOKKOS_FORCEINLINE_FUNCTION void add_in_stages(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                                 const ScatteringVectors<Geometry>& vectors, Running* running) {
    const bool spectrum = group.count > 1;
    const int begin = group.first, end = group.first + group.count;
    for (int o = 0; o < tables.orientation_count; ++o) {
      const physics::CellAxes<Number> axes = tables.orientations[o];
      if (spectrum) {
        for (int i = 0; i < vectors.packs; ++i) m_scaled[i] = physics::miller_indices(axes, vectors.q[i]);
      }
      for (int w = begin; w < end; ++w) {
        const Wave<Number> wave = tables.waves[w];
        take_set(tables, wave, vectors.packs);
        if (spectrum) {
          m_terms.split_all(vectors.packs, [&](int i) {
            return IndicesOfWavelength<Geometry>{m_scaled[i], wave.inverse_wavelength_per_A};
          });
        } else {
          m_terms.split_all(vectors.packs, [&](int i) { return IndicesOfOrientation<Geometry>{axes, vectors.q[i]}; });
        }
        m_terms.add_split(tables, vectors.packs, [&](int i, const Term<Lattice>& term) {
          add_term(tables, term, wave, vectors.length + i, running[i]);
        });
      }
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_orientations(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                                    const ScatteringVectors<Geometry>& vectors, Running* running) {
    const Wave<Number> wave = tables.waves[group.first];
    take_set(tables, wave, vectors.packs);
    if constexpr (screens) {
      if (tables.screening.used) {
        m_near_spots.source(group.incident, wave.inverse_wavelength_per_A);
        m_near_spots.visit(tables, vectors.packs, [&](int orientation, int i) {
          const IndicesOfOrientation<Geometry> indices{tables.orientations[orientation], vectors.q[i]};
          add_term(tables, m_terms.near_spot(tables, i, indices), wave, vectors.length + i, running[i]);
        });
        return;
      }
    }
    for (int o = 0; o < tables.orientation_count; ++o) {
      const physics::CellAxes<Number> axes = tables.orientations[o];
      m_terms.of_all(
          tables, vectors.packs,
          [&](int i) {
            return IndicesOfOrientation<Geometry>{axes, vectors.q[i]};
          },
          [&](int i, const Term<Lattice>& term) { add_term(tables, term, wave, vectors.length + i, running[i]); });
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_spectrum(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                                const ScatteringVectors<Geometry>& vectors, Running* running) {
    if constexpr (has_windows) {
      if (find_parts(tables, group, vectors)) {
        if constexpr (width > 1) {
          call_windows(tables, group, vectors, running);
        } else {
          add_windows(tables, group, vectors, running);
        }
        return;
      }
    }
    const bool anchored = has_anchors(tables, group);
    for (int o = 0; o < tables.orientation_count; ++o) {
      const physics::CellAxes<Number> axes = tables.orientations[o];
      for (int i = 0; i < vectors.packs; ++i) m_scaled[i] = physics::miller_indices(axes, vectors.q[i]);
      for (int w = group.first; w < group.first + group.count; ++w) {
        const Wave<Number> wave = tables.waves[w];
        const Number inverse = wave.inverse_wavelength_per_A;
        const Number anchor = anchored ? anchor_of(tables, group, w).inverse_per_A : inverse;
        take_set(tables, wave, vectors.packs);
        m_terms.of_all(
            tables, vectors.packs,
            [&](int i) {
              return AnchoredIndices<Geometry>{{m_scaled[i], inverse}, anchored, anchor};
            },
            [&](int i, const Term<Lattice>& term) { add_term(tables, term, wave, vectors.length + i, running[i]); });
      }
    }
  }

  /// Parts of the spectrum for each pack. Returns false where they do not pay.
  KOKKOS_FORCEINLINE_FUNCTION bool find_parts(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                              const ScatteringVectors<Geometry>& vectors) {
    int all = 0;
    for (int i = 0; i < vectors.packs; ++i) {
      m_parts[i] = window_parts(tables, group, vectors.q[i]);
      all += m_parts[i];
    }
    return windows_pay(tables, group, vectors.packs, all);
  }

  /// add_spectrum() with the wavelengths that can see a spot, pack by pack.
  KOKKOS_FORCEINLINE_FUNCTION void add_windows(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                               const ScatteringVectors<Geometry>& vectors, Running* running) {
    for (int o = 0; o < tables.orientation_count; ++o) {
      const physics::CellAxes<Number> axes = tables.orientations[o];
      for (int i = 0; i < vectors.packs; ++i) {
        const Vec3<Geometry> scaled = physics::miller_indices(axes, vectors.q[i]);
        const auto add_run = [&](const WaveRun& run, SpotLine<Lattice, Geometry>& line) {
          if constexpr (may_have_anchors<ScattererT, Number>) {
            m_terms.of_run(tables, group, i, scaled, line, run,
                           [&](const Term<Lattice>& term, const Wave<Number>& wave) {
                             add_term(tables, term, wave, vectors.length + i, running[i]);
                           });
          } else {
            for (int w = run.begin; w < run.end; ++w) {
              const Wave<Number> wave = tables.waves[w];
              if (tables.structure_factors.sets > 1)
                m_terms.take_set_of(i, wave.structure_factor_set * tables.structure_factors.step_of_set);
              const IndicesOfWavelength<Geometry> indices{scaled, wave.inverse_wavelength_per_A};
              add_term(tables, m_terms.near_spot(tables, i, indices), wave, vectors.length + i, running[i]);
            }
          }
        };
        for_each_window_of_spots<Lattice>(tables, group, tables.windows.radius_sqr, scaled, m_parts[i], add_run);
      }
    }
    if (tables.structure_factors.sets > 1) m_set = -1;  // packs differ
  }

  /// The same, called: inlined, it would take registers from the loop over all wavelengths. For hosts.
  [[gnu::noinline]] void call_windows(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                      const ScatteringVectors<Geometry>& vectors, Running* running) {
    const Tables<PrecisionT> own = tables;  // which no store can change
    add_windows(own, group, vectors, running);
  }

  /// Turns to the structure factors of a wavelength.
  KOKKOS_FORCEINLINE_FUNCTION void take_set([[maybe_unused]] const Tables<PrecisionT>& tables,
                                            [[maybe_unused]] const Wave<Number>& wave, [[maybe_unused]] int packs) {
    if constexpr (Types::in_stages || TermsOfAll::has_sets) {
      if (wave.structure_factor_set == m_set) return;
      m_set = wave.structure_factor_set;
      m_terms.take_set(packs, m_set * tables.structure_factors.step_of_set);
    }
  }

  static KOKKOS_FORCEINLINE_FUNCTION void add_term(const Tables<PrecisionT>& tables, const Term<Lattice>& term,
                                                   const Wave<Number>& wave, const Geometry* length, Running& running) {
    if (ScattererT::compact && term.empty && !Running::counts_empty_terms) return;
    const Sum before = running.sum;
    running.add(term, wave.weight);
    if (tables.dmin_A > Number(0))
      running.restore(physics::beyond_resolution(*length, tables.dmin_A, wave.wavelength_A), before);
  }

  TermsOfAll m_terms;
  int m_set = 0;  // whose structure factors are read
  int m_parts[static_cast<std::size_t>(MostPacks)] = {};
  ScratchArray<Vec3<Geometry>, MostPacks> m_scaled;
  std::conditional_t<screens, NearSpots<PrecisionT, width, std::max(MostPacks, width)>, NoScreening> m_near_spots;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
