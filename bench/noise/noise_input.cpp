// SPDX-License-Identifier: MIT
#include "bench/noise/noise_input.hpp"

#include "nbk/core/error.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/io/float_image.hpp"
#include "nbk/io/smv_header.hpp"
#include "nbk/io/smv_reader.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <string_view>

namespace nbk::bench::noise {

namespace {

constexpr std::int64_t most_pixels = std::int64_t{1} << 31;

std::string size_text(std::int64_t fast, std::int64_t slow) {
  return std::to_string(fast) + " x " + std::to_string(slow);
}

/// Returns what a copied header says about pixels that the output files will not have.
std::vector<std::string> false_claims(const NoiseOptions& options, const io::SmvImage& image) {
  std::vector<std::string> claims;
  const auto say = [&](std::string_view key, std::string_view value, const std::string& instead) {
    claims.push_back("-header: " + options.files.header + " says " + std::string(key) + " = " + std::string(value) +
                     ", but the images have " + instead);
  };
  constexpr std::string_view order = std::endian::native == std::endian::little ? "little_endian" : "big_endian";
  if (const auto said = image.text_of("BYTE_ORDER"); !said.empty() && said != order) {
    say("BYTE_ORDER", said, std::string(order));
  }
  for (const std::string_view key : {"TYPE", "Data_type"}) {
    const std::string_view said = image.text_of(key);
    const bool is_short = said.empty() || said == "unsigned_short" || said == "unsigned short int";
    if (options.bits == 16 && !is_short) say(key, said, "integers of -bits 16, which is unsigned_short");
    if (options.bits == 32 && said != "long_integer" && (key == "TYPE" || !said.empty())) {
      say(key, said.empty() ? "nothing" : said, "integers of -bits 32, which is long_integer");
    }
  }
  if (const auto said = image.value_of("ADC_OFFSET"); said && *said != options.offset) {
    say("ADC_OFFSET", image.text_of("ADC_OFFSET"), "-adc " + format_g(options.offset));
  }
  return claims;
}

/// Takes size, pixel, distance and beam from the SMV file whose header is copied.
void read_header(const NoiseOptions& options, NoiseInput& input) {
  const std::string& file = options.files.header;
  const std::string bytes = io::read_file(file);
  const io::SmvImage image = io::parse_smv(bytes, file, io::SmvPart::header);
  const std::vector<std::string> claims = false_claims(options, image);
  if (options.policy == Policy::corrected && !claims.empty()) throw InvalidInput(claims.front());
  input.problems.insert(input.problems.end(), claims.begin(), claims.end());
  HeaderNumbers& header = input.header;
  input.header_bytes = bytes.substr(0, static_cast<std::size_t>(image.value_of("HEADER_BYTES").value_or(512)));
  header.pixels_fast = image.pixels_fast;
  header.pixels_slow = image.pixels_slow;
  if (const auto pixel_mm = image.value_of("PIXEL_SIZE")) header.pixel_size_m = *pixel_mm / 1000.0;
  require(header.pixel_size_m > 0, file + ": PIXEL_SIZE", header.pixel_size_m * 1000.0, "must be > 0 mm");
  if (const auto distance_mm = image.value_of("DISTANCE")) header.distance_m = *distance_mm / 1000.0;
  if (const auto beam_mm = image.value_of("BEAM_CENTER_X")) header.beam_x_m = *beam_mm / 1000.0;
  if (const auto beam_mm = image.value_of("BEAM_CENTER_Y")) {
    header.beam_y_m = header.pixel_size_m * image.pixels_slow - *beam_mm / 1000.0;
  }
}

/// Fills in a width and a height that were not given, as noisify does it.
void find_size(std::int64_t pixels, NoiseInput& input) {
  HeaderNumbers& header = input.header;
  std::int64_t fast = header.pixels_fast, slow = header.pixels_slow;
  if (fast == 0 && slow == 0) {
    fast = static_cast<std::int64_t>(std::sqrt(static_cast<double>(pixels)));
    while (pixels % fast != 0) --fast;
    slow = pixels / fast;
    input.problems.push_back("-detpixels_x: not given, " + size_text(fast, slow) + " pixels is a guess");
  }
  if (slow == 0) slow = pixels / fast;
  if (fast == 0) fast = pixels / slow;
  const auto from_size = [&](double size_m) {
    return static_cast<std::int64_t>(std::ceil(size_m / header.pixel_size_m - 0.5));
  };
  if (fast == 0) fast = from_size(header.size_fast_m);
  if (slow == 0) slow = from_size(header.size_slow_m);
  if (fast <= 0 || slow <= 0 || fast > most_pixels / slow) {
    throw InvalidInput("-detpixels_x, -detpixels_y: " + size_text(fast, slow) + " pixels are no image");
  }
  header.pixels_fast = static_cast<int>(fast);
  header.pixels_slow = static_cast<int>(slow);
  header.size_fast_m = header.pixel_size_m * static_cast<double>(fast);
  header.size_slow_m = header.pixel_size_m * static_cast<double>(slow);
  if (!header.beam_x_m) header.beam_x_m = header.size_fast_m / 2.0;
  if (!header.beam_y_m) header.beam_y_m = header.size_slow_m / 2.0;
}

/// Gives the image as many pixels as the detector has. noisify fills a short file with 0 and cuts a long one.
void fit_image(const NoiseOptions& options, NoiseInput& input) {
  const HeaderNumbers& header = input.header;
  const auto pixels = static_cast<std::size_t>(header.pixels_fast) * static_cast<std::size_t>(header.pixels_slow);
  if (input.image.size() == pixels) return;
  const std::string text = options.files.float_file + ": has " + std::to_string(input.image.size()) +
                           " pixels, but the detector has " + size_text(header.pixels_fast, header.pixels_slow);
  if (options.policy == Policy::corrected) throw InvalidInput(text);
  if (input.image.size() * sizeof(float) < pixels) throw FileError(text + "; noisify does not read so short a file");
  input.problems.push_back(text + (input.image.size() < pixels ? "; the rest is 0" : "; the rest is left out"));
  input.image.resize(pixels);
}

/// Complains of pixels that are not numbers of photons.
void check_pixels(const NoiseOptions& options, NoiseInput& input) {
  std::size_t negative = 0, infinite = 0;
  for (const float pixel : input.image) {
    negative += pixel < 0.0F;
    infinite += !std::isfinite(pixel);
  }
  const auto complain = [&](std::size_t count, const std::string& kind) {
    if (count == 0) return;
    const std::string text = options.files.float_file + ": " + kind + " pixels = " + std::to_string(count);
    if (options.policy == Policy::corrected) throw InvalidInput(text + ": must be 0");
    input.problems.push_back(text + "; noisify goes on with them");
  };
  if (infinite > 0 && options.policy == Policy::compat && options.psf != nbk::compat::SpreadShape::none &&
      options.psf_radius_px == 0) {
    throw FileError(options.files.float_file + ": infinite or NaN pixels = " + std::to_string(infinite) +
                    ", for which noisify finds no radius of -psf; give -psf_radius");
  }
  complain(infinite, "infinite or NaN");
  complain(negative, "negative");
}

/// Returns the header of noisify, byte for byte; corrected: with the offset for DIALS as well.
std::string own_header(const NoiseOptions& options, const HeaderNumbers& header) {
  io::SmvHeader text;
  text.add("DIM", "2");
  text.add("BYTE_ORDER", "little_endian");
  text.add("TYPE", options.bits == 16 ? "unsigned_short" : "long_integer");
  text.add("SIZE1", std::to_string(header.pixels_fast));
  text.add("SIZE2", std::to_string(header.pixels_slow));
  text.add("PIXEL_SIZE", header.pixel_size_m * 1000.0);
  text.add("DISTANCE", header.distance_m * 1000.0);
  text.add("WAVELENGTH", header.wavelength_A);
  text.add("BEAM_CENTER_X", *header.beam_x_m * 1000.0);
  text.add("BEAM_CENTER_Y", (header.size_slow_m - *header.beam_y_m) * 1000);
  text.add("PHI", header.phi_deg);
  text.add("OSC_START", header.phi_deg);
  text.add("OSC_RANGE", header.osc_deg);
  text.add("DETECTOR_SN", "000");
  text.add("BEAMLINE", "fake");
  if (options.policy == Policy::corrected) text.add("ADC_OFFSET", options.offset);
  return text.finish();
}

}  // namespace

NoiseInput read_noise_input(const NoiseOptions& options) {
  NoiseInput input;
  input.header = options.header;
  const std::string bytes = io::read_file(options.files.float_file);
  input.image.resize(bytes.size() / sizeof(float));
  if (input.image.empty()) throw FileError(options.files.float_file + ": has no pixel of 4 bytes");
  std::memcpy(input.image.data(), bytes.data(), input.image.size() * sizeof(float));
  if (bytes.size() % sizeof(float) != 0) {
    const std::string text = options.files.float_file + ": its last bytes are no pixel";
    if (options.policy == Policy::corrected) throw FileError(text);
    input.problems.push_back(text + " and left out");
  }
  if (!options.files.header.empty()) read_header(options, input);
  find_size(static_cast<std::int64_t>(input.image.size()), input);
  fit_image(options, input);
  check_pixels(options, input);
  if (input.header_bytes.empty()) input.header_bytes = own_header(options, input.header);
  return input;
}

}  // namespace nbk::bench::noise
