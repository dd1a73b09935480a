"""Inserting, deleting and moving rows or columns, as seen by everything that remembers a place."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Dimension: TypeAlias = Literal["ROWS", "COLUMNS"]

COUNTS: dict[Dimension, str] = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
FROZEN: dict[Dimension, str] = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}


@dataclass(frozen=True, slots=True)
class Edit:
    """The rows or columns from `start` to before `end` are new, disappear, or go before index `to`.

    `to` is counted before the move.
    """

    kind: Literal["insert", "delete", "move"]
    dimension: Dimension
    start: int
    end: int
    to: int = 0

    def index(self, index: int) -> int | None:
        """Return where the row or column `index` is afterwards, None when it is gone."""
        count, inside = self.end - self.start, self.start <= index < self.end
        if self.kind == "insert":
            return index + count if index >= self.start else index
        if self.kind == "delete":
            return None if inside else index - count * (index >= self.end)
        if inside:
            return index + self.to - (self.start if self.to <= self.start else self.end)
        return index + count * (self.to <= index < self.start) - count * (self.end <= index < self.to)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what becomes of the stretch from `start` to before `end`; it grows from inside only."""
        last = end - 1
        if self.kind == "delete":
            start = self.end if self.start <= start < self.end else start
            last = self.start - 1 if self.start <= last < self.end else last
        ends = [self.index(start) or 0, self.index(last) or 0]
        return (min(ends), max(ends) + 1) if start <= last else None
