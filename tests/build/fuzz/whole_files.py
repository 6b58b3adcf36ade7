# SPDX-License-Identifier: MIT
"""Finds out whether a file that nbk-render wrote is whole, by what the formats say about their own lengths."""
import json
import re


def complaint_about_smv(content):
    header = content[:4096].decode("latin-1")
    size = [int(re.search(key + r"=\s*(\d+);", header).group(1)) for key in ("HEADER_BYTES", "SIZE1", "SIZE2")]
    # A header that nbk-noise copies may say anything of the type, which is warned of.
    whole = len(content) - size[0] in (2 * size[1] * size[2], 4 * size[1] * size[2])
    return None if whole else f"{len(content)} bytes of an SMV image"


def complaint_about_hdf5(content):
    """The superblock has the end of the file."""
    version = content[8]
    if version not in (0, 1, 2, 3):
        return f"HDF5 with a superblock of version {version}"
    if version <= 1:
        place, width = 24 + (4 if version == 1 else 0), content[13]
        place += 2 * width  # behind the base address and that of the free space
    else:
        width = content[9]
        place = 12 + 2 * width  # behind the base address and the extension's
    end = int.from_bytes(content[place:place + width], "little")
    return None if end == len(content) else f"HDF5 of {end} bytes in a file of {len(content)}"


def complaint_about_cbf(content):
    size = int(re.search(rb"X-Binary-Size: *(\d+)", content).group(1))
    begin = content.index(b"\x0c\x1a\x04\xd5") + 4
    whole = content[begin + size:].endswith(b"\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n")
    return None if whole else "a mini-CBF without its end"


def complaint_about_json(content):
    """A document, or a line of its own for each image."""
    try:
        json.loads(content)
        return None
    except ValueError as error:
        complaint = f"no JSON: {error}"
    lines = content.split(b"\n")
    if lines[-1] != b"" or len(lines) < 3:
        return complaint
    try:
        for line in lines[:-1]:
            json.loads(line)
        return None
    except ValueError:
        return complaint


def complaint_about_cache(content):
    low_high = list(map(int, content.split(b"\n")[0].split()))
    cells = 1
    for low, high in zip(low_high[::2], low_high[1::2]):
        cells *= high - low + 2
    whole = len(content) == content.index(b"\f") + 1 + 8 * cells
    return None if whole else "a structure factor cache of another size"


def complaint_about_pgm(content):
    width, height = map(int, content.split(b"\n")[1].split())
    return None if content[:200].count(b"\n") >= 4 and len(content) > width * height else "a short PGM"


def complaint_about_geometry(content):
    return None if content.endswith(b"\n") and content.count(b"/corner_y") > 0 else "a geometry without its end"


def complaint_about_table(content):
    return None if content.endswith(b"\n") else "a table without the end of a line"


def complaint_about_png(content):
    return None if content.endswith(b"IEND\xaeB`\x82") else "a PNG without its end"


KINDS = [(rb"\{\nHEADER_BYTES", complaint_about_smv), (rb"\x89PNG", complaint_about_png),
         (rb"P5\n", complaint_about_pgm), (rb"\x89HDF\r\n\x1a\n", complaint_about_hdf5),
         (rb"###CBF", complaint_about_cbf), (rb"[-+.\d]+ [-+.\w]+ [-+.\w]+   [-+.\w]", complaint_about_table), (rb"; Geometry", complaint_about_geometry),
         (rb"-?\d+ -?\d+ -?\d+ -?\d+ -?\d+ -?\d+\n\f", complaint_about_cache), (rb"\s*[{\[]", complaint_about_json)]


def complaint_about(path, floats, usual_sizes):
    """Why a file that was written is not whole; None where it is.

    floats: the pixels that a float image has; None where that is not known. usual_sizes: numbers of pixels that it has
    where nothing on the line says otherwise.
    """
    with open(path, "rb") as file:
        content = file.read()
    # A float image may begin like anything.
    if len(content) in [4 * size for size in (usual_sizes if floats is None else [floats])]:
        return None
    if content == b"" and path.endswith("output.stol"):
        return None  # warned of
    for beginning, complaint in KINDS:
        if re.match(beginning, content):
            return complaint(content)
    if floats is None and len(content) % 4 == 0:
        return None
    return f"{len(content)} bytes of a float image"
