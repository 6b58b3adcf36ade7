// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/dxtbx_detector.hpp"
#include "nbk/io/dxtbx_document.hpp"
#include "nbk/io/dxtbx_models.hpp"
#include "nbk/io/json_place.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Experiment lists of dxtbx from JSON, as DIALS saves them. A template over the JSON type, as experiment_json.hpp.

namespace nbk::io {

/// Value of the key "__id__".
inline constexpr std::string_view dxtbx_id = "ExperimentList";

namespace detail {

/// Reader of an experiment list.
template <class Json>
class DxtbxReader {
 public:
  DxtbxReader(const Json& json, const std::string& file, std::int64_t most_pixels)
      : m_root(json, file), m_most_pixels(most_pixels) {
    m_document.file = file;
  }

  DxtbxDocument read() {
    const auto id = m_root.find("__id__");
    if (!id || !id->is_text() || id->text() != dxtbx_id) {
      throw FileError(m_document.file + ": /__id__: must be \"" + std::string(dxtbx_id) +
                      "\"; DIALS writes such files, imported.expt or refined.expt for example");
    }
    std::vector<std::string>& warnings = m_document.warnings;
    m_document.beams = list("beam", [&](const auto& item) { return read_dxtbx_beam(item, warnings); });
    m_document.detectors =
        list("detector", [&](const auto& item) { return read_dxtbx_detector(item, m_most_pixels, warnings); });
    m_document.goniometers = list("goniometer", [](const auto& item) { return read_dxtbx_goniometer(item); });
    m_document.scans = list("scan", [](const auto& item) { return read_dxtbx_scan(item); });
    m_document.crystals = list("crystal", [](const auto& item) { return read_dxtbx_crystal(item); });
    const JsonPlace<Json> experiments = m_root.at("experiment", "a list of experiments needs it");
    if (experiments.size() == 0) experiments.fail("must have an experiment");
    for (std::size_t i = 0; i < experiments.size(); ++i) read_experiment(experiments[i]);
    make_series();
    warn_of_images();
    return std::move(m_document);
  }

 private:
  template <class Read>
  auto list(const char* key, const Read& read) {
    return list_of(m_root.find(key), read);
  }

  /// Returns the place of a model in its list; nothing where the experiment has none.
  static std::optional<std::size_t> index(const JsonPlace<Json>& experiment, const char* key, std::size_t size) {
    const auto place = experiment.find(key);
    if (!place) return std::nullopt;
    if (place->is_text()) place->fail("names a file; DIALS combines files by dials.combine_experiments");
    const int number = place->integer();
    if (size == 0)
      place->fail("names one of /" + std::string(key) + ", which is missing or empty; write the list again");
    if (number < 0 || static_cast<std::size_t>(number) >= size) {
      place->fail("must be the place of one of " + std::to_string(size) + " items of /" + key + ", from 0");
    }
    return static_cast<std::size_t>(number);
  }

  void read_experiment(const JsonPlace<Json>& place) {
    const auto imagesets = m_root.find("imageset");
    DxtbxExperiment experiment;
    const auto beam = index(place, "beam", m_document.beams.size());
    const auto detector = index(place, "detector", m_document.detectors.size());
    place.at("beam", "an experiment needs a beam; dials.import writes it");
    place.at("detector", "an experiment needs a detector; dials.import writes it");
    experiment.beam = *beam;
    experiment.detector = *detector;
    experiment.goniometer = index(place, "goniometer", m_document.goniometers.size());
    experiment.scan = index(place, "scan", m_document.scans.size());
    experiment.crystal = index(place, "crystal", m_document.crystals.size());
    experiment.imageset = index(place, "imageset", imagesets ? imagesets->size() : 0);
    require_scan_points(place, experiment);
    m_document.experiments.push_back(experiment);
  }

