// SPDX-License-Identifier: MIT
#include "bench/render/crystal_sum.hpp"

#include "nbk/core/error.hpp"
#include "nbk/core/warning.hpp"

#include <string_view>

namespace nbk::bench::render {

CrystalSum::CrystalSum(const flags::Command& command) : m_command(command) {}

std::string CrystalSum::name_of(std::size_t crystal) const {
  const std::size_t place = m_command.first_listed + crystal;
  return place == 0 ? "crystal" : "crystals[" + std::to_string(place - 1) + "]";
}

void CrystalSum::setup_crystal(std::size_t crystal) {
  if (crystal == 0) return m_simulation->setup(m_command.experiment);
  Experiment experiment = m_command.experiment;
  experiment.crystal = m_command.further_crystals[crystal - 1];
  experiment.water_size_m = 0;
  experiment.materials.clear();
  try {
    m_simulation->setup(experiment);
  } catch (const InvalidInput& error) {
    constexpr std::string_view first = "crystal.";
    if (error.parameter().empty()) throw InvalidInput(name_of(crystal) + ": " + error.what());
    const std::string parameter = error.parameter().starts_with(first)
                                      ? name_of(crystal) + error.parameter().substr(first.size() - 1)
                                      : name_of(crystal) + ", " + error.parameter();
    throw InvalidInput(parameter, error.value(), error.allowed());
  }
}

/// Returns false if a crystal needs another precision. Ends with the first crystal.
bool CrystalSum::setup_all(const std::string& precision) {
  const flags::ProgramOptions& program = m_command.program;
  m_simulation =
      runtime::make_simulation({.device = program.device, .dtype = precision, .traversal = program.traversal});
  m_further_warnings.clear();
  for (std::size_t crystal = 0; crystal < size(); ++crystal) {
    setup_crystal(crystal);
    if (size() == 1) return true;
    if (m_simulation->dtype() != precision) return false;
    if (crystal == 0) continue;
    for (const Warning& warning : m_simulation->scene().warnings) {
      if (depends_on_crystal(warning.topic)) m_further_warnings.push_back(name_of(crystal) + ": " + warning.text);
    }
  }
  setup_crystal(0);
  return true;
}

void CrystalSum::setup() {
  std::string precision = m_command.program.precision;
  while (!setup_all(precision)) precision = m_simulation->dtype();
  m_scene = m_simulation->scene();
}

void CrystalSum::run(const std::function<void(double)>& progress) {
  for (std::size_t crystal = 0; crystal < size(); ++crystal) {
    if (crystal > 0) setup_crystal(crystal);
    const auto use = crystal == 0 ? ImageUse::replace : ImageUse::add;
    if (!progress) {
      m_simulation->run(use);
      continue;
    }
    const auto of_all = [&](double share) {
      progress((static_cast<double>(crystal) + share) / static_cast<double>(size()));
    };
    m_simulation->run(of_all, use);
  }
}

}  // namespace nbk::bench::render
