# SPDX-License-Identifier: MIT
"""check_examples.py REPOSITORY: docs/examples.md and after it docs/derivatives.md quote docs/snippets word for word, in
their order, and all of them.

A quote is a block of C++ after a line that links to a program, and stands in that program between two lines
"// [name]", perhaps indented.
"""
import re
import sys
import textwrap
from pathlib import Path

PAGES = ("examples.md", "derivatives.md")


def parts_of(program):
    """The marked parts of a program."""
    pieces = re.split(r"^ *// \[(\w+)\]\n", program, flags=re.MULTILINE)
    names, texts = pieces[1::2], pieces[2::2]
    if names[0::2] != names[1::2]:
        raise ValueError(f"marks do not come in pairs: {names}")
    return {textwrap.dedent(text): name for name, text in zip(names[0::2], texts[0::2])}


def problems_of(repository):
    page = "\n".join((repository / "docs" / name).read_text() for name in PAGES)
    programs = {path.name: path.read_text() for path in (repository / "docs/snippets").glob("*.cpp")}
    quoted = {name: set() for name in programs}
    current = None
    for text in re.split(r"(^```cpp\n.*?^```\n)", page, flags=re.MULTILINE | re.DOTALL):
        if not text.startswith("```cpp\n"):
            links = re.findall(r"\(snippets/(\w+\.cpp)\)", text)
            current = links[-1] if links else current
            for link in links:
                if link not in programs:
                    yield f"there is no docs/snippets/{link}"
            continue
        code = text.removeprefix("```cpp\n").removesuffix("```\n")
        part = parts_of(programs[current]).get(code) if current in programs else None
        if part is None:
            yield f"not a marked part of {current}:\n{code}"
        else:
            quoted[current].add(part)
    numbers = [name.split("_")[0] for name in sorted(programs)]
    if numbers != [f"{i:02}" for i in range(1, len(numbers) + 1)]:
        yield f"the programs are not numbered 01, 02, ...: {', '.join(sorted(programs))}"
    order = [link for link in dict.fromkeys(re.findall(r"\(snippets/(\w+\.cpp)\)", page)) if link in programs]
    if order != sorted(order):
        yield f"the pages have the programs in another order: {', '.join(order)}"
    for name, program in sorted(programs.items()):
        left_out = set(parts_of(program).values()) - quoted[name]
        if left_out or not quoted[name]:
            yield f"{name}: not quoted: {', '.join(sorted(left_out)) or 'anything'}"


def main():
    problems = list(problems_of(Path(sys.argv[1])))
    for problem in problems:
        print(f"docs/{' and '.join(PAGES)}: {problem}")
    sys.exit(1 if problems else 0)


main()
