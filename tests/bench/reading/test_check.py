# SPDX-License-Identifier: MIT
"""Slower, or only noise: verdicts, exit codes and refusals."""
import json
import os
import signal
import subprocess
import time
import unittest

from support import ROOT, Scratch, make_run, results_of, stamp

# A stand-in for nbk-bench whose runs take the time of its first argument, and that notes who was called.
PROGRAM = """#!/usr/bin/env python3
import json, sys, time
from pathlib import Path
name, seconds, pause, calls, results = sys.argv[0], float(sys.argv[1]), float(sys.argv[2]), sys.argv[3], sys.argv[4]
with open(calls, "a") as file: file.write(Path(name).name + " ")
outdir = Path(sys.argv[sys.argv.index("--outdir") + 1])
number = len(list(outdir.iterdir())) if outdir.exists() else 0
folder = outdir / f"run{number}"
folder.mkdir(parents=True)
time.sleep(pause)
record = json.loads(results)
record["started"] += str(number)
warm = record["records"][0]["time_warm"]
warm["simulation_s"]["raw"] = [seconds * (2 if "slow" in name else 1) * (1 + 0.001 * number)]
(folder / "benchmark_results.json").write_text(json.dumps(record))
"""


class Check(Scratch):
    def make_runs(self, name, factor, noise):
        """Writes eight runs and returns their folder."""
        for i in range(8):
            make_run(self.folder / name / stamp(i), i, [factor * (1 + noise * (i % 3 - 1))])
        return name

    def make_program(self, name):
        """Writes a stand-in for nbk-bench."""
        path = self.folder / name
        path.write_text(PROGRAM)
        path.chmod(0o700)
        return path

    def test_slower_the_same_faster_and_undecided_from_folders_of_runs(self):
        base, same = self.make_runs("base", 1, 0.01), self.make_runs("same", 1, 0.01)
        slow, fast = self.make_runs("slow", 1.2, 0.01), self.make_runs("fast", 0.5, 0.01)
        noisy = self.make_runs("noisy", 1.01, 0.5)
        self.assertRegex(self.run_command("check", base, same), r"8 and 8 runs: the same\n")
        printed = self.run_command("check", base, slow, code=1)
        self.assertIn("main 64 x 64, float32, OpenMP, 2 threads: simulation_s NEW / BASE = 1.2000, 95 % interval ",
                      printed)
        self.assertIn(": SLOWER\n", printed)
        self.run_command("check", base, slow, "--tolerance", "0.3")
        self.assertIn("not decided: take more pairs", self.run_command("check", base, noisy))
        self.assertIn(": faster", self.run_command("check", base, fast))
        self.assertIn("setup_s NEW / BASE = 1.0000, 90 % interval 1.0000 to 1.0000",
                      self.run_command("check", base, slow, "--part", "setup_s", "--confidence", "0.9"))

    def test_two_single_runs_are_judged_by_their_repetitions(self):
        make_run(self.folder / "base", 1, [1, 1.01, 0.99, 1, 1])
        make_run(self.folder / "slow", 2, [1.5, 1.51, 1.49, 1.5, 1.5])
        make_run(self.folder / "few", 3, [1, 1])
        make_run(self.folder / "other", 4, [1, 1.01, 0.99, 1, 1], "machine-b")
        make_run(self.folder / "broken", 5, [1, 1.01, 0.99, 1, 1], passed=False)
        self.run_command("check", "base", "slow", code=1)
        printed = self.run_command("check", "base", "few", code=3)
        self.assertIn("figures = 2: must be at least 5 on each side", printed)
        self.assertIn("Nothing to judge", printed)
        self.assertIn("--other-machine compares nevertheless", self.refused("check", "base", "other"))
        self.run_command("check", "base", "other", "--other-machine")
        printed = self.run_command("check", "base", "broken", code=1)
        self.assertIn("FAILED, and did not before", printed)
        self.run_command("check", "broken", "broken")
        # A part that no record has is too few figures.
        file = self.folder / "slow/benchmark_results.json"
        results = json.loads(file.read_text())
        del results["records"][0]["time_warm"]["copy_out_s"]
        file.write_text(json.dumps(results))
        self.run_command("check", "base", "slow", "--part", "copy_out_s", code=3)

    def test_two_programs_are_run_in_turn(self):
        base, slow = self.make_program("base-program"), self.make_program("slow-program")
        calls, results = self.folder / "calls", json.dumps(results_of("2024", [1]))
        printed = self.run_command("check", base, slow, "--pairs", "5", "--outdir", "out", "--arguments", "0.001", "0",
                                   calls, results, code=1)
        self.assertIn("NEW / BASE = 2.0000, 95 % interval 2.0000 to 2.0000, 5 and 5 runs in turn: SLOWER", printed)
        # The first one changes from pair to pair.
        self.assertEqual(calls.read_text().split(), ["base-program", "slow-program", "slow-program", "base-program"] * 2
                         + ["base-program", "slow-program"])
        folder, = (self.folder / "out").iterdir()
        self.assertEqual(sorted(path.name for path in folder.iterdir()), ["base", "new"])
        self.assertEqual(len(list((folder / "new").iterdir())), 5)

    def test_an_interrupt_ends_it_by_the_signal_and_leaves_a_marked_folder(self):
        program, calls = self.make_program("program"), self.folder / "calls"
        command = [ROOT / "bench/check", program, program, "--outdir", self.folder / "out", "--arguments", "1", "60",
                   calls, json.dumps(results_of("2024", [1]))]
        process = subprocess.Popen(command, stderr=subprocess.PIPE)
        until = time.monotonic() + 60
        while not calls.exists() and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGTERM)
        _, complaint = process.communicate(timeout=30)
        self.assertEqual(process.returncode, -signal.SIGTERM)
        self.assertIn(b"bench/check: interrupted by signal 15", complaint)
        folder, = (self.folder / "out").iterdir()
        self.assertTrue((folder / "INCOMPLETE").exists())

    def test_programs_that_are_none_are_one_line(self):
        self.assertIn("/bin/true: has left no run, so it is no nbk-bench",
                      self.refused("check", "/bin/true", "/bin/true", "--outdir", "runs", code=1))
        broken = self.folder / "broken"
        broken.write_text("#!/bin/sh\nexit 7\n")
        broken.chmod(0o700)
        self.assertIn("broken: exit code 7", self.refused("check", broken, broken, "--outdir", "runs", code=1))
        broken.write_text("#!/bin/sh\nkill -9 $$\n")
        self.assertIn("broken: signal 9", self.refused("check", broken, broken, "--outdir", "runs", code=1))
        broken.chmod(0o600)
        self.assertIn("broken: cannot be started", self.refused("check", broken, broken, "--outdir", "runs", code=1))
        self.assertIn("--outdir = /dev/null/x: must be a writable folder",
                      self.refused("check", "/bin/true", "/bin/true", "--outdir", "/dev/null/x"))

    def test_wrong_arguments_are_one_line_and_exit_code_2(self):
        make_run(self.folder / "run", 1, [1])
        for words in (["run"], ["run", "nowhere"], ["run", "/bin/true"], ["run", "run", "--part", "half"],
                      ["run", "run", "--tolerance", "-1"], ["run", "run", "--tolerance", "nan"],
                      ["run", "run", "--confidence", "1"], ["run", "run", "--pairs", "4"],
                      ["run", "run", "--pairs", "many"], ["run", "run", "run"], ["run", "run", "--tol", "1"]):
            self.refused("check", *words)
        self.assertIn("Exit code: 0", self.run_command("check", "--help"))

    def test_sides_with_nothing_in_common(self):
        self.make_runs("base", 1, 0.01)
        (self.folder / "empty").mkdir()
        self.assertIn("Nothing to judge", self.run_command("check", "base", "empty", code=3))


if __name__ == "__main__":
    unittest.main()
