# SPDX-License-Identifier: MIT
"""Draws a line of noisify at random: all flags, small float images and headers made up for them.

Left out is what the program has no answer to: a Gaussian point spread that finds its radius for less than a hundredth
of a photon, and -psf as the last word.
"""

import struct

import input_files
from drawn_line import DrawnLine

FILES = "-intfile i.img -pgmfile p.pgm -noisefile n.img".split()


class NoiseLine(DrawnLine):
    """A line of noisify."""

    def __init__(self, seed):
        super().__init__("noisify %d" % seed)
        self.fast, self.slow = self.rng.randint(3, 40), self.rng.randint(3, 40)
        parts = [self._image, self._size, self._photons, self._spread, self._detector, self._header]
        self._draw(parts)
        if not self.chance(0.15):
            self._groups.append(FILES[:])
        self._finish(seed)

    def _image(self):
        level = 10 ** self.between(-1, 3.5)
        pixels = [level * self.between(0.5, 1.5) for _ in range(self.fast * self.slow)]
        for _ in range(self.rng.choice((0, 1, 4))):
            pixels[self.rng.randrange(len(pixels))] = self.rng.choice((0, 10, 1000, 2e5, 3e6)) * self.between(0.5, 1)
        if self.chance(0.1):
            pixels[self.rng.randrange(len(pixels))] = -self.between(0, 5)
        if self.chance(0.03):
            pixels[self.rng.randrange(len(pixels))] = self.rng.choice((1e12, float("nan")))
        name = self.rng.choice(("image.bin", "floatimage.bin"))
        self.files[name] = struct.pack("=%df" % len(pixels), *pixels)
        if name == "floatimage.bin" and self.chance(0.5):
            self._groups.append([name])
        else:
            self.add("floatfile floatimage bin", name)

    def _size(self):
        how = self.rng.randrange(6)
        if how == 0:
            keys = {"DISTANCE": self.between(50, 300), "BEAM_CENTER_X": self.between(1, 9), "WAVELENGTH": 1.1,
                    "BEAM_CENTER_Y": self.between(1, 9), "PHI": self.between(-5, 5)}
            self.files["frame.img"] = input_files.smv(self.rng, self.fast, self.slow, self.between(0.05, 0.2), keys)
            self.add("header", "frame.img")
        elif how == 1:
            self.add("detpixels_x", self.fast)
        elif how == 2:
            self.add("detpixels_y", self.slow)
        elif how != 3:
            self.add("detpixels_x", self.fast)
            self.add("detpixels_y", self.slow)
        self.maybe(0.1, "detsize detsize_x detsize_y", self.between(1, 300))
        self.maybe(0.6, "pixel", self.between(0.03, 0.3))

    def _photons(self):
        self.add("seed", self.rng.randint(1, 10**6))
        self.maybe(0.5, "calib_seed", self.rng.choice((0, self.rng.randint(1, 10**6), -5)))
        self.maybe(0.4, "flicker", self.rng.choice((0, self.between(0, 0.3))))
        self.maybe(0.6, "calibration", self.rng.choice((0, 0, self.between(0, 0.3))))
        self.maybe(0.3, "scale", 10 ** self.between(-1, 1))
        self.maybe(0.1, "fluence", 10 ** self.between(28.5, 29.5))
        self.maybe(0.1, "nonoise")
        self.maybe(0.05, "badpix_seed hotpix_seed", 3)

    def _spread(self):
        kind = self.rng.choice(("gauss", "fiber", "", ""))
        if kind:
            self.add("psf", kind)
        self.maybe(0.7 if kind else 0.1, "psf_fwhm psf_size psf_width", self.between(10, 300))
        self.maybe(0.6 if kind else 0.1, "psf_radius psf_rad", self.rng.choice((0, 1, 3, 7, 90)))

    def _detector(self):
        self.maybe(0.4, "gain", self.between(0.2, 5))
        self.maybe(0.4, "adc", self.rng.choice((0, 10, self.between(-10, 100))))
        self.maybe(0.4, "readout_noise readnoise readout", self.between(0, 8))
        self.maybe(0.3, "bits", self.rng.choice((16, 32)))

    def _header(self):
        for name in ("Xbeam", "Ybeam"):
            self.maybe(0.2, name, self.between(0, 9))
        self.maybe(0.3, "distance", self.between(50, 300))
        self.maybe(0.3, "lambda", self.between(0.7, 2))
        self.maybe(0.2, "phi", self.between(-90, 90))
        self.maybe(0.2, "osc", self.between(0, 3))
        self.maybe(0.1, "nopgm")

    def _oddities(self):
        odd = (self._twice, self._trap, self._not_a_number, self._not_a_flag)
        for part in self.rng.sample(odd, self.rng.randint(1, 3)):
            part()

    def _twice(self):
        group = self.rng.choice([g for g in self._groups if len(g) == 2 and g[1].replace(".", "").isdigit()])
        if "detpixels" not in group[0] and "bits" not in group[0]:
            self._insert(group[0], "%.4g" % (float(group[1]) * self.between(0.7, 1.4)))

    def _trap(self):
        self._insert(*self.rng.choice((("-phisteps", 2), ("-oscillation", 3), ("-my-scale", 2), ("-x-adc", 7),
                                       ("-readnoises", 2), ("-pgmscale", 0.5), ("-seeds", 4), ("-psf", "square"),
                                       ("-pixel_size", 0.2))))

    def _not_a_number(self):
        self._insert("-" + self.rng.choice(("phi", "osc", "gain", "Xbeam", "adc", "distance", "lambda", "flicker")),
                     self.rng.choice(("1e-1x", "7abc", "+3", ".5", "2,5", "0x1p1")))

    def _not_a_flag(self):
        self._insert(self.rng.choice(("-nothing", "-", "word", "-xdistance", "-mylambda")),
                     self.rng.choice((3, 55, "-1", "word")))
