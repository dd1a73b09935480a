"""Values into cells: kept as they are (RAW) or read as a person's typing (USER_ENTERED)."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from local_workspace.errors import bad_request
from local_workspace.sheets import a1, ranges
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Value, tidy_number
from local_workspace.sheets.rows import Row
from local_workspace.sheets.typed import read_typed

Values: TypeAlias = list[list[Any]]

_LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: the rectangle it covers, and how many rows, columns and cells got a value."""

    box: Box
    rows: int
    columns: int
    cells: int


def write(book: Book, tab: Tab, area: Area, values: Values, *, typed: bool) -> Written:
    """Write rows of values into an area, from its first cell on; null leaves a cell as it is, "" clears it.

    An area of one cell stands for as much room as the values need. ApiError 400 when they do not fit.
    """
    width, height = max(map(len, values), default=0), len(values)
    box = ranges.write_box(tab, area)
    if box.is_one_cell and width and height:
        box = ranges.write_box(tab, Area(box.top, box.top + height, box.left, box.left + width))
    _check_room(tab, box, height, width)
    rows, columns, cells = set(), set(), 0
    for offset, row in enumerate(tab.rows.span(box.top, box.top + height)):
        for column, value in enumerate(values[offset], box.left):
            if value is None:
                continue
            _check_scalar(value, offset, column - box.left)
            enter(book, row, column, value, typed=typed)
            rows.add(offset)
            columns.add(column)
            cells += 1
    written = Box(box.top, box.top + height, box.left, box.left + width) if width and height else box
    return Written(written, len(rows), len(columns), cells)


def by_rows(values: Values, dimension: str | None) -> Values:
    """Return the values of a request as rows, whichever way it sent them."""
    if dimension != "COLUMNS":
        return values
    height = max(map(len, values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def enter(book: Book, row: Row, column: int, value: Any, *, typed: bool) -> None:
    """Put one JSON scalar into a cell. Typing reads texts, unless the cell is formatted as plain text."""
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        raise bad_request(
            f"Your input contains more than the maximum of {_LONGEST_TEXT} characters in a single cell."
        )
    row.put(column, _typed(book, row, column, value) if typed else _kept(value))


def clear(tab: Tab, box: Box) -> None:
    """Blank the values in the box; formats, notes and rules stay."""
    for row in tab.rows.span(box.top, min(box.bottom, tab.rows.used())):
        for column in range(box.left, min(box.right, len(row.values))):
            row.put(column, None)


def _typed(book: Book, row: Row, column: int, value: Any) -> Value:
    """Return what typing makes of a value in this cell, and give the cell the format that comes along."""
    dress = row.dress_at(column)
    number_format = book.wardrobe.number_format(dress)
    if number_format is not None and number_format["type"] == "TEXT":
        return _as_text(value)
    if not isinstance(value, str):
        return _kept(value)
    found = read_typed(value, book.locale, book.year)
    if found.number_format is not None and number_format is None:
        body = book.wardrobe.body(dress)
        cell_format = body.get("userEnteredFormat", {}) | {"numberFormat": found.number_format}
        row.dress_up(column, book.wardrobe.keep(body | {"userEnteredFormat": cell_format}))
    return found.value


def _as_text(value: Any) -> Value:
    """Return what a plain-text cell makes of a value."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return str(value)
    return str(value).removeprefix("'")


def _kept(value: Any) -> Value:
    """Return a JSON scalar as a cell holds it."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return tidy_number(value)
    return str(value)


def _check_room(tab: Tab, box: Box, height: int, width: int) -> None:
    """Raise ApiError 400 when the values are more than the rectangle holds."""
    place = None
    if height > box.bottom - box.top:
        place = f"row [{box.bottom + 1}]"
    elif width > box.right - box.left:
        place = f"column [{a1.column_name(box.right)}]"
    if place is not None:
        name = a1.name_box(tab.title, box)
        raise bad_request(f"Requested writing within range [{name}], but tried writing to {place}")


def _check_scalar(value: Any, row: int, column: int) -> None:
    """Raise ApiError 400 when a cell's value is a list or an object."""
    if isinstance(value, dict | list):
        kind = "struct_value" if isinstance(value, dict) else "list_value"
        raise bad_request(f"Invalid values[{row}][{column}]: {kind} {{\n}}\n")
