# SPDX-License-Identifier: MIT
"""bench/inventory RUN: ranks where the time of a profiled run went, and compares two such runs."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Dict, List, Optional, Sequence

from command import PASSED, FileError, Parser, require_folder, run, write
from records import Field, read_results
from trace_times import ARROW, Kernel, RegionTime, RegionTimes, Trace, read_trace, region_times

NAME = "bench/inventory"
SCHEMA_VERSION = 1  # docs/schema/inventory.schema.json describes it
PEAKS = ("float32_operations_per_s", "float64_operations_per_s", "store_bytes_per_s")

NEAR_A_LIMIT = 0.5  # share of peak or bandwidth from which that is called the limit
SHORT_CALL_S = 20e-6  # below this a call costs about as much as starting it
FIRST_TIME_RATIO = 1.3  # cold over warm from which the first time is called the reason
SMALLEST_SHARE = 0.001  # of the rows in the table; inventory.json has all

# Places of labels in the sources. A test looks each of them up.
SOURCES = {
    "nbk::spots": "include/nbk/launch/launch_spots.hpp",
    "nbk::fill_with_zeros": "include/nbk/launch/fill_with_zeros.hpp",
    "nbk::first_pixel": "include/nbk/compat/order_effects.hpp",
    "nbk::ordered_pixel": "include/nbk/compat/order_effects.hpp",
    "nbk::upload": "include/nbk/plan/device_table.hpp",
    "nbk::adjoint_structure_factors": "include/nbk/launch/adjoint_structure_factors.hpp",
    "nbk::gradient": "include/nbk/launch/launch_gradient.hpp",
    "nbk::gradient::by_pixel": "include/nbk/launch/gradient_by_pixel.hpp",
    "nbk::gradient::halos_by_pixel": "include/nbk/launch/gradient_by_pixel.hpp",
    "nbk::adjoint_structure_factors::by_pixel": "include/nbk/launch/reflections_by_pixel.hpp",
    "nbk::gradient::add": "include/nbk/launch/gradient_by_pixel.hpp",
    "nbk::listed_materials": "include/nbk/launch/simulate_materials.hpp",
    "nbk::listed_spots": "include/nbk/launch/launch_spots.hpp",
    "nbk::materials": "include/nbk/launch/simulate_materials.hpp",
    "nbk::response": "include/nbk/response/apply_response.hpp",
    "nbk::response::check": "include/nbk/response/apply_response.hpp",
    "nbk::response::coarsen": "include/nbk/response/grid_levels.hpp",
    "nbk::response::interpolate": "include/nbk/response/grid_levels.hpp",
    "nbk::response::spread": "include/nbk/response/spread_grid.hpp",
    "nbk::plan::check_structure_factors": "include/nbk/plan/amplitude_view.hpp",
    "nbk::plan::fill_structure_factors": "include/nbk/plan/amplitude_view.hpp",
    "nbk::image": "include/nbk/launch/simulate.hpp",
    "nbk::bench::spots_in_packs": "bench/kernels/image_in_packs.cpp",
    "nbk::runtime::setup": "bench/kernels/simulation.cpp",
    "nbk::runtime::update": "bench/kernels/simulation.cpp",
    "nbk::runtime::run": "bench/kernels/simulation.cpp",
    "nbk::runtime::copy_out": "bench/kernels/simulation.cpp",
    "nbk::bench::peaks": "bench/measure/peaks.cpp",
    "nbk::bench::multiply_adds": "bench/measure/peaks.cpp",
    "nbk::bench::stores": "bench/measure/peaks.cpp",
    "cold": "bench/measure/measure.cpp",
    "warm-up": "bench/measure/measure.cpp",
    "warm": "bench/measure/measure.cpp",
    "set-up": "bench/measure/measure.cpp",
    "simulation": "bench/measure/measure.cpp",
    "copy-out": "bench/measure/measure.cpp",
    "comparison": "bench/jobs/main_job.cpp",
    "file writing": "bench/jobs/main_job.cpp",
}


def source_of(row: RegionTime) -> Optional[str]:
    """Returns the file of a label; a copy's own label names Views, so its place is that of the region around it."""
    around = row.path.split(ARROW)[-2::-1] if row.kind == "deep_copy" else []
    for label in [row.name, *around]:
        if label in SOURCES:
            return SOURCES[label]
        if label.startswith("Kokkos"):
            return "Kokkos"
    return None


