// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/files.hpp"
#include "support/places.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace nbk::testing {

/// An experiment list that dxtbx saved: kappa, stills; or properties, which has the form of later versions.
inline nlohmann::json dxtbx_document(const std::string& name) {
  const auto file = std::filesystem::path(places::tests) / "build/fuzz/corpus/dxtbx" / name;
  return nlohmann::json::parse(bench::system::read_text(file));
}

/// A small experiment list: one panel, a sweep of ten images, one crystal.
inline nlohmann::json dxtbx_sweep() {
  using Json = nlohmann::json;
  const Json panel = {{"name", "p"},
                      {"fast_axis", {1.0, 0.0, 0.0}},
                      {"slow_axis", {0.0, -1.0, 0.0}},
                      {"origin", {-10.25, 7.5, -60.125}},
                      {"image_size", {20, 15}},
                      {"pixel_size", {1.0, 1.0}},
                      {"trusted_range", {-1.0, 1000.0}},
                      {"thickness", 0.0},
                      {"material", ""},
                      {"mu", 0.0},
                      {"mask", Json::array()},
                      {"gain", 1.0},
                      {"pedestal", 0.0},
                      {"px_mm_strategy", {{"type", "SimplePxMmStrategy"}}}};
  return {{"__id__", "ExperimentList"},
          {"experiment",
           {{{"__id__", "Experiment"},
             {"beam", 0},
             {"detector", 0},
             {"goniometer", 0},
             {"scan", 0},
             {"crystal", 0},
             {"imageset", 0}}}},
          {"imageset", {{{"__id__", "ImageSequence"}, {"template", "sweep_###.img"}}}},
          {"beam",
           {{{"__id__", "monochromatic"},
             {"direction", {0.0, 0.0, 1.0}},
             {"wavelength", 1.5},
             {"polarization_normal", {0.0, 1.0, 0.0}},
             {"polarization_fraction", 0.75},
             {"flux", 0.0}}}},
          {"detector", {{{"panels", {panel}}}}},
          {"goniometer",
           {{{"rotation_axis", {1.0, 0.0, 0.0}},
             {"fixed_rotation", {1, 0, 0, 0, 1, 0, 0, 0, 1}},
             {"setting_rotation", {1, 0, 0, 0, 1, 0, 0, 0, 1}}}}},
          {"scan",
           {{{"image_range", {1, 10}}, {"batch_offset", 0}, {"oscillation", {0.0, 0.5}}, {"exposure_time", {0.1}}}}},
          {"crystal",
           {{{"__id__", "crystal"},
             {"real_space_a", {70.0, 1.0, 0.0}},
             {"real_space_b", {0.0, 80.0, 2.0}},
             {"real_space_c", {3.0, 0.0, 90.0}},
             {"space_group_hall_symbol", " P 1"}}}}};
}

}  // namespace nbk::testing
