// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/kernels/simulation.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nbk::bench::render {

/// Simulation of all crystals of a command, whose images are added up in its image. All of them are computed in one
/// precision, which suffices for each. Water and materials count once, with the first crystal.
class CrystalSum {
 public:
  /// \param command  must outlive this
  explicit CrystalSum(const flags::Command& command);

  /// Checks all crystals and chooses the precision.
  /// \throws InvalidInput  also for a further crystal, by its place in the list
  void setup();

  /// Computes the sum.
  /// \param progress  if not empty: called now and then with the share that is done, 0 to 1
  void run(const std::function<void(double)>& progress);

  /// Returns the simulation, which holds the sum.
  Simulation& simulation() const { return *m_simulation; }
  /// Returns the scene of the first crystal.
  const Scene& scene() const { return m_scene; }
  /// Returns the number of crystals.
  std::size_t size() const { return 1 + m_command.further_crystals.size(); }
  /// Returns the warnings about further crystals, each with its place in the list.
  const std::vector<std::string>& further_warnings() const { return m_further_warnings; }

 private:
  std::string name_of(std::size_t crystal) const;
  void setup_crystal(std::size_t crystal);
  bool setup_all(const std::string& precision);

  const flags::Command& m_command;
  std::unique_ptr<Simulation> m_simulation;
  Scene m_scene;
  std::vector<std::string> m_further_warnings;
};

}  // namespace nbk::bench::render
