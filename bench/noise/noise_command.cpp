// SPDX-License-Identifier: MIT
#include "bench/noise/noise_command.hpp"

#include "bench/flags/drop_in_numbers.hpp"
#include "bench/flags/drop_in_refusal.hpp"
#include "bench/flags/line_report.hpp"
#include "bench/noise/noise_flag_reader.hpp"
#include "bench/noise/noise_images.hpp"
#include "bench/system/command.hpp"

#include <array>

namespace nbk::bench::noise {

namespace {

using flags::Message;
using flags::Severity;

/// Throws for numbers that mean nothing under any policy.
void require_sensible(const NoiseOptions& options) {
  require(options.header.pixels_fast >= 0, "-detpixels_x", options.header.pixels_fast, "must be > 0");
  require(options.header.pixels_slow >= 0, "-detpixels_y", options.header.pixels_slow, "must be > 0");
  using flags::require_number;
  require_number(options.header.pixel_size_m > 0, "-pixel", options.header.pixel_size_m * 1e3, "must be > 0 mm");
  if (options.policy == Policy::compat) return;
  require(options.unknown_psf.empty(), "-psf", options.unknown_psf, "must be gauss or fiber");
  require_number(options.psf_fwhm_m >= 0, "-psf_fwhm", static_cast<double>(options.psf_fwhm_m) * 1e6,
                 "must be >= 0 um");
  require_number(options.gain > 0, "-gain", options.gain, "must be > 0 ADU per photon");
  require_number(options.scale > 0, "-scale", options.scale, "must be > 0");
  require_number(options.fluence_per_m2 > 0, "-fluence", options.fluence_per_m2, "must be > 0");
  require_number(options.flicker >= 0, "-flicker", options.flicker, "must be >= 0");
  require_number(options.calibration >= 0, "-calibration", options.calibration, "must be >= 0");
  require_number(options.readout_noise >= 0, "-readout_noise", options.readout_noise, "must be >= 0 ADU");
  require(options.files.kernel.empty() || options.psf == nbk::compat::SpreadShape::none, "--psf-kernel",
          options.files.kernel, "cannot be given with -psf");
  require(options.own.image_number >= 0, "--image-number", options.own.image_number, "must be >= 0");
  const double largest = largest_adu(options);
  if (options.own.saturation_adu) {
    require_number(options.offset < largest, "--saturation", largest, "must be above -adc, or all pixels have it");
  } else {
    require_number(options.offset < largest, "-adc", options.offset,
                   "must be below the largest integer, or all pixels have that");
  }
}

/// Looks for values that the integers of the images do not hold.
std::vector<Message> check_values(const NoiseOptions& options, const NoiseFlagReader& reader) {
  std::vector<Message> messages;
  const auto problem = [&](bool found, std::string_view flag, const std::string& text) {
    if (found && reader.given(flag)) messages.push_back({Severity::problem, reader.typed(flag) + ": " + text});
  };
  constexpr double most_short = 65535;
  const bool is_short = options.bits == 16;
  const double least = is_short ? 0 : -2147483648.0, most = is_short ? most_short : 2147483647.0;
  if (options.policy == Policy::compat) {
    problem(options.offset > most_short, "-adc",
            "all pixels of " + options.files.int_file + " are 65535, their largest value");
    problem(options.offset < 0, "-adc",
            "pixels below 0 wrap round to large values, as in noisify; --policy corrected clips them");
    problem(options.scale <= 0, "-scale", "no pixel has a photon");
    problem(options.fluence_per_m2 <= 0, "-fluence", "no pixel has a photon");
    problem(options.gain <= 0, "-gain", "no pixel is brighter than the offset");
    return messages;
  }
  const std::string beyond = "is beyond the " + std::to_string(options.bits) + " bits of the images; ";
  const std::string elsewhere = beyond + "--overflow says what becomes of it";
  const double saturation = largest_adu(options), mark = options.own.overload_mark.value_or(saturation);
  const double bad_mark = options.own.bad_mark;
  problem(options.offset < least, "-adc", "pixels of fewer counts than that are 0, their least value");
  problem(saturation > most, "--saturation", beyond + "their largest value counts");
  problem(bad_mark < least || bad_mark > most, "--bad-mark", elsewhere);
  problem(mark < least || mark > most, "--overload-mark", elsewhere);
  problem(mark >= 0 && mark < saturation, "--overload-mark",
          "is a value that pixels below the saturation have, too; nothing tells them apart");
  return messages;
}

/// Notes on noise that is another than its flags say.
void note_traps_of_noise(const NoiseOptions& options, const NoiseFlagReader& reader, std::vector<Message>& messages) {
  const auto note = [&](Severity severity, const std::string& text) { messages.push_back({severity, text}); };
  if (!options.add_noise) {
    for (const std::string_view flag :
         {"-flicker", "-calibration", "-readout_noise", "-seed", "-calib_seed", "-noisefile"}) {
      if (reader.given(flag)) note(Severity::no_effect, std::string(flag) + ": has no effect, because of -nonoise");
    }
    return;
  }
  if (!reader.given("-calibration")) {
    note(Severity::note,
         "-calibration: not given, so that pixels get a calibration error of 3 %; -calibration 0 has none");
  }
  if (options.calibration > 0 && options.flicker > 0) {
    note(reader.given("-calib_seed") ? Severity::problem : Severity::note,
         "-calib_seed: has no effect next to -flicker, because both draw from one pair of deviates");
  } else if (options.calibration > 0) {
    note(Severity::note,
         "-calibration: noisify draws its map from the stream of -seed after the first pixel, so it is another one for "
         "every seed; --policy corrected keeps one map for every -calib_seed");
  }
}

std::vector<Message> check_compat(const NoiseOptions& options, const NoiseFlagReader& reader) {
  std::vector<Message> messages;
  const auto note = [&](Severity severity, const std::string& text) { messages.push_back({severity, text}); };
  note_traps_of_noise(options, reader, messages);
  constexpr std::array<std::string_view, 10> needs_corrected{
      "--flicker-image", "--gain-spread", "--psf-kernel", "--mask",          "--bad-mark",
      "--saturation",    "--rounding",    "--overflow",   "--overload-mark", "--image-number"};
  for (const std::string_view flag : needs_corrected) {
    if (reader.given(flag)) throw InvalidInput(std::string(flag) + ": needs --policy corrected");
  }
  if (reader.given("-fluence")) {
    note(Severity::problem, "-fluence: multiplies the image, also when it is in photons already");
  }
  if (options.bits == 32) {
    note(Severity::note,
         "-bits 32: noisify ends " + options.files.int_file + " at 65535 all the same; --policy corrected does not");
  }
  if (options.psf != nbk::compat::SpreadShape::none) {
    note(Severity::note,
         "-psf: noisify lets photons beyond the right edge enter at the left one; --policy corrected "
         "drops them");
  }
  if (options.psf == nbk::compat::SpreadShape::fibre && options.psf_radius_px == 0) {
    note(Severity::note,
         "-psf fiber: noisify spreads every pixel to a radius that grows with its photons, which takes minutes for a "
         "large image; -psf_radius PIXELS bounds it, --policy corrected is fast");
  }
  return messages;
}

/// Flags that the copied header overrides, or that only a header of one's own would have.
std::vector<Message> check_header(const NoiseOptions& options, const NoiseFlagReader& reader) {
  std::vector<Message> messages;
  if (options.files.header.empty()) return messages;
  for (const std::string_view flag : {"-lambda", "-Xbeam", "-Ybeam", "-distance", "-detsize", "-detsize_x",
                                      "-detsize_y", "-detpixels", "-detpixels_x", "-detpixels_y", "-phi", "-osc"}) {
    if (reader.given(flag)) {
      messages.push_back({Severity::no_effect, std::string(flag) + ": has no effect, because -header is copied"});
    }
  }
  return messages;
}

std::vector<io::UsedFile> used_files(const NoiseOptions& options, const NoiseFlagReader& reader) {
  std::vector<io::UsedFile> files;
  const auto add_file = [&](std::string_view flag, const std::string& name, io::FileUse use) {
    flags::add_used_file(files, reader, flag, name, use);
  };
  using enum io::FileUse;
  add_file("-floatfile", options.files.float_file, input);
  add_file("-header", options.files.header, input);
  add_file("--mask", options.files.mask, input);
  add_file("--psf-kernel", options.files.kernel, input);
  add_file("-intfile", options.files.int_file, output);
  if (options.files.write_pgm) add_file("-pgmfile", options.files.pgm_file, output);
  if (options.add_noise) add_file("-noisefile", options.files.noise_file, output);
  return files;
}

}  // namespace

NoiseCommand parse_noise(std::span<const std::string> args) {
  NoiseCommand command;
  NoiseOptions& options = command.options;
  options.seed = system::clock_seed();
  NoiseFlagReader reader(args);
  options.policy = reader.policy();
  reader.read(options);
  if (options.help || options.help_markdown || options.version) return command;

  if (options.files.float_file.empty()) {
    throw InvalidInput("-floatfile: no image to start from; give -floatfile FILE (--help lists all flags)");
  }
  constexpr flags::ParameterFlags parameter_flags[] = {{"-detpixels", "-detpixels -detpixels_x -detpixels_y"}};
  flags::in_typed_words(reader.typed(), parameter_flags, [&] { require_sensible(options); });
  std::vector<Message> messages = reader.messages();
  const auto append = [&](const std::vector<Message>& more) {
    messages.insert(messages.end(), more.begin(), more.end());
  };
  if (options.policy == Policy::compat) append(check_compat(options, reader));
  append(check_values(options, reader));
  append(flags::check_units(
      reader, {{"-lambda", "A", options.header.wavelength_A / constants::metres_to_A, scene::likely_wavelength},
               {"-pixel", "mm", options.header.pixel_size_m, scene::likely_pixel},
               {"-distance", "mm", options.header.distance_m, scene::likely_distance}}));
  append(check_header(options, reader));
  command.files = used_files(options, reader);
  io::require_distinct(command.files);
  flags::add_messages(messages, options.strict, command);
  return command;
}

}  // namespace nbk::bench::noise
