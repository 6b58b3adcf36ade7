// SPDX-License-Identifier: MIT
// Renders a shape that add_shape.cmake added to a copy of the headers, chosen by its name in an experiment's JSON.
#include <Kokkos_Core.hpp>
#include <nbk/io/experiment_json.hpp>
#include <nbk/nbk.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Json = nlohmann::json;
using Exec = Kokkos::DefaultHostExecutionSpace;

Json experiment_with(std::string_view shape) {
  return {{"schema", "nbk-experiment"},
          {"schema_version", 1},
          {"crystal",
           {{"shape", shape},
            {"cells", {5, 6, 7}},
            {"cell", {{"a_A", 70.0}}},
            {"misset_rad", {0.1, 0.2, 0.3}},
            {"mosaicity", {{"spread_rad", 0.01}, {"domains", 5}}}}},
          {"detector",
           {{"pixels_fast", 48}, {"pixels_slow", 48}, {"pixel_size_m", 5e-4}, {"distance_m", 0.08}, {"oversample", 1}}},
          {"structure_factors", {{"default_amplitude", 100.0}}}};
}

std::vector<float> image_of(const nbk::Experiment& experiment) {
  const Exec exec;
  const nbk::Plan<nbk::Fp32, Exec> plan(exec, experiment);
  const auto image = nbk::make_image(exec, plan);
  nbk::simulate(exec, plan, image);
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

/// Message with which an experiment is refused; empty if it is not.
std::string refusal(const Json& json) {
  try {
    (void)nbk::io::experiment_from_json(json, "FILE");
  } catch (const nbk::FileError& error) {
    return error.what();
  }
  return {};
}

int failures = 0;

void check(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "not true: %s\n", what);
  ++failures;
}

}  // namespace

int main(int argc, char** argv) {
  const Kokkos::ScopeGuard kokkos(argc, argv);
  const auto read = [](std::string_view name) { return nbk::io::experiment_from_json(experiment_with(name), "FILE"); };
  const nbk::Experiment bell = read("bell");
  check(bell.crystal.shape == nbk::shape_of<nbk::physics::Bell>, "the name in JSON chooses the new type");
  check(nbk::io::experiment_to_json<Json>(bell)["crystal"]["shape"] == "bell", "JSON is written with the new name");

  const std::vector<float> image = image_of(bell);
  check(image == image_of(read("gauss")), "the new shape's image is that of Gauss, bit by bit");
  check(std::ranges::count_if(image, [](float pixel) { return pixel > 0; }) > 20, "the image has spots");
  check(image != image_of(read("tophat")), "another shape's image differs");

  check(refusal(experiment_with("cube")) == "FILE: /crystal/shape: must be one of square, round, gauss, tophat, bell",
        "the new name is among those that a message offers");
  check(nbk::scene::shape_names().ends_with(", bell"), "the new name is among those that nbk-render's flag offers");
  return failures == 0 ? 0 : 1;
}
