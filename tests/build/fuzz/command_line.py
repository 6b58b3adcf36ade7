#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random command lines for nbk-render, nbk-background or nbk-noise: flags, values and files by chance (random_files.py).

command_line.py PROGRAM [--seconds N] [--seed N] [--lines N]

Fails, and prints the line that did it, where a run crashes, takes more than 10 s, ends with another exit code than 0, 1
or 2, says nothing about an error, changes an input, leaves a temporary file behind, or leaves an output that is not
whole. With a program built with NBK_SANITIZE=address its findings are crashes.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from random_files import PIXELS, inputs
from whole_files import complaint_about

NUMBERS = ["0", "1", "-1", "2", "0.5", "3.7", "90", "100", "-100", "1e-3", "1e3", "1e30", "-1e30", "1e-30", "1e300",
           "1e999", "nan", "inf", "-inf", "12mm", "word", "", "-", "--", "0x10", "1e", "+5", "2147483647", "2147483648",
           "-2147483649", "99999999999999999999", "1,5", "1 2", "\u00e9", "%s%n", "-lambda", "--quiet"]
USUAL = ["1", "2", "3", "5", "0.5", "10", "90", "60", "0", "-1", "1.5", "100"]
INPUTS = {"-hkl": ["list.hkl"], "-mat": ["A.mat"], "-sourcefile": ["beam.txt"], "-stol": ["curve.stol"],
          "-mask": ["mask.img"], "-img": ["big.img"], "-dump": ["dump"], "-Q": ["curve.stol"], "-4stol": ["curve.stol"],
          "--experiment": ["e.json", "panels.json", "rows.json", "matter.json"], "--spectrum": ["beam.lam"],
          "--expt": ["sweep.expt", "stills.expt"], "--geom": ["two.geom", "one.geom"], "--cell": ["p1.cell"],
          "--hkl": ["list.hkl", "small.mtz", "small.cif", "list.hklf"], "--coordinates": ["atoms.pdb"],
          "--images": ["images.jsonl"], "--response": ["fibre.json"],
          "--cbf": ["outcbf", "out_##.cbf", "out_@.cbf"], "--add": ["added.bin", "added.bin:2", "added.bin:x"]}
# Words of flags whose unit says less than they take.
WORDS = {"--material": ["water:1", "air:30", "curve.stol:1:1:18", "curve.stol:1", "water:", ":::", "none:1:1:1"],
         "--columns": ["FP", "F", "F(+),F(-)", "h", ","], "--space-group": ["P1", "P212121", "19", "999", "X"],
         "--resolution-A": ["5", "5,20", "20,5", "1e-9", "0.5"], "--bulk-solvent": ["none", "0.3,40", "1", "-1,0"],
         "--device": ["cpu", "cuda", "hip", "serial", "..."],
         "--shape": ["square", "round", "gauss", "tophat", "cube"]}
STEPS = " -oversample 1 -phisteps 2 -thicksteps 1 -dispsteps 1 -hdivsteps 1 -vdivsteps 1 -square_div"


class Program:
    """What is told to a program: the first words of most lines, and the last of all.

    These keep what a line computes small, whatever came before.
    """

    def __init__(self, first, last, inputs_of_flags):
        self.first, self.last = first.split(), f"-detpixels {PIXELS} -pixel 1 {last}".split()
        self.inputs = {**INPUTS, **inputs_of_flags}


ROI = f"-roi 0 {PIXELS - 1} 0 {PIXELS - 1}"
PROGRAMS = {
    "nbk-render": Program("-default_F 100 -cell 70 80 90 90 90 90 -N 3 -distance 100", ROI + " -mosaic_dom 2" + STEPS,
                          {}),
    "nbk-background": Program("-stol curve.stol -distance 100", ROI + STEPS, {"-img": ["big.img", "mask.img"]}),
    "nbk-noise": Program("-floatfile added.bin", "-psf_radius 3", {
        "-floatfile": ["added.bin"], "-header": ["mask.img", "big.img"], "--mask": ["mask.img"],
        "--psf-kernel": ["kernel.txt", "A.mat"]})}
# A detector that mini-CBF files can have.
PILATUS = "-detpixels_f 487 -detpixels_s 195 -pixel 0.172".split()
SIZES = [PIXELS * PIXELS, 487 * 195]
# What many images cannot do without.
SERIES = ["--images images.jsonl", "--experiment matter.json", "--experiment rows.json"]
TIME_LIMIT_S = 10


def flags_of(program):
    """The table of flags as the program documents it: (names, words of the unit)."""
    text = subprocess.run([program, "--help-markdown"], capture_output=True, text=True, check=True).stdout
    flags = []
    for line in text.splitlines():
        cells = re.split(r"(?<!\\)\|", line)
        names = re.findall(r"`([^`]+)`", cells[1]) if len(cells) > 3 and cells[1].startswith(" `") else []
        if names:
            flags.append((names, cells[2].strip().replace("\\|", "|")))
    return flags


