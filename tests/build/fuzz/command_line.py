#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random command lines for nbk-render: flags, values and files by chance.

command_line.py PROGRAM [--seconds N] [--seed N] [--lines N]

Fails, and prints the line that did it, where a run crashes, takes more than 10 s, ends with another exit code than 0, 1
or 2, says nothing about an error, changes an input, leaves a temporary file behind, or leaves an output that is not
whole. With a program built with NBK_SANITIZE=address its findings are crashes.
"""
import argparse
import json
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import time

NUMBERS = ["0", "1", "-1", "2", "0.5", "3.7", "90", "100", "-100", "1e-3", "1e3", "1e30", "-1e30", "1e-30", "1e300",
           "1e999", "nan", "inf", "-inf", "12mm", "word", "", "-", "--", "0x10", "1e", "+5", "2147483647", "2147483648",
           "-2147483649", "99999999999999999999", "1,5", "1 2", "\u00e9", "%s%n", "-lambda", "--quiet"]
USUAL = ["1", "2", "3", "5", "0.5", "10", "90", "60", "0", "-1", "1.5", "100"]
INPUTS = {"-hkl": "list.hkl", "-mat": "A.mat", "-sourcefile": "beam.txt", "-stol": "curve.stol", "-mask": "mask.img",
          "-img": "big.img", "--experiment": "e.json", "-dump": "dump", "-Q": "curve.stol", "-4stol": "curve.stol",
          "--spectrum": "beam.lam"}
# The last words of all lines: they keep what a line computes small, whatever came before.
SMALL = ("-detpixels 12 -pixel 1 -roi 0 11 0 11 -oversample 1 -mosaic_dom 2 -phisteps 2 -thicksteps 1 -dispsteps 1 "
         "-hdivsteps 1 -vdivsteps 1 -square_div").split()
TIME_LIMIT_S = 10


def smv(pixels_fast, pixels_slow, keys="", bytes_missing=0, header_bytes=512):
    header = f"{{\nHEADER_BYTES={header_bytes};\nDIM=2;\nSIZE1={pixels_fast};\nSIZE2={pixels_slow};\n{keys}}}\f"
    pixels = bytes(max(0, 2 * max(0, pixels_fast) * max(0, pixels_slow) - bytes_missing))
    return header.encode().ljust(512) + pixels


def inputs(chance):
    """Files to name on a line: good ones, wrong ones, and good ones with a few bytes changed."""
    hkl = "".join(f"{h} {k} {l} {10 * h + k + 100}\n" for h in range(-2, 3) for k in range(3) for l in range(3))
    experiment = {"schema": "nbk-experiment", "schema_version": 1,
                  "crystal": {"cell": {"a_A": 70, "b_A": 80, "c_A": 90}, "cells": [3, 3, 3]},
                  "detector": {"pixels_fast": 12, "pixels_slow": 12.0, "oversample": 1},
                  "structure_factors": {"default_amplitude": 100}}
    panel = {"origin_m": [0.1, 0, 0], "fast": [0, 0, 1], "slow": [0, -1, 0], "pixel_size_m": 1e-3, "pixels_fast": 12,
             "pixels_slow": 6, "oversample": 1}
    # As many pixels as the other images.
    panels = {**experiment, "schema_version": 2, "detector": {"panels": [panel, {**panel, "origin_m": [0.1, -0.01, 0]}]},
              "crystals": [{**experiment["crystal"], "misset_rad": [0.1, 0.2, 0.3]}],
              "beam": {"spectrum": {"file": "beam.lam"}}, "structure_factors": {"file": "list.hkl"}}
    rows = [{"panel": row // 6, "slow": row % 6, "first_fast": 0, "count": 12} for row in range(12)]
    files = {
        "panels.json": json.dumps(panels).encode(), "beam.lam": b"0.99 1\n1.01 2\n",
        "rows.json": json.dumps({**panels, "selection": {"runs": rows}, "scan": {"images": 3}}).encode(),
        "list.hkl": hkl.encode(), "flags.hkl": b"1 0 0 100 0\n0 1 0 100 0\n0 0 1 100 1\n1 1 1 100 0\n",
        "A.mat": b"0.01 0 0\n0 0.012 0\n0 0 0.013\n", "beam.txt": b"-10 0 0 1 1e-10\n-10 0.1 0 1 1.1e-10\n",
        "curve.stol": b"0 2.5\n0.5 1\n", "mask.img": smv(12, 12), "wrong.img": smv(12, 12, "TYPE=float;\n"),
        "big.img": smv(12, 12, "BYTE_ORDER=big_endian;\nPIXEL_SIZE=1;\nDISTANCE=100;\n"),
        "short.img": smv(12, 12, bytes_missing=7), "zero.img": smv(0, 12), "empty": b"", "text": b"words only\n",
        "binary": bytes(range(256)), "e.json": json.dumps(experiment).encode(), "twice.json": b'{"a":1,"a":2}',
        "Fdump.bin": b"0 1 0 1 0 1\n\f" + struct.pack("<27d", *range(27)), "short.bin": b"0 9 0 9 0 9\n\f" + bytes(80),
    }
    if chance.random() < 0.7:
        del files["Fdump.bin"]
    for name in list(files):
        if files[name] and chance.random() < 0.2:
            content = bytearray(files[name])
            for _ in range(chance.randint(1, 4)):
                content[chance.randrange(len(content))] = chance.choice(b"0123456789 -+.\n\t\0;=xeE{}[]\xff")
            files[name] = bytes(content)
    return files


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


def value(chance, flag, unit, names):
    if "file" in unit:
        if chance.random() < 0.7:
            return INPUTS.get(flag, "out" + flag.strip("-"))
        return chance.choice(names + ["out1", "out2", "no/such/folder/f", "/dev/null", ".", "./list.hkl", "-"])
    if "|" in unit and chance.random() < 0.8:
        return chance.choice(unit.split("|")).strip()
    return chance.choice(NUMBERS if chance.random() < 0.3 else USUAL)


def random_line(chance, flags, names):
    line = []
    if chance.random() < 0.9:
        line += "-default_F 100 -cell 70 80 90 90 90 90 -N 3 -distance 100".split()
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 3, 5, 8))):
        flag_names, unit = chance.choice(flags)
        name = chance.choice(flag_names)
        if chance.random() < 0.05:
            name = chance.choice(["-x" + name, name + "x", name.replace("-", "--", 1), name.upper()])
        count = 0 if not unit else 1 if "|" in unit or "file" in unit else len(unit.split(" "))
        if chance.random() < 0.05:
            count = chance.randint(0, 7)
        values = [value(chance, flag_names[0], unit, names) for _ in range(count)]
        if name.startswith("--") and values and chance.random() < 0.5:
            line.append(name + "=" + values[0])
        else:
            line += [name] + values
    if chance.random() < 0.1:
        line.append(chance.choice(NUMBERS + names))
    return line + SMALL


def complaint_about_output(path):
    """Why a file that was written is not whole; None where it is."""
    with open(path, "rb") as file:
        content = file.read()
    if content.startswith(b"{\nHEADER_BYTES"):
        header = content[:4096].decode("latin-1")
        size = [int(re.search(key + r"=\s*(\d+);", header).group(1)) for key in ("HEADER_BYTES", "SIZE1", "SIZE2")]
        whole = len(content) == size[0] + 2 * size[1] * size[2]
        return None if whole else f"{len(content)} bytes of an SMV image"
    if content.startswith(b"\x89PNG"):
        return None if content.endswith(b"IEND\xaeB`\x82") else "a PNG without its end"
    if content.startswith(b"P5\n"):
        width, height = map(int, content.split(b"\n")[1].split())
        return None if content[:200].count(b"\n") >= 4 and len(content) > width * height else "a short PGM"
    if len(content) == 4 * 12 * 12:
        return None  # a float image, whatever its first byte looks like
    if re.match(rb"\s*[{\[]", content):
        try:
            json.loads(content)
            return None
        except ValueError as error:
            return f"no JSON: {error}"
    if re.match(rb"-?\d+ -?\d+ -?\d+ -?\d+ -?\d+ -?\d+\n\f", content):
        low_high = list(map(int, content.split(b"\n")[0].split()))
        cells = 1
        for low, high in zip(low_high[::2], low_high[1::2]):
            cells *= high - low + 2
        whole = len(content) == content.index(b"\f") + 1 + 8 * cells
        return None if whole else "a structure factor cache of another size"
    return f"{len(content)} bytes of a float image"


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
        if done.returncode != 0 and "nbk-render: " not in printed:
            return f"exit code {done.returncode} without a word", done.returncode
        if "Sanitizer" in printed or "runtime error" in printed:
            return printed[-2000:], done.returncode
        for where, _, found in os.walk(folder):
            for name in found:
                path = os.path.join(where, name)
                if ".part-" in name:
                    return f"leaves {name} behind", done.returncode
                if name in files:
                    with open(path, "rb") as file:
                        if file.read() == files[name]:
                            continue
                    # An output may replace a file that the line does not read.
                complaint = complaint_about_output(path)
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
    if len(flags) < 80:
        sys.exit(f"only {len(flags)} flags were found in the documentation of the command line")
    end = time.monotonic() + options.seconds
    codes = {0: 0, 1: 0, 2: 0}
    for number in range(options.lines):
        if time.monotonic() > end:
            break
        chance = random.Random(options.seed * 1_000_003 + number)
        files = inputs(chance)
        line = [word.replace("\0", "") for word in random_line(chance, flags, sorted(files))]
        failure, code = run(program, line, files)
        if failure:
            sys.exit(f"seed {options.seed}, line {number}: {failure}\n{program} " + " ".join(map(repr, line)))
        codes[code] += 1
    print(f"{sum(codes.values())} command lines, exit codes {codes}")
    if sum(codes.values()) >= 100 and min(codes.values()) == 0:
        sys.exit("not all of success, failure and refusal were met: these lines test little")


if __name__ == "__main__":
    main()