def rates_of(row: RegionTime, kernel: Kernel, peaks: Optional[Dict[str, float]]) -> Dict[str, Optional[float]]:
    """Returns what a row did per second and as shares of the machine's best; None where that is not known."""
    rates: Dict[str, Optional[float]] = dict.fromkeys(
        ("evaluations_per_s", "operations_per_s", "bytes_per_s", "share_of_peak", "share_of_bandwidth"))
    time_s, bytes_moved = 1e-9 * row.own_ns, row.bytes
    if time_s <= 0:
        return rates
    if kernel.evaluations > 0:
        rates["evaluations_per_s"] = kernel.evaluations * row.calls / time_s
        rates["operations_per_s"] = kernel.operations * row.calls / time_s
        bytes_moved = kernel.least_bytes * row.calls
    if bytes_moved > 0:
        rates["bytes_per_s"] = bytes_moved / time_s
    if peaks is None:
        return rates
    if rates["operations_per_s"] is not None:
        peak = "float64_operations_per_s" if kernel.precision == "float64" else "float32_operations_per_s"
        rates["share_of_peak"] = rates["operations_per_s"] / peaks[peak]
    if rates["bytes_per_s"] is not None:
        moved = 2 if row.kind == "deep_copy" else 1  # a copy reads and writes, so it moves each byte twice
        rates["share_of_bandwidth"] = moved * rates["bytes_per_s"] / peaks["store_bytes_per_s"]
    return rates


def without_impossible_shares(rates: Dict[str, Optional[float]]) -> Dict[str, Optional[float]]:
    """Returns rates without shares of more than was measured to be possible, which are none."""
    return {name: None if name.startswith("share") and value is not None and value > 1 else value
            for name, value in rates.items()}


def limit_of(row: RegionTime, rates: Dict[str, Optional[float]], times: RegionTimes) -> str:
    """Returns what the figures say limits a row, and no more."""
    peak, bandwidth = rates["share_of_peak"] or 0, rates["share_of_bandwidth"] or 0
    per_call_s = 1e-9 * row.own_ns / row.calls
    if bandwidth >= NEAR_A_LIMIT and bandwidth >= peak:
        return "memory bandwidth"
    if peak >= NEAR_A_LIMIT:
        return "arithmetic"
    if row.path.startswith("cold" + ARROW):
        twin_path = "warm" + row.path[len("cold"):]
        twin = next((other for other in times.rows if other.path == twin_path), None)
        if twin is not None and twin.own_ns > 0:
            ratio = per_call_s / (1e-9 * twin.own_ns / twin.calls)
            if ratio >= FIRST_TIME_RATIO and per_call_s >= SHORT_CALL_S:
                return f"the first time: memory and code are new ({ratio:.1f} x the warm one)"
    if per_call_s < SHORT_CALL_S:
        return "the cost of a call"
    if rates["share_of_peak"] is not None or rates["share_of_bandwidth"] is not None:
        return "neither peak: waiting, or work that is not counted"
    return "host code, not counted" if row.kind == "region" else "not counted"


def inventory_of_trace(trace: Trace, peaks: Optional[Dict[str, float]]) -> dict:
    """Returns the part of one trace."""
    times = region_times(trace)
    wall_s = 1e-9 * trace.wall_ns
    regions, so_far_s = [], 0.0
    for row in times.rows:
        kernel = trace.kernels.get(row.name, Kernel()) if row.kind == "kernel" else Kernel()
        rates = rates_of(row, kernel, peaks)
        time_s = 1e-9 * row.own_ns
        so_far_s += time_s
        regions.append({
            "path": row.path, "name": row.name, "kind": row.kind, "calls": row.calls, "time_s": time_s,
            "share": time_s / wall_s if wall_s > 0 else 0, "cumulative_share": so_far_s / wall_s if wall_s > 0 else 0,
            "source": source_of(row), "functor": kernel.functor or None, "space": kernel.space or None,
            "precision": kernel.precision or None, "in_packs": kernel.pack_width > 1 if kernel.pack_width else None,
            "pack_width": kernel.pack_width or None, **without_impossible_shares(rates),
            "limit": limit_of(row, rates, times)})
    return {"wall_s": wall_s, "events": trace.events, "unexplained_s": 1e-9 * times.unexplained_ns,
            "unexplained_share": 1e-9 * times.unexplained_ns / wall_s if wall_s > 0 else 0,
            "other_threads_s": 1e-9 * times.other_threads_ns, "regions": regions}


