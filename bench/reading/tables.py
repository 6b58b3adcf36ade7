# SPDX-License-Identifier: MIT
"""Tables of the records of suite, scaling and matrix as Markdown, with everything that is calculated from them."""
from __future__ import annotations

import math
from statistics import median
from typing import Callable, Dict, List, Optional, Sequence, Tuple

from records import Field

# What is asked of nbk. A miss is reported and fails nothing, because it depends on the machine.
MOST_OFF_ONE = 0.05  # of the line's exponent
THREADS_EFFICIENCY = 0.95  # two threads: 1.9
MOST_START_UP_S = 0.05  # process start to first launch
MOST_SET_UP_S = 0.005  # of a plan without a new table of structure factors
MOST_OTHER_PER_IMAGE = 0.5  # no temporary of image size
LARGE_IMAGE = 16 << 20  # bytes; beside smaller ones threads' stacks and the like count for more

START_UP = {"to_main_s": "start to main(): loader and static objects", "flags_s": "files made and read, experiment known",
            "kokkos_s": "Kokkos and its threads", "set_up_s": "plan and image", "total_s": "start to first launch"}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Returns a table, or nothing where it has no rows."""
    if not rows:
        return ""
    lines = ["| " + " | ".join(row) + " |\n" for row in (head, *rows)]
    return "".join([lines[0], "|---" * len(head) + "|\n", *lines[1:], "\n"])


def ms(seconds: float) -> str:
    """Returns seconds as milliseconds."""
    return f"{1e3 * seconds:.3g}"


def share(value: float) -> str:
    """Returns a share of the machine's best in percent. More than was measured to be possible is no share."""
    return f"{100 * value:.1f} %" if value <= 1 else "> measured best"


def spread(values: Sequence[float], text: Callable[[float], str] = ms) -> str:
    """Returns the median, with the median absolute deviation where there are several values."""
    centre = median(values)
    if len(values) < 2:
        return text(centre)
    return f"{text(centre)} ± {text(median(abs(value - centre) for value in values))}"


def time_of(record: Field) -> float:
    """Returns the median time of the warm simulation."""
    return record["time_s"]["median"].number()


def evaluations_of(record: Field) -> float:
    """Returns the number of evaluations."""
    return record["evaluations"].number()


def suite_table(records: List[Field]) -> str:
    """Returns one row for each record: time, shares of the machine's best, ratio to the C program, parity."""
    rows = []
    for record in records:
        ratio, floor = "-", "-"
        reference, parity = record.get("reference"), record.get("parity_with_float64")
        pairs = [] if reference is None else list(reference["pairs"])
        if reference is not None and pairs:
            ratio = f"{reference['ratio']['median'].number():.1f} ± {reference['ratio']['mad'].number():.1f}"
            reached = reference.get("reaches_floor")
            if reached is not None:
                floor = f"{reference['floor'].number():.0f}{'' if reached.flag() else ' **missed**'}"
        derivatives, limit = record.get("derivatives"), ""
        if derivatives is not None:
            within = derivatives.get("within_limit")
            if within is not None:
                limit = f" (limit {derivatives['limit'].number():.2f}{'' if within.flag() else ', **missed**'})"
            of_images = derivatives["ratio"]
            derivatives = f"{of_images['median'].number():.2f} ± {of_images['mad'].number():.2f}{limit}"
        correlation = None if parity is None else parity.get("correlation")
        used = record["dtype_used"].text()
        rows.append([record["workload"].text(),
                     record["dtype"].text() + (f" as {used}" if used != record["dtype"].text() else ""),
                     str(record["threads"].whole()), spread(record["time_s"]["raw"].numbers()),
                     f"{evaluations_of(record):.3g}", f"{record['ns_per_evaluation'].number():.4g}",
                     share(record["arithmetic"]["share_of_peak"].number()),
                     share(record["traffic"]["share_of_bandwidth"].number()), ratio, floor, derivatives or "-",
                     "-" if correlation is None else f"{correlation.number():.8f}",
                     "passed" if record["passed"].flag() else "**FAILED**"])
    return table(["workload", "precision", "threads", "time, ms", "evaluations", "ns each", "of peak arithmetic",
                  "of store bandwidth", "C loop / nbk", "floor", "derivatives / image", "correlation with float64",
                  "verdict"], rows)


def relations(records: List[Field]) -> str:
    """Returns, per workload at its largest number of threads, what precision costs and what threads give."""
    times: Dict[Tuple[str, str, int], float] = {}
    for record in records:
        times[record["workload"].text(), record["dtype"].text(), record["threads"].whole()] = time_of(record)
    rows = []
    for name in dict.fromkeys(workload for workload, _, _ in times):
        most = max(threads for workload, _, threads in times if workload == name)
        single = times.get((name, "float32", most))

        def over(dtype: str, threads: int) -> str:
            other = times.get((name, dtype, threads))
            return "-" if other is None or single is None else f"{other / single:.2f}"

        rows.append([name, over("mixed", most), over("float64", most), over("float32", 1) if most > 1 else "-"])
    return table(["workload", "mixed / float32", "float64 / float32", "1 thread / all"], rows)


