"""Values as a request wants to see them: formatted, unformatted or as formulas, by rows or by columns."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from local_workspace.sheets import number_formats
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Formula, Value
from local_workspace.sheets.computed import Results
from local_workspace.sheets.number_formats import DATE_TYPES


@dataclass(frozen=True, slots=True)
class Rendering:
    """ValueRenderOption and DateTimeRenderOption of a request."""

    values: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"


def read(book: Book, tab: Tab, box: Box, rendering: Rendering) -> list[list[Any]]:
    """Return the values in the box by rows; blank ends of rows, and blank rows at the end, are left out."""
    as_formulas = rendering.values == "FORMULA"
    read_rows = tab.rows.values if as_formulas else partial(Results(book).rows, tab)
    stored = read_rows(box.top, box.bottom)
    render = displayed if rendering.values == "FORMATTED_VALUE" else _dated
    needs_formats = render is displayed or (not as_formulas and rendering.dates == "FORMATTED_STRING")
    dress = tab.rows.dress(box.top, box.bottom) if needs_formats else {}
    shown: list[list[Any]] = []
    for row in range(box.top, max(stored, default=-1) + 1):
        cells = stored.get(row, [])[box.left : box.right]
        while cells and cells[-1] is None:
            cells.pop()
        if needs_formats:
            worn = dress.get(row, [])[box.left :] + [0] * len(cells)
            shown.append([render(book, value, kind) for value, kind in zip(cells, worn, strict=False)])
        else:
            shown.append([_plain(value) for value in cells])
    while shown and not shown[-1]:
        shown.pop()
    return shown


def by_columns(rows: list[list[Any]]) -> list[list[Any]]:
    """Return rows turned into columns; their trailing blanks are left out too."""
    columns: list[list[Any]] = [[] for _ in range(max(map(len, rows), default=0))]
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value != "":
                columns[column].extend([""] * (row - len(columns[column])) + [value])
    return columns


def displayed(book: Book, value: Value, dress: int) -> str:
    """Return the text that a cell shows."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_formats.show(value, book.wardrobe.number_format(dress))
    return value.text if isinstance(value, Formula) else ""


def _plain(value: Value) -> Any:
    """Return a value as JSON: blank is "", a formula is its text."""
    if value is None:
        return ""
    return value.text if isinstance(value, Formula) else value


def _dated(book: Book, value: Value, dress: int) -> Any:
    """Return a value as JSON, but dates and times as they are formatted."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    number_format = book.wardrobe.number_format(dress) if is_number else None
    is_date = number_format is not None and number_format["type"] in DATE_TYPES
    return displayed(book, value, dress) if is_date else _plain(value)
