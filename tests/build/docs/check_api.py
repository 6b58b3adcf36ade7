# SPDX-License-Identifier: MIT
"""check_api.py REPOSITORY XML: docs/api.md against the public names that doxygen found in the headers.

Every name in a code span of the page must exist, and every public name must be on the page; a member in the row of a
table, or the paragraph, that names its class.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# What a program writes itself, in examples of calls.
ARGUMENTS = {"exec", "experiment", "crystal", "image", "amplitudes", "function", "parameters", "delta", "done", "plan", "Shape"}
# Not from doxygen's pages: pack functions, whose headers are internal.
PACK_FUNCTIONS = {"fma", "sqrt", "abs", "min", "max", "floor", "exp", "select", "any"}
# Leaves of internal headers that the page may mention.
INTERNAL = {"physics", "Square", "Round", "Gauss", "Tophat", "LatticeParameters", "cells_product_sqr", "compact",
            "intensity", "lattice_slopes", "Shapes", "gauss", "square", "nbk", "io", "launch", "constants"}


def read_names(folder):
    """Names by class ("" for namespaces), and all scopes."""
    members = {}
    for file in folder.glob("*.xml"):
        for compound in ElementTree.parse(file).getroot().findall("compounddef"):
            kind, name = compound.get("kind"), compound.findtext("compoundname")
            if kind == "file":
                macros = {m.findtext("name") for m in compound.iter("memberdef") if m.get("kind") == "define"}
                members.setdefault("", set()).update(macros)
                continue
            if kind not in ("namespace", "struct", "class", "concept") or not name.startswith("nbk"):
                continue
            if compound.get("prot") == "private":
                continue
            scope = ""
            if kind != "namespace":
                scope = name.split("::")[-1].split("<")[0].strip()
                members.setdefault("", set()).add(scope)
            for member in compound.iter("memberdef"):
                leaf = re.sub(r"(?<=\w)<.*", "", member.findtext("name"))  # a specialisation has the name of its template
                if member.get("prot") != "public" or re.match(r"~|operator\W", leaf) or leaf == scope:
                    continue
                members.setdefault(scope, set()).add(leaf)
                if member.get("kind") == "enum":
                    values = {value.findtext("name") for value in member.findall("enumvalue")}
                    members.setdefault(leaf, set()).update(values)
    members[""] = {name for name in members[""] if not name.startswith("launch_")}
    return members


def spans(line):
    return re.findall(r"`([^`]+)`", line)


def words(line):
    return {word for span in spans(line) for word in re.findall(r"[A-Za-z_]\w*", span)}


def unknown(page, members, repository):
    everything = set().union(*members.values()) | ARGUMENTS | PACK_FUNCTIONS | INTERNAL
    for number, line in enumerate(page.splitlines(), 1):
        for span in spans(line):
            if "/" in span or span.startswith("#include"):
                path = re.sub(r"#include <(.*)>", r"\1", span)
                if not any((repository / root / path).exists() for root in ("", "include")):
                    yield f"line {number}: {span} is no file"
            elif re.fullmatch(r"[\w:<>]+(\([\w, ]*\))?", span) and not span.startswith(("std::", "Kokkos::")):
                for word in re.findall(r"[A-Za-z_]\w*", span.split("(")[0]):
                    if word not in everything and word not in ("float", "double", "_m", "_A") and word[0] != "_":
                        yield f"line {number}: `{span}`: the headers have no public {word}"


def missing(page, members):
    lines = page.splitlines()
    on_page = set().union(*(words(line) for line in lines))
    # The plan has a table of its own.
    begin = page.index("## The plan")
    plan = words(page[begin:page.index("| precision |", begin)].replace("\n", " "))
    for scope, names in sorted(members.items()):
        if scope and scope not in on_page:
            yield f"{scope} is not on the page"
            continue
        if scope == "Plan":
            here = plan
        elif scope:
            here = set().union(*(words(line) for line in lines if scope in words(line)))
        else:
            here = on_page
        for name in sorted(names - here):
            yield f"{scope + '::' if scope else ''}{name} is not on the page"


def main():
    repository, xml = Path(sys.argv[1]), Path(sys.argv[2])
    if not xml.is_dir():
        print("skipped: doxygen left nothing to compare with.")
        sys.exit(77)
    page = (repository / "docs/api.md").read_text()
    members = read_names(xml)
    if len(members[""]) < 50 or "Experiment" not in members:
        sys.exit(f"only {len(members[''])} names found in {xml}: something is wrong with this test")
    problems = [*unknown(page, members, repository), *missing(page, members)]
    for problem in problems:
        print(f"docs/api.md: {problem}")
    print(f"{sum(map(len, members.values()))} public names, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
