# SPDX-License-Identifier: MIT
"""check_folders.py REPOSITORY: files include what docs/architecture.md says, and no header is long.

The page has the order of the folders of include/nbk, then that of the rooms of bench, as `a <- b <- {c, d} <- e`: a
file includes its own folder and those to the left of it. Folders in braces do not know each other. What stands outside
of the library's order, io, is included by none of its folders, and uses those named in its row of the page's table.
"""
import re
import sys
from pathlib import Path

MOST_LINES = 300


def allowed_by(order):
    """For each folder of `a <- {b, c}` the set of those that its files may include."""
    allowed, left = {}, set()
    for step in order.split(" <- "):
        folders = re.findall(r"\w+", step)
        for folder in folders:
            allowed[folder] = left | {folder}
        left = left | set(folders)
    return allowed


def library_folders(page, order):
    allowed = allowed_by(order)
    allowed["model"] = {"model", "core"}  # as the sentence after the order says
    for folder, text in re.findall(r"^\| `(\w+)/` \| (.*) \|$", page, flags=re.MULTILINE):
        if folder not in allowed:
            uses = re.search(r"Uses (.*), is used", text).group(1)
            allowed[folder] = {folder, "core"} | set(re.findall(r"`(\w+)`", uses))
    return allowed


def problems_of_library(repository, allowed):
    root = repository / "include/nbk"
    headers = sorted(root.glob("*/**/*.hpp"))
    seen = {}
    if not headers:
        yield "no headers"
    for header in headers:
        path = header.relative_to(root)
        folder, name = path.parts[0], str(path)
        text = header.read_text()
        if folder not in allowed:
            yield f"{name}: docs/architecture.md does not place this folder"
            continue
        for other in re.findall(r'^#include "nbk/(\w+)/', text, flags=re.MULTILINE):
            if other not in allowed[folder]:
                yield f"{name} includes {other}/, which comes later"
        if text.count("\n") > MOST_LINES:
            yield f"{name} has more than {MOST_LINES} lines"
        if header.name in seen:
            yield f"{name}: {seen[header.name]} has the same file name"
        seen[header.name] = name


def problems_of_bench(repository, allowed):
    root = repository / "bench"
    files = sorted(root.glob("*/*.hpp")) + sorted(root.glob("*/*.cpp"))
    if not files:
        yield "no files in bench"
    for file in files:
        room, name, text = file.parent.name, f"bench/{file.relative_to(root)}", file.read_text()
        if room not in allowed:
            yield f"{name}: docs/architecture.md does not place this room"
            continue
        for other in re.findall(r'^#include "bench/(\w+)/', text, flags=re.MULTILINE):
            if other not in allowed[room]:
                yield f"{name} includes bench/{other}/, which comes later"
        if text.count("\n") > MOST_LINES:
            yield f"{name} has more than {MOST_LINES} lines"


def problems_of(repository):
    page = (repository / "docs/architecture.md").read_text()
    library, bench = re.findall(r"`([\w{][^`]* <- [^`]*)`", page)[:2]
    yield from problems_of_library(repository, library_folders(page, library))
    yield from problems_of_bench(repository, allowed_by(bench))


def main():
    problems = list(problems_of(Path(sys.argv[1])))
    print("\n".join(problems) or "all files are where they belong")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
