# SPDX-License-Identifier: MIT
"""Runs over commits as a table; test_plots.py has the picture."""
import json
import resource
import unittest

from support import Scratch, make_run, stamp


class History(Scratch):
    def test_runs_become_a_table_with_failed_ones_and_incomplete_ones_counted(self):
        out = self.folder / "out"
        make_run(out / "a", 1, [0.001, 0.002, 0.004])
        make_run(out / "failed/b", 2, [0.001], passed=False)
        (out / "c").mkdir()
        (out / "c/INCOMPLETE").touch()
        printed = self.run_command("history", out, "--output", "here/there")
        self.assertTrue(printed.startswith("3 runs, 1 incomplete, 1 series: here/there/history.md"), printed)
        text = (self.folder / "here/there/history.md").read_text()
        self.assertIn("3 runs, 1 of them incomplete", text)
        self.assertIn("| machine-a | main 64 x 64, float32, OpenMP, 2 threads | c0ffee2024 | 20240101T000001Z | 3 "
                      "| 1 ms | 2 ms ± 1 | 2 ms ± 1 | 0.999999000 | 0.5 | passed |\n", text)
        self.assertEqual(text.count("**FAILED**"), 1)

    def test_changed_commits_and_what_is_not_known(self):
        run = make_run(self.folder / "run", 1, [0.001])
        file = run / "benchmark_results.json"
        results = json.loads(file.read_text())
        results["git"]["dirty"] = True
        results["records"][0].update(correlation_warm=None, parity={"warm": None})
        file.write_text(json.dumps(results))
        self.run_command("history", run)
        self.assertIn("| c0ffee2024 + | 20240101T000001Z | 1 | 1 ms | 1 ms | 1 ms | - | - | passed |",
                      (self.folder / "history.md").read_text())

    def test_machines_are_kept_apart_and_a_record_that_is_none_is_named(self):
        make_run(self.folder / "out/a", 1, [1, 2, 3])
        make_run(self.folder / "out/b", 2, [1, 2, 3], "machine-b")
        self.assertIn("2 series", self.run_command("history", "out"))
        (self.folder / "out/b/benchmark_results.json").write_text("{}")
        self.assertIn("b/benchmark_results.json: schema_version is missing",
                      self.refused("history", "out", code=1))

    def test_a_thousand_runs_in_a_folder_are_listed_in_seconds(self):
        for i in range(1000):
            make_run(self.folder / "out" / stamp(i), i, [0.01] * 20)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        self.assertIn("1000 runs", self.run_command("history", "out"))
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 20)

    def test_what_cannot_be_used_is_one_line(self):
        make_run(self.folder / "out/a", 1, [1, 2, 3])
        self.assertIn("--output = /dev/null/x: must be a writable folder",
                      self.refused("history", "out", "--output", "/dev/null/x"))
        self.assertIn("DIR = nowhere: must be a folder that exists", self.refused("history", "nowhere"))
        self.refused("history")
        self.refused("history", "out", "--no-such-flag")
        self.assertIn("DIR", self.run_command("history", "--help"))


if __name__ == "__main__":
    unittest.main()
