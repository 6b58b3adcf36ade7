// SPDX-License-Identifier: MIT
#include "truth/read_case.hpp"

#include "truth/read_parameters.hpp"
#include "truth/read_structure_factors.hpp"

#include <nbk/core/error.hpp>
#include <nbk/math/matrix_algebra.hpp>
#include <nbk/math/rotation.hpp>
#include <nbk/scene/shape_of.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

namespace nbk::truth {

namespace {

constexpr double A_to_m = 1e-10;

std::string item(const std::string& path, std::size_t index) { return path + "/" + std::to_string(index); }

/// Returns the wavelength that the case makes of a listed one, metres.
double wavelength_m(const CaseJson& json, double listed_A) {
  return (json.number("/lambda_coefficients/l0_A", 0.0) + json.number("/lambda_coefficients/l1", 1.0) * listed_A) *
         A_to_m;
}

Beam read_beam(const CaseJson& json) {
  Beam beam;
  beam.kahn_factor = json.number("/kahn");
  beam.polarized = json.truth("/polarized");
  beam.fluence_per_m2 = json.number("/fluence_per_m2");
  for (std::size_t i = 0; i < json.size("/sources"); ++i) {
    const std::string path = item("/sources", i);
    beam.sources.push_back({-json.vector(path + "/direction"), json.number(path + "/weight"),
                            wavelength_m(json, json.number(path + "/wavelength_A")), json.integer(path + "/set", 0)});
  }
  if (beam.sources.empty()) json.fail("/sources", "must not be empty");
  beam.wavelength_m = beam.sources.front().wavelength_m;
  return beam;
}

/// Turns a listed panel about its own axes, then shifts it.
void move(Panel& panel, const CaseJson& json, const Vec3d& reference_m) {
  const Vec3d normal = cross(panel.fast, panel.slow), fast = panel.fast, slow = panel.slow;
  const auto turned = [&](Vec3d v) {
    v = rotate_about(v, slow, json.number("/panel_rotation_rad/slow", 0.0));
    v = rotate_about(v, fast, json.number("/panel_rotation_rad/fast", 0.0));
    return rotate_about(v, normal, json.number("/panel_rotation_rad/normal", 0.0));
  };
  if (json.has("/panel_rotation_rad")) {
    panel.fast = turned(fast);
    panel.slow = turned(slow);
    panel.origin_m = reference_m + turned(panel.origin_m - reference_m);
  }
  if (json.has("/panel_shift_m")) panel.origin_m += json.vector("/panel_shift_m");
}

Sensor read_sensor(const CaseJson& json) {
  const double thickness_m = json.number("/thickness_m"), length_m = json.number("/attenuation_length_m");
  const int layers = json.integer("/layers");
  if (thickness_m == 0.0 && layers == 1) return {};
  require(length_m > 0.0 && thickness_m > 0.0, "attenuation_length_m", length_m,
          "must be > 0, as the thickness, for a sensor of layers");
  return {thickness_m, length_m, layers};
}

Detector read_detector(const CaseJson& json) {
  Detector detector;
  detector.oversample = json.integer("/oversample");
  detector.sensor = read_sensor(json);
  for (std::size_t i = 0; i < json.size("/panels"); ++i) {
    const std::string path = item("/panels", i);
    Panel panel;
    panel.origin_m = json.vector(path + "/origin");
    panel.fast = json.vector(path + "/fast");
    panel.slow = json.vector(path + "/slow");
    panel.pixel_size_m = json.number(path + "/pixel_size_m", json.number("/pixel_size_m"));
    panel.pixels_fast = json.integer(path + "/pixels_fast");
    panel.pixels_slow = json.integer(path + "/pixels_slow");
    const std::string reference = path + "/rotation_reference";
    move(panel, json, json.has(reference) ? json.vector(reference) : Vec3d{});
    detector.panels.push_back(std::move(panel));
  }
  if (detector.panels.empty()) json.fail("/panels", "must not be empty");
  return detector;
}

/// Returns the missetting Rx Ry Rz, each the right-handed turn by minus its angle.
Mat3d misset(const Vec3d& angles_rad) {
  const auto turn = [](const Vec3d& axis, double angle_rad) {
    return from_columns(rotate_about({1, 0, 0}, axis, -angle_rad), rotate_about({0, 1, 0}, axis, -angle_rad),
                        rotate_about({0, 0, 1}, axis, -angle_rad));
  };
  return turn({1, 0, 0}, angles_rad.x) * turn({0, 1, 0}, angles_rad.y) * turn({0, 0, 1}, angles_rad.z);
}

LatticeShape read_shape(const CaseJson& json) {
  const std::string wanted = json.text("/lattice_shape");
  const auto& shapes = shapes_of<physics::Shapes>;
  const auto found = std::ranges::find(shapes, wanted, [](LatticeShape shape) { return shape.name(); });
  if (found == shapes.end()) json.fail("/lattice_shape", "must be one of " + scene::shape_names());
  return *found;
}

DiffuseScattering read_diffuse(const CaseJson& json) {
  DiffuseScattering diffuse;
  diffuse.gamma_A = json.vector("/diffuse/gamma");
  diffuse.sigma_A = json.vector("/diffuse/sigma");
  diffuse.stencil = json.integer("/diffuse/stencil");
  for (std::size_t i = 0; i < json.size("/diffuse/laue_matrices"); ++i)
    diffuse.operators.push_back(json.matrix(item("/diffuse/laue_matrices", i)));
  diffuse.principal_axes = json.matrix("/diffuse/rotate_principal_axes");
  diffuse.axes = DiffuseAxes::laboratory;
  return diffuse;
}

Crystal read_crystal(const CaseJson& json) {
  Crystal crystal;
  const Mat3d turn = misset(json.vector("/rot_rad")), vectors_A = json.matrix("/U") * json.matrix("/B_A");
  if (json.has("/diffuse")) {
    // The laboratory's axes are those of the crystal before it is misset.
    crystal.diffuse = read_diffuse(json);
    crystal.real_space_A = vectors_A;
    crystal.misset_rad = xyz_angles(turn);
  } else {
    crystal.real_space_A = turn * vectors_A;
  }
  crystal.shape = read_shape(json);
  crystal.fudge = json.number("/fudge");
  const std::array<double, 3> diagonal{json.number("/N/Na"), json.number("/N/Nb"), json.number("/N/Nc")};
  const double ab = json.number("/N/Nd", 0.0), bc = json.number("/N/Ne", 0.0), ac = json.number("/N/Nf", 0.0);
  crystal.cells = diagonal;
  const bool whole = std::ranges::all_of(diagonal, [](double n) { return n == std::floor(n); });
  if (!whole || ab != 0.0 || bc != 0.0 || ac != 0.0)
    crystal.cells_matrix = Mat3d{{diagonal[0], ab, ac}, {ab, diagonal[1], bc}, {ac, bc, diagonal[2]}};
  for (std::size_t i = 0; i < json.size("/mosaic_matrices"); ++i)
    crystal.mosaicity.rotations.push_back(json.matrix(item("/mosaic_matrices", i)));
  const int steps = json.integer("/phi/steps");
  crystal.phi.start_rad = json.number("/phi/start_rad");
  crystal.phi.step_rad = json.number("/phi/step_rad");
  crystal.phi.range_rad = json.number("/phi/range_rad", *crystal.phi.step_rad * steps);
  crystal.phi.steps = steps;
  return crystal;
}

Frame read_frame(const CaseJson& json, const Beam& beam, const Panel& panel) {
  Frame frame = Frame::of(Convention::custom);
  frame.beam = json.has("/beam_direction") ? json.vector("/beam_direction") : -beam.sources.front().position;
  frame.fast = panel.fast;
  frame.slow = panel.slow;
  frame.normal = cross(panel.fast, panel.slow);
  frame.polarization = json.vector("/polarization_axis");
  frame.spindle = json.vector("/phi/spindle");
  return frame;
}

/// Reads the pixels of a case: runs, single pixels, or nothing, which is all of them.
Selection read_selection(const CaseJson& json, const std::vector<Panel>& panels) {
  Selection selection;
  const auto number = [&](const std::string& path, std::size_t i, const char* part) {
    return json.integer(item(path, i) + part);
  };
  if (json.has("/runs")) {
    for (std::size_t i = 0; i < json.size("/runs"); ++i)
      selection.runs.push_back(
          {number("/runs", i, "/0"), number("/runs", i, "/1"), number("/runs", i, "/2"), number("/runs", i, "/3")});
  } else if (json.has("/pixels")) {
    for (std::size_t i = 0; i < json.size("/pixels"); ++i)
      selection.runs.push_back({number("/pixels", i, "/0"), number("/pixels", i, "/2"), number("/pixels", i, "/1"), 1});
  } else if (std::ranges::any_of(panels, [&](const Panel& panel) {
               return panel.pixels_fast != panels.front().pixels_fast ||
                      panel.pixels_slow != panels.front().pixels_slow;
             })) {
    // Panels of different sizes: one list of all their rows.
    for (std::size_t i = 0; i < panels.size(); ++i)
      for (int row = 0; row < panels[i].pixels_slow; ++row)
        selection.runs.push_back({static_cast<int>(i), row, 0, panels[i].pixels_fast});
  }
  return selection;
}

bool has_diffbragg_weights(const CaseJson& json) { return json.text("/weighting", "diffbragg") != "corrected"; }

/// Rejects a case of diffBragg's weights that is not `corrected` times a constant.
void require_constant_factor(const CaseJson& json, const Experiment& e) {
  const auto same_direction = [&](const Source& source) { return source.position == e.beam.sources.front().position; };
  const bool one_direction = std::ranges::all_of(e.beam.sources, same_direction);
  require(!json.has("/omega_per_subpixel") || json.truth("/omega_per_subpixel"), "omega_per_subpixel", false,
          "must be true");
  if (e.beam.polarized) {
    // The polarisation factor is that of the pixel's centre and of the first source.
    require(e.detector.oversample == 1, "oversample", e.detector.oversample, "must be 1 without \"corrected\"");
    require(json.integer("/layers") == 1, "layers", json.integer("/layers"), "must be 1 without \"corrected\"");
    require(one_direction, "sources", e.beam.sources.size(), "must have one direction without \"corrected\"");
  }
  // The spindle's place in the order of rotations is another one.
  require(e.crystal.phi.start_rad == 0.0 && e.crystal.phi.steps == 1, "phi.start_rad", e.crystal.phi.start_rad,
          "must be 0, in one step, without \"corrected\"");
}

/// Returns the sum of weights by which the case divides, in units of that by which nbk does.
double relative_divisor(const CaseJson& json, const std::vector<Source>& sources) {
  if (!has_diffbragg_weights(json)) return 1.0;
  double total = 0;
  for (const Source& source : sources) total += source.weight;
  return static_cast<double>(sources.size()) * json.integer("/layers") / total;
}

/// Returns the experiments of single sources, whose images add up to that of all.
std::vector<Experiment> single_sources(const Experiment& whole) {
  double total = 0;
  for (const Source& source : whole.beam.sources) total += source.weight;
  std::vector<Experiment> list;
  for (const Source& source : whole.beam.sources) {
    Experiment one = whole;
    one.beam.sources = {source};
    one.beam.sources.front().weight = 1;
    one.beam.fluence_per_m2 *= source.weight / total;
    list.push_back(std::move(one));
  }
  return list;
}

std::vector<TruthArray> read_arrays(const CaseJson& json) {
  std::vector<TruthArray> arrays;
  for (std::size_t i = 0; i < json.size("/arrays"); ++i) {
    const std::string path = item("/arrays", i);
    const int offset = json.integer(path + "/offset"), count = json.integer(path + "/count");
    if (offset < 0) json.fail(path + "/offset", "must not be negative");
    if (count < 0) json.fail(path + "/count", "must not be negative");
    arrays.push_back({json.text(path + "/name"), static_cast<std::size_t>(offset), static_cast<std::size_t>(count)});
  }
  return arrays;
}

}  // namespace

TruthCase read_case(const CaseJson& json) {
  TruthCase result;
  result.name = json.text("/name");
  result.spot_scale = json.number("/spot_scale");

  Experiment& e = result.experiment;
  e.policy = Policy::corrected;
  e.beam = read_beam(json);
  e.detector = read_detector(json);
  e.crystal = read_crystal(json);
  e.frame = read_frame(json, e.beam, e.detector.panels.front());
  std::vector<StructureFactors> sets = read_structure_factors(json);
  e.structure_factors = std::move(sets.front());
  e.further_sets.assign(std::make_move_iterator(sets.begin() + 1), std::make_move_iterator(sets.end()));
  e.selection = read_selection(json, e.detector.panels);

  if (has_diffbragg_weights(json)) require_constant_factor(json, e);
  result.listed_fluence_per_m2 = e.beam.fluence_per_m2;
  e.beam.fluence_per_m2 *= result.spot_scale / relative_divisor(json, e.beam.sources);
  result.sources = single_sources(e);
  for (const std::string& name : parameter_names(json))
    if (auto changes = changes_of_parameter(json, name); !changes.empty())
      result.parameters.add(name, std::move(changes));
  result.data_file = json.beside("/file").string();
  result.arrays = read_arrays(json);
  return result;
}

}  // namespace nbk::truth
