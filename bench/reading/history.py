# SPDX-License-Identifier: MIT
"""bench/history DIR...: collects runs by machine and workload, as a table and as a picture."""
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional, Tuple

import plots
from command import PASSED, InvalidInput, Parser, require_folder, run, write
from records import RunList, RunRecord, read_runs

NAME = "bench/history"


@dataclass
class Series:
    """Runs of one workload on one machine, oldest first."""

    fingerprint: str
    workload: str
    records: List[RunRecord] = field(default_factory=list)


def series_of(runs: RunList) -> List[Series]:
    """Puts records that may be compared together, in the order of machines and workloads."""
    found: Dict[Tuple[str, str], Series] = {}
    for record in runs.records:
        key = (record.fingerprint, record.workload)
        found.setdefault(key, Series(*key)).records.append(record)
    return [found[key] for key in sorted(found)]


def time_text(record: RunRecord, part: str) -> str:
    """Returns the median of a part with its spread."""
    if part not in record.seconds:
        return "-"
    spread = f" ± {1e3 * record.spread_s(part):.2g}" if len(record.seconds[part]) > 1 else ""
    return f"{1e3 * record.median_s(part):.4g} ms{spread}"


def number_text(value: Optional[float], form: str) -> str:
    """Returns a number as text."""
    return "-" if value is None else format(value, form)


def history_text(runs: RunList, all_series: List[Series]) -> str:
    """Returns one table of all series as Markdown."""
    text = (f"# History\n\n{runs.runs} runs, {runs.incomplete} of them incomplete and left out. Warm times: median ± "
            "median absolute deviation. A + stands behind a commit that was changed.\n\n"
            "| machine | workload | commit | started | repetitions | set-up | simulation | total | correlation | max "
            "difference | verdict |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
    for series in all_series:
        for record in series.records:
            cells = [series.fingerprint, series.workload, record.commit_text(10, " +"), record.started,
                     str(len(record.seconds.get("simulation_s", []))), time_text(record, "setup_s"),
                     time_text(record, "simulation_s"), time_text(record, "total_s"),
                     number_text(record.correlation, ".9f"), number_text(record.max_abs_diff, ".3g"),
                     "passed" if record.passed else "**FAILED**"]
            text += "| " + " | ".join(cells) + " |\n"
    return text


def main(arguments: List[str]) -> int:
    """Does the command."""
    parser = Parser(NAME, "Collects runs by machine and workload: writes history.md and, with matplotlib, history.svg.")
    parser.add_argument("folders", metavar="DIR", nargs="+", type=Path, help="folders of runs, or runs")
    parser.add_argument("--output", type=Path, default=Path("."), help="folder for the two files (default: .)")
    options = parser.parse_args(arguments)
    for folder in options.folders:
        require_folder("DIR", folder)
    runs = read_runs(options.folders)
    all_series = series_of(runs)
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"--output = {options.output}: must be a writable folder: {error.strerror}") from error
    write(options.output / "history.md", history_text(runs, all_series))
    picture = plots.history_svg(all_series)
    if picture is not None:
        write(options.output / "history.svg", picture)
    print(f"{runs.runs} runs, {runs.incomplete} incomplete, {len(all_series)} series: {options.output / 'history.md'}"
          + (" and history.svg" if picture is not None else f"; {plots.NO_MATPLOTLIB}"))
    return PASSED


if __name__ == "__main__":
    run(NAME, main)
