// SPDX-License-Identifier: MIT
#include "bench/flags/explain.hpp"

#include "bench/flags/flags.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace nbk::bench::flags {

namespace {

/// A parameter of the library that is no single field.
struct Derived {
  std::string_view parameter;
  std::string_view fields;      ///< that it is made of
  std::string_view sentence{};  ///< in place of the library's, where that speaks of an inner number
  bool of_flags = false;        ///< the sentence has the unit of flags, so it is for those that were typed
};

constexpr std::string_view distances = "detector.distance_m detector.close_distance_m detector.origin_m";
constexpr std::string_view sizes =
    "detector.pixels_fast detector.pixels_slow detector.size_fast_m detector.size_slow_m detector.pixel_size_m";
constexpr std::string_view rays =
    "beam.horizontal_divergence beam.vertical_divergence beam.dispersion.range beam.dispersion.count beam.sources";

constexpr Derived derived[] = {
    {"crystal.cell angle, radian", "crystal.cell", "every angle must be > 0 and < 180 degrees", true},
    {"crystal.cell angles, (V / 2abc)^2", "crystal.cell",
     "no cell has these angles; each must be less than the sum of the other two, and all three less than 360 degrees"},
    {"crystal cell vectors", "crystal.cell crystal.a_matrix"},
    {"crystal.a_matrix determinant", "crystal.a_matrix"},
    {"cell edge * 2 / wavelength", "crystal.cell crystal.a_matrix beam.wavelength_m"},
    {"crystal.phi.steps * crystal.mosaicity.domains", "crystal.phi.steps crystal.mosaicity.domains"},
    {"beam divergence points", rays},
    {"beam rays", rays},
    {"beam.flux_per_s", "beam.flux_per_s beam.exposure_s beam.size_m"},
    {"detector distance to the first pixel",
     "detector.distance_m detector.close_distance_m detector.origin_m detector.beam_x_m detector.beam_y_m "
     "detector.close_x_m detector.close_y_m detector.org_x_px detector.org_y_px"},
    {"detector distance", distances},
    {"detector close distance", distances},
    {"distance from the sample to a pixel", distances},
    {"angle between a curved detector's rays", "detector.curved detector.rotation_rad detector.two_theta_rad"},
    {"detector pixels", sizes},
    {"detector.pixels_fast or", sizes},
    {"detector.size_fast_m", sizes},
    {"detector.size_slow_m", sizes},
    {"evaluations per pixel", "detector.oversample crystal.phi.steps crystal.mosaicity.domains"},
    {"image pixels that are not finite",
     "beam.fluence_per_m2 beam.flux_per_s structure_factors.default_amplitude materials"},
    {"device", "program.device"},
    {"dtype", "program.precision"},
};

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

/// Returns true when one is the other or a part of it: "crystal.cell" and "crystal.cell.a_A", "crystal.cell edge".
bool meets(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return b.starts_with(a) &&
         (b.size() == a.size() || std::string_view(".[ ").find(b[a.size()]) != std::string_view::npos);
}

/// Returns true when a flag sets one of the fields. A file that sets a whole group (-img) is not blamed for each of its
/// fields.
bool sets(std::string_view fields_of_flag, const std::vector<std::string_view>& fields) {
  const auto own = words_of(fields_of_flag);
  return std::ranges::any_of(own, [&](std::string_view a) {
    if (a == "detector" || a == "beam") return false;
    return std::ranges::any_of(fields, [&](std::string_view b) { return meets(a, b); });
  });
}

/// Returns the flags that set one of the fields, the last use of each.
std::vector<const TypedFlag*> typed_for(const std::vector<std::string_view>& fields, std::span<const TypedFlag> typed) {
  std::vector<const TypedFlag*> found;
  for (const TypedFlag& flag : typed) {
    if (!sets(flag.fields, fields)) continue;
    std::erase_if(found,
                  [&](const TypedFlag* other) { return other->name == flag.name || other->words == flag.words; });
    found.push_back(&flag);
  }
  return found;
}

std::string listed(const std::vector<const TypedFlag*>& flags) {
  std::string text;
  for (const TypedFlag* flag : flags) {
    text += (text.empty() ? "" : ", ") + flag->words;
    if (!flag->unit.empty()) text += " (" + std::string(flag->unit) + ")";
  }
  return text;
}

std::string names_for(const std::vector<std::string_view>& fields) {
  std::string text;
  for (const Flag& flag : flag_table()) {
    if (flag.unit != "file" && sets(flag.sets, fields))
      text += (text.empty() ? "" : ", ") + std::string(flag.names.front());
  }
  return text;
}

}  // namespace

std::string typed_for(std::string_view parameter, std::span<const TypedFlag> typed) {
  return listed(typed_for(std::vector<std::string_view>{parameter}, typed));
}

std::string explain(const InvalidInput& error, std::span<const TypedFlag> typed) {
  const std::string& parameter = error.parameter();
  if (parameter.empty() || parameter.starts_with('-')) return error.what();
  std::vector<std::string_view> fields{parameter};
  std::string_view sentence;
  bool of_flags = false;
  for (const Derived& row : derived) {
    if (!std::string_view(parameter).starts_with(row.parameter)) continue;
    fields = words_of(row.fields);
    sentence = row.sentence;
    of_flags = row.of_flags;
    break;
  }
  const std::vector<const TypedFlag*> flags = typed_for(fields, typed);
  const bool is_item = parameter.find('[') != std::string::npos;  // of a list, whose index no flag has
  if (flags.size() == 1 && fields.size() == 1 && sentence.empty() && !is_item) {
    return listed(flags) + ": " + error.allowed();
  }
  if (!flags.empty()) return listed(flags) + ": " + (sentence.empty() ? error.what() : std::string(sentence));

  const std::string names = names_for(fields);
  std::string text = sentence.empty() || of_flags ? error.what() : std::string(sentence);
  if (!names.empty()) text += " (flags: " + names + ")";
  if (is_item) return text;
  // The field follows from others of its kind, which have been typed.
  const std::string kind = parameter.substr(0, parameter.find_first_of(". ") + 1);
  std::vector<const TypedFlag*> near_by;
  for (const TypedFlag& flag : typed) {
    if (flag.fields.starts_with(std::string_view(kind).substr(0, kind.size() - 1))) near_by.push_back(&flag);
  }
  return near_by.empty() ? text : text + "; given here: " + listed(near_by);
}

}  // namespace nbk::bench::flags
