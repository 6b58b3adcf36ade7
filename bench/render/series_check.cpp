// SPDX-License-Identifier: MIT
#include "bench/render/series_check.hpp"

#include "nbk/core/error.hpp"
#include "nbk/io/describe_nxmx.hpp"
#include "nbk/io/fingerprint.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/make_scene.hpp"
#include "nbk/scene/sampling.hpp"
#include "nbk/scene/sufficient_precision.hpp"
#include "nbk/scene/unlikely_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <set>
#include <utility>

namespace nbk::bench::render {

namespace {

/// Precisions in the order in which they replace each other, and whether they suffice for a scene.
struct Sufficiency {
  std::string_view name;
  bool (*suffices)(const Scene&);
};
constexpr std::array<Sufficiency, 4> sufficiencies{{{Fp32::name, [](const Scene& s) { return suffices<Fp32>(s); }},
                                                    {Df64::name, [](const Scene& s) { return suffices<Df64>(s); }},
                                                    {Mixed::name, [](const Scene& s) { return suffices<Mixed>(s); }},
                                                    {Fp64::name, [](const Scene&) { return true; }}}};

/// Maker of the scenes of a series, one after the other.
class SceneMaker {
 public:
  explicit SceneMaker(const Experiment& shared) : m_experiment(shared), m_has_table(scene::has_table(shared)) {
    scene::validate(shared);
    // What follows looks at none of them.
    for (StructureFactors* set : {&m_experiment.structure_factors}) set->amplitude.clear();
    for (StructureFactors& set : m_experiment.further_sets) set.amplitude.clear();
  }

  const Scene& make(const SeriesImage& image, const Crystal& crystal, std::uint64_t beam) {
    m_experiment.crystal = crystal;
    if (beam != m_beam) {
      m_experiment.beam = image.beam;
      m_experiment.frame = image.frame;
      m_experiment.goniometer = image.goniometer;
      scene::validate_all_but_structure_factors(m_experiment);
      m_scene = scene::make_crystal_free_scene(m_experiment);
      m_beam = beam;
    } else {
      scene::validate(crystal);
    }
    scene::place_crystal(m_scene, crystal, scene::crystal_setting(m_experiment, m_has_table));
    return m_scene;
  }

 private:
  Experiment m_experiment;
  bool m_has_table;
  Scene m_scene;
  std::uint64_t m_beam = 0;
};

/// Warner of unlikely numbers of images, each parameter once. Those of the shared experiment were said of the line.
class UnlikelyImages {
 public:
  explicit UnlikelyImages(const Experiment& shared) {
    for (const auto& number : scene::unlikely_numbers(shared)) m_said.insert(number.parameter);
    for (const auto& number : scene::unlikely_numbers(shared.crystal, shared.beam.wavelength_m))
      m_said.insert(number.parameter);
  }

  void look_at(const Scene& scene, const std::string& place, std::vector<std::string>& warnings) {
    for (const Warning& warning : scene.warnings) {
      if (scene::is_unlikely(warning.topic) && m_said.insert(warning.parameter).second)
        warnings.push_back(place + warning.text);
    }
  }

 private:
  std::set<std::string> m_said;
};

/// Returns the angle of two unit vectors.
double angle_rad(const Vec3d& a, const Vec3d& b) {
  return 2 * std::asin(std::min(1.0, 0.5 * strict::magnitude(a - b)));
}

/// Rotations of the images by slot, in degrees.
struct Rotations {
  std::vector<double> start_deg, width_deg;

  /// True for images that follow each other without a gap.
  bool are_sweep() const {
    const double width = width_deg.front(), tolerance = 1e-6 * width;
    for (std::size_t i = 0; i < start_deg.size(); ++i) {
      const double expected = start_deg.front() + width * static_cast<double>(i);
      if (std::abs(width_deg[i] - width) > tolerance || std::abs(start_deg[i] - expected) > tolerance) return false;
    }
    return width > 0;
  }
};

}  // namespace

CheckedSeries check_series(const flags::Command& command, const SeriesImages& images, std::uint64_t shared) {
  const std::size_t size = images.size();
  CheckedSeries checked;
  checked.fingerprints.resize(size);
  checked.wavelengths_A.resize(size);
  Rotations rotations{std::vector<double>(size), std::vector<double>(size)};
  SceneMaker maker(command.experiment);
  double beam_turns_rad = 0;
  UnlikelyImages unlikely(command.experiment);
  const auto* precision = std::ranges::find(sufficiencies, command.program.precision, &Sufficiency::name);
  for (std::size_t i = 0; i < size; ++i) {
    const SeriesImage image = images[i];
    try {
      const std::uint64_t beam = image.beam_fingerprint();
      for (const Crystal& crystal : image.crystals) {
        const Scene& scene = maker.make(image, crystal, beam);
        while (!precision->suffices(scene)) ++precision;
        if (i == 0 && &crystal == &image.crystals.front()) checked.scene = scene;
        unlikely.look_at(scene, image.place, checked.warnings);
        beam_turns_rad = std::max(beam_turns_rad, angle_rad(scene.frame.beam, checked.scene.frame.beam));
      }
      const scene::PhiSteps phi = scene::resolve_phi(image.crystals.front().phi);
      constexpr double degrees = 180.0 * std::numbers::inv_pi;  // in a radian
      rotations.start_deg[image.slot] = phi.start_rad * degrees;
      rotations.width_deg[image.slot] = phi.range_rad * degrees;
    } catch (const InvalidInput& error) {
      if (error.parameter().empty()) throw InvalidInput(image.place + error.what());
      throw InvalidInput(image.place + error.parameter(), error.value(), error.allowed());
    }
    checked.wavelengths_A[image.slot] = image.beam.wavelength_m * 1e10;
    checked.fingerprints[image.slot] = io::Fingerprint().add(shared).add(image.fingerprint()).value();
  }
  checked.precision = precision->name;
  std::vector<double>& wavelengths = checked.wavelengths_A;
  if (std::ranges::adjacent_find(wavelengths, std::not_equal_to{}) == wavelengths.end()) wavelengths.resize(1);
  if (rotations.are_sweep()) {
    checked.rotation = {io::nxmx_axis(checked.scene), rotations.start_deg, rotations.width_deg.front()};
  }
  for (const Warning& warning : checked.scene.warnings) {
    if (!scene::is_unlikely(warning.topic)) checked.warnings.push_back(warning.text);
  }
  if (beam_turns_rad > 0 && !command.series.nexus_file.empty()) {
    checked.warnings.push_back(
        fmt::format("--nexus: the beam turns by up to {:.2g} degrees from image to image; the file has the geometry of "
                    "the first image",
                    beam_turns_rad * 180 * std::numbers::inv_pi));
  }
  return checked;
}

}  // namespace nbk::bench::render
