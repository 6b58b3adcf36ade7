// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nbk {

/// Something that can be computed but is probably not meant, or a choice that was made for the user.
struct Warning {
  /// The reason. A program decides by it, never by the text.
  enum class Topic {
    unread_by_convention,   ///< the convention of the frame does not read the parameter
    ignored_by_policy,      ///< the policy does not honour the parameter
    replaced_normal,        ///< fast x slow stands in for a normal that is no unit vector
    bent_frame,             ///< `compat` bends this frame's panel without a meaning
    overlapping_panel,      ///< a curved panel meets itself
    panel_behind_sample,    ///< the plane of the panel is not in front of the sample
    attenuation_length,     ///< the thickness stands in for a missing attenuation length
    nothing_absorbed,       ///< the sensor captures no photons
    polarization_range,     ///< a Kahn factor outside -1 to 1 makes pixels negative
    beyond_form_factor,     ///< the panel reaches angles that a material's form factor does not have
    mosaic_domains,         ///< another number of domains than that asked for
    clipped_crystal,        ///< the crystal is wider than the beam
    coarse_oversampling,    ///< sub-pixels are wider than the spots
    miscounted_water,       ///< `compat` counts water more or less often than once
    unlikely_number,        ///< a number that no X-ray experiment has, as a wrong unit makes it
    unlikely_crystal,       ///< the same of the crystal
    insufficient_precision  ///< the precision of the plan does not resolve the spots, see sufficient_precision()
  };

  Topic topic{};          ///< the reason
  std::string parameter;  ///< path of the parameter that causes it, for example "detector.origin_m"
  std::string text;       ///< a sentence for a person

  /// Compares all three.
  bool operator==(const Warning&) const = default;
};

/// True for warnings that another crystal in the same experiment may not cause.
constexpr bool depends_on_crystal(Warning::Topic topic) {
  switch (topic) {
    case Warning::Topic::unread_by_convention:
    case Warning::Topic::ignored_by_policy:
    case Warning::Topic::replaced_normal:
    case Warning::Topic::bent_frame:
    case Warning::Topic::overlapping_panel:
    case Warning::Topic::panel_behind_sample:
    case Warning::Topic::attenuation_length:
    case Warning::Topic::nothing_absorbed:
    case Warning::Topic::polarization_range:
    case Warning::Topic::beyond_form_factor:
    case Warning::Topic::unlikely_number: return false;
    case Warning::Topic::mosaic_domains:
    case Warning::Topic::clipped_crystal:
    case Warning::Topic::coarse_oversampling:
    case Warning::Topic::miscounted_water:
    case Warning::Topic::unlikely_crystal:
    case Warning::Topic::insufficient_precision: break;
  }
  return true;
}

/// Adds a warning to a list.
[[gnu::cold, gnu::noinline]] inline void add_warning(std::vector<Warning>& warnings, Warning::Topic topic,
                                                     std::string_view parameter, std::string_view text) {
  warnings.push_back({topic, std::string(parameter), std::string(text)});
}

}  // namespace nbk
