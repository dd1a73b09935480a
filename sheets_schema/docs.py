"""Writes docs/sheet.md from the tabs' own declarations: `python -m sheets_schema.docs`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sheets_schema import agenda, emails, settings
from sheets_schema.columns import Column, Tab
from sheets_schema.sheet import TABS
from sheets_schema.wording import BUILT_IN, PLACEHOLDERS

PAGE = Path(__file__).parent.parent / "docs" / "sheet.md"

_INTRODUCTION = """\
# The sheet

Everything the community decides stands in one Google Sheet. This page lists its tabs and columns. It is made
from the code (`python -m sheets_schema.docs`); change it there.

- Green tabs are yours: the service reads them, and only ever adds rows at the end (approved requests in
  Members, coming months in Roasts). Sort, insert and delete as you like. Grey tabs are the service's.
- Columns are found by their headers, wherever they stand; where one is not there, by the other names given
  below. All other columns are ignored and kept.
- `*` marks what a row needs. A row in which it is missing or cannot be read is left out.
- What cannot be understood is told in the column Check, in Today and in Problems: where, what is wrong, and
  what was skipped because of it.
- A tab or header that is missing, or a header that stands there twice, stops what needs it, and only that.
- Dates may be date cells or text: `2026-12-10`, `10 Dec 2026`, `10/12/2026` where only one reading fits.
  Times may be `17:00`, `5 pm`, `17h30`. Yes and no may be tick boxes, `y`, `n`, `x`, `ja`, `nein`.
"""


def render() -> str:
    """The whole page as Markdown."""
    return "\n".join([_INTRODUCTION, *(_section(tab) for tab in TABS)])


def _section(tab: Tab) -> str:
    kept_by = "Yours." if tab.organizers else "The service's." + (" Hidden." if tab.hidden else "")
    parts = [f"## {tab.title}\n\n{kept_by} {tab.explain}\n\nWhen the tab is missing: {tab.stops}\n"]
    if tab.columns:
        parts.append(_columns(tab))
    if tab is settings.TAB:
        parts.append(_settings())
    if tab is emails.TAB:
        parts.append(_emails())
    if tab is agenda.TAB:
        parts.append(_agenda())
    return "\n".join(parts)


def _columns(tab: Tab) -> str:
    if not tab.organizers:
        return _table(("Column", "What it is"), ((column.header, column.explain) for column in tab.columns))
    rows = ((_name(column), column.kind.name, column.explain, _otherwise(column)) for column in tab.columns)
    return _table(("Column", "What to type", "What it is", "When it cannot be read"), rows)


def _name(column: Column[object]) -> str:
    also = f" (or {', '.join(column.aliases)})" if column.aliases else ""
    return f"{column.header}{'*' if column.required else ''}{also}"


def _otherwise(column: Column[object]) -> str:
    return column.otherwise if column.is_read else ""


def _settings() -> str:
    rows = (
        (setting.name, setting.kind.name, setting.typed, setting.explain, setting.stops)
        for setting in settings.SETTINGS
    )
    head = (
        "Setting",
        "What to type",
        "In a new sheet",
        "What it does",
        "When it is missing, doubled or unreadable",
    )
    return _table(head, rows)


def _emails() -> str:
    rows = (
        (
            mail.kind,
            mail.goes_to,
            mail.when,
            mail.subject,
            " ".join(sorted(f"{{{name}}}" for name in PLACEHOLDERS[kind])),
        )
        for kind, mail in BUILT_IN.items()
    )
    return _table(("Mail", "Goes to", "When", "Subject in a new sheet", "Placeholders it knows"), rows)


def _agenda() -> str:
    rows = ((str(line.minutes), line.item, line.who, line.shown_under) for line in agenda.DEFAULT)
    return "In a new sheet:\n\n" + _table(("Minutes", "Item", "Who", "Shown under the item"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("--",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(render(), encoding="utf-8")
