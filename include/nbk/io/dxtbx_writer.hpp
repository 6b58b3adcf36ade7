// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/dxtbx_frame.hpp"
#include "nbk/io/dxtbx_reader.hpp"
#include "nbk/io/experiment_json.hpp"
#include "nbk/io/mask_rectangles.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/make_panels.hpp"
#include "nbk/scene/orient_lattice.hpp"
#include "nbk/scene/place_crystal.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/turn_crystal.hpp"

#include <cstddef>
#include <numbers>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nbk::io {

/// The image files of an experiment, as an experiment list of dxtbx names them.
struct DxtbxImages {
  std::vector<std::string> files{};  ///< of a still or of one image: its file
  std::string template_name{};       ///< of a sweep: a name with # for digits, or one file of all images
  std::optional<double> pedestal{};  ///< counts that were added to every pixel; not given: as each panel has it
};

/// Writer of an experiment list of dxtbx, for DIALS. A template over the JSON type, as experiment_json.hpp. The lists
/// have each model once. The laboratory is turned as dxtbx_axes() says, and nothing else changes.
///
/// Not in such a file: sizes of crystals, their mosaicity, and structure factors; spectra and divergence, of which
/// there is the central ray; a curved panel, which is written flat.
template <class Json>
class DxtbxWriter {
 public:
  /// Adds an experiment for each crystal of an image, or of a sweep if the document has a scan.
  /// \param scene  of the first crystal
  void add(const ExperimentDocument& document, const Scene& scene, const DxtbxImages& images) {
    const Mat3d axes = dxtbx_axes(scene.frame.beam);
    const Scan scan = document.scan.value_or(scan_of(scene::resolve_phi(document.experiment.crystal.phi)));
    const bool turns = scan.oscillation_rad != 0;
    Json common = Json::object();
    common["__id__"] = "Experiment";
    common["identifier"] = "";
    common["beam"] = place("beam", beam_of(document.experiment.beam, scene, axes));
    common["detector"] = place("detector", detector_of(document.experiment.detector, scene, images, axes));
    if (turns) {
      common["goniometer"] = place("goniometer", goniometer_of(scene, scan.oscillation_rad < 0, axes));
      common["scan"] = place("scan", scan_json(scan, document.experiment.beam.exposure_s));
    }
    if (const Json imageset = imageset_of(images, turns); !imageset.is_null())
      common["imageset"] = place("imageset", imageset);
    const auto add_crystal = [&](const Crystal& crystal) {
      Json experiment = common;
      experiment["crystal"] = place("crystal", crystal_of(crystal, document.experiment.policy, scene, turns, axes));
      m_lists["experiment"].push_back(std::move(experiment));
    };
    add_crystal(document.experiment.crystal);
    for (const Crystal& crystal : document.further_crystals) add_crystal(crystal);
  }

  /// Returns the document.
  Json finish() const {
    Json json = Json::object();
    json["__id__"] = std::string(dxtbx_id);
    for (const char* key : {"experiment", "imageset", "beam", "detector", "goniometer", "scan", "crystal"}) {
      const auto list = m_lists.find(key);
      json[key] = list == m_lists.end() ? Json::array() : *list;
    }
    for (const char* key : {"profile", "scaling_model"}) json[key] = Json::array();
    return json;
  }

 private:
  static constexpr double degree_per_radian = 180 * std::numbers::inv_pi;

  /// Returns the place of a model in its list, to which it is added if it is new.
  std::size_t place(const char* key, Json model) {
    Json& list = m_lists[key];
    for (std::size_t i = list.size(); i-- > 0;) {
      if (list[i] == model) return i;
    }
    list.push_back(std::move(model));
    return list.size() - 1;
  }

  static Json value_of(const Vec3d& v) { return Json::array({v.x, v.y, v.z}); }
  static Json value_of(const Mat3d& m) {
    Json list = Json::array();
    for (const Vec3d& row : {m.row0, m.row1, m.row2}) {
      for (const double element : {row.x, row.y, row.z}) list.push_back(element);
    }
    return list;
  }
  static Mat3d turned(const Mat3d& axes, const Mat3d& rotation) { return axes * rotation * transposed(axes); }

  /// Returns the scan of one exposure.
  static Scan scan_of(const scene::PhiSteps& phi) { return {1, 1, phi.start_rad, phi.range_rad, phi.count}; }

  static Json beam_of(const Beam& beam, const Scene& scene, const Mat3d& axes) {
    const Vec3d normal = strict::cross(scene.frame.polarization, scene.frame.beam);
    const bool is_along = strict::magnitude(normal) < 1e-9;
    const double kahn_factor = beam.polarized && !is_along ? beam.kahn_factor : 0.0;
    Json json = Json::object();
    json["__id__"] = "monochromatic";
    json["direction"] = value_of(axes * -scene.frame.beam);
    json["wavelength"] = scene.wavelength_m * 1e10;
    json["divergence"] = 0.0;
    json["sigma_divergence"] = 0.0;
    json["polarization_normal"] = value_of(is_along ? axes * scene.frame.spindle : axes * strict::unit(normal));
    json["polarization_fraction"] = 0.5 * (1 + kahn_factor);
    json["flux"] = beam.flux_per_s;
    json["transmission"] = 1.0;
    return json;
  }

