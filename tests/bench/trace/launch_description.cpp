// SPDX-License-Identifier: MIT
#include "bench/trace/launch_description.hpp"

#include "bench/system/files.hpp"
#include "support/places.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace {

namespace fs = std::filesystem;
using namespace nbk::bench;

const fs::path root = fs::path(nbk::testing::places::tests) / "..";

}  // namespace

TEST_CASE("launch_description: tells what runs, also where another precision was needed than asked for") {
  const auto describe = [](const std::vector<std::string>& flags, const char* dtype) {
    const auto workload = measure::workload_from_flags("test", flags, "/no/such/cache");
    const auto simulation = make_simulation("cpu", dtype);
    simulation->setup(workload.experiment);
    return nlohmann::json::parse("{" + trace::launch_description(workload, *simulation) + "}");
  };
  const std::vector<std::string> flags{"-cell", "100",        "100", "100",        "90",  "90",
                                       "90",    "-N",         "5",   "-lambda",    "6.2", "-distance",
                                       "100",   "-detpixels", "8",   "-default_F", "100"};
  const auto plain = describe(flags, "float32");
  CHECK(plain["precision"] == "float32");
  CHECK(plain["range"] == "1 x 8 x 8 pixels");
  CHECK(plain["evaluations"] == 64);
  CHECK(plain["least_bytes"].get<int>() >= 64 * 4);
  CHECK(plain["operations"].get<double>() > 64 * 20);
  const auto functor = plain["functor"].get<std::string>();
  const auto kernel = functor.substr(13, functor.find('<') - 13);
  CHECK(system::read_text(root / "include/nbk/kernel/row_functions.hpp").find("class " + kernel + " {") !=
        std::string::npos);
  CHECK(functor.find("<Bragg<Square, ConstantF>, FirstValue, ") != std::string::npos);

  auto gauss = flags;
  gauss.insert(gauss.end(), {"-gauss_xtal", "-oversample_omega"});
  const auto wider = describe(gauss, "float32");
  CHECK(wider["precision"] == "float64");
  CHECK(wider["functor"].get<std::string>().find("<Bragg<Gauss, ConstantF>, Compounding, ") != std::string::npos);
  CHECK(wider["functor"].get<std::string>().find("Fp64>") != std::string::npos);
}
