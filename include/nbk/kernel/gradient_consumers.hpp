// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_pieces.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

/// \file
/// Three uses of the sums of pixels on a host: images, the adjoint, the normal equations. All of them work in double,
/// so that no unit of a parameter leaves the range of float.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Coefficients of the sums of a pixel that are not 0, parameter by parameter.
struct Contraction {
  int parameters = 0;
  const int* begins = nullptr;           ///< [panel][parameter] into the lists below, and the end of the last
  const int* places = nullptr;           ///< places of sums in `used`
  const double* coefficients = nullptr;  ///< their coefficients
  const int* used = nullptr;             ///< places of the sums that any parameter has
  int used_count = 0;                    ///< number of those
};

/// The numbers of a pack in double.
template <class Value>
using Widened = rebind_t<Value, double>;

/// Those sums of the pixels of a block that derivatives need, in double.
/// \tparam Value  a pack of sums
template <class Sums, class Value, int Width>
class WidenedBlock {
 public:
  using Wide = Widened<Value>;
  using OfPacks = Wide[static_cast<std::size_t>(gradient_packs)];  ///< a number of every pack

  WidenedBlock(const BlockOfSums<Sums, Value, Width>& block, const Contraction& contraction)
      : m_contraction(contraction), m_panel(block.panel) {
    const int packs = block.packs();
    for (int u = 0; u < contraction.used_count; ++u) {
      for (int i = 0; i < packs; ++i) m_values[u][i] = convert<Wide>(block.sums[i][contraction.used[u]]);
      for (int i = packs; i < gradient_packs; ++i) m_values[u][i] = Wide(0.0);
    }
  }

  /// Computes the derivatives by a parameter, of all packs side by side: one list of coefficients, and sums that do not
  /// wait for each other.
  void get(int parameter, OfPacks& derivatives) const {
    const Contraction& c = m_contraction;
    const int* const range = c.begins + static_cast<std::ptrdiff_t>(m_panel) * c.parameters + parameter;
    OfPacks total;
    for (Wide& sum : total) sum = Wide(0.0);
    for (int n = range[0]; n < range[1]; ++n) {
      const OfPacks& values = m_values[c.places[n]];
      const Wide coefficient(c.coefficients[n]);
      for (int i = 0; i < gradient_packs; ++i) total[i] = fma(values[i], coefficient, total[i]);
    }
    for (int i = 0; i < gradient_packs; ++i) derivatives[i] = total[i];
  }

 private:
  const Contraction& m_contraction;
  int m_panel;
  OfPacks m_values[static_cast<std::size_t>(Sums::count)];
};

/// Adds up the lanes of several sums, in a fixed order: halves of the lanes first.
/// \param lanes  [sum][lane], which are overwritten; empty: all are 0
inline void add_lanes(std::vector<double>& lanes, std::size_t sums, double* to) {
  const std::size_t width = sums == 0 ? 0 : lanes.size() / sums;
  for (std::size_t s = 0; s < sums; ++s) {
    double* const lane = lanes.data() + s * width;
    for (std::size_t half = width / 2; half > 0; half /= 2) {
      for (std::size_t l = 0; l < half; ++l) lane[l] += lane[l + half];
    }
    to[s] = width == 0 ? 0.0 : lane[0];
  }
}

/// Stores the image and the derivative images.
/// \tparam T  float or double
template <class Sums, class T, class TD>
struct StoreDerivatives {
  T* image = nullptr;         ///< nullptr: not wanted
  TD* derivatives = nullptr;  ///< [parameter][position]
  std::ptrdiff_t parameter_stride = 0;
  Contraction contraction;

  bool wants(std::int64_t) const { return true; }

  class Piece {
   public:
    Piece(const StoreDerivatives& owner, std::int64_t) : m_owner(owner) {}

    template <class Value, int Width>
    void add(const BlockOfSums<Sums, Value, Width>& block) {
      using Wide = Widened<Value>;
      if (m_owner.image != nullptr) {
        for (int i = 0; i < block.packs(); ++i)
          put(convert<Wide>(block.sums[i][At::image]) + convert<Wide>(block.sums[i][At::materials]), m_owner.image,
              block, i);
      }
      const WidenedBlock<Sums, Value, Width> sums(block, m_owner.contraction);
      typename WidenedBlock<Sums, Value, Width>::OfPacks of_packs;
      for (int p = 0; p < m_owner.contraction.parameters; ++p) {
        sums.get(p, of_packs);
        for (int i = 0; i < block.packs(); ++i)
          put(of_packs[i], m_owner.derivatives + p * m_owner.parameter_stride, block, i);
      }
    }
    void end() {}

   private:
    using At = physics::PixelSums;

    /// Stores numbers of a pack of the block.
    template <class Wide, class To, int Width>
    static void put(const Wide& values, To* image, const PieceBlock<Width>& block, int pack) {
      constexpr int width = PackTraits<Wide>::width;
      const std::int64_t* const to = block.positions + pack * width;
      const int lanes = block.pixels - pack * width < width ? block.pixels - pack * width : width;
      // Positions grow along the pixels of a piece, so that the last tells if none is left out.
      if (lanes == width && to[width - 1] - to[0] == width - 1) {
        if constexpr (std::is_same_v<To, float>) {
          store_as_float(values, image + to[0]);
        } else {
          store(values, image + to[0]);
        }
        return;
      }
      double lane[static_cast<std::size_t>(width)];
      store(values, static_cast<double*>(lane));
      for (int i = 0; i < lanes; ++i) image[to[i]] = static_cast<To>(lane[i]);
    }

    const StoreDerivatives& m_owner;
  };
};

/// Adds up the sums of all pixels, each times its g = dLoss/dI.
/// \tparam T  float or double
template <class Sums, class T>
struct AddAdjoint {
  const T* slopes = nullptr;  ///< dLoss/dI by position
  double* rows = nullptr;     ///< [piece][sum]

  /// Pixels that a loss does not depend on are left out.
  bool wants(std::int64_t position) const { return slopes[position] != T(0); }

  class Piece {
   public:
    Piece(const AddAdjoint& owner, std::int64_t index) : m_owner(owner), m_row(owner.rows + index * Sums::count) {}

    template <class Value, int Width>
    void add(const BlockOfSums<Sums, Value, Width>& block) {
      using Wide = Widened<Value>;
      m_lanes.resize(static_cast<std::size_t>(Sums::count * Width), 0.0);
      double lane[static_cast<std::size_t>(Width)];
      Wide factors[static_cast<std::size_t>(gradient_packs)];
      for (int i = 0; i < block.packs(); ++i) {
        for (int l = 0; l < Width; ++l) {
          const int pixel = i * Width + l;
          lane[l] = pixel < block.pixels ? static_cast<double>(m_owner.slopes[block.positions[pixel]]) : 0.0;
        }
        factors[i] = load<Wide>(static_cast<const double*>(lane));
      }
      for (int s = 0; s < Sums::count; ++s) {
        double* const to = m_lanes.data() + s * Width;
        Wide sum = load<Wide>(static_cast<const double*>(to));
        for (int i = 0; i < block.packs(); ++i) sum = fma(convert<Wide>(block.sums[i][s]), factors[i], sum);
        store(sum, to);
      }
    }
    void end() { add_lanes(m_lanes, Sums::count, m_row); }

   private:
    const AddAdjoint& m_owner;
    double* m_row;
    std::vector<double> m_lanes;  // [sum][lane]
  };
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
