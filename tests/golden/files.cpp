// SPDX-License-Identifier: MIT
// Every file the C program writes for one job, from its own float image, byte by byte. tests/golden/files/manifest.json
// says how they were made.
#include "bench/system/files.hpp"
#include "bench/flags/command.hpp"
#include "nbk/io/hkl_cache.hpp"
#include "nbk/io/integer_image.hpp"
#include "nbk/io/noise_image.hpp"
#include "nbk/io/smv_writer.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/places.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

namespace {

namespace fs = std::filesystem;
using namespace nbk::io;
using nbk::bench::system::read_text;

const fs::path folder = fs::path(nbk::testing::places::tests) / "golden/files";

nlohmann::json manifest() { return nlohmann::json::parse(read_text(folder / "manifest.json")); }

/// The job as nbk understands it.
struct Job {
  Job() {
    auto arguments = manifest()["arguments"].get<std::vector<std::string>>();
    for (std::string& word : arguments) {
      if (word == "list.hkl") word = (folder / word).string();
    }
    command = nbk::bench::flags::parse(arguments);
    scene = nbk::make_scene(command.experiment);
    area = rendered_area(scene, command.experiment.detector.mask);
    image = nbk::bench::system::read_floats(folder / "floatimage.bin", area.size());
    statistics = image_statistics(image, area);
    header = smv_header(scene, command.experiment);
  }

  nbk::bench::flags::Command command;
  nbk::Scene scene;
  RenderedArea area;
  std::vector<float> image;
  ImageStatistics statistics;
  std::string header;
};

std::string written(const std::function<void(const fs::path&)>& write) {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  write(scratch.path() / "file");
  return read_text(scratch.path() / "file");
}

}  // namespace

TEST_CASE("files: the integer image is the C program's") {
  const Job job;
  const ToCounts to_counts(integer_scale(0, job.statistics), job.command.output.adc_offset);
  const std::string bytes =
      written([&](const fs::path& file) { write_integer_image(file, job.header, job.image, job.area, to_counts); });
  CHECK(bytes.substr(0, 512) == read_text(folder / "intimage.img").substr(0, 512));
  CHECK(bytes == read_text(folder / "intimage.img"));
}

TEST_CASE("files: the grey picture is the C program's") {
  const Job job;
  const double scale = grey_scale(0, integer_scale(0, job.statistics), job.statistics);
  CHECK(written([&](const fs::path& file) { write_grey_image(file, job.image, job.area, scale); }) ==
        read_text(folder / "image.pgm"));
}

TEST_CASE("files: the noise image is the C program's, draw by draw") {
  const Job job;
  NoiseFigures figures;
  const std::string bytes = written([&](const fs::path& file) {
    figures = write_noise_image(file, job.header, job.image, job.area, job.command.output.adc_offset,
                                nbk::NoiseDeviates(job.scene.generator, job.command.output.noise_seed));
  });
  CHECK(bytes == read_text(folder / "noiseimage.img"));
  CHECK(std::lround(figures.photons) == 3432216);
  CHECK(figures.overloads == 4);
}

TEST_CASE("files: the structure factor cache is the C program's") {
  const Job job;
  const nbk::StructureFactors& factors = job.command.experiment.structure_factors;
  CHECK(written([&](const fs::path& file) { write_hkl_cache(file, factors); }) == read_text(folder / "Fdump.bin"));
  CHECK(read_hkl_cache(folder / "Fdump.bin").amplitude == factors.amplitude);
}

TEST_CASE("files: the statistics are what the C program prints") {
  const Job job;
  const ImageStatistics& s = job.statistics;
  CHECK(nbk::format_g(s.max) == "2.71732e+06");
  CHECK(s.max_fast == 7);
  CHECK(s.max_slow == 7);
  CHECK(nbk::format_g(s.mean) == "22282.6");
  CHECK(nbk::format_g(s.rms) == "221665");
  CHECK(nbk::format_g(s.rmsd) == "220535");
  CHECK(s.computed == 14 * 11);
}
