#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Goes round with DIALS: a sweep from nbk-render is imported, indexed and refined, nbk-render simulates refined.expt
again, and the spots of these images are indexed by the orientation that was put in.

    check_sweep.py NBK_RENDER

The crystal is triclinic with made-up structure factors; or it is a measured one, if NBK_REAL_DATA names its folder.
Checked are the share of indexed spots (97 %), the cell (0.1 %), orientation (0.05 degrees), distance (0.05 mm), and how
far spots are from where refinement has them (0.3 pixels). Exit code 77 where there is no DIALS.
"""
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile

import dials_python

CELL = (26.75, 31.31, 33.67, 88.69, 71.53, 68.14)
IMAGES = 20
# The mean of ten domains is off by a third of their spread or less, and twice so in a sweep that is simulated from what
# was found in another: the spread is small against the bound of the orientation.
# Gaussian spots have no side lobes, which DIALS finds about the strongest spots and cannot index.
CRYSTAL = "--policy corrected -N 20 -gauss_xtal -mosaic 0.1 -mosaic_dom 10 -water 0.5 -phisteps 20 -flux 2e18 -beamsize 0.05 -oversample 1 -nopgm"


def made_up_reflections(path):
    """Writes random amplitudes of a crystal in P1, with Friedel mates, to 1.8 Angstrom or a little further."""
    draw = random.Random(7)
    with open(path, "w") as file:
        for h in range(-15, 16):
            for k in range(-18, 19):
                for l in range(0, 20):
                    if (l, k, h) <= (0, 0, 0):
                        continue
                    # Strong to the last shell: hundreds of spots are too few for the bounds of distance and cell.
                    fall = math.exp(-3 * ((h / 26) ** 2 + (k / 31) ** 2 + (l / 33) ** 2))
                    amplitude = abs(draw.gauss(0, 300)) * fall + 1
                    file.write(f"{h} {k} {l} {amplitude:.2f}\n{-h} {-k} {-l} {amplitude:.2f}\n")


def run(folder, *words):
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def render_sweep(program, folder, start):
    """Renders the images of a sweep. `start` gives the flags of an image that say where it is."""
    for image in range(1, IMAGES + 1):
        name, flags = start(image)
        run(folder, program, "-hkl", "P1.hkl", *CRYSTAL.split(), *flags, "-seed", str(image), "-noisefile",
            f"{name}_{image:03d}.img", "--noise", "parallel", "--precision", "float32", "--quiet")


def load(folder, name):
    from dxtbx.model.experiment_list import ExperimentListFactory
    return ExperimentListFactory.from_json_file(os.path.join(folder, name), check_format=False)


def indexed(folder, name):
    """Returns the number of spots, the share that is indexed, and the median of |observed - expected|, pixels."""
    from dials.array_family import flex
    table = flex.reflection_table.from_file(os.path.join(folder, name))
    good = table.select(table.get_flags(table.flags.indexed))
    x, y, _ = good["xyzobs.px.value"].parts()
    u, v, _ = good["xyzcal.px"].parts()
    off = sorted(math.hypot(a - b, c - d) for a, b, c, d in zip(x, u, y, v))
    return len(table), len(good) / len(table), off[len(off) // 2]


def check(program):
    real = os.environ.get("NBK_REAL_DATA")
    with tempfile.TemporaryDirectory() as folder:
        if real:
            shutil.copy(os.path.join(real, "scaled.hkl"), os.path.join(folder, "P1.hkl"))
            crystal = ["-mat", os.path.join(real, "A.mat")]
        else:
            made_up_reflections(os.path.join(folder, "P1.hkl"))
            crystal = ["-cell", *map(str, CELL), "-misset", "10", "20", "30"]
        detector = "-lambda 0.9768 -distance 120 -detpixels 1024 -pixel 0.2 -osc 1".split()
        render_sweep(program, folder, lambda image: ("sweep", [*crystal, *detector, "-phi", str(image - 1)]))
        run(folder, "dials.import", "template=sweep_###.img")
        run(folder, "dials.find_spots", "imported.expt", "nproc=1")
        run(folder, "dials.index", "imported.expt", "strong.refl")
        run(folder, "dials.refine", "indexed.expt", "indexed.refl", "scan_varying=True")
        count, share, off = indexed(folder, "refined.refl")
        print(f"the sweep: {count} spots, {100 * share:.1f} % indexed, median {off:.3f} pixels off")

        render_sweep(program, folder,
                     lambda image: ("again", ["--expt", "refined.expt", "--image", str(image)]))
        again = os.path.join(folder, "again")
        os.makedirs(again)
        run(again, "dials.import", f"template={folder}/again_###.img")
        run(again, "dials.find_spots", "imported.expt", "nproc=1")
        # With a crystal in the list DIALS indexes by its orientation, and refines it.
        run(again, "dials.index", "../refined.expt", "strong.refl")
        count, share, off = indexed(again, "indexed.refl")
        truth, found = load(folder, "refined.expt")[0], load(again, "indexed.expt")[0]
        cell = [abs(a / b - 1) for a, b in zip(found.crystal.get_unit_cell().parameters(),
                                              truth.crystal.get_unit_cell().parameters())]
        from scitbx import matrix
        turn = matrix.sqr(found.crystal.get_U()) * matrix.sqr(truth.crystal.get_U()).transpose()
        angle = math.degrees(math.acos(min(1.0, (turn.trace() - 1) / 2)))
        moved = abs(found.detector[0].get_distance() - truth.detector[0].get_distance())
        print(f"from refined.expt: {count} spots, {100 * share:.1f} % indexed by its orientation, median {off:.3f} pixels "
              f"off, cell within {100 * max(cell):.3f} %, orientation within {angle:.4f} degrees, distance within "
              f"{moved:.3f} mm")
        # The twenty phi steps of an image begin at its beginning, so that it is half a step, 0.025 degrees, early.
        assert share >= 0.97 and max(cell) <= 1e-3 and off <= 0.3 and angle <= 0.05 and moved <= 0.05, "see above"
        assert count > 1000, count


def main():
    if sys.argv[1:2] == ["--here"]:
        check(*sys.argv[2:])
        return 0
    if shutil.which("dials.index") is None:
        print("skipped: no dials.index; Debian has it as `apt-get install --no-install-recommends dials`")
        return dials_python.SKIPPED
    return dials_python.run_there(__file__, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