def exponent(points: Sequence[Tuple[float, float]]) -> Optional[float]:
    """Returns e of time = c evaluations^e, by least squares of the logarithms of all (evaluations, time).

    Returns None for fewer than two points and for points of equal work.
    """
    if len({work for work, _ in points}) < 2:
        return None
    logs = [(math.log(work), math.log(time_s)) for work, time_s in points]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*logs))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def line_of(records: List[Field], group: str) -> List[Field]:
    """Returns the points of a line ("linear", "domains") by growing work."""
    return sorted((record for record in records if record["workload"].text().startswith(group + "-")),
                  key=evaluations_of)


def points_of(line: List[Field]) -> List[Tuple[float, float]]:
    """Returns (evaluations, time) of each point."""
    return [(evaluations_of(record), time_of(record)) for record in line]


def line_table(line: List[Field], heading: str) -> str:
    """Returns the points of a line, each with the exponent from the point before."""
    if not line:
        return ""
    points, rows = points_of(line), []
    for i, record in enumerate(line):
        between = exponent(points[i - 1:i + 1]) if i > 0 else None
        rows.append([f"{points[i][0]:.3g}", spread(record["time_s"]["raw"].numbers()),
                     f"{record['ns_per_evaluation'].number():.4g}", "-" if between is None else f"{between:.3f}"])
    text = heading + "\n\n" + table(["evaluations", "time, ms", "ns each", "exponent from the row above"], rows)
    fitted = exponent(points)
    if fitted is not None:
        text += f"Time grows as evaluations to the power of {fitted:.4f} (least squares of the logarithms).\n\n"
    return text


def by_workload(records: List[Field]) -> Dict[str, List[Field]]:
    """Returns the records of each workload that is no point of a line."""
    found: Dict[str, List[Field]] = {}
    for record in records:
        if not record["workload"].text().startswith(("linear-", "domains-")):
            found.setdefault(record["workload"].text(), []).append(record)
    return found


def thread_ratios(records: List[Field]) -> Tuple[int, List[float]]:
    """Returns the largest number of threads of a workload, and one thread's time over theirs in each round."""
    most = max(record["threads"].whole() for record in records)
    times = {(record["threads"].whole(), record["round"].whole()): time_of(record) for record in records}
    return most, [times[1, number] / time_s for (threads, number), time_s in sorted(times.items())
                  if threads == most > 1 and (1, number) in times]


def has_table(record: Field) -> bool:
    """Tells whether a new table of structure factors is part of the set-up."""
    return any(flag.text() == "-hkl" for flag in record["flags"])


def other_bytes(record: Field) -> Optional[float]:
    """Returns what the process held beside image and tables: the most, less what it held before."""
    memory = record["memory"]
    peak, before = memory.get("peak_bytes"), memory.get("before_bytes")
    if peak is None or before is None:
        return None
    return peak.number() - before.number() - memory["image_bytes"].number() - memory["table_bytes"].number()


def largest_first(records: List[Field]) -> List[Field]:
    """Returns the records with the largest number of threads."""
    most = max(record["threads"].whole() for record in records)
    return [record for record in records if record["threads"].whole() == most]


def set_up_table(workloads: Dict[str, List[Field]]) -> str:
    """Returns set-up times and memory of each workload."""
    def mib(size: Optional[float]) -> str:
        return "-" if size is None else f"{size / (1 << 20):.1f}"

    rows = []
    for name, all_records in workloads.items():
        records = largest_first(all_records)
        memory = records[0]["memory"]
        rows.append([name + (" (new table of structure factors)" if has_table(records[0]) else ""),
                     spread([record["setup_cold_s"].number() for record in records]),
                     spread([record["setup_warm_s"]["median"].number() for record in records]),
                     mib(memory["image_bytes"].number()), mib(memory["table_bytes"].number()),
                     mib(other_bytes(records[0]))])
    return table(["workload", "new plan, ms", "plan reused, ms", "image, MiB", "tables, MiB", "held besides, MiB"], rows)


def start_up_times(workloads: Dict[str, List[Field]]) -> Dict[str, List[float]]:
    """Returns the seconds of each part of the start-up, of every process of the workload that starts fastest."""
    processes = [[record["startup"] for record in largest_first(records) if record.get("startup") is not None]
                 for records in workloads.values()]
    chosen = min((starts for starts in processes if starts), default=[],
                 key=lambda starts: median(start["total_s"].number() for start in starts))
    return {part: [start[part].number() for start in chosen] for part in START_UP} if chosen else {}


