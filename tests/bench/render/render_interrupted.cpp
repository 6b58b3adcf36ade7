// SPDX-License-Identifier: MIT
// nbk-render that is ended in the middle, or has no room to write: no name ever stands for half a file.
#include "bench/system/stopwatch.hpp"
#include "support/flag_samples.hpp"
#include "support/places.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <random>

namespace {

namespace fs = std::filesystem;
using nbk::testing::RenderProcess;
using nbk::testing::words_of;

// Every file there is, the structure factor cache among them.
const std::string outputs =
    " -floatfile float -intfile int -pgmfile pgm -noisefile noise -dump cache --png png --json json --trace trace "
    "--save-experiment experiment";
const std::vector<std::string> names{"float", "int", "pgm", "noise", "cache", "png", "json", "trace", "experiment"};
const std::string job = "-hkl " + std::string(nbk::testing::places::tests) +
                        "/golden/parity/inputs/small.hkl -cell 100 100 100 90 90 90 -lambda 6 -N 3 -oversample 1 "
                        "-detpixels 700 -seed 3 --quiet" +
                        outputs;

/// Runs a line of shell in which $0 is nbk-render. \return the exit code of the shell
int run_shell(const RenderProcess& render, const std::string& line) {
  nbk::bench::system::ChildCommand command;
  command.arguments = {"/bin/sh", "-c", line, nbk::testing::places::render_program};
  command.folder = render.folder();
  command.environment = {{"OMP_PROC_BIND", "false"}};
  command.output = render.folder() / "printed";
  command.timeout_s = 60;
  return nbk::bench::system::run_child(command).exit_code;
}

/// What a run left under a final name is what an undisturbed run leaves; records tell the time and differ by that.
void check_whole(const RenderProcess& left, const RenderProcess& whole, const std::string& name) {
  CAPTURE(name);
  if (!fs::exists(left.file(name))) return;
  if (name == "json" || name == "trace") {
    CHECK_NOTHROW(nlohmann::json::parse(left.bytes(name)));
  } else {
    const bool same = left.bytes(name) == whole.bytes(name);
    CHECK(same);
  }
}

}  // namespace

TEST_CASE("render: killed at random moments it leaves no half of a file") {
  RenderProcess whole;
  const nbk::bench::system::Stopwatch watch;
  REQUIRE(whole.run(words_of(job)) == 0);
  const double run_s = watch.elapsed_s();
  for (const std::string& name : names) REQUIRE(fs::exists(whole.file(name)));

  const unsigned seed = std::random_device{}();
  std::minstd_rand random(seed);
  CAPTURE(seed);
  int killed = 0;
  for (int i = 0; i < 18; ++i) {
    const double delay_s = std::uniform_real_distribution<>(0, 1.2 * run_s)(random);
    const std::string signal = std::vector<std::string>{"KILL", "TERM", "INT"}[static_cast<std::size_t>(i % 3)];
    RenderProcess render;
    CAPTURE(signal);
    CAPTURE(delay_s);
    // A shell's background process ignores SIGINT unless it is told otherwise: timeout(1) sets nothing of that kind.
    const int code = run_shell(render, "exec timeout -s " + signal + " " + std::to_string(delay_s) + " \"$0\" " + job);
    killed += code == 124 || code == -1 || code == 128 + 9;
    for (const std::string& name : names) check_whole(render, whole, name);
  }
  CHECK(killed > 0);
}

TEST_CASE("render: a full disk is one error for every file, and leaves nothing under its name") {
  for (const std::string& name : names) {
    if (name == "cache" || !fs::exists("/dev/full")) continue;  // the C program goes on without a cache, too
    CAPTURE(name);
    RenderProcess render;
    std::string words = job;
    words.replace(
        words.find(" " + name + " ") == std::string::npos ? words.rfind(" " + name) : words.find(" " + name + " "),
        name.size() + 1, " /dev/full");
    CHECK(render.run(words_of(words)) == 1);
    CHECK(render.printed().starts_with("nbk-render: /dev/full: cannot be written"));
    CHECK(std::ranges::count(render.printed(), '\n') == 1);
    for (const std::string& file : render.files()) CHECK(file.find(".part-") == std::string::npos);
  }
}

TEST_CASE("render: a file that is not allowed to grow is an error, and is taken away") {
  RenderProcess render;
  // The unit is 512 bytes: 1 MB is room for some of the files.
  CHECK(run_shell(render, "ulimit -f 2048; exec \"$0\" " + job) == 1);
  CHECK(render.bytes("printed").starts_with("nbk-render: float: cannot be written"));
  CHECK_FALSE(fs::exists(render.file("float")));
  for (const std::string& file : render.files()) CHECK(file.find(".part-") == std::string::npos);
}