  /// Refuses lists of values per scan point that are not of the scan.
  void require_scan_points(const JsonPlace<Json>& place, const DxtbxExperiment& experiment) const {
    const auto require_list = [&](const char* key, std::size_t place_in_list, const char* list, std::size_t count) {
      if (count == 0) return;
      const std::string of = "/" + std::string(key) + "/" + std::to_string(place_in_list) + "/" + list;
      if (!experiment.scan) place.fail("must have a scan, because there is " + of);
      const auto images = static_cast<std::size_t>(m_document.scans[*experiment.scan].scan.images);
      if (count != images + 1) {
        place.fail(of + " has " + std::to_string(count) + " items, but must have one more than the " +
                   std::to_string(images) + " images of the scan");
      }
    };
    require_list("beam", experiment.beam, "s0_at_scan_points",
                 m_document.beams[experiment.beam].s0_at_scan_points.size());
    if (experiment.goniometer) {
      const std::size_t i = *experiment.goniometer;
      require_list("goniometer", i, "setting_rotation_at_scan_points",
                   m_document.goniometers[i].setting_at_scan_points.size());
    }
    if (experiment.crystal) {
      const std::size_t i = *experiment.crystal;
      require_list("crystal", i, "A_at_scan_points", m_document.crystals[i].a_at_scan_points.size());
    }
  }

  /// Puts together the experiments of the same images. Those without an imageset are taken by their scan.
  void make_series() {
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> found;
    for (std::size_t i = 0; i < m_document.experiments.size(); ++i) {
      const DxtbxExperiment& experiment = m_document.experiments[i];
      const auto key = experiment.imageset ? std::pair{std::size_t{0}, *experiment.imageset}
                       : experiment.scan   ? std::pair{std::size_t{1}, *experiment.scan}
                                           : std::pair{std::size_t{2}, i};
      const auto [entry, is_new] = found.try_emplace(key, m_document.series.size());
      std::int64_t first = 1, last = 1;
      if (experiment.scan) {
        const Scan& scan = m_document.scans[*experiment.scan].scan;
        first = scan.first_image;
        last = first + scan.images - 1;
      }
      if (is_new) m_document.series.push_back({{}, static_cast<int>(first), static_cast<int>(last - first + 1)});
      DxtbxSeries& series = m_document.series[entry->second];
      last = std::max(last, std::int64_t{series.first_image} + series.images - 1);
      series.first_image = std::min(series.first_image, static_cast<int>(first));
      series.images = static_cast<int>(std::min<std::int64_t>(last - series.first_image + 1, 2'000'000'000));
      if (!series.experiments.empty()) warn_of_others(i, m_document.experiments[series.experiments.front()]);
      series.experiments.push_back(i);
    }
  }

  /// An image has one beam and one detector, whatever its lattices were refined with.
  void warn_of_others(std::size_t i, const DxtbxExperiment& first) {
    const DxtbxExperiment& other = m_document.experiments[i];
    if (other.beam == first.beam && other.detector == first.detector && other.goniometer == first.goniometer) return;
    m_document.warnings.push_back(m_document.file + ": /experiment/" + std::to_string(i) +
                                  ": has another beam, detector or goniometer than the first experiment of the same "
                                  "images, whose are used");
  }

  /// Maps of single pixels are in files of Python's own format.
  void warn_of_images() {
    const auto imagesets = m_root.find("imageset");
    for (std::size_t i = 0; imagesets && i < imagesets->size(); ++i) {
      for (const char* key : {"mask", "gain", "pedestal", "dx", "dy"}) {
        const auto map = (*imagesets)[i].find(key);
        if (!map || !map->is_text() || map->text().empty()) continue;
        m_document.warnings.push_back(
            map->message("\"" + map->text() + "\" is not read; its pixels are simulated as all others"));
      }
    }
  }

  JsonPlace<Json> m_root;
  std::int64_t m_most_pixels;
  DxtbxDocument m_document;
};

}  // namespace detail

/// Reads an experiment list of dxtbx. Keys that it does not need are ignored.
/// \param file         its name for messages
/// \param most_pixels  larger detectors are refused
/// \throws FileError  "FILE: /path/inside: what is wrong"
template <class Json>
DxtbxDocument dxtbx_from_json(const Json& json, const std::string& file,
                              std::int64_t most_pixels = std::int64_t{1} << 28) {
  return detail::DxtbxReader<Json>(json, file, most_pixels).read();
}

}  // namespace nbk::io
