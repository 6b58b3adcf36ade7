#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads what nbk-render writes with dxtbx, and gives nbk-render what dxtbx writes:

    check_expt.py NBK_RENDER CORPUS

- `--save-expt` of an experiment in MOSFLM's convention loads, with the geometry that was asked for, to 1e-12.
- `--save-expt` of an experiment list that dxtbx saved (two panels in groups, kappa goniometer, orientations that change,
  stills) has the geometry of dxtbx' own objects, to 1e-12.
- Spots of an image that nbk-render made of such a list are where the models of dxtbx have them: each of the brightest
  pixels has whole indices of one of the lattices. The bound of 0.2 is what half a degree of rotation and a pixel make.

CORPUS is the folder of experiment lists. Exit code 77 where no Python has dxtbx.
"""
import array
import json
import math
import os
import subprocess
import sys
import tempfile

import dials_python

BOUND = 1e-12


def load(path):
    from dxtbx.model.experiment_list import ExperimentListFactory
    return ExperimentListFactory.from_json_file(path, check_format=False)


def render(program, folder, *flags):
    subprocess.run([program, *flags, "-nonoise", "-nopgm", "--quiet"], cwd=folder, check=True)


def difference(ours, theirs):
    """The largest difference of two sequences of numbers, as a share of the longer one."""
    ours, theirs = list(ours), list(theirs)
    assert len(ours) == len(theirs)
    scale = max(1.0, math.sqrt(sum(x * x for x in theirs)))
    return max(abs(a - b) for a, b in zip(ours, theirs)) / scale


def check_same(name, ours, theirs):
    value = difference(ours, theirs)
    assert value <= BOUND, f"{name}: {list(ours)} is not {list(theirs)}, off by {value:.1e}"


def check_convention(program):
    """An experiment by flags in MOSFLM's convention. x of dxtbx is along the spindle, z leads to the source."""
    with tempfile.TemporaryDirectory() as folder:
        # With `corrected`, because c* of the C program is not quite that of a triclinic cell.
        flags = ("-default_F 100 -cell 40 50 60 80 85 95 -misset 10 20 30 -lambda 1.25 -N 4 -distance 123 -detpixels_x 60 "
                 "-detpixels_y 40 -pixel 0.5 -Xbeam 9.75 -Ybeam 14.75 -phi 3 -osc 0.5 -phisteps 2 -polar 0.9 -adc 7 "
                 "--policy corrected -intfile image_003.img --save-expt truth.expt")
        render(program, folder, *flags.split())
        expts = load(os.path.join(folder, "truth.expt"))
    assert len(expts) == 1
    panel, = expts[0].detector
    assert panel.get_image_size() == (60, 40) and panel.get_pedestal() == 7 and panel.get_gain() == 1
    check_same("pixel size", panel.get_pixel_size(), (0.5, 0.5))
    check_same("fast axis", panel.get_fast_axis(), (1, 0, 0))
    check_same("slow axis", panel.get_slow_axis(), (0, -1, 0))
    # The beam centre of MOSFLM is half a pixel less than the distance to the panel's edges.
    check_same("origin", panel.get_origin(), (-15, 10, -123))
    check_same("beam", expts[0].beam.get_sample_to_source_direction(), (0, 0, 1))
    check_same("wavelength", [expts[0].beam.get_wavelength()], [1.25])
    check_same("polarisation", [expts[0].beam.get_polarization_fraction()], [0.95])
    check_same("normal", [abs(x) for x in expts[0].beam.get_polarization_normal()], (0, 1, 0))
    check_same("axis", expts[0].goniometer.get_rotation_axis(), (1, 0, 0))
    check_same("oscillation", expts[0].scan.get_oscillation(), (3, 0.5))
    check_same("cell", expts[0].crystal.get_unit_cell().parameters(), (40, 50, 60, 80, 85, 95))


def check_models(ours, theirs):
    """The same models in two experiments, but for the gain of integer images."""
    check_same("s0", ours.beam.get_s0(), theirs.beam.get_s0())
    check_same("polarisation", [ours.beam.get_polarization_fraction()], [theirs.beam.get_polarization_fraction()])
    assert len(ours.detector) == len(theirs.detector)
    for a, b in zip(ours.detector, theirs.detector):
        for name in ("get_origin", "get_fast_axis", "get_slow_axis", "get_pixel_size", "get_image_size",
                     "get_trusted_range"):
            check_same(name, getattr(a, name)(), getattr(b, name)())
        for name in ("get_thickness", "get_mu", "get_gain", "get_pedestal"):
            check_same(name, [getattr(a, name)()], [getattr(b, name)()])
        assert a.get_material() == b.get_material() and a.get_name() == b.get_name()
        assert sorted(a.get_mask()) == sorted(b.get_mask()), (list(a.get_mask()), list(b.get_mask()))
        assert a.get_px_mm_strategy().name() == b.get_px_mm_strategy().name()
    if theirs.goniometer is None:
        assert ours.goniometer is None and ours.scan is None
        return
    for name in ("get_rotation_axis_datum", "get_fixed_rotation", "get_setting_rotation"):
        check_same(name, getattr(ours.goniometer, name)(), getattr(theirs.goniometer, name)())


