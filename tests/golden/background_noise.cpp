// SPDX-License-Identifier: MIT
// The noise of noisify and simtbx, byte by byte. tests/golden/background/noise/README.md says how it was made.
#include "bench/system/files.hpp"
#include "nbk/response/compat/simtbx_noise.hpp"
#include "support/drop_in_processes.hpp"
#include "support/places.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using nbk::bench::system::read_text;

const fs::path folder = fs::path(nbk::testing::places::tests) / "golden/background/noise";
constexpr int width = 96;

/// The cases of one program, with the folder of inputs in place of its name.
std::vector<nlohmann::json> cases_of(const std::string& tool) {
  std::vector<nlohmann::json> cases;
  for (nlohmann::json c : nlohmann::json::parse(read_text(folder / "cases.json"))) {
    if (c["tool"] != tool) continue;
    for (nlohmann::json& word : c["args"]) {
      const std::string text = word;
      if (text.starts_with("{inp}")) word = (folder / "inputs").string() + text.substr(5);
    }
    cases.push_back(c);
  }
  return cases;
}

template <class Number>
std::vector<Number> numbers_of(const fs::path& file) {
  const std::string bytes = read_text(file);
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(Number));
  return numbers;
}

nbk::compat::SimtbxSettings settings_of(const std::map<std::string, std::string>& given) {
  constexpr double pixel_mm = 0.1;
  const auto number = [&](const std::string& key, double fallback) {
    return given.contains(key) ? std::stod(given.at(key)) : fallback;
  };
  nbk::compat::SimtbxSettings settings;
  settings.flicker = number("flicker_pct", 0) / 100;
  settings.calibration = number("calib_pct", 3) / 100;
  settings.seed = static_cast<std::int64_t>(number("seed", 1));
  settings.calibration_seed = static_cast<std::int64_t>(number("calib_seed", 123456789));
  settings.readout_noise_adu = number("readout", 3);
  settings.gain_adu_per_photon = number("gain", 1);
  settings.offset_adu = number("adc", 40);
  if (given.at("psf") != "none") {
    using nbk::compat::SpreadShape;
    settings.point_spread = {.shape = given.at("psf") == "gauss" ? SpreadShape::gauss : SpreadShape::fibre,
                             .fwhm_px = number("fwhm_mm", 0.08) / pixel_mm,
                             .radius_px = static_cast<int>(number("radius", 0))};
  }
  return settings;
}

}  // namespace

TEST_CASE("nbk-noise: files and printed figures are those of noisify in all cases") {
  const auto cases = cases_of("noisify");
  REQUIRE(cases.size() == 10);
  for (const nlohmann::json& c : cases) {
    CAPTURE(c["name"]);
    nbk::testing::NoiseProcess noise;
    REQUIRE(noise.run(c["args"].get<std::vector<std::string>>()) == 0);
    for (const auto& output : c["outputs"].items()) {
      CAPTURE(output.key());
      CHECK(noise.bytes(output.value().get<std::string>()) == read_text(folder / output.key()));
    }
    CHECK(noise.printed().find(c["photons_line"].get<std::string>()) != std::string::npos);
    if (c.contains("psf_line")) {
      CHECK(noise.printed().find("adding back " + c["psf_line"].get<std::string>() + " lost") != std::string::npos);
    }
  }
}

TEST_CASE("simtbx noise: the image is that of simtbx in all cases") {
  const auto cases = cases_of("simtbx");
  REQUIRE(cases.size() == 3);
  for (const nlohmann::json& c : cases) {
    CAPTURE(c["name"]);
    const auto words = c["args"].get<std::vector<std::string>>();
    std::map<std::string, std::string> given;
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) given[words[i]] = words[i + 1];
    const std::vector<float> photons = numbers_of<float>(given.at("in"));
    std::vector<double> image(photons.begin(), photons.end());
    nbk::compat::add_noise_as_simtbx(image, width, settings_of(given));
    CHECK(image == numbers_of<double>(folder / c["outputs"].begin().key()));
  }
}
