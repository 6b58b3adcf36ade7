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


def problems_of_file(name, folder, text, allowed, tree):
    """Returns what is wrong with the place or the length of a file; `tree` begins its includes, "nbk" or "bench"."""
    if folder not in allowed:
        return [f"{name}: docs/architecture.md does not place this folder"]
    others = re.findall(rf'^#include "{tree}/(\w+)/', text, flags=re.MULTILINE)
    later = [other for other in others if other not in allowed[folder]]
    problems = [f"{name} includes {tree}/{other}/, which comes later" for other in later]
    if text.count("\n") > MOST_LINES:
        problems.append(f"{name} has more than {MOST_LINES} lines")
    return problems


def problems_of_library(repository, allowed):
    root = repository / "include/nbk"
    headers = sorted(root.glob("*/**/*.hpp"))
    seen = {}
    if not headers:
        yield "no headers"
    for header in headers:
        path = header.relative_to(root)
        yield from problems_of_file(str(path), path.parts[0], header.read_text(), allowed, "nbk")
        if header.name in seen:
            yield f"{path}: {seen[header.name]} has the same file name"
        seen[header.name] = path


def problems_of_bench(repository, allowed):
    root = repository / "bench"
    files = sorted(root.glob("*/*.hpp")) + sorted(root.glob("*/*.cpp"))
    if not files:
        yield "no files in bench"
    for file in files:
        name = f"bench/{file.relative_to(root)}"
        yield from problems_of_file(name, file.parent.name, file.read_text(), allowed, "bench")


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
