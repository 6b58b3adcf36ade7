// SPDX-License-Identifier: MIT
#include "truth/read_parameters.hpp"

#include <nbk/core/constants.hpp>
#include <nbk/math/rotation.hpp>
#include <nbk/scene/domain_turns.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>

namespace nbk::truth {

namespace {

constexpr std::array<Vec3d, 3> lab_axes{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

/// Returns the place of a name in a list, or nothing.
template <std::size_t Count>
std::optional<std::size_t> place_in(const std::array<std::string_view, Count>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

/// The missetting is Rx Ry Rz, each the right-handed turn by minus its angle: a growing angle turns the lattice about
/// an axis that the turns in front of it have moved.
DerivativeChange misset(const CaseJson& json, std::size_t axis) {
  const Vec3d angles_rad = json.vector("/rot_rad");
  Vec3d turn = lab_axes[axis];
  if (axis == 2) turn = rotate_about(turn, lab_axes[1], -angles_rad.y);
  if (axis >= 1) turn = rotate_about(turn, lab_axes[0], -angles_rad.x);
  return LatticeTurn{-turn};
}

/// The mosaic spread, per degree.
std::optional<DerivativeChange> mosaic(const CaseJson& json, std::size_t spread) {
  const std::string model = "/mosaic_model";
  DomainAxes domains;
  for (std::size_t i = 0; i < json.size(model + "/axes"); ++i) {
    domains.axes.push_back(json.vector(model + "/axes/" + std::to_string(i)));
    domains.multiples.push_back(json.number(model + "/multiples/" + std::to_string(i)));
  }
  for (std::size_t i = 0; i < json.size(model + "/eta_degree"); ++i)
    domains.spread_rad.push_back(json.number(model + "/eta_degree/" + std::to_string(i)) * constants::degree_rad);
  if (spread >= domains.spread_rad.size()) return std::nullopt;
  DomainTurn turn = turn_by_spread(domains, spread);
  for (Vec3d& rotation : turn.rotations) rotation = constants::degree_rad * rotation;
  return turn;
}

/// The turn of a panel by one of its three angles, at their values: R = R(normal) R(fast) R(slow) about the axes as
/// listed, through the panel's reference. A growing angle turns about an axis that the turns in front of it have moved.
PanelMotion turn_of_panel(const CaseJson& json, int number, std::size_t axis) {
  const std::string path = "/panels/" + std::to_string(number);
  const Vec3d fast = json.vector(path + "/fast"), slow = json.vector(path + "/slow"), normal = cross(fast, slow);
  const double fast_rad = json.number("/panel_rotation_rad/fast", 0.0),
               normal_rad = json.number("/panel_rotation_rad/normal", 0.0);
  Vec3d turn = std::array{normal, fast, slow}[axis];
  if (axis == 2) turn = rotate_about(turn, fast, fast_rad);
  if (axis >= 1) turn = rotate_about(turn, normal, normal_rad);
  Vec3d fixed_m = json.vector(path + "/rotation_reference");
  if (json.has("/panel_shift_m")) fixed_m += json.vector("/panel_shift_m");
  return {{number}, {}, turn, fixed_m};
}

/// Motions of some panels by one parameter, "originX" or "rotF"; none for another word.
std::vector<DerivativeChange> panel_motions(const CaseJson& json, const std::vector<int>& panels,
                                            std::string_view kind) {
  std::vector<DerivativeChange> motions;
  if (const auto axis = place_in<3>({"originX", "originY", "originZ"}, kind))
    motions.emplace_back(PanelMotion{panels, lab_axes[*axis], {}, {}});
  if (const auto axis = place_in<3>({"rotO", "rotF", "rotS"}, kind))
    for (const int panel : panels) motions.emplace_back(turn_of_panel(json, panel, *axis));
  return motions;
}

/// A parameter of one panel, "p12_originX", or of all of them, "originX" or "panel_originX".
std::vector<DerivativeChange> panel(const CaseJson& json, const std::string& name) {
  const std::size_t end = name.find('_');
  const std::string front = end == std::string::npos ? "panel" : name.substr(0, end), kind = name.substr(end + 1);
  if (front == "panel") {
    std::vector<int> all(json.size("/panels"));
    std::iota(all.begin(), all.end(), 0);
    return panel_motions(json, all, kind);
  }
  const std::string number = front.substr(1);
  if (front.front() != 'p' || number.empty() || number.find_first_not_of("0123456789") != std::string::npos) return {};
  if (!json.has("/panels/" + number))
    json.fail("/panels/" + number, "is missing, but the case has the parameter " + name);
  return panel_motions(json, {std::stoi(number)}, kind);
}

std::optional<DerivativeChange> plain(const std::string& name) {
  static const std::map<std::string, PlainChange> changes{
      {"spot_scale", PlainChange::scale},    {"fluence", PlainChange::fluence},
      {"kahn", PlainChange::kahn_factor},    {"distance", PlainChange::distance},
      {"thickness", PlainChange::thickness}, {"attenuation_length", PlainChange::attenuation_length},
      {"fudge", PlainChange::fudge},         {"phi_start", PlainChange::phi_start},
      {"phi_range", PlainChange::phi_range}};
  const auto found = changes.find(name);
  if (found == changes.end()) return std::nullopt;
  return found->second;
}

/// The change of a parameter that moves one part of the experiment.
std::optional<DerivativeChange> single_change(const CaseJson& json, const std::string& name) {
  if (const auto axis = place_in<3>({"rotX", "rotY", "rotZ"}, name)) return misset(json, *axis);
  if (const auto axis = place_in<3>({"turnX", "turnY", "turnZ"}, name)) return LatticeTurn{lab_axes[*axis]};
  if (const auto part = place_in<6>({"a", "b", "c", "alpha", "beta", "gamma"}, name)) {
    CellChange change;
    change.moves[*part] = 1;
    return change;
  }
  if (const auto element = place_in<6>({"Na", "Nb", "Nc", "Nd", "Ne", "Nf"}, name)) {
    CellsChange change;
    change.moves[*element] = 1;
    return change;
  }
  if (const auto spread = place_in<3>({"eta0", "eta1", "eta2"}, name)) return mosaic(json, *spread);
  if (const auto axis = place_in<3>({"g_0", "g_1", "g_2"}, name)) return DiffuseChange{lab_axes[*axis], {}};
  if (const auto axis = place_in<3>({"s_0", "s_1", "s_2"}, name)) return DiffuseChange{{}, lab_axes[*axis]};
  if (name == "lambda0") return WavelengthChange::by_constant();
  if (name == "lambda1")
    return WavelengthChange::by_factor(json.number("/lambda_coefficients/l0_A"),
                                       json.number("/lambda_coefficients/l1"));
  if (const auto turn = place_in<2>({"beam1", "beam2"}, name))
    return IncidentTurn{json.vector("/beam_turn_axes/" + std::to_string(*turn))};
  if (const auto turn = place_in<2>({"spindle1", "spindle2"}, name))
    return SpindleTurn{json.vector("/spindle_turn_axes/" + std::to_string(*turn))};
  return plain(name);
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

}  // namespace

std::vector<DerivativeChange> changes_of_parameter(const CaseJson& json, const std::string& name) {
  if (const auto change = single_change(json, name)) return {*change};
  return panel(json, name);
}

std::vector<std::string> parameter_names(const CaseJson& json) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < json.size("/arrays"); ++i) {
    const std::string name = json.text("/arrays/" + std::to_string(i) + "/name");
    if (name.starts_with("d_")) add_once(names, name.substr(2));
  }
  const std::string list = "/gauss_newton/parameters";
  for (std::size_t i = 0; json.has(list) && i < json.size(list); ++i)
    add_once(names, json.text(list + "/" + std::to_string(i) + "/name"));
  for (const std::string gradient : {"/adjoint/gradient", "/likelihood/gradient"}) {
    if (!json.has(gradient)) continue;
    for (const std::string& name : json.keys(gradient)) add_once(names, name);
  }
  return names;
}

}  // namespace nbk::truth
