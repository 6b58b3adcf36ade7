#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of random_flags.py, random_drop_ins.py and odd_lines.py without the C programs: nbk's own stand for them, unchanged
or with something changed."""

import array
import contextlib
import io
import os
import sys
import tempfile
import unittest

import flag_lines
import images
import odd_lines
import random_drop_ins
import random_flags

RENDER = ""
DROP_INS = {}
CASES = 6


class StandIn(unittest.TestCase):
    """Whole runs, the stand-in being a script around nbk-render."""

    def compare(self, script, *options):
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "program")
            with open(program, "w") as file:
                file.write("#!/bin/sh\n" + script.replace("RENDER", "exec '%s' --quiet" % RENDER) + "\n")
            os.chmod(program, 0o700)
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                code = random_flags.main(["--program", program, "--render", RENDER, "--count", str(CASES), *options])
            return code, printed.getvalue()

    def test_the_same_program_agrees(self):
        code, printed = self.compare('RENDER "$@"')
        self.assertEqual(code, 0, printed)
        self.assertIn("%d lines: 0 different" % CASES, printed)

    def test_another_wavelength_is_different_every_time(self):
        code, printed = self.compare('RENDER "$@" -lambda 1.2345')
        self.assertEqual(code, 1)
        self.assertIn("%d lines: %d different" % (CASES, CASES), printed)
        self.assertIn("DIFFERENT --only 3: ", printed)

    def test_one_line_can_be_run_again(self):
        code, printed = self.compare('RENDER "$@" -lambda 1.2345', "--only", "3")
        self.assertEqual(code, 1)
        self.assertIn("DIFFERENT --only 3: " + " ".join(flag_lines.FlagLine(3).words), printed)
        self.assertIn("1 lines: 1 different", printed)

    def test_a_little_more_fluence_is_different(self):
        code, printed = self.compare('RENDER "$@" -flux 0 -fluence 1e30', "--only", "3")
        self.assertEqual(code, 1)
        self.assertIn("float image:", printed)

    def test_another_noise_seed_is_different(self):
        code, printed = self.compare('RENDER "$@" -seed 99', "--only", "3")
        self.assertEqual(code, 1)
        self.assertIn("noise image:", printed)

    def test_a_program_that_fails_or_writes_nothing_is_different(self):
        for script in ("exit 9", "exit 0"):
            code, printed = self.compare(script)
            self.assertEqual(code, 1)
            self.assertIn("%d lines: %d different" % (CASES, CASES), printed)

    def test_what_is_refused_is_counted_apart(self):
        code, printed = self.compare('RENDER "$@"', "--only", "412")  # a divergence grid of corners only
        self.assertEqual(code, 0, printed)
        self.assertIn("refused, the program made no image", printed)
        self.assertIn("0 different, 0 different for a known reason, 1 refused", printed)

    def test_without_a_program_it_is_skipped(self):
        self.assertEqual(random_flags.main(["--render", RENDER, "--program", ""]), random_flags.SKIPPED)


class DropIns(unittest.TestCase):
    """Whole runs of nbk-background and nbk-noise against themselves."""

    def compare(self, tool, flags, *options):
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "program")
            with open(program, "w") as file:
                file.write("#!/bin/sh\nexec '%s' \"$@\" %s\n" % (DROP_INS[tool], flags))
            os.chmod(program, 0o700)
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                code = random_drop_ins.main(["--tool", tool, "--program", program, "--ours", DROP_INS[tool], "--count",
                                             str(CASES), *options])
            return code, printed.getvalue()

    def test_the_same_program_agrees(self):
        for tool in DROP_INS:
            code, printed = self.compare(tool, "")
            self.assertEqual(code, 0, printed)
            self.assertIn("%d lines: 0 different" % CASES, printed)

    def test_another_seed_and_another_offset_are_noticed(self):
        for tool, file in (("nonBragg", "n.img"), ("noisify", "noiseimage.img")):
            for flags in ("-seed 99", "-adc 77"):
                code, printed = self.compare(tool, flags, "--only", "12")
                self.assertEqual(code, 1, printed)
                self.assertIn(file, printed)

    def test_another_grey_scale_is_noticed(self):
        code, printed = self.compare("nonBragg", "-pgmscale 3e-9", "--only", "12")
        self.assertEqual(code, 1)
        self.assertIn("grey picture: header", printed)

    def test_without_a_program_it_is_skipped(self):
        for tool in DROP_INS:
            self.assertEqual(random_drop_ins.main(["--tool", tool, "--ours", DROP_INS[tool], "--program", ""]),
                             random_flags.SKIPPED)


class Lines(unittest.TestCase):
    def test_the_same_seed_gives_the_same_line_and_files(self):
        for seed in range(50):
            one, two = flag_lines.FlagLine(seed), flag_lines.FlagLine(seed)
            self.assertEqual((one.words, one.files), (two.words, two.files))
        self.assertNotEqual(flag_lines.FlagLine(1).words, flag_lines.FlagLine(2).words)

    def test_every_part_of_the_physics_is_drawn(self):
        seen = {word for seed in range(2000) for word in flag_lines.FlagLine(seed).words}
        for flag in ("-mosflm -xds -adxv -denzo -dials -fdet_vector -sdet_vector -odet_vector -beam_vector "
                     "-polar_vector -spindle_axis -twotheta_axis -pix0_vector -Xbeam -Ybeam -Xclose -Yclose "
                     "-ORGX -ORGY -pivot -distance -close_distance -detector_rotx -detector_roty "
                     "-detector_rotz -twotheta -curved_det -point_pixel -roi -mask -img -detector_thick "
                     "-detector_abs -thicksteps -oversample -oversample_thick -oversample_polar "
                     "-oversample_omega -cell -mat -misset -misset_seed -N -Na -Nb -Nc -xtalsize -sample_x "
                     "-mosaic -mosaic_dom -mosaic_seed -square_xtal -round_xtal -gauss_xtal -tophat_spots "
                     "-binary_spots -fudge -hkl -dump -default_F -interpolate -nointerpolate -lambda -energy "
                     "-fluence -flux -exposure -beamsize -dispersion -dispsteps -divergence -hdivrange "
                     "-vdivrange -hdivstep -hdivsteps -vdivstep -vdivsteps -divsteps -round_div -square_div "
                     "-sourcefile -polar -nopolar -water -dmin -phi -osc -phistep -phisteps -pixel -detpixels "
                     "-detpixels_f -detpixels_s -detsize -detsize_f -detsize_s -adc -scale -pgmscale -nonoise "
                     "-nopgm -seed").split():
            self.assertIn(flag, seen)


class OddLines(unittest.TestCase):
    def test_the_list_is_read_with_what_is_expected_and_the_files_that_are_named(self):
        lines = odd_lines.lines()
        self.assertGreater(len(lines), 250)
        self.assertEqual({line.expected for line in lines}, {"", "refused", "error"})
        by_words = {" ".join(line.words[len(odd_lines.BASE):]): line for line in lines}
        self.assertEqual(sorted(by_words["-mask m.img -img i.img"].files), ["i.img", "m.img"])

    def test_what_goes_otherwise_than_expected_is_wrong(self):
        line = odd_lines.OddLine("refused: -roi 5 3 0 10", {})
        outcome = random_flags.Outcome(line)
        outcome.render_code, outcome.refusal = 2, "nbk-render: detector.roi.fast_min = 5"
        self.assertEqual(odd_lines.what_is_wrong(line, outcome), [])
        outcome.render_code = 0
        self.assertRegex(odd_lines.what_is_wrong(line, outcome)[0], "an image instead of refused")
        line.expected = ""
        outcome.complaints = ["float image: 1 of 400 pixels differ"]
        self.assertEqual(odd_lines.what_is_wrong(line, outcome), outcome.complaints)


class Images(unittest.TestCase):
    def setUp(self):
        self.pixels = array.array("f", [float(i % 17) for i in range(100)] + [1000.0])

    def complaints(self, changed, precision="float64"):
        return images.float_images(self.pixels.tobytes(), changed.tobytes(), images.BOUNDS[precision])[0]

    def with_pixel(self, value):
        return array.array("f", self.pixels[:50].tolist() + [value] + self.pixels[51:].tolist())

    def test_one_pixel_off_by_more_than_a_millionth_is_noticed(self):
        self.assertEqual(self.complaints(self.with_pixel(self.pixels[50] + 0.0009)), [])
        self.assertRegex(self.complaints(self.with_pixel(self.pixels[50] + 0.0011))[0], "1 of 101 pixels differ")
        self.assertEqual(self.complaints(self.with_pixel(self.pixels[50] + 0.0011), "float32"), [])

    def test_not_a_number_is_noticed_also_in_both(self):
        bad = self.with_pixel(float("nan"))
        self.assertIn("in one of them", self.complaints(bad)[0])
        self.assertTrue(images.float_images(bad.tobytes(), self.with_pixel(float("inf")).tobytes(),
                                            images.BOUNDS["float32"])[0])

    def test_flat_but_for_rounding_is_flat(self):
        flat = array.array("f", [3e11] * 9)
        for factor, expected in ((1 + 4e-7, 1), (1 + 4e-6, 0)):
            other = array.array("f", [3e11] * 8 + [3e11 * factor])
            self.assertEqual(images.correlation(flat, other), expected)

    def test_the_sign_of_nothing_is_no_difference(self):
        zeros, negative = array.array("f", [0.0] * 5), array.array("f", [-0.0] * 5)
        self.assertEqual(images.float_images(zeros.tobytes(), negative.tobytes(), images.BOUNDS["float64"]), ([], 0.0))

    def test_an_image_where_there_should_be_none_is_noticed(self):
        zeros = array.array("f", [0.0] * 101)
        self.assertTrue(images.float_images(zeros.tobytes(), self.pixels.tobytes(), images.BOUNDS["mixed"])[0])
        self.assertTrue(self.complaints(zeros, "mixed"))
        self.assertTrue(self.complaints(self.pixels[:100], "mixed"))


if __name__ == "__main__":
    RENDER, BACKGROUND, NOISE = (os.path.abspath(sys.argv.pop(1)) for _ in range(3))
    DROP_INS.update(nonBragg=BACKGROUND, noisify=NOISE)
    unittest.main()
