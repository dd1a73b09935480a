"""Values as a request wants to see them: formatted, unformatted or as formulas, by rows or by columns."""

from functools import partial
from itertools import chain, repeat, zip_longest
from typing import Any

from local_workspace.sheets import number_formats
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Formula, Value, is_number
from local_workspace.sheets.computed import Results


def read(
    results: Results, tab: Tab, box: Box, values: str | None = None, dates: str | None = None
) -> list[list[Any]]:
    """Return the values in the box by rows; blank ends of rows, and blank rows at the end, are left out.

    `values` is a ValueRenderOption (usually FORMATTED_VALUE), `dates` a DateTimeRenderOption (SERIAL_NUMBER).
    """
    shows = displayed if values in {None, "FORMATTED_VALUE"} else None
    if values == "UNFORMATTED_VALUE" and dates == "FORMATTED_STRING":
        shows = _dated
    source = tab.rows.values if values == "FORMULA" else partial(results.rows, tab)
    stored = source(box.top, box.bottom)
    dress = tab.rows.dress(box.top, box.bottom) if shows else {}
    shown: list[list[Any]] = []
    for row in range(box.top, max(stored, default=-1) + 1):
        cells = stored.get(row, [])[box.left : box.right]
        while cells and cells[-1] is None:
            cells.pop()
        worn = chain(dress.get(row, [])[box.left :], repeat(0))
        shown.append(list(map(partial(shows, results.book), cells, worn) if shows else map(_plain, cells)))
    while shown and not shown[-1]:
        shown.pop()
    return shown


def by_columns(rows: list[list[Any]]) -> list[list[Any]]:
    """Return rows turned into columns; their trailing blanks are left out too."""
    columns = [list(column) for column in zip_longest(*rows, fillvalue="")]
    for column in columns:
        while column and column[-1] == "":
            column.pop()
    return columns


def displayed(book: Book, value: Value, dress: int) -> str:
    """Return the text that a cell shows."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_formats.show(value, book.wardrobe.number_format(dress))
    return value.text if isinstance(value, Formula) else value or ""


def _plain(value: Value) -> Any:
    """Return a value as JSON: blank is "", a formula is its text."""
    if value is None:
        return ""
    return value.text if isinstance(value, Formula) else value


def _dated(book: Book, value: Value, dress: int) -> Any:
    """Return a value as JSON, but dates and times as they are formatted."""
    number_format = book.wardrobe.number_format(dress) if is_number(value) else None
    is_date = number_format is not None and number_format["type"] in number_formats.DATE_TYPES
    return displayed(book, value, dress) if is_date else _plain(value)
