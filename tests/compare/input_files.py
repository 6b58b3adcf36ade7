# SPDX-License-Identifier: MIT
"""Random files that a flag line can name: structure factors, their cache, matrix, sources, mask, image header."""

import math
import struct


def rotation(rng):
    """A random rotation, as three rows."""
    x, y, z, w = (rng.gauss(0, 1) for _ in range(4))
    n = math.sqrt(x * x + y * y + z * z + w * w)
    x, y, z, w = x / n, y / n, z / n, w / n
    return ((1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)),
            (2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)),
            (2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)))


def matrix(rng, wavelength):
    """A MOSFLM matrix (reciprocal vectors times wavelength, one per column); one in eight is left-handed."""
    a, b, c = (1 / rng.uniform(30, 90) for _ in range(3))
    hand = -1 if rng.random() < 0.125 else 1
    skewed = ((hand * a, rng.uniform(-0.3, 0.3) * b, rng.uniform(-0.3, 0.3) * c), (0, b, rng.uniform(-0.3, 0.3) * c),
              (0, 0, c))
    rows = [[sum(r[k] * skewed[k][j] for k in range(3)) * wavelength for j in range(3)] for r in rotation(rng)]
    return "".join(" ".join("%11.8f" % v for v in row) + "\n" for row in rows).encode()


def index_ranges(rng):
    """Lowest and highest h, k and l of a table: around the beam, sometimes off it, sometimes a plane."""
    ranges = []
    for _ in range(3):
        middle = rng.choice((0, 0, 0, 2, -3))
        half = rng.choice((0, 2, 4, 6, 6, 9))
        ranges.append((middle - half, middle + half))
    return ranges


def reflections(rng):
    """A text list with holes; some reflections twice, some amplitudes negative or 0."""
    share = rng.choice((1, 1, 0.7, 0.2))
    (h0, h1), (k0, k1), (l0, l1) = index_ranges(rng)
    lines = ["%d %d %d %g" % (h, k, l, rng.choice((1, 1, 1, -1)) * rng.uniform(0, 200))
             for h in range(h0, h1 + 1) for k in range(k0, k1 + 1) for l in range(l0, l1 + 1) if rng.random() < share]
    lines = lines or ["1 2 3 50"]
    lines += rng.sample(lines, min(3, len(lines)))
    rng.shuffle(lines)
    return ("\n".join(lines) + "\n").encode()


def cache(rng):
    """A table as the C program keeps it. Whole numbers: no amplitude begins with a byte that is white space."""
    ranges = index_ranges(rng)
    counts = [high - low + 2 for low, high in ranges]
    header = "%d %d %d %d %d %d\n\f" % tuple(bound for bounds in ranges for bound in bounds)
    numbers = []
    for h in range(counts[0]):
        for k in range(counts[1]):
            for l in range(counts[2]):
                beyond = h == counts[0] - 1 or k == counts[1] - 1 or l == counts[2] - 1
                numbers.append(0 if beyond else rng.randrange(200))
    return header.encode() + struct.pack("=%dd" % len(numbers), *numbers)


def sources(rng, axis, wavelength):
    """(text, number) of rays that come from about -axis; some lines end early and leave the rest to the defaults."""
    lines = []
    for _ in range(rng.randint(1, 4)):
        place = [-10 * v + rng.uniform(-0.1, 0.1) for v in axis]
        words = ["%g" % v for v in (*place, rng.uniform(0, 2), wavelength * rng.uniform(0.97e-10, 1.03e-10))]
        lines.append(rng.choice((" ", "  ", "\t", " , ")).join(words[:rng.choice((5, 5, 5, 4, 3))]))
    return ("\n".join(lines) + "\n").encode(), len(lines)


def smv(rng, fast, slow, pixel_mm, keys):
    """An SMV image with these further header keys; a fifth of its pixels is 0."""
    lines = ["{", "HEADER_BYTES=512;", "DIM=2;", "BYTE_ORDER=little_endian;", "TYPE=unsigned_short;",
             "SIZE1=%d;" % fast, "SIZE2=%d;" % slow, "PIXEL_SIZE=%g;" % pixel_mm]
    lines += ["%s=%g;" % item for item in keys.items()]
    header = ("\n".join(lines) + "\n}\f").encode().ljust(512)
    pixels = [0 if rng.random() < 0.2 else rng.randint(1, 999) for _ in range(fast * slow)]
    return header + struct.pack("<%dH" % len(pixels), *pixels)
