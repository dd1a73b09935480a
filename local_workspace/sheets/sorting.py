"""Sorting rows as Sheets does: numbers, then texts, then booleans; blanks last, whichever the direction."""

from dataclasses import dataclass
from typing import Any

from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Tab
from local_workspace.sheets.cells import Formula, Value


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column, counted from the grid's first, and the direction."""

    column: int
    descending: bool


def sort(tab: Tab, box: Box, keys: list[SortKey]) -> None:
    """Sort the cells of the box by rows; values, formats and notes move together."""
    rows = tab.rows.span(box.top, min(box.bottom, tab.rows.used()))
    width = range(box.left, box.right)
    contents = [[(row.value(column), row.dress_at(column)) for column in width] for row in rows]
    for key in reversed(keys):
        place = key.column - box.left
        contents.sort(key=lambda cells: _rank(cells[place][0]), reverse=key.descending)
        contents.sort(key=lambda cells: cells[place][0] is None)
    for row, cells in zip(rows, contents, strict=True):
        for column, (value, worn) in zip(width, cells, strict=True):
            row.put(column, value)
            row.dress_up(column, worn)


def _rank(value: Value) -> tuple[int, Any]:
    """Return what a value is sorted by."""
    if isinstance(value, int | float):
        return (2 if isinstance(value, bool) else 0), value
    return 1, (value.text if isinstance(value, Formula) else str(value)).casefold()
