# SPDX-License-Identifier: MIT
"""check_manifests.py FOLDER: the golden files in FOLDER (tests/golden) are those whose SHA-256 their manifests name."""
import hashlib
import json
import sys
from pathlib import Path

PARITY_FILES = 51 + 5 + 1  # images, inputs and the list of cases
NOISE_FILES = 16 + 4 + 1
MATERIAL_FILES = 17 + 6 + 1
PIPELINE_FILES = 1 + 1


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def expected_by_sums(folder, count):
    """Returns (file, SHA-256) for everything that the SHA256SUMS of a folder names."""
    sums = [line.split() for line in (folder / "SHA256SUMS").read_text().splitlines()]
    if len(sums) != count:
        raise SystemExit(f"{folder / 'SHA256SUMS'} names {len(sums)} files, not {count}")
    return [(folder / name, digest) for digest, name in sums]


def expected(folder):
    """Returns (file, SHA-256) for everything that a manifest names."""
    parity, files = folder / "parity", folder / "files"
    yield from expected_by_sums(parity, PARITY_FILES)
    yield from expected_by_sums(folder / "background/noise", NOISE_FILES)
    yield from expected_by_sums(folder / "background/materials", MATERIAL_FILES)
    yield from expected_by_sums(folder / "background/pipeline", PIPELINE_FILES)
    yield from ((parity / (case["name"] + ".f32"), case["sha256"]) for case in json.loads((parity / "cases.json").read_text()))
    yield from ((files / name, digest) for name, digest in json.loads((files / "manifest.json").read_text())["sha256"].items())


def main():
    wrong = [str(file) for file, digest in expected(Path(sys.argv[1])) if sha256(file) != digest]
    print("\n".join(f"{file}: has another SHA-256 than its manifest" for file in wrong) or "all golden files are as they were")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
