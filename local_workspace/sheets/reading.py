"""Values as a request wants to see them: formatted, unformatted or as formulas, by rows or by columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Formula, Value
from local_workspace.sheets.computed import Spill, spills
from local_workspace.sheets.number_formats import DATE_TYPES, automatic, show


@dataclass(frozen=True, slots=True)
class Rendering:
    """ValueRenderOption and DateTimeRenderOption of a request."""

    values: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"

    @property
    def needs_formats(self) -> bool:
        """Say whether number formats matter to what is shown."""
        return self.values == "FORMATTED_VALUE" or (
            self.values == "UNFORMATTED_VALUE" and self.dates == "FORMATTED_STRING"
        )


def read(book: Book, tab: Tab, box: Box, rendering: Rendering) -> list[list[Any]]:
    """Return the values in the box by rows; blank ends of rows, and blank rows at the end, are left out."""
    stored = tab.rows.values(box.top, box.bottom)
    dress = tab.rows.dress(box.top, box.bottom) if rendering.needs_formats else {}
    filled = [spill for spill in spills(book, tab) if box.left <= spill.column < box.right]
    shown: list[list[Any]] = []
    last = max([*stored, *(spill.row + len(spill.values) - 1 for spill in filled)], default=-1)
    for row in range(box.top, min(last + 1, box.bottom)):
        cells = stored.get(row, [])[box.left : box.right]
        for spill in filled:
            _fill(cells, spill, row, box.left, rendering)
        while cells and cells[-1] is None:
            cells.pop()
        shown.append(_rendered(book, cells, dress.get(row, ())[box.left :], rendering))
    while shown and not shown[-1]:
        shown.pop()
    return shown


def by_columns(rows: list[list[Any]]) -> list[list[Any]]:
    """Return rows turned into columns; their trailing blanks are left out too."""
    columns: list[list[Any]] = [[] for _ in range(max(map(len, rows), default=0))]
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value != "":
                columns[column].extend([""] * (row - len(columns[column])))
                columns[column].append(value)
    return columns


def displayed(book: Book, value: Value, dress: int) -> str:
    """Return the text that a cell shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return show(value, book.wardrobe.number_format(dress)) if dress else automatic(value)
    return value.text if isinstance(value, Formula) else value


def _fill(cells: list[Value], spill: Spill, row: int, left: int, rendering: Rendering) -> None:
    """Put the result that a formula has in this row into its cells."""
    place = row - spill.row
    if not 0 <= place < len(spill.values) or rendering.values == "FORMULA":
        return
    column = spill.column - left
    cells.extend([None] * (column + 1 - len(cells)))
    cells[column] = spill.values[place]


def _rendered(book: Book, cells: list[Value], dress: Sequence[int], rendering: Rendering) -> list[Any]:
    """Return the values of one row as they are shown."""
    if rendering.values == "FORMATTED_VALUE":
        return [displayed(book, value, _at(dress, column)) for column, value in enumerate(cells)]
    if rendering.needs_formats:
        return [_dated(book, value, _at(dress, column)) for column, value in enumerate(cells)]
    return [_plain(value) for value in cells]


def _plain(value: Value) -> Any:
    """Return a value as JSON: blank is "", a formula is its text."""
    if value is None:
        return ""
    return value.text if isinstance(value, Formula) else value


def _dated(book: Book, value: Value, dress: int) -> Any:
    """Return a value as JSON, but dates and times as they are formatted."""
    number_format = book.wardrobe.number_format(dress)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and number_format is not None and number_format["type"] in DATE_TYPES:
        return displayed(book, value, dress)
    return _plain(value)


def _at(dress: Sequence[int], column: int) -> int:
    """Return the dress of a column, 0 when there is none."""
    return dress[column] if column < len(dress) else 0
