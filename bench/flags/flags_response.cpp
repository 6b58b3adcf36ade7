// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"
#include "nbk/io/number_text.hpp"

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::flags {

namespace {

constexpr std::string_view material_form =
    "must be water:MM, air:MM or FILE:MM:DENSITY:MOLAR_MASS with the thickness in mm, g/cm^3 and g/mol, all > 0";

/// Takes a number from the end of a word, with the colon before it.
double take_number(std::string& rest, const std::string& word) {
  const std::size_t colon = rest.rfind(':');
  const auto number =
      colon == std::string::npos ? std::nullopt : io::to_number<double>(std::string_view(rest).substr(colon + 1));
  require(number && std::isfinite(*number) && *number > 0 && colon > 0, "--material", word, material_form);
  rest.resize(colon);
  return *number;
}

void add_material(Draft& draft, Values& values) {
  const std::string& word = values.file(0);
  std::string name = word;
  const double last = take_number(name, word);
  if (name == "water" || name == "air") return draft.files.materials.push_back({name, last, {}, {}});
  const double density_g_per_cm3 = take_number(name, word);
  const double thickness_mm = take_number(name, word);
  draft.files.materials.push_back({name, thickness_mm, density_g_per_cm3, last});
}

void set_response(Draft& draft, Values& values) { draft.files.response = values.file(0); }

void set_detector_file(Draft& draft, Values& values) { draft.output.detector_file = values.file(0); }

void set_bits(Draft& draft, Values& values) {
  const int bits = values.integer(0);
  require(bits == 16 || bits == 32, "--image-bits", values.text(0), "must be 16 or 32");
  draft.output.detector_bits = bits;
}

void set_rounding(Draft& draft, Values& values) {
  const std::string& word = values.text(0);
  require(word == "nearest" || word == "truncation", "--rounding", word, "must be one of nearest, truncation");
  draft.output.integers.rounding = word == "nearest" ? Rounding::nearest : Rounding::truncation;
}

void set_overflow(Draft& draft, Values& values) {
  const std::string& word = values.text(0);
  require(word == "clip" || word == "wrap", "--overflow", word, "must be one of clip, wrap");
  draft.output.integers.overflow = word == "clip" ? Overflow::clip : Overflow::wrap;
}

}  // namespace

std::vector<Flag> response_flags() {
  // One row, one paragraph.
  // clang-format off
  std::vector<Flag> flags{
      {.names = {"--material"}, .values = 1, .unit = "water:mm|air:mm|file:mm:g/cm^3:g/mol", .fallback = "none",
       .help = "add a material in the beam: its thickness along the beam, and for a file of sin(theta)/lambda (1/A) "
               "and F (electrons) the density and the molar mass; may be repeated",
       .sets = "materials", .apply = add_material},
      {.names = {"--response"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "what the detector makes of the photons, in JSON: point spread, gain, noise; writes --detector-image. "
               "-seed replaces its seed",
       .sets = "response", .apply = set_response},
      {.names = {"--detector-image"}, .values = 1, .unit = "file", .fallback = "detectorimage.img",
       .help = "image that the response makes, in detector units, SMV", .sets = "output.detector_file",
       .apply = set_detector_file},
      {.names = {"--image-bits"}, .values = 1, .unit = "16|32", .fallback = "16",
       .help = "integers of --detector-image: 16 bits without a sign or 32 bits with one",
       .sets = "output.detector_bits", .apply = set_bits},
      {.names = {"--rounding"}, .values = 1, .unit = "nearest|truncation", .fallback = "nearest",
       .help = "integers of --detector-image from detector units", .sets = "output.integers.rounding",
       .apply = set_rounding},
      {.names = {"--overflow"}, .values = 1, .unit = "clip|wrap", .fallback = "clip",
       .help = "detector units outside the range of the integers of --detector-image",
       .sets = "output.integers.overflow", .apply = set_overflow},
  };
  // clang-format on
  for (Flag& flag : flags) {
    flag.group = Group::program;
    flag.patterns = {exact(flag.names.front())};
    flag.ends_word = true;
  }
  return flags;
}

}  // namespace nbk::bench::flags
