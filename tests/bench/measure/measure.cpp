// SPDX-License-Identifier: MIT
#include "bench/measure/measure.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace {

using namespace nbk::bench;

// Fills its image with how often it has been run, and tells what was asked of it.
class CountingSimulation final : public Simulation {
 public:
  explicit CountingSimulation(std::vector<std::string>& calls, bool copies = true) : m_calls(calls), m_copies(copies) {
    m_calls.emplace_back("new");
    m_scene.panels.resize(1);
    m_scene.panels.front().window = {1, 4, 2, 3};
    m_scene.panels.front().oversample = 3;
    m_scene.panels.front().layers.count = 2;
    m_scene.rays.resize(5);
    m_scene.phi_rad.resize(7);
    m_scene.domains.resize(11);
  }
  void setup(const nbk::Experiment&) override { m_calls.emplace_back("setup"); }
  void update(const nbk::Crystal&) override { m_calls.emplace_back("update"); }
  void run(const std::function<void(double)>&, nbk::ImageUse) override {
    ++m_runs;
    m_calls.emplace_back("run");
  }
  void copy_out(std::span<float> image) override {
    m_calls.emplace_back("copy");
    for (float& pixel : image) {
      if (m_copies) pixel = static_cast<float>(m_runs);
    }
  }
  std::span<const float> host_image() const override { return {}; }
  const nbk::Scene& scene() const override { return m_scene; }
  std::string dtype() const override { return "mixed"; }
  nbk::Traversal traversal() const override { return nbk::Traversal::pixels; }
  int pack_width() const override { return 16; }
  int threads() const override { return 2; }
  std::string space_name() const override { return "space"; }
  bool on_host() const override { return true; }
  std::size_t table_bytes() const override { return 123; }

 private:
  std::vector<std::string>& m_calls;
  bool m_copies;
  int m_runs = 0;
  nbk::Scene m_scene;
};

measure::Workload four_pixels() {
  measure::Workload workload;
  workload.pixels_fast = workload.pixels_slow = 2;
  return workload;
}

measure::Measurement measure_it(std::vector<std::string>& calls, measure::Repetitions repetitions, bool copies = true) {
  return measure::measure([&] { return std::make_unique<CountingSimulation>(calls, copies); }, four_pixels(),
                          repetitions, [] {});
}

}  // namespace

TEST_CASE("measure: cold is a new simulation each time, warm reuses the last") {
  std::vector<std::string> calls;
  const auto result = measure_it(calls, {2, 1});
  CHECK(calls == std::vector<std::string>{"new", "setup", "run", "copy", "new", "setup", "run", "copy", "setup", "run",
                                          "copy", "setup", "run", "copy", "setup", "run", "copy"});
  CHECK(result.cold.total_s.size() == 2);
  CHECK(result.warm.total_s.size() == 2);
}

TEST_CASE("measure: keeps the first cold and the last warm image") {
  std::vector<std::string> calls;
  const auto result = measure_it(calls, {2, 1});
  CHECK(result.cold_image == std::vector<float>(4, 1));
  CHECK(result.warm_image == std::vector<float>(4, 4));
}

TEST_CASE("measure: a warm repetition that writes nothing cannot pass with an older image") {
  std::vector<std::string> calls;
  const auto result = measure_it(calls, {2, 1}, false);
  for (const float pixel : result.warm_image) CHECK(std::isnan(pixel));
}

TEST_CASE("measure: the total has room for its parts") {
  std::vector<std::string> calls;
  const auto result = measure_it(calls, {3, 0});
  for (const auto* timings : {&result.cold, &result.warm}) {
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(timings->total_s[i] >= timings->setup_s[i] + timings->simulation_s[i] + timings->copy_out_s[i]);
    }
  }
}

TEST_CASE("measure: counts samples and evaluations of the window") {
  std::vector<std::string> calls;
  const auto setting = measure_it(calls, {1, 0}).setting;
  CHECK(setting.samples == 4 * 2 * 9 * 2);
  CHECK(setting.evaluations == setting.samples * 5 * 7 * 11);
  CHECK(setting.table_bytes == 123);
  CHECK(setting.dtype == "mixed");
}

TEST_CASE("measure: ends early when told to") {
  std::vector<std::string> calls;
  int checks = 0;
  const auto check = [&] {
    if (++checks == 2) throw std::runtime_error("enough");
  };
  CHECK_THROWS_AS(
      measure::measure([&] { return std::make_unique<CountingSimulation>(calls); }, four_pixels(), {5, 0}, check),
      std::runtime_error);
  CHECK(calls.size() == 4);
}
