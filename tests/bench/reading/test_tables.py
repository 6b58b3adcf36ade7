# SPDX-License-Identifier: MIT
"""Fits, ratios and tables of suite, scaling and matrix."""
import unittest
from pathlib import Path

from support import statistics
import tables
from records import Field

IMAGE, TABLES, BEFORE = 64 << 20, 1000, 5_000_000


def record(workload, evaluations, time_s, threads=2, round_number=1, other_bytes=0, table=False, total_s=0.04):
    """Returns a record of scaling, as far as it is read."""
    parts = {"to_main_s": 0.01, "flags_s": 0.002, "kokkos_s": 0.01, "set_up_s": 0.001, "total_s": total_s}
    return {"workload": workload, "dtype": "float32", "dtype_used": "float32", "threads": threads, "round": round_number,
            "flags": ["-hkl", "file"] if table else ["-default_F", "1"], "evaluations": evaluations, "passed": True,
            "ns_per_evaluation": 1e9 * time_s / evaluations, "time_s": statistics([time_s]), "setup_cold_s": 0.006,
            "setup_warm_s": statistics([0.001]), "startup": parts, "arithmetic": {"share_of_peak": 0.25},
            "traffic": {"share_of_bandwidth": 0.5}, "reference": None, "parity_with_float64": {"correlation": 0.999},
            "memory": {"before_bytes": BEFORE, "peak_bytes": BEFORE + IMAGE + TABLES + other_bytes, "image_bytes": IMAGE,
                       "table_bytes": TABLES}}


def fields(*records):
    """Returns records as a reader gets them."""
    return list(Field(list(records), Path("results.json")))


def wanted(name, *records):
    """Returns (value, reached) of what is wanted under a name that begins so; None where it is not asked."""
    found = [(value, reached) for title, value, _, _, reached in tables.wanted(fields(*records))
             if title.startswith(name)]
    return found[0] if found else None


class Share(unittest.TestCase):
    def test_more_than_was_measured_to_be_possible_is_no_share(self):
        self.assertEqual(tables.share(0.125), "12.5 %")
        self.assertEqual(tables.share(1.0), "100.0 %")
        self.assertNotIn("%", tables.share(1.31))


class Exponent(unittest.TestCase):
    def test_a_power_law_is_found(self):
        points = [(n, 2e-9 * n ** 1.25) for n in (1e6, 1e7, 3e8)]
        self.assertAlmostEqual(tables.exponent(points), 1.25)
        self.assertAlmostEqual(tables.exponent(points[::2]), 1.25)

    def test_points_of_equal_work_and_single_ones_have_none(self):
        self.assertIsNone(tables.exponent([(1e6, 0.001), (1e6, 0.002)]))
        self.assertIsNone(tables.exponent([(1e6, 0.001)]))
        self.assertIsNone(wanted("distance", record("linear-1", 1e6, 0.001), record("linear-2", 1e6, 0.002)))


