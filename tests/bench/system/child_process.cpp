// SPDX-License-Identifier: MIT
#include "bench/system/child_process.hpp"

#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

#include <csignal>

namespace {

using nbk::bench::system::ChildCommand;
using nbk::bench::system::run_child;
using nbk::bench::system::TemporaryFolder;

ChildCommand shell(const std::string& script) {
  ChildCommand command;
  command.arguments = {"/bin/sh", "-c", script};
  return command;
}

}  // namespace

TEST_CASE("child_process: exit code, signal, wall time") {
  CHECK(run_child(shell("exit 0")).good());
  CHECK(run_child(shell("exit 3")).exit_code == 3);
  const auto killed = run_child(shell("kill -SEGV $$"));
  CHECK(killed.signal == SIGSEGV);
  CHECK_FALSE(killed.good());
  const auto slept = run_child(shell("sleep 0.2"));
  CHECK(slept.wall_s >= 0.2);
  CHECK(slept.peak_memory_bytes > 0);
}

TEST_CASE("child_process: folder, environment and output") {
  const TemporaryFolder scratch("nbk-test");
  std::filesystem::create_directory(scratch.path() / "work");
  auto command = shell("pwd; echo $NBK_SAYS; echo oops >&2");
  command.folder = scratch.path() / "work";
  command.environment = {{"NBK_SAYS", "hello"}};
  command.output = scratch.path() / "output";
  CHECK(run_child(command).good());
  CHECK(nbk::bench::system::read_text(command.output) == (scratch.path() / "work").string() + "\nhello\noops\n");
  CHECK(std::filesystem::is_empty(command.folder));
}

TEST_CASE("child_process: stops what hangs, together with what that started") {
  const TemporaryFolder scratch("nbk-test");
  auto command = shell("(sleep 1; touch late) & sleep 30");
  command.folder = scratch.path();
  command.timeout_s = 0.2;
  const auto result = run_child(command);
  CHECK(result.timed_out);
  CHECK(result.wall_s < 10);
  CHECK(result.explain(command.timeout_s) == "no end within 0.2 s");
  run_child(shell("sleep 1.3"));
  CHECK_FALSE(std::filesystem::exists(scratch.path() / "late"));
}

TEST_CASE("child_process: stops when told to") {
  const auto result = run_child(shell("sleep 30"), [](double) { return false; });
  CHECK(result.stopped);
  CHECK_FALSE(result.good());
  CHECK(result.wall_s < 10);
}

TEST_CASE("child_process: a program that cannot be started is an error") {
  ChildCommand command;
  command.arguments = {"/no/such/program"};
  CHECK_THROWS_WITH_AS(run_child(command), doctest::Contains("/no/such/program: cannot be started"), nbk::FileError);
}

TEST_CASE("child_process: asks small programs") {
  CHECK(nbk::bench::system::output_of({"echo", "a b"}) == "a b\n");
  CHECK(nbk::bench::system::output_of({"false"}).empty());
  CHECK(nbk::bench::system::output_of({"/no/such/program"}).empty());
}
