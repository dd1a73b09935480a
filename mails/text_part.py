"""Draws a page as plain text: nothing is lost, links stand in full, paragraphs are not wrapped."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mails.document import Button, Heading, Items, Node, Page, Paragraph, Quote, Rule, Span, Timetable


def draw_text(page: Page) -> str:
    """The page as text that ends with one line end; the footer follows the usual `-- ` line."""
    return f"{draw_nodes(page.body)}\n\n-- \n{draw_nodes(page.footer)}\n"


def plain(spans: Sequence[Span]) -> str:
    """Spans as text; a link is `label: address` at the end of its line, `label (address)` within it."""
    runs = [
        (href, "".join(span.text for span in run)) for href, run in groupby(spans, key=lambda span: span.href)
    ]
    text = ""
    for index, (href, label) in enumerate(runs):
        address = (href or "").removeprefix("mailto:")
        if not href or label.strip() == address:
            text += label
        elif index + 1 == len(runs) or runs[index + 1][1].startswith("\n"):
            text += f"{label}: {address}"
        else:
            text += f"{label} ({address})"
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def draw_nodes(nodes: Sequence[Node]) -> str:
    """Nodes as text, an empty line between them."""
    return "\n\n".join(_node(node) for node in nodes)


def _node(node: Node) -> str:
    match node:
        case Heading(spans):
            title = plain(spans)
            return f"{title}\n{'-' * len(title)}"
        case Paragraph(spans):
            return plain(spans)
        case Items():
            return _items(node)
        case Quote(nodes):
            return _indented("> ", draw_nodes(nodes), "> ")
        case Rule():
            return "* * *"
        case Button(label, href):
            return f"{label}: {href}"
        case Timetable():
            return _timetable(node)


def _items(items: Items) -> str:
    marks = [
        f"{items.first + index}. " if items.first is not None else "- " for index in range(len(items.rows))
    ]
    rows = [
        _indented(mark, draw_nodes(row), " " * len(mark)) for mark, row in zip(marks, items.rows, strict=True)
    ]
    return "\n".join(rows)


def _timetable(table: Timetable) -> str:
    lines = [table.caption, ""]
    for row in table.rows:
        lines.append(f"{row.clock}  {row.what} ({row.details})")
        if row.note:
            lines.append(f"       {row.note}")
    return "\n".join(lines)


def _indented(first: str, text: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(((rest if index else first) + line).rstrip() for index, line in enumerate(lines))
