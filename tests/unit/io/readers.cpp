// SPDX-License-Identifier: MIT
#include "bench/system/files.hpp"
#include "nbk/io/a_matrix.hpp"
#include "nbk/io/crystfel_cell.hpp"
#include "nbk/io/crystfel_geometry.hpp"
#include "nbk/io/float_image.hpp"
#include "nbk/io/hkl_text.hpp"
#include "nbk/io/parse_json.hpp"
#include "nbk/io/smv_reader.hpp"
#include "nbk/io/source_list.hpp"
#include "nbk/io/spectrum_text.hpp"
#include "nbk/io/spread_kernel_text.hpp"
#include "nbk/io/stol_table.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <bit>

namespace {

using namespace nbk::io;
using doctest::Contains;
using nbk::FileError;
using nbk::Source;
using nbk::Vec3d;

const SourceDefaults defaults{{1, 0, 0}, 1.5e-10};

std::vector<Source> sources_of(const std::string& text) { return parse_source_list(text, defaults, "beam").sources; }

std::string smv(const std::string& keys, std::size_t pixels) {
  std::string bytes = "{\nHEADER_BYTES=  512;\nDIM=2;\n" + keys + "}\f";
  bytes.resize(512, ' ');
  for (std::size_t i = 0; i < pixels; ++i) bytes += {static_cast<char>(i), '\1'};
  return bytes;
}

}  // namespace

TEST_CASE("a matrix: nine numbers, whatever follows") {
  const nbk::Mat3d m = parse_a_matrix("1 2 3\n4 5 6\n7 8 9e-1\n  0.0 0.0 0.0\nwords", "A");
  CHECK(m.row0 == Vec3d{1, 2, 3});
  CHECK(m.row2 == Vec3d{7, 8, 0.9});
  CHECK_THROWS_WITH_AS(parse_a_matrix("", "A"), Contains("there are only 0"), FileError);
  CHECK_THROWS_WITH_AS(parse_a_matrix("1 2 3\n4 5 6\n", "A"), Contains("there are only 6"), FileError);
  CHECK_THROWS_WITH_AS(parse_a_matrix("1 2 3 4 5 6 7 8", "A"), Contains("line 1: has 8 fields"), FileError);
  CHECK_THROWS_WITH_AS(parse_a_matrix("1 2 3 0\n4 5 6 0\n7 8 9 0", "A"), Contains("line 1: has 4 fields"), FileError);
  CHECK_THROWS_WITH_AS(parse_a_matrix("1 2 3\n4 x 6\n7 8 9", "A"), Contains("line 2: an orientation"), FileError);
  CHECK(parse_a_matrix("1 2 3 4 5 6 7 8 9\nmore", "A").row2 == Vec3d{7, 8, 9});
  CHECK_THROWS_WITH_AS(parse_a_matrix("1 2 3 4 5 6 7 8 inf", "A"), Contains("finite"), FileError);
  CHECK_THROWS_WITH_AS(read_a_matrix("/no/such/file"), Contains("cannot be opened"), FileError);
}

TEST_CASE("sources: columns, separators and defaults") {
  const auto sources = sources_of("-10 0.5 0.25 2 1e-10\n\n  -9,1;2:3!2e-10\n-8\n-7 1 2\n");
  REQUIRE(sources.size() == 4);
  CHECK(sources[0].position == Vec3d{-10, 0.5, 0.25});
  CHECK(sources[0].weight == 2);
  CHECK(sources[0].wavelength_m == 1e-10);
  CHECK(sources[1].position == Vec3d{-9, 1, 2});
  CHECK(sources[1].wavelength_m == 2e-10);
  CHECK(sources[2].position == Vec3d{-8, 0, 0});
  CHECK(sources[2].weight == 1);
  CHECK(sources[2].wavelength_m == 1.5e-10);
  CHECK(sources[3].position == Vec3d{-7, 1, 2});
}

TEST_CASE("sources: a missing component is that of a source 10 m before the sample") {
  const SourceDefaults tilted{{0.6, 0, 0.8}, 1e-10};
  CHECK(parse_source_list("-10\n", tilted, "beam").sources[0].position == Vec3d{-10, 0, -8});
}