def peaks_of(results: Field) -> Optional[Dict[str, float]]:
    """Returns the machine's peaks as the run measured them, or None where it measured none."""
    peaks = results.get("peaks")
    return None if peaks is None else {name: peaks[name].number() for name in PEAKS}


def make_inventory(folder: Path) -> dict:
    """Ranks every region, kernel and copy of a run's traces by its share of the time. Raises FileError."""
    results = read_results(folder / "benchmark_results.json")
    peaks, sizes = peaks_of(results), []
    for record in results["records"]:
        size = record["size"].whole()
        trace = "profile_{0}x{0}/trace.json".format(size)
        if (folder / trace).exists():
            sizes.append({"size": size, "trace": trace, **inventory_of_trace(read_trace(folder / trace), peaks)})
    if not sizes:
        raise FileError(f"{folder}: has no trace; run the main job with --profile")
    return {"schema": "nbk inventory", "schema_version": SCHEMA_VERSION, "run": folder.resolve().name,
            "fingerprint": results["fingerprint"].text(), "git": results["git"].value, "peaks": peaks, "sizes": sizes}


def percent(share: Optional[float]) -> str:
    """Returns a share as text."""
    return "-" if share is None else f"{100 * share:.1f} %"


def milliseconds(seconds: Optional[float]) -> str:
    """Returns a time as text."""
    return "-" if seconds is None else f"{1e3 * seconds:.4g} ms"


def scaled(value: Optional[float], unit: float = 1) -> str:
    """Returns a number in a unit as text."""
    return "-" if value is None else f"{value / unit:.3g}"


def table_row(cells: Sequence[object]) -> str:
    """Returns a row of a Markdown table. A label may hold what would end a cell."""
    texts = (str(cell).replace("|", "\\|") for cell in cells)
    return "|" + "".join(f" {text} |" if text else " |" for text in texts) + "\n"


def size_text(size: dict) -> str:
    """Returns the table of one size."""
    heads = ["", "where", "share", "so far", "time", "calls", "limited by", "packs", "10^9 evaluations/s", "GB/s",
             "of peak", "of bandwidth", "source, functor"]
    text = (f"## {size['size']} x {size['size']}\n\n{milliseconds(size['wall_s'])} of the main thread's time, "
            f"{size['events']} events.\n\n" + table_row(heads) + "|---" * len(heads) + "|\n")
    small = [row for row in size["regions"] if row["share"] < SMALLEST_SHARE]
    for rank, row in enumerate(size["regions"], 1):
        if row["share"] < SMALLEST_SHARE:
            continue
        packs = "-" if row["in_packs"] is None else f"{row['pack_width']} wide" if row["in_packs"] else "no"
        functor = f"<br>`{row['functor']}`" if row["functor"] else ""
        text += table_row([
            rank, row["path"], percent(row["share"]), percent(row["cumulative_share"]), milliseconds(row["time_s"]),
            row["calls"], row["limit"], packs, scaled(row["evaluations_per_s"], 1e9), scaled(row["bytes_per_s"], 1e9),
            percent(row["share_of_peak"]), percent(row["share_of_bandwidth"]), (row["source"] or "-") + functor])
    rest = [""] * 8
    if small:
        text += table_row(["", f"{len(small)} more below {percent(SMALLEST_SHARE)} each",
                           percent(sum(row["share"] for row in small)), "",
                           milliseconds(sum(row["time_s"] for row in small)), *rest])
    text += table_row(["", "**explained by no region**", percent(size["unexplained_share"]), "",
                       milliseconds(size["unexplained_s"]), *rest])
    if size["other_threads_s"] > 0:
        text += f"\nOther host threads: {milliseconds(size['other_threads_s'])}, beside this.\n"
    return text + "\n"


