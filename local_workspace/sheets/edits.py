"""Inserting, deleting and moving rows or columns, as seen by everything that remembers a place."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Dimension: TypeAlias = Literal["ROWS", "COLUMNS"]
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Insert:
    """`count` new rows or columns before index `at`."""

    dimension: Dimension
    at: int
    count: int

    def index(self, index: int) -> int | None:
        """Return where the row or column `index` is afterwards."""
        return index + self.count if index >= self.at else index

    def span(self, start: int, end: int) -> Span | None:
        """Return where the stretch from `start` to before `end` is afterwards; it grows from inside only."""
        return (
            start + self.count if start >= self.at else start,
            end + self.count if end > self.at else end,
        )


@dataclass(frozen=True, slots=True)
class Delete:
    """The rows or columns from `start` to before `end` disappear."""

    dimension: Dimension
    start: int
    end: int

    def index(self, index: int) -> int | None:
        """Return where the row or column `index` is afterwards, None when it is gone."""
        if self.start <= index < self.end:
            return None
        return index - (self.end - self.start) if index >= self.end else index

    def span(self, start: int, end: int) -> Span | None:
        """Return what is left of the stretch, None when nothing is."""
        first, last = self._edge(start), self._edge(end)
        return (first, last) if first < last else None

    def _edge(self, edge: int) -> int:
        """Return where the line before index `edge` is afterwards."""
        return edge - max(0, min(edge, self.end) - self.start)


@dataclass(frozen=True, slots=True)
class Move:
    """The rows or columns from `start` to before `end` go before index `to` (counted before the move)."""

    dimension: Dimension
    start: int
    end: int
    to: int

    def index(self, index: int) -> int | None:
        """Return where the row or column `index` is afterwards."""
        count = self.end - self.start
        if self.start <= index < self.end:
            shift = self.to - self.start if self.to <= self.start else self.to - self.end
            return index + shift
        if self.to <= index < self.start:
            return index + count
        if self.end <= index < self.to:
            return index - count
        return index

    def span(self, start: int, end: int) -> Span | None:
        """Return the stretch between the places that its first and last ones go to."""
        first, last = self.index(start), self.index(end - 1)
        assert first is not None
        assert last is not None
        return min(first, last), max(first, last) + 1


Edit: TypeAlias = Insert | Delete | Move