TEST_CASE("sources: the C program's columns of zeros where a line does not end in a bare line feed") {
  const auto zero_weight = [](const Columns& c) { return c[3] == 0.0 && c[4] == 0.0; };
  CHECK(zero_weight(split_columns("1 2 3")));
  CHECK(zero_weight(split_columns("1 2 3\r\n")));
  CHECK(zero_weight(split_columns("1 2 word\n")));
  CHECK_FALSE(split_columns("1 2 3\n")[3]);
  CHECK_THROWS_WITH_AS(sources_of("-10 0 0"), Contains("line 1: the wavelength"), FileError);
  CHECK(sources_of("-10 0 0 1 1e-10\r\n")[0].wavelength_m == 1e-10);
}

TEST_CASE("sources: comments are skipped and said") {
  const SourceList list = parse_source_list("# X Y Z\n-10 0 0 1 1e-10\n  #\n", defaults, "beam");
  CHECK(list.sources.size() == 1);
  CHECK(list.warnings.empty());
  REQUIRE(list.notes.size() == 2);
  CHECK(list.notes[0].find("beam: line 1: a comment") == 0);
  CHECK(list.notes[1].find("beam: line 3: a comment") == 0);
  CHECK(parse_source_list("-10 0 0 1 1.5\n", defaults, "beam").warnings.size() == 1);
  CHECK(parse_source_list("-10 0\n", defaults, "beam").warnings.size() == 1);
}

TEST_CASE("sources: what cannot be a source is refused") {
  CHECK_THROWS_WITH_AS(sources_of(""), Contains("holds no sources"), FileError);
  CHECK_THROWS_WITH_AS(sources_of("# nothing\n\r\n"), Contains("holds no sources"), FileError);
  CHECK_THROWS_WITH_AS(sources_of("0 0 0 1 1e-10\n"), Contains("line 1: a source cannot be at the sample"), FileError);
  CHECK_THROWS_WITH_AS(sources_of("words only here\n"), Contains("line 1: column 1 is \"words\", expected a number"),
                       FileError);
  CHECK_THROWS_WITH_AS(sources_of("-10 0 0 1 1e-10\n-10 0 x 1\n"), Contains("line 2: column 3 is \"x\""), FileError);
  CHECK_THROWS_WITH_AS(sources_of("{\"schema\":1\n"), Contains("line 1: column 1"), FileError);
  CHECK(sources_of("-10 +0.5 .25 1 1e-10 # that was a source\n").size() == 1);
  CHECK_THROWS_WITH_AS(sources_of("-10 0 0 1 1e-10\n-10 0 0 1 1e-10 0\n"), Contains("beam: line 2: has 6 fields"),
                       FileError);
  CHECK_THROWS_WITH_AS(sources_of("-10 0 0 1 -1e-10\n"), Contains("wavelength"), FileError);
  CHECK_THROWS_WITH_AS(sources_of("-10 nan 0 1 1e-10\n"), Contains("finite"), FileError);
  CHECK_THROWS_WITH_AS(sources_of("-10 1e999 0 1 1e-10\n"), Contains("finite"), FileError);
  CHECK_THROWS_WITH_AS(sources_of(std::string("-10 0\0 0\n", 9)), Contains("not a text file"), FileError);
  CHECK_THROWS_WITH_AS(sources_of(std::string(20000, '1')), Contains("longer than"), FileError);
}

TEST_CASE("smv: size, pixels and the last value of a key") {
  const SmvImage image =
      parse_smv(smv("SIZE1=3;\nSIZE2=2;\nDISTANCE=100;\nXDS_ORGX=7;\nCLOSE_DISTANCE=99;\n", 6), "image");
  CHECK(image.pixels_fast == 3);
  CHECK(image.pixels_slow == 2);
  CHECK(image.pixels == std::vector<std::uint16_t>{0x100, 0x101, 0x102, 0x103, 0x104, 0x105});
  CHECK(image.value_of("DISTANCE") == 99);
  CHECK(image.value_of("ORGX") == 7);
  CHECK_FALSE(image.value_of("WAVELENGTH"));
  CHECK(parse_smv(smv("DETECTOR_DIMENSIONS=2;\n", 4), "image").pixels_slow == 2);
}