class Wanted(unittest.TestCase):
    def test_the_line_is_sorted_by_work(self):
        line = [record("linear-1e8", 1e8, 0.1), record("linear-1e6", 1e6, 0.001)]
        self.assertEqual([point[0] for point in tables.points_of(tables.line_of(fields(*line), "linear"))], [1e6, 1e8])
        self.assertTrue(wanted("distance of the exponent", *line)[1])
        line[0]["time_s"]["median"] = 0.2
        self.assertFalse(wanted("distance of the exponent", *line)[1])
        self.assertIn("| 1e+08 | 200 |", tables.scaling_text(fields(record("linear-1e6", 1e6, 0.001),
                                                                    record("linear-1e8", 1e8, 0.2))))

    def test_threads_are_compared_round_by_round(self):
        rounds = [record("w", 1e6, 0.3, 1, 1), record("w", 1e6, 0.1, 2, 1), record("w", 1e6, 0.2, 1, 2),
                  record("w", 1e6, 0.1, 2, 2)]
        self.assertAlmostEqual(wanted("1 thread / 2, w", *rounds)[0], 2.5)
        self.assertTrue(wanted("1 thread / 2, w", *rounds)[1])
        self.assertFalse(wanted("1 thread", record("w", 1e6, 0.15, 1), record("w", 1e6, 0.1, 2))[1])
        self.assertIsNone(wanted("1 thread", record("w", 1e6, 0.15, 1)))
        self.assertIn("| w | 2 | 250 | 100 | 2.5 ± 0.5 |", tables.scaling_text(fields(*rounds)))

    def test_start_up_is_the_median_of_the_processes(self):
        starts = [record("w", 1e6, 0.1, round_number=i, total_s=total_s) for i, total_s in enumerate((0.04, 0.07, 0.02))]
        self.assertEqual(wanted("start-up", *starts), (0.04, True))
        self.assertFalse(wanted("start-up", record("w", 1e6, 0.1, total_s=0.06))[1])

    def test_set_up_and_memory(self):
        self.assertEqual(wanted("first set-up, s, w", record("w", 1e6, 0.1)), (0.006, False))
        # A new table is allowed to take its time.
        self.assertIsNone(wanted("first set-up", record("w", 1e6, 0.1, table=True)))
        self.assertAlmostEqual(wanted("memory", record("w", 1e6, 0.1))[0], 0)
        self.assertFalse(wanted("memory", record("w", 1e6, 0.1, other_bytes=IMAGE))[1])  # a second image
        small = record("w", 1e6, 0.1)
        small["memory"]["image_bytes"] = 1000
        self.assertIsNone(wanted("memory", small))


class Tables(unittest.TestCase):
    def test_the_suite(self):
        single, double = record("mosaic", 1e6, 0.1), record("mosaic", 1e6, 0.3)
        double.update(dtype="float64", dtype_used="float64", parity_with_float64=None, passed=False)
        single["reference"] = {"pairs": [{}], "ratio": {"median": 120, "mad": 2}, "floor": 100, "reaches_floor": True}
        text = tables.text_of(Field({"schema": "nbk suite results", "schema_version": 2, "records": [single, double]},
                                    Path("suite_results.json")))
        self.assertIn("| mosaic | float32 | 2 | 100 | 1e+06 | 100 | 25.0 % | 50.0 % | 120.0 ± 2.0 | 100 | - | 0.99900000 | passed |",
                      text)
        self.assertIn("| - | **FAILED** |", text)
        self.assertIn("| mosaic | - | 3.00 | - |", text)
        self.assertIn("| workload | mixed / float32 | float64 / float32 | 1 thread / all |\n|---|---|---|---|\n", text)

    def test_the_matrix(self):
        def cell(workload, width, correlation, passed=True):
            parity = {"correlation": correlation, "max_relative_diff": 1e-5}
            return {"workload": workload, "device": "cpu", "dtype": "mixed", "pack_width": width, "own_width": width == 8,
                    "passed": passed, "parity_with_float64": parity, "parity_with_reference": None}

        text = tables.text_of(Field({"schema": "nbk parity matrix", "schema_version": 2, "records": [
            cell("a", 8, 1 - 1e-9), cell("a", 1, 0.5, False), cell("b", 8, None, False)]}, Path("matrix_results.json")))
        self.assertIn("| space | precision | pack width | a | b |", text)
        self.assertIn("| cpu | mixed | 8 (own) | 1.0e-09, 1.0e-05 | **no number** |", text)
        self.assertIn("| cpu | mixed | 1 | **5.0e-01, 1.0e-05** | - |", text)

    def test_older_versions_have_tables_of_their_own(self):
        self.assertEqual(tables.text_of(Field({"schema": "nbk suite results", "schema_version": 1, "records": [{}]},
                                              Path("suite_results.json"))), "")


if __name__ == "__main__":
    unittest.main()
