"""Inserting, deleting and moving rows or columns, as seen by everything that remembers a place."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Dimension: TypeAlias = Literal["ROWS", "COLUMNS"]
Span: TypeAlias = tuple[int, int]

COUNTS: dict[Dimension, str] = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
FROZEN: dict[Dimension, str] = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}


@dataclass(frozen=True, slots=True)
class Edit:
    """What happens to the rows or columns from `start` to before `end`.

    `index` says where a row or column is afterwards, `span` what becomes of a stretch; None: it is gone.
    """

    dimension: Dimension
    start: int
    end: int

    @property
    def count(self) -> int:
        """How many rows or columns it is about."""
        return self.end - self.start


class Insert(Edit):
    """They are new."""

    __slots__ = ()

    def index(self, index: int) -> int | None:
        """Return where the row or column `index` is afterwards."""
        return index + self.count if index >= self.start else index

    def span(self, start: int, end: int) -> Span | None:
        """Return where the stretch is afterwards; it grows from inside only."""
        moved = start + self.count if start >= self.start else start
        return moved, end + self.count if end > self.start else end


class Delete(Edit):
    """They disappear."""

    __slots__ = ()

    def index(self, index: int) -> int | None:
        """Return where the row or column `index` is afterwards."""
        return None if self.start <= index < self.end else self._edge(index)

    def span(self, start: int, end: int) -> Span | None:
        """Return what is left of the stretch."""
        first, last = self._edge(start), self._edge(end)
        return (first, last) if first < last else None

    def _edge(self, edge: int) -> int:
        """Return where the line before index `edge` is afterwards."""
        return edge - max(0, min(edge, self.end) - self.start)


@dataclass(frozen=True, slots=True)
class Move(Edit):
    """They go before index `to`, counted before the move."""

    to: int

    def index(self, index: int) -> int | None:
        """Return where the row or column `index` is afterwards."""
        if self.start <= index < self.end:
            return index + (self.to - self.start if self.to <= self.start else self.to - self.end)
        if self.to <= index < self.start:
            return index + self.count
        return index - self.count if self.end <= index < self.to else index

    def span(self, start: int, end: int) -> Span | None:
        """Return the stretch between the places that its first and last ones go to."""
        ends = [place for place in (self.index(start), self.index(end - 1)) if place is not None]
        return min(ends), max(ends) + 1


AnyEdit: TypeAlias = Insert | Delete | Move