TEST_CASE("smv: what is no image is refused") {
  const std::string good = smv("SIZE1=3;\nSIZE2=2;\n", 6);
  CHECK_NOTHROW(parse_smv(good, "image"));
  CHECK_THROWS_WITH_AS(parse_smv("", "image"), Contains("image: is empty"), FileError);
  CHECK_THROWS_WITH_AS(parse_smv("P5\n3 2\n255\n", "image"), Contains("is not an SMV image"), FileError);
  CHECK_THROWS_WITH_AS(parse_smv(good.substr(0, 100), "image"), Contains("truncated"), FileError);
  CHECK_THROWS_WITH_AS(parse_smv(good.substr(0, good.size() - 1), "image"), Contains("3 x 2 pixels need 524 bytes"),
                       FileError);
  CHECK_THROWS_WITH_AS(parse_smv(smv("SIZE1=-3;\nSIZE2=2;\n", 6), "image"), Contains("SIZE1 = -3"), FileError);
  CHECK_THROWS_WITH_AS(parse_smv(smv("SIZE1=3;\nSIZE2=nan;\n", 6), "image"), Contains("SIZE2"), FileError);
  CHECK_THROWS_WITH_AS(parse_smv(smv("", 6), "image"), Contains("DETECTOR_DIMENSIONS"), FileError);
  CHECK_THROWS_WITH_AS(parse_smv(smv("SIZE1=60000;\nSIZE2=60000;\n", 6), "image"), Contains("truncated"), FileError);
  CHECK_THROWS_WITH_AS(parse_smv(smv("HEADER_BYTES=1e9;\nSIZE1=3;\nSIZE2=2;\n", 6), "image"), Contains("HEADER_BYTES"),
                       FileError);
}

TEST_CASE("smv: the byte order is honoured, and a type that is not read is refused by name") {
  const std::string keys = "SIZE1=3;\nSIZE2=1;\n";
  const SmvImage little = parse_smv(smv("BYTE_ORDER=little_endian;\nTYPE=unsigned_short;\n" + keys, 3), "image");
  const SmvImage big = parse_smv(smv("BYTE_ORDER=little_endian;\n" + keys + "BYTE_ORDER=big_endian;\n", 3), "image");
  const bool native_is_little = std::endian::native == std::endian::little;
  CHECK((native_is_little ? little : big).pixels == std::vector<std::uint16_t>{0x100, 0x101, 0x102});
  CHECK((native_is_little ? big : little).pixels == std::vector<std::uint16_t>{0x001, 0x101, 0x201});
  CHECK((native_is_little ? big : little).warnings.size() == 1);
  CHECK((native_is_little ? little : big).warnings.empty());
  CHECK_THROWS_WITH_AS(parse_smv(smv(keys + "BYTE_ORDER=pdp;\n", 3), "image"), Contains("BYTE_ORDER = \"pdp\""),
                       FileError);
  for (const char* type : {"float", "signed_short", "unsigned_int", "unsigned_char"}) {
    const std::string header = keys + "TYPE=" + type + ";\n";
    CHECK_THROWS_WITH_AS(parse_smv(smv(header, 6), "image"), Contains(std::string("TYPE = \"").append(type).c_str()),
                         FileError);
    CHECK(parse_smv(smv(header, 0), "image", SmvPart::header).pixels_fast == 3);
  }
  CHECK_THROWS_WITH_AS(parse_smv(smv(keys + "DIM=3;\n", 3), "image"), Contains("DIM"), FileError);
}

TEST_CASE("smv: a size that is wrong is named by the key that the file has") {
  CHECK_THROWS_WITH_AS(parse_smv(smv("SIZE1=0;\nSIZE2=2;\n", 6), "image"), Contains("SIZE1 = 0"), FileError);
  CHECK_THROWS_WITH_AS(parse_smv(smv("SIZE1=2.5;\nSIZE2=2;\n", 6), "image"), Contains("SIZE1 = 2.5"), FileError);
  CHECK_THROWS_WITH_AS(parse_smv(smv("DETECTOR_DIMENSIONS=0;\n", 6), "image"), Contains("DETECTOR_DIMENSIONS = 0"),
                       FileError);
}

