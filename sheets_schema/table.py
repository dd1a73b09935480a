"""Finds a tab's columns by their headers and reads its rows, gathering every problem on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from sheets_schema.cells import (
    Cell,
    Rows,
    Unreadable,
    column_letters,
    failed_formula,
    is_blank,
    one_line,
    shown,
)
from sheets_schema.columns import Column, Tab
from sheets_schema.months import Month
from sheets_schema.problems import BRING_BACK, Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty. number: as in the sheet, from 1. key: the key cell as typed.

    dropped: a cell that is needed could not be read, so that the row must not be used.
    """

    number: int
    key: str
    values: dict[str, object]
    dropped: bool

    def get(self, column: Column[T]) -> T:
        """The value of a column, in a row that is not dropped."""
        return cast(T, self.values[column.header])

    def find(self, column: Column[T]) -> T | None:
        """The value of a column, None when it could not be read and the row is dropped for it."""
        return cast(T | None, self.values.get(column.header))


def header_name(cell: Cell) -> str:
    """A header in the one spelling by which headers are compared."""
    return one_line(shown(cell)).casefold().rstrip("*: ")


def short(cell: Cell) -> str:
    """A cell's text for a problem: on one line, at most 80 characters."""
    text = one_line(shown(cell))
    return text if len(text) <= 80 else text[:77] + "..."


def find_columns(tab: Tab, header_row: list[Cell]) -> dict[str, list[int]]:
    """Where each of a tab's columns stands: positions from 0 by header, most often one, none when missing.

    An alias counts only where the header itself is not there, so that a column of the organizer's own may
    be called like one.
    """
    positions: dict[str, list[int]] = {}
    for index, cell in enumerate(header_row):
        positions.setdefault(header_name(cell), []).append(index)
    return {
        column.header: positions.get(header_name(column.header))
        or sorted(
            index
            for alias in {header_name(name) for name in column.aliases}
            for index in positions.get(alias, [])
        )
        for column in tab.columns
    }


def missing_tab(tab: Tab) -> Problem:
    """The problem of a tab that is not there."""
    what = f"The tab {tab.title} is missing. {BRING_BACK}"
    return Problem(tab.title, None, None, "", what, tab.stops)


def _headless(rows: Rows) -> list[int]:
    """Columns between headers that hold something and have none: a header was cleared, or moved away.

    What stands beyond the last header is the organizer's own.
    """
    head = rows[0] if rows else []
    last = max((place for place, cell in enumerate(head) if not is_blank(cell)), default=0)
    return [
        place
        for place, cell in enumerate(head[:last])
        if is_blank(cell) and any(place < len(row) and not is_blank(row[place]) for row in rows[1:])
    ]


def _usable_columns(
    tab: Tab, rows: Rows | None, problems: list[Problem]
) -> list[tuple[Column[object], int | None]] | None:
    """The columns to read, each with its position, None when the tab must not be read."""
    if rows is None:
        problems.append(missing_tab(tab))
        return None
    headless = _headless(rows)
    for position in headless:
        what = (
            f"Column {column_letters(position)} has no header above what stands in it. Type the header again,"
            " or clear the column."
        )
        problems.append(Problem(tab.title, 1, None, "", what, tab.stops))
    found = find_columns(tab, rows[0] if rows else [])
    read = [column for column in tab.columns if column.is_read]
    missing = [column.header for column in read if column.drops_tab and not found[column.header]]
    doubled = [column.header for column in read if len(found[column.header]) > 1]
    if missing:
        named = " and ".join(missing)
        what = f"Row 1 has no column headed {named}. Type the header above its column again."
        problems.append(Problem(tab.title, 1, missing[0], "", what, tab.stops))
    for header in doubled:
        there = [short(rows[0][place]) for place in found[header]]
        meant = "" if header_name(there[0]) == header_name(header) else f" and mean {header}"
        what = (
            f"{len(there)} columns are headed {' and '.join(dict.fromkeys(there))}{meant}. Rename or delete "
            "what is not meant."
        )
        problems.append(Problem(tab.title, 1, header, there[0], what, tab.stops))
    if missing or doubled or headless:
        return None
    return [(column, next(iter(found[column.header]), None)) for column in read]


def _read_cell(column: Column[object], cell: Cell, month: Month | None) -> object:
    if is_blank(cell):
        if column.required:
            raise Unreadable("This cell is empty.")
        return column.default
    if error := failed_formula(cell):
        raise Unreadable(f"The formula in this cell fails ({error}): mend it, or type the value itself.")
    return column.kind.read(cell, month)


def _read_row(
    tab: Tab, number: int, cells: list[tuple[Column[object], Cell]], problems: list[Problem]
) -> Row:
    values: dict[str, object] = {}
    month: Month | None = None
    key = ""
    dropped = False
    for column, cell in cells:
        if column.header == tab.key:
            key = shown(cell)
        try:
            value = _read_cell(column, cell, month)
        except Unreadable as error:
            skipped = column.otherwise if error.instead is None else ""
            problems.append(Problem(tab.title, number, column.header, short(cell), error.what, skipped))
            if error.instead is None and column.drops_row:
                dropped = True
                continue
            value = column.default if error.instead is None else error.instead
        if isinstance(value, Month):
            month = value
        values[column.header] = value
    return Row(number, key, values, dropped)


def read_table(tab: Tab, rows: Rows | None, problems: list[Problem]) -> Iterator[Row] | None:
    """Read a tab row by row, empty rows left out; None when it is missing or a needed header is.

    What cannot be read is added to `problems`: at once for the headers, row by row for the cells.
    """
    columns = _usable_columns(tab, rows, problems)
    if columns is None or rows is None:
        return None
    return _rows(tab, columns, rows, problems)


def _rows(
    tab: Tab, columns: list[tuple[Column[object], int | None]], rows: Rows, problems: list[Problem]
) -> Iterator[Row]:
    for number, row in enumerate(rows[1:], start=2):
        cells: list[tuple[Column[object], Cell]] = [
            (column, row[index] if index is not None and index < len(row) else "")
            for column, index in columns
        ]
        # FALSE alone is a tick box that nobody has ticked.
        if any(cell is not False and not is_blank(cell) for _, cell in cells):
            yield _read_row(tab, number, cells, problems)
