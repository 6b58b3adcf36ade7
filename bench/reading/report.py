# SPDX-License-Identifier: MIT
"""bench/report RUN: a run as one page of HTML that needs nothing else, neither other files nor the network."""
from __future__ import annotations

import json
from base64 import b64encode
from html import escape
from pathlib import Path
from typing import List, Tuple

import plots
import tables
from command import PASSED, FileError, Parser, read_text, require_folder, run, write
from inventory import inventory_text, write_inventory
from markdown_html import html_from_markdown
from records import NEWEST_VERSION, Field, read_json, read_results, results_file

NAME = "bench/report"

# Nothing is wider than the page: tables scroll on their own, and those of pairs break their words.
STYLE = """<style>
:root{color-scheme:light dark}
body{font:16px/1.45 system-ui,sans-serif;overflow-wrap:anywhere;margin:0 auto;padding:1rem;max-width:70rem}
h1{font-size:1.4rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1.05rem}
.wide{overflow-x:auto;overflow-wrap:normal}.wide table{width:max-content}
table{border-collapse:collapse;font-size:.85rem}
th,td{border:1px solid #8886;padding:.25rem .5rem;text-align:left;vertical-align:top;max-width:15rem}
table.pairs{width:100%;table-layout:fixed}.pairs td{max-width:none;overflow-wrap:anywhere}
.pairs td:first-child{width:36%}
pre{white-space:pre-wrap;margin:.3rem 0}code{font-size:.9em;overflow-wrap:anywhere}
.verdict{display:inline-block;padding:.2rem .8rem;border-radius:.4rem;color:#fff;background:#b32}
.verdict.passed{background:#27753a}.verdict.incomplete{background:#975a00}
.bar{display:flex;height:1.3rem;background:#8883;margin:.15rem 0 .6rem}.bar span{display:block;height:100%}
i{display:inline-block;width:.8em;height:.8em;margin-right:.3em}
.a{background:#36c}.b{background:#2a8f6d}.c{background:#b8860b}.d{background:#888}
svg{max-width:100%;height:auto}
figure{margin:0 0 1rem;display:inline-block;width:min(100%,22rem);vertical-align:top}
figure img{width:100%;image-rendering:pixelated;border:1px solid #8886}figcaption{font-size:.85rem}
</style>
"""

PARTS = ("setup_s", "simulation_s", "copy_out_s")  # of a total

CAPTIONS = {
    "nbk_warm": "nbk, warm: black is {0:.4g} photons, white a ten-thousandth of it",
    "reference": "reference: black is {0:.4g} photons",
    "difference": "nbk - reference: white is {0:.3g} photons more, black {0:.3g} less, grey no difference",
}


def bar(label: str, parts: List[Tuple[str, float]], longest_s: float) -> str:
    """Returns a bar of times, each with the class of its colour."""
    spans = "".join(f'<span class="{colour}" style="width:{100 * time_s / longest_s if longest_s > 0 else 0:.3f}%">'
                    "</span>" for colour, time_s in parts)
    return f'<div>{escape(label)}</div><div class="bar">{spans}</div>\n'


def main_bars(record: Field) -> str:
    """Returns the bars of one record of the main job: the reference, cold and warm."""
    size, reference = record["size"].whole(), record["reference"]
    parts = {when: [record[f"time_{when}"][part]["median"].number() for part in PARTS] for when in ("cold", "warm")}
    totals = [record[f"time_{when}"]["total_s"]["median"].number() for when in parts]
    reference_s = reference.get("time_s")
    longest_s = max(totals + ([reference_s.number()] if reference_s is not None else []))
    html = f"<h3>{size} x {size}, {escape(record['dtype'].text())}</h3>\n"
    if reference_s is not None:
        html += bar(f"reference ({reference['kind'].text()}): {1e3 * reference_s.number():.4g} ms",
                    [("d", reference_s.number())], longest_s)
    for when, seconds in parts.items():
        words = " + ".join(f"{1e3 * part_s:.3g}" for part_s in seconds)
        html += bar(f"nbk, {when}: {words} ms", list(zip("abc", seconds)), longest_s)
    return html


def suite_bars(records: List[Field]) -> str:
    """Returns one bar for each record of the suite."""
    medians_s = [record["time_s"]["median"].number() for record in records]
    return "".join(
        bar(f"{record['workload'].text()}, {record['dtype'].text()}, {record['threads'].whole()} threads: "
            f"{1e3 * time_s:.4g} ms", [("b", time_s)], max(medians_s)) for record, time_s in zip(records, medians_s))


def bars(records: List[Field]) -> str:
    """Returns the times as bars; the matrix has images and no times."""
    if records and records[0].get("time_cold") is not None:
        return ('<h2>Times</h2>\n<p>Medians of <i class="a"></i>set-up + <i class="b"></i>simulation + <i class="c">'
                '</i>copy-out; of the <i class="d"></i>reference the whole.</p>\n' + "".join(map(main_bars, records)))
    if records and records[0].get("time_s") is not None:
        return "<h2>Times</h2>\n<p>Simulation, warm, median.</p>\n" + suite_bars(records)
    return ""