TEST_CASE("stol: two columns") {
  const auto points = parse_stol_table("# stol F\n0 2.5\n\n0.5\t3e1\r\n", "curve");
  REQUIRE(points.size() == 2);
  CHECK(points[1].stol == 0.5);
  CHECK(points[1].amplitude == 30);
  CHECK_THROWS_WITH_AS(parse_stol_table("", "curve"), Contains("curve: is empty"), FileError);
  CHECK_THROWS_WITH_AS(parse_stol_table("# none\n", "curve"), Contains("holds no points"), FileError);
  CHECK_THROWS_WITH_AS(parse_stol_table("0 1\n1 2 3\n", "curve"), Contains("curve: line 2: has 3 fields"), FileError);
  CHECK_THROWS_WITH_AS(parse_stol_table("0 1\n1\n", "curve"), Contains("curve: line 2: has 1 field"), FileError);
  CHECK_THROWS_WITH_AS(parse_stol_table("0 x\n", "curve"), Contains("line 1: expected a finite number"), FileError);
}

TEST_CASE("float image: a round trip, and files that are none") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  const std::vector<float> image{1, -2.5F, 3e-30F};
  write_float_image(scratch.path() / "image", image);
  CHECK(read_float_image(scratch.path() / "image") == image);
  nbk::bench::system::write_text(scratch.path() / "odd", "abcde");
  CHECK_THROWS_WITH_AS(read_float_image(scratch.path() / "odd"), Contains("5 bytes"), FileError);
  nbk::bench::system::write_text(scratch.path() / "empty", "");
  CHECK_THROWS_AS(read_float_image(scratch.path() / "empty"), FileError);
}

TEST_CASE("text: the mark that editors of Windows put before UTF-8 is left out") {
  const std::string mark = "\xef\xbb\xbf";
  CHECK(parse_a_matrix(mark + "1 2 3\n4 5 6\n7 8 9\n", "f").row0 == Vec3d{1, 2, 3});
  CHECK(parse_hkl_text(mark + "1 2 3 10\n", "f").reflections.at(0).amplitude == 10);
  CHECK(parse_spectrum_text(mark + "0.5 1\n", "f").spectrum.lines.at(0).wavelength_m == 0.5 / 1e10);
  CHECK(sources_of(mark + "-10 0 0 1 2e-10\n").at(0).wavelength_m == 2e-10);
  CHECK(parse_stol_table(mark + "0.5 1\n", "f").at(0).stol == 0.5);
  CHECK(parse_spread_kernel(mark + "1\n", "f").at(0) == 1);
  CHECK(parse_json<nlohmann::json>(mark + "[1]", "f").at(0) == 1);
  const std::string cell = "CrystFEL unit cell file version 1.0\na = 7 A\nb = 8 A\nc = 9 A\nal = 90 deg\nbe = 90 deg\n";
  CHECK(parse_crystfel_cell(mark + cell + "ga = 90 deg\n", "f").a_A == 7);
  const std::string geometry =
      "wavelength = 2 A\nclen = 0.1\nres = 10000\nq/min_fs = 0\nq/max_fs = 5\nq/min_ss = 0\nq/max_ss = 5\n"
      "q/corner_x = 0\nq/corner_y = 0\nq/fs = x\nq/ss = y\n";
  const CrystfelGeometry read = parse_crystfel_geometry(mark + geometry, "f");
  CHECK(read.wavelength_m == 2e-10);
  CHECK(read.warnings.empty());
}

TEST_CASE("text: UTF-16 is refused by its name") {
  const std::string text(
      "\xff\xfe"
      "1\0 \0002\0\n\0",
      10);
  const char* const said = "f: is text in UTF-16; save it as UTF-8";
  CHECK_THROWS_WITH_AS(parse_a_matrix(text, "f"), said, FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text(text, "f"), said, FileError);
  CHECK_THROWS_WITH_AS(parse_spectrum_text(text, "f"), said, FileError);
  CHECK_THROWS_WITH_AS(parse_stol_table(text, "f"), said, FileError);
  CHECK_THROWS_WITH_AS(parse_spread_kernel(text, "f"), said, FileError);
  CHECK_THROWS_WITH_AS(parse_json<nlohmann::json>(text, "f"), said, FileError);
  CHECK_THROWS_WITH_AS(parse_crystfel_cell(text, "f"), said, FileError);
  CHECK_THROWS_WITH_AS(parse_crystfel_geometry(text, "f"), said, FileError);
}

TEST_CASE("json: what is none is said without the codes of the library that reads it") {
  CHECK_THROWS_WITH_AS(parse_json<nlohmann::json>("{", "f"), Contains("f: is no JSON: parse error at line 1, column 2"), FileError);
}