def value(chance, flag, unit, names, inputs_of_flags):
    if flag in WORDS and chance.random() < 0.8:
        return chance.choice(WORDS[flag])
    if "file" in unit:
        if chance.random() < 0.7:
            return chance.choice(inputs_of_flags.get(flag, ["out" + flag.strip("-")]))
        return chance.choice(names + ["out1", "out2", "no/such/folder/f", "/dev/null", ".", "./list.hkl", "-"])
    if "|" in unit and chance.random() < 0.8:
        return chance.choice(unit.split("|")).strip()
    return chance.choice(NUMBERS if chance.random() < 0.3 else USUAL)


def random_line(chance, program, flags, names):
    line = []
    if chance.random() < 0.9:
        line += program.first
    large = chance.random() < 0.1
    if chance.random() < 0.1 and program is PROGRAMS["nbk-render"]:
        line += chance.choice(SERIES).split() + chance.choice(["--nexus out.nxs", "--cbf out_##.cbf"]).split()
        large = "--cbf" in line
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 3, 5, 8))):
        flag_names, unit = chance.choice(flags)
        name = chance.choice(flag_names)
        if chance.random() < 0.05:
            name = chance.choice(["-x" + name, name + "x", name.replace("-", "--", 1), name.upper()])
        count = 0 if not unit else 1 if "|" in unit or "file" in unit else len(unit.split(" "))
        if chance.random() < 0.05:
            count = chance.randint(0, 7)
        values = [value(chance, flag_names[0], unit, names, program.inputs) for _ in range(count)]
        if name.startswith("--") and values and chance.random() < 0.5:
            line.append(name + "=" + values[0])
        else:
            line += [name] + values
    if chance.random() < 0.1:
        line.append(chance.choice(NUMBERS + names))
    # Of atoms a detector sees millions of reflections where it is turned far.
    few = ["--resolution-A", "5"] if any(word.startswith("--coord") for word in line) else []
    return line + program.last + few + (PILATUS if large else [])


def inputs_of(program, line):
    """The files that a line surely reads: the last one of every flag of an input."""
    last = {}
    for word, following in zip(line, line[1:] + [""]):
        flag, equals, value_after = word.partition("=")
        if flag in PROGRAMS[os.path.basename(program)].inputs and flag not in ("--cbf", "-dump"):
            one_of_three = flag in ("-stol", "-4stol", "-Q")
            last["-stol" if one_of_three else flag] = value_after if equals else following
    return {os.path.normpath(name) for name in last.values() if name}


def run(program, line, files):
    """What went wrong with a line (None where nothing did), and its exit code."""
    with tempfile.TemporaryDirectory(prefix="nbk-fuzz") as folder:
        for name, content in files.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        environment = dict(os.environ, OMP_NUM_THREADS="2", OMP_PROC_BIND="false", ASAN_OPTIONS="detect_leaks=0")
        try:
            done = subprocess.run([program] + line, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=TIME_LIMIT_S)
        except subprocess.TimeoutExpired:
            return f"takes more than {TIME_LIMIT_S} s", None
        printed = done.stderr.decode("latin-1")
        if done.returncode not in (0, 1, 2):
            return f"exit code {done.returncode}: {printed[-2000:]}", done.returncode
        if done.returncode != 0 and os.path.basename(program) + ": " not in printed:
            return f"exit code {done.returncode} without a word of its own: {printed[-2000:]}", done.returncode
        if "Sanitizer" in printed or "runtime error" in printed:
            return printed[-2000:], done.returncode
        told = re.search(rb" as (\d+) 4-byte floats", done.stdout)
        floats = int(told.group(1)) if told else None
        for where, _, found in os.walk(folder):
            for name in found:
                path = os.path.join(where, name)
                # Many images that were stopped leave what they go on with.
                unfinished = name.endswith(".part") and done.returncode != 0
                if ".part" in name and not unfinished:
                    return f"leaves {name} behind", done.returncode
                if unfinished:
                    continue
                if name in files:
                    with open(path, "rb") as file:
                        if file.read() == files[name]:
                            continue
                    if done.returncode == 0 and name in inputs_of(program, line):
                        return f"replaces {name}, which it reads", done.returncode
                    # An output may replace a file that the line does not read.
                complaint = complaint_about(path, floats, SIZES)
                if complaint:
                    return f"{name}: {complaint}", done.returncode
        missing = [name for name in files if not os.path.exists(os.path.join(folder, name))]
        return (f"removes {missing}" if missing else None), done.returncode


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", type=int, default=10**9, help="at most")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    flags = flags_of(program)
    if len(flags) < 45:
        sys.exit(f"only {len(flags)} flags were found in the documentation of the command line")
    end = time.monotonic() + options.seconds
    codes = {0: 0, 1: 0, 2: 0}
    for number in range(options.lines):
        if time.monotonic() > end:
            break
        chance = random.Random(options.seed * 1_000_003 + number)
        files = inputs(chance)
        line = [word.replace("\0", "") for word in random_line(chance, PROGRAMS[os.path.basename(program)], flags, sorted(files))]
        failure, code = run(program, line, files)
        if failure:
            sys.exit(f"seed {options.seed}, line {number}: {failure}\n{program} " + " ".join(map(repr, line)))
        codes[code] += 1
    print(f"{sum(codes.values())} command lines, exit codes {codes}")
    if sum(codes.values()) >= 100 and min(codes.values()) == 0:
        sys.exit("not all of success, failure and refusal were met: these lines test little")


if __name__ == "__main__":
    main()
