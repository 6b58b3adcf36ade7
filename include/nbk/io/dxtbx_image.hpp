// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/io/dxtbx_document.hpp"
#include "nbk/io/experiment_json.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/strict.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nbk::io {

namespace detail {

/// Returns the mean of the values at the beginning and at the end of an image.
template <class T>
T at_middle(const std::vector<T>& at_scan_points, std::size_t image) {
  return 0.5 * (at_scan_points[image] + at_scan_points[image + 1]);
}

/// Returns the rotation that is nearly a matrix.
inline Mat3d nearest_rotation(const Mat3d& m) {
  const Vec3d row0 = strict::unit(m.row0);
  const Vec3d row2 = strict::unit(strict::cross(row0, m.row1));
  return {row0, strict::cross(row2, row0), row2};
}

/// Returns enough phi steps of an image that none is wider than 0.02 degrees.
inline int phi_steps_of(double oscillation_rad) {
  constexpr double widest_rad = 0.02 * std::numbers::pi / 180;
  const double steps = std::ceil(std::fabs(oscillation_rad) / widest_rad - 1e-6);
  return static_cast<int>(std::clamp(steps, 1.0, 1e6));
}

/// Maker of the experiment of one image.
class DxtbxImage {
 public:
  DxtbxImage(const DxtbxDocument& document, const DxtbxSeries& series, int image)
      : m_document(document), m_image(image) {
    for (const std::size_t place : series.experiments) {
      const DxtbxExperiment& experiment = document.experiments[place];
      if (experiment.scan && !place_in(document.scans[*experiment.scan].scan)) continue;
      m_experiments.push_back(&experiment);
    }
    if (m_experiments.empty()) fail_image(series);
    const DxtbxExperiment& first = *m_experiments.front();
    if (!first.scan) return;
    m_scan = &document.scans[*first.scan];
    m_place = *place_in(m_scan->scan);
  }

  /// Returns the experiment.
  ExperimentDocument make() const {
    ExperimentDocument result = make_without_detector();
    result.experiment.detector = m_document.detectors[m_experiments.front()->detector];
    return result;
  }

  /// Returns all of it but the detector, which may be large.
  ExperimentDocument make_without_detector() const {
    const DxtbxExperiment& first = *m_experiments.front();
    ExperimentDocument result;
    Experiment& experiment = result.experiment;
    experiment.policy = Policy::corrected;
    set_beam(experiment, m_document.beams[first.beam]);
    PhiScan phi;
    if (turns(first)) {
      set_goniometer(experiment, m_document.goniometers[*first.goniometer]);
      result.scan = m_scan->scan;
      result.scan->steps_per_image = phi_steps_of(m_scan->scan.oscillation_rad);
      phi = exposure();
    }
    std::vector<Crystal> crystals;
    for (const DxtbxExperiment* of : m_experiments) {
      if (!of->crystal) continue;
      crystals.push_back(crystal_of(*of));
      crystals.back().phi = phi;
    }
    experiment.crystal.phi = phi;
    if (crystals.empty()) return result;
    experiment.crystal = std::move(crystals.front());
    result.further_crystals.assign(std::make_move_iterator(crystals.begin() + 1),
                                   std::make_move_iterator(crystals.end()));
    return result;
  }

 private:
  /// Returns the place of the image in a scan, from 0; nothing where it is outside.
  std::optional<std::size_t> place_in(const Scan& scan) const {
    const std::int64_t place = std::int64_t{m_image} - scan.first_image;
    if (place < 0 || place >= scan.images) return std::nullopt;
    return static_cast<std::size_t>(place);
  }

  [[noreturn]] void fail_image(const DxtbxSeries& series) const {
    const std::int64_t last = std::int64_t{series.first_image} + series.images - 1;
    throw FileError(m_document.file + ": has no image " + std::to_string(m_image) + "; its images are " +
                    std::to_string(series.first_image) + " to " + std::to_string(last));
  }

  /// True unless the image is a still. DIALS takes the orientation of a still as it is, without its goniometer.
  bool turns(const DxtbxExperiment& experiment) const {
    return experiment.goniometer && m_scan != nullptr && m_scan->scan.oscillation_rad != 0;
  }

  void set_beam(Experiment& experiment, const DxtbxBeam& beam) const {
    experiment.beam = beam.beam;
    experiment.frame = Frame::of(Convention::custom);
    experiment.frame.beam = beam.direction;
    experiment.frame.polarization = beam.polarization;
    if (!beam.s0_at_scan_points.empty()) {
      const Vec3d s0 = at_middle(beam.s0_at_scan_points, m_place);
      experiment.beam.wavelength_m = 1e-10 / strict::magnitude(s0);
      experiment.frame.beam = strict::unit(s0);
    }
    if (m_scan == nullptr || m_scan->exposure_s.empty()) return;
    experiment.beam.exposure_s = m_scan->exposure_s[std::min(m_place, m_scan->exposure_s.size() - 1)];
  }

  void set_goniometer(Experiment& experiment, const DxtbxGoniometer& goniometer) const {
    experiment.frame.spindle = goniometer.spindle;
    experiment.goniometer = goniometer.goniometer;
    if (!goniometer.setting_at_scan_points.empty()) {
      experiment.goniometer.setting = nearest_rotation(at_middle(goniometer.setting_at_scan_points, m_place));
    }
  }

  /// Returns the rotation during the image. A negative one covers the same angles from the other end.
  PhiScan exposure() const {
    const double width_rad = m_scan->scan.oscillation_rad;
    PhiScan phi;
    phi.start_rad = m_scan->scan.start_rad + width_rad * static_cast<double>(m_place) + std::min(width_rad, 0.0);
    phi.range_rad = std::fabs(width_rad);
    phi.steps = phi_steps_of(width_rad);
    return phi;
  }

  Crystal crystal_of(const DxtbxExperiment& experiment) const {
    const DxtbxCrystal& of = m_document.crystals[*experiment.crystal];
    Crystal crystal = of.crystal;
    if (!of.a_at_scan_points.empty() && experiment.scan) {
      const std::size_t place = *place_in(m_document.scans[*experiment.scan].scan);
      crystal.real_space_A = transposed(inverse(at_middle(of.a_at_scan_points, place)));
    }
    return crystal;
  }

  const DxtbxDocument& m_document;
  int m_image;
  std::vector<const DxtbxExperiment*> m_experiments;
  const DxtbxScan* m_scan = nullptr;
  std::size_t m_place = 0;
};

}  // namespace detail

/// Returns the experiment of one image, in `corrected`: all crystals that are in it, the rotation during it, and what
/// changes from image to image (beam, orientation, setting) in the middle of it. Sizes of crystals, their mosaicity and
/// structure factors are not in such files. Without a crystal in the file the experiment has none that is usable.
/// \param image  its number, from DxtbxSeries::first_image
/// \throws FileError  the series has no such image
inline ExperimentDocument experiment_of_image(const DxtbxDocument& document, const DxtbxSeries& series, int image) {
  return detail::DxtbxImage(document, series, image).make();
}

/// Returns the same without the detector, which all images of a series share: for the images of a long scan.
inline ExperimentDocument models_of_image(const DxtbxDocument& document, const DxtbxSeries& series, int image) {
  return detail::DxtbxImage(document, series, image).make_without_detector();
}

}  // namespace nbk::io