def line_picture(folder: Path, results: Field) -> str:
    """Returns the picture of a scaling run, and leaves it in the folder as scaling.svg."""
    old = results.get("line")  # of version 1
    if old is not None:
        points = [(point["evaluations"].number(), point["time_s"]["median"].number()) for point in old["points"]]
    elif results["schema"].text() == "nbk scaling results":
        points = tables.points_of(tables.line_of(list(results["records"]), "linear"))
    else:
        return ""
    file = folder / "scaling.svg"
    svg = plots.scaling_svg(points)
    if svg is not None:
        write(file, svg)
    elif file.exists():
        svg = read_text(file)
    return "<h2>The line</h2>\n" + (f"<p>There is {plots.NO_MATPLOTLIB}.</p>\n" if svg is None
                                    else svg[max(svg.find("<svg"), 0):])


def image_figure(folder: Path, picture: Field) -> str:
    """Returns one picture of the list that the run wrote."""
    shows = picture["shows"]
    if shows.text() not in CAPTIONS:
        shows.fail(f"must be one of {', '.join(CAPTIONS)}")
    caption = CAPTIONS[shows.text()].format(picture["limit_photons"].number())
    file = folder / Path(picture["file"].text()).name
    try:
        data = b64encode(file.read_bytes()).decode("ascii")
    except OSError as error:
        raise FileError(f"{file}: cannot be read: {error.strerror}") from error
    return (f'<figure><img alt="{caption}" src="data:image/png;base64,{data}"><figcaption>{caption}</figcaption>'
            "</figure>\n")


def images(folder: Path, records: List[Field]) -> str:
    """Returns the pictures of the images that the run kept; older runs kept images without pictures."""
    html = ""
    for record in records:
        size = record.get("size")
        if size is None:
            continue
        heading = "<h3>{0} x {0}</h3>\n".format(size.whole())
        pictures = folder / "pictures_{0}x{0}.json".format(size.whole())
        kept = [name.text() for name in record.get("artifacts") or () if name.text().endswith(".f32")]
        if pictures.exists():
            html += heading + "".join(image_figure(folder, picture) for picture in read_json(pictures))
        elif kept:
            html += f"{heading}<p>Kept without pictures: {escape(', '.join(kept))}.</p>\n"
    return f"<h2>Images</h2>\n{html}" if html else ""


def environment_rows(value: object, name: str = "") -> str:
    """Returns rows of names and values, with nested names as paths and long texts folded."""
    if isinstance(value, dict):
        return "".join(environment_rows(member, f"{name}.{key}" if name else key) for key, member in value.items())
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    lines, shown = text.count("\n"), escape(text)
    if lines >= 2:
        shown = f"<details><summary>{lines} lines</summary><pre>{shown}</pre></details>"
    return f"<tr><td>{escape(name)}</td><td>{shown}</td></tr>\n"


def page(folder: Path) -> str:
    """Returns the page. Raises FileError."""
    file = results_file(folder, tuple(NEWEST_VERSION))
    if file is None:
        raise FileError(f"{folder}: has none of {', '.join(NEWEST_VERSION)}")
    results = read_results(file)
    started, status = escape(results["started"].text()), escape(results["status"].text())
    records = list(results.get("records") or ())
    summary = read_text(folder / "summary.md")
    if summary.startswith("# "):
        summary = summary.partition("\n")[2]  # the page's own heading says the same
    inventory = ""
    if any(folder.glob("profile_*/trace.json")):
        inventory = html_from_markdown(inventory_text(write_inventory(folder)))
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
            f'content="width=device-width, initial-scale=1">\n<title>nbk-bench {started}: {status}</title>\n{STYLE}'
            f'</head><body>\n<h1>nbk-bench {started} <span class="verdict {status}">{status}</span></h1>\n'
            + html_from_markdown(summary + "\n" + tables.text_of(results)) + bars(records)
            + line_picture(folder, results) + images(folder, records)
            + inventory + '<h2>Environment</h2>\n<table class="pairs">\n'
            + environment_rows(read_json(folder / "env.json").value)
            + "</table>\n<p>All figures: the JSON files beside this page.</p>\n</body></html>\n")


def main(arguments: List[str]) -> int:
    """Does the command."""
    parser = Parser(NAME, "Writes report.html into the folder of a run: one file, without anything from the network. "
                    "Where the run has traces, inventory.json and inventory.md are written, too.")
    parser.add_argument("run", metavar="RUN", type=Path, help="folder of a run")
    options = parser.parse_args(arguments)
    require_folder("RUN", options.run)
    write(options.run / "report.html", page(options.run))
    print(options.run / "report.html")
    return PASSED


if __name__ == "__main__":
    run(NAME, main)
