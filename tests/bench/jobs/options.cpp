// SPDX-License-Identifier: MIT
#include "bench/jobs/options.hpp"

#include "bench/system/command.hpp"

#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using nbk::bench::jobs::Command;
using nbk::bench::jobs::Options;
using Words = std::vector<std::string>;

Options parse(const Words& words, const std::string& c_program = "") {
  std::string help;
  return nbk::bench::jobs::parse_options(Command::main, words, c_program, help).value();
}

std::string complaint(const Words& words, const std::string& c_program = "") {
  try {
    parse(words, c_program);
  } catch (const nbk::InvalidInput& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("options: no arguments are the main job") {
  const auto options = parse({});
  CHECK(options.sizes == std::vector<int>{4096});
  CHECK(options.devices == Words{"cpu"});
  CHECK(options.dtypes == Words{"float32"});
  CHECK(options.profile);
  CHECK(options.iterations == 1);
  CHECK(options.keep_artifacts);
  CHECK(options.outdir == "reports/benchmarks");
  CHECK_FALSE(options.reference.has_value());
}

TEST_CASE("options: the main job written out is the main job") {
  const auto options = parse({"--sizes", "4096", "--device", "cpu", "--dtype", "float32", "--profile", "--iterations",
                              "1", "--keep-artifacts", "--outdir", "somewhere"});
  CHECK(options.sizes == std::vector<int>{4096});
  CHECK(options.profile);
  CHECK(options.keep_artifacts);
  CHECK(options.outdir == "somewhere");
}

TEST_CASE("options: sizes in both spellings, and the default set") {
  CHECK(parse({"--sizes", "256", "512"}).sizes == std::vector<int>{256, 512});
  CHECK(parse({"--sizes", "256,512"}).sizes == std::vector<int>{256, 512});
  CHECK(parse({"--sizes", "default"}).sizes == std::vector<int>{256, 512, 1024, 2048, 4096});
}

TEST_CASE("options: the C program by flag, else by environment") {
  CHECK(parse({"--sizes", "8"}, "/bin/sh").reference == "/bin/sh");
  CHECK(parse({"--reference", "/bin/ls"}, "/bin/sh").reference == "/bin/ls");
  CHECK(complaint({}, "/no/such/program").find("NB_C_BIN = /no/such/program") == 0);
  CHECK(complaint({"--reference", "/etc"}).find("--reference = /etc") == 0);
}

TEST_CASE("options: a word that is no flag is answered by the flag most like it") {
  CHECK(complaint({"--sizs", "256"}).find("--sizs") != std::string::npos);
  CHECK(complaint({"--sizs", "256"}).ends_with("; did you mean --sizes?"));
  CHECK(complaint({"--dtpye=float32"}).ends_with("; did you mean --dtype?"));
  CHECK(complaint({"--colour"}).find("did you mean") == std::string::npos);
}

TEST_CASE("options: one line names the flag and its value") {
  const Words bad[]{{"--sizes", "0"},
                    {"--sizes", "1"},
                    {"--sizes", "-4"},
                    {"--sizes", "4x"},
                    {"--sizes", "99999"},
                    {"--sizes", "8", "8"},
                    {"--dtype", "float16"},
                    {"--iterations", "0"},
                    {"--warmup", "-1"},
                    {"--threads", "-1"},
                    {"--threads", "1,2"},
                    {"--threads", "513"},
                    {"--dtype", "float32,mixed"},
                    {"--unknown"},
                    {"stray"},
                    {"--iterations", "1.5"},
                    {"--sizes"},
                    {"--min-correlation", "nan"},
                    {"--max-warm-setup-ms", "0"},
                    {"--reference-timeout", "-1"},
                    {"--max-sum-ratio-error", "inf"}};
  for (const auto& words : bad) {
    const auto text = complaint(words);
    CAPTURE(words[0]);
    CHECK(text.find(words[0]) != std::string::npos);
    CHECK(text.find('\n') == std::string::npos);
    const auto last = words.back().substr(words.back().find(',') + 1);
    if (words.size() > 1) CHECK(text.find(last) != std::string::npos);
  }
}

TEST_CASE("options: more threads than Kokkos takes are refused before a workload is begun") {
  for (const Command command : {Command::suite, Command::scaling, Command::matrix}) {
    std::string help;
    try {
      nbk::bench::jobs::parse_options(command, {"--threads", "513"}, "/bin/sh", help);
      FAIL("not refused");
    } catch (const nbk::InvalidInput& error) {
      CHECK(std::string(error.what()).find("--threads = 513: must be at most 512") == 0);
    }
  }
}

TEST_CASE("options: help is no error") {
  std::string help;
  CHECK_FALSE(nbk::bench::jobs::parse_options(Command::main, {"--help"}, "", help).has_value());
  for (const char* flag : {"--sizes", "--device", "--dtype", "--profile", "--iterations", "--warmup", "--threads",
                           "--keep-artifacts", "--outdir", "--reference", "--reference-timeout", "--min-correlation",
                           "--max-sum-ratio-error", "--max-warm-setup-ms"}) {
    CHECK(help.find(flag) != std::string::npos);
  }
  CHECK(help.find("host threads, at most 512") != std::string::npos);
}

TEST_CASE("options: every command tells the version") {
  for (const Command command : {Command::main, Command::suite, Command::scaling, Command::matrix}) {
    std::string text;
    CHECK_FALSE(nbk::bench::jobs::parse_options(command, {"--version"}, "", text).has_value());
    CHECK(text == nbk::bench::system::named_version("nbk-bench") + "\n");
  }
}

TEST_CASE("options: a worker is told all that concerns it") {
  std::string help;
  auto options = nbk::bench::jobs::parse_options(
                     Command::suite, {"--tiny", "--dtype", "mixed,df64", "--iterations", "7"}, "/bin/sh", help)
                     .value();
  CHECK(options.threads == std::vector<int>{1, 0});
  options.case_file = "/cases/a file.json";
  options.output = "/out";
  options.threads = {3};
  options.round = 2;
  options.started_ns = 123456789012345;
  options.reference_timeout_s = 0.25;
  auto words = nbk::bench::jobs::worker_arguments(options);
  REQUIRE(words[0] == "worker");
  words.erase(words.begin());
  const auto told = nbk::bench::jobs::parse_options(Command::worker, words, "", help).value();
  CHECK(told.case_file == options.case_file);
  CHECK(told.output == options.output);
  CHECK(told.threads == options.threads);
  CHECK(told.round == 2);
  CHECK(told.started_ns == options.started_ns);
  CHECK(told.devices == options.devices);
  CHECK(told.dtypes == Words{"mixed", "df64"});
  CHECK(told.iterations == 7);
  CHECK(told.tiny);
  CHECK(told.reference == "/bin/sh");
  CHECK(told.reference_timeout_s == 0.25);
}
