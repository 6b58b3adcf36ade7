# SPDX-License-Identifier: MIT
"""Files for random command lines: one or more of every kind that nbk-render reads, some of them spoilt."""
import json
import os
import struct

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus")
PIXELS = 12  # of the images, along both axes


def smv(pixels_fast, pixels_slow, keys="", bytes_missing=0, header_bytes=512):
    header = f"{{\nHEADER_BYTES={header_bytes};\nDIM=2;\nSIZE1={pixels_fast};\nSIZE2={pixels_slow};\n{keys}}}\f"
    pixels = bytes(max(0, 2 * max(0, pixels_fast) * max(0, pixels_slow) - bytes_missing))
    return header.encode().ljust(512) + pixels


def mtz():
    """Amplitudes in P 2 2 2."""
    rows = [(h, k, l, 10.0 * h + k + 100) for h in range(3) for k in range(3) for l in range(3) if h + k + l > 0]
    content = b"MTZ " + struct.pack("<I", 21 + 4 * len(rows)) + b"\x44\x41\0\0"
    content = content.ljust(80, b"\0") + b"".join(struct.pack("<4f", *row) for row in rows)
    records = ["VERS MTZ:V1.1", f"NCOL 4 {len(rows)} 0", "CELL 70 80 90 90 90 90", "SYMINF 4 4 P 16 'P 2 2 2' PG222",
               "SYMM X, Y, Z", "SYMM -X, -Y, Z", "SYMM -X, Y, -Z", "SYMM X, -Y, -Z", "COLUMN H H 0 100 0",
               "COLUMN K H 0 100 0", "COLUMN L H 0 100 0", "COLUMN FP F 0 100 0", "END", "MTZENDOFHEADERS"]
    return content + b"".join(record.encode().ljust(80) for record in records)


CIF = """data_small
_cell.length_a 70
_cell.length_b 80
_cell.length_c 90
_cell.angle_alpha 90
_cell.angle_beta 90
_cell.angle_gamma 90
_symmetry.space_group_name_H-M 'P 2 2 2'
loop_
_refln.index_h
_refln.index_k
_refln.index_l
_refln.F_meas_au
_refln.F_meas_sigma_au
0 0 1 120 1
0 1 1 99.5 1
2 1 0 301 2
"""
PDB = """CRYST1   70.000   80.000   90.000  90.00  90.00  90.00 P 1           1
ATOM      1  N   ALA A   1      11.104   6.134   4.504  1.00 20.00           N
ATOM      2  CA  ALA A   1      11.639   6.071   5.147  1.00 20.00           C
HETATM    3  S   SO4 A   2       1.000  40.000  22.000  0.50 30.00           S
END
"""


def corpus(name):
    with open(os.path.join(CORPUS, name), "rb") as file:
        return file.read()


def experiments():
    one = {"schema": "nbk-experiment", "schema_version": 1,
           "crystal": {"cell": {"a_A": 70, "b_A": 80, "c_A": 90}, "cells": [3, 3, 3]},
           "detector": {"pixels_fast": PIXELS, "pixels_slow": float(PIXELS), "oversample": 1},
           "structure_factors": {"default_amplitude": 100}}
    panel = {"origin_m": [0.1, 0, 0], "fast": [0, 0, 1], "slow": [0, -1, 0], "pixel_size_m": 1e-3,
             "pixels_fast": PIXELS, "pixels_slow": PIXELS // 2, "oversample": 1}
    # As many pixels as the other images.
    panels = {**one, "schema_version": 2, "detector": {"panels": [panel, {**panel, "origin_m": [0.1, -0.01, 0]}]},
              "crystals": [{**one["crystal"], "misset_rad": [0.1, 0.2, 0.3]}],
              "beam": {"spectrum": {"file": "beam.lam"}}, "structure_factors": {"file": "list.hkl"}}
    rows = [{"panel": row // 6, "slow": row % 6, "first_fast": 0, "count": PIXELS} for row in range(PIXELS)]
    listed = {**panels, "selection": {"runs": rows}, "scan": {"images": 3}}
    matter = {**one, "schema_version": 2, "policy": "corrected",
              "materials": [{"name": "ice", "form_factor": {"file": "curve.stol"}, "density_g_per_cm3": 0.9,
                             "molar_mass_g_per_mol": 18, "thickness_m": 1e-4}],
              "scan": {"images": 3, "osc_range_rad": 0.01}}
    return {"e.json": one, "panels.json": panels, "rows.json": listed, "matter.json": matter}


def inputs(chance):
    """Files to name on a line: good ones, wrong ones, and good ones with a few bytes changed."""
    hkl = "".join(f"{h} {k} {l} {10 * h + k + 100}\n" for h in range(-2, 3) for k in range(3) for l in range(3))
    images = ('{"misset_deg": [1, 2, 3], "name": "first"}\n# a comment\n'
              '{"misset_seed": 5, "wavelength_A": 1.4, "scale": 0.5, "name": "second"}\n')
    files = {
        "beam.lam": b"0.99 1\n1.01 2\n", "list.hkl": hkl.encode(),
        "flags.hkl": b"1 0 0 100 0\n0 1 0 100 0\n0 0 1 100 1\n1 1 1 100 0\n",
        "A.mat": b"0.01 0 0\n0 0.012 0\n0 0 0.013\n", "beam.txt": b"-10 0 0 1 1e-10\n-10 0.1 0 1 1.1e-10\n",
        "curve.stol": b"0 2.5\n0.5 1\n", "kernel.txt": b"0 1 0\n1 4 1\n0 1 0\n", "mask.img": smv(PIXELS, PIXELS),
        "wrong.img": smv(PIXELS, PIXELS, "TYPE=float;\n"),
        "big.img": smv(PIXELS, PIXELS, "BYTE_ORDER=big_endian;\nPIXEL_SIZE=1;\nDISTANCE=100;\n"),
        "short.img": smv(PIXELS, PIXELS, bytes_missing=7), "zero.img": smv(0, PIXELS), "empty": b"",
        "text": b"words only\n", "binary": bytes(range(256)), "twice.json": b'{"a":1,"a":2}',
        "Fdump.bin": b"0 1 0 1 0 1\n\f" + struct.pack("<27d", *range(27)), "short.bin": b"0 9 0 9 0 9\n\f" + bytes(80),
        "small.mtz": mtz(), "small.cif": CIF.encode(), "atoms.pdb": PDB.encode(), "images.jsonl": images.encode(),
        "added.bin": struct.pack(f"<{PIXELS * PIXELS}f", *range(PIXELS * PIXELS)),
        "sweep.expt": corpus("dxtbx/kappa"), "stills.expt": corpus("dxtbx/stills"),
        "two.geom": corpus("crystfel_geometry/two_panels"), "one.geom": corpus("crystfel_geometry/one_panel"),
        "p1.cell": corpus("crystfel_cell/hexagonal"), "fibre.json": corpus("response/fibre"),
        "list.hklf": corpus("shelx_hkl/list"), "list.ins": corpus("shelx_instructions/p21c"),
    }
    files.update({name: json.dumps(document).encode() for name, document in experiments().items()})
    if chance.random() < 0.7:
        del files["Fdump.bin"]
    for name in list(files):
        if files[name] and chance.random() < 0.15:
            content = bytearray(files[name])
            for _ in range(chance.randint(1, 4)):
                content[chance.randrange(len(content))] = chance.choice(b"0123456789 -+.\n\t\0;=xeE{}[]\xff")
            files[name] = bytes(content)
    return files
