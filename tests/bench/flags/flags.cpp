// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"

#include "bench/flags/flag_reader.hpp"
#include "bench/flags/help.hpp"
#include "support/flag_samples.hpp"
#include "support/places.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace {

using namespace nbk::testing;
using nbk::bench::flags::flag_table;

}  // namespace

TEST_CASE("flags: every flag does what its row of the table says") {
  for (const FlagSample& sample : all_flag_samples()) {
    INFO(sample.words);
    CHECK(sample.took_effect(parse_line(sample.words)));
  }
}

TEST_CASE("flags: no sample takes effect by itself") {
  // Guards the test above against checks that always hold. Some flags ask for what is the default.
  const std::set<std::string> defaults{"-mosflm",   "-square_xtal", "-round_div",  "-progress",  "--policy",
                                       "-mosaic",   "-mosaic_dom",  "-osc",        "-hdivrange", "-detector_abs",
                                       "-twotheta", "-detpixels",   "-square_div", "-noprogress"};
  const nbk::bench::flags::Command plain = parse_line("");
  for (const FlagSample& sample : all_flag_samples()) {
    INFO(sample.words);
    if (!defaults.contains(words_of(sample.words)[0])) CHECK_FALSE(sample.took_effect(plain));
  }
}

TEST_CASE("flags: every spelling in the table has a sample") {
  std::set<std::string> sampled;
  for (const FlagSample& sample : all_flag_samples()) {
    for (const std::string& word : words_of(sample.words)) sampled.insert(word);
  }
  for (const nbk::bench::flags::Flag& flag : flag_table()) {
    for (std::string_view name : flag.names) CHECK_MESSAGE(sampled.contains(std::string(name)), name);
  }
}

TEST_CASE("flags: every row is complete, and its spellings are what it recognises") {
  std::set<std::string_view> seen;
  for (const nbk::bench::flags::Flag& flag : flag_table()) {
    INFO(flag.names.front());
    CHECK(static_cast<bool>(flag.apply));
    CHECK_FALSE(flag.help.empty());
    CHECK((flag.values == 0) == (flag.unit.empty()));
    CHECK(seen.insert(flag.names.front()).second);
    for (std::string_view name : flag.names) CHECK_MESSAGE(flag.recognises(name), name);
  }
}

TEST_CASE("flags: the documentation is what the table says") {
  std::ifstream file(std::string(nbk::testing::places::tests) + "/../docs/cli.md");
  std::stringstream text;
  text << file.rdbuf();
  const bool is_current = text.str() == nbk::bench::flags::help_markdown();
  CHECK_MESSAGE(is_current, "run: nbk-render --help-markdown > docs/cli.md");
  for (const nbk::bench::flags::Flag& flag : flag_table()) {
    for (std::string_view name : flag.names) CHECK(nbk::bench::flags::help_text().find(name) != std::string::npos);
  }
}

TEST_CASE("flags: a word that is almost a flag is recognised as such") {
  CHECK(nbk::bench::flags::nearest_name("-lamda") == "-lambda");
  CHECK(nbk::bench::flags::nearest_name("-dispstep") == "-dispsteps");
  CHECK(nbk::bench::flags::nearest_name("--prec") == "--precision");  // the beginning of a name
  CHECK(nbk::bench::flags::nearest_name("-xyzzy_frobnicate").empty());
  CHECK(nbk::bench::flags::nearest_name("-detector_twotheta") == "-twotheta");
  CHECK(nbk::bench::flags::nearest_name("-h") == "--help");
  CHECK(nbk::bench::flags::nearest_name("-help") == "--help");
  CHECK(nbk::bench::flags::nearest_name("-n") == "-N");
  CHECK(nbk::bench::flags::nearest_name("--hkll") == "--hkl");
}
