# SPDX-License-Identifier: MIT
"""The ranking of where the time went, and its comparison with another run."""
import json
import re
import unittest

from support import ROOT, Scratch, make_run, schema_complaints, trace_line, write_trace
from inventory import SOURCES, limit_of, source_of, without_impossible_shares
from trace_times import RegionTime, RegionTimes

PEAKS = {"float32_operations_per_s": 1e10, "float64_operations_per_s": 5e9, "store_bytes_per_s": 1e9}


class Sources(unittest.TestCase):
    def test_every_kernel_is_known_and_stands_in_the_file_that_is_named_for_it(self):
        kernels = 0
        for file in [*(ROOT / "include/nbk").rglob("*.hpp"), *(ROOT / "bench").rglob("*.?pp")]:
            for label in re.findall(r'parallel_(?:for|reduce|scan)\(\s*"(nbk::[^"]+)"', file.read_text()):
                self.assertEqual(SOURCES.get(label), file.relative_to(ROOT).as_posix(), label)
                kernels += 1
        self.assertGreaterEqual(kernels, 3)

    def test_every_label_stands_in_its_file(self):
        for label, file in SOURCES.items():
            self.assertIn(f'"{label}"', (ROOT / file).read_text(), file)

    def test_copies_kokkos_own_work_and_strangers(self):
        self.assertEqual(source_of(RegionTime("warm > copy-out > a <- b", "a <- b", "deep_copy")), SOURCES["copy-out"])
        self.assertEqual(source_of(RegionTime("x > a <- b", "a <- b", "deep_copy")), None)
        self.assertEqual(source_of(RegionTime("warm > copy-out > mine", "mine", "kernel")), None)
        self.assertEqual(source_of(RegionTime("Kokkos::fence", "Kokkos::fence", "fence")), "Kokkos")


class Limits(unittest.TestCase):
    def limit(self, own_ns, calls=1, peak=None, bandwidth=None, path="warm > x", kind="kernel", twin_ns=0):
        """Returns the limit of a row; `twin_ns` is the time of the same place when warm."""
        rows = [RegionTime("warm > x", "x", kind, 1, twin_ns)]
        return limit_of(RegionTime(path, "x", kind, calls, own_ns),
                        {"share_of_peak": peak, "share_of_bandwidth": bandwidth}, RegionTimes(rows, 0, 0))

    def test_more_than_was_measured_to_be_possible_is_no_share(self):
        rates = {"bytes_per_s": 9e9, "share_of_peak": 0.5, "share_of_bandwidth": 8.18}
        self.assertEqual(without_impossible_shares(rates), {**rates, "share_of_bandwidth": None})

    def test_what_the_figures_say_and_no_more(self):
        self.assertEqual(self.limit(10**6, peak=0.6, bandwidth=0.7), "memory bandwidth")
        self.assertEqual(self.limit(10**6, peak=0.6, bandwidth=0.55), "arithmetic")
        self.assertEqual(self.limit(10**6, peak=0.1), "neither peak: waiting, or work that is not counted")
        self.assertEqual(self.limit(19999), "the cost of a call")
        self.assertEqual(self.limit(20000), "not counted")
        self.assertEqual(self.limit(20000, kind="region"), "host code, not counted")
        self.assertEqual(self.limit(260000, path="cold > x", twin_ns=100000),
                         "the first time: memory and code are new (2.6 x the warm one)")
        self.assertEqual(self.limit(120000, path="cold > x", twin_ns=100000), "not counted")


