// SPDX-License-Identifier: MIT
#include "truth/read_parameters.hpp"

#include <nbk/core/constants.hpp>
#include <nbk/math/rotation.hpp>
#include <nbk/scene/domain_turns.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
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

/// A parameter of one panel, "p12_originX" or "p12_rotF".
std::optional<DerivativeChange> panel(const CaseJson& json, const std::string& name) {
  const std::size_t end = name.find('_');
  if (name.front() != 'p' || end == std::string::npos || end < 2) return std::nullopt;
  const std::string number = name.substr(1, end - 1);
  if (number.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const std::string path = "/panels/" + number;
  if (!json.has(path)) json.fail(path, "is missing, but the case has the parameter " + name);
  const std::string kind = name.substr(end + 1);
  const std::vector<int> group{std::stoi(number)};
  if (const auto axis = place_in<3>({"originX", "originY", "originZ"}, kind))
    return PanelMotion{group, lab_axes[*axis], {}, {}};
  const Vec3d fast = json.vector(path + "/fast"), slow = json.vector(path + "/slow");
  const std::array<Vec3d, 3> axes{cross(fast, slow), fast, slow};
  if (const auto axis = place_in<3>({"rotO", "rotF", "rotS"}, kind))
    return PanelMotion{group, {}, axes[*axis], json.vector(path + "/rotation_reference")};
  return std::nullopt;
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

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

}  // namespace

std::optional<DerivativeChange> change_of_parameter(const CaseJson& json, const std::string& name) {
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
  if (const auto axis = place_in<3>({"originX", "originY", "originZ"}, name))
    return PanelMotion{{}, lab_axes[*axis], {}, {}};
  if (const auto turn = place_in<2>({"beam1", "beam2"}, name))
    return IncidentTurn{json.vector("/beam_turn_axes/" + std::to_string(*turn))};
  if (const auto turn = place_in<2>({"spindle1", "spindle2"}, name))
    return SpindleTurn{json.vector("/spindle_turn_axes/" + std::to_string(*turn))};
  if (const auto change = plain(name)) return change;
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
