// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/render/render_files.hpp"
#include "nbk/scene/scene.hpp"

#include <filesystem>

namespace nbk::bench::render {

/// Seconds of the parts of a run.
struct RenderSeconds {
  double setup = 0, simulation = 0, copy_out = 0, response = 0, files = 0, total = 0;
};

/// Everything a record is made of.
struct RenderResult {
  const flags::Command& command;
  const Scene& scene;
  const WrittenImages& written;
  const RenderSeconds& seconds;
  const Simulation& simulation;
};

/// Writes what was simulated, the statistics and the timings as JSON (docs/render.md). \throws FileError
void write_record(const std::filesystem::path& file, const RenderResult& result);

}  // namespace nbk::bench::render
