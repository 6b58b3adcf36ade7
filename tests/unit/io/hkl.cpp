// SPDX-License-Identifier: MIT
#include "nbk/io/hkl_cache.hpp"
#include "nbk/io/hkl_text.hpp"

#include "bench/system/files.hpp"

#include <doctest/doctest.h>

#include <cstring>

namespace {

using namespace nbk::io;
using doctest::Contains;
using nbk::FileError;
using nbk::Reflection;
using nbk::StructureFactors;

StructureFactors table_of(const std::string& text, double default_amplitude = 0) {
  return make_table(parse_hkl_text(text, "list").reflections, default_amplitude, "list");
}

std::string cache_of(const StructureFactors& table) {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  write_hkl_cache(scratch.path() / "cache", table);
  return nbk::bench::system::read_text(scratch.path() / "cache");
}

}  // namespace

TEST_CASE("hkl text: a list becomes the smallest box around it, holes at the default") {
  const StructureFactors table = table_of("1 0 -2 10.5\n3 0 -1 4\n", 7);
  CHECK(table.h_min == 1);
  CHECK(table.h_max == 3);
  CHECK(table.k_min == 0);
  CHECK(table.k_max == 0);
  CHECK(table.l_min == -2);
  CHECK(table.l_max == -1);
  CHECK(table.amplitude == std::vector<double>{10.5, 7, 7, 7, 7, 4});
  CHECK(table.default_amplitude == 7);
}

TEST_CASE("hkl text: one reflection a line, separated by white space, and the last of several counts") {
  CHECK(table_of("0 0 0 1\n0 0 1\t2\n\n  0\t0 0 3\r\n").amplitude == std::vector<double>{3, 2});
  CHECK(table_of("0 0 0 1\n0 0 0 3").amplitude == std::vector<double>{3});
  CHECK(table_of("+1 0 0 +1.5e1").amplitude == std::vector<double>{15});
  CHECK(table_of("1 0 0 -4").amplitude == std::vector<double>{-4});
}

TEST_CASE("hkl text: reading ends at a word, unless reflections follow it") {
  const HklText list = parse_hkl_text("1 0 0 5\nend of list\n", "list");
  CHECK(list.reflections.size() == 1);
  REQUIRE(list.warnings.size() == 1);
  CHECK(list.warnings[0] == "list: line 2: reading stops at \"end\", which is no number");
  CHECK_THROWS_WITH_AS(parse_hkl_text("1 0 0 5\n# more\n2 0 0 6\n", "list"), Contains("list: line 2"), FileError);
}

