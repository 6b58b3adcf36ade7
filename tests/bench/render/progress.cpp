// SPDX-License-Identifier: MIT
// The progress bar: on a terminal and nowhere else, and without a trace in the image.
#include "bench/system/status_line.hpp"
#include "support/flag_samples.hpp"
#include "support/places.hpp"
#include "support/render_process.hpp"
#include "support/terminal.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <regex>

namespace {

using nbk::testing::RenderProcess;
using nbk::testing::words_of;

// One thread takes more than the half second after which the bar appears.
const std::string job =
    "-default_F 100 -cell 70 80 90 -lambda 1.5 -N 3 -distance 60 -detpixels 512 -pixel 0.1 -oversample 60 -seed 3 "
    "-nonoise -nopgm --threads 1";

/// The fractions that were shown, in %.
std::vector<int> fractions(const std::string& printed) {
  const std::regex bar(R"(\r\x1b\[K\[[# ]{40}\] +(\d+) %  [0-9a-z ]+ left)");
  std::vector<int> found;
  for (auto match = std::sregex_iterator(printed.begin(), printed.end(), bar); match != std::sregex_iterator();
       ++match) {
    found.push_back(std::stoi((*match)[1]));
  }
  return found;
}

std::string on_terminal(const RenderProcess& render, const std::string& words) {
  std::vector<std::string> arguments = words_of(words);
  arguments.insert(arguments.begin(), nbk::testing::places::render_program);
  const auto result = nbk::testing::run_on_terminal(arguments, render.folder());
  CHECK(result.exit_code == 0);
  return result.printed;
}

}  // namespace

TEST_CASE("progress: a bar on a terminal, and the image of a run without one") {
  RenderProcess render;
  const auto shown = fractions(on_terminal(render, job));
  REQUIRE(shown.size() >= 2);
  CHECK(shown.front() < shown.back());
  CHECK(std::ranges::is_sorted(shown));
  CHECK(shown.back() <= 100);
  const std::string image = render.bytes("floatimage.bin");

  REQUIRE(render.run(words_of(job)) == 0);
  CHECK(render.bytes("floatimage.bin") == image);
  CHECK(render.printed().find('\r') == std::string::npos);
  CHECK(render.printed().find("] ") == std::string::npos);
}

TEST_CASE("progress: none where it is not wanted, or where other lines are") {
  RenderProcess render;
  for (const std::string flag : {"-noprogress", "--quiet", "-printout_pixel 3 3"}) {
    CAPTURE(flag);
    const std::string printed = on_terminal(render, job + " " + flag);
    CHECK(printed.find('\x1b') == std::string::npos);
  }
  CHECK(on_terminal(render, job + " -oversample 1").find('\x1b') == std::string::npos);
}

TEST_CASE("progress: the text") {
  using nbk::bench::system::progress_text;
  CHECK(progress_text(0, 3) == "[                                        ]   0 %");
  CHECK(progress_text(0.5, 3) == "[####################                    ]  50 %  3 s left");
  CHECK(progress_text(0.25, 100) == "[##########                              ]  25 %  5 min 0 s left");
  CHECK(progress_text(0.9999, 1e5) == "[####################################### ]  99 %  11 s left");
  CHECK(progress_text(0.001, 10) == "[                                        ]   0 %  2 h 46 min left");
  CHECK(progress_text(2, 1) == "[########################################] 100 %  0 s left");
}
