# SPDX-License-Identifier: MIT
"""What two programs wrote into two folders, and where it differs."""

import array
import math
import os
import re

CORRELATION, SUM_RATIO, WORST = range(3)
BOUNDS = {"float64": (0.999999, 1e-5, 1e-6), "float32": (0.9999, 1e-3, math.inf), "mixed": (0.9999, 1e-3, math.inf),
          "df64": (0.9999, 1e-3, math.inf)}


def read(folder, name):
    """The bytes of a file; None if there is none."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def floats(data):
    values = array.array("f")
    values.frombytes(data)
    return values


def is_finite(data):
    return all(map(math.isfinite, floats(data)))


def correlation(a, b):
    """Pearson's; 1 for an image that is flat and one that is flat but for rounding in single precision."""
    mean_a, mean_b = math.fsum(a) / len(a), math.fsum(b) / len(b)
    aa = math.fsum((x - mean_a) ** 2 for x in a)
    bb = math.fsum((y - mean_b) ** 2 for y in b)
    ab = math.fsum((x - mean_a) * (y - mean_b) for x, y in zip(a, b))
    if aa == 0 or bb == 0:
        return 1.0 if max(abs(x - y) for x, y in zip(a, b)) <= 1e-6 * max(map(abs, a)) else 0.0
    return ab / math.sqrt(aa * bb)


def float_images(theirs, ours, bounds):
    """(complaints, worst difference as a share of the brightest pixel)."""
    if len(theirs) != len(ours):
        return ["float image: %d bytes instead of %d" % (len(ours), len(theirs))], math.inf
    if theirs == ours:
        return [], 0.0
    if not is_finite(ours) or not is_finite(theirs):
        same = is_finite(ours) == is_finite(theirs)
        return ["float image: values that are not finite " + ("in both" if same else "in one of them")], math.inf
    a, b = floats(theirs), floats(ours)
    if a == b:  # 0 and -0: what nbk-render has for the dark pixels of a panel seen from behind
        return [], 0.0
    peak = max(map(abs, a))
    worst = max(range(len(a)), key=lambda i: abs(a[i] - b[i]))
    share = abs(a[worst] - b[worst]) / peak if peak > 0 else math.inf
    sums = math.fsum(a), math.fsum(b)
    off = abs(sums[1] - sums[0]) / abs(sums[0]) if sums[0] else math.inf
    r = correlation(a, b)
    if r >= bounds[CORRELATION] and off <= bounds[SUM_RATIO] and share <= bounds[WORST]:
        return [], share
    differing = sum(x != y for x, y in zip(a, b))
    return ["float image: %d of %d pixels differ, correlation %.9g, sum off by %.3g, pixel %d is %.9g instead of %.9g "
            "(%.3g of the brightest)" % (differing, len(a), r, off, worst, b[worst], a[worst], share)], share


def split_smv(data, pixels):
    """Header lines without padding, and pixels. A header may be longer than it says it is."""
    header = data[:-2 * pixels].decode("latin-1").split("}")[0]
    return header.replace("HEADER_BYTES=1024;", "HEADER_BYTES=512;").split("\n"), data[-2 * pixels:]


def smv_images(name, theirs, ours, pixels, tolerance):
    """Complaints; pixels may be off by `tolerance` counts."""
    (header, a), (our_header, b) = split_smv(theirs, pixels), split_smv(ours, pixels)
    complaints = ["%s: header says %s instead of %s" % (name, ",".join(set(our_header) - set(header)),
                                                        ",".join(set(header) - set(our_header)))]
    complaints = complaints if header != our_header else []
    a, b = array.array("H", a), array.array("H", b)
    off = [i for i in range(len(a)) if abs(a[i] - b[i]) > tolerance]
    if off:
        complaints.append("%s: %d pixels differ, the first is %d: %d instead of %d" %
                          (name, len(off), off[0], b[off[0]], a[off[0]]))
    return complaints


def is_about_the_beam(pixel, smv):
    """Whether a pixel is the one that the direct beam hits by an image's header, or next to it."""
    keys = dict(re.findall(r"(\w+)=(\S+?);", smv.decode("latin-1").split("}")[0]))
    slow, fast = divmod(pixel, int(keys["SIZE1"]))
    return all(abs(math.floor(float(keys[centre]) / float(keys["PIXEL_SIZE"])) - index) <= 1
               for centre, index in (("DENZO_Y_BEAM", fast), ("DENZO_X_BEAM", slow)))


def differ_on_the_beam_alone(their_folder, our_folder, precision):
    """Whether the float images agree but for one pixel at the direct beam."""
    theirs, ours = (bytearray(read(folder, "floatimage.bin")) for folder in (their_folder, our_folder))
    a, b = floats(theirs), floats(ours)
    worst = max(range(len(a)), key=lambda i: abs(a[i] - b[i]))
    theirs[4 * worst:4 * worst + 4] = ours[4 * worst:4 * worst + 4] = bytes(4)
    return is_about_the_beam(worst, read(their_folder, "intimage.img")) and \
        not float_images(theirs, ours, BOUNDS[precision])[0]


def grey_images(theirs, ours, photons, tolerance):
    """Complaints about two PGM pictures; where the float images differ the scale may, too, in its last digit. Pixels
    below 0 are left out: the C language does not say what they become."""
    (head, a), (our_head, b) = (data.split(b"\n255\n", 1) for data in (theirs, ours))
    scales = [float(re.search(rb"scaled by (\S+)", text).group(1)) for text in (head, our_head)]
    close = head == our_head or (tolerance and math.isclose(*scales, rel_tol=1e-5))
    complaints = [] if close else ["grey picture: header %r instead of %r" % (our_head, head)]
    off = sum(abs(x - y) > tolerance and p >= 0 for x, y, p in zip(a, b, photons)) + abs(len(a) - len(b))
    return complaints + (["grey picture: %d pixels differ" % off] if off else [])


def compare(their_folder, our_folder, precision):
    """(complaints, worst difference of the float image) of all files. In float64 the integer images and the pictures
    are the same, but for a step of one where the float images differ within their bounds; noise is the same."""
    files = [(name, read(their_folder, name), read(our_folder, name))
             for name in ("floatimage.bin", "intimage.img", "image.pgm", "noiseimage.img")]
    complaints = [name + ": written by one only" for name, theirs, ours in files if (theirs is None) != (ours is None)]
    both = {name: (theirs, ours) for name, theirs, ours in files if theirs is not None and ours is not None}
    if "floatimage.bin" not in both:
        return complaints or ["floatimage.bin: written by neither"], math.inf
    found, worst = float_images(*both["floatimage.bin"], BOUNDS[precision])
    complaints += found
    if found or precision != "float64":
        return complaints, worst
    tolerance = 1 if worst > 0 else 0
    pixels = len(both["floatimage.bin"][0]) // 4
    if "intimage.img" in both:
        complaints += smv_images("integer image", *both["intimage.img"], pixels, tolerance)
    if "noiseimage.img" in both:
        complaints += smv_images("noise image", *both["noiseimage.img"], pixels, 0)
    if "image.pgm" in both:
        complaints += grey_images(*both["image.pgm"], floats(both["floatimage.bin"][0]), tolerance)
    for name in ("Fdump.bin", "kept.bin"):
        if read(their_folder, name) != read(our_folder, name):
            complaints.append(name + ": other bytes")
    return complaints, worst
