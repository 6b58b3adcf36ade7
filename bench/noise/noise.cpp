// SPDX-License-Identifier: MIT
#include "bench/noise/noise.hpp"

#include "bench/flags/line_report.hpp"
#include "bench/noise/noise_command.hpp"
#include "bench/noise/noise_files.hpp"
#include "bench/noise/noise_help.hpp"
#include "bench/noise/noise_images.hpp"
#include "bench/noise/noise_input.hpp"
#include "bench/system/command.hpp"
#include "bench/system/kokkos_settings.hpp"
#include "bench/system/terminal.hpp"

#include <Kokkos_Core.hpp>

#include <fmt/format.h>

#include <csignal>

namespace nbk::bench::noise {

namespace {

std::string version_text() { return system::named_version("nbk-noise"); }

std::string parameters_text(const NoiseOptions& options, const HeaderNumbers& header) {
  std::string text = fmt::format("reading {} as {} x {} 4-byte floats\n", options.files.float_file, header.pixels_fast,
                                 header.pixels_slow);
  text += fmt::format("  pixel={:g} mm distance={:g} mm Xbeam={:g} mm Ybeam={:g} mm\n", header.pixel_size_m * 1e3,
                      header.distance_m * 1e3, *header.beam_x_m * 1e3, *header.beam_y_m * 1e3);
  text +=
      fmt::format("  scale={:g} gain={:g} ADU/photon offset={:g} ADU\n", options.scale, options.gain, options.offset);
  if (options.add_noise) {
    text += fmt::format("  flicker={:g}% calibration={:g}% readout noise={:g} ADU\n  seed={} calibration seed={}\n",
                        options.flicker * 100, options.calibration * 100, options.readout_noise, options.seed,
                        options.calibration_seed);
  }
  if (options.psf != nbk::compat::SpreadShape::none) {
    text += fmt::format("  {} point spread, fwhm={:g} um, radius={}\n",
                        options.psf == nbk::compat::SpreadShape::gauss ? "Gaussian" : "fiber",
                        static_cast<double>(options.psf_fwhm_m) * 1e6,
                        options.psf_radius_px == 0 ? "automatic" : fmt::format("{} pixels", options.psf_radius_px));
  }
  return text;
}

std::string results_text(const NoiseOptions& options, const NoiseImages& images) {
  std::string text;
  if (images.spread) {
    if (options.add_noise)
      text += fmt::format("{:.0f} photons on noise image before PSF\n", images.spread->photons_before);
    text += images.spread->lost_photons ? fmt::format("adding back {:g} lost photons\n", *images.spread->lost_photons)
                                        : "no photons, point spread skipped\n";
  }
  const int bytes = options.bits / 8;
  text += fmt::format("writing {} as {}-byte integers\n", options.files.int_file, bytes);
  if (options.files.write_pgm) text += fmt::format("writing {} as 1-byte integers\n", options.files.pgm_file);
  if (options.add_noise) {
    text += fmt::format("{:.0f} photons on noise image ({} overloads)\nwriting {} as {}-byte integers\n",
                        images.photons, images.overloads, options.files.noise_file, bytes);
  }
  return text;
}

NoiseImages make_images(const NoiseOptions& options, const NoiseInput& input) {
  if (options.policy == Policy::compat) return make_compat_images(options, input);
  const Kokkos::ScopeGuard kokkos(system::kokkos_settings(options.threads));
  return make_corrected_images(options, input);
}

int make_noise(const std::vector<std::string>& arguments) {
  NoiseCommand command = parse_noise(arguments);
  const NoiseOptions& options = command.options;
  if (options.help || options.help_markdown || options.version) {
    return system::print_only(options.help            ? noise_help_text()
                              : options.help_markdown ? noise_help_markdown()
                                                      : version_text() + "\n");
  }
  std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error like a full disk, not the end
  const NoiseInput input = read_noise_input(options);
  flags::add_problems(input.problems, options.strict, command);
  flags::show_warnings(command, options.quiet);
  const auto show = [&](const std::string& text) {
    if (!options.quiet) system::say_text(stdout, text);
  };
  show(version_text() + ": noise for an image of photons\n" + parameters_text(options, input.header));
  const NoiseImages images = make_images(options, input);
  write_noise_files(options, input, images);
  show(results_text(options, images));
  return 0;
}

}  // namespace

int run_noise(const std::vector<std::string>& arguments) {
  return system::run_command("nbk-noise", [&] { return make_noise(arguments); });
}

}  // namespace nbk::bench::noise
