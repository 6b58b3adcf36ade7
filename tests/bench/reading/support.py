# SPDX-License-Identifier: MIT
"""Folders of runs made by hand, the commands as processes, and a checker of JSON against the schemas of docs/schema."""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bench/reading"))


class Scratch(unittest.TestCase):
    """A test with a folder of its own and the commands at hand."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="nbk-test")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_command(self, name, *arguments, code=0, environment=None):
        """Runs bench/NAME in the scratch folder, checks its exit code and returns what it printed."""
        # The command has to find the Python that the test has.
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run([ROOT / "bench" / name, *map(str, arguments)], cwd=self.folder, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=250,
                              env={**os.environ, "PATH": path, **(environment or {})})
        self.assertEqual(done.returncode, code, done.stdout)
        return done.stdout

    def refused(self, name, *arguments, code=2):
        """Runs a command that must end with one line about its mistake, and returns the line."""
        line = self.run_command(name, *arguments, code=code)
        self.assertEqual(line.count("\n"), 1, line)
        self.assertTrue(line.startswith(f"bench/{name}: "), line)
        return line


def statistics(seconds):
    """Returns repetitions as a record has them."""
    return {"raw": list(seconds), "median": sorted(seconds)[len(seconds) // 2] if seconds else None, "mad": 0}


def stamp(number):
    """Returns the start of a run as its folder is named."""
    return f"20240101T{number:06}Z"


def results_of(started, seconds, fingerprint="machine-a", passed=True):
    """Returns benchmark_results.json with one record, as a real one has it as far as it is read."""
    record = {
        "workload": "main", "size": 64, "dtype": "float32", "space": "OpenMP", "threads": 2, "passed": passed,
        "time_cold": {part: statistics([0.002]) for part in ("setup_s", "simulation_s", "copy_out_s", "total_s")},
        "time_warm": {"setup_s": statistics([0.001]), "simulation_s": statistics(seconds),
                      "copy_out_s": statistics([0.0005]), "total_s": statistics(seconds)},
        "reference": {"kind": "builtin", "time_s": 0.25}, "correlation_warm": 0.999999,
        "parity": {"warm": {"max_abs_diff": 0.5}}, "artifacts": []}
    return {"schema": "nbk benchmark results", "schema_version": 1, "status": "passed" if passed else "failed",
            "started": started, "fingerprint": fingerprint, "git": {"commit": f"c0ffee{started}", "dirty": False},
            "peaks": None, "records": [record]}


def write_run(folder, results, name="benchmark_results.json"):
    """Writes a run's folder and returns it."""
    folder.mkdir(parents=True)
    (folder / name).write_text(json.dumps(results))
    (folder / "summary.md").write_text("# nbk-bench: PASSED\n\n| | 64 x 64 |\n|---|---|\n| verdict | passed |\n")
    environment = {"machine": {"cores": 2, "processor": "<a> & b"}, "flags": "1\n2\n3\n"}
    (folder / "env.json").write_text(json.dumps(environment))
    return folder


def make_run(folder, number, seconds, fingerprint="machine-a", passed=True):
    """Writes the folder of a run of the main job and returns it."""
    return write_run(folder, results_of(stamp(number), seconds, fingerprint, passed))


def trace_line(kind, name, start_us, duration_us, thread=1, **arguments):
    """Returns one event of a trace file."""
    tid = 100 if kind == "kernel" else thread
    arguments = {**({"thread": thread} if kind == "kernel" else {}), **arguments}
    return json.dumps({"ph": "X", "cat": kind, "name": name, "pid": 1, "tid": tid, "ts": start_us, "dur": duration_us,
                       "args": arguments}, separators=(",", ":"))


def write_trace(file, lines):
    """Writes a complete trace file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"traceEvents":[\n{"ph":"M","name":"process_name"},\n' + ",\n".join(lines) + "\n]}\n")


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int,
         "number": (int, float)}
REMARKS = {"$schema", "$defs", "title", "description"}


def has_type(value, name):
    """Tells if a value is of a type of JSON."""
    return isinstance(value, TYPES[name]) and not (isinstance(value, bool) and name in ("integer", "number"))


def complaints(value, schema, root=None, place=""):
    """Yields a sentence for everything in which a value differs from a schema of the kind that docs/schema has."""
    root = root if root is not None else schema
    if isinstance(schema, bool):
        if not schema:
            yield f"{place} is not allowed here"
        return
    for keyword, rule in schema.items():
        if keyword == "type":
            if not any(has_type(value, name) for name in ([rule] if isinstance(rule, str) else rule)):
                yield f"{place} is no {rule}: {value!r}"
        elif keyword in ("const", "enum"):
            if value not in ([rule] if keyword == "const" else rule):
                yield f"{place} is {value!r}"
        elif keyword == "minimum":
            if has_type(value, "number") and value < rule:
                yield f"{place} is below {rule}"
        elif keyword == "required":
            yield from (f"{place} lacks {name}" for name in rule if isinstance(value, dict) and name not in value)
        elif keyword == "dependentRequired":
            yield from (f"{place} lacks {other}, which goes with {name}" for name, others in rule.items()
                        for other in others if isinstance(value, dict) and name in value and other not in value)
        elif keyword in ("properties", "additionalProperties"):
            known = schema.get("properties", {})
            for name, member in value.items() if isinstance(value, dict) else ():
                if (name in known) == (keyword == "properties"):
                    yield from complaints(member, known.get(name, rule), root, f"{place}/{name}")
        elif keyword == "items":
            for number, member in enumerate(value if isinstance(value, list) else ()):
                yield from complaints(member, rule, root, f"{place}/{number}")
        elif keyword == "$ref":
            target = root
            for step in rule[2:].split("/"):
                target = target[step]
            yield from complaints(value, target, root, place)
        elif keyword not in REMARKS:
            yield f"{place}: the schema's keyword {keyword} is not known to this checker"


def schema_complaints(file, schema_name):
    """Returns the complaints about a JSON file."""
    schema = json.loads((ROOT / "docs/schema" / schema_name).read_text())
    return list(complaints(json.loads(file.read_text()), schema))
