// SPDX-License-Identifier: MIT
#include "bench/trace/launch_description.hpp"

#include "bench/system/files.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <regex>

namespace {

namespace fs = std::filesystem;
using namespace nbk::bench;

const fs::path root = fs::path(NBK_TESTS_DIR) / "..";

// Calls f(label, file) for every kernel with a label in the library and the driver.
template <class F>
void for_each_kernel(F&& f) {
  const std::regex launch(R"(parallel_(for|reduce|scan)\(\s*"(nbk::[^"]+)\")");
  for (const char* folder : {"include/nbk", "bench/kernels", "bench"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (!entry.is_regular_file()) continue;
      const auto text = system::read_text(entry.path());
      for (std::sregex_iterator found(text.begin(), text.end(), launch), end; found != end; ++found) {
        f((*found)[2].str(), fs::relative(entry.path(), root).generic_string());
      }
    }
  }
}

}  // namespace

TEST_CASE("launch_description: every kernel is known, and stands in the file that is named for it") {
  int kernels = 0;
  for_each_kernel([&](const std::string& label, const std::string& file) {
    CAPTURE(label);
    CHECK(trace::source_of(label) == file);
    ++kernels;
  });
  CHECK(kernels >= 3);
}

TEST_CASE("launch_description: regions, Kokkos' own work and what is not known") {
  for (const char* region : {"cold", "warm", "warm-up", "set-up", "simulation", "copy-out", "comparison",
                             "file writing", "nbk::image", "nbk::upload", "nbk::bench::multiply_adds"}) {
    CAPTURE(region);
    const auto file = root / trace::source_of(region);
    REQUIRE(fs::is_regular_file(file));
    CHECK(system::read_text(file).find(std::string("\"") + region + "\"") != std::string::npos);
  }
  CHECK(trace::source_of("Kokkos::Impl::host_space_deepcopy_double") == "Kokkos");
  CHECK(trace::source_of("somebody else's").empty());
}

TEST_CASE("launch_description: tells what runs, also where another precision was needed than asked for") {
  const auto describe = [](const std::vector<std::string>& flags, const char* dtype) {
    const auto workload = measure::workload_from_flags("test", flags);
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
  CHECK(system::read_text(root / "include/nbk/kernel/spots.hpp").find("struct " + kernel) != std::string::npos);
  CHECK(functor.find("<Square, ConstantF, FirstValue, ") != std::string::npos);

  auto gauss = flags;
  gauss.insert(gauss.end(), {"-gauss_xtal", "-oversample_omega"});
  const auto wider = describe(gauss, "float32");
  CHECK(wider["precision"] == "float64");
  CHECK(wider["functor"].get<std::string>().find("<Gauss, ConstantF, Compounding, ") != std::string::npos);
  CHECK(wider["functor"].get<std::string>().find("Fp64>") != std::string::npos);
}