TEST_CASE("hkl text: what is no list is refused, with the line") {
  CHECK_THROWS_WITH_AS(parse_hkl_text("", "list"), Contains("holds no reflections"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text(" \n\n", "list"), Contains("holds no reflections"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("h k l F\n1 0 0 5\n", "list"), Contains("found \"h\""), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("1 0 0 5 0.1\n2 0 0 6 0.1\n", "list"), Contains("no further columns"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("1.5 0 0 5\n", "list"), Contains("must be an integer"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("99999999999 0 0 5\n", "list"), Contains("must be an integer"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("1 0 0 nan\n", "list"), Contains("finite"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("1 0 0 five\n", "list"), Contains("found \"five\""), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("1 0 0 5\xff\n", "list"), Contains("\"5?\""), FileError);
  CHECK_THROWS_WITH_AS(read_hkl_text("/no/such/file"), Contains("/no/such/file: cannot be opened"), FileError);
  CHECK_THROWS_WITH_AS(read_hkl_text("/tmp"), Contains("is a folder"), FileError);
}

TEST_CASE("hkl text: another number of columns is an error of its own line") {
  // Whole numbers throughout, which a reader of words takes for other reflections: a flag for R free, a sigma.
  CHECK_THROWS_WITH_AS(parse_hkl_text("1 0 0 100 0\n0 1 0 100 0\n0 0 1 100 1\n1 1 1 100 0\n", "list"),
                       Contains("list: line 1: has 5 fields, \"1 0 0 100 0\"; expected 4 (h k l F"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("1 0 0 5\n2 0 0\n3 0 0 5\n", "list"), Contains("line 2: has 3 fields"),
                       FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("1 0 0 5\n2\n0 0 5\n", "list"), Contains("line 2: has 1 field,"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("1 0 0 5 2 0 0 5\n", "list"), Contains("has 8 fields"), FileError);
}

TEST_CASE("hkl text: other formats of the field are named, with the way out") {
  CHECK_THROWS_WITH_AS(parse_hkl_text(std::string("MTZ \0\0", 6), "list"), Contains("MTZ file"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("# pdb\ndata_r1abcsf\nloop_\n_refln.index_h\n", "list"), Contains("CIF file"),
                       FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_text("!FORMAT=XDS_ASCII  MERGE=TRUE\n", "list"), Contains("merge it first"),
                       FileError);
}

TEST_CASE("hkl text: a table that would not fit in memory is refused") {
  CHECK_THROWS_WITH_AS(table_of("0 0 0 1\n5000 5000 5000 1\n"), Contains("range of Miller indices is too large"),
                       FileError);
  CHECK_THROWS_AS(table_of("-2147483648 0 0 1\n2147483647 0 0 1\n"), FileError);
  const auto list = parse_hkl_text("0 0 0 1\n9 0 0 1\n", "list");
  CHECK_NOTHROW(make_table(list.reflections, 0, "list", 80));
  CHECK_THROWS_AS(make_table(list.reflections, 0, "list", 79), FileError);
}

TEST_CASE("hkl text: a list that comes from no file needs no name") {
  const std::vector<Reflection> list{{1, 0, -2, 10.5}, {-1, 0, 2, 4}};
  const StructureFactors table = make_table(list, 7);
  CHECK(table.amplitude.size() == 15);
  CHECK(table.amplitude.front() == 7);
  CHECK(table.amplitude[table_index(table, -1, 0, 2)] == 4);
  const std::vector<Reflection> wide{{0, 0, 0, 1}, {5000, 5000, 5000, 1}};
  CHECK_THROWS_WITH_AS(make_table(wide, 0), Contains("list of reflections: the range"), FileError);
}

TEST_CASE("hkl cache: what is written is read, with the empty planes of the C program") {
  const StructureFactors table = table_of("1 0 -2 10.5\n3 1 -1 4\n", 7);
  const std::string bytes = cache_of(table);
  CHECK(bytes.starts_with("1 3 0 1 -2 -1\n\f"));
  CHECK(bytes.size() == 15 + sizeof(double) * 4 * 3 * 3);
  double plane = 1;
  std::memcpy(&plane, bytes.data() + 15 + sizeof(double) * 2, sizeof plane);
  CHECK(plane == 0);

  const StructureFactors again = parse_hkl_cache(bytes, "cache");
  CHECK(again.amplitude == table.amplitude);
  CHECK(again.h_min == 1);
  CHECK(again.l_max == -1);
}

TEST_CASE("hkl cache: a first value that looks like white space is not skipped") {
  StructureFactors table = table_of("0 0 0 1");
  table.amplitude[0] = std::bit_cast<double>(std::uint64_t{0x4010000000000020});
  CHECK(parse_hkl_cache(cache_of(table), "cache").amplitude == table.amplitude);
}

TEST_CASE("hkl cache: what is no cache is refused") {
  const std::string bytes = cache_of(table_of("0 0 0 1\n2 2 2 3\n"));
  CHECK_THROWS_WITH_AS(parse_hkl_cache("", "cache"), Contains("cache: is empty"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_cache(bytes.substr(0, bytes.size() - 1), "cache"), Contains("truncated"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_cache("1 2 3\n\f", "cache"), Contains("six integers"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_cache("1 2 3 4 5 x\n\f", "cache"), Contains("six integers"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_cache("words\n", "cache"), Contains("is not a structure factor cache"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_cache("2 1 0 0 0 0\n\f", "cache"), Contains("empty range"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_cache("0 99999 0 99999 0 99999\n\f", "cache"), Contains("too large"), FileError);
  CHECK_THROWS_WITH_AS(parse_hkl_cache("-2147483648 2147483647 0 0 0 0\n\f", "cache"), Contains("too large"),
                       FileError);
  std::string nan = bytes;
  nan.replace(nan.find('\f') + 1, 8, std::string(8, '\xff'));
  CHECK_THROWS_WITH_AS(parse_hkl_cache(nan, "cache"), Contains("not a finite number"), FileError);
}
