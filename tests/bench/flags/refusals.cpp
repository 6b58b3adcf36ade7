// SPDX-License-Identifier: MIT
// Every refusal of a value names the flag that was typed, whether the flags or the library refuse it.
#include "bench/flags/explain.hpp"
#include "bench/flags/flags.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/flag_samples.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <clocale>
#include <locale>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace nbk::testing;
using nbk::InvalidInput;
using nbk::bench::flags::Command;
using nbk::bench::flags::Flag;

/// Returns what a line is refused with, in the words of the flags; empty where it is accepted.
std::string refusal_of(const std::vector<std::string>& words) {
  Command command;
  try {
    command = nbk::bench::flags::parse(words);
  } catch (const InvalidInput& error) {
    return error.what();
  } catch (const nbk::FileError& error) {
    return error.what();
  }
  try {
    make_scene(command.experiment);
  } catch (const InvalidInput& error) {
    return nbk::bench::flags::explain(error, command.typed);
  }
  return {};
}

std::vector<std::string> base_line() {
  return words_of("-dump no-such-cache -cell 70 80 90 90 90 90 -default_F 1 -detpixels 8 -oversample 1");
}

std::string refusal_of(const std::string& line) {
  std::vector<std::string> words = base_line();
  for (const std::string& word : words_of(line)) words.push_back(word);
  return refusal_of(words);
}

}  // namespace

TEST_CASE("refusals: whatever value is refused, the message has the flag as it was typed") {
  std::set<std::string_view> flags_refused;
  int refusals = 0;
  for (const Flag& flag : nbk::bench::flags::flag_table()) {
    if (flag.values == 0 || flag.unit == "file") continue;
    for (const std::string value : {"nan", "inf", "-inf", "-1e300", "1e300", "-1", "0", "1e-300", "400", "1e12", "word",
                                    "2147483647", "-2147483648", "99999999999"}) {
      const std::string name(flag.names.front());
      std::vector<std::string> words = base_line();
      words.push_back(name);
      for (int i = 0; i < flag.values; ++i) words.push_back(value);
      const std::string text = refusal_of(words);
      if (text.empty()) continue;
      INFO(name << " " << value << ": " << text);
      CHECK(has(text, name));
      CHECK((has(text, name + " " + value) || has(text, name + " = ")));
      flags_refused.insert(flag.names.front());
      ++refusals;
    }
  }
  CHECK(refusals > 150);
  CHECK(flags_refused.size() > 40);
}

TEST_CASE("refusals: values are those that were typed, in their unit, with a remedy instead of an inner number") {
  const std::pair<const char*, const char*> samples[] = {
      {"-distance -100", "-distance -100 (mm): must be "},
      {"-distance 1e30", "-distance 1e30 (mm): must be 1e-9 to 1e9 m"},
      {"-Xbeam 1e300", "-Xbeam 1e300 (mm)"},
      {"-lambda 0", "-lambda 0 (A): must be a finite number > 0"},
      {"-cell 70 80 90 10 170 10", "no cell has these angles"},
      {"-cell 70 80 90 10 170 10", "-cell 70 80 90 10 170 10 (A A A deg deg deg): "},
      {"-cell 70 80 90 90 190 90", "every angle must be > 0 and < 180 degrees"},
      {"-roi 30 40 0 3", "-roi 30 40 0 3 (xmin xmax ymin ymax): "},
      {"--threads 0", "--threads = 0: must be an integer from 1 to 512"},
  };
  for (const auto& [line, text] : samples) {
    INFO(line << ": " << refusal_of(line));
    CHECK(has(refusal_of(line), text));
  }
  for (const char* line : {"-distance -100", "-cell 70 80 90 10 170 10"}) {
    CHECK_FALSE(has(refusal_of(line), "0000000"));
    CHECK_FALSE(has(refusal_of(line), "abc"));
  }
}

TEST_CASE("refusals: a parameter that no flag has set keeps its name, with the flags that can set it") {
  const InvalidInput error("detector.distance_m", "-1", "must be > 0");
  CHECK(nbk::bench::flags::explain(error, {}) == "detector.distance_m = -1: must be > 0 (flags: -distance)");
  CHECK(nbk::bench::flags::explain(InvalidInput("plain words"), {}) == "plain words");
  const InvalidInput angle("crystal.cell angle, radian", "90", "must be > 0 and < pi");  // of an experiment file
  CHECK(nbk::bench::flags::explain(angle, {}) ==
        "crystal.cell angle, radian = 90: must be > 0 and < pi (flags: -cell)");
  const std::vector<nbk::bench::flags::TypedFlag> sub_pixels{
      {"-oversample", "detector.oversample", "", "-oversample 1"}};
  CHECK_FALSE(has(nbk::bench::flags::explain(InvalidInput("image pixels that are not finite numbers", "4", "must be 0"),
                                             sub_pixels),
                  "-oversample 1: "));
  const std::vector<nbk::bench::flags::TypedFlag> image{{"-img", "detector beam", "file", "-img i.img"}};
  const std::string text =
      nbk::bench::flags::explain(InvalidInput("detector.roi.fast_min", "9", "must be less"), image);
  CHECK(has(text, "detector.roi.fast_min = 9: must be less (flags: -roi)"));
  CHECK(has(text, "given here: -img i.img (file)"));
}

TEST_CASE("refusals: an item of a list keeps its index") {
  const InvalidInput panel("detector.panels[3].slow", "0.5", "must be less");
  const std::vector<nbk::bench::flags::TypedFlag> pixels{{"-oversample", "detector.oversample", "", "-oversample 2"}};
  CHECK(nbk::bench::flags::explain(panel, pixels) == "detector.panels[3].slow = 0.5: must be less");
  const InvalidInput line("beam.spectrum.lines[7].weight", "-1", "must be >= 0");
  const std::vector<nbk::bench::flags::TypedFlag> spectrum{{"--spectrum", "beam.spectrum", "file", "--spectrum s"}};
  CHECK(nbk::bench::flags::explain(line, spectrum) ==
        "--spectrum s (file): beam.spectrum.lines[7].weight = -1: must be >= 0");
}

TEST_CASE("refusals: numbers in messages do not go by the locale of the program") {
  struct Points final : std::numpunct<char> {
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
    char do_decimal_point() const override { return ','; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new Points));
  std::string text;
  try {
    nbk::reject("parameter", 1234567.5, "must be less");
  } catch (const InvalidInput& error) {
    text = error.what();
  }
  std::locale::global(before);
  CHECK(text == "parameter = 1234567.5: must be less");
}
