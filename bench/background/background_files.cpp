// SPDX-License-Identifier: MIT
#include "bench/background/background_files.hpp"

#include "nbk/io/float_image.hpp"
#include "nbk/io/integer_image.hpp"
#include "nbk/io/smv_header.hpp"

#include <numbers>
#include <vector>

namespace nbk::bench::background {

namespace {

/// Returns the header of nonBragg, byte for byte.
std::string header_of(const BackgroundOptions& options, const BackgroundSetup& setup) {
  constexpr double degrees_per_radian = 180.0 * std::numbers::inv_pi;
  const PlacedPanel& panel = setup.panel;
  io::SmvHeader text;
  text.add("DIM", "2");
  text.add("BYTE_ORDER", "little_endian");
  text.add("TYPE", "unsigned_short");
  text.add("SIZE1", std::to_string(panel.pixels_fast));
  text.add("SIZE2", std::to_string(panel.pixels_slow));
  text.add("PIXEL_SIZE", panel.pixel_size_m * 1000.0);
  text.add("DISTANCE", panel.distance_m * 1000.0);
  text.add("WAVELENGTH", options.beam.wavelength_m * 1e10);
  text.add("BEAM_CENTER_X", panel.beam_fast_m * 1000.0);
  text.add("BEAM_CENTER_Y", (panel.size_slow_m - panel.beam_slow_m) * 1000);
  text.add("ORGX", panel.close_fast_m / panel.pixel_size_m);
  text.add("ORGY", panel.close_slow_m / panel.pixel_size_m);
  text.add("CLOSE_DISTANCE", panel.close_distance_m * 1000.0);
  text.add("PHI", options.phi.start_rad * degrees_per_radian);
  text.add("OSC_START", options.phi.start_rad * degrees_per_radian);
  text.add("OSC_RANGE", setup.osc_rad * degrees_per_radian);
  text.add("TWOTHETA", options.panel.two_theta_rad * degrees_per_radian);
  text.add("DETECTOR_SN", "000");
  text.add("BEAMLINE", "fake");
  return text.finish();
}

/// Returns the statistics that the scale of the picture follows from. nonBragg moves on by a pixel before it takes the
/// deviation, so that each pixel stands for the one before it.
io::ImageStatistics statistics_of_picture(const BackgroundOptions& options, const std::vector<float>& photons,
                                          const io::RenderedArea& area, io::ImageStatistics statistics) {
  if (options.policy != Policy::compat || options.pgm_scale > 0) return statistics;
  std::vector<float> moved(photons.begin() + 1, photons.end());
  moved.push_back(0);
  statistics.rmsd = io::deviation_about(statistics.mean, moved, area);
  return statistics;
}

}  // namespace

FileFigures write_background_files(const BackgroundOptions& options, const BackgroundSetup& setup,
                                   const BackgroundImage& image) {
  const PlacedPanel& panel = setup.panel;
  const io::RenderedArea area{panel.pixels_fast, panel.pixels_slow,
                              PixelWindow{panel.fast_min, panel.fast_max, panel.slow_min, panel.slow_max}};
  const BackgroundFiles& files = options.files;
  FileFigures figures;
  figures.statistics = io::image_statistics(image.photons, area);
  figures.int_scale = io::integer_scale(options.int_scale, figures.statistics);
  figures.pgm_scale = io::grey_scale(options.pgm_scale, figures.int_scale,
                                     statistics_of_picture(options, image.photons, area, figures.statistics));
  const std::string header = header_of(options, setup);
  io::write_float_image(files.float_file, image.photons);
  io::write_integer_image(files.int_file, header, image.photons, area,
                          io::ToCounts(figures.int_scale, options.offset_adu));
  if (files.write_pgm) io::write_grey_image(files.pgm_file, image.photons, area, figures.pgm_scale);
  if (options.add_noise) {
    figures.noise = io::write_noise_image(files.noise_file, header, image.photons, area, options.offset_adu,
                                          NoiseDeviates(Ran1{}, options.seed));
  }
  return figures;
}

}  // namespace nbk::bench::background
