// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/fit_pixel.hpp"
#include "nbk/kernel/gradient_consumers.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Adds up the loss, its gradient and the normal matrix of a piece.
/// With the slopes s and weights w of fit_pixel() and J = d model / d parameters: the vector J^T s and the matrix
/// J^T diag(w) J.
/// \tparam T  float or double
template <class Sums, class T>
struct AddNormal {
  const T* data = nullptr;       ///< by position
  const T* variances = nullptr;  ///< by position
  FitModel fit;
  Contraction contraction;
  double* rows = nullptr;  ///< [piece][loss, pixels, vector, lower triangle of the matrix by rows]

  /// Numbers of a row.
  static std::size_t row_size(int parameters) {
    const auto count = static_cast<std::size_t>(parameters);
    return 2 + count + count * (count + 1) / 2;
  }

  bool wants(std::int64_t position) const { return takes_part(data[position], variances[position]); }

  class Piece {
   public:
    Piece(const AddNormal& owner, std::int64_t index)
        : m_owner(owner),
          m_row(owner.rows + static_cast<std::size_t>(index) * row_size(owner.contraction.parameters)) {}

    template <class Value, int Width>
    void add(const BlockOfSums<Sums, Value, Width>& block) {
      using Wide = Widened<Value>;
      const int parameters = m_owner.contraction.parameters, packs = block.packs();
      constexpr int pixels = gradient_packs * Width;
      m_lanes.resize((row_size(parameters) - 2) * Width, 0.0);
      m_jacobian.resize(static_cast<std::size_t>(parameters * pixels) * 2);
      double* const jacobian = m_jacobian.data();  // [parameter][pixel], then the same times the weight
      double* const weighted = jacobian + parameters * pixels;
      Wide slope[static_cast<std::size_t>(gradient_packs)], weight[static_cast<std::size_t>(gradient_packs)];
      for (int i = 0; i < packs; ++i) weigh(block, i, slope[i], weight[i]);
      const WidenedBlock<Sums, Value, Width> sums(block, m_owner.contraction);
      typename WidenedBlock<Sums, Value, Width>::OfPacks j;
      for (int p = 0; p < parameters; ++p) {
        sums.get(p, j);
        double* const vector = m_lanes.data() + p * Width;
        Wide sum = load<Wide>(static_cast<const double*>(vector));
        for (int i = 0; i < packs; ++i) {
          store(j[i], jacobian + p * pixels + i * Width);
          store(j[i] * weight[i], weighted + p * pixels + i * Width);
          sum = fma(j[i], slope[i], sum);
        }
        store(sum, vector);
      }
      double* to = m_lanes.data() + parameters * Width;
      for (int p = 0; p < parameters; ++p) {
        int q = 0;
        for (; q + together <= p + 1; q += together, to += together * Width)
          add_products<together, Width, Wide>(packs, weighted + p * pixels, jacobian + q * pixels, to);
        for (; q <= p; ++q, to += Width)
          add_products<1, Width, Wide>(packs, weighted + p * pixels, jacobian + q * pixels, to);
      }
    }
    void end() {
      m_row[0] = m_loss;
      m_row[1] = m_pixels;
      add_lanes(m_lanes, row_size(m_owner.contraction.parameters) - 2, m_row + 2);
    }

   private:
    static constexpr int together = 4;  // products that share their left factor

    /// Adds a row of weighted slopes times `Count` rows of slopes to as many sums.
    template <int Count, int Width, class Wide>
    static void add_products(int packs, const double* left, const double* right, double* sums) {
      Wide sum[static_cast<std::size_t>(Count)];
      for (int n = 0; n < Count; ++n) sum[n] = load<Wide>(static_cast<const double*>(sums + n * Width));
      for (int i = 0; i < packs; ++i) {
        const Wide factor = load<Wide>(left + i * Width);
        for (int n = 0; n < Count; ++n)
          sum[n] = fma(factor, load<Wide>(right + (n * gradient_packs + i) * Width), sum[n]);
      }
      for (int n = 0; n < Count; ++n) store(sum[n], sums + n * Width);
    }

    /// Finds -dLoss/dI and the weight of each pixel, and adds its loss. Lanes without a pixel get 0.
    template <class Value, int Width, class Wide>
    void weigh(const BlockOfSums<Sums, Value, Width>& block, int pack, Wide& slope, Wide& weight) {
      constexpr auto width = static_cast<std::size_t>(Width);
      double image[width], materials[width], s[width], w[width];
      double loss = m_loss, pixels = m_pixels;  // in registers: a member would wait for its own store each time
      store(convert<Wide>(block.sums[pack][physics::PixelSums::image]), static_cast<double*>(image));
      store(convert<Wide>(block.sums[pack][physics::PixelSums::materials]), static_cast<double*>(materials));
      for (int l = 0; l < Width; ++l) {
        s[l] = w[l] = 0;
        const int pixel = pack * Width + l;
        if (pixel >= block.pixels) continue;
        const std::int64_t position = block.positions[pixel];
        const FitPixel part = fit_pixel(m_owner.fit, image[l], static_cast<double>(m_owner.data[position]),
                                        static_cast<double>(m_owner.variances[position]), materials[l]);
        s[l] = part.slope;
        w[l] = part.weight;
        loss += part.loss;
        pixels += part.counts;
      }
      m_loss = loss;
      m_pixels = pixels;
      slope = load<Wide>(static_cast<const double*>(s));
      weight = load<Wide>(static_cast<const double*>(w));
    }

    const AddNormal& m_owner;
    double* m_row;
    double m_loss = 0, m_pixels = 0;
    std::vector<double> m_lanes;     // [vector, triangle][lane]
    std::vector<double> m_jacobian;  // of a block
  };
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
