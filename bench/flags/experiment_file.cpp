// SPDX-License-Identifier: MIT
#include "bench/flags/experiment_file.hpp"

#include "nbk/io/experiment_json.hpp"
#include "nbk/io/file.hpp"

#include <nlohmann/json.hpp>

namespace nbk::bench::flags {

Experiment read_experiment(const std::filesystem::path& file) {
  const std::string text = io::read_file(file);
  nlohmann::json json;
  try {
    json = nlohmann::json::parse(text);
  } catch (const nlohmann::json::exception& error) {
    io::fail(file, error.what());
  }
  return io::experiment_from_json(json, file.string());
}

void write_experiment(const std::filesystem::path& file, const Experiment& experiment) {
  const auto json = io::experiment_to_json<nlohmann::ordered_json>(experiment);
  io::AtomicFile out(file);
  out.write(json.dump(1) + "\n");
  out.commit();
}

}  // namespace nbk::bench::flags
