// SPDX-License-Identifier: MIT
// nbk-noise with a header that is copied from another image.
#include "bench/system/files.hpp"
#include "nbk/io/float_image.hpp"
#include "support/drop_in_processes.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace fs = std::filesystem;
using nbk::bench::system::write_text;
using nbk::testing::has;
using nbk::testing::NoiseProcess;
using nbk::testing::words_of;

TEST_CASE("nbk-noise: a copied header that is wrong about the images is warned of, refused by corrected") {
  struct Copied {
    Copied(const std::string& keys, const std::string& line) {
      std::string header = "{\nHEADER_BYTES=512;\nSIZE1=30;\nSIZE2=20;\n" + keys + "}\f";
      header.resize(512, ' ');
      write_text(process.file("header"), header);
      nbk::io::write_float_image(process.file("in"), std::vector<float>(600, 1));
      code = process.run(words_of("-floatfile in -seed 3 -header header " + line));
    }
    bool says(const std::string& part) const { return has(process.printed(), part); }

    NoiseProcess process;
    int code = 0;
  };
  const std::string own = "BYTE_ORDER=little_endian;\nTYPE=unsigned_short;\nADC_OFFSET=40;\n";
  CHECK_FALSE(Copied(own, "").says("-header"));
  CHECK(Copied(own, "--policy corrected").code == 0);
  const std::pair<std::string, std::pair<std::string, std::string>> lies[] = {
      {"BYTE_ORDER=big_endian;\n", {"", "says BYTE_ORDER = big_endian, but the images have little_endian"}},
      {"TYPE=float;\n", {"", "says TYPE = float, but the images have integers of -bits 16"}},
      {"Data_type=long_integer;\n", {"", "says Data_type = long_integer"}},
      {own, {"-bits 32 ", "says TYPE = unsigned_short, but the images have integers of -bits 32"}},
      {"", {"-bits 32 ", "says TYPE = nothing"}},
      {own, {"-adc 10 ", "says ADC_OFFSET = 40, but the images have -adc 10"}},
  };
  for (const auto& [keys, rest] : lies) {
    const auto& [line, said] = rest;
    INFO(keys << line);
    const Copied compat(keys, line);
    CHECK(compat.code == 0);
    CHECK(compat.says(said));
    CHECK(Copied(keys, line + "--quiet").says(said));
    CHECK(Copied(keys, line + "--strict").code == 2);
    const Copied corrected(keys, line + "--policy corrected");
    CHECK(corrected.code == 2);
    CHECK(corrected.says(said));
    CHECK_FALSE(fs::exists(corrected.process.file("noiseimage.img")));
  }
  CHECK(Copied("TYPE=long_integer;\n", "-bits 32 --policy corrected").code == 0);
}
