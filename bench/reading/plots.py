# SPDX-License-Identifier: MIT
"""Pictures of runs over commits and of time over work, as SVG. They need matplotlib; without it there is none."""
from __future__ import annotations

import io
import math
from html import escape
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

from records import RunRecord

try:
    import matplotlib
    from matplotlib.figure import Figure
except ImportError:
    matplotlib = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from history import Series

NO_MATPLOTLIB = "no picture, because matplotlib is not installed"
GOOD, BAD, QUIET, GRID = "#3366cc", "#cc2222", "#888888", "#dddddd"
BEST_EXPONENT = -16  # of 1 - correlation: no difference at all is drawn here
STYLE: Dict[Any, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "nbk", "font.family": "sans-serif", "font.size": 9,
    "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": QUIET, "axes.titlesize": 10,
    "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.grid": True, "grid.color": GRID}


class Picture:
    """A figure of stacked panels whose points say in a browser what they are. Sizes are in inches."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height))
        self.words: Dict[str, str] = {}

    def panel(self, top: float, height: float):
        """Returns axes from `top`, measured from the picture's upper edge."""
        left, right = 1.0, 0.25
        return self.figure.add_axes((left / self.width, 1 - (top + height) / self.height,
                                     1 - (left + right) / self.width, height / self.height))

    def point(self, axes, x: float, y: float, words: str, colour: str = GOOD) -> None:
        """Draws a point; a browser shows `words` at it."""
        name = f"point{len(self.words)}"
        self.words[name] = words
        axes.plot([x], [y], "o", color=colour, markersize=5, gid=name, zorder=3, clip_on=False)

    def svg(self) -> str:
        """Returns the picture; the same one gives the same text."""
        text = io.StringIO()
        self.figure.savefig(text, format="svg", metadata={"Date": None})
        svg = text.getvalue()
        for name, words in self.words.items():
            svg = svg.replace(f'<g id="{name}">', f'<g id="{name}"><title>{escape(words)}</title>', 1)
        return svg


def history_svg(all_series: List[Series]) -> Optional[str]:
    """Returns one picture, per series the warm time of simulation with its spread and the parity, run by run.

    Returns None where matplotlib is missing.
    """
    if matplotlib is None:
        return None
    with matplotlib.rc_context(STYLE):
        panel_height = 4.6
        picture = Picture(9.4, panel_height * max(len(all_series), 1))
        for number, series in enumerate(all_series):
            draw_series(picture, series, number * panel_height)
        if not all_series:
            picture.figure.text(0.1, 0.9, "no runs")
        return picture.svg()


def draw_series(picture: Picture, series: Series, top: float) -> None:
    """Draws the two panels of one series."""
    times, parity = picture.panel(top + 0.6, 1.6), picture.panel(top + 2.55, 1.0)
    timed = [(i, record) for i, record in enumerate(series.records) if "simulation_s" in record.seconds]
    times.set_title(f"{series.workload}; machine {series.fingerprint}\n", pad=0)
    times.text(0, 1.03, "simulation, warm: median, bar: median absolute deviation; red: failed", va="bottom",
               transform=times.transAxes)
    milliseconds = [1e3 * record.median_s("simulation_s") for _, record in timed]
    spreads = [1e3 * record.spread_s("simulation_s") for _, record in timed]
    places = [i for i, _ in timed]
    times.plot(places, milliseconds, color=GOOD, alpha=0.35)
    times.errorbar(places, milliseconds, spreads, fmt="none", ecolor=GOOD, elinewidth=1.5)
    for (i, record), time_ms in zip(timed, milliseconds):
        describe(picture, times, i, time_ms, f"{time_ms:.4g} ms", record)
        if record.correlation is not None:
            distance = max(1 - record.correlation, 10.0 ** BEST_EXPONENT)
            describe(picture, parity, i, math.log10(distance), f"1 - {distance:.3g}", record)
    most = max((a + b for a, b in zip(milliseconds, spreads)), default=0)
    times.set_ylim(0, 1.1 * most if most > 0 else 1)
    times.yaxis.set_major_formatter("{x:.4g} ms")
    times.locator_params(axis="y", nbins=5)
    parity.text(0, 1.05, "1 - correlation with the reference: lower is closer", va="bottom", transform=parity.transAxes)
    parity.set_ylim(BEST_EXPONENT, 0)
    parity.set_yticks([0, -4, -8, -12, BEST_EXPONENT], ["1", "1e-4", "1e-8", "1e-12", "equal"])
    for axes in (times, parity):
        axes.set_xlim(-0.5, len(series.records) - 0.5)
        axes.grid(visible=False, axis="x")
    times.set_xticks([])
    labels = commit_labels(timed, len(series.records))
    parity.set_xticks([i for i, _ in labels], [commit for _, commit in labels], rotation=60, ha="right",
                      rotation_mode="anchor")


def describe(picture: Picture, axes, x: int, y: float, value: str, record: RunRecord) -> None:
    """Draws the point of a run."""
    failed = "" if record.passed else ", FAILED"
    picture.point(axes, x, y, f"{value}{failed}, commit {record.commit_text(8, '+')}, {record.started}",
                  GOOD if record.passed else BAD)


def commit_labels(timed: List[Tuple[int, RunRecord]], count: int) -> List[Tuple[int, str]]:
    """Returns as many commits as can be read with their places; one that stays is named once."""
    room = count / 45
    labels: List[Tuple[int, str]] = []
    for i, record in timed:
        commit = record.commit_text(8, "+")
        if not labels or (commit != labels[-1][1] and i >= labels[-1][0] + room):
            labels.append((i, commit))
    return labels


def seconds_text(seconds: float, _place: object = None) -> str:
    """Returns a power of ten of seconds as an axis names it: 1 µs, 10 ms, 100 s."""
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= 0.999 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def scaling_svg(points: List[Tuple[float, float]]) -> Optional[str]:
    """Returns the picture of time against evaluations, and of nanoseconds per evaluation, of (evaluations, time).

    Returns None where matplotlib is missing.
    """
    if matplotlib is None:
        return None
    with matplotlib.rc_context(STYLE):
        picture = Picture(7.5, 6.2)
        if not points:
            picture.figure.text(0.1, 0.9, "no points")
            return picture.svg()
        times, each = picture.panel(0.45, 3.2), picture.panel(4.25, 1.45)
        for evaluations, time_s in points:
            ns_each = 1e9 * time_s / evaluations
            words = f"{evaluations:.3g} evaluations, {1e3 * time_s:.4g} ms"
            picture.point(times, evaluations, time_s, words)
            picture.point(each, evaluations, ns_each, words)
            each.annotate(f"{ns_each:.3g}", (evaluations, ns_each), (0, 6), textcoords="offset points", ha="center")
        # The slope of 1 goes through the last point, which is measured best.
        first, last = points[0], points[-1]
        times.plot([first[0], last[0]], [last[1] * first[0] / last[0], last[1]], "--", color=QUIET, linewidth=1)
        times.set(xscale="log", yscale="log", title="time of the simulation; dashed: as evaluations")
        times.yaxis.set_major_formatter(seconds_text)
        times.tick_params(labelbottom=False)
        each.axhline(1e9 * last[1] / last[0], linestyle="--", color=QUIET, linewidth=1)
        each.set(xscale="log", ylim=(0, 1.25 * max(1e9 * time_s / work for work, time_s in points)), xlabel="evaluations",
                 title="nanoseconds per evaluation")
        for axes in (times, each):
            axes.minorticks_off()
            axes.set_xlim(first[0] / 1.5, last[0] * 1.5)
        return picture.svg()
