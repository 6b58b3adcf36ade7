# SPDX-License-Identifier: MIT
"""check_names.py REPOSITORY: every name in backticks on the pages exists in the sources.

Names are identifiers, flags, files and ctest cases. Blocks of code are left to the tests that compile or quote them.
"""
import re
import sys
from pathlib import Path

from sources import Sources

PAGES = ("README.md", "CONTRIBUTING.md", "tests/README.md", "docs/*.md", "docs/numerics/*.md")
# Folders that a build or a run makes.
MADE = ("build/", "reports/", "/dev/")
# Words in code spans that are no names of nbk: other programs, compilers, file formats and what a user types.
NOT_NAMES = set((Path(__file__).parent / "not_names.txt").read_text().split())
SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
TOKEN = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*|[A-Za-z_]\w*(?:[-.][A-Za-z_]\w*)*")
# A source file, with or without its folder.
FILE = re.compile(r"[\w./*-]+\.(hpp|cpp|py|sh|md|cmake|in)")
# Compiler flags: not nbk's to define.
FOREIGN_FLAGS = re.compile(r"-(O\d|march=|f[a-z]+)")


def spans_of(page):
    """Returns the code spans of a page with their line numbers. A span may go on in the next line."""
    text = re.sub(r"^```.*?^```", lambda block: "\n" * block.group().count("\n"), page, flags=re.DOTALL | re.MULTILINE)
    return [(text.count("\n", 0, match.start()) + 1, match.group(1)) for match in SPAN.finditer(text)]


def is_known_word(sources, word):
    """Tells if a word is a name. Short words and words in capitals are variables of a formula or placeholders."""
    if len(word) <= 2 or (word.isupper() and "_" not in word) or word in NOT_NAMES:
        return True
    return sources.has_word(word) or ((word[0] == "_" or word[-1] == "_") and sources.has_part(word))


def unknown_names(sources, span):
    """Returns the words of a code span that nothing in the repository is called by."""
    span = " ".join(span.split())
    if "/" in span and re.fullmatch(r"[\w./*<>-]+", span):
        path = re.sub(r"<[\w.]+>", "*", span)
        if path.startswith(MADE) or sources.has_path(path) or sources.has_test(path):
            return []
    elif sources.has_test(span):
        return []
    unknown = []
    for part in span.split():
        path = part.strip("<>,.")
        if path.startswith(MADE) or ("/" in path and sources.has_path(path)):
            continue
        if FILE.fullmatch(path):
            if "/" in path or not sources.has_word(Path(path).stem):
                unknown.append(path)
            continue
        for token in TOKEN.findall(part):
            if token.startswith("-"):
                known = token in sources.flags or token in NOT_NAMES or FOREIGN_FLAGS.match(token)
                known = known or (token.startswith("-D") and is_known_word(sources, token[2:]))  # a variable of CMake
                if not known and not (token[-1] == "_" and sources.has_part(token)):
                    unknown.append(token)
            elif not is_known_word(sources, token):
                unknown += [word for word in re.split(r"[-.]", token) if not is_known_word(sources, word)]
    return unknown


def problems_of(repository):
    """Returns one line for every unknown name."""
    sources = Sources(repository)
    problems = []
    for pattern in PAGES:
        for path in sorted(Path(repository).glob(pattern)):
            for line, span in spans_of(path.read_text()):
                for name in unknown_names(sources, span):
                    problems.append(f"{path.relative_to(repository)}:{line}: `{span}`: there is no {name}")
    return problems


def main():
    problems = problems_of(Path(sys.argv[1]))
    print("\n".join(problems) or "every name on the pages exists")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
