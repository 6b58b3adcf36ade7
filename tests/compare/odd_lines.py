#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares nbk-render with the C program nanoBragg on hand-made flag lines: odd_lines.txt.

    odd_lines.py --render PATH [--program PATH] [--precision float64|float32|mixed] [--keep FOLDER]

Each of them comes behind the flags BASE, in folders of their own, with the files FILES that it names. Judged as
random_flags.py does; a line that is refused where it should not be, or not where it should, is a difference, too. Exit
codes: 0; 1 for a difference; 77 without a program.
"""

import argparse
import os
import random
import sys
import tempfile

import images
import input_files
import random_flags

BASE = ("-lambda 1.5 -cell 70 80 90 75 85 95 -misset 10 20 30 -default_F 100 -N 3 -detpixels 20 -pixel 1.5 "
        "-distance 60 -oversample 1 -seed 5").split()


def amplitudes(indices, amplitude):
    return "".join("%d %d %d %g\n" % (h, k, l, amplitude(h, k, l))
                   for h in range(*indices[0]) for k in range(*indices[1]) for l in range(*indices[2])).encode()


def files():
    """A table that the image leaves on all sides, one that is hardly one, one with negative and one with fractional
    values; a matrix, headers, rays and a cache."""
    rng = random.Random(3)
    mask_keys = {"DISTANCE": 70, "BEAM_CENTER_X": 11, "BEAM_CENTER_Y": 12, "WAVELENGTH": 1.3, "TWOTHETA": 5,
                 "CLOSE_DISTANCE": 66}
    image_keys = {"DISTANCE": 80, "PHI": 3, "OSC_RANGE": 1, "XDS_ORGX": 7, "XDS_ORGY": 9}
    return {
        "A.mat": input_files.matrix(rng, 1.5),
        "m.img": input_files.smv(rng, 20, 20, 1.5, mask_keys),
        "i.img": input_files.smv(rng, 20, 20, 1.5, image_keys),
        "s.txt": b"-10 0 0 1 1.5e-10\n-10 0.05 0.01 0.3 1.4e-10\n0 0 0.5 1 1.6e-10\n-5 1 1\n",
        "part.hkl": amplitudes(((-3, 5), (-4, 3), (-2, 6)), lambda h, k, l: 50 + (7 * h + 13 * k + 29 * l) % 17),
        "one.hkl": b"0 0 0 10\n1 0 0 20.5\n",
        "neg.hkl": amplitudes(((-6, 7),) * 3, lambda h, k, l: (-1) ** (h + k) * 30.5 - h),
        "frac.hkl": b"0.4 1.6 -0.7 10\n1 2 3 40\n-2 -3 1 5\n",
        "Fdump.bin": input_files.cache(random.Random(7)),
    }


class OddLine:
    """A line of odd_lines.txt."""

    def __init__(self, text, all_files):
        self.expected, _, flags = text.rpartition(": ")
        self.words = BASE + flags.split()
        self.files = {name: data for name, data in all_files.items() if name in self.words}


def lines():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "odd_lines.txt")) as file:
        texts = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    all_files = files()
    return [OddLine(text, all_files) for text in texts]


def what_is_wrong(line, outcome):
    """One sentence for each complaint; none if a line went as it should."""
    happened = {1: "error", 2: "refused"}.get(outcome.render_code, "")
    if happened != line.expected:
        return ["%s instead of %s: %s" % (happened or "an image", line.expected or "an image",
                                          outcome.refusal or "; ".join(outcome.complaints))]
    return [] if line.expected or outcome.explanation else outcome.complaints


def parsed(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.environ.get("NB_C_BIN"), help="the C program")
    parser.add_argument("--render", required=True, help="nbk-render")
    parser.add_argument("--precision", default="float64", choices=sorted(images.BOUNDS))
    parser.add_argument("--limit", type=float, default=60, help="seconds for one run")
    parser.add_argument("--keep", help="run in this new folder and leave it behind")
    options = parser.parse_args(arguments)
    options.policy = "compat"
    return options


def main(arguments=None):
    options = parsed(arguments)
    if not options.program:
        print("skipped: no C program to compare with (--program or NB_C_BIN)")
        return random_flags.SKIPPED
    options.program, options.render = os.path.abspath(options.program), os.path.abspath(options.render)
    os.environ.update(OMP_NUM_THREADS="1", OMP_PROC_BIND="false")
    wrong, count = 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        parent = os.path.abspath(options.keep) if options.keep else scratch
        os.makedirs(parent, exist_ok=True)
        for line in lines():
            count += 1
            complaints = what_is_wrong(line, random_flags.compare_line(count, line, options, parent))
            wrong += bool(complaints)
            for complaint in complaints:
                print("DIFFERENT %s\n    %s" % (" ".join(line.words[len(BASE):]), complaint))
    print("%d lines: %d different" % (count, wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
