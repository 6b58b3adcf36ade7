// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/warning.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/model/frame.hpp"
#include "nbk/scene/scene.hpp"

#include <string>
#include <vector>

namespace nbk::scene {

/// Warns about the parameters of the detector that the convention does not read.
inline void warn_of_ignored(const Detector& detector, Convention convention, std::vector<Warning>& warnings) {
  const auto ignored = [&](std::string_view parameters, const char* why) {
    add_warning(warnings, Warning::Topic::unread_by_convention, parameters, concatenated({parameters, ": ", why}));
  };
  const bool reads_origin = convention == Convention::xds || convention == Convention::dials;
  if (reads_origin && (detector.beam_x_m || detector.beam_y_m))
    ignored("detector.beam_x_m, beam_y_m", "ignored by xds and dials; org_x_px, org_y_px count");
  if (convention == Convention::custom) return;
  if (detector.close_x_m || detector.close_y_m)
    ignored("detector.close_x_m, close_y_m", "ignored by all but the custom convention");
  if (!reads_origin && (detector.org_x_px || detector.org_y_px))
    ignored("detector.org_x_px, org_y_px", "ignored by this convention; beam_x_m, beam_y_m count");
}

}  // namespace nbk::scene
