// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/response/apply_response.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>

namespace nbk::testing {

using HostSpace = Kokkos::DefaultHostExecutionSpace;

template <class Real>
using HostImage = Kokkos::View<Real***, Kokkos::LayoutRight, Kokkos::HostSpace>;

/// An image of one value. \param extents  panels, slow, fast
template <class Real>
HostImage<Real> filled_image(std::size_t panels, std::size_t slow, std::size_t fast, Real value) {
  HostImage<Real> image("image", panels, slow, fast);
  Kokkos::deep_copy(image, value);
  return image;
}

/// What a detector makes of an image.
template <class Real>
HostImage<Real> recorded(const Response& response, const HostImage<Real>& photons,
                         const PixelStates<HostSpace>& states = {}) {
  HostImage<Real> adu("adu", photons.extent(0), photons.extent(1), photons.extent(2));
  apply_response(HostSpace(), response, photons, adu, states);
  HostSpace().fence();
  return adu;
}

/// Sum of all pixels.
template <class Real>
double sum_of(const HostImage<Real>& image) {
  double sum = 0;
  for (std::size_t i = 0; i < image.size(); ++i) sum += static_cast<double>(image.data()[i]);
  return sum;
}

/// Everything off, counting too.
inline Response quiet() {
  Response response;
  response.counting = Counting::none;
  return response;
}

/// Everything on.
inline Response busy() {
  Response response;
  response.photons_per_unit = 1.5;
  response.image_flicker = 0.02;
  response.pixel_flicker = 0.03;
  response.calibration = 0.04;
  response.gain_spread = 0.3;
  response.gain_adu_per_photon = 1.8;
  response.readout_noise_adu = 3;
  response.offset_adu = 40;
  return response;
}

}  // namespace nbk::testing
