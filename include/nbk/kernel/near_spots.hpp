// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"
#include "nbk/kernel/packs.hpp"

#include <algorithm>
#include <cstddef>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Finds the packs of a row that can see a spot of a compact lattice shape at all. A lane is a pack here: along a pack
/// of pixels the index of a lattice plane changes nearly evenly. So its values lie between those of the first and the
/// last pixel, give or take the bend that Screening::reach allows for. No spot is lost: the result is the same without.
/// For hosts. What does not depend on the lattice shape is called, not inlined: one copy is enough for all shapes.
/// \tparam Width  pixels of a pack
/// \tparam Lanes  packs looked at together
template <class PrecisionT, int Width, int Lanes>
class NearSpots {
 public:
  using Geometry = typename Packs<PrecisionT, Lanes>::Geometry;
  using Lattice = typename Packs<PrecisionT, Lanes>::Lattice;
  using Number = scalar_t<Geometry>;

  /// Takes up to Lanes packs of Width pixels, from pixel `fast` of row `slow`.
  [[gnu::noinline]] void place(const Tables<PrecisionT>& tables, int fast, int slow, const Subpixel& sub) {
    const Geometry first = fma(lane_numbers<Geometry>(), Number(Width), Geometry(static_cast<Number>(fast)));
    const Geometry last = first + Number(Width - 1);
    m_first = exit_ray(tables, first, slow, sub).direction;
    m_last = exit_ray(tables, last, slow, sub).direction;
    m_boxed = false;
  }

  /// Takes packs that each lie in a row, of at most Width pixels, by the directions of their first and last lanes.
  /// \param directions  of up to Lanes packs
  template <class Directions>
  [[gnu::noinline]] void place_rows(int packs, const Directions* directions) {
    Number first[3][static_cast<std::size_t>(Lanes)] = {}, last[3][static_cast<std::size_t>(Lanes)] = {};
    const auto take = [&](const auto& of, int axis, int pack) {
      Number lanes[static_cast<std::size_t>(Width)];
      store(of, static_cast<Number*>(lanes));
      first[axis][pack] = lanes[0];
      last[axis][pack] = lanes[Width - 1];
    };
    for (int i = 0; i < packs; ++i) {
      take(directions[i].x, 0, i);
      take(directions[i].y, 1, i);
      take(directions[i].z, 2, i);
    }
    const auto lanes = [](const Number* of) { return load<Geometry>(of); };
    m_first = {lanes(first[0]), lanes(first[1]), lanes(first[2])};
    m_last = {lanes(last[0]), lanes(last[1]), lanes(last[2])};
    m_boxed = false;
  }

  /// Takes packs whose pixels lie anywhere, by the smallest and the largest component of their directions.
  /// \param directions  of up to Lanes packs
  template <class Directions>
  [[gnu::noinline]] void place_anywhere(int packs, const Directions* directions) {
    Number least[3][static_cast<std::size_t>(Lanes)] = {}, most[3][static_cast<std::size_t>(Lanes)] = {};
    for (int i = 0; i < packs; ++i) {
      set_range(directions[i].x, least[0][i], most[0][i]);
      set_range(directions[i].y, least[1][i], most[1][i]);
      set_range(directions[i].z, least[2][i], most[2][i]);
    }
    const auto lanes = [](const Number* of) { return load<Geometry>(of); };
    m_first = {lanes(least[0]), lanes(least[1]), lanes(least[2])};
    m_last = {lanes(most[0]), lanes(most[1]), lanes(most[2])};
    m_boxed = true;
  }

  KOKKOS_FORCEINLINE_FUNCTION void source(const Vec3<Number>& incident, Number inverse_wavelength_per_A) {
    const Number half = Number(0.5) * inverse_wavelength_per_A;
    m_middle =
        to_lattice(Geometry(half) * (m_first + m_last - Geometry(Number(2)) * physics::broadcast<Geometry>(incident)));
    m_half = to_lattice(Geometry(half) * (m_last - m_first));
  }

