// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"
#include "nbk/model/scan.hpp"

#include <concepts>
#include <type_traits>

/// \file
/// The fields of an Experiment by name, listed once for everything that reads or writes them. A visitor is called with
/// (name, field) for every field of the first version of the files, and with (name, field, Since) for every other;
/// docs/schema/experiment.schema.json describes the result.

namespace nbk::io {

/// First version of the files that have a field.
struct Since {
  int version = 1;  ///< value of the key "schema_version"
};

template <class Self, class T>
concept Is = std::same_as<std::remove_const_t<Self>, T>;

template <Is<Frame> Self>
void visit_fields(auto& visit, Self& frame) {
  visit("convention", frame.convention);
  visit("beam", frame.beam);
  visit("fast", frame.fast);
  visit("slow", frame.slow);
  visit("normal", frame.normal);
  visit("two_theta_axis", frame.two_theta_axis);
  visit("polarization", frame.polarization);
  visit("spindle", frame.spindle);
}

template <Is<Sampling> Self>
void visit_fields(auto& visit, Self& sampling) {
  visit("range", sampling.range);
  visit("step", sampling.step);
  visit("count", sampling.count);
}

template <Is<Source> Self>
void visit_fields(auto& visit, Self& source) {
  visit("position", source.position);
  visit("weight", source.weight);
  visit("wavelength_m", source.wavelength_m);
  visit("structure_factor_set", source.structure_factor_set);
}

template <Is<SpectrumLine> Self>
void visit_fields(auto& visit, Self& line) {
  visit("wavelength_m", line.wavelength_m);
  visit("weight", line.weight);
  visit("structure_factor_set", line.structure_factor_set);
}

template <Is<Spectrum> Self>
void visit_fields(auto& visit, Self& spectrum) {
  visit("lines", spectrum.lines);
}

template <Is<BeamDirection> Self>
void visit_fields(auto& visit, Self& direction) {
  visit("direction", direction.direction);
  visit("weight", direction.weight);
}

template <Is<Beam> Self>
void visit_fields(auto& visit, Self& beam) {
  visit("wavelength_m", beam.wavelength_m);
  visit("kahn_factor", beam.kahn_factor);
  visit("polarized", beam.polarized);
  visit("fluence_per_m2", beam.fluence_per_m2);
  visit("flux_per_s", beam.flux_per_s);
  visit("exposure_s", beam.exposure_s);
  visit("size_m", beam.size_m);
  visit("dispersion", beam.dispersion);
  visit("horizontal_divergence", beam.horizontal_divergence);
  visit("vertical_divergence", beam.vertical_divergence);
  visit("round_divergence", beam.round_divergence);
  visit("sources", beam.sources);
  visit("spectrum", beam.spectrum, Since{2});
  visit("directions", beam.directions, Since{2});
}

template <Is<UnitCell> Self>
void visit_fields(auto& visit, Self& cell) {
  visit("a_A", cell.a_A);
  visit("b_A", cell.b_A);
  visit("c_A", cell.c_A);
  visit("alpha_rad", cell.alpha_rad);
  visit("beta_rad", cell.beta_rad);
  visit("gamma_rad", cell.gamma_rad);
}

template <Is<Mosaicity> Self>
void visit_fields(auto& visit, Self& mosaicity) {
  visit("spread_rad", mosaicity.spread_rad);
  visit("domains", mosaicity.domains);
  visit("seed", mosaicity.seed);
  visit("normal_spread_rad", mosaicity.normal_spread_rad, Since{2});
  visit("rotations", mosaicity.rotations, Since{2});
}

template <Is<PhiScan> Self>
void visit_fields(auto& visit, Self& phi) {
  visit("start_rad", phi.start_rad);
  visit("range_rad", phi.range_rad);
  visit("step_rad", phi.step_rad);
  visit("steps", phi.steps);
}

template <Is<DiffuseScattering> Self>
void visit_fields(auto& visit, Self& diffuse) {
  visit("gamma_A", diffuse.gamma_A);
  visit("sigma_A", diffuse.sigma_A);
  visit("stencil", diffuse.stencil);
  visit("laue_group", diffuse.laue_group);
  visit("operators", diffuse.operators);
  visit("principal_axes", diffuse.principal_axes);
  visit("axes", diffuse.axes);
  visit("normalization", diffuse.normalization);
}

template <Is<Crystal> Self>
void visit_fields(auto& visit, Self& crystal) {
  visit("cell", crystal.cell);
  visit("a_matrix", crystal.a_matrix);
  visit("u_matrix", crystal.u_matrix, Since{2});
  visit("b_matrix", crystal.b_matrix, Since{2});
  visit("real_space_A", crystal.real_space_A, Since{2});
  visit("misset_rad", crystal.misset_rad);
  visit("random_misset_seed", crystal.random_misset_seed);
  visit("cells", crystal.cells);
  visit("cells_matrix", crystal.cells_matrix, Since{2});
  visit("size_m", crystal.size_m);
  visit("shape", crystal.shape);
  visit("fudge", crystal.fudge);
  visit("intensity_cut", crystal.intensity_cut, Since{2});
  visit("mosaicity", crystal.mosaicity);
  visit("phi", crystal.phi);
  visit("diffuse", crystal.diffuse, Since{2});
}

template <Is<RegionOfInterest> Self>
void visit_fields(auto& visit, Self& roi) {
  visit("fast_min", roi.fast_min);
  visit("fast_max", roi.fast_max);
  visit("slow_min", roi.slow_min);
  visit("slow_max", roi.slow_max);
}

template <Is<Sensor> Self>
void visit_fields(auto& visit, Self& sensor) {
  visit("thickness_m", sensor.thickness_m);
  visit("attenuation_length_m", sensor.attenuation_length_m);
  visit("layers", sensor.layers);
  visit("material", sensor.material, Since{2});
}

template <Is<TrustedRange> Self>
void visit_fields(auto& visit, Self& range) {
  visit("least", range.least);
  visit("most", range.most);
}

template <Is<Readout> Self>
void visit_fields(auto& visit, Self& readout) {
  visit("gain", readout.gain);
  visit("pedestal", readout.pedestal);
}

template <Is<Panel> Self>
void visit_fields(auto& visit, Self& panel) {
  visit("name", panel.name);
  visit("origin_m", panel.origin_m);
  visit("fast", panel.fast);
  visit("slow", panel.slow);
  visit("pixel_size_m", panel.pixel_size_m);
  visit("pixels_fast", panel.pixels_fast);
  visit("pixels_slow", panel.pixels_slow);
  visit("first_fast", panel.first_fast);
  visit("first_slow", panel.first_slow);
  visit("sensor", panel.sensor);
  visit("oversample", panel.oversample);
  visit("mask_runs", panel.mask);
  visit("roi", panel.roi);
  visit("trusted", panel.trusted);
  visit("readout", panel.readout);
}

template <Is<Detector> Self>
void visit_fields(auto& visit, Self& detector) {
  visit("panels", detector.panels, Since{2});
  visit("pixel_size_m", detector.pixel_size_m);
  visit("pixels_fast", detector.pixels_fast);
  visit("pixels_slow", detector.pixels_slow);
  visit("size_fast_m", detector.size_fast_m);
  visit("size_slow_m", detector.size_slow_m);
  visit("distance_m", detector.distance_m);
  visit("close_distance_m", detector.close_distance_m);
  visit("beam_x_m", detector.beam_x_m);
  visit("beam_y_m", detector.beam_y_m);
  visit("close_x_m", detector.close_x_m);
  visit("close_y_m", detector.close_y_m);
  visit("org_x_px", detector.org_x_px);
  visit("org_y_px", detector.org_y_px);
  visit("pivot", detector.pivot);
  visit("origin_m", detector.origin_m);
  visit("rotation_rad", detector.rotation_rad);
  visit("two_theta_rad", detector.two_theta_rad);
  visit("curved", detector.curved);
  visit("point_pixel", detector.point_pixel);
  visit("sensor", detector.sensor);
  visit("oversample", detector.oversample);
  visit("oversample_thickness", detector.oversample_thickness);
  visit("oversample_polarization", detector.oversample_polarization);
  visit("oversample_solid_angle", detector.oversample_solid_angle);
  visit("roi", detector.roi);
  visit("mask_runs", detector.mask);
}

template <Is<StructureFactors> Self>
void visit_fields(auto& visit, Self& factors) {
  visit("h_min", factors.h_min);
  visit("h_max", factors.h_max);
  visit("k_min", factors.k_min);
  visit("k_max", factors.k_max);
  visit("l_min", factors.l_min);
  visit("l_max", factors.l_max);
  visit("amplitude", factors.amplitude);
  visit("default_amplitude", factors.default_amplitude);
  visit("intensities", factors.intensities, Since{2});
  visit("interpolate", factors.interpolate);
}

template <Is<Goniometer> Self>
void visit_fields(auto& visit, Self& goniometer) {
  visit("fixed", goniometer.fixed);
  visit("setting", goniometer.setting);
}

template <Is<Scan> Self>
void visit_fields(auto& visit, Self& scan) {
  visit("first_image", scan.first_image);
  visit("images", scan.images);
  visit("start_rad", scan.start_rad);
  visit("oscillation_rad", scan.oscillation_rad);
  visit("steps_per_image", scan.steps_per_image);
}

template <Is<PixelRun> Self>
void visit_fields(auto& visit, Self& run) {
  visit("panel", run.panel);
  visit("slow", run.slow);
  visit("first_fast", run.first_fast);
  visit("count", run.count);
}

template <Is<Selection> Self>
void visit_fields(auto& visit, Self& selection) {
  visit("runs", selection.runs);
}

template <Is<FormFactorPoint> Self>
void visit_fields(auto& visit, Self& point) {
  visit("stol_per_A", point.stol_per_A);
  visit("amplitude", point.amplitude);
}

template <Is<Material> Self>
void visit_fields(auto& visit, Self& material) {
  visit("name", material.name);
  visit("form_factor", material.form_factor);
  visit("density_g_per_cm3", material.density_g_per_cm3);
  visit("molar_mass_g_per_mol", material.molar_mass_g_per_mol);
  visit("thickness_m", material.thickness_m);
  visit("volume_m3", material.volume_m3);
  visit("transmission", material.transmission);
}

template <Is<Experiment> Self>
void visit_fields(auto& visit, Self& experiment) {
  visit("policy", experiment.policy);
  visit("frame", experiment.frame);
  visit("beam", experiment.beam);
  visit("crystal", experiment.crystal);
  visit("goniometer", experiment.goniometer, Since{2});
  visit("detector", experiment.detector);
  visit("structure_factors", experiment.structure_factors);
  visit("further_sets", experiment.further_sets, Since{2});
  visit("selection", experiment.selection, Since{2});
  visit("materials", experiment.materials, Since{2});
  visit("water_size_m", experiment.water_size_m);
  visit("dmin_m", experiment.dmin_m);
}

}  // namespace nbk::io
