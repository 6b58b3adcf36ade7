# SPDX-License-Identifier: MIT
"""bench/check BASE NEW: tells slower from noise, for two programs that are run in turn or for runs that exist."""
from __future__ import annotations

import argparse
import math
import os
import subprocess
from datetime import datetime, timezone
from pathlib import Path
from typing import List, Sequence

from bootstrap import FEWEST_FIGURES, Change, Pairing, RatioInterval, bootstrap_ratio, change_of
from command import FAILED, PASSED, FileError, InvalidInput, Parser, require, run, write
from records import RunList, RunRecord, read_runs

NAME = "bench/check"
TOO_FEW = 3  # exit code
PARTS = ("setup_s", "simulation_s", "copy_out_s", "total_s")
PROGRAM_TIMEOUT_S = 3600
STANDARD_JOB = ["--sizes", "1024", "--iterations", "3"]


def parse(arguments: List[str]) -> argparse.Namespace:
    """Reads the arguments. Raises InvalidInput."""
    parser = Parser(
        NAME, "Tells slower from noise: the ratio NEW / BASE of the medians with its bootstrap interval. BASE and NEW "
        "are two nbk-bench programs, which are then run in turn; or two runs or folders of runs.",
        "Exit code: 0 nothing is slower, 1 something is or has failed, 2 wrong arguments, 3 too few figures.")
    reports = Path(os.environ.get("NBK_REPORTS") or "reports")
    parser.add_argument("base", metavar="BASE", type=Path, help="before the change")
    parser.add_argument("fresh", metavar="NEW", type=Path, help="after it")
    parser.add_argument("--part", default="simulation_s", choices=PARTS, help="of the warm time (default: %(default)s)")
    parser.add_argument("--tolerance", type=float, default=0.02,
                        help="slow-down that is accepted (default: %(default)s, which is 2 %%)")
    parser.add_argument("--confidence", type=float, default=0.95, help="of the interval (default: %(default)s)")
    parser.add_argument("--pairs", type=int, default=10, help="runs of each program (default: %(default)s)")
    parser.add_argument("--outdir", type=Path, default=reports / "check",
                        help="folder for the programs' runs (default: %(default)s)")
    parser.add_argument("--other-machine", action="store_true",
                        help="compare although machine, compiler or flags differ")
    # --arguments stands here for the help only: the words behind it look like flags of this command and are none.
    parser.add_argument("--arguments", metavar="...", help="for the programs, the rest of the line")
    words, found, rest = arguments, "--arguments" in arguments, []
    if found:
        place = arguments.index("--arguments")
        words, rest = arguments[:place], arguments[place + 1:]
    options = parser.parse_args(words)
    options.arguments = rest or STANDARD_JOB
    for parameter, path in (("BASE", options.base), ("NEW", options.fresh)):
        require(path.exists(), parameter, path, "must exist")
    require(math.isfinite(options.tolerance) and options.tolerance >= 0, "--tolerance", options.tolerance,
            "must be a finite number >= 0")
    require(0.5 <= options.confidence < 1, "--confidence", options.confidence, "must be from 0.5 to below 1")
    require(5 <= options.pairs <= 10000, "--pairs", options.pairs, "must be from 5 to 10000")
    return options


