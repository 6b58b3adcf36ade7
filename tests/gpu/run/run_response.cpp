// SPDX-License-Identifier: MIT
// Runs the device code of a detector's response.
#include "coverage.hpp"
#include "images.hpp"

#include <nbk/response/apply_response.hpp>

#include <exception>

namespace nbk::gpu_run {
namespace {

template <class Real>
std::vector<Real> recorded(Engine engine, const Response& response, bool states) {
  const Kokkos::Cuda exec;
  device().engine = engine;
  constexpr std::size_t panels = 2, rows = 40, columns = 45;
  std::vector<Real> photons(panels * rows * columns);
  std::vector<unsigned char> marks(photons.size());
  for (std::size_t i = 0; i < photons.size(); ++i) {
    photons[i] = static_cast<Real>(i % 97 == 0 ? 4000.5 : i % 5 == 0 ? 35.25 : i % 7 == 0 ? 0.0 : 0.125 * (i % 64));
    marks[i] = static_cast<unsigned char>(i % 50 == 3   ? PixelState::gap
                                          : i % 71 == 0 ? PixelState::bad
                                                        : PixelState::good);
  }
  const auto memory = on_device(photons);
  const auto mark_memory = on_device(marks);
  const Kokkos::View<Real***, Kokkos::LayoutRight, Kokkos::CudaSpace> image(memory.data(), panels, rows, columns);
  PixelStates<Kokkos::Cuda> of_pixels;
  if (states)
    of_pixels =
        PixelStates<Kokkos::Cuda>(reinterpret_cast<const PixelState*>(mark_memory.data()), panels, rows, columns);
  apply_response(exec, response, image, image, of_pixels);
  return pixels_of(memory);
}

Response busy(PointSpread::Kind kind) {
  Response r;
  r.photons_per_unit = 1.5;
  r.image_flicker = 0.02;
  r.pixel_flicker = 0.03;
  r.calibration = 0.04;
  r.gain_spread = 0.3;
  r.point_spread.kind = kind;
  r.point_spread.fwhm_px = kind == PointSpread::Kind::gauss ? 3.1 : 1.3;
  if (kind == PointSpread::Kind::kernel)
    r.point_spread.kernel = {1, 1, 1, 1, 1, 0, 2, 3, 2, 1, 0, 3, 9, 4, 1, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1};
  r.gain_adu_per_photon = 1.8;
  r.readout_noise_adu = 3;
  r.offset_adu = 40;
  return r;
}

template <class Real>
void check(Report& report, const char* real) {
  using Kind = PointSpread::Kind;
  for (const Kind kind : {Kind::none, Kind::gauss, Kind::fibre, Kind::kernel}) {
    for (const bool second : {false, true}) {
      Response r = busy(kind);
      if (second) {
        r.calibrated = CalibrationPlace::after_counting;
        r.saturation_adu = 900;
        r.overload_adu = 1000;
        r.floor_adu = 1;
        r.gain_spread = 0;
        r.counting = kind == Kind::gauss ? Counting::none : Counting::poisson;
        r.point_spread.radius_px = kind == Kind::fibre ? 5 : 0;
      }
      const std::string name =
          std::string(real) + ", spread " + std::to_string(static_cast<int>(kind)) + (second ? ", second" : "");
      device().most_blocks = second ? 2 : 1U << 30;
      const auto wanted = recorded<Real>(Engine::host, r, second), got = recorded<Real>(Engine::translated, r, second);
      const Difference d = difference(got, wanted);
      print_row(name, d, "host's functor");
      report.require(has_signal(wanted), name + ": dark");
      // Logarithms and square roots of the deviates are another library's on a device, whose last bit may differ.
      report.require(d.of_maximum <= 1e-6, name + ": differs from the host's");
    }
  }
}

}  // namespace
}  // namespace nbk::gpu_run

int main(int argc, char** argv) {
  using namespace nbk::gpu_run;
  const Kokkos::ScopeGuard kokkos(argc, argv);
  Report report;
  try {
    executor().approximation = Approximation::as_host;
    check<float>(report, "float");
    check<double>(report, "double");
    check_coverage(report);
  } catch (const std::exception& error) {
    report.fail(error.what());
  }
  report.require(device().memory.allocations() == 0, "memory of the device is not given back");
  return report.failures() == 0 ? 0 : 1;
}
