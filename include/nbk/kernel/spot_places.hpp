// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"
#include "nbk/kernel/image_rows.hpp"
#include "nbk/kernel/placed_packs.hpp"
#include "nbk/plan/spot_entry.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Pixels of a tile along both axes, at most. Its state fits into the second level of a cache; tiles of a quarter and
/// of four times as many took 5 % longer.
inline constexpr int tile_fast = 64, tile_slow = 32;
inline constexpr int most_tile_pixels = tile_fast * tile_slow;

/// A tile of a panel, with the spots that light it: all pixels of a window, or some listed ones.
struct SpotTile {
  PixelWindow window;                  ///< of the tile, in numbers of Tables::window
  const SpotEntry* entries = nullptr;  ///< task by task
  std::size_t count = 0;               ///< of entries
  const int* listed = nullptr;         ///< numbers of pixels in Tables::listed; nullptr: all of the window
  int listed_count = 0;                ///< most_tile_pixels at most
};

/// The packs of a tile that are computed: those in the rectangle of a spot. One of the ways in which the pixels of a
/// block lie on a panel, see kernel/pixel_places.hpp. Packs are found in slots: of a window row by row, of listed
/// pixels in their order, the last one filled with the last pixel. They are computed a block at a time: most tiles have
/// few, whose state then stays in the nearest cache.
template <class PrecisionT, int Width>
class TilePlaces : public PlacedPacks<PrecisionT, Width> {
 public:
  static constexpr int slots_per_row = tile_fast / Width;
  static constexpr int most_packs = slots_per_row * tile_slow;
  static constexpr int block_packs = std::min(most_packs, PlacedPacks<PrecisionT, Width>::most_packs);

  TilePlaces(const Tables<PrecisionT>& tables, const SpotTile& tile)
      : PlacedPacks<PrecisionT, Width>(tile.listed == nullptr), m_tile(tile) {
    std::fill_n(m_number, most_packs, std::int16_t(-1));
    if (tile.listed != nullptr) find_boxes(tables);
  }

  /// Number of the pack in a slot; < 0: it is not computed.
  int number(int slot) const { return m_number[slot]; }
  /// Packs that are computed.
  int packs() const { return m_packs; }
  /// Turns to another block: the packs from `first` on. Returns their number.
  int begin_block(const Tables<PrecisionT>& tables, int first) {
    m_first = first;
    m_in_block = std::min(block_packs, m_packs - first);
    const PixelPlace origin{tables.first_fast, tables.first_slow};
    for (int i = 0; i < m_in_block; ++i) {
      const int begin = i * Width, slot = slot_of(i);
      if (m_tile.listed != nullptr) {
        this->set_anywhere(begin, begin + Width, origin, [&](int lane) { return place_of(tables, slot, lane); });
      } else {
        const PixelPlace at = place_of(tables, slot, 0);
        this->set_in_row(begin, begin + Width, {at.fast + origin.fast, at.slow + origin.slow});
      }
    }
    return m_in_block;
  }
  /// Calls visit(pack) for the packs of the block in the rectangle of a spot, by their number in the block.
  template <class Visit>
  KOKKOS_FORCEINLINE_FUNCTION void visit_packs(const SpotEntry& entry, const Visit& visit) const {
    visit_slots(entry, [&](int slot) {
      const int pack = m_number[slot] - m_first;
      if (0 <= pack && pack < m_in_block) visit(pack);
    });
  }

  /// Lists the packs of the block in the rectangles of spots [entry, end), each once, by their number in the block.
  /// \param packs  up to block_packs; found first and then gone through: what a caller does with them is compiled once,
  ///               and what does not depend on the pack stays in registers
  /// \return number of packs
  [[gnu::noinline]] int packs_of(const SpotEntry* entry, const SpotEntry* end, int* packs) const {
    std::uint32_t seen = 0;
    static_assert(block_packs <= 32);
    int count = 0;
    for (; entry != end; ++entry) {
      visit_slots(*entry, [&](int slot) {
        const int pack = m_number[slot] - m_first;
        if (pack < 0 || m_in_block <= pack || (seen >> pack & 1U) != 0) return;
        seen |= std::uint32_t{1} << pack;
        packs[count++] = pack;
      });
    }
    return count;
  }

