// SPDX-License-Identifier: MIT
#include "bench/flags/image_models.hpp"

#include "nbk/core/error.hpp"
#include "nbk/io/dxtbx_image.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

namespace nbk::bench::flags {

namespace {

bool same_numbers(const Vec3d& a, const Vec3d& b) { return a.x == b.x && a.y == b.y && a.z == b.z; }

bool same_sensor(const Sensor& a, const Sensor& b) {
  return a.thickness_m == b.thickness_m && a.attenuation_length_m == b.attenuation_length_m && a.layers == b.layers &&
         a.material == b.material;
}

bool same_panel(const Panel& a, const Panel& b) {
  const bool sensors = a.sensor.has_value() == b.sensor.has_value() && (!a.sensor || same_sensor(*a.sensor, *b.sensor));
  return same_numbers(a.origin_m, b.origin_m) && same_numbers(a.fast, b.fast) && same_numbers(a.slow, b.slow) &&
         a.pixel_size_m == b.pixel_size_m && a.pixels_fast == b.pixels_fast && a.pixels_slow == b.pixels_slow &&
         a.mask == b.mask && a.readout.gain == b.readout.gain && a.readout.pedestal == b.readout.pedestal &&
         a.trusted.least == b.trusted.least && a.trusted.most == b.trusted.most && sensors;
}

bool same_detector(const Detector& a, const Detector& b) {
  return same_sensor(a.sensor, b.sensor) && std::ranges::equal(a.panels, b.panels, same_panel);
}

/// Returns the scan of an experiment; nothing for a still.
const Scan* scan_of(const io::DxtbxDocument& document, std::size_t experiment) {
  const io::DxtbxExperiment& of = document.experiments[experiment];
  return of.scan ? &document.scans[*of.scan].scan : nullptr;
}

bool turns(const io::DxtbxDocument& document, const io::DxtbxSeries& series) {
  const io::DxtbxExperiment& first = document.experiments[series.experiments.front()];
  const Scan* scan = scan_of(document, series.experiments.front());
  return first.goniometer && scan != nullptr && scan->oscillation_rad != 0;
}

}  // namespace

ImageModels models_of(io::ExperimentDocument of_image) {
  Experiment& experiment = of_image.experiment;
  ImageModels models{{}, experiment.beam, experiment.frame, experiment.goniometer, {}};
  if (!experiment.crystal.real_space_A) return models;
  models.crystals.push_back(std::move(experiment.crystal));
  std::ranges::move(of_image.further_crystals, std::back_inserter(models.crystals));
  return models;
}

bool changes_in_scan(const io::DxtbxDocument& document, const io::DxtbxSeries& series) {
  const Scan* first = scan_of(document, series.experiments.front());
  return std::ranges::any_of(series.experiments, [&](std::size_t place) {
    const io::DxtbxExperiment& of = document.experiments[place];
    const Scan* scan = scan_of(document, place);
    const bool other_range = scan != nullptr && first != nullptr &&
                             (scan->first_image != first->first_image || scan->images != first->images);
    return other_range || !document.beams[of.beam].s0_at_scan_points.empty() ||
           (of.goniometer && !document.goniometers[*of.goniometer].setting_at_scan_points.empty()) ||
           (of.crystal && !document.crystals[*of.crystal].a_at_scan_points.empty());
  });
}

std::vector<ImageModels> models_of_scan(const io::DxtbxDocument& document, const io::DxtbxSeries& series) {
  std::vector<ImageModels> models;
  for (int i = 0; i < series.images; ++i) {
    const int image = series.first_image + i;
    models.push_back(models_of(io::models_of_image(document, series, image)));
    models.back().place = document.file + ": image " + std::to_string(image) + ": ";
  }
  return models;
}

bool has_only_stills(const io::DxtbxDocument& document) {
  return std::ranges::none_of(document.series, [&](const auto& series) { return turns(document, series); });
}

std::vector<ImageModels> models_of_stills(const io::DxtbxDocument& document) {
  std::vector<ImageModels> models;
  const auto detector_of = [&](const io::DxtbxSeries& series) -> const Detector& {
    return document.detectors[document.experiments[series.experiments.front()].detector];
  };
  const Detector& first = detector_of(document.series.front());
  for (std::size_t number = 0; number < document.series.size(); ++number) {
    const io::DxtbxSeries& series = document.series[number];
    const std::string still = document.file + ": still " + std::to_string(number);
    const Detector& detector = detector_of(series);
    if (&detector != &first && !same_detector(detector, first)) {
      throw FileError(still + ": has another detector than still 0, and a file of images has one; give --series " +
                      std::to_string(number) + " to compute it alone");
    }
    for (int i = 0; i < series.images; ++i) {
      models.push_back(models_of(io::models_of_image(document, series, series.first_image + i)));
      models.back().place = still + ": ";
      if (models.back().crystals.empty() == models.front().crystals.empty()) continue;
      const bool here = models.front().crystals.empty();
      throw FileError(still +
                      (here ? ": has a crystal, and still 0 has none" : ": has no crystal, and still 0 has one") +
                      "; give --series NUMBER to compute one still, or a list in which all have crystals");
    }
  }
  return models;
}

void share_changes(const Crystal& was, const Crystal& is, Crystal& other) {
  const auto share = [&](auto member) {
    if (member(is) != member(was)) member(other) = member(is);
  };
  share([](auto& crystal) -> auto& { return crystal.cells; });
  share([](auto& crystal) -> auto& { return crystal.size_m; });
  share([](auto& crystal) -> auto& { return crystal.shape; });
  share([](auto& crystal) -> auto& { return crystal.fudge; });
  share([](auto& crystal) -> auto& { return crystal.mosaicity.spread_rad; });
  share([](auto& crystal) -> auto& { return crystal.mosaicity.domains; });
  share([](auto& crystal) -> auto& { return crystal.mosaicity.seed; });
  share([](auto& crystal) -> auto& { return crystal.phi.start_rad; });
  share([](auto& crystal) -> auto& { return crystal.phi.range_rad; });
  share([](auto& crystal) -> auto& { return crystal.phi.step_rad; });
  share([](auto& crystal) -> auto& { return crystal.phi.steps; });
}

void apply_flags(const ImageModels& was, const Experiment& is, const std::vector<Crystal>& further,
                 std::vector<ImageModels>& images) {
  for (ImageModels& image : images) {
    Beam beam = is.beam;
    const auto follow_beam = [&](auto member) {
      if (is.beam.*member == was.beam.*member) beam.*member = image.beam.*member;
    };
    follow_beam(&Beam::wavelength_m);
    follow_beam(&Beam::kahn_factor);
    follow_beam(&Beam::flux_per_s);
    follow_beam(&Beam::exposure_s);
    image.beam = std::move(beam);
    Frame frame = is.frame;
    const auto follow_frame = [&](Vec3d Frame::*axis) {
      if (same_numbers(is.frame.*axis, was.frame.*axis)) frame.*axis = image.frame.*axis;
    };
    follow_frame(&Frame::beam);
    follow_frame(&Frame::polarization);
    image.frame = frame;
    if (image.crystals.empty() || was.crystals.empty()) {
      image.crystals = {is.crystal};
      image.crystals.insert(image.crystals.end(), further.begin(), further.end());
      continue;
    }
    const Crystal& first_was = was.crystals.front();
    Crystal first = is.crystal;
    const auto follow = [&](auto member) {
      if (member(is.crystal) == member(first_was)) member(first) = member(image.crystals.front());
    };
    follow([](auto& crystal) -> auto& { return crystal.real_space_A; });
    follow([](auto& crystal) -> auto& { return crystal.cells; });
    follow([](auto& crystal) -> auto& { return crystal.mosaicity.spread_rad; });
    image.crystals.front() = std::move(first);
    for (std::size_t i = 1; i < image.crystals.size(); ++i) share_changes(first_was, is.crystal, image.crystals[i]);
  }
}

}  // namespace nbk::bench::flags