def new_folder(outdir: Path) -> Path:
    """Makes a folder named after the time, which carries a file INCOMPLETE until all runs are there."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    for number in range(1, 10000):
        folder = outdir / (stamp if number == 1 else f"{stamp}-{number}")
        try:
            folder.mkdir(parents=True)
            write(folder / "INCOMPLETE", "This comparison has not finished, or was killed before it could say why.\n")
            return folder
        except FileExistsError:
            if not folder.is_dir():
                break
        except (OSError, FileError) as error:
            raise InvalidInput(f"--outdir = {outdir}: must be a writable folder: {error}") from error
    raise InvalidInput(f"--outdir = {outdir}: must be a writable folder")


def run_once(program: Path, arguments: List[str], outdir: Path) -> None:
    """Runs a program once. A gate that fails is in its record; anything else is an error."""
    command = [str(program.resolve()), *arguments, "--outdir", str(outdir)]
    try:
        code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              timeout=PROGRAM_TIMEOUT_S, check=False).returncode
    except subprocess.TimeoutExpired as error:
        raise FileError(f"{program}: no end within {PROGRAM_TIMEOUT_S} s") from error
    except OSError as error:
        raise FileError(f"{program}: cannot be started: {error.strerror}") from error
    if code not in (0, 1):
        raise FileError(f"{program}: " + (f"signal {-code}" if code < 0 else f"exit code {code}"))
    if not outdir.is_dir():
        raise FileError(f"{program}: has left no run, so it is no nbk-bench")


def run_pairs(options: argparse.Namespace) -> Path:
    """Runs both programs in turn and returns the folder with their runs in base/ and new/.

    A pair is one run of each. The first one changes from pair to pair, so that neither has the colder machine.
    """
    folder = new_folder(options.outdir)
    for pair in range(options.pairs):
        both = [(options.base, "base"), (options.fresh, "new")]
        for program, side in both if pair % 2 == 0 else both[::-1]:
            run_once(program, options.arguments, folder / side)
    (folder / "INCOMPLETE").unlink()
    return folder


def interval_of(base: Sequence[RunRecord], fresh: Sequence[RunRecord], options: argparse.Namespace,
                in_turn: bool) -> RatioInterval:
    """Returns the ratio of one workload.

    One run each is judged by its repetitions, more runs by their medians, because repetitions of a process share its
    luck.
    """
    if len(base) == len(fresh) == 1:
        old, new = (side[0].seconds.get(options.part, []) for side in (base, fresh))
        return bootstrap_ratio(old, new, Pairing.INDEPENDENT, options.confidence)
    old, new = ([record.median_s(options.part) for record in side if options.part in record.seconds]
                for side in (base, fresh))
    pairing = Pairing.PAIRS if in_turn and len(old) == len(new) else Pairing.INDEPENDENT
    return bootstrap_ratio(old, new, pairing, options.confidence)


def require_one_machine(base: RunList, fresh: RunList) -> None:
    """Raises InvalidInput where the runs are of several machines, compilers or flags."""
    fingerprints = sorted({record.fingerprint for record in base.records + fresh.records})
    require(len(fingerprints) <= 1, "NEW", f"fingerprints {', '.join(fingerprints)}",
            "must be of BASE's machine, compiler and flags; --other-machine compares nevertheless")


def judge_all(base: RunList, fresh: RunList, options: argparse.Namespace, in_turn: bool) -> int:
    """Prints a verdict for every workload that both sides have, and returns the exit code."""
    judged = bad = 0
    for workload in sorted({record.workload for record in fresh.records}):
        before, after = ([record for record in side.records if record.workload == workload] for side in (base, fresh))
        if not before:
            continue
        if all(record.passed for record in before) and not all(record.passed for record in after):
            print(f"{workload}: FAILED, and did not before")
            bad += 1
        try:
            interval = interval_of(before, after, options, in_turn)
        except InvalidInput as error:
            print(f"{workload}: {error}")
            continue
        change = change_of(interval, options.tolerance)
        print(f"{workload}: {options.part} NEW / BASE = {interval.ratio:.4f}, {100 * options.confidence:g} % interval "
              f"{interval.low:.4f} to {interval.high:.4f}, {len(before)} and {len(after)} runs"
              f"{' in turn' if in_turn else ''}: {change.value}")
        judged += 1
        bad += change is Change.SLOWER
    if bad:
        return FAILED
    if judged:
        return PASSED
    print("Nothing to judge: the same workload must be on both sides, with at least "
          f"{FEWEST_FIGURES} figures each.")
    return TOO_FEW


def main(arguments: List[str]) -> int:
    """Does the command."""
    options = parse(arguments)
    programs = options.base.is_file() and options.fresh.is_file()
    require(programs or (options.base.is_dir() and options.fresh.is_dir()), "BASE and NEW",
            f"{options.base} {options.fresh}", "must be two programs, or two folders of runs")
    paths = [options.base, options.fresh]
    if programs:
        folder = run_pairs(options)
        paths = [folder / "base", folder / "new"]
    base, fresh = (read_runs([path]) for path in paths)
    # Two programs may well differ in their flags: that is compared then.
    if not programs and not options.other_machine:
        require_one_machine(base, fresh)
    return judge_all(base, fresh, options, in_turn=programs)


if __name__ == "__main__":
    run(NAME, main)
