# SPDX-License-Identifier: MIT
"""Records that nbk-bench wrote, read with care: an error names the file, the field and what is wrong with it."""
from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Dict, Iterator, List, NoReturn, Optional, Sequence

from command import FileError, read_text

# Newest version of each kind of record that this reader understands. Older ones have the same fields.
NEWEST_VERSION = {"benchmark_results.json": 2, "suite_results.json": 2, "matrix_results.json": 2,
                  "scaling_results.json": 2}
TIMED = ("benchmark_results.json", "suite_results.json")  # records that runs are compared by


class Field:
    """A value of a JSON file that knows its place there. Members are taken with [], as those of a dict or list."""

    def __init__(self, value: Any, file: Path, place: str = "") -> None:
        self.value, self.file, self.place = value, file, place

    def fail(self, complaint: str) -> NoReturn:
        """Raises FileError with the file, this field and the complaint."""
        raise FileError(f"{self.file}: {self.place + ': ' if self.place else ''}{complaint}")

    def get(self, name: str) -> Optional[Field]:
        """Returns the member of this name, or None where it is missing or null."""
        if not isinstance(self.value, dict):
            self.fail("must be an object")
        place = f"{self.place}.{name}" if self.place else name
        value = self.value.get(name)
        return None if value is None else Field(value, self.file, place)

    def __getitem__(self, name: str) -> Field:
        found = self.get(name)
        if found is None:
            self.fail(f"{name} is {'null' if name in self.value else 'missing'}")
        return found

    def __iter__(self) -> Iterator[Field]:
        if not isinstance(self.value, list):
            self.fail("must be a list")
        return (Field(each, self.file, f"{self.place}[{i}]") for i, each in enumerate(self.value))

    def items(self) -> Dict[str, Field]:
        """Returns the members of an object that are not null, by name."""
        if not isinstance(self.value, dict):
            self.fail("must be an object")
        return {name: self[name] for name, value in self.value.items() if value is not None}

    def text(self) -> str:
        """Returns a string."""
        return self.value if isinstance(self.value, str) else self.fail("must be a text")

    def flag(self) -> bool:
        """Returns true or false."""
        return self.value if isinstance(self.value, bool) else self.fail("must be true or false")

    def number(self) -> float:
        """Returns a number."""
        good = isinstance(self.value, (int, float)) and not isinstance(self.value, bool) and math.isfinite(self.value)
        return self.value if good else self.fail("must be a number")

    def whole(self) -> int:
        """Returns a whole number."""
        good = isinstance(self.value, int) and not isinstance(self.value, bool)
        return self.value if good else self.fail("must be a whole number")

    def numbers(self) -> List[float]:
        """Returns a list of numbers."""
        return [each.number() for each in self]


def optional_number(value: Optional[Field]) -> Optional[float]:
    """Returns a number, or None for what is missing or null."""
    return None if value is None else value.number()


def refuse(name: str) -> NoReturn:
    """Refuses NaN and infinities, which are no JSON."""
    raise ValueError(f"{name} is no JSON")


def read_json(file: Path) -> Field:
    """Reads a JSON file. Raises FileError."""
    try:
        return Field(json.loads(read_text(file), parse_constant=refuse), file)
    except (ValueError, RecursionError) as error:
        raise FileError(f"{file}: is no JSON: {error}") from error


def results_file(folder: Path, names: Sequence[str]) -> Optional[Path]:
    """Returns the first of these files that a run's folder has."""
    return next((folder / name for name in names if (folder / name).exists()), None)


def read_results(file: Path) -> Field:
    """Reads a run's results. Raises FileError, also for a version that is newer than this reader."""
    results = read_json(file)
    version = results["schema_version"]
    newest = NEWEST_VERSION[file.name]
    if not 1 <= version.whole() <= newest:
        version.fail(f"is {version.value}, and this reader knows 1 to {newest}")
    return results