  /// Calls visit(orientation, pack) for those of the first `packs` packs that may have a spot, orientation by
  /// orientation. They are found for many orientations, without a branch, before the first is visited: no processor
  /// can predict which orientation has any.
  template <class Visit>
  KOKKOS_FORCEINLINE_FUNCTION void visit(const Tables<PrecisionT>& tables, int packs, const Visit& visit) const {
    Near list[most_near];
    for (int begin = 0; begin < tables.orientation_count; begin += most_near) {
      const int end = begin + most_near < tables.orientation_count ? begin + most_near : tables.orientation_count;
      const unsigned all = (1U << packs) - 1U;
      const int found =
          m_boxed ? find<true>(tables, begin, end, all, list) : find<false>(tables, begin, end, all, list);
      for (int i = 0; i < found; ++i) {
        unsigned bits = list[i].packs;
        do {
          visit(list[i].orientation, Kokkos::countr_zero(bits));
          bits &= bits - 1;
        } while (bits != 0);
      }
    }
  }

 private:
  static constexpr int most_near = 64;
  struct Near {
    int orientation;
    unsigned packs;
  };

  /// Lists the orientations [begin, end) for which a pack may have a spot. Returns their number.
  /// \tparam Boxed  whether the pixels of a pack lie anywhere
  /// \param packs   a bit for each pack in use
  template <bool Boxed>
  [[gnu::noinline]] int find(const Tables<PrecisionT>& tables, int begin, int end, unsigned packs, Near* list) const {
    int found = 0;
    for (int o = begin; o < end; ++o) {
      const unsigned bits = near_bits<Boxed>(tables, o) & packs;
      list[found] = {o, bits};
      found += bits != 0 ? 1 : 0;
    }
    return found;
  }

  /// A bit for each pack that may have a spot of this orientation.
  template <bool Boxed>
  KOKKOS_FORCEINLINE_FUNCTION unsigned near_bits(const Tables<PrecisionT>& tables, int orientation) const {
    const physics::CellAxes<scalar_t<Lattice>> planes = tables.screening.planes[orientation];
    return lane_bits(is_near<Boxed>(planes.a, tables.screening.reach.x) &&
                     is_near<Boxed>(planes.b, tables.screening.reach.y) &&
                     is_near<Boxed>(planes.c, tables.screening.reach.z));
  }

  static KOKKOS_FORCEINLINE_FUNCTION Vec3<Lattice> to_lattice(const Vec3<Geometry>& v) {
    return {convert<Lattice>(v.x), convert<Lattice>(v.y), convert<Lattice>(v.z)};
  }

  template <bool Boxed>
  KOKKOS_FORCEINLINE_FUNCTION auto is_near(const Vec3<scalar_t<Lattice>>& plane, scalar_t<Lattice> reach) const {
    const Lattice index = physics::along(plane, m_middle);
    if constexpr (Boxed) {
      const Vec3<scalar_t<Lattice>> box{abs(plane.x), abs(plane.y), abs(plane.z)};
      return abs(index - round_any(index)) <= physics::along(box, m_half) + reach;
    } else {
      return abs(index - round_any(index)) <= abs(physics::along(plane, m_half)) + reach;
    }
  }

  template <class Pixels>
  static void set_range(const Pixels& of, Number& least, Number& most) {
    Number lanes[static_cast<std::size_t>(Width)];
    store(of, static_cast<Number*>(lanes));
    least = *std::min_element(lanes, lanes + Width);
    most = *std::max_element(lanes, lanes + Width);
  }

  Vec3<Geometry> m_first, m_last;  // directions to the first and the last pixel of each pack, or corners of their box
  bool m_boxed = false;
  Vec3<Lattice> m_middle, m_half;  // of the scattering vector along each pack, 1/Angstrom
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
