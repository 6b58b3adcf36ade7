#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Opens nbk-render's SMV images with fabio and compares pixels and geometry with what was asked for.

The grey picture and the PNG are opened with Pillow, which fabio brings along: fabio itself does not accept the comment
in the header of a grey picture, which the C program's have, too.

fabio is taken from this Python if it has it, else installed into a virtual environment of its own. Exit code 77: it
cannot be had.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import venv

SKIPPED = 77

FLAGS = ("-default_F 100 -cell 70 80 90 75 85 95 -misset 10 20 30 -lambda 1.25 -N 4 -distance 123 -detpixels_x 60 "
         "-detpixels_y 40 -pixel 0.5 -phi 3 -osc 0.5 -phisteps 2 -seed 7 -fluence 1e30").split()
EXPECTED = {"SIZE1": 60, "SIZE2": 40, "PIXEL_SIZE": 0.5, "DISTANCE": 123, "WAVELENGTH": 1.25, "PHI": 3,
            "OSC_START": 3, "OSC_RANGE": 0.5, "TWOTHETA": 0}


def python_with_fabio(folder):
    """An interpreter that can import fabio, or None and why not."""
    if subprocess.run([sys.executable, "-c", "import fabio"], capture_output=True).returncode == 0:
        return sys.executable, ""
    python = os.path.join(folder, "bin", "python")
    if os.path.exists(python) and subprocess.run([python, "-c", "import fabio"], capture_output=True).returncode == 0:
        return python, ""
    try:
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "fabio"], check=True,
                       capture_output=True, timeout=200)
    except (Exception, SystemExit) as error:  # whatever the reason (Debian's venv exits), there is no fabio
        return None, str(error)
    return python, ""


def check(render):
    """Runs with fabio. Raises AssertionError for the first thing that is wrong."""
    import fabio
    import numpy
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([render, *FLAGS, "--quiet", "--png", "image.png"], cwd=folder, check=True)
        photons = numpy.fromfile(os.path.join(folder, "floatimage.bin"), numpy.float32).reshape(40, 60)
        for name in ("intimage.img", "noiseimage.img"):
            path = os.path.join(folder, name)
            image = fabio.open(path)
            raw = numpy.fromfile(path, numpy.uint16, offset=512).reshape(40, 60)
            assert image.data.shape == (40, 60), (name, image.data.shape)
            assert (image.data == raw).all(), name + ": other pixels than in the file"
            for key, value in EXPECTED.items():
                assert float(image.header[key]) == value, (name, key, image.header[key], value)
        scaled = fabio.open(os.path.join(folder, "intimage.img")).data.astype(float) - 40
        assert numpy.corrcoef(scaled.ravel(), photons.ravel())[0, 1] > 0.9999, "the picture is another one"
        assert scaled.argmax() == photons.argmax(), "the brightest pixel is elsewhere"

        path = os.path.join(folder, "image.pgm")
        grey = numpy.asarray(Image.open(path))
        with open(path, "rb") as file:
            scale = float(file.readlines()[2].split()[-1])
        assert grey.shape == (40, 60), ("image.pgm", grey.shape)
        # The header has six digits of the scale.
        assert abs(grey - numpy.clip(photons * scale, 0, 255).astype(int)).max() <= 1, "image.pgm: other pixels"
        picture = numpy.asarray(Image.open(os.path.join(folder, "image.png")))
        assert picture.shape == (40, 60), ("image.png", picture.shape)
        assert picture.ravel()[photons.argmax()] == 0, "image.png: the brightest pixel is not black"
    print("fabio " + fabio.version + " and Pillow read what nbk-render writes")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--render", required=True)
    parser.add_argument("--environment", help="folder for a virtual environment")
    parser.add_argument("--check", action="store_true", help="fabio is there: run the test itself")
    arguments = parser.parse_args()
    if arguments.check:
        check(arguments.render)
        return 0
    python, reason = python_with_fabio(arguments.environment)
    if python is None:
        print("skipped: fabio cannot be had: " + reason)
        return SKIPPED
    return subprocess.run([python, __file__, "--check", "--render", arguments.render]).returncode


if __name__ == "__main__":
    sys.exit(main())
