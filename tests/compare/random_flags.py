#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares nbk-render with the C program nanoBragg on flag lines drawn at random.

    random_flags.py --program PATH --render PATH [--count N] [--seed FIRST] [--only SEED] [--keep FOLDER]

Each line is run by both programs, each in an empty folder of its own. In float64 the float image has to reach a
correlation of 0.999999, a sum right to 1e-5 and every pixel right to 1e-6 of the brightest; in float32 and mixed 0.9999
and 1e-3. In float64 the other files are compared, too. Every difference is printed with its line; what has a known
reason and what nbk-render refuses is counted apart.

The program is the serial C program: with threads some of its pixels depend on their order. Without --program the
environment's NB_C_BIN is taken; without that the exit code is 77. Exit codes: 0; 1 for a difference; 2 for wrong
arguments.
"""

import argparse
import concurrent.futures
import os
import subprocess
import sys
import tempfile

import flag_lines
import images

SKIPPED = 77


class Outcome:
    """One line: what the programs made of it."""

    def __init__(self, line):
        self.line = line
        self.complaints = []
        self.worst = 0.0
        self.refusal = ""
        self.explanation = ""
        self.dark = False
        self.note = ""
        self.render_code = None


def run(command, folder, limit_s):
    """Exit code (None: out of time) and what was printed to stderr."""
    try:
        done = subprocess.run(command, cwd=folder, timeout=limit_s, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return done.returncode, done.stderr.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return None, ""


def prepared(parent, name, files):
    folder = os.path.join(parent, name)
    os.mkdir(folder)
    for file, data in files.items():
        with open(os.path.join(folder, file), "wb") as out:
            out.write(data)
    return folder


def what_the_program_made(code, folder):
    """In words, where nbk-render made nothing."""
    image = images.read(folder, "floatimage.bin")
    if code is None:
        return "the program ran out of time"
    if image is None:
        return "the program made no image, exit code %d" % code
    if not images.is_finite(image):
        return "the program made an image that is not finite"
    return "the program made an image of zeros" if not any(image) else "the program made an image"


def judge(outcome, codes, errors, folders, precision):
    program, render = codes
    if render == 2:
        outcome.refusal = errors.strip().splitlines()[-1] if errors.strip() else ""
        if not outcome.refusal:
            outcome.complaints = ["nbk-render refuses without a sentence"]
        outcome.note = what_the_program_made(program, folders[0])
    elif render != 0:
        outcome.complaints = ["nbk-render: " + ("out of time" if render is None else "exit code %d, %s" %
                                                (render, errors.strip()))]
    elif program != 0:
        outcome.complaints = ["the program: " + ("out of time" if program is None else "exit code %d" % program) +
                              ", nbk-render makes an image"]
    else:
        outcome.complaints, outcome.worst = images.compare(*folders, precision)
        if any("pixels differ, correlation" in complaint for complaint in outcome.complaints):
            outcome.explanation = explanation(outcome.line, folders, precision)
        outcome.dark = not any(images.read(folders[0], "floatimage.bin") or b"")


def explanation(line, folders, precision):
    """Why two images may differ; "" if nothing is known. docs/physics.md, round spots on the beam: there the C program
    subtracts two numbers that differ by rounding only."""
    if "-round_xtal" in line.words and images.differ_on_the_beam_alone(*folders, precision):
        return "a round spot on the direct beam, whose pixel is rounding alone in the C program"
    return ""


def compare_line(name, line, options, parent):
    """What both programs make of a line, which has `words` and `files`."""
    outcome = Outcome(line)
    folders = [prepared(parent, "%s-%s" % (name, who), line.files) for who in ("program", "render")]
    program = [options.program, *line.words]
    # nbk's own words come first: what the last flag of a line means depends on the words behind it.
    render = [options.render, "--policy", options.policy, "--precision", options.precision, "--quiet", *line.words]
    program_code, _ = run(program, folders[0], options.limit)
    render_code, errors = run(render, folders[1], options.limit)
    judge(outcome, (program_code, render_code), errors, folders, options.precision)
    outcome.render_code = render_code
    return outcome


def report(results, printed=print):
    """Prints what was found. Returns the number of lines with a difference."""
    differing, refused, explained, identical = 0, {}, {}, 0
    for seed, outcome in results:
        if outcome.explanation:
            explained.setdefault(outcome.explanation, []).append((seed, outcome.complaints[0]))
        elif outcome.complaints:
            differing += 1
            printed("DIFFERENT --only %d: %s" % (seed, " ".join(outcome.line.words)))
            for complaint in outcome.complaints:
                printed("    " + complaint)
        elif outcome.refusal:
            refused.setdefault((outcome.refusal.split(" = ")[0], outcome.note), []).append((seed, outcome.refusal))
        else:
            identical += outcome.worst == 0
    for (_, note), lines in sorted(refused.items()):
        printed("refused, %s: %d, for example --only %d: %s" % (note, len(lines), *lines[0]))
    for reason, lines in sorted(explained.items()):
        printed("explained, %s: %d, for example --only %d: %s" % (reason, len(lines), *lines[0]))
    numbers = [differing] + [sum(map(len, group.values())) for group in (explained, refused)]
    worst = max((o.worst for _, o in results if not o.complaints), default=0)
    printed("%d lines: %d different, %d different for a known reason, %d refused, %d agree (%d float images to the "
            "bit, the others to %.2g of the brightest pixel; %d are dark)" %
            (len(results), *numbers, len(results) - sum(numbers), identical, worst, sum(o.dark for _, o in results)))
    return differing


def add_run_options(parser):
    """The options of any comparison on lines drawn at random."""
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="of the first line; the others count up")
    parser.add_argument("--only", type=int, help="this seed alone")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one run")
    parser.add_argument("--jobs", type=int, default=2, help="lines at a time")
    parser.add_argument("--keep", help="run in this new folder and leave it behind")


def compare_all(options, compare_seed):
    """Compares the lines of all seeds, says what came out, and returns the number that differ.

    compare_seed(seed, folder) gives the Outcome of one line, which it runs below the folder."""
    os.environ.update(OMP_NUM_THREADS="1", OMP_PROC_BIND="false")
    seeds = [options.only] if options.only is not None else range(options.seed, options.seed + options.count)
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        parent = scratch
        if options.keep:
            parent = os.path.abspath(options.keep)
            os.makedirs(parent)
        return report(list(pool.map(lambda seed: (seed, compare_seed(seed, parent)), seeds)))


def parsed(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.environ.get("NB_C_BIN"), help="the C program")
    parser.add_argument("--render", required=True, help="nbk-render")
    parser.add_argument("--precision", default="float64", choices=sorted(images.BOUNDS))
    parser.add_argument("--policy", default="compat", choices=("compat", "corrected"))
    add_run_options(parser)
    return parser.parse_args(arguments)


def main(arguments=None):
    options = parsed(arguments)
    if not options.program:
        print("skipped: no C program to compare with (--program or NB_C_BIN)")
        return SKIPPED
    options.program, options.render = os.path.abspath(options.program), os.path.abspath(options.render)
    differing = compare_all(
        options, lambda seed, folder: compare_line(seed, flag_lines.FlagLine(seed), options, folder))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
