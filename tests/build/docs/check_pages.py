# SPDX-License-Identifier: MIT
"""check_pages.py REPOSITORY: lines of the pages are short, links lead somewhere, and idioms stay out.

A line has at most 120 columns unless it is a row of a table. A link to a file of the repository names one that exists,
a link to a heading one that the page has.
"""
import re
import sys
from pathlib import Path

PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/README.md", "docs/*.md", "docs/numerics/*.md")
MOST_COLUMNS = 120
# Expressions that a reader with school English has to look up, or that hide who does what.
IDIOMS = (r"\bmend(s|ed|ing)?\b", r"\bsnaps?\b", r"\bat the doors?\b", r"\bfor who\b", r"\bas ever\b", r"\bas it were\b",
          r"\bby rights\b", r"\bof a (day|sort)\b", r"\bThe way the\b", r"\bno matter of\b", r"\bfor ever\b")


def anchors_of(page):
    """Returns the anchors of a page's headings, made as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page, flags=re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading) for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain}


def bad_links(path, page):
    """Returns the links of a page that lead nowhere."""
    prose = re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"\w+:", target):
            continue
        file, _, anchor = target.partition("#")
        other = path.parent / file if file else path
        if not other.exists():
            yield f"there is no {target}"
        elif anchor and anchor not in anchors_of(other.read_text()):
            yield f"{file or 'the page'} has no heading for #{anchor}"


def problems_of_page(path, page):
    """Returns what is wrong with one page."""
    problems = []
    for number, line in enumerate(page.splitlines(), 1):
        if len(line) > MOST_COLUMNS and not line.lstrip().startswith("|"):
            problems.append(f"line {number} has {len(line)} columns")
        problems += [f"line {number}: say it plainly: {m.group()}" for p in IDIOMS for m in re.finditer(p, line)]
    return problems + list(bad_links(path, page))


def problems_of(repository):
    """Returns one line for every problem of every page."""
    pages = [path for pattern in PAGES for path in sorted(repository.glob(pattern))]
    problems = [f"{path.relative_to(repository)}: {problem}" for path in pages
                for problem in problems_of_page(path, path.read_text())]
    return problems if len(pages) > 10 else problems + ["too few pages found"]


def main():
    problems = problems_of(Path(sys.argv[1]))
    print("\n".join(problems) or "all pages are in order")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
