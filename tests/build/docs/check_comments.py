# SPDX-License-Identifier: MIT
"""check_comments.py REPOSITORY: doc comments of include/nbk and bench begin with a verb or a noun.

A comment that begins with What, How, Whether, Where, As, Which or Who makes a reader guess what the thing is. Python's
docstrings are held to the same.
"""
import ast
import re
import sys
from pathlib import Path

REFUSED = {"what", "how", "whether", "where", "as", "which", "who", "whom", "whose", "when", "why"}


def starts_of(text):
    """Returns (line, text) for the first line of every doc comment of a C++ source, and of its \\param and the like."""
    starts = []
    inside = None  # "block" or "member" while a comment goes on
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        kind = "member" if "///<" in stripped else "block" if stripped.startswith("///") else None
        if kind == "member":
            first = not stripped.startswith("///<") or inside != "member"
            comment = stripped.split("///<", 1)[1].strip()
        elif kind == "block":
            first = inside != "block"
            comment = re.sub(r"^///\s*", "", stripped)
        if kind and re.match(r"\\(file|brief|details|copydoc)\b", comment):
            comment = re.sub(r"^\\\w+\s*", "", comment)
            first = True
        if kind and first and comment:
            starts.append((number, comment))
        inside = None if kind and first and not comment else kind
        if kind and first and not comment:
            inside = None
    return starts


def docstrings_of(text):
    """Returns (line, text) for every docstring of a Python source."""
    starts = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            words = ast.get_docstring(node)
            if words:
                starts.append((node.body[0].lineno, words.splitlines()[0]))
    return starts


def refused(comment):
    """Tells if a comment begins with one of the refused words."""
    word = re.match(r"\W*([A-Za-z]+)", comment)
    return bool(word) and word.group(1).lower() in REFUSED


def problems_of(repository):
    """Returns one line for every comment with a refused beginning."""
    problems, seen = [], 0
    for folder in ("include/nbk", "bench"):
        for path in sorted((repository / folder).rglob("*")):
            if path.suffix in (".hpp", ".cpp", ".in"):
                starts = starts_of(path.read_text())
            elif path.suffix == ".py":
                starts = docstrings_of(path.read_text())
            else:
                continue
            seen += len(starts)
            problems += [f"{path.relative_to(repository)}:{line}: {comment}" for line, comment in starts if refused(comment)]
    if seen < 100:
        problems.append(f"only {seen} doc comments found: something is wrong with this test")
    return problems


def main():
    problems = problems_of(Path(sys.argv[1]))
    print("\n".join(problems) or "every doc comment begins with a verb or a noun")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