def wanted(records: List[Field]) -> List[Tuple[str, float, str, float, bool]]:
    """Returns what is asked of nbk: name, measured value, relation, limit, and whether it is reached."""
    found: List[Tuple[str, float, str, float, bool]] = []

    def at_most(name: str, value: float, limit: float) -> None:
        found.append((name, value, "<=", limit, value <= limit))

    fitted = exponent(points_of(line_of(records, "linear")))
    if fitted is not None:
        at_most("distance of the exponent from 1", abs(fitted - 1), MOST_OFF_ONE)
    workloads = by_workload(records)
    for name, all_records in workloads.items():
        most, ratios = thread_ratios(all_records)
        if ratios:
            limit, ratio = THREADS_EFFICIENCY * most, median(ratios)
            found.append((f"1 thread / {most}, {name}", ratio, ">=", limit, ratio >= limit))
    start_up = start_up_times(workloads)
    if start_up:
        at_most("start-up, s", median(start_up["total_s"]), MOST_START_UP_S)
    for name, all_records in workloads.items():
        ours = largest_first(all_records)
        if not has_table(ours[0]):
            at_most(f"first set-up, s, {name}", median(record["setup_cold_s"].number() for record in ours), MOST_SET_UP_S)
        image, other = ours[0]["memory"]["image_bytes"].number(), other_bytes(ours[0])
        if image >= LARGE_IMAGE and other is not None:
            at_most(f"memory beyond image and tables / image, {name}", other / image, MOST_OTHER_PER_IMAGE)
    return found


def scaling_text(records: List[Field]) -> str:
    """Returns all tables of a scaling run."""
    workloads = by_workload(records)
    text = line_table(line_of(records, "linear"),
                      "## Time against evaluations\n\nMore and more pixels, the same evaluations for each of them.")
    text += line_table(line_of(records, "domains"),
                       "## Time against mosaic domains\n\nMore and more domains on the same pixels: what a pixel costs "
                       "besides its evaluations shows in the first rows.")
    rows = []
    for name, all_records in workloads.items():
        most, ratios = thread_ratios(all_records)
        if ratios:
            times = {threads: [time_of(record) for record in all_records if record["threads"].whole() == threads]
                     for threads in (1, most)}
            rows.append([name, str(most), ms(median(times[1])), ms(median(times[most])),
                         spread(ratios, lambda ratio: f"{ratio:.3g}")])
    if rows:
        text += "## Threads\n\n" + table(["workload", "threads", "1 thread, ms", "all, ms", "1 / all"], rows)
        text += "Ratios are medians of rounds, each of one process with one thread and one with all.\n\n"
    start_up = start_up_times(workloads)
    if start_up:
        text += "## Start-up\n\n" + table(["part", "ms"], [[meaning, spread(start_up[part])]
                                                           for part, meaning in START_UP.items()])
    if workloads:
        text += "## Set-up and memory\n\n" + set_up_table(workloads)
        text += ("Held besides: the most that the process held from before the plan to the end of the first simulation, "
                 "less image and tables.\n\n")
    goals = wanted(records)
    if goals:
        text += "## Wanted\n\n" + table(["what", "measured", "wanted", ""], [
            [name, f"{value:.4g}", f"{relation} {limit:.4g}", "reached" if reached else "**missed**"]
            for name, value, relation, limit, reached in goals])
    return text


def matrix_table(records: List[Field]) -> str:
    """Returns a row per space, precision and width, and a column per experiment.

    A cell has 1 - correlation and the largest difference of a pixel, the larger ones of both comparisons.
    """
    cells: Dict[Tuple[str, str, str], Dict[str, str]] = {}
    for record in records:
        width = str(record["pack_width"].whole()) + (" (own)" if record["own_width"].flag() else "")
        away, pixel, numbers = 0.0, 0.0, True
        for name in ("parity_with_float64", "parity_with_reference"):
            parity = record.get(name)
            if parity is None:
                continue
            correlation, difference = parity.get("correlation"), parity.get("max_relative_diff")
            if correlation is None or difference is None:
                numbers = False
                continue
            away, pixel = max(away, 1 - correlation.number()), max(pixel, difference.number())
        cell = f"{away:.1e}, {pixel:.1e}" if numbers else "no number"
        cell = cell if record["passed"].flag() else f"**{cell}**"
        row = cells.setdefault((record["device"].text(), record["dtype"].text(), width), {})
        row[record["workload"].text()] = cell
    names = list(dict.fromkeys(record["workload"].text() for record in records))
    return table(["space", "precision", "pack width", *names],
                 [[*key, *(row.get(name, "-") for name in names)] for key, row in cells.items()])


def text_of(results: Field) -> str:
    """Returns the tables of any run of the present version; the main job has none beside its summary."""
    records = list(results.get("records") or ())
    kind = results["schema"].text()
    if results["schema_version"].whole() < 2 or not records:
        return ""
    if kind == "nbk suite results":
        return suite_table(records) + relations(records)
    if kind == "nbk scaling results":
        return scaling_text(records)
    return matrix_table(records) if kind == "nbk parity matrix" else ""
