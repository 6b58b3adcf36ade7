# SPDX-License-Identifier: MIT
"""The time of a trace that nbk-bench --profile wrote, shared out among the places of the nest of regions."""
from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Tuple

from command import FileError

ARROW = " > "
# Sections overlap regions, so they are no part of the nest.
KINDS = ("kernel", "deep_copy", "region", "fence")


@dataclass
class Kernel:
    """Facts that the trace has about a kernel besides its time; 0 and "" where it has none.

    Figures are those of one launch.
    """

    space: str = ""
    functor: str = ""
    precision: str = ""
    pack_width: int = 0
    evaluations: float = 0
    least_bytes: float = 0
    operations: float = 0


@dataclass
class Span:
    """Something that took a while on a host thread; kernels count for the thread that waited for them."""

    name: str
    kind: str
    start_ns: int
    duration_ns: int
    thread: int = 1  # 1: the main thread
    bytes: float = 0  # of a deep copy

    @property
    def end_ns(self) -> int:
        """Returns the end."""
        return self.start_ns + self.duration_ns


@dataclass
class Trace:
    """Spans of a trace file, in the order of the file."""

    spans: List[Span] = field(default_factory=list)
    kernels: Dict[str, Kernel] = field(default_factory=dict)  # of the first launch of each name
    events: int = 0
    wall_ns: int = 0  # from the beginning of the trace to the end of its last event


@dataclass
class RegionTime:
    """Time that belongs to one place: a kernel or copy there, or the region's own code."""

    path: str  # "warm > simulation > nbk::spots"
    name: str
    kind: str
    calls: int = 0
    own_ns: int = 0  # without what lies in rows of their own
    bytes: float = 0  # copied


@dataclass
class RegionTimes:
    """Places of the main thread's time, the longest first; with `unexplained_ns` they add up to the wall time."""

    rows: List[RegionTime]
    unexplained_ns: int  # in no span at all
    other_threads_ns: int  # outermost spans of other host threads, beside the main thread's time


def nanoseconds(microseconds: float) -> int:
    """Returns whole nanoseconds."""
    return math.floor(1e3 * microseconds + 0.5)


def add_event(trace: Trace, event: dict) -> None:
    """Adds one event of the file."""
    trace.events += 1
    if "ts" not in event:
        return
    start_ns, duration_ns = nanoseconds(event["ts"]), nanoseconds(event.get("dur", 0))
    trace.wall_ns = max(trace.wall_ns, start_ns + duration_ns)
    if event["ph"] != "X" or event["cat"] not in KINDS:
        return
    name, kind, arguments = event["name"], event["cat"], event["args"]
    if kind == "kernel" and name not in trace.kernels:
        known = Kernel.__dataclass_fields__
        trace.kernels[name] = Kernel(**{key: value for key, value in arguments.items() if key in known})
    thread = arguments.get("thread", 1) if kind == "kernel" else event["tid"]
    trace.spans.append(Span(name, kind, start_ns, duration_ns, thread,
                            arguments.get("bytes", 0) if kind == "deep_copy" else 0))


def read_trace(file: Path) -> Trace:
    """Reads a trace, one event a line, so memory grows with the spans and not with the text.

    Raises FileError naming file and line, also where the trace breaks off.
    """
    trace, complete = Trace(), False
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.startswith("]}"):
                    complete = True
                if line.startswith('{"ph"'):
                    try:
                        add_event(trace, json.loads(line.rstrip().rstrip(",")))
                    except (ValueError, KeyError, TypeError, AttributeError) as error:
                        raise FileError(f"{file}: line {number} is no event that nbk-bench wrote: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{file}: cannot be read: {error}") from error
    if not complete:
        raise FileError(f"{file}: is no complete trace of nbk-bench; was its run killed?")
    return trace


def time_of_other_threads(in_order: List[Span]) -> int:
    """Returns the time that spans of other threads cover, in nanoseconds."""
    end_ns: Dict[int, int] = {}
    covered_ns = 0
    for span in in_order:
        if span.thread != 1 and span.start_ns >= end_ns.get(span.thread, 0):
            end_ns[span.thread] = span.end_ns
            covered_ns += span.duration_ns
    return covered_ns


def region_times(trace: Trace) -> RegionTimes:
    """Gives every nanosecond of the main thread to the innermost region, kernel or copy that was open.

    What lies inside of a kernel, copy or fence (Kokkos' own copying kernels, its fences) counts for that.
    """
    rows: Dict[str, RegionTime] = {}
    open_spans: List[Tuple[Span, RegionTime]] = []
    explained_ns = 0
    in_order = sorted(trace.spans, key=lambda span: (span.start_ns, -span.duration_ns))  # outer ones first
    for span in in_order:
        if span.thread != 1:
            continue
        while open_spans and span.start_ns >= open_spans[-1][0].end_ns:
            open_spans.pop()
        if open_spans and open_spans[-1][0].kind != "region":
            continue
        path = open_spans[-1][1].path + ARROW + span.name if open_spans else span.name
        row = rows.setdefault(path, RegionTime(path, span.name, span.kind))
        row.calls += 1
        row.own_ns += span.duration_ns
        row.bytes += span.bytes
        if open_spans:
            open_spans[-1][1].own_ns -= span.duration_ns
        else:
            explained_ns += span.duration_ns
        open_spans.append((span, row))
    ranked = sorted(rows.values(), key=lambda row: (-row.own_ns, row.path))
    return RegionTimes(ranked, trace.wall_ns - explained_ns, time_of_other_threads(in_order))
