// SPDX-License-Identifier: MIT
// The kernels of a detector's response for the device of this Kokkos, in float and double.
#include "nbk/response/apply_response.hpp"

using Device = Kokkos::DefaultExecutionSpace;

template <class Real>
void respond(const nbk::Response& response) {
  const Kokkos::View<Real***, Kokkos::LayoutRight, Device::memory_space> image("image", 1, 64, 64);
  nbk::apply_response(Device(), response, image, image);
}

template void respond<float>(const nbk::Response& response);
template void respond<double>(const nbk::Response& response);