  static Json detector_of(const Detector& detector, const Scene& scene, const DxtbxImages& images, const Mat3d& axes) {
    Json panels = Json::array(), children = Json::array();
    for (std::size_t i = 0; i < scene.panels.size(); ++i) {
      const Panel panel = i < detector.panels.size() ? detector.panels[i] : Panel{};
      Json json = panel_of(scene.panels[i].geometry, axes);
      json["name"] = panel.name;
      add_sensor(json, scene.panels[i].layers, panel.sensor.value_or(detector.sensor).material);
      add_readout(json, panel, images);
      json["mask"] = Json::array();
      for (const auto& r : masked_rectangles(rendered_area(scene, mask_of(detector, i), i))) {
        json["mask"].push_back(Json::array({r.fast_begin, r.slow_begin, r.fast_end, r.slow_end}));
      }
      panels.push_back(std::move(json));
      children.push_back(Json::object({{"panel", i}}));
    }
    Json root = Json::object();
    root["name"] = "";
    root["type"] = "";
    root["fast_axis"] = Json::array({1.0, 0.0, 0.0});
    root["slow_axis"] = Json::array({0.0, 1.0, 0.0});
    root["origin"] = Json::array({0.0, 0.0, 0.0});
    root["children"] = std::move(children);
    Json json = Json::object();
    json["panels"] = std::move(panels);
    json["hierarchy"] = std::move(root);
    return json;
  }

  static Json panel_of(const PanelGeometry& geometry, const Mat3d& axes) {
    const double pixel_mm = geometry.pixel_size_m * 1000;
    Json json = Json::object();
    json["type"] = "SENSOR_PAD";
    json["fast_axis"] = value_of(axes * geometry.fast);
    json["slow_axis"] = value_of(axes * geometry.slow);
    json["origin"] = value_of(axes * (1000.0 * geometry.point_of_pixel_m(0, 0)));
    json["raw_image_offset"] = Json::array({0, 0});
    json["image_size"] = Json::array({geometry.pixels_fast, geometry.pixels_slow});
    json["pixel_size"] = Json::array({pixel_mm, pixel_mm});
    json["identifier"] = "";
    return json;
  }

  static void add_sensor(Json& json, const SensorLayers& layers, const std::string& material) {
    const bool absorbs = layers.thickness_m > 0 && layers.attenuation_per_m > 0;
    json["thickness"] = absorbs ? layers.thickness_m * 1000 : 0.0;
    json["material"] = material;
    json["mu"] = absorbs ? layers.attenuation_per_m / 1000 : 0.0;
    json["px_mm_strategy"] = Json::object({{"type", absorbs ? "ParallaxCorrectedPxMmStrategy" : "SimplePxMmStrategy"}});
  }

  static void add_readout(Json& json, const Panel& panel, const DxtbxImages& images) {
    const double gain = panel.readout.gain, pedestal = images.pedestal.value_or(panel.readout.pedestal);
    json["gain"] = gain;
    json["pedestal"] = pedestal;
    const auto counts = [&](const std::optional<double>& photons, double none) {
      return photons ? *photons * gain + pedestal : none;
    };
    json["trusted_range"] = Json::array(
        {counts(panel.trusted.least, detail::no_least_trusted), counts(panel.trusted.most, detail::no_most_trusted)});
  }

  /// \param backwards  the angles fall from image to image, for which the axis has to point the other way
  static Json goniometer_of(const Scene& scene, bool backwards, const Mat3d& axes) {
    Json json = Json::object();
    json["rotation_axis"] = value_of(axes * (backwards ? -scene.frame.spindle : scene.frame.spindle));
    json["fixed_rotation"] = value_of(turned(axes, scene.goniometer.fixed));
    json["setting_rotation"] = value_of(turned(axes, scene.goniometer.setting));
    return json;
  }

  static Json scan_json(const Scan& scan, double exposure_s) {
    Json json = Json::object();
    json["image_range"] = Json::array({scan.first_image, scan.first_image + scan.images - 1});
    json["batch_offset"] = 0;
    const double sign = scan.oscillation_rad < 0 ? -1 : 1;  // DIALS takes rising angles only
    json["oscillation"] =
        Json::array({sign * scan.start_rad * degree_per_radian, sign * scan.oscillation_rad * degree_per_radian});
    json["exposure_time"] = Json::array({exposure_s});
    json["epochs"] = Json::array({0.0});
    json["valid_image_ranges"] = Json::object();
    return json;
  }

  static Json imageset_of(const DxtbxImages& images, bool turns) {
    Json json = Json::object();
    if (turns && !images.template_name.empty()) {
      json["__id__"] = "ImageSequence";
      json["template"] = images.template_name;
    } else if (!images.files.empty()) {
      json["__id__"] = "ImageSet";
      json["images"] = images.files;
    } else {
      return nullptr;
    }
    for (const char* key : {"mask", "gain", "pedestal", "dx", "dy"}) json[key] = nullptr;
    json["params"] = Json::object();
    return json;
  }

  /// Vectors of a still are as the goniometer left them, because DIALS gives it no goniometer.
  static Json crystal_of(const Crystal& crystal, Policy policy, const Scene& of_first, bool turns, const Mat3d& axes) {
    Scene scene;
    scene.frame = of_first.frame;
    scene.goniometer = of_first.goniometer;
    Ran1 generator;
    const Vec3d misset_rad =
        crystal.random_misset_seed ? scene::random_misset(*crystal.random_misset_seed, generator) : crystal.misset_rad;
    scene.lattice = scene::orient_lattice(crystal, of_first.wavelength_m, policy, misset_rad);
    const scene::PhiSteps phi = scene::resolve_phi(crystal.phi);
    const CellVectors direct = turns ? scene.lattice.direct : scene::turned_about_spindle(scene, phi.start_rad);
    Json json = Json::object();
    json["__id__"] = "crystal";
    json["real_space_a"] = value_of(axes * (1e10 * direct.a_m));
    json["real_space_b"] = value_of(axes * (1e10 * direct.b_m));
    json["real_space_c"] = value_of(axes * (1e10 * direct.c_m));
    json["space_group_hall_symbol"] = " P 1";
    return json;
  }

  Json m_lists = Json::object();
};

}  // namespace nbk::io
