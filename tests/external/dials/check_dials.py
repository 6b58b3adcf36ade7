#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""DIALS reads NXmx files of nbk-render, finds their spots and indexes them:

    check_dials.py NBK_RENDER

A sweep of 30 images, the same on two panels, stills with a wavelength each, and a sensor with depth. Geometry at import
is compared with what was asked for, cell, distance and orientation after indexing with the truth, and pixels through
dxtbx with those of h5py. Exit code 77: DIALS 3 is not installed, or this nbk-render was built without HDF5.
"""

import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
CELL = [26.75, 31.31, 33.67, 88.69, 71.53, 68.14]
DISTANCE = 120.0
WAVELENGTH = 0.9768
PIXEL = 0.2
MU_PER_CM = 39.285  # of silicon at this wavelength, as dxtbx has it

# What runs in the Python of DIALS: the pixels of some images through dxtbx against those of h5py.
PIXELS = """
import sys, h5py, numpy
from dxtbx.model.experiment_list import ExperimentListFactory
with h5py.File(sys.argv[1], "r") as file:
    data = file["/entry/data/data"][()]
experiments = ExperimentListFactory.from_filenames([sys.argv[1]])
images = [(imageset, i) for imageset in experiments.imagesets() for i in range(len(imageset))]
assert len(images) == len(data), (len(images), len(data))
for i in {0, len(data) // 2, len(data) - 1}:
    imageset, number = images[i]
    rows = numpy.concatenate([panel.as_numpy_array() for panel in imageset.get_raw_data(number)])
    assert (rows == data[i]).all(), i
    assert rows.max() > 0, i
"""


def run(command, folder):
    """Runs a program, whose output is shown only if it fails."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, " ".join(map(str, command)) + "\n" + done.stdout[-4000:]
    return done.stdout


def dials_python():
    """The interpreter that DIALS runs with."""
    with open(shutil.which("dials.import"), encoding="utf-8", errors="replace") as script:
        first = script.readline()
    return first[2:].strip().split()[0] if first.startswith("#!/") and "python" in first else None


def write_structure_factors(path):
    """Reflections to 1.9 A with amplitudes of a random crystal (Wilson's distribution) and Friedel's law."""
    dice = random.Random(1)
    a, b, c = CELL[:3]
    cosines = [math.cos(math.radians(angle)) for angle in CELL[3:]]
    al, be, ga = cosines
    volume = a * b * c * math.sqrt(1 - al * al - be * be - ga * ga + 2 * al * be * ga)
    g = [[a * a, a * b * ga, a * c * be], [a * b * ga, b * b, b * c * al], [a * c * be, b * c * al, c * c]]
    inverse = [[(g[(j + 1) % 3][(i + 1) % 3] * g[(j + 2) % 3][(i + 2) % 3] -
                 g[(j + 1) % 3][(i + 2) % 3] * g[(j + 2) % 3][(i + 1) % 3]) / volume ** 2 for j in range(3)]
               for i in range(3)]
    with open(path, "w", encoding="ascii") as file:
        for h in range(-14, 15):
            for k in range(-17, 18):
                for l in range(0, 19):
                    if l == 0 and (k < 0 or (k == 0 and h <= 0)):
                        continue
                    hkl = (h, k, l)
                    square = sum(hkl[i] * inverse[i][j] * hkl[j] for i in range(3) for j in range(3))
                    if square > 1 / 1.9 ** 2:
                        continue
                    f = 60 * math.exp(-4 * square) * math.hypot(dice.gauss(0, 1), dice.gauss(0, 1))
                    file.write(f"{h} {k} {l} {f:.3f}\n{-h} {-k} {-l} {f:.3f}\n")


def experiment(panels=1, images=30, sensor=None):
    """A sweep in nbk's JSON: the beam along -z of dxtbx, so that nbk's laboratory is that of DIALS."""
    width = 1024 // panels
    panel = {"fast": [1, 0, 0], "slow": [0, -1, 0], "pixel_size_m": PIXEL / 1000, "pixels_fast": width,
             "pixels_slow": 1024, "trusted": {"least": 0, "most": 1000000}}
    if sensor:
        panel["sensor"] = sensor
    detector = []
    for i in range(panels):
        gap = 1.7 * i  # mm between panels
        corner = [-102.6 + i * width * PIXEL + gap, 102.6, -DISTANCE - 0.5 * i]
        detector.append(dict(panel, name=f"p{i}", origin_m=[x / 1000 for x in corner]))
    degree = math.pi / 180
    return {
        "schema": "nbk-experiment", "schema_version": 2, "policy": "corrected",
        "frame": {"convention": "custom", "beam": [0, 0, -1], "spindle": [1, 0, 0], "polarization": [1, 0, 0]},
        "beam": {"wavelength_m": WAVELENGTH * 1e-10, "fluence_per_m2": 3e27},
        "crystal": {"cell": {"a_A": CELL[0], "b_A": CELL[1], "c_A": CELL[2], "alpha_rad": CELL[3] * degree,
                             "beta_rad": CELL[4] * degree, "gamma_rad": CELL[5] * degree},
                    "misset_rad": [0.3, 0.5, 0.7], "cells": [36, 47, 29], "shape": "gauss",
                    "mosaicity": {"normal_spread_rad": [0.001], "domains": 12}},
        "detector": {"panels": detector, "oversample": 1},
        "structure_factors": {"file": "p1.hkl", "interpolate": False},
        "scan": {"first_image": 1, "images": images, "start_rad": 0, "oscillation_rad": 1 * degree,
                 "steps_per_image": 10},
    }


class Checks:
    def __init__(self, render, folder):
        self.render, self.folder = render, folder
        write_structure_factors(os.path.join(folder, "p1.hkl"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def load(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def write(self, name, what):
        with open(self.path(name), "w", encoding="utf-8") as file:
            json.dump(what, file)

    def truth(self, name):
        with open(self.path(name + ".truth.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def make(self, name, document, *flags):
        self.write("experiment.json", document)
        run([self.render, "--experiment", "experiment.json", "--precision", "float32", "--quiet", "--nexus", name,
             *flags], self.folder)

    def imported(self, name):
        run(["dials.import", name, "output.experiments=imported.expt"], self.folder)
        return self.load("imported.expt")

    def index(self, *options):
        run(["dials.find_spots", "imported.expt", "nproc=2"], self.folder)
        log = run(["dials.index", "imported.expt", "strong.refl", *options], self.folder)
        rows = re.findall(r"^\| +\d+ \| +(\d+) \| +(\d+) \| +([\d.]+)% +\|$", log.rsplit("% indexed", 1)[-1],
                          flags=re.MULTILINE)
        indexed, unindexed = sum(int(row[0]) for row in rows), sum(int(row[1]) for row in rows)
        assert rows, log[-3000:]
        return self.load("indexed.expt"), indexed / (indexed + unindexed), indexed

    def check_geometry(self, document, expt):
        """Panels, wavelength, beam and axis at import, to 1e-6."""
        panels = expt["detector"][0]["panels"]
        expected = document["detector"]["panels"]
        assert len(panels) == len(expected), len(panels)
        origins = [origin_of(panel, expt["detector"][0]) for panel in panels]
        for panel, origin, want in zip(panels, origins, expected):
            near(origin, [1000 * x for x in want["origin_m"]], 1e-6, "origin")
            near(panel["fast_axis"] if len(panels) == 1 else turned(panel["fast_axis"], expt), want["fast"], 1e-6, "fast")
            near(panel["slow_axis"] if len(panels) == 1 else turned(panel["slow_axis"], expt), want["slow"], 1e-6, "slow")
            near(panel["pixel_size"], [PIXEL, PIXEL], 1e-9, "pixel size")
            assert panel["image_size"] == [want["pixels_fast"], want["pixels_slow"]], panel["image_size"]
            assert panel["trusted_range"] == [-1, 1000000], panel["trusted_range"]  # dxtbx's is open below
        near([expt["beam"][0]["wavelength"]], [WAVELENGTH], 1e-9, "wavelength")
        near(expt["beam"][0]["direction"], [0, 0, 1], 1e-9, "direction")

    def check_cell(self, expt):
        """The worst edge in per cent, of the cell with edges in order."""
        crystal = expt["crystal"][0]
        edges = sorted(math.sqrt(sum(x * x for x in crystal[name]))
                       for name in ("real_space_a", "real_space_b", "real_space_c"))
        worst = max(abs(edge / want - 1) for edge, want in zip(edges, sorted(CELL[:3])))
        assert worst < 1e-3, edges
        return 100 * worst

    def sweep(self):
        document = experiment()
        self.make("sweep.nxs", document)
        expt = self.imported("sweep.nxs")
        assert len(expt["scan"]) == 1 and expt["scan"][0]["image_range"] == [1, 30], expt["scan"]
        near(expt["scan"][0]["oscillation"], [0, 1], 1e-9, "oscillation")
        near(expt["goniometer"][0]["rotation_axis"], [1, 0, 0], 1e-9, "axis")
        self.check_geometry(document, expt)
        self.check_pixels("sweep.nxs")
        indexed, share, spots = self.index()
        distance = -origin_of(indexed["detector"][0]["panels"][0], indexed["detector"][0])[2]
        worst = self.check_cell(indexed)
        assert share >= 0.97, share
        assert abs(distance - DISTANCE) < 0.05, distance
        print(f"sweep: {spots} spots indexed, {100 * share:.1f} %, worst edge {worst:.3f} %, distance {distance:.3f} mm")
        self.check_labels()

    def check_labels(self):
        """Most spots of the manifest are near a spot that DIALS found."""
        script = ("import sys, json; from dials.array_family import flex\n"
                  "table = flex.reflection_table.from_file('indexed.refl')\n"
                  "print(json.dumps([list(x) + list(h) for x, h in zip(table['xyzobs.px.value'], table['miller_index'])]))")
        found = json.loads(run([dials_python(), "-c", script], self.folder).splitlines()[-1])
        labels = {}
        for line in self.truth("sweep.nxs"):
            for h, k, l, _panel, fast, slow, photons, _pixels in line["spots"]:
                labels.setdefault(line["slot"], []).append((fast, slow, photons))
        near_one = sum(any(math.hypot(x - fast, y - slow) < 1.5
                           for image in range(max(0, int(z) - 1), int(z) + 2)
                           for fast, slow, _ in labels.get(image, [])) for x, y, z, *_ in found)
        assert near_one > 0.97 * len(found), (near_one, len(found))
        print(f"labels: {near_one} of {len(found)} spots of DIALS have one within 1.5 pixels")

    def check_pixels(self, name):
        run([dials_python(), "-c", PIXELS, name], self.folder)

    def two_panels(self):
        document = experiment(panels=2, images=20)
        self.make("panels.nxs", document, "--gzip", "1")
        expt = self.imported("panels.nxs")
        self.check_geometry(document, expt)
        self.check_pixels("panels.nxs")
        indexed, share, spots = self.index()
        worst = self.check_cell(indexed)
        assert share >= 0.97, share
        print(f"two panels: {spots} spots indexed, {100 * share:.1f} %, worst edge {worst:.3f} %")

    def sensor(self):
        """A sensor with depth: DIALS corrects for most of it."""
        # Photons of a layer are at its front: layers must be thin for the depth that DIALS computes. That is 0.134 mm
        # everywhere, because photons that are not absorbed count as absorbed at the surface; the mean of those absorbed
        # is 0.162 mm straight ahead and 0.146 mm at 40 degrees, of which 20 layers take off half a layer. Distance and
        # cell, refined together, make 0.02 mm of the difference (a fit to these depths, and the difference of two runs
        # with and without the sensor). The rest of the bound is chance: pixels of one sample each, or a perfect
        # crystal, have so coarse centroids that it would be 0.05 mm.
        document = experiment(sensor={"thickness_m": 0.45e-3, "attenuation_length_m": 0.01 / MU_PER_CM, "layers": 20})
        document["detector"]["oversample"] = 3
        self.make("sensor.nxs", document, "--intensity-cut", "1e-9")
        expt = self.imported("sensor.nxs")
        panel = expt["detector"][0]["panels"][0]
        assert panel["material"] == "Si" and abs(panel["thickness"] - 0.45) < 1e-9, panel
        assert abs(panel["mu"] - MU_PER_CM / 10) < 1e-3 * panel["mu"], panel["mu"]
        indexed, share, _ = self.index()
        distance = -origin_of(indexed["detector"][0]["panels"][0], indexed["detector"][0])[2]
        self.check_cell(indexed)
        assert share >= 0.97, share
        assert abs(distance - DISTANCE) < 0.05, distance
        print(f"sensor: {100 * share:.1f} % indexed, distance {distance:.3f} mm")

    def stills(self):
        document = experiment()
        del document["scan"]
        # A larger cell, so that a still has enough spots.
        cell = [55, 65, 75, 85, 95, 100]
        names = ("a_A", "b_A", "c_A", "alpha_rad", "beta_rad", "gamma_rad")
        document["crystal"]["cell"] = {name: x if name[-1] == "A" else math.radians(x) for name, x in zip(names, cell)}
        document["crystal"]["mosaicity"] = {"normal_spread_rad": [0.002], "domains": 20}
        document["crystal"]["cells"] = [12, 12, 12]
        wavelengths = [0.97, 0.98, 0.99, 1.0, 1.01, 1.02]
        with open(self.path("list"), "w", encoding="utf-8") as file:
            for i, wavelength in enumerate(wavelengths):
                file.write(json.dumps({"misset_seed": i + 1, "wavelength_A": wavelength}) + "\n")
        self.make("stills.nxs", document, "--images", "list")
        expt = self.imported("stills.nxs")
        seen = sorted(expt["beam"][experiment_["beam"]]["wavelength"] for experiment_ in expt["experiment"])
        near(seen, wavelengths, 1e-9, "wavelengths")
        self.check_pixels("stills.nxs")
        cell = ",".join(map(str, cell))
        # (The indexer for stills of Debian's package lacks a module. The other one takes each still for itself; one still
        # has too few spots to refine the geometry, too, which is exact.)
        indexed, share, spots = self.index("stills.indexer=sequences", "indexing.method=fft1d", f"unit_cell={cell}",
                                           "space_group=P1", "joint_indexing=False", "detector.fix=all", "beam.fix=all")
        assert share >= 0.97, share
        assert len(indexed["crystal"]) >= 5, len(indexed["crystal"])
        print(f"stills: {len(indexed['crystal'])} of 6 indexed, {spots} spots, {100 * share:.1f} %")
        # All stills of that list together are images again, with their wavelengths and the crystals that were found.
        run([self.render, "--expt", "indexed.expt", "-hkl", "p1.hkl", "-N", "12", "-fluence", "3e27", "--shape", "gauss",
             "-mosaic", "0.2", "-mosaic_dom", "20", "--precision", "float32", "--quiet", "--nexus", "again.nxs"], self.folder)
        again = self.truth("again.nxs")
        beams = [indexed["beam"][one["beam"]]["wavelength"] for one in indexed["experiment"]]
        near([line["wavelength_A"] for line in again], beams, 1e-9, "wavelengths of all stills")
        assert all(len(line["spots"]) >= 5 for line in again), [len(line["spots"]) for line in again]


def origin_of(panel, detector):
    """The origin of a panel in the laboratory: in a hierarchy of one level it is counted from the group."""
    origin = list(panel["origin"])
    number = detector["panels"].index(panel)
    for group in detector.get("hierarchy", {}).get("children", []):
        if any(child.get("panel") == number for child in group.get("children", [])):
            fast, slow = group["fast_axis"], group["slow_axis"]
            normal = cross(fast, slow)
            return [o + origin[0] * f + origin[1] * s + origin[2] * n
                    for o, f, s, n in zip(group["origin"], fast, slow, normal)]
    return origin


def turned(axis, expt):
    group = expt["detector"][0]["hierarchy"]["children"][0]
    normal = cross(group["fast_axis"], group["slow_axis"])
    return [axis[0] * f + axis[1] * s + axis[2] * n
            for f, s, n in zip(group["fast_axis"], group["slow_axis"], normal)]


def cross(u, v):
    return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]


def near(values, expected, tolerance, what):
    assert len(values) == len(expected), (what, values, expected)
    for value, want in zip(values, expected):
        assert abs(value - want) <= tolerance * max(1, abs(want)), (what, values, expected)


def main():
    render = os.path.abspath(sys.argv[1])
    if not shutil.which("dials.import") or not dials_python():
        print("skipped: DIALS is not installed (Debian: dials)")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        probe = subprocess.run([render, "-default_F", "1", "-cell", "50", "50", "50", "-detpixels", "8", "--quiet",
                                "--nexus", "probe.nxs"], cwd=folder, capture_output=True)
        if probe.returncode == 2:
            print("skipped: this nbk-render was built without HDF5")
            return SKIPPED
        checks = Checks(render, folder)
        for check in sys.argv[2:] or ["sweep", "two_panels", "sensor", "stills"]:
            getattr(checks, check)()
    return 0


if __name__ == "__main__":
    sys.exit(main())
