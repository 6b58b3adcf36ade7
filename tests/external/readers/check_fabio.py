#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Opens nbk-render's SMV and mini-CBF images with fabio and compares pixels and geometry with what was asked for. The
counts of an NXmx file, where nbk-render and this Python can have them, are those of the mini-CBF.

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
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "fabio", "h5py"], check=True,
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


def check_detector_files(render):
    """Mini-CBF by fabio, and NXmx by h5py. Raises AssertionError."""
    import fabio
    import numpy

    flags = ("-default_F 300 -cell 70 80 90 -lambda 1.5 -N 4 -distance 60 -detpixels_x 487 -detpixels_y 195 -pixel 0.172 "
             "-seed 3 -fluence 3e30 -phi 3 -osc 0.5 --quiet --cbf image.cbf").split()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([render, *flags], cwd=folder, check=True)
        image = fabio.open(os.path.join(folder, "image.cbf"))
        counts = image.data
        assert counts.shape == (195, 487), counts.shape
        photons = numpy.fromfile(os.path.join(folder, "floatimage.bin"), numpy.float32).reshape(195, 487)
        deviation = (counts - photons) / numpy.sqrt(numpy.maximum(photons, 1))
        assert counts.max() > 40000, "no pixel needs more than 16 bits"
        assert abs(deviation).max() < 7 and abs(deviation.mean()) < 0.05, "the counts are not those of the image"
        header = image.header["_array_data.header_contents"]
        for line in ("# Detector: PILATUS 100K", "# Wavelength 1.5 A", "# Detector_distance 0.06 m", "# Start_angle 3 deg."):
            assert line in header, header
        try:
            import h5py
        except ImportError:
            print("no h5py here: NXmx is not looked at")
            return
        done = subprocess.run([render, *flags, "--nexus", "image.nxs"], cwd=folder, capture_output=True)
        if done.returncode == 2:
            print("this nbk-render has no HDF5: NXmx is not looked at")
            return
        with h5py.File(os.path.join(folder, "image.nxs")) as file:
            assert (file["/entry/data/data"][0] == counts).all(), "NXmx has other counts than the mini-CBF"
            assert file["/entry/definition"][()] == b"NXmx"
        for more in ("--gzip 1", "--pixels photons", "--pixels photons --gzip 6", "--pixels counts16 -nonoise"):
            subprocess.run([render, *flags, "--nexus", "image.nxs", *more.split()], cwd=folder, check=True)
            with h5py.File(os.path.join(folder, "image.nxs")) as file:
                pixels = file["/entry/data/data"][0]
            expected = counts if "photons" not in more and "nonoise" not in more else photons
            expected = numpy.clip(numpy.rint(photons), 0, 65535) if "counts16" in more else expected
            assert (pixels == expected).all(), more
    print("fabio and h5py read the same pixels of mini-CBF and NXmx")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--render", required=True)
    parser.add_argument("--environment", help="folder for a virtual environment")
    parser.add_argument("--check", action="store_true", help="fabio is there: run the test itself")
    arguments = parser.parse_args()
    if arguments.check:
        check(arguments.render)
        check_detector_files(arguments.render)
        return 0
    python, reason = python_with_fabio(arguments.environment)
    if python is None:
        print("skipped: fabio cannot be had: " + reason)
        return SKIPPED
    return subprocess.run([python, __file__, "--check", "--render", arguments.render]).returncode


if __name__ == "__main__":
    sys.exit(main())
