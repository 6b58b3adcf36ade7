// SPDX-License-Identifier: MIT
#include "bench/measure/reference_image.hpp"

#include "bench/reference/reference.hpp"
#include "bench/system/child_process.hpp"
#include "bench/system/files.hpp"
#include "bench/system/signals.hpp"
#include "bench/system/stopwatch.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nbk::bench::measure {
namespace {

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text.empty() ? "nothing" : text;
}

}  // namespace

ReferenceImage c_program_image(const CProgram& program, const Workload& workload) {
  const auto path = std::filesystem::absolute(program.path).string();
  const system::TemporaryFolder scratch("nbk-reference");
  const auto image = scratch.path() / "image.f32";
  system::ChildCommand command;
  // It reads a cache file of its working folder if there is one, so that folder has to be new.
  command.folder = scratch.path() / "empty";
  std::filesystem::create_directory(command.folder);
  command.output = scratch.path() / "output";
  command.timeout_s = program.timeout_s;
  if (program.threads > 0) command.environment = {{"OMP_NUM_THREADS", std::to_string(program.threads)}};
  command.arguments = {path};
  command.arguments.insert(command.arguments.end(), workload.flags.begin(), workload.flags.end());
  // Whatever else it would write or print costs time that the comparison is not about.
  for (const char* flag : {"-nonoise", "-nopgm", "-noprogress", "-floatfile"}) command.arguments.emplace_back(flag);
  command.arguments.push_back(image.string());

  const auto result = system::run_child(command, [&](double) {
    if (program.tick) program.tick();
    return system::InterruptWatch::pending() == 0;
  });
  system::InterruptWatch::check();
  if (!result.good()) {
    throw FileError(fmt::format("{}: the reference failed: {}; it last said: {}", path,
                                result.explain(program.timeout_s), one_line(system::tail_of(command.output, 400))));
  }
  try {
    return {system::read_floats(image, workload.pixels()), result.wall_s, result.peak_memory_bytes, command.arguments};
  } catch (const FileError& error) {
    throw FileError(fmt::format("{}: the reference left no proper image: {}", path, error.what()));
  }
}

ReferenceImage builtin_image(const Workload& workload, int threads) {
  const system::Stopwatch watch;
  ReferenceImage image;
  image.pixels = reference::render(workload.experiment, threads);
  image.time_s = watch.elapsed_s();
  return image;
}

}  // namespace nbk::bench::measure
