// SPDX-License-Identifier: MIT
#include "bench/noise/noise_flags.hpp"

#include "bench/flags/drop_in_setters.hpp"

#include <array>

namespace nbk::bench::noise {

namespace {

using namespace flags;

/// Seeds are stored with the opposite sign, which is how the generator is told to start anew.
std::int64_t seed_of(Values& values) { return -static_cast<std::int64_t>(values.integer(0)); }

void set_psf(NoiseOptions& options, Values& values) {
  using nbk::compat::SpreadShape;
  const std::string& word = values.text(0);
  options.psf = SpreadShape::none;
  if (word.find("gauss") != std::string::npos) options.psf = SpreadShape::gauss;
  if (word.find("fiber") != std::string::npos) options.psf = SpreadShape::fibre;
  options.unknown_psf = options.psf == SpreadShape::none ? word : std::string();
  if (options.psf == SpreadShape::none) {
    values.remark(Severity::problem,
                  std::string(values.flag()) + " = " + word + ": neither gauss nor fiber, so there is no point spread");
  }
}

void set_radius(NoiseOptions& options, Values& values) {
  constexpr double most = 2147483647;
  const double radius = values.number(0);
  require(radius >= 0 && radius <= most, values.flag(), values.text(0),
          "must be from 0 (automatic) to 2147483647 pixels");
  options.psf_radius_px = static_cast<int>(radius);
}

void set_bits(NoiseOptions& options, Values& values) {
  options.bits = values.integer(0);
  require(options.bits == 16 || options.bits == 32, values.flag(), values.text(0),
          "must be 16 or 32; noisify writes files without pixels for other numbers");
}

void set_rounding(NoiseOptions& options, Values& values) {
  constexpr std::array<std::string_view, 2> words{"nearest", "truncation"};
  options.own.integers.rounding = one_of(values, words) == 0 ? Rounding::nearest : Rounding::truncation;
}

void set_overflow(NoiseOptions& options, Values& values) {
  constexpr std::array<std::string_view, 2> words{"clip", "wrap"};
  options.own.integers.overflow = one_of(values, words) == 0 ? Overflow::clip : Overflow::wrap;
}

std::vector<NoiseFlag> flags_of_noisify() {
  using enum NoiseGroup;
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"-lambda"}, .values = 1, .unit = "A", .fallback = "1", .help = "wavelength for the header",
       .group = header, .apply = set_number<&NoiseOptions::header, &HeaderNumbers::wavelength_A>},
      {.names = {"-Xbeam"}, .values = 1, .unit = "mm", .fallback = "centre", .help = "direct beam for the header",
       .group = header, .apply = set_mm<&NoiseOptions::header, &HeaderNumbers::beam_x_m>},
      {.names = {"-Ybeam"}, .values = 1, .unit = "mm", .fallback = "centre",
       .help = "direct beam for the header, which counts it from the other end", .group = header,
       .apply = set_mm<&NoiseOptions::header, &HeaderNumbers::beam_y_m>},
      {.names = {"-distance"}, .values = 1, .unit = "mm", .fallback = "100", .help = "distance for the header",
       .group = header, .apply = set_mm<&NoiseOptions::header, &HeaderNumbers::distance_m>},
      {.names = {"-detsize"}, .patterns = {exact("-detsize")}, .values = 1, .unit = "mm", .fallback = "102.4",
       .help = "size of the detector; the number of pixels decides in nearly all cases", .group = header,
       .apply = [](NoiseOptions& options, Values& values) {
         options.header.size_fast_m = options.header.size_slow_m = values.number(0) / 1000.0; }},
      {.names = {"-detsize_x"}, .values = 1, .unit = "mm", .fallback = "102.4", .help = "the same along fast",
       .group = header, .apply = set_mm<&NoiseOptions::header, &HeaderNumbers::size_fast_m>},
      {.names = {"-detsize_y"}, .values = 1, .unit = "mm", .fallback = "102.4", .help = "the same along slow",
       .group = header, .apply = set_mm<&NoiseOptions::header, &HeaderNumbers::size_slow_m>},
      {.names = {"-detpixels"}, .patterns = {exact("-detpixels")}, .values = 1, .unit = "pixels",
       .fallback = "guessed", .help = "width and height of the input image", .group = files,
       .apply = [](NoiseOptions& options, Values& values) {
         options.header.pixels_fast = options.header.pixels_slow = values.integer(0); }},
      {.names = {"-detpixels_x"}, .values = 1, .unit = "pixels", .fallback = "guessed",
       .help = "width of the input image", .group = files, .apply = set_integer<&NoiseOptions::header, &HeaderNumbers::pixels_fast>},
      {.names = {"-detpixels_y"}, .values = 1, .unit = "pixels", .fallback = "guessed",
       .help = "height of the input image", .group = files, .apply = set_integer<&NoiseOptions::header, &HeaderNumbers::pixels_slow>},
      {.names = {"-pixel"}, .values = 1, .unit = "mm", .fallback = "0.1",
       .help = "size of a pixel, for the header and the point spread", .group = detector,
       .apply = set_mm<&NoiseOptions::header, &HeaderNumbers::pixel_size_m>},
      {.names = {"-psf"}, .patterns = {exact("-psf")}, .values = 1, .unit = "gauss|fiber", .fallback = "none",
       .help = "point spread", .group = detector, .apply = set_psf, .at_end = AtEnd::fatal},
      {.names = {"-psf_radius"}, .patterns = {{"-psf_rad"}}, .values = 1, .unit = "pixels", .fallback = "automatic",
       .help = "radius of the point spread; 0: automatic", .group = detector, .apply = set_radius},
      {.names = {"-psf_fwhm", "-psf_size", "-psf_width"}, .patterns = {{"-psf_si"}, {"-psf_fw"}, {"-psf_wi"}},
       .values = 1, .unit = "um", .fallback = "46", .help = "full width at half maximum of the point spread",
       .group = detector,
       .apply = [](NoiseOptions& options, Values& values) {
         options.psf_fwhm_m = static_cast<float>(values.number(0) / 1e6); }},
      {.names = {"-fluence"}, .values = 1, .unit = "photons/m^2", .fallback = "1.25932e+29",
       .help = "multiplies the image by fluence times 7.94079e-30 m^2, also when it already is in photons",
       .group = photons, .apply = set_number<&NoiseOptions::fluence_per_m2>},
      {.names = {"-floatfile", "-floatimage", "-bin"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "image of 4-byte floats to start from; a word with floatimage.bin in it is that file, too",
       .group = files, .apply = set_file<&NoiseOptions::files, &NoiseFiles::float_file>},
      {.names = {"-header"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "SMV image whose header is copied and whose size is taken", .group = files,
       .apply = set_file<&NoiseOptions::files, &NoiseFiles::header>},
      {.names = {"-pgmfile", "-pgmimage"}, .values = 1, .unit = "file", .fallback = "image.pgm",
       .help = "8-bit picture without noise", .group = files, .apply = set_file<&NoiseOptions::files, &NoiseFiles::pgm_file>},
      {.names = {"-intfile", "-intimage"}, .values = 1, .unit = "file", .fallback = "intimage.img",
       .help = "image without noise, SMV", .group = files, .apply = set_file<&NoiseOptions::files, &NoiseFiles::int_file>},
      {.names = {"-bits"}, .values = 1, .unit = "16|32", .fallback = "16",
       .help = "bits of a pixel in SMV files; 32 is signed with --policy corrected", .group = files, .apply = set_bits},
      {.names = {"-noisefile", "-noiseimage"}, .values = 1, .unit = "file", .fallback = "noiseimage.img",
       .help = "image with noise, SMV", .group = files, .apply = set_file<&NoiseOptions::files, &NoiseFiles::noise_file>},
      {.names = {"-nonoise"}, .help = "no noise of any kind: only the image without it", .group = photons,
       .apply = [](NoiseOptions& options, Values&) { options.add_noise = false; }},
      {.names = {"-nopgm"}, .help = "no 8-bit picture", .group = files,
       .apply = [](NoiseOptions& options, Values&) { options.files.write_pgm = false; }},
      {.names = {"-readout_noise", "-readnoise"}, .patterns = {{"-readout"}, {"-readnoi"}}, .values = 1,
       .unit = "ADU", .fallback = "0", .help = "rms of the readout noise", .group = detector,
       .apply = set_number<&NoiseOptions::readout_noise>},
      {.names = {"-flicker"}, .values = 1, .unit = "fraction", .fallback = "0",
       .help = "deviation of the photons of each pixel before they are counted", .group = photons,
       .apply = set_number<&NoiseOptions::flicker>},
      {.names = {"-calibration"}, .values = 1, .unit = "fraction", .fallback = "0.03",
       .help = "deviation of the calibration of each pixel", .group = photons,
       .apply = set_number<&NoiseOptions::calibration>},
      {.names = {"-scale"}, .values = 1, .unit = "photons", .fallback = "1",
       .help = "photons per unit of the input image", .group = photons, .apply = set_number<&NoiseOptions::scale>},
      {.names = {"-seed"}, .values = 1, .unit = "integer", .fallback = "the clock",
       .help = "seed of all noise but the calibration", .group = photons,
       .apply = [](NoiseOptions& options, Values& values) { options.seed = seed_of(values); }},
      {.names = {"-calib_seed"}, .values = 1, .unit = "integer", .fallback = "123456789",
       .help = "seed of the calibration. With --policy compat the default acts as 1", .group = photons,
       .apply = [](NoiseOptions& options, Values& values) { options.calibration_seed = seed_of(values); }},
      {.names = {"-badpix_seed"}, .values = 1, .unit = "integer", .help = "read and not used", .group = photons,
       .apply = set_nothing},
      {.names = {"-hotpix_seed"}, .values = 1, .unit = "integer", .help = "read and not used", .group = photons,
       .apply = set_nothing},
      {.names = {"-adc"}, .values = 1, .unit = "ADU", .fallback = "40", .help = "offset of every pixel",
       .group = detector, .apply = set_number<&NoiseOptions::offset>},
      {.names = {"-gain"}, .values = 1, .unit = "ADU/photon", .fallback = "1", .help = "detector units of a photon",
       .group = detector, .apply = set_number<&NoiseOptions::gain>},
      {.names = {"-phi"}, .values = 1, .unit = "deg", .fallback = "0", .help = "spindle angle for the header",
       .group = header, .apply = set_number<&NoiseOptions::header, &HeaderNumbers::phi_deg>},
      {.names = {"-osc"}, .values = 1, .unit = "deg", .fallback = "1", .help = "oscillation range for the header",
       .group = header, .apply = set_number<&NoiseOptions::header, &HeaderNumbers::osc_deg>},
  };
  // clang-format on
}

std::vector<NoiseFlag> flags_of_nbk() {
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"--policy"}, .values = 1, .unit = "compat|corrected", .fallback = "compat",
       .help = "noisify's numbers, or what is physically meant", .apply = set_policy},
      {.names = {"--flicker-image"}, .values = 1, .unit = "fraction", .fallback = "0",
       .help = "deviation of the photons of the whole image",
       .apply = [](NoiseOptions& options, Values& values) { options.own.image_flicker = values.number(0); }},
      {.names = {"--gain-spread"}, .values = 1, .unit = "fraction", .fallback = "0",
       .help = "deviation of the gain of one photon; it raises the variance of the counts by 1 + spread^2",
       .apply = [](NoiseOptions& options, Values& values) { options.own.gain_spread = values.number(0); }},
      {.names = {"--psf-kernel"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "point spread as rows of numbers, as many as there are in a row, an odd number",
       .apply = set_file<&NoiseOptions::files, &NoiseFiles::kernel>},
      {.names = {"--mask"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "SMV image whose zero pixels are left out", .apply = set_file<&NoiseOptions::files, &NoiseFiles::mask>},
      {.names = {"--bad-mark"}, .values = 1, .unit = "ADU", .fallback = "0", .help = "value of pixels left out",
       .apply = [](NoiseOptions& options, Values& values) { options.own.bad_mark = values.number(0); }},
      {.names = {"--saturation"}, .values = 1, .unit = "ADU", .fallback = "largest integer",
       .help = "value that no pixel exceeds",
       .apply = [](NoiseOptions& options, Values& values) { options.own.saturation_adu = values.number(0); }},
      {.names = {"--overload-mark"}, .values = 1, .unit = "ADU", .fallback = "the saturation",
       .help = "value of saturated pixels",
       .apply = [](NoiseOptions& options, Values& values) { options.own.overload_mark = values.number(0); }},
      {.names = {"--rounding"}, .values = 1, .unit = "nearest|truncation", .fallback = "nearest",
       .help = "how numbers become integers: floor(x + 1/2), or toward zero", .apply = set_rounding},
      {.names = {"--overflow"}, .values = 1, .unit = "clip|wrap", .fallback = "clip",
       .help = "what becomes of numbers that the integers do not have", .apply = set_overflow},
      {.names = {"--image-number"}, .values = 1, .unit = "integer", .fallback = "0",
       .help = "number of the image in a series with one -seed",
       .apply = [](NoiseOptions& options, Values& values) { options.own.image_number = values.integer(0); }},
      {.names = {"--threads"}, .values = 1, .unit = "threads", .fallback = "all", .help = "threads on the host",
       .apply = set_threads},
      {.names = {"--strict"}, .help = "unreadable values, flags without effect and all other traps are errors",
       .apply = set_true<&NoiseOptions::strict>},
      {.names = {"--quiet"}, .help = "print errors only, and in one line what may change the image",
       .apply = set_true<&NoiseOptions::quiet>},
      {.names = {"--help"}, .help = "print this", .apply = set_true<&NoiseOptions::help>},
      {.names = {"--help-markdown"}, .help = "print this as docs/noise.md",
       .apply = set_true<&NoiseOptions::help_markdown>},
      {.names = {"--version"}, .help = "print the version", .apply = set_true<&NoiseOptions::version>},
  };
  // clang-format on
}

}  // namespace

const std::vector<NoiseFlag>& noise_flag_table() {
  static const std::vector<NoiseFlag> table = flags::drop_in_table(flags_of_noisify(), flags_of_nbk());
  return table;
}

}  // namespace nbk::bench::noise