  /// Place of a lane of a slot in the panel.
  PixelPlace place_of(const Tables<PrecisionT>& tables, int slot, int lane) const {
    if (m_tile.listed != nullptr)
      return tables.listed.places[m_tile.listed[std::min(slot * Width + lane, m_tile.listed_count - 1)]];
    return {m_tile.window.fast_min + slot % slots_per_row * Width + lane,
            m_tile.window.slow_min + slot / slots_per_row};
  }

  /// Calls visit(slot) for the slots with pixels in the rectangle of a spot.
  template <class Visit>
  KOKKOS_FORCEINLINE_FUNCTION void visit_slots(const SpotEntry& e, const Visit& visit) const {
    if (m_tile.listed != nullptr) {
      for (int slot = 0; slot * Width < m_tile.listed_count; ++slot) {
        const Box& box = m_box[slot];
        if (e.fast_least <= box.fast_most && box.fast_least <= e.fast_most && e.slow_least <= box.slow_most &&
            box.slow_least <= e.slow_most)
          visit(slot);
      }
      return;
    }
    const PixelWindow& w = m_tile.window;
    const int row_begin = std::max(w.slow_min, int{e.slow_least}) - w.slow_min;
    const int row_end = std::min(w.slow_max, int{e.slow_most}) - w.slow_min;
    const int first = (std::max(w.fast_min, int{e.fast_least}) - w.fast_min) / Width;
    const int last = (std::min(w.fast_max, int{e.fast_most}) - w.fast_min) / Width;
    for (int row = row_begin; row <= row_end; ++row) {
      for (int column = first; column <= last; ++column) visit(row * slots_per_row + column);
    }
  }

  /// Calls visit(slot) for all slots.
  template <class Visit>
  void visit_all(const Visit& visit) const {
    const PixelWindow& w = m_tile.window;
    const SpotEntry all{0, 0, 0, 0, 0, 0, 0xffff, 0, 0xffff};
    if (m_tile.listed != nullptr || w.fast_max < 0xffff) visit_slots(all, visit);
  }

  /// Numbers the packs that are computed: those in a rectangle, or all, that have a pixel that is wanted.
  void choose(const Tables<PrecisionT>& tables, bool all) {
    const auto want = [&](int slot) { m_number[slot] = 0; };
    for (std::size_t i = 0; i < m_tile.count; ++i) visit_slots(m_tile.entries[i], want);
    if (all) visit_all(want);
    for (int slot = 0; slot < most_packs; ++slot) {
      if (m_number[slot] < 0) continue;
      if (!has_wanted(tables, slot)) {
        m_number[slot] = -1;
        continue;
      }
      m_number[slot] = static_cast<std::int16_t>(m_packs);
      m_slot[m_packs++] = static_cast<std::int16_t>(slot);
    }
  }

 private:
  struct Box {
    int fast_least, fast_most, slow_least, slow_most;
  };

  void find_boxes(const Tables<PrecisionT>& tables) {
    for (int slot = 0; slot * Width < m_tile.listed_count; ++slot) {
      const PixelPlace first = place_of(tables, slot, 0);
      Box& box = m_box[slot] = {first.fast, first.fast, first.slow, first.slow};
      for (int lane = 1; lane < Width; ++lane) {
        const PixelPlace at = place_of(tables, slot, lane);
        box = {std::min(box.fast_least, at.fast), std::max(box.fast_most, at.fast), std::min(box.slow_least, at.slow),
               std::max(box.slow_most, at.slow)};
      }
    }
  }

  bool has_wanted(const Tables<PrecisionT>& tables, int slot) const {
    if (tables.mask == nullptr) return true;
    for (int lane = 0; lane < Width; ++lane) {
      if (is_wanted(tables, place_of(tables, slot, lane))) return true;
    }
    return false;
  }

  int slot_of(int pack) const { return m_slot[m_first + pack]; }

  const SpotTile& m_tile;
  int m_packs = 0, m_first = 0, m_in_block = 0;
  std::int16_t m_number[static_cast<std::size_t>(most_packs)];  // by slot
  std::int16_t m_slot[static_cast<std::size_t>(most_packs)];    // by pack
  Box m_box[static_cast<std::size_t>(most_packs)];              // by slot, of listed pixels
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