class Inventory(Scratch):
    def make_profiled_run(self, name, kernel_us=400, fingerprint="machine-a", peaks=True):
        """Writes a run with a trace of 1 ms, half of it in a kernel and a copy."""
        run = make_run(self.folder / name, 1, [0.001], fingerprint)
        file = run / "benchmark_results.json"
        results = json.loads(file.read_text())
        results["peaks"] = PEAKS if peaks else None
        file.write_text(json.dumps(results))
        write_trace(run / "profile_64x64/trace.json", [
            trace_line("region", "warm", 0, 900),
            trace_line("region", "simulation", 100, kernel_us + 100),
            trace_line("kernel", "nbk::spots", 100, kernel_us, space="OpenMP", precision="float64", pack_width=8,
                       functor="F<a|b>", evaluations=1000, least_bytes=4e4, operations=1e6),
            trace_line("deep_copy", "host <- nbk::image", 700, 100, bytes=4e4),
            trace_line("region", "short", 950, 0.5),
            trace_line("region", "elsewhere", 0, 30, thread=2),
            '{"ph":"i","name":"end","pid":1,"tid":1,"ts":1000}'])
        return run

    def test_rows_are_ranked_and_add_up_with_what_the_kernel_did(self):
        run = self.make_profiled_run("run")
        printed = self.run_command("inventory", run)
        self.assertEqual(printed, (run / "inventory.md").read_text())
        self.assertEqual(schema_complaints(run / "inventory.json", "inventory.schema.json"), [])
        inventory = json.loads((run / "inventory.json").read_text())
        size, = inventory["sizes"]
        self.assertEqual((size["size"], size["trace"], size["events"]), (64, "profile_64x64/trace.json", 8))
        self.assertAlmostEqual(size["wall_s"], 1e-3)
        self.assertAlmostEqual(size["other_threads_s"], 30e-6)
        rows = {row["path"]: row for row in size["regions"]}
        self.assertEqual(list(rows), ["warm > simulation > nbk::spots", "warm", "warm > host <- nbk::image",
                                      "warm > simulation", "short"])
        self.assertAlmostEqual(sum(row["share"] for row in rows.values()) + size["unexplained_share"], 1)
        self.assertAlmostEqual(rows["short"]["cumulative_share"] + size["unexplained_share"], 1)
        kernel = rows["warm > simulation > nbk::spots"]
        self.assertEqual((kernel["calls"], kernel["in_packs"], kernel["pack_width"], kernel["source"]),
                         (1, True, 8, SOURCES["nbk::spots"]))
        self.assertAlmostEqual(kernel["evaluations_per_s"], 1000 / 400e-6)
        self.assertAlmostEqual(kernel["share_of_peak"], 1e6 / 400e-6 / 5e9)
        self.assertAlmostEqual(kernel["share_of_bandwidth"], 4e4 / 400e-6 / 1e9)
        self.assertEqual(kernel["limit"], "arithmetic")
        # A copy reads and writes.
        copy = rows["warm > host <- nbk::image"]
        self.assertAlmostEqual(copy["share_of_bandwidth"], 2 * copy["bytes_per_s"] / 1e9)
        self.assertEqual(copy["limit"], "memory bandwidth")
        self.assertIsNone(rows["warm"]["evaluations_per_s"])
        for words in ("## 64 x 64", "1 ms of the main thread's time, 8 events", "8 wide", "`F<a\\|b>`",
                      "1 more below 0.1 % each", "**explained by no region** | 10.0 % |", "Other host threads: 0.03 ms",
                      "Peaks measured by the run: 10 Gflop/s in float32, 5 in float64, 1 GB/s stored."):
            self.assertIn(words, printed)

    def test_a_run_without_peaks_has_no_shares_of_them(self):
        run = self.make_profiled_run("run", peaks=False)
        self.assertIn("This run measured no peaks", self.run_command("inventory", run))
        self.assertEqual(schema_complaints(run / "inventory.json", "inventory.schema.json"), [])

    def test_two_runs_are_compared_row_by_row(self):
        before, after = self.make_profiled_run("before"), self.make_profiled_run("after", 200, "machine-b")
        trace = after / "profile_64x64/trace.json"
        trace.write_text(trace.read_text().replace('"short"', '"new"'))
        printed = self.run_command("inventory", after, "--before", before)
        self.assertEqual(printed, (after / "inventory_comparison.md").read_text())
        self.assertIn("Of different machines, compilers or flags", printed)
        self.assertEqual(schema_complaints(after / "inventory_comparison.json", "inventory_comparison.schema.json"), [])
        comparison = json.loads((after / "inventory_comparison.json").read_text())
        self.assertEqual((comparison["before"], comparison["after"], comparison["same_machine"]),
                         ("before", "after", False))
        rows = {row["path"]: row for row in comparison["rows"]}
        self.assertAlmostEqual(rows["warm > simulation > nbk::spots"]["ratio"], 0.5)
        self.assertAlmostEqual(rows["warm > simulation > nbk::spots"]["share_before"], 0.4)
        self.assertIsNone(rows["new"]["before_s_per_call"])
        self.assertIsNone(rows["short"]["after_s_per_call"])
        self.assertIsNone(rows["short"]["ratio"])
        self.assertIn("| 64 | warm > simulation > nbk::spots | 0.4 ms | 0.2 ms | 0.5 | 40.0 % | 20.0 % |\n", printed)

    def test_a_run_without_a_trace_and_no_run_at_all_are_one_line(self):
        run = make_run(self.folder / "run", 1, [1])
        self.assertIn("run: has no trace; run the main job with --profile", self.refused("inventory", run, code=1))
        self.assertIn("RUN = nowhere: must be a folder that exists", self.refused("inventory", "nowhere"))
        self.assertIn("--before = nowhere", self.refused("inventory", run, "--before", "nowhere"))
        (self.folder / "empty").mkdir()
        self.assertIn("empty/benchmark_results.json: cannot be read", self.refused("inventory", "empty", code=1))
        damaged = self.make_profiled_run("damaged")
        results = json.loads((damaged / "benchmark_results.json").read_text())
        results["peaks"] = {"float32_operations_per_s": 1}
        (damaged / "benchmark_results.json").write_text(json.dumps(results))
        self.assertIn("benchmark_results.json: peaks: float64_operations_per_s is missing",
                      self.refused("inventory", damaged, code=1))


if __name__ == "__main__":
    unittest.main()
