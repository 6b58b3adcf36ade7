# SPDX-License-Identifier: MIT
"""Records: what is read of them, and the one line about a record that is none."""
import json
import unittest

from support import ROOT, Scratch, complaints, make_run, results_of, stamp, statistics, write_run
from command import FileError
from records import NEWEST_VERSION, read_runs


def suite_results():
    """Returns suite_results.json with one record, as far as it is read."""
    record = {"workload": "mosaic", "tiny": True, "dtype": "mixed", "space": "OpenMP", "threads": 1, "passed": True,
              "setup_warm_s": statistics([0.1, 0.2]), "time_s": statistics([1, 2, 3]), "parity_with_float64": None}
    return {**results_of(stamp(5), [1]), "records": [record]}


class Records(Scratch):
    def check_refused(self, results, complaint, name="benchmark_results.json"):
        """Checks that a record is refused with one line: the file, the field and what is wrong with it."""
        folder = write_run(self.folder / f"run{len(list(self.folder.iterdir()))}", results, name)
        with self.assertRaises(FileError) as caught:
            read_runs([folder])
        self.assertEqual(str(caught.exception), f"{folder / name}: {complaint}")

    def test_runs_are_read_oldest_first_with_failed_ones_and_incomplete_ones_counted(self):
        out = self.folder / "out"
        make_run(out / "b", 2, [1, 2, 3])
        make_run(out / "a", 3, [4])
        make_run(out / "failed/c", 1, [5], passed=False)
        write_run(out / "d", {**results_of(stamp(4), [1]), "status": "incomplete"})
        (make_run(out / "e", 5, [1]) / "INCOMPLETE").touch()
        (out / "f").mkdir()
        (out / "f/INCOMPLETE").touch()
        (out / "no run").mkdir()
        runs = read_runs([out])
        self.assertEqual([record.run.name for record in runs.records], ["c", "b", "a"])
        self.assertEqual((runs.runs, runs.incomplete), (6, 3))
        record = runs.records[1]
        self.assertEqual(record.workload, "main 64 x 64, float32, OpenMP, 2 threads")
        self.assertEqual(record.seconds["simulation_s"], [1, 2, 3])
        self.assertEqual((record.median_s("simulation_s"), record.spread_s("simulation_s")), (2, 1))
        self.assertEqual((record.correlation, record.max_abs_diff), (0.999999, 0.5))
        self.assertEqual(record.commit_text(10, " +"), "c0ffee2024")
        self.assertFalse(runs.records[0].passed)

    def test_a_single_run_and_the_suite_and_what_may_be_null(self):
        results = suite_results()
        results["git"] = {"commit": None, "dirty": None}
        record = read_runs([write_run(self.folder / "run", results, "suite_results.json")]).records[0]
        self.assertEqual(record.workload, "mosaic (tiny), mixed, OpenMP, 1 threads")
        self.assertEqual(sorted(record.seconds), ["setup_s", "simulation_s"])
        self.assertIsNone(record.correlation)
        self.assertEqual(record.commit_text(8, "+"), "unknown")
        results["records"][0]["parity_with_float64"] = {"correlation": 0.5, "max_abs_diff": None}
        record = read_runs([write_run(self.folder / "next", results, "suite_results.json")]).records[0]
        self.assertEqual((record.correlation, record.max_abs_diff), (0.5, None))

    def test_a_record_that_is_none_names_file_field_and_what_is_missing(self):
        self.check_refused({}, "schema_version is missing")
        self.check_refused([], "must be an object")
        results = results_of(stamp(1), [1])
        results["records"].append({**results["records"][0], "workload": None})
        self.check_refused(results, "records[1]: workload is null")
        del results["records"][0]["time_warm"]["simulation_s"]["raw"]
        self.check_refused(results, "records[0].time_warm.simulation_s: raw is missing")
        results = results_of(stamp(1), [1])
        results["records"][0]["time_warm"]["simulation_s"]["raw"] = [1, "2"]
        self.check_refused(results, "records[0].time_warm.simulation_s.raw[1]: must be a number")
        results = results_of(stamp(1), [1])
        self.check_refused({**results, "records": {}}, "records: must be a list")
        self.check_refused({**results, "started": 5}, "started: must be a text")
        results = results_of(stamp(1), [True])
        self.check_refused(results, "records[0].time_warm.simulation_s.raw[0]: must be a number")
        results = results_of(stamp(1), [1])
        results["records"][0]["passed"] = 1
        results["records"][0]["threads"] = 1.5
        self.check_refused(results, "records[0].threads: must be a whole number")
        results["records"][0]["threads"] = 1
        self.check_refused(results, "records[0].passed: must be true or false")

    def test_versions_that_are_newer_than_the_reader_are_refused(self):
        self.check_refused({**results_of(stamp(1), [1]), "schema_version": 1000},
                           "schema_version: is 1000, and this reader knows 1 to 2")
        self.check_refused({**results_of(stamp(1), [1]), "schema_version": "1"},
                           "schema_version: must be a whole number")

    def test_files_that_are_no_json(self):
        for content in (b"", b"{", b"\xff", b'{"started": NaN}', b"[" * 100000):
            folder = self.folder / f"run{len(list(self.folder.iterdir()))}"
            folder.mkdir()
            (folder / "benchmark_results.json").write_bytes(content)
            with self.assertRaisesRegex(FileError, "benchmark_results.json: is no (JSON|text)"):
                read_runs([folder])

    def test_the_schemas_of_the_newest_versions_are_those_that_the_reader_knows(self):
        schema = json.loads((ROOT / "docs/schema/results.schema.json").read_text())
        for name, newest in NEWEST_VERSION.items():
            self.assertEqual(schema["properties"]["schema_version"]["const"], newest, name)
            self.assertIn(name, schema["title"])

    def test_the_checker_of_schemas_complains(self):
        schema = {"type": "object", "required": ["a"], "additionalProperties": False, "$defs": {"b": {"minimum": 2}},
                  "properties": {"a": {"type": ["integer", "null"]}, "b": {"$ref": "#/$defs/b"},
                                 "c": {"type": "array", "items": {"enum": [1, 2]}}, "d": {"const": 1}}}
        self.assertEqual(list(complaints({"a": None, "b": 2, "c": [1, 2], "d": 1}, schema)), [])
        for wrong in (5, {}, {"a": True}, {"a": 1, "b": 1}, {"a": 1, "c": [1, 3]}, {"a": 1, "d": 2}, {"a": 1, "e": 1}):
            self.assertEqual(len(list(complaints(wrong, schema))), 1, wrong)
        self.assertEqual(len(list(complaints(1, {"maximum": 1}))), 1)
        together = {"dependentRequired": {"a": ["b", "c"]}}
        self.assertEqual([len(list(complaints(value, together))) for value in ({}, {"a": 1, "b": 1, "c": 1}, {"a": 1})],
                         [0, 0, 2])


if __name__ == "__main__":
    unittest.main()
