// SPDX-License-Identifier: MIT
#include "bench/measure/reference_image.hpp"

#include "bench/reference/reference.hpp"
#include "bench/system/child_process.hpp"
#include "bench/system/files.hpp"
#include "bench/system/sha256.hpp"
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

class CProgram : public Reference {
 public:
  CProgram(const std::filesystem::path& program, double timeout_s, int threads, std::function<void()> tick)
      : m_program(std::filesystem::absolute(program)),
        m_timeout_s(timeout_s),
        m_threads(threads),
        m_tick(std::move(tick)) {
    const auto bytes = system::read_text(m_program);
    m_checksum = system::sha256(std::as_bytes(std::span(bytes.data(), bytes.size())));
  }

  std::string kind() const override { return "c_program"; }
  Json describe() const override {
    return {{"kind", kind()}, {"program", m_program.string()}, {"program_sha256", m_checksum}};
  }

  ReferenceImage render(const Workload& workload) override {
    const system::TemporaryFolder scratch("nbk-reference");
    const auto image = scratch.path() / "image.f32";
    system::ChildCommand command;
    // It reads a cache file of its working folder if there is one, so that folder has to be new.
    command.folder = scratch.path() / "empty";
    std::filesystem::create_directory(command.folder);
    command.output = scratch.path() / "output";
    command.timeout_s = m_timeout_s;
    if (m_threads > 0) command.environment = {{"OMP_NUM_THREADS", std::to_string(m_threads)}};
    command.arguments = {m_program.string()};
    command.arguments.insert(command.arguments.end(), workload.flags.begin(), workload.flags.end());
    // What else it would write or print costs time that the comparison is not about.
    for (const char* flag : {"-nonoise", "-nopgm", "-noprogress", "-floatfile"}) command.arguments.emplace_back(flag);
    command.arguments.push_back(image.string());

    const auto result = system::run_child(command, [this](double) {
      if (m_tick) m_tick();
      return system::InterruptWatch::pending() == 0;
    });
    system::InterruptWatch::check();
    if (!result.good()) {
      throw FileError(fmt::format("{}: the reference failed: {}; it last said: {}", m_program.string(),
                                  result.explain(m_timeout_s), one_line(system::tail_of(command.output, 400))));
    }
    try {
      return {system::read_floats(image, workload.pixels()), result.wall_s, result.peak_memory_bytes,
              command.arguments};
    } catch (const FileError& error) {
      throw FileError(fmt::format("{}: the reference left no proper image: {}", m_program.string(), error.what()));
    }
  }

 private:
  std::filesystem::path m_program;
  std::string m_checksum;
  double m_timeout_s;
  int m_threads;
  std::function<void()> m_tick;
};

class Builtin : public Reference {
 public:
  explicit Builtin(int threads) : m_threads(threads) {}

  std::string kind() const override { return "builtin"; }
  Json describe() const override { return {{"kind", kind()}, {"program", nullptr}, {"program_sha256", nullptr}}; }

  ReferenceImage render(const Workload& workload) override {
    const system::Stopwatch watch;
    ReferenceImage image;
    image.pixels = reference::render(workload.experiment, m_threads);
    image.time_s = watch.elapsed_s();
    return image;
  }

 private:
  int m_threads;
};

}  // namespace

std::unique_ptr<Reference> c_program_reference(const std::filesystem::path& program, double timeout_s, int threads,
                                               std::function<void()> tick) {
  return std::make_unique<CProgram>(program, timeout_s, threads, std::move(tick));
}

std::unique_ptr<Reference> builtin_reference(int threads) { return std::make_unique<Builtin>(threads); }

}  // namespace nbk::bench::measure
