# SPDX-License-Identifier: MIT
"""What nbk-bench really wrote, read by every command. NBK_BENCH_PROGRAM names the program."""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

from support import ROOT, Scratch, schema_complaints
from inventory import SOURCES
import plots

PROGRAM = os.environ.get("NBK_BENCH_PROGRAM", "")


class RealRuns(Scratch):
    def bench(self, *arguments, code=0, **environment):
        """Runs nbk-bench and returns the folders of runs it has left so far, without failed ones."""
        # Tests run beside each other: bound threads would all sit on the same core.
        done = subprocess.run([PROGRAM, *arguments, "--outdir", "out"], cwd=self.folder, text=True, check=False,
                              env={**os.environ, "OMP_PROC_BIND": "false", "NB_C_BIN": "", "NBK_REAL_DATA": "",
                                   "NBK_REPORT_COMMAND": "", **environment},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=250)
        self.assertEqual(done.returncode, code, done.stdout)
        self.printed = done.stdout
        return sorted(path for path in (self.folder / "out").iterdir() if path.name != "failed")

    def test_a_profiled_run_has_an_inventory_that_agrees_with_its_record(self):
        run, = self.bench("--sizes", "128", "64", "--profile", "--iterations", "2")
        self.run_command("inventory", run)
        self.assertEqual(schema_complaints(run / "inventory.json", "inventory.schema.json"), [])
        inventory = json.loads((run / "inventory.json").read_text())
        results = json.loads((run / "benchmark_results.json").read_text())
        self.assertEqual(inventory["peaks"], results["peaks"])
        self.assertEqual(len(inventory["sizes"]), 2)
        for size, record in zip(inventory["sizes"], results["records"]):
            rows = {row["path"]: row for row in size["regions"]}
            self.assertAlmostEqual(sum(row["share"] for row in rows.values()) + size["unexplained_share"], 1)
            kernel = rows["warm > simulation > nbk::spots"]
            self.assertEqual((kernel["calls"], rows["cold > simulation > nbk::spots"]["calls"]), (2, 2))
            self.assertEqual(kernel["source"], SOURCES["nbk::spots"])
            self.assertIn("Square", kernel["functor"])
            self.assertEqual(kernel["pack_width"], record["pack_width"])
            self.assertAlmostEqual(kernel["evaluations_per_s"] * kernel["time_s"] / (2 * record["evaluations"]), 1)
            for share in ("share_of_peak", "share_of_bandwidth"):
                if kernel[share] is not None:  # more than was measured to be possible, on a busy machine
                    self.assertTrue(0 < kernel[share] <= 1)
            # The kernel's time is what the record has, but for the callbacks around it.
            self.assertLessEqual(kernel["time_s"], sum(record["time_warm"]["simulation_s"]["raw"]))
            for row in rows.values():
                if row["kind"] == "region":
                    self.assertIsNotNone(row["source"], row["path"])

    def test_two_profiled_runs_are_compared(self):
        self.bench("--sizes", "64", "--profile")
        first, second = self.bench("--sizes", "64", "--profile")
        self.assertIn("after / before", self.run_command("inventory", second, "--before", first))
        file = second / "inventory_comparison.json"
        self.assertEqual(schema_complaints(file, "inventory_comparison.schema.json"), [])
        comparison = json.loads(file.read_text())
        self.assertTrue(comparison["same_machine"])
        row, = (row for row in comparison["rows"] if row["path"] == "warm > simulation > nbk::spots")
        self.assertAlmostEqual(row["ratio"], row["after_s_per_call"] / row["before_s_per_call"])

    def test_history_has_passed_failed_and_incomplete_runs(self):
        self.bench("--sizes", "32", "16")
        self.bench("--sizes", "32", "--min-correlation", "1.1", code=1)
        (self.folder / "out/20240101T000000Z").mkdir()
        (self.folder / "out/20240101T000000Z/INCOMPLETE").touch()
        self.run_command("history", "out", "--output", "here")
        text = (self.folder / "here/history.md").read_text()
        self.assertIn("3 runs, 1 of them incomplete", text)
        self.assertEqual(text.count("| main 32 x 32, float32"), 2)
        self.assertEqual(text.count("| main 16 x 16, float32"), 1)
        self.assertEqual(text.count("**FAILED**"), 1)
        failed, = (self.folder / "out/failed").iterdir()
        self.run_command("report", failed)
        self.assertIn('<span class="verdict failed">', (failed / "report.html").read_text())

    def test_check_runs_two_programs_in_turn(self):
        printed = self.run_command("check", PROGRAM, PROGRAM, "--pairs", "5", "--tolerance", "1000", "--outdir",
                                   "checks", "--arguments", "--sizes", "32", "16",
                                   environment={"OMP_PROC_BIND": "false"})
        self.assertEqual(printed.count("5 and 5 runs in turn"), 2)
        folder, = (self.folder / "checks").iterdir()
        self.assertEqual(len(list((folder / "base").iterdir())), 5)
        self.assertEqual(len(list((folder / "new").iterdir())), 5)

    def test_the_suite_and_scaling_have_pages(self):
        run, = self.bench("suite", "--tiny", "--iterations", "1", "--threads", "1", "--only", "mosaic")
        self.run_command("report", run)
        self.assertIn("mosaic, float32, 1 threads", (run / "report.html").read_text())
        self.run_command("history", "out")
        self.assertIn("| mosaic (tiny), float32, ", (self.folder / "history.md").read_text())
        *_, run = self.bench("scaling", "--tiny", "--only", "main,linear-1e6,linear-1e7", "--rounds", "1",
                             "--iterations", "1", "--threads", "1")
        self.run_command("report", run)
        page = (run / "report.html").read_text()
        self.assertIn("<h2>The line</h2>", page)
        self.assertIn("matplotlib is not installed" if plots.matplotlib is None else "<svg ", page)

    def test_the_program_makes_the_page_where_it_is_told_who_does(self):
        run, = self.bench("--sizes", "64", "--keep-artifacts", NBK_REPORT_COMMAND=str(ROOT / "bench/report"))
        page = (run / "report.html").read_text()
        self.assertEqual(page.count("<figure>"), 3)
        self.assertIn('<img alt="nbk - reference: white is ', page)
        self.assertTrue(self.printed.endswith(f"{run}\n"))

    def test_a_page_that_cannot_be_made_does_not_fail_the_run(self):
        broken = self.folder / "broken"
        broken.write_text("#!/bin/sh\necho no python; exit 1\n")
        broken.chmod(0o700)
        for command, words in ((broken, "nbk-bench: there is no report.html: no python\n"),
                               (self.folder / "nobody", "nbk-bench: there is no report.html: ")):
            self.bench("--sizes", "16", NBK_REPORT_COMMAND=str(command))
            self.assertIn(words, self.printed)


if __name__ == "__main__":
    if not Path(PROGRAM).is_file():
        print("SKIPPED: NBK_BENCH_PROGRAM names no program")
        sys.exit(77)
    unittest.main()
