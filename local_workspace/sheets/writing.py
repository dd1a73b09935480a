"""Values into cells: kept as they are (RAW) or read as a person's typing (USER_ENTERED)."""

from itertools import zip_longest
from typing import Any, TypeAlias, cast

from local_workspace.errors import bad_request
from local_workspace.sheets import a1, ranges
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Value, is_number, tidy_number
from local_workspace.sheets.rows import Row
from local_workspace.sheets.typed import read_typed

Values: TypeAlias = list[list[Any]]

_LONGEST_TEXT = 50_000


def write(book: Book, tab: Tab, area: Area, values: Values, *, typed: bool) -> tuple[Box, dict[str, int]]:
    """Write rows of values into an area, from its first cell on; null leaves a cell as it is, "" clears it.

    An area of one cell stands for as much room as the values need. Return the rectangle that they cover, and
    how many rows, columns and cells got a value. ApiError 400 when they do not fit.
    """
    width, height = max(map(len, values), default=0), len(values)
    box = ranges.read_box(tab, area, whole=True)
    needed = Box(box.top, box.top + height, box.left, box.left + width)
    if box.is_one_cell and width and height:
        box = ranges.read_box(tab, needed, whole=True)
    if needed.bottom > box.bottom or needed.right > box.right:
        is_row = needed.bottom > box.bottom
        place = f"row [{box.bottom + 1}]" if is_row else f"column [{a1.column_name(box.right)}]"
        within = a1.name(tab.title, box)
        raise bad_request(f"Requested writing within range [{within}], but tried writing to {place}")
    columns: list[list[int]] = []
    for offset, row in enumerate(tab.rows.span(box.top, box.top + height)):
        columns.append([column for column, value in enumerate(values[offset]) if value is not None])
        for column in columns[-1]:
            value = values[offset][column]
            if isinstance(value, dict | list):
                kind = "struct_value" if isinstance(value, dict) else "list_value"
                raise bad_request(f"Invalid values[{offset}][{column}]: {kind} {{\n}}\n")
            enter(book, row, box.left + column, value, typed=typed)
    counts = {"Rows": sum(map(bool, columns)), "Columns": len(set().union(*columns))}
    return needed if width and height else box, counts | {"Cells": sum(map(len, columns))}


def by_rows(values: Values, dimension: str | None) -> Values:
    """Return the values of a request as rows, whichever way it sent them."""
    return [list(row) for row in zip_longest(*values)] if dimension == "COLUMNS" else values


def enter(book: Book, row: Row, column: int, value: Any, *, typed: bool) -> None:
    """Put one JSON scalar into a cell. Typing reads texts, unless the cell is formatted as plain text."""
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        limit = f"the maximum of {_LONGEST_TEXT} characters in a single cell."
        raise bad_request(f"Your input contains more than {limit}")
    if typed:
        value = _typed(book, row, column, value)
    row.put(column, tidy_number(value) if is_number(value) else value)


def clear(tab: Tab, box: Box) -> None:
    """Blank the values in the box; formats, notes and rules stay."""
    for row in tab.rows.span(box.top, min(box.bottom, tab.rows.used())):
        row.values[box.left : box.right] = [None] * len(row.values[box.left : box.right])


def _typed(book: Book, row: Row, column: int, value: Any) -> Value:
    """Return what typing makes of a value in this cell, and give the cell the format that comes along."""
    dress = row.dress_at(column)
    number_format = book.wardrobe.number_format(dress)
    if number_format is not None and number_format["type"] == "TEXT":
        return str(value).upper() if isinstance(value, bool) else str(value).removeprefix("'")
    if not isinstance(value, str):
        return cast(Value, value)
    typed, taken_on = read_typed(value, book.body["properties"]["locale"], book.call.now.year)
    if taken_on is not None and number_format is None:
        body = book.wardrobe.body(dress)
        cell_format = body.get("userEnteredFormat", {}) | {"numberFormat": taken_on}
        row.dress_up(column, book.wardrobe.keep(body | {"userEnteredFormat": cell_format}))
    return typed
