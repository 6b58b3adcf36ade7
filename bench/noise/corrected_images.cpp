// SPDX-License-Identifier: MIT
#include "bench/noise/noise_images.hpp"
#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/smv_reader.hpp"
#include "nbk/io/spread_kernel_text.hpp"
#include "nbk/response/apply_response.hpp"

#include <Kokkos_Core.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace nbk::bench::noise {

namespace {

using Exec = Kokkos::DefaultHostExecutionSpace;
using States = Kokkos::View<PixelState***, Kokkos::LayoutRight, Kokkos::HostSpace>;
template <class Real>
using Image = Kokkos::View<Real***, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;

PointSpread spread_of(const NoiseOptions& options, const HeaderNumbers& header) {
  using nbk::compat::SpreadShape;
  PointSpread spread;
  if (!options.files.kernel.empty()) {
    spread.kind = PointSpread::Kind::kernel;
    spread.kernel = io::read_spread_kernel(options.files.kernel);
    return spread;
  }
  if (options.psf == SpreadShape::none || options.psf_fwhm_m == 0.0F) return spread;
  spread.kind = options.psf == SpreadShape::gauss ? PointSpread::Kind::gauss : PointSpread::Kind::fibre;
  spread.fwhm_px = static_cast<double>(options.psf_fwhm_m) / header.pixel_size_m;
  spread.radius_px = options.psf_radius_px;
  return spread;
}

Response response_of(const NoiseOptions& options, const HeaderNumbers& header) {
  Response response;
  response.photons_per_unit = options.scale * (options.fluence_per_m2 * constants::electron_radius_sqr_m2);
  response.image_flicker = options.own.image_flicker;
  response.pixel_flicker = options.flicker;
  response.calibration = options.calibration;
  // The options have the signs that the C program's generator wants; a number of one's own has the other one.
  const std::int64_t calibration_seed = options.calibration_seed;
  response.calibration_seed = static_cast<std::uint64_t>(calibration_seed <= 0 ? -calibration_seed : calibration_seed);
  response.gain_spread = options.own.gain_spread;
  response.point_spread = spread_of(options, header);
  response.gain_adu_per_photon = options.gain;
  response.readout_noise_adu = options.readout_noise;
  response.offset_adu = options.offset;
  response.saturation_adu = largest_adu(options);
  response.overload_adu = std::numeric_limits<double>::infinity();  // so that overloads can be counted
  if (options.bits == 16 && options.own.integers.overflow == Overflow::clip) response.floor_adu = 0;
  response.gap_mark_adu = response.bad_mark_adu = options.own.bad_mark;
  response.seed = static_cast<std::uint64_t>(-options.seed);
  response.image_number = static_cast<std::uint64_t>(options.own.image_number);
  return response;
}

/// The same detector without anything random. Like noisify's, it has the point spread only where there is no other
/// image.
Response without_noise(Response response, bool is_only_image) {
  response.image_flicker = response.pixel_flicker = response.calibration = 0;
  response.gain_spread = response.readout_noise_adu = 0;
  response.counting = Counting::none;
  if (!is_only_image) response.point_spread = {};
  return response;
}

States states_of(const std::string& mask, const HeaderNumbers& header) {
  if (mask.empty()) return {};
  const io::SmvImage image = io::read_smv(mask);
  if (image.pixels_fast != header.pixels_fast || image.pixels_slow != header.pixels_slow) {
    throw InvalidInput("--mask " + mask + ": has " + std::to_string(image.pixels_fast) + " x " +
                       std::to_string(image.pixels_slow) + " pixels, must have " + std::to_string(header.pixels_fast) +
                       " x " + std::to_string(header.pixels_slow));
  }
  States states("states", 1, static_cast<std::size_t>(header.pixels_slow),
                static_cast<std::size_t>(header.pixels_fast));
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    states.data()[i] = image.pixels[i] == 0 ? PixelState::bad : PixelState::good;
  }
  return states;
}

/// Returns the flag that a member of Response comes from.
std::string_view flag_of(std::string_view member) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> flags{
      {{"calibration_seed", "-calib_seed"},
       {"gain_spread", "--gain-spread"},
       {"image_flicker", "--flicker-image"},
       {"point_spread.fwhm_px", "-psf_fwhm (in pixels)"},
       {"point_spread.radius_px", "-psf_radius"},
       {"point_spread.kernel", "--psf-kernel"},
       {"photons_per_unit", "-scale times -fluence"},
       {"floor_adu", "--saturation, whose least value is the floor"},
       {"saturation_adu", "--saturation"}}};
  for (const auto& [name, flag] : flags) {
    if (name == member) return flag;
  }
  return member;
}

/// Applies a response, and says a refusal in the words of the command line.
std::vector<double> recorded(const Response& response, const NoiseInput& input, const States& states) {
  const auto slow = static_cast<std::size_t>(input.header.pixels_slow),
             fast = static_cast<std::size_t>(input.header.pixels_fast);
  std::vector<double> adu(input.image.size());
  const Exec exec;
  try {
    apply_response(exec, response, Image<const float>(input.image.data(), 1, slow, fast),
                   Image<double>(adu.data(), 1, slow, fast), PixelStates<Exec>(states));
  } catch (const InvalidInput& error) {
    if (error.parameter().empty()) throw;
    throw InvalidInput(std::string(flag_of(error.parameter())), error.value(),
                       error.parameter() == "calibration_seed" ? "must differ from -seed" : error.allowed());
  }
  exec.fence("nbk-noise: the image is written next");
  return adu;
}

}  // namespace

NoiseImages make_corrected_images(const NoiseOptions& options, const NoiseInput& input) {
  const Response response = response_of(options, input.header);
  const States states = states_of(options.files.mask, input.header);
  const double largest = largest_adu(options), mark = options.own.overload_mark.value_or(largest);
  const auto mark_overloads = [&](std::vector<double>& adu) {
    std::size_t overloads = 0;
    for (double& pixel : adu) {
      if (!std::isinf(pixel)) continue;
      pixel = mark;
      ++overloads;
    }
    return overloads;
  };
  NoiseImages images;
  images.noiseless_adu = recorded(without_noise(response, !options.add_noise), input, states);
  mark_overloads(images.noiseless_adu);
  if (!options.add_noise) return images;
  images.noisy_adu = recorded(response, input, states);
  for (std::size_t i = 0; i < images.noisy_adu.size(); ++i) {
    const double adu = std::isinf(images.noisy_adu[i]) ? largest : images.noisy_adu[i];
    const bool counts = !states.is_allocated() || states.data()[i] == PixelState::good;
    if (counts) images.photons += (adu - options.offset) / options.gain;
  }
  images.overloads = mark_overloads(images.noisy_adu);
  return images;
}

}  // namespace nbk::bench::noise
