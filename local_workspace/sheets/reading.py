"""Values as a request wants to see them: formatted, unformatted or as formulas, by rows or by columns."""

from dataclasses import dataclass
from typing import Any

from local_workspace.sheets import number_formats
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Formula, Value
from local_workspace.sheets.computed import Results
from local_workspace.sheets.number_formats import DATE_TYPES, automatic


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
    if rendering.values == "FORMULA":
        stored = tab.rows.values(box.top, box.bottom)
    else:
        stored = Results(book).rows(tab, box.top, box.bottom)
    dress = tab.rows.dress(box.top, box.bottom) if rendering.needs_formats else {}
    shown: list[list[Any]] = []
    for row in range(box.top, max(stored, default=-1) + 1):
        cells = stored.get(row, [])[box.left : box.right]
        while cells and cells[-1] is None:
            cells.pop()
        shown.append(_rendered(book, cells, dress.get(row, [])[box.left :], rendering))
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
        return number_formats.show(value, book.wardrobe.number_format(dress)) if dress else automatic(value)
    return value.text if isinstance(value, Formula) else value


def _rendered(book: Book, cells: list[Value], dress: list[int], rendering: Rendering) -> list[Any]:
    """Return the values of one row as they are shown."""
    if not rendering.needs_formats:
        return [_plain(value) for value in cells]
    show = displayed if rendering.values == "FORMATTED_VALUE" else _dated
    worn = dress + [0] * (len(cells) - len(dress))
    return [show(book, value, kind) for value, kind in zip(cells, worn, strict=False)]


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
