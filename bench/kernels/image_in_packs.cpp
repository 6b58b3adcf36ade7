// SPDX-License-Identifier: MIT
#include "bench/kernels/image_in_packs.hpp"

#include <nbk/nbk.hpp>

#include "bench/kernels/spaces.hpp"
#include "bench/kernels/width_kernels.hpp"
#include "precisions.hpp"

namespace nbk::bench {
namespace {

// Calls f(device, precision) for the pair of these names, where its space is the host's.
template <class F>
void on_host(std::string_view device, std::string_view dtype, F&& f) {
  for_each_device([&](auto candidate) {
    using Exec = typename decltype(candidate)::Space;
    if constexpr (is_host_space<Exec>) {
      if (device != candidate.name) return;
      for_each_precision([&](auto precision) {
        if (dtype == precision.name) f(Exec(), precision);
      });
    }
  });
}

template <class P, ExecSpace Exec>
std::vector<float> image_of(const Exec& exec, const Experiment& experiment, int width) {
  const Plan<P, Exec> plan(exec, experiment);
  if (plan.depends_on_order()) throw InvalidInput("image_in_packs: has no pixels that depend on order");
  const PanelGeometry& panel = plan.scene().panels.front().geometry;
  std::vector<float> image(static_cast<std::size_t>(panel.pixels_fast) * static_cast<std::size_t>(panel.pixels_slow));
  const HostKernel kernel = kernel_in_packs<P>(plan.tables(), {image.data(), panel.pixels_fast}, plan.shape(),
                                               {plan.lookup(), plan.weighting()}, width);
  using Policy = Kokkos::RangePolicy<Exec, Kokkos::Schedule<Kokkos::Dynamic>, Kokkos::IndexType<std::int64_t>>;
  Kokkos::parallel_for("nbk::bench::spots_in_packs", Policy(exec, 0, kernel.count), kernel);
  exec.fence("nbk::bench::image_in_packs");
  return image;
}

}  // namespace

std::vector<int> further_pack_widths(std::string_view device, std::string_view dtype) {
  std::vector<int> widths;
  on_host(device, dtype, [&](auto, auto precision) { widths = further_widths<decltype(precision)>(); });
  return widths;
}

std::vector<float> image_in_packs(const Experiment& experiment, std::string_view device, std::string_view dtype,
                                  int width) {
  std::vector<float> image;
  on_host(device, dtype,
          [&](auto exec, auto precision) { image = image_of<decltype(precision)>(exec, experiment, width); });
  require(!image.empty(), "device and dtype", std::string(device) + ", " + std::string(dtype),
          "must be a host space and a precision of this build");
  return image;
}

std::vector<KnownSpace> known_spaces() {
  std::vector<KnownSpace> spaces;
  for (const char* name : {"Serial", "OpenMP", "Threads", "Cuda", "HIP", "SYCL"}) spaces.push_back({name, ""});
  for_each_device([&](auto device) {
    for (auto& space : spaces) {
      if (space.name == decltype(device)::Space::name()) space.device = device.name;
    }
  });
  return spaces;
}

}  // namespace nbk::bench