def inventory_text(inventory: dict) -> str:
    """Returns an inventory as Markdown."""
    text = f"# Inventory of {inventory['run']}\n\n" + "".join(map(size_text, inventory["sizes"]))
    peaks = inventory["peaks"]
    if peaks is None:
        return text + "This run measured no peaks, so shares of them are not known.\n"
    float32, float64, stored = (scaled(peaks[name], 1e9) for name in PEAKS)
    return text + (f"Peaks measured by the run: {float32} Gflop/s in float32, {float64} in float64, "
                   f"{stored} GB/s stored.\n")


def compared(size: int, path: str, before: Optional[dict], after: Optional[dict]) -> dict:
    """Returns one row of a comparison; either side may lack it."""
    was, now = (None if row is None else row["time_s"] / row["calls"] for row in (before, after))
    return {"size": size, "path": path, "before_s_per_call": was, "after_s_per_call": now,
            "ratio": now / was if was and now is not None else None,
            "share_before": before and before["share"], "share_after": after and after["share"]}


def compare_inventories(before: dict, after: dict) -> dict:
    """Compares two inventories row by row, matched by size and path: time per call in both and their ratio."""
    rows = []
    old_sizes = {size["size"]: {row["path"]: row for row in size["regions"]} for size in before["sizes"]}
    for size in after["sizes"]:
        old = old_sizes.get(size["size"], {})
        new = {row["path"]: row for row in size["regions"]}
        rows += [compared(size["size"], path, old.get(path), row) for path, row in new.items()]
        rows += [compared(size["size"], path, row, None) for path, row in old.items() if path not in new]
    return {"schema": "nbk inventory comparison", "schema_version": SCHEMA_VERSION, "before": before["run"],
            "after": after["run"], "same_machine": before["fingerprint"] == after["fingerprint"], "rows": rows}


def comparison_text(comparison: dict) -> str:
    """Returns a comparison as Markdown."""
    text = f"# {comparison['after']} and before it {comparison['before']}\n\n"
    if not comparison["same_machine"]:
        text += "Of different machines, compilers or flags: the ratios tell nothing about the code alone.\n\n"
    heads = ["size", "where", "before, per call", "after, per call", "after / before", "share before", "share after"]
    text += table_row(heads) + "|---" * len(heads) + "|\n"
    for row in comparison["rows"]:
        text += table_row([row["size"], row["path"], milliseconds(row["before_s_per_call"]),
                           milliseconds(row["after_s_per_call"]), scaled(row["ratio"]), percent(row["share_before"]),
                           percent(row["share_after"])])
    return text


def write_json(file: Path, value: dict) -> None:
    """Writes a JSON file for programs and persons."""
    write(file, json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def write_inventory(folder: Path) -> dict:
    """Writes inventory.json and inventory.md into a run's folder and returns the inventory."""
    inventory = make_inventory(folder)
    write_json(folder / "inventory.json", inventory)
    write(folder / "inventory.md", inventory_text(inventory))
    return inventory


def main(arguments: List[str]) -> int:
    """Does the command."""
    parser = Parser(NAME, "Ranks where the time of a run went: writes inventory.json and inventory.md into its folder.")
    parser.add_argument("run", metavar="RUN", type=Path, help="folder of a run of the main job with --profile")
    parser.add_argument("--before", metavar="RUN", type=Path,
                        help="another run to compare with: writes inventory_comparison.json and .md")
    options = parser.parse_args(arguments)
    require_folder("RUN", options.run)
    if options.before is not None:
        require_folder("--before", options.before)
    inventory = write_inventory(options.run)
    if options.before is None:
        print(inventory_text(inventory), end="")
        return PASSED
    comparison = compare_inventories(make_inventory(options.before), inventory)
    write_json(options.run / "inventory_comparison.json", comparison)
    text = comparison_text(comparison)
    write(options.run / "inventory_comparison.md", text)
    print(text, end="")
    return PASSED


if __name__ == "__main__":
    run(NAME, main)
