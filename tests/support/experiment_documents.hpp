// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/experiment_json.hpp"
#include "support/flag_samples.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <string>

/// \file
/// Experiments as JSON that have much in them, and checks of refusals.

namespace nbk::testing {

using Json = nlohmann::json;
using io::document_from_json;
using io::document_to_json;
using io::experiment_from_json;
using io::experiment_to_json;
using io::ExperimentDocument;

inline Json minimal(int version = 2) { return {{"schema", "nbk-experiment"}, {"schema_version", version}}; }

/// An experiment that gives every kind of field.
inline Experiment elaborate() {
  Experiment e = nbk::testing::parse_line(
                     "-xds -misset 1 2 3 -mosaic 0.5 -mosaic_dom 4 -osc 1 -phisteps 3 -hdivrange 2 -roi 1 2 3 4 "
                     "-detector_abs 500 -detector_thick 450 -gauss_xtal -ORGX 3.5 -dmin 2 -water 3 -interpolate")
                     .experiment;
  e.beam.sources = {{{-10, 0.5, 0}, 2, 1.1e-10, 0}, {{-10, 0, 0}, 1, 1e-10, 0}};
  e.crystal.a_matrix = nbk::Mat3d{{0.01, 0, 0}, {0, 0.02, 0.001}, {0, 0, 0.03}};
  e.detector.mask = {1, 1, 0, 0, 0, 1};
  e.detector.origin_m = nbk::Vec3d{0.1, 0.2, 0.3};
  e.structure_factors = {0, 1, -1, 0, 2, 2, {1.5, 2.5, 1.0 / 3, 4e-9}, 7, false, false};
  return e;
}

/// The keys that version 2 added, by their places.
inline constexpr const char* new_keys[] = {"/beam/spectrum",
                                           "/beam/directions",
                                           "/crystal/u_matrix",
                                           "/crystal/b_matrix",
                                           "/crystal/real_space_A",
                                           "/crystal/cells_matrix",
                                           "/crystal/intensity_cut",
                                           "/crystal/diffuse",
                                           "/detector/sensor/material",
                                           "/crystal/mosaicity/rotations",
                                           "/crystal/mosaicity/normal_spread_rad",
                                           "/materials",
                                           "/goniometer",
                                           "/detector/panels",
                                           "/structure_factors/intensities",
                                           "/further_sets",
                                           "/selection",
                                           "/crystals"};

/// Panels, a spectrum with two sets, a goniometer, listed pixels.
inline Experiment of_a_beamline() {
  Experiment e = elaborate();
  e.beam.sources.clear();
  e.beam.spectrum.lines = {{1.01e-10, 0.5, 0}, {1.02e-10, 1.0 / 7, 1}};
  e.beam.directions = {{{1, 0.001, 0}, 3}, {{1, 0, 0}, 1}};
  e.crystal.a_matrix.reset();
  e.crystal.cell.reset();
  e.crystal.u_matrix = nbk::Mat3d{{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}};
  e.crystal.b_matrix = nbk::Mat3d{{0.1, 0, 0}, {0, 0.2, 0}, {0, 0, 1.0 / 3}};
  e.crystal.cells_matrix = nbk::Mat3d{{9, 1, 0}, {1, 8, 0}, {0, 0, 7}};
  e.crystal.mosaicity.rotations = {nbk::Mat3d::identity(), {{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}}};
  nbk::DiffuseScattering diffuse;
  diffuse.gamma_A = {20, 35, 1.0 / 0.03};
  diffuse.sigma_A = {0.1, 0.2, 1.0 / 3};
  diffuse.stencil = 2;
  diffuse.laue_group = nbk::LaueGroup::trigonal_high_1m;
  diffuse.operators = {nbk::Mat3d::identity(), {{0, 1, 0}, {-1, -1, 0}, {0, 0, 1}}};
  diffuse.principal_axes = nbk::Mat3d{{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}};
  diffuse.axes = nbk::DiffuseAxes::laboratory;
  diffuse.normalization = nbk::DiffuseNormalization::volume;
  e.crystal.diffuse = diffuse;
  e.goniometer.fixed = {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};
  nbk::Panel panel;
  panel.name = "upper";
  panel.origin_m = {0.1, -0.02, 1.0 / 3};
  panel.pixel_size_m = 7.5e-5;
  panel.pixels_fast = 3;
  panel.pixels_slow = 2;
  e.detector.panels = {panel, panel};
  e.detector.panels[1].sensor = nbk::Sensor{3.2e-4, 2e-4, 5};
  e.detector.panels[1].oversample = 2;
  e.detector.panels[1].mask = {1, 0, 0, 1, 1, 1};
  e.detector.panels[1].roi.slow_max = 1;
  e.detector.panels[1].trusted = {-1.0, 1e6};
  e.detector.panels[1].first_fast = 4;
  e.structure_factors.intensities = true;
  e.further_sets = {e.structure_factors};
  e.further_sets[0].amplitude[0] = -2.5;
  e.crystal.mosaicity.normal_spread_rad = {0.001, 0.002, 1.0 / 300};
  e.materials = {{"water", {{0, 2.57}, {0.5, 1.0 / 3}}, 1.1, 18.02, 3e-4, 1e-12, 0.9}};
  e.selection.runs = {{1, 0, 1, 2}, {0, 1, 0, 3}};
  return e;
}

inline ExperimentDocument of_two_crystals() {
  ExperimentDocument document{of_a_beamline()};
  document.further_crystals = {document.experiment.crystal};
  document.further_crystals[0].misset_rad = {0.1, 0.2, 0.3};
  return document;
}

/// A document whose long lists are in files.
inline Json document_of_files() {
  Json json = minimal();
  json["beam"] = {{"spectrum", {{"file", "spectrum.txt"}}}};
  json["structure_factors"] = {
      {"file", "low.hkl"}, {"default_amplitude", 3}, {"intensities", true}, {"interpolate", false}};
  json["materials"] = {{{"name", "water"}, {"file", "water.stol"}}};
  json["further_sets"] = {{{"file", "high.hkl"}, {"intensities", true}}};
  return json;
}

inline void check_refused(const char* path, const Json& value, const std::string& expected) {
  Json json = experiment_to_json<Json>(elaborate());
  json[Json::json_pointer(path)] = value;
  INFO(path, " = ", value.dump());
  CHECK_THROWS_WITH_AS(experiment_from_json(json, "file"), doctest::Contains(("file: " + expected).c_str()), FileError);
}

inline void check_refused_of_two(const char* path, const Json& value, const std::string& expected) {
  Json json = document_to_json<Json>(of_two_crystals());
  json[Json::json_pointer(path)] = value;
  INFO(path, " = ", value.dump());
  CHECK_THROWS_WITH_AS(document_from_json(json, "file"), doctest::Contains(("file: " + expected).c_str()), FileError);
}

}  // namespace nbk::testing