@dataclass
class RunRecord:
    """One record of one run, as far as runs are compared with each other."""

    run: Path
    started: str
    fingerprint: str  # runs of one fingerprint may be compared
    commit: str  # "" where not known
    changed: bool  # the commit is not what was built
    workload: str  # with size, precision, device and threads
    passed: bool
    seconds: Dict[str, List[float]]  # warm repetitions by setup_s, simulation_s, copy_out_s, total_s
    correlation: Optional[float] = None  # of warm image and reference
    max_abs_diff: Optional[float] = None

    def median_s(self, part: str) -> float:
        """Returns the median of the repetitions of a part that was measured."""
        return median(self.seconds[part])

    def spread_s(self, part: str) -> float:
        """Returns the median absolute deviation of a part's repetitions from their median."""
        centre = self.median_s(part)
        return median(abs(value - centre) for value in self.seconds[part])

    def commit_text(self, digits: int, mark: str) -> str:
        """Returns the first digits of the commit, with a mark behind them where it was changed."""
        return self.commit[:digits] + (mark if self.changed else "") if self.commit else "unknown"


@dataclass
class RunList:
    """Records of several runs, oldest run first."""

    records: List[RunRecord] = field(default_factory=list)
    runs: int = 0
    incomplete: int = 0  # folders without a complete record, left out


def workload_of(record: Field) -> str:
    """Names what may be compared: workload, size, precision, space and number of threads."""
    name = record["workload"].text()
    size = record.get("size")
    if size is not None:
        name += " {0} x {0}".format(size.whole())
    tiny = record.get("tiny")
    if tiny is not None and tiny.flag():
        name += " (tiny)"
    return f"{name}, {record['dtype'].text()}, {record['space'].text()}, {record['threads'].whole()} threads"


def read_record(results: Field, record: Field, folder: Path) -> RunRecord:
    """Reads one record of the main job or the suite, which names its warm times one by one and has no copy-out."""
    times = record.get("time_warm")
    if times is not None:
        seconds = {part: statistics["raw"].numbers() for part, statistics in times.items().items()}
        parity, correlation = record["parity"].get("warm"), record.get("correlation_warm")
    else:
        seconds = {"setup_s": record["setup_warm_s"]["raw"].numbers(),
                   "simulation_s": record["time_s"]["raw"].numbers()}
        parity = record.get("parity_with_float64")
        correlation = None if parity is None else parity.get("correlation")
    commit, dirty = results["git"].get("commit"), results["git"].get("dirty")
    return RunRecord(
        run=folder, started=results["started"].text(), fingerprint=results["fingerprint"].text(),
        commit="" if commit is None else commit.text(), changed=dirty is not None and dirty.flag(),
        workload=workload_of(record), passed=record["passed"].flag(),
        seconds={part: raw for part, raw in seconds.items() if raw}, correlation=optional_number(correlation),
        max_abs_diff=None if parity is None else optional_number(parity.get("max_abs_diff")))


def read_run(folder: Path, file: Path, runs: RunList) -> None:
    """Adds the records of one run, or counts it as incomplete."""
    results = read_results(file)
    runs.runs += 1
    if results["status"].text() == "incomplete" or (folder / "INCOMPLETE").exists():
        runs.incomplete += 1
        return
    runs.records += [read_record(results, record, folder) for record in results["records"]]


def read_folder(parent: Path, runs: RunList) -> None:
    """Adds all runs directly below a folder."""
    for folder in sorted(path for path in parent.iterdir() if path.is_dir()):
        file = results_file(folder, TIMED)
        if file is not None:
            read_run(folder, file, runs)
        elif (folder / "INCOMPLETE").exists():
            runs.runs += 1
            runs.incomplete += 1


def read_runs(paths: Sequence[Path]) -> RunList:
    """Reads runs: each path is a run's folder, or a folder of runs, whose failed/ is read, too. Raises FileError."""
    runs = RunList()
    for path in paths:
        file = results_file(path, TIMED)
        if file is not None:
            read_run(path, file, runs)
            continue
        read_folder(path, runs)
        if (path / "failed").is_dir():
            read_folder(path / "failed", runs)
    runs.records.sort(key=lambda record: (record.started, record.run))
    return runs
