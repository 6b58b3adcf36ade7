# SPDX-License-Identifier: MIT
"""check_folders.py REPOSITORY: the library's headers include what docs/architecture.md says, and no header is long.

The page has the order of the folders of include/nbk as `a <- b <- {c, d} <- e`: a header includes its own folder and
those to the left of it. Folders in braces do not know each other. What stands outside of the order, io, is included by
none of them, and uses those named in its row of the page's table.
"""
import re
import sys
from pathlib import Path

MOST_LINES = 300


def allowed_folders(page):
    """For each folder the set of those that its headers may include."""
    order = re.search(r"`(\w+ <- [^`]*)`", page).group(1)
    allowed, left = {}, set()
    for step in order.split(" <- "):
        folders = re.findall(r"\w+", step)
        for folder in folders:
            allowed[folder] = left | {folder}
        left = left | set(folders)
    allowed["model"] = {"model", "core"}  # as the sentence after the order says
    for folder, text in re.findall(r"^\| `(\w+)/` \| (.*) \|$", page, flags=re.MULTILINE):
        if folder not in allowed:
            uses = re.search(r"Uses (.*), is used", text).group(1)
            allowed[folder] = {folder, "core"} | set(re.findall(r"`(\w+)`", uses))
    return allowed


def problems_of(repository):
    allowed = allowed_folders((repository / "docs/architecture.md").read_text())
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


def main():
    problems = list(problems_of(Path(sys.argv[1])))
    print("\n".join(problems) or "all headers are where they belong")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
