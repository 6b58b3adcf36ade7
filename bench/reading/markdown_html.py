# SPDX-License-Identifier: MIT
"""The Markdown that nbk-bench and this folder write, as HTML: headings, paragraphs, lists and tables."""
from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import List

BLOCKS = {"table": ('<div class="wide"><table>\n', "</table></div>\n"), "list": ("<ul>\n", "</ul>\n"),
          "text": ("<p>", "</p>\n"), "heading": ("", ""), "nothing": ("", "")}


def inline_html(markdown: str) -> str:
    """Returns `code`, **bold**, <br> and text that was escaped for a table's cell as HTML."""
    html = ""
    for number, part in enumerate(escape(markdown).split("`")):
        if number % 2 == 0:
            part = re.sub(r"\*\*(.*?)(\*\*|$)", r"<b>\1</b>", part.replace("&lt;br&gt;", "<br>"))
        part = part.replace("\\", "")
        html += f"<code>{part}</code>" if number % 2 else part
    return html


def kind_of(line: str) -> str:
    """Returns the kind of block that a line belongs to."""
    if line.startswith("|"):
        return "table"
    if line.startswith("- "):
        return "list"
    if line.startswith(("# ", "## ")):
        return "heading"
    return "text" if line else "nothing"


def row_html(line: str, tag: str) -> str:
    """Returns a row of a table."""
    cells: List[str] = re.split(r"(?<!\\)\|", line[1:])
    if len(cells) > 1:
        cells.pop()  # behind the last bar
    return "<tr>" + "".join(f"<{tag}>{inline_html(cell)}</{tag}>" for cell in cells) + "</tr>\n"


def html_from_markdown(markdown: str) -> str:
    """Returns Markdown as HTML, its headings one level lower, because the page has a heading of its own."""
    html = ""
    for kind, group in groupby(markdown.splitlines(), kind_of):
        lines, (start, end) = list(group), BLOCKS[kind]
        html += start
        if kind == "table":
            rows = [line for line in lines if not line.startswith("|---")]
            html += "".join(row_html(line, "td" if number else "th") for number, line in enumerate(rows))
        elif kind == "list":
            html += "".join(f"<li>{inline_html(line[2:])}</li>\n" for line in lines)
        elif kind == "heading":
            for line in lines:
                level = line.index(" ") + 1
                html += f"<h{level}>{inline_html(line[level:])}</h{level}>\n"
        else:
            html += "".join(inline_html(line) + "\n" for line in lines if line)
        html += end
    return html
