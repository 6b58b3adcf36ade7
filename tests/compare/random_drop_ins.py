#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares nbk-background with the C program nonBragg, or nbk-noise with noisify, on flag lines drawn at random.

    random_drop_ins.py --tool nonBragg|noisify --program PATH --ours PATH [--count N] [--seed FIRST] [--only SEED]
                       [--keep FOLDER]

Each line is run by both programs, each in an empty folder of its own. Every file has to have the same bytes; of a
picture of nonBragg the pixels count, of a table of form factors the columns that it sets. Figures that both print have
to be the same. What is refused is counted apart.

Without --program the environment's NB_NONBRAGG_BIN or NB_NOISIFY_BIN is taken; without that the exit code is 77. Exit
codes: 0; 1 for a difference; 2 for wrong arguments.
"""

import argparse
import os
import re
import subprocess
import sys

import background_lines
import images
import noise_lines
import random_flags

LINES = {"nonBragg": background_lines.BackgroundLine, "noisify": noise_lines.NoiseLine}
# Figures that both print the same way, by the words around them.
FIGURES = (r"^max_I = .*", r"\d+ photons on noise image.*", r"[^ ]+ lost photons", r"[^( ]+ molecules\)")


def run(command, folder, limit_s):
    """Exit code (None: out of time), stdout and stderr."""
    try:
        done = subprocess.run(command, cwd=folder, timeout=limit_s, capture_output=True)
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return None, "", ""


def figures(printed):
    return [found for pattern in FIGURES for found in re.findall(pattern, printed, re.MULTILINE)]


def defined(name, data):
    """What a program sets of a file: nonBragg prints medians that it never set."""
    if name.endswith(".stol"):
        return b"\n".join(b" ".join(line.split()[i] for i in (0, 1, 2, 5)) for line in data.splitlines())
    return data


def picture_of(data, pixels):
    """A grey picture without what nonBragg writes behind it."""
    return data[:data.index(b"\n255\n") + 5 + pixels]


def difference(name, theirs, ours, photons):
    """In words, how two files differ."""
    if name.endswith(".pgm") and photons:
        return "; ".join(images.grey_images(picture_of(theirs, len(photons)), ours, photons, 0))
    if len(theirs) != len(ours):
        return "%s: %d bytes instead of %d" % (name, len(ours), len(theirs))
    if not name.endswith(".bin"):
        return "%s: %d bytes differ" % (name, sum(a != b for a, b in zip(theirs, ours)))
    complaints, _ = images.float_images(theirs, ours, (2, 0, 0))  # even the smallest difference
    return "%s: %s" % (name, complaints[0] if complaints else "other bytes of the same numbers")


def compare_files(folders, line):
    names = sorted(set(os.listdir(folders[0]) + os.listdir(folders[1])) - set(line.files))
    if getattr(line, "extracts", False):  # with a deviation about the mean of something else
        names = [name for name in names if not name.endswith(".pgm")]
    float_file = next((name for name in ("f.bin", "floatimage.bin") if name in names), None)
    photons = images.floats(images.read(folders[0], float_file) or b"") if float_file else None
    complaints = []
    for name in names:
        theirs, ours = (images.read(folder, name) for folder in folders)
        if theirs is None or ours is None:
            complaints.append("%s: written by %s only" % (name, "the program" if ours is None else "nbk"))
        elif defined(name, theirs) != defined(name, ours):
            complaints.append(difference(name, defined(name, theirs), defined(name, ours), photons))
    return [complaint for complaint in complaints if complaint]


def compare_line(name, line, options, parent):
    outcome = random_flags.Outcome(line)
    folders = [random_flags.prepared(parent, "%s-%s" % (name, who), line.files) for who in ("program", "ours")]
    code, printed, _ = run([options.program, *line.words], folders[0], options.limit)
    our_code, our_printed, errors = run([options.ours, *line.words], folders[1], options.limit)
    if our_code in (1, 2):
        outcome.refusal = errors.strip().splitlines()[-1] if errors.strip() else ""
        outcome.complaints = [] if outcome.refusal else ["refused without a sentence"]
        outcome.note = "the program: " + ("out of time" if code is None else "exit code %d" % code)
    elif our_code != 0:
        outcome.complaints = ["nbk: " + ("out of time" if our_code is None else "exit code %d" % our_code)]
    elif code != 0:
        outcome.complaints = ["the program: " + ("out of time" if code is None else "exit code %d" % code) +
                              ", nbk makes an image"]
    else:
        outcome.complaints = compare_files(folders, line)
        if figures(printed) != figures(our_printed):
            outcome.complaints.append("prints %s instead of %s" % (figures(our_printed), figures(printed)))
    return outcome


def parsed(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True, choices=sorted(LINES))
    parser.add_argument("--program", help="the C program")
    parser.add_argument("--ours", required=True, help="nbk-background or nbk-noise")
    random_flags.add_run_options(parser)
    options = parser.parse_args(arguments)
    if options.program is None:
        options.program = os.environ.get("NB_%s_BIN" % options.tool.upper())
    return options


def main(arguments=None):
    options = parsed(arguments)
    if not options.program:
        print("skipped: no C program to compare with (--program or NB_%s_BIN)" % options.tool.upper())
        return random_flags.SKIPPED
    options.program, options.ours = os.path.abspath(options.program), os.path.abspath(options.ours)
    differing = random_flags.compare_all(
        options, lambda seed, folder: compare_line(seed, LINES[options.tool](seed), options, folder))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
