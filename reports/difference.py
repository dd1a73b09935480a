"""What must be written so that the service's tabs say what they should: nothing when they do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from reports.words import serial
from sheets_schema import today
from sheets_schema.cells import Cell, Rows, column_letters
from sheets_schema.sheet import Sheet

_TODAY = today.TAB.title
_TODAY_COLUMNS = len(today.WIDTHS)


def changes(
    sheet: Sheet, wanted: Mapping[str, Rows], now: datetime, zone: ZoneInfo | None
) -> dict[str, Rows]:
    """The blocks to write RAW, by A1 range: only tabs that differ from what was read, each as a whole.

    What stood there before and is no longer wanted is covered with "". A tab that is missing is left out.
    Today's "last looked" (on the community's clock, UTC when it is not known) comes along with anything
    else, and alone once a day.
    """
    blocks: dict[str, Rows] = {}
    for title, rows in wanted.items():
        there = sheet.service.get(title)
        if there is None:
            continue
        top = today.FIRST_ROW if title == _TODAY else 1
        before = _trimmed(_today_block(there) if title == _TODAY else there)
        after = _trimmed(rows)
        if before != after:
            height = max(len(before), len(after))
            width = max(len(row) for row in (*before, *after))
            area = f"{title}!A{top}:{column_letters(width - 1)}{top + height - 1}"
            blocks[area] = _padded(after, height, width)
    looked = serial(now, zone or ZoneInfo("UTC"))
    if _TODAY in sheet.service and (blocks or _another_day(sheet.service[_TODAY], looked)):
        blocks[today.LAST_LOOKED_CELL] = [[looked]]
    return blocks


def _today_block(rows: Rows) -> Rows:
    return [row[:_TODAY_COLUMNS] for row in rows[today.FIRST_ROW - 1 :]]


def _another_day(rows: Rows, looked: float) -> bool:
    """Whether "last looked" says another day than now, or nothing that can be read."""
    cell = rows[1][1] if len(rows) > 1 and len(rows[1]) > 1 else ""
    return not isinstance(cell, int | float) or int(cell) != int(looked)


def _trimmed(rows: Rows) -> Rows:
    """Rows as Sheets gives them back: without empty cells and rows at the end."""
    kept = [_without_tail(row) for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _without_tail(row: list[Cell]) -> list[Cell]:
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    return row[:end]


def _padded(rows: Rows, height: int, width: int) -> Rows:
    padded: Rows = [row + [""] * (width - len(row)) for row in rows]
    return padded + [[""] * width for _ in range(height - len(rows))]
