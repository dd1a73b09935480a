"""The rows of one tab in the database: values and "dress" (the id of everything else a cell has) per row.

Only what is asked for is read, only what changed is written. Missing rows are blank.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from local_workspace.sheets.cells import Formula, Value

SCHEMA = """
CREATE TABLE IF NOT EXISTS grid_rows (
    tab INTEGER NOT NULL,
    row INTEGER NOT NULL,
    cells TEXT NOT NULL,                      -- JSON list of values, a formula as {"f": text}; "" when blank
    dress TEXT NOT NULL,                      -- JSON list of ids of grid_dress, 0 for none; "" when none
    PRIMARY KEY (tab, row)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS grid_values ON grid_rows (tab, row, cells) WHERE cells <> '';
CREATE INDEX IF NOT EXISTS grid_formulas ON grid_rows (tab) WHERE instr(cells, '{"f":');
"""


@dataclass(slots=True)
class Row:
    """One row in memory; `stored` is what the database has for it."""

    values: list[Value] = field(default_factory=list)
    dress: list[int] = field(default_factory=list)
    stored: tuple[str, str] = ("", "")

    def value(self, column: int) -> Value:
        """Return the value in `column`, None when blank."""
        return self.values[column] if column < len(self.values) else None

    def put(self, column: int, value: Value) -> None:
        """Set the value in `column`; "" is blank."""
        self.values.extend([None] * (column + 1 - len(self.values)))
        self.values[column] = None if value == "" else value

    def dress_at(self, column: int) -> int:
        """Return the id of the dress in `column`, 0 when there is none."""
        return self.dress[column] if column < len(self.dress) else 0

    def dress_up(self, column: int, dress: int) -> None:
        """Set the dress in `column`."""
        self.dress.extend([0] * (column + 1 - len(self.dress)))
        self.dress[column] = dress

    def text(self) -> tuple[str, str]:
        """Return how the row is stored, without blank ends."""
        while self.values and self.values[-1] is None:
            self.values.pop()
        while self.dress and not self.dress[-1]:
            self.dress.pop()
        return _dumped(self.values), _dumped(self.dress)


class Rows:
    """The rows of the tab with this key. `reshaped` tells that values or rows came, went or moved."""

    def __init__(self, db: sqlite3.Connection, tab: int) -> None:
        self._db, self._tab = db, tab
        self._loaded: dict[int, Row] = {}
        self.reshaped = False

    def span(self, first: int, last: int) -> list[Row]:
        """Return the rows from `first` to before `last` for changing before anything else is asked."""
        if any(index not in self._loaded for index in range(first, last)):
            where = "SELECT row, cells, dress FROM grid_rows WHERE tab = ? AND row >= ? AND row < ?"
            found = self._db.execute(where, (self._tab, first, last)).fetchall()
            for (index, cells, dress), values in zip(found, _loaded(row[1] for row in found), strict=True):
                self._loaded.setdefault(index, Row(values, json.loads(dress or "[]"), (cells, dress)))
        return [self._loaded.setdefault(index, Row()) for index in range(first, last)]

    def row(self, index: int) -> Row:
        """Return one row for changing."""
        return self.span(index, index + 1)[0]

    def values(self, first: int, last: int) -> dict[int, list[Value]]:
        """Return the values of the rows from `first` to before `last` that are not blank, for reading."""
        where = "row >= ? AND row < ? AND cells <> ''"
        return _by_row(self._select("row, cells", where, first, last, index="grid_values"))

    def formulas(self) -> dict[int, list[Value]]:
        """Return the values of the rows that have formulas, for reading."""
        return _by_row(self._select("row, cells", """instr(cells, '{"f":')""", index="grid_formulas"))

    def dress(self, first: int, last: int) -> dict[int, list[int]]:
        """Return the dress of the rows from `first` to before `last` that have any, for reading."""
        found = self._select("row, dress", "row >= ? AND row < ? AND dress <> ''", first, last)
        return {row: json.loads(text) for row, text in found}

    def used(self) -> int:
        """Return how many rows there are up to the last one that has a value or a dress."""
        return int(self._select("coalesce(max(row), -1)", "TRUE")[0][0]) + 1

    def delete(self, start: int, end: int) -> None:
        """Drop the rows from `start` to before `end` and pull the later ones up."""
        self.flush()
        text = "DELETE FROM grid_rows WHERE tab = ? AND row >= ? AND row < ?"
        self._db.execute(text, (self._tab, start, end))
        self.shift(end, start - end)

    def shift(self, start: int, by: int) -> None:
        """Move the rows from `start` on down by `by`, up if it is negative."""
        self.flush()
        self.reshaped = True
        # Through negative numbers, because (tab, row) is unique.
        text = "UPDATE grid_rows SET row = -1 - (row + ?) WHERE tab = ? AND row >= ?"
        self._db.execute(text, (by, self._tab, start))
        self._db.execute("UPDATE grid_rows SET row = -1 - row WHERE tab = ? AND row < 0", (self._tab,))

    def flush(self) -> None:
        """Write every row that changed."""
        loaded, self._loaded = self._loaded, {}
        for index, row in loaded.items():
            text = row.text()
            if text == row.stored:
                continue
            self.reshaped |= text[0] != row.stored[0]
            if text == ("", ""):
                self._db.execute("DELETE FROM grid_rows WHERE tab = ? AND row = ?", (self._tab, index))
            else:
                stored = (self._tab, index, *text)
                self._db.execute("INSERT OR REPLACE INTO grid_rows VALUES (?, ?, ?, ?)", stored)

    def forget(self) -> None:
        """Delete every row."""
        self._loaded.clear()
        self._db.execute("DELETE FROM grid_rows WHERE tab = ?", (self._tab,))

    def copy_from(self, tab: int) -> None:
        """Take over the rows of another tab; this one must be blank."""
        text = "INSERT INTO grid_rows SELECT ?, row, cells, dress FROM grid_rows WHERE tab = ?"
        self._db.execute(text, (self._tab, tab))

    def _select(self, columns: str, where: str, *arguments: int, index: str = "") -> list[sqlite3.Row]:
        """Return what a condition finds among the rows, by an index, after writing what changed."""
        self.flush()
        table = f"grid_rows INDEXED BY {index}" if index else "grid_rows"
        text = f"SELECT {columns} FROM {table} WHERE tab = ? AND {where}"  # noqa: S608 - texts of this file
        return self._db.execute(text, (self._tab, *arguments)).fetchall()


def _dumped(cells: list[Value] | list[int]) -> str:
    """Return the stored text of a row's values or dress."""
    kept = json.dumps(cells, ensure_ascii=False, separators=(",", ":"), default=lambda cell: {"f": cell.text})
    return kept if cells else ""


def _by_row(found: list[sqlite3.Row]) -> dict[int, list[Value]]:
    """Return values by row from rows of both."""
    return dict(zip((row for row, _ in found), _loaded(text for _, text in found), strict=True))


def _loaded(texts: Iterable[str]) -> list[list[Value]]:
    """Return the values of many stored rows at once."""
    joined = "[" + ",".join(text or "[]" for text in texts) + "]"
    rows: list[list[Value]] = json.loads(joined, object_hook=lambda stored: Formula(stored["f"]))
    return rows