def lattices_of(expts, image):
    """The matrix A of each lattice in the middle of an image, as dxtbx has it."""
    from scitbx import matrix
    result = []
    for expt in expts:
        a_star = matrix.sqr(expt.crystal.get_A())
        if expt.crystal.num_scan_points > 0:
            i = image - expt.scan.get_image_range()[0]
            a_star = 0.5 * (matrix.sqr(expt.crystal.get_A_at_scan_point(i)) +
                            matrix.sqr(expt.crystal.get_A_at_scan_point(i + 1)))
        if expt.goniometer is not None and expt.scan is not None:
            start, width = expt.scan.get_oscillation()
            phi = start + width * (image - expt.scan.get_image_range()[0] + 0.5)
            turn = matrix.col(expt.goniometer.get_rotation_axis_datum()).axis_and_angle_as_r3_rotation_matrix(phi, deg=True)
            a_star = (matrix.sqr(expt.goniometer.get_setting_rotation()) * turn *
                      matrix.sqr(expt.goniometer.get_fixed_rotation()) * a_star)
        result.append(a_star)
    return result


def check_spots(program, corpus, name, image, flags):
    """The brightest pixels of an image have whole indices. Returns how many have been looked at, and the worst."""
    from scitbx import matrix
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(corpus, name)
        expts = load(path)
        render(program, folder, "--expt", path, "--image", str(image), "-default_F", "100", "--shape", "gauss", *flags)
        photons = array.array("f")
        with open(os.path.join(folder, "floatimage.bin"), "rb") as file:
            photons.frombytes(file.read())
    lattices = [a_star.inverse() for a_star in lattices_of(expts, image)]
    pixels = []
    begin = 0
    for panel in expts[0].detector:
        fast, slow = panel.get_image_size()
        for i in range(fast * slow):
            pixels.append((photons[begin + i], panel, i % fast, i // fast))
        begin += fast * slow
    assert begin == len(photons), "an image of another size"
    pixels.sort(key=lambda pixel: -pixel[0])
    brightest = [pixel for pixel in pixels[:100] if pixel[0] > 1e-2 * pixels[0][0]]
    s0 = matrix.col(expts[0].beam.get_s0())
    worst, used = 0.0, set()
    for _, panel, fast, slow in brightest:
        s1 = matrix.col(panel.get_pixel_lab_coord((fast + 0.5, slow + 0.5))).normalize() * s0.length()
        misses = []
        for number, a in enumerate(lattices):
            hkl = a * (s1 - s0)
            misses.append((max(abs(h - round(h)) for h in hkl), number))
        miss, number = min(misses)
        used.add(number)
        worst = max(worst, miss)
    return len(brightest), worst, len(used), len(lattices)


def check(program, corpus):
    check_convention(program)
    for name, image in (("kappa", 3), ("kappa", 6), ("stills", 1), ("properties", 2)):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(corpus, name)
            copy = path
            if name == "properties":  # the form of later versions, which DIALS 3.12 does not know
                with open(path) as file:
                    content = json.load(file)
                scan = content["scan"][0]
                # DIALS turns forwards only.
                properties = scan["properties"]
                properties["oscillation"] = [10.0, 10.5, 11.0]
                path = os.path.join(folder, "new")
                with open(path, "w") as file:
                    json.dump(content, file)
                del scan["properties"]
                scan.update(oscillation=[10.0, 0.5], exposure_time=properties["exposure_time"],
                            epochs=properties["epochs"])
                copy = os.path.join(folder, "old")
                with open(copy, "w") as file:
                    json.dump(content, file)
            render(program, folder, "--expt", path, "--image", str(image), "-default_F", "100", "-N", "5", "--save-expt",
                   "again.expt")
            ours, theirs = load(os.path.join(folder, "again.expt")), load(copy)
            check_models(ours[0], theirs[0])
            print(f"{name}, image {image}: geometry as in dxtbx")
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(corpus, "kappa")) as file:
            content = json.load(file)
        for panel in content["detector"][0]["panels"]:
            panel["image_size"] = [140, 100]
        content["scan"][0]["oscillation"] = [10.0, 1.0]
        with open(os.path.join(folder, "large"), "w") as file:
            json.dump(content, file)
        for image in (3, 6):
            count, worst, used, lattices = check_spots(program, folder, "large", image, ("-N", "40", "-oversample", "2"))
            print(f"image {image}: {count} bright pixels, {used} of {lattices} lattices, indices whole to {worst:.3f}")
            assert count >= 40 and used == lattices, (count, used)
            assert worst < 0.2, worst


def main():
    if sys.argv[1:2] == ["--here"]:
        check(*sys.argv[2:])
        return 0
    return dials_python.run_there(__file__, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
