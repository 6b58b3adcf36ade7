// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/fit_pixel.hpp"
#include "nbk/kernel/gradient_pixel.hpp"
#include "nbk/kernel/halo_pixel.hpp"
#include "nbk/launch/launch_gradient.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

/// \file
/// Derivatives where a thread computes one pixel: on devices. Images are written at once. For sums over pixels, the
/// derivatives of some pixels are kept, then added up a block of pixels at a time and, in the order of the blocks, on
/// the host: the bits do not depend on the number of threads.

namespace nbk::launch {
inline namespace NBK_ISA {

/// Pixels of one panel that one kernel computes.
struct PixelRangeOfPanel {
  std::size_t panel = 0;             ///< number of the panel
  std::int64_t count = 0;            ///< pixels
  kernel::PanelPositions positions;  ///< places of the pixels
};

/// Lists the pixels of a plan.
/// \param most  pixels of a range
template <class PrecisionT, class Exec>
std::vector<PixelRangeOfPanel> pixel_ranges(const Plan<PrecisionT, Exec>& plan, std::int64_t most) {
  std::vector<PixelRangeOfPanel> ranges;
  const ImageExtents extents = image_extents(plan.scene());
  const auto per_panel = static_cast<std::int64_t>(extents.slow * extents.fast);
  for (std::size_t p = 0; p < plan.panel_count(); ++p) {
    if (!plan.scene().panels[p].reached) continue;
    const Tables<PrecisionT>& tables = plan.tables(p);
    const bool listed = !plan.scene().selection.runs.empty();
    const std::int64_t all = listed ? tables.listed.count : kernel::pixel_count(tables.window);
    for (std::int64_t first = 0; first < all; first += most) {
      ranges.push_back({p,
                        std::min(most, all - first),
                        {first, static_cast<std::int64_t>(p) * per_panel, static_cast<std::int64_t>(extents.fast)}});
    }
  }
  return ranges;
}

/// Images in the memory of a device.
template <class TI, class TD>
struct DeviceImages {
  TI* image = nullptr;                                     ///< [position]
  TD* derivatives = nullptr;                               ///< [parameter][position]
  std::int64_t parameter_stride = 0;                       ///< positions between two parameters
  kernel::ResultOrder order = kernel::ResultOrder::image;  ///< of the positions
};

/// Copies the coefficients to the space, [panel][parameter][sum].
/// \param scale  factor of the image, see FitModel
template <class PrecisionT, class Exec, class ShapeChoice>
void upload_coefficients(const GradientWork<PrecisionT, Exec, ShapeChoice>& work, double scale) {
  std::vector<double> values = work.coefficients().values;
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = scaled_coefficient(static_cast<int>(i % physics::PixelSums::count), values[i], scale);
  work.by.scratch().coefficients.assign(work.exec, "nbk::gradient::coefficients", values);
  if constexpr (std::is_same_v<ShapeChoice, PlanWithDiffuse>) {
    std::vector<double> of_halos = work.coefficients().of_halos;
    of_halos.resize(work.by.size() * physics::DiffuseSums::own, 0.0);
    for (double& value : of_halos) value *= scale;
    work.by.scratch().halo_coefficients.assign(work.exec, "nbk::gradient::halo_coefficients", of_halos);
  }
}

/// Starts the kernel of a range of pixels, and behind it that of the halos. The coefficients must be on the device.
template <class Sums, class Exec, class PrecisionT, class ShapeChoice, class TI, class TD>
void launch_by_pixel(const GradientWork<PrecisionT, Exec, ShapeChoice>& work, const PixelRangeOfPanel& range,
                     const DeviceImages<TI, TD>& to) {
  constexpr bool halos = std::is_same_v<Sums, kernel::HaloSums>;
  using OfSpots = std::conditional_t<halos, kernel::AllSums, Sums>;
  using Policy = Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>, Kokkos::LaunchBounds<block_threads<Exec>>>;
  const Plan<PrecisionT, Exec>& plan = work.plan;
  const int parameters = work.coefficients().parameters();
  const double* const of_panel = work.by.scratch().coefficients.data() +
                                 range.panel * work.by.size() * static_cast<std::size_t>(physics::PixelSums::count);
  const kernel::PixelResults<PrecisionT, TI, TD> results{work.panels.tables[range.panel],
                                                         work.more,
                                                         range.positions,
                                                         to.order,
                                                         of_panel,
                                                         parameters,
                                                         to.image,
                                                         to.derivatives,
                                                         to.parameter_stride};
  with_differentiable_shape(work.shape, plan.shape(), [&](auto shape) {
    with_lookup(plan.lookup(), [&](auto lookup) {
      using Body = kernel::GradientPixel<OfSpots, decltype(shape), decltype(lookup), PrecisionT, TI, TD>;
      Kokkos::parallel_for("nbk::gradient::by_pixel", Policy(work.exec, 0, range.count), Body{results, work.materials});
    });
  });
  if constexpr (halos) {
    using Body = kernel::HaloPixel<PrecisionT, TI, TD>;
    Kokkos::parallel_for("nbk::gradient::halos_by_pixel", Policy(work.exec, 0, range.count),
                         Body{results, work.by.scratch().halo_coefficients.data()});
  }
}

/// Computes images on a device. Waits for them.
template <class Sums, class Exec, class PrecisionT, class ShapeChoice, class TI, class TD>
void derivatives_by_pixel(const GradientWork<PrecisionT, Exec, ShapeChoice>& work, const DeviceImages<TI, TD>& to) {
  upload_coefficients(work, 1);
  constexpr std::int64_t all = std::numeric_limits<int>::max();
  for (const PixelRangeOfPanel& range : pixel_ranges(work.plan, all)) launch_by_pixel<Sums>(work, range, to);
  work.exec.fence("nbk::gradient::by_pixel");
}

/// Adds up blocks of pixels, each sum by one index.
/// \tparam Addend  (row, index of a pixel): its part in a sum
template <class Addend>
struct AddBlocks {
  static constexpr std::int64_t pixels = 256;  ///< of a block

  Addend addend;            ///< part of one pixel
  std::int64_t count = 0;   ///< pixels
  std::int64_t blocks = 0;  ///< blocks of pixels
  double* sums = nullptr;   ///< [row][block]

  /// Adds up one block of one row.
  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t index) const {
    const std::int64_t begin = (index % blocks) * pixels, end = begin + pixels < count ? begin + pixels : count;
    double sum = 0;
    for (std::int64_t i = begin; i < end; ++i) sum += addend(static_cast<int>(index / blocks), i);
    sums[index] = sum;
  }
};

/// Adds the sums over a range of pixels to `totals`. Waits for them.
/// \param scratch  memory of a DerivativePlan
template <class Exec, class Scratch, class Addend>
void add_rows(const Exec& exec, Scratch& scratch, const Addend& addend, std::int64_t count,
              std::vector<double>& totals) {
  const std::int64_t blocks = (count + AddBlocks<Addend>::pixels - 1) / AddBlocks<Addend>::pixels;
  const auto rows = static_cast<std::int64_t>(totals.size());
  const auto size = static_cast<std::size_t>(rows * blocks);
  scratch.sums.resize(exec, "nbk::gradient::sums", size);
  scratch.host_sums.resize(size);
  using Policy = Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>>;
  Kokkos::parallel_for("nbk::gradient::add", Policy(exec, 0, rows * blocks),
                       AddBlocks<Addend>{addend, count, blocks, scratch.sums.data()});
  using HostView = Kokkos::View<double*, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  using DeviceView = Kokkos::View<double*, typename Exec::memory_space, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  Kokkos::deep_copy(exec, HostView(scratch.host_sums.data(), size), DeviceView(scratch.sums.data(), size));
  exec.fence("nbk::gradient::add");
  const double* sum = scratch.host_sums.data();
  for (double& total : totals) {
    for (std::int64_t b = 0; b < blocks; ++b) total += *sum++;
  }
}

/// dLoss/dI dI/dp of a pixel; rows are parameters.
template <class PrecisionT, class T>
struct AdjointAddend {
  Tables<PrecisionT> tables;         ///< of the panel
  kernel::PanelPositions positions;  ///< places of the pixels
  const T* slopes;                   ///< [position] dLoss/dI
  const double* derivatives;         ///< [parameter][pixel of the range]
  std::int64_t stride;               ///< pixels between two parameters

