# SPDX-License-Identifier: MIT
"""Draws a flag line at random: every flag that takes part in an image, small enough to be rendered at once.

Left out is what the C program has no answer to: values missing at the end of the line, a mask of another size than the
detector, comments in a source list, files that are no such file, random orientations seeded by the clock.
"""

import input_files
from drawn_line import DrawnLine

EVALUATIONS = 2_000_000  # of a lattice factor, per image
CONVENTIONS = ("mosflm", "xds", "adxv", "denzo", "dials")
AXES = {"mosflm": ((1, 0, 0), (0, 0, 1), (0, -1, 0), (1, 0, 0)), "xds": ((0, 0, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1)),
        "adxv": ((0, 0, 1), (1, 0, 0), (0, -1, 0), (0, 0, 1))}  # beam, fast, slow, normal


class FlagLine(DrawnLine):
    """A line of nanoBragg."""

    def __init__(self, seed):
        super().__init__("nbk %d" % seed)
        self._axis = AXES["mosflm"][0]
        self._detector()
        self._evaluations = EVALUATIONS // (self.fast * self.slow)
        self._beam()
        self._cell()
        self._structure_factors()
        parts = [self._size, self._orientation, self._shape, self._frame, self._rotations, self._centre, self._sensor,
                 self._window, self._rays, self._spindle, self._mosaic, self._scales, self._unused]
        self._draw(parts)  # who comes last gets what is left of the evaluations
        self._oversampling()
        self._finish(seed)

    def affords(self, factor):
        """Whether the image may take `factor` times as long; if so, it does."""
        if factor > self._evaluations:
            return False
        self._evaluations //= factor
        return True

    # the parts of a line

    def _detector(self):
        self.fast, self.slow = self.rng.randint(5, 30), self.rng.randint(5, 30)
        self.pixel, self.distance = self.between(0.3, 3), self.between(30, 150)
        how = self.rng.randrange(8)
        keys = {"DISTANCE": self.distance, "WAVELENGTH": self.between(0.8, 2), "BEAM_CENTER_X": self.between(3, 20),
                "BEAM_CENTER_Y": self.between(3, 20), "PHI": self.between(-5, 5), "OSC_RANGE": self.between(0.1, 2),
                "XDS_ORGX": self.between(2, 20), "XDS_ORGY": self.between(2, 20), "TWOTHETA": 3}
        keys = {key: value for key, value in keys.items() if self.chance(0.7)}
        if how in (0, 1):
            for name in ("mask", "img") if how == 0 and self.chance(0.3) else ("mask",) if how == 0 else ("img",):
                self.files[name + ".img"] = input_files.smv(self.rng, self.fast, self.slow, self.pixel, keys)
                self.add(name, name + ".img")
            self.maybe(0.5, "distance", self.distance)
            return
        self.add("pixel", self.pixel)
        if how == 2:
            self.add("detsize_f", self.fast * self.pixel)
            self.add("detsize_s", self.slow * self.pixel)
        elif how == 3:
            self.slow = self.fast
            self.add("detpixels", self.fast)
        elif how == 4:
            self.slow = self.fast
            self.add("detsize", self.fast * self.pixel)
        else:
            self.add("detpixels_f detpixels_x", self.fast)
            self.add("detpixels_s detpixels_y", self.slow)
        self.add("distance", self.distance)
        self.maybe(0.15, "close_distance", self.distance * self.between(0.8, 1.2))

    def _beam(self):
        self.wavelength = self.between(0.7, 3)
        if self.chance(0.8):
            self.add("lambda wave wavelength", self.wavelength)
        else:
            self.add("energy", 12398.42 / self.wavelength)
        if self.chance(0.3):
            self.add("polar", self.rng.choice((0, 1, -1, self.between(-1, 1))))
        self.maybe(0.1, "nopolar")
        self.maybe(0.3, "fluence", 10 ** self.between(24, 31))
        if self.chance(0.2):
            self.add("flux", 10 ** self.between(10, 18))
            self.maybe(0.5, "exposure", self.between(0.1, 10))
        self.maybe(0.15, "beamsize", self.between(0.01, 1))
        self.maybe(0.15, "water", self.between(1, 100))
        self.maybe(0.15, "dmin", self.between(0.8, 6))

    def _cell(self):
        self.longest = 100
        with_matrix = self.chance(0.25)
        if with_matrix:
            self.files["A.mat"] = input_files.matrix(self.rng, self.wavelength)
            self.add("mat matrix", "A.mat")
        if with_matrix and self.chance(0.7):
            return
        edges = [self.between(25, 95) for _ in range(3)]
        angles = [self.rng.choice((90, 90, self.between(65, 115))) for _ in range(3)]
        self.add("cell", *(edges + angles)[:self.rng.choice((6, 6, 6, 6, 3, 1, 2, 5))])

    def _structure_factors(self):
        how = self.rng.randrange(10)
        if how < 4:
            self.add("default_F", self.between(1, 300))
        elif how < 9:
            self.files["list.hkl"] = input_files.reflections(self.rng)
            self.add("hkl", "list.hkl")
            self.maybe(0.5, "default_F", self.between(1, 100))
            self.maybe(0.1, "dump", "kept.bin")
        else:
            name = self.rng.choice(("Fdump.bin", "other.bin"))
            self.files[name] = input_files.cache(self.rng)
            if name != "Fdump.bin":
                self.add("dump", name)
            self.maybe(0.5, "default_F", self.between(1, 100))
        self.maybe(0.25, "interpolate")
        self.maybe(0.2, "nointerpolate")

    def _size(self):
        if self.chance(0.2):
            micrometres = "samplesize sample_size xtalsize xtal_size", "sample_thick sample_x xtal_thick xtal_x", \
                "sample_width sample_y xtal_width xtal_y width", "sample_height sample_z xtal_height xtal_z height"
            for names in self.rng.sample(micrometres, self.rng.randint(1, 3)):
                self.add(names, self.between(2e-6, 5e-5))
        if self.chance(0.6):
            self.add("N", self.rng.choice((0, 1, 2, 3, 5, 8, 13)))
        if self.chance(0.5):
            for name in ("Na", "Nb", "Nc"):
                self.maybe(0.8, name, self.rng.randint(1, 9))

    def _orientation(self):
        if self.chance(0.4):
            self.add("misset", *(self.between(-180, 180) for _ in range(3)))
        elif self.chance(0.3):
            self._groups.append(["-misset_seed", str(self.rng.randint(1, 10**6)), "-misset", "random"])
        self.maybe(0.05, "misset_seed", self.rng.randint(1, 90))

    def _shape(self):
        self.maybe(0.15, "square_xtal")
        self.maybe(0.2, "round_xtal")
        self.maybe(0.15, "gauss_xtal")
        self.maybe(0.15, "tophat_spots binary_spots")
        self.maybe(0.3, "fudge", self.between(0.3, 3))

    def _frame(self):
        if self.chance(0.5):
            name = self.rng.choice(CONVENTIONS)
            self._axis = AXES[name if name in AXES else "mosflm" if name == "denzo" else "xds"][0]
            self.add(name)
            self.maybe(0.1, self.rng.choice(CONVENTIONS))
        if not self.chance(0.3):
            return
        whole = self.chance(0.5)
        axes = AXES[self.rng.choice(tuple(AXES)) if whole else "mosflm"]
        for name, axis in zip(("beam_vector", "fdet_vector", "sdet_vector", "odet_vector"), axes):
            if whole or self.chance(0.3):
                length = self.rng.choice((1, 1, self.between(0.5, 2)))
                self.add(name, *(length * (v + self.between(-0.1, 0.1)) for v in axis))
        for name in ("polar_vector", "spindle_axis", "twotheta_axis"):
            if self.chance(0.3):
                self.add(name, *(self.rng.choice((0, 1, self.between(-1, 1))) + 0.01 for _ in range(3)))
        self.maybe(0.1, "pix0_vector", 0.1, 0.01, -0.02)

    def _rotations(self):
        for name in ("detector_rotx", "detector_roty", "detector_rotz"):
            self.maybe(0.2, name, self.between(-15, 15))
        self.maybe(0.2, "twotheta", self.between(-40, 60))
        self.maybe(0.1, "pivot", self.rng.choice(("sample", "beam")))
        self.maybe(0.07, "curved_det")
        self.maybe(0.1, "point_pixel")

    def _centre(self):
        for names in (("Xbeam", "Ybeam"), ("Xclose", "Yclose")):
            for name, pixels in zip(names, (self.fast, self.slow)):
                self.maybe(0.25, name, self.between(0, pixels * self.pixel))
        self.maybe(0.2, "ORGX", self.between(0, self.fast))
        self.maybe(0.2, "ORGY", self.between(0, self.slow))

    def _sensor(self):
        if not self.chance(0.25):
            return
        layers = self.rng.randint(1, 4)
        if not self.affords(max(layers, 2)):
            return
        self.maybe(0.9, "detector_thick", self.between(50, 900))
        self.maybe(0.8, "detector_abs detector_absorb", self.rng.choice(("inf", "0") + (self.between(100, 2000),) * 6))
        self.maybe(0.7, "detector_thicksteps thicksteps", layers)
        self.maybe(0.2, "oversample_thick")

    def _window(self):
        if self.chance(0.2):
            f0, s0 = self.rng.randrange(self.fast), self.rng.randrange(self.slow)
            self.add("roi", f0, f0 + self.rng.randrange(self.fast), s0, s0 + self.rng.randrange(self.slow))

    def _rays(self):
        if self.chance(0.15):
            text, number = input_files.sources(self.rng, self._axis, self.wavelength)
            if self.affords(number):
                self.files["sources.txt"] = text
                self.add("sourcefile", "sources.txt")
        if self.chance(0.3):
            self._divergence()
        if self.chance(0.2) and self.affords(4):
            self.maybe(0.9, "dispersion", self.between(0.1, 5))
            self.maybe(0.7, "dispsteps", self.rng.randint(1, 4))

    def _divergence(self):
        # Up to five of each; a count alone, or a step alone, gives no more.
        if not self.affords(25):
            return
        step = self.between(0.5, 5)
        both = self.chance(0.3)
        if both:
            self.add("divergence", step * self.between(0.5, 4.9))
        for axis in "hv":
            if not both:
                self.maybe(0.7, axis + "divrange", step * self.between(0.5, 4.9))
            self.maybe(0.3, axis + "divstep", step)
            self.maybe(0.4, axis + "divsteps", self.rng.randint(1, 5))
        self.maybe(0.15, "divsteps", self.rng.randint(1, 5))
        self.maybe(0.3, "square_div round_div")

    def _spindle(self):
        if self.chance(0.35):
            self.add("phi", self.rng.choice((0, self.between(-90, 90))))
        if self.chance(0.35) and self.affords(6):
            step = self.between(0.1, 2)
            self.maybe(0.8, "osc", self.rng.choice((step * self.between(1, 5.9),) * 12 + (0,)))
            self.maybe(0.2, "phistep", step)
            self.maybe(0.6, "phisteps", self.rng.randint(0, 6))

    def _mosaic(self):
        if self.chance(0.25) and self.affords(10):
            self.maybe(0.9, "mosaic mosaicity mosaic_spread", self.between(0.05, 3))
            self.maybe(0.7, "mosaic_dom mosaic_domains", self.rng.randint(0, 8))
            self.maybe(0.4, "mosaic_seed", self.rng.randint(-1000, 10**6))

    def _scales(self):
        self.add("seed", self.rng.randint(1, 10**6))
        self.maybe(0.2, "adc adcoffset", self.rng.choice((0, 10, self.between(0, 100))))
        self.maybe(0.15, "scale", 10 ** self.between(-4, 2))
        self.maybe(0.15, "pgmscale", 10 ** self.between(-4, 2))
        self.maybe(0.1, "nonoise")
        self.maybe(0.1, "nopgm")

    def _unused(self):
        self.maybe(0.05, "density", 1.3)
        self.maybe(0.05, "MW", 14000)
        self.maybe(0.05, "coherent")
        self.maybe(0.05, "printout_pixel", self.rng.randrange(self.fast), self.rng.randrange(self.slow))
        if self.chance(0.05):
            self.files["glass.stol"] = b"0 2.6\n0.1 2.5\n0.2 2.4\n0.3 2\n0.5 1\n"
            self.add("stol 4stol Q", "glass.stol")

    def _oversampling(self):
        # What the programs choose by themselves grows with the crystal: at most this, for 13 cells of 100 A.
        automatic = 1 + int(3 * 13 * self.longest * self.pixel / (self.wavelength * self.distance))
        if not (self.chance(0.2) and self.affords(automatic ** 2)):
            wanted = self.rng.choice((1, 1, 2, 3))
            self.add("oversample", wanted if self.affords(wanted ** 2) else 1)
        self.maybe(0.08, "oversample_omega")
        self.maybe(0.08, "oversample_polar")

    # what nobody writes on purpose: every fourth line

    def _oddities(self):
        odd = (self._twice, self._half_outside, self._behind, self._near_or_far, self._large_crystal, self._pivots,
               self._not_a_flag, self._not_a_number, self._negative_count, self._trap)
        for part in self.rng.sample(odd, self.rng.randint(1, 3)):
            part()

    def _twice(self):
        """A flag again, with the value of another one of its kind."""
        group = self.rng.choice([g for g in self._groups if len(g) == 2 and g[1].replace(".", "").isdigit()])
        self._insert(group[0], "%.4g" % (float(group[1]) * self.between(0.7, 1.4)))

    def _half_outside(self):
        self._insert("-roi", self.rng.randint(-9, 3), self.rng.randint(4, 60), self.rng.randint(-9, 3),
                     self.rng.randint(4, 60))

    def _behind(self):
        self._insert("-" + self.rng.choice(("twotheta", "detector_rotx", "detector_roty", "detector_rotz")),
                     self.rng.choice((90, 180, -90, self.between(60, 300))))

    def _near_or_far(self):
        self._insert("-" + self.rng.choice(("distance", "close_distance")),
                     self.rng.choice((0.05, 0.9, 5, 2000, 1e5)))
        self._groups.append(["-oversample", "1"])

    def _large_crystal(self):
        self._insert("-cell", *("%.4g" % self.between(4, 9) for _ in range(3)))
        self._insert("-N", self.rng.choice((60, 200, 999)))
        self._groups.append(["-oversample", "1"])

    def _pivots(self):
        self._insert("-pivot", self.rng.choice(("sample", "beam", "samplebeam", "neither")))
        self._insert("-pix0_vector", 0.1, 0.01, -0.02)

    def _not_a_flag(self):
        words = ("-nothing", "-", "word", "-hdiv", "-detector_twotheta", "-xdistance", "-mylambda")
        self._insert(self.rng.choice(words),
                     self.rng.choice((3, 55, "-1", "word")))

    def _not_a_number(self):
        self._insert("-" + self.rng.choice(("phi", "osc", "fudge", "polar", "water", "Xbeam", "adc", "scale")),
                     self.rng.choice(("1e1x", "abc", "", "+3", ".5", "2,5")))

    def _negative_count(self):
        self._insert("-" + self.rng.choice(("oversample", "phisteps", "mosaic_dom", "hdivsteps", "dispsteps",
                                            "thicksteps", "N", "detpixels_f")), self.rng.choice((0, -1, -7)))
        self._groups.append(["-oversample", "1"])

    def _trap(self):
        self._insert("-misset_seed", self.rng.randint(1, 90))
        self._insert("-twotheta_axis", *(self.rng.choice((0, 1, -1, 15)) for _ in range(3)))
