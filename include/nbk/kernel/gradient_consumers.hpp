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
  const int* sums = nullptr;             ///< places of sums
  const double* coefficients = nullptr;  ///< their coefficients

  /// Returns the derivative by a parameter.
  /// \param sums_of_pack  the sums of a pack of pixels, in double
  template <class Wide>
  Wide derivative(int panel, int parameter, const Wide* sums_of_pack) const {
    const int* const range = begins + static_cast<std::ptrdiff_t>(panel) * parameters + parameter;
    Wide total(0.0);
    for (int i = range[0]; i < range[1]; ++i) total = fma(sums_of_pack[sums[i]], coefficients[i], total);
    return total;
  }
};

/// The numbers of a pack in double.
template <class Value>
using Widened = rebind_t<Value, double>;

/// The sums of a pack of pixels in double.
template <class Sums, class Value>
struct WidenedSums {
  Widened<Value> values[static_cast<std::size_t>(Sums::count)];

  explicit WidenedSums(const Value* sums) {
    for (int s = 0; s < Sums::count; ++s) values[s] = convert<Widened<Value>>(sums[s]);
  }
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
      for (int i = 0; i < block.packs(); ++i) {
        const WidenedSums<Sums, Value> sums(block.sums[i]);
        const int lanes = block.pixels - i * Width < Width ? block.pixels - i * Width : Width;
        const std::int64_t* const to = block.positions + i * Width;
        if (m_owner.image != nullptr)
          put(sums.values[At::image] + sums.values[At::materials], m_owner.image, to, lanes);
        for (int p = 0; p < m_owner.contraction.parameters; ++p) {
          put(m_owner.contraction.derivative(block.panel, p, sums.values),
              m_owner.derivatives + p * m_owner.parameter_stride, to, lanes);
        }
      }
    }
    void end() {}

   private:
    using At = physics::PixelSums;

    template <class Wide, class To>
    static void put(const Wide& values, To* image, const std::int64_t* to, int lanes) {
      constexpr int width = PackTraits<Wide>::width;
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
