# SPDX-License-Identifier: MIT
"""Draws a line of nonBragg at random: all flags, small images, tables and sources made up for them.

Left out is what the program has no answer to: more than the window of an image that form factors are taken from,
pixels that are infinite, and deviations that it takes from memory it never set.
"""

import input_files
from drawn_line import DrawnLine

FILES = "-floatfile f.bin -intfile i.img -pgmfile p.pgm -noisefile n.img".split()


class BackgroundLine(DrawnLine):
    """A line of nonBragg; with `extracts` it takes form factors from an image, too."""

    def __init__(self, seed):
        super().__init__("nonBragg %d" % seed)
        self.extracts = self.chance(0.15)
        self.steps = 1
        self.wavelength = self.between(0.7, 3)
        parts = [self._panel, self._beam, self._sample, self._place, self._turns, self._rays, self._table, self._header,
                 self._scales, self._unused]
        self._draw(parts)
        if self.extracts:
            self._image()
        else:
            first = [self.rng.randint(-2, 6) for _ in range(2)]
            self.maybe(0.2, "roi", first[0], first[0] + self.rng.randint(0, 40), first[1], first[1] + self.rng.randint(0, 40))
        if not self.chance(0.15):
            self._groups.append(FILES[:])
        self._finish(seed)

    def _panel(self):
        self.fast, self.slow = self.rng.randint(4, 45), self.rng.randint(4, 45)
        self.pixel, self.distance = self.between(0.3, 3), self.between(30, 150)
        self.maybe(0.9, "pixel", self.pixel)
        how = self.rng.randrange(4)
        if how == 0:
            self.add("detpixels", self.fast)
        elif how == 1:
            self.add("detsize_x", self.fast * self.pixel)
            self.add("detsize_y", self.slow * self.pixel)
        else:
            self.add("detpixels_x detpixels_f", self.fast)
            self.add("detpixels_y detpixels_s", self.slow)
        self.maybe(0.8, "distance", self.distance)
        self.maybe(0.2, "close_distance", self.distance * self.between(0.8, 1.2))
        self.maybe(0.3, "oversample", self.rng.randint(0, 3))
        self.maybe(0.1, "point_pixel")
        self.maybe(0.05, "curved_det")

    def _beam(self):
        if self.chance(0.8):
            self.add("lambda wave wavelength", self.wavelength)
        else:
            self.add("energy", 12398.42 / self.wavelength)
        self.maybe(0.4, "polar", self.rng.choice((0, 1, -1, self.between(-1, 1))))
        self.maybe(0.1, "nopolar")
        self.maybe(0.5, "fluence", 10 ** self.between(16, 24))
        self.maybe(0.3, "flux", 10 ** self.between(8, 13))
        self.maybe(0.3, "exposure", self.between(0.01, 10))
        self.maybe(0.3, "beamsize", self.between(0.01, 1))
        for name in ("beam_vector", "polar_vector"):
            self.maybe(0.1, name, *(self.between(-0.2, 0.2) + (i == (name != "beam_vector") * 2) for i in range(3)))

    def _sample(self):
        self.maybe(0.2, "samplesize sample_size", self.between(0.01, 2))
        self.maybe(0.5, "thick thickness sample_thick sample_x", self.between(0.01, 40))
        self.maybe(0.2, "width sample_width sample_y", self.between(0.01, 2))
        self.maybe(0.2, "height sample_height sample_z", self.between(0.01, 2))
        self.maybe(0.4, "density sample_density", self.between(0.001, 2))
        self.maybe(0.15, "molecules sample_molecules", 10 ** self.between(10, 17))
        self.maybe(0.4, "MW molecular_weight", self.between(2, 20000))
        self.maybe(0.07, "Fmap")

    def _place(self):
        for names, pixels in ((("Xbeam", "Xclose"), self.rng.randint(4, 45)), (("Ybeam", "Yclose"), 30)):
            for name in names:
                self.maybe(0.25, name, self.between(0, pixels * 1.5))
        self.maybe(0.15, "ORGX", self.between(0, 40))
        self.maybe(0.15, "ORGY", self.between(0, 40))
        self.maybe(0.15, "pivot", self.rng.choice(("sample", "beam")))
        for name, axis in (("fdet_vector", (0, 0, 1)), ("sdet_vector", (0, -1, 0)), ("odet_vector", (1, 0, 0))):
            self.maybe(0.1, name, *(v + self.between(-0.1, 0.1) for v in axis))

    def _turns(self):
        for name in ("detector_rotx", "detector_roty", "detector_rotz"):
            self.maybe(0.2, name, self.between(-25, 25))
        if self.chance(0.2):
            self._groups.append(["-twotheta_axis", *(self.rng.choice("0 1 -1 0.5".split()) for _ in range(3)),
                                 "-twotheta", "%g" % self.between(-40, 60)])
        self.maybe(0.15, "twotheta", self.between(-40, 60))

    def _rays(self):
        if self.chance(0.2):
            text, _ = input_files.sources(self.rng, (1, 0, 0), self.wavelength)
            self.files["sources.txt"] = text
            self.add("sourcefile", "sources.txt")
        self.maybe(0.2, "source_distance", self.between(1, 20000))
        self.maybe(0.2, "dispersion", self.between(0.1, 8))
        self.maybe(0.15, "dispsteps", self.rng.randint(0, 4))
        self.maybe(0.1, "divergence", self.between(0.5, 30))
        self.maybe(0.1, "divsteps", self.rng.randint(0, 4))
        for axis in "hv":
            step = self.between(3, 10)
            self.maybe(0.2, axis + "divrange", step * self.between(0.5, 3.9))
            self.maybe(0.1, axis + "divstep", step)
            self.maybe(0.15, axis + "divsteps", self.rng.randint(0, 5))
        self.maybe(0.2, "square_div round_div")

    def _table(self):
        """Rows of a table: mostly rising, sometimes out of order, with words that are no numbers or rows without F."""
        rows = self.rng.choice((1, 2, 3, 5, 8, 20, 60))
        last = self.between(0.1, 1)
        places = [last * i / rows for i in range(rows)]
        if self.chance(0.15) and rows > 3:
            i = self.rng.randrange(1, rows - 1)
            places[i], places[i + 1] = places[i + 1], places[i]
        if self.chance(0.04):
            places[-1] = places[0]
        split = lambda: self.rng.choice((" ", " ", "  ", "\t", " , ", ";"))
        lines = [split().join(("%.5g" % s, "%.5g" % self.between(-0.5 if self.chance(0.03) else 0.5, 15))) for s in places]
        if self.chance(0.1):
            lines[self.rng.randrange(rows)] += split() + "7"
        if self.chance(0.05):
            lines.insert(self.rng.randrange(rows), self.rng.choice(("# water", "# 0.3 7", "", " ; ")))
        if self.chance(0.05) and rows > 1:
            i = self.rng.randrange(rows)
            lines[i] = lines[i].split(" ")[0]
        kind = self.rng.choice(("stol", "stol", "4stol", "Q"))
        self.files["table.stol"] = ("\n".join(lines) + "\n").encode()
        self.add(kind, "table.stol")

    def _header(self):
        self.maybe(0.2, "phi", self.between(-90, 90))
        self.maybe(0.2, "osc", self.between(0, 3))
        self.maybe(0.1, "phistep", self.between(0.1, 1))
        self.maybe(0.1, "phisteps", self.rng.randint(0, 5))

    def _scales(self):
        self.add("seed", self.rng.randint(1, 10**6))
        self.maybe(0.3, "adc", self.rng.choice((0, 10, self.between(0, 100))))
        self.maybe(0.2, "scale", 10 ** self.between(-4, 2))
        self.maybe(0.5, "pgmscale", 10 ** self.between(-4, 2))
        self.maybe(0.1, "nonoise")
        self.maybe(0.1, "nopgm")

    def _image(self):
        keys = {"DISTANCE": self.distance, "WAVELENGTH": self.wavelength, "BEAM_CENTER_X": self.between(3, 20),
                "CLOSE_DISTANCE": self.distance, "BEAM_CENTER_Y": self.between(3, 20), "PHI": self.between(-5, 5),
                "OSC_RANGE": self.between(0.1, 2), "ORGX": self.between(2, 20), "ORGY": self.between(2, 20)}
        keys = {key: value for key, value in keys.items() if self.chance(0.6)}
        drop = ("pixel", "detpixels", "detsize")
        self._groups = [g for g in self._groups if not any(word in g[0] for word in drop) or g[0] == "-point_pixel"]
        self.files["measured.img"] = input_files.smv(self.rng, self.fast, self.slow, self.pixel, keys)
        self.add("img", "measured.img")
        for _ in range(self.rng.randint(0, 2)):
            self.add("ignore", self.rng.randint(0, 999))
        self.maybe(0.5, "gain", self.between(0.5, 4))
        self.maybe(0.8, "stolout", "o.stol")
        self.maybe(0.1, "noreject")

    def _unused(self):
        for name, *values in (("coherent",), ("spindle_axis", 0, 1, 0), ("pix0_vector", 0.1, 0, 0), ("hkl", "P1.hkl"),
                              ("mosaic", 1), ("N", 5), ("cell", 70, 80, 90, 90, 90, 90), ("default_F", 100), ("xds",),
                              ("detector_abs", "inf"), ("noprogress",), ("progress",), ("water", 4)):
            self.maybe(0.05, name, *values)

    def _oddities(self):
        odd = (self._twice, self._trap, self._not_a_number, self._not_a_flag)
        for part in self.rng.sample(odd, self.rng.randint(1, 3)):
            part()

    def _twice(self):
        group = self.rng.choice([g for g in self._groups if len(g) == 2 and g[1].replace(".", "").isdigit()])
        self._insert(group[0], "%.4g" % (float(group[1]) * self.between(0.7, 1.4)))

    def _trap(self):
        self._insert(*self.rng.choice((("-thicksteps", 3), ("-detector_thick", 450), ("-phisteps", 2),
                                       ("-my-scale", 2), ("-x-adc", 7), ("-twotheta_axis", 0, 0, -1),
                                       ("-heights", 0.2), ("-pgmscale-x", 3), ("-waves", 1.1))))

    def _not_a_number(self):
        self._insert("-" + self.rng.choice(("phi", "osc", "polar", "Xbeam", "adc", "thick", "distance", "MW", "twotheta")),
                     self.rng.choice(("1e1x", "7abc", "+3", ".5", "2,5", "0x1p3")))

    def _not_a_flag(self):
        self._insert(self.rng.choice(("-nothing", "-", "word", "-hdiv", "-xdistance", "-mylambda")),
                     self.rng.choice((3, 55, "-1", "word")))
