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
    needed = Area(box.top, box.top + height, box.left, box.left + width)
    if box.is_one_cell and width and height:
        box = ranges.write_box(tab, needed)
    _check_room(tab, box, height, width)
    columns: list[list[int]] = []
    for offset, row in enumerate(tab.rows.span(box.top, box.top + height)):
        written = [column for column, value in enumerate(values[offset]) if value is not None]
        for column in written:
            enter(book, row, box.left + column, _scalar(values, offset, column), typed=typed)
        columns.append(written)
    if width and height:
        box = needed.within(tab.row_count, tab.column_count)
    return Written(box, sum(map(bool, columns)), len(set().union(*columns)), sum(map(len, columns)))


def by_rows(values: Values, dimension: str | None) -> Values:
    """Return the values of a request as rows, whichever way it sent them."""
    if dimension != "COLUMNS":
        return values
    height = max(map(len, values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def enter(book: Book, row: Row, column: int, value: Any, *, typed: bool) -> None:
    """Put one JSON scalar into a cell. Typing reads texts, unless the cell is formatted as plain text."""
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        limit = f"the maximum of {_LONGEST_TEXT} characters in a single cell."
        raise bad_request(f"Your input contains more than {limit}")
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
        return str(value).upper() if isinstance(value, bool) else str(value).removeprefix("'")
    if not isinstance(value, str):
        return _kept(value)
    found = read_typed(value, book.body["properties"]["locale"], book.call.now.year)
    if found.number_format is not None and number_format is None:
        body = book.wardrobe.body(dress)
        cell_format = body.get("userEnteredFormat", {}) | {"numberFormat": found.number_format}
        row.dress_up(column, book.wardrobe.keep(body | {"userEnteredFormat": cell_format}))
    return found.value


def _kept(value: Any) -> Value:
    """Return a JSON scalar as a cell holds it."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    kept: Value = tidy_number(value) if is_number else value
    return kept


def _check_room(tab: Tab, box: Box, height: int, width: int) -> None:
    """Raise ApiError 400 when the values are more than the rectangle holds."""
    name = a1.name_box(tab.title, box)
    if height > box.bottom - box.top:
        place = f"row [{box.bottom + 1}]"
    elif width > box.right - box.left:
        place = f"column [{a1.column_name(box.right)}]"
    else:
        return
    raise bad_request(f"Requested writing within range [{name}], but tried writing to {place}")


def _scalar(values: Values, row: int, column: int) -> Any:
    """Return a cell's value; ApiError 400 when it is a list or an object."""
    value = values[row][column]
    if isinstance(value, dict | list):
        kind = "struct_value" if isinstance(value, dict) else "list_value"
        raise bad_request(f"Invalid values[{row}][{column}]: {kind} {{\n}}\n")
    return value
