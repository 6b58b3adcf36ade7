#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_truth.py NBK_TRUTH FOLDER PRECISION: nbk-truth computes the arrays of every case in FOLDER.

Differences are relative to the largest number of an array. NaN stands for what nbk does not offer."""
import json
import math
import subprocess
import sys
import tempfile
from array import array
from pathlib import Path

# Largest relative differences that count as equal: of images, of derivatives.
TOLERANCES = {"float64": (1e-11, 1e-10), "mixed": (5e-6, 5e-6), "float32": (2e-3, 2e-3)}
# Kinds of arrays that must be there. What a case gives is copied.
OFFERED = ("image", "d_", "dLoss_dF")
GIVEN = ("g", "data", "background", "trusted", "variance")


def numbers(path):
    values = array("d")
    values.frombytes(path.read_bytes())
    if sys.byteorder == "big":
        values.byteswap()
    return values


def relative_difference(computed, expected):
    """Returns the largest difference by the largest expected number; infinite where a number is not finite."""
    largest = max(map(abs, expected)) or 1.0
    worst = max(abs(c - e) if math.isfinite(c) else math.inf for c, e in zip(computed, expected, strict=True))
    return worst / largest


def is_offered(name):
    return name.startswith(OFFERED) or name in GIVEN


def run(program, case, output, precision):
    command = [program, str(case), str(output), "--precision", precision]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def differences(program, case, precision):
    """Yields (array, relative difference, tolerance) of the arrays that must be there."""
    description = json.loads(case.read_text())
    expected = numbers(case.parent / description["file"])
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "arrays.f64"
        result = run(program, case, output, precision)
        if result.returncode != 0:
            raise SystemExit(f"{case.name}: exit {result.returncode}: {result.stderr}")
        computed = numbers(output)
    if len(computed) != len(expected):
        raise SystemExit(f"{case.name}: {len(computed)} numbers instead of {len(expected)}")
    for entry in description["arrays"]:
        name, part = entry["name"], slice(entry["offset"], entry["offset"] + entry["count"])
        if not is_offered(name):
            continue
        image, derivative = TOLERANCES[precision]
        tolerance = 0.0 if name in GIVEN else image if name.startswith("image") else derivative
        yield name, relative_difference(computed[part], expected[part]), tolerance


def checks(program, case, precision):
    """Yields (name, relative difference, tolerance) of the gradients and matrices of a case."""
    result = subprocess.run([program, str(case), "--check", "--precision", precision], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise SystemExit(f"{case.name} --check: exit {result.returncode}: {result.stderr}")
    for line in result.stdout.splitlines():
        name, _, error = line.rpartition(": ")
        yield name, float(error), TOLERANCES[precision][1]


def refusals(program, case):
    """Yields what is wrong with the errors for keys that are missing."""
    for key in ("fluence_per_m2", "panels", "U"):
        description = json.loads(case.read_text())
        del description[key]
        with tempfile.TemporaryDirectory() as folder:
            changed = Path(folder) / "changed.json"
            changed.write_text(json.dumps(description))
            result = run(program, changed, Path(folder) / "arrays.f64", "float64")
        if result.returncode != 1 or f"/{key}: is missing" not in result.stderr:
            yield f"without {key}: exit {result.returncode}: {result.stderr}"


def main():
    program, folder, precision = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    cases = sorted(folder.glob("*.json"))
    if not cases:
        raise SystemExit(f"{folder}: no cases")
    wrong = list(refusals(program, cases[0]))
    for case in cases:
        numbers_of_case = list(checks(program, case, precision))
        if not numbers_of_case and any(key in case.read_text() for key in ('"adjoint"', '"gauss_newton"', '"likelihood"')):
            wrong.append(f"{case.name}: no gradients")
        rows = list(differences(program, case, precision)) + numbers_of_case
        bad = [f"{case.name}: {name}: {error:.1e} > {tolerance:.0e}" for name, error, tolerance in rows if not error <= tolerance]
        name, error, _ = max(rows, key=lambda row: row[1])
        print(f"{case.stem}: {len(rows)} arrays and numbers, largest difference {error:.1e} ({name})")
        wrong += bad
    print("\n".join(wrong) or "all as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
