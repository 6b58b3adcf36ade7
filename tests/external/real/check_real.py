#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Renders a measured crystal (64,333 structure factors, 6.2 million pixels, 10 phi steps) and compares sum, maximum, a
crop and the 300 brightest pixels with the C program's, for one precision:

    check_real.py NBK_RENDER CASE.json PRECISION

The data are not part of this project: NBK_REAL_DATA names their folder. Exit code 77 without it.

Bounds. float64: images are stored in float32, and two sums that differ in their last bit in double can be rounded to
neighbours, 2^-23 of a pixel apart; the sum of such pixels is as good.
float32: q, the cell vectors and their product leave about three rounding errors of 2^-24 in h. N |h| is at most 36 x
20 periods here, so N x is off by 36 x 20 x 3 x 2^-24 = 1.3e-4 periods. The square of the sine ratio changes by at most
1.7 of its peak per period, on each of three axes: 7e-4 of a spot, for which 1e-3 of the brightest pixel stands.
mixed and df64: x alone is rounded to float, to 2^-25, and N x to as much again: 47 x 2^-24 x 1.7 x 3 = 1.4e-5, and 1.5e-5 stands
for the float arithmetic after it.
A pixel that is missing among our 300 brightest has to be within those bounds of the faintest of them.
"""

import array
import json
import math
import os
import subprocess
import sys
import tempfile

SKIPPED = 77
ULP = 2.0 ** -23
# Relative for the sum; shares of the brightest pixel for the maximum, the crop and the 300.
BOUNDS = {"float64": (ULP, ULP), "mixed": (1e-3, 3e-5), "df64": (1e-3, 3e-5), "float32": (1e-3, 1e-3)}


def floats(path):
    values = array.array("f")
    with open(path, "rb") as file:
        values.frombytes(file.read())
    return values


def deviations(image, expected, crop):
    """Of sum, maximum, crop and the 300; and how far above the faintest one is that ours do not have."""
    width, height, peak = expected["fast"], expected["slow"], expected["max"]
    assert len(image) == width * height, "an image of another size"
    assert all(map(math.isfinite, image)), "a pixel that is not finite"
    part = expected["crop"]
    rows = ((part["slow0"] + s) * width + part["fast0"] for s in range(part["slow"]))
    ours = [pixel for row in rows for pixel in image[row:row + part["fast"]]]
    assert len(ours) == len(crop)
    brightest = {p["slow"] * width + p["fast"]: p["value"] for p in expected["brightest"]}
    assert len(brightest) == 300
    places = set(sorted(range(len(image)), key=image.__getitem__)[-300:])
    faintest = min(brightest.values())
    return (abs(math.fsum(image) / expected["sum"] - 1), abs(max(image) / peak - 1),
            max(abs(a - b) for a, b in zip(ours, crop)) / peak,
            max(abs(image[i] - value) for i, value in brightest.items()) / peak,
            max((brightest[i] - faintest for i in brightest.keys() - places), default=0) / peak)


def render(program, flags, precision):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "--precision", precision, "--quiet", *flags, "-nopgm"], cwd=folder, check=True)
        return floats(os.path.join(folder, "floatimage.bin"))


def main():
    program, case, precision = os.path.abspath(sys.argv[1]), *sys.argv[2:]
    data = os.environ.get("NBK_REAL_DATA")
    if not data:
        print("skipped: NBK_REAL_DATA names no folder with the measured crystal")
        return SKIPPED
    with open(case) as file:
        flags = json.load(file)["flags"].replace("{data}", data).split(" ")
    with open(os.path.join(data, "expected.json")) as file:
        expected = json.load(file)
    crop = floats(os.path.join(data, expected["crop"]["file"]))
    figures = deviations(render(program, flags, precision), expected, crop)
    print("%s: sum off by %.2g, maximum by %.2g, crop by %.2g, 300 brightest by %.2g, missing by %.2g" %
          (precision, *figures))
    sum_bound, pixel_bound = BOUNDS[precision]
    good = figures[0] <= sum_bound and all(figure <= pixel_bound for figure in figures[1:])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