  /// Returns the part of one pixel.
  KOKKOS_INLINE_FUNCTION double operator()(int row, std::int64_t index) const {
    return static_cast<double>(slopes[positions.of(tables, index)]) * derivatives[row * stride + index];
  }
};

/// Parts of a pixel in a fit; rows are loss, pixels, vector, lower triangle of the matrix.
template <class PrecisionT, class T>
struct NormalAddend {
  Tables<PrecisionT> tables;                                   ///< of the panel
  kernel::PanelPositions positions;                            ///< places of the pixels
  const T* data;                                               ///< [position]
  const T* variances;                                          ///< [position]
  FitModel fit;                                                ///< target, scale and constant
  const double* image;                                         ///< [pixel of the range]
  const double* derivatives;                                   ///< [parameter][pixel of the range]
  std::int64_t stride;                                         ///< pixels between two parameters
  int parameters;                                              ///< number of parameters
  const typename PrecisionT::Accumulate* materials = nullptr;  ///< [position]; nullptr: none

  /// Returns the part of one pixel.
  KOKKOS_INLINE_FUNCTION double operator()(int row, std::int64_t index) const {
    const std::int64_t position = positions.of(tables, index);
    if (!kernel::is_wanted(tables, positions.place(tables, index)) ||
        !kernel::takes_part(data[position], variances[position]))
      return 0;
    const kernel::FitPixel part = kernel::fit_pixel(
        fit, image[index], static_cast<double>(data[position]), static_cast<double>(variances[position]),
        materials == nullptr ? 0.0 : static_cast<double>(materials[position]));
    if (row == 0) return part.loss;
    if (row == 1) return part.counts;
    if (row < 2 + parameters) return part.slope * derivatives[(row - 2) * stride + index];
    int rest = row - 2 - parameters, first = 0;
    while (rest > first) rest -= ++first;
    return part.weight * derivatives[first * stride + index] * derivatives[rest * stride + index];
  }
};

/// Pixels of a range whose derivatives are kept.
inline constexpr std::int64_t most_kept_pixels = 1 << 18;

/// Sums over all pixels, of addends that read the kept derivatives.
/// \param scale      factor of the image, see FitModel
/// \param addend_of  (range, image of the range, derivatives of the range, pixels from one parameter to the next)
template <class Sums, class Exec, class PrecisionT, class ShapeChoice, class AddendOf>
void sum_by_pixel(const GradientWork<PrecisionT, Exec, ShapeChoice>& work, const AddendOf& addend_of,
                  std::vector<double>& totals, double scale = 1) {
  upload_coefficients(work, scale);
  const auto ranges = pixel_ranges(work.plan, most_kept_pixels);
  std::int64_t longest = 0;
  for (const PixelRangeOfPanel& range : ranges) longest = std::max(longest, range.count);
  auto& scratch = work.by.scratch();
  scratch.kept.resize(work.exec, "nbk::gradient::kept", static_cast<std::size_t>(longest) * (work.by.size() + 1));
  for (const PixelRangeOfPanel& range : ranges) {
    double* const image = scratch.kept.data();
    const DeviceImages<double, double> to{image, image + longest, longest, kernel::ResultOrder::as_computed};
    launch_by_pixel<Sums>(work, range, to);
    add_rows(work.exec, scratch, addend_of(range, image, image + longest, longest), range.count, totals);
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
