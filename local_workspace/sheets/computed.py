"""What the cells of a spreadsheet show: values, what formulas give, and what arrays fill below them."""

from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TypeAlias
from zoneinfo import ZoneInfo

from local_workspace.sheets import a1, formulas
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Formula, Value
from local_workspace.sheets.formulas import REF, VALUE, Cells, Failed, Function, Grid
from local_workspace.sheets.number_formats import serial


@dataclass(slots=True)
class _Stored:
    """The rows of a tab; where its formulas stand, those apart that may fill more cells than their own."""

    rows: dict[int, list[Value]]
    bottom: int
    plain: dict[int, list[tuple[int, int, Formula]]] = field(default_factory=dict)
    filling: list[tuple[int, int, Formula]] = field(default_factory=list)


_Place: TypeAlias = tuple[int, int, int]
_Known: TypeAlias = tuple[dict[int, _Stored], dict[_Place, Grid], set[_Place]]


class Results:
    """What the cells show, each formula computed once; of no use after a change."""

    def __init__(self, book: Book, known: _Known | None = None) -> None:
        self.book = book
        self._tabs, self._known, self._timed = known or ({}, {}, set())
        self._seen: dict[tuple[int, Box], Cells] = {}
        self._asked = 0  # How often for the time.
        while self._timed:  # They told that of another request.
            del self._known[self._timed.pop()]

    def rows(self, tab: Tab, top: int, bottom: int) -> dict[int, list[Value]]:
        """Return what the rows from `top` to before `bottom` show."""
        if tab.rows.formulas():
            return self._shown(tab, Box(top, bottom, 0, tab.column_count))
        return tab.rows.values(top, bottom)

    def _stored(self, tab: Tab) -> _Stored:
        """Return a tab that has formulas, or that one looks into; it is read whole, and once."""
        if tab.key not in self._tabs:
            rows = tab.rows.values(0, tab.row_count)
            stored = self._tabs[tab.key] = _Stored(rows, max(rows, default=0) + 1)
            for row, cells in tab.rows.formulas().items():
                for column, value in enumerate(cells):
                    if isinstance(value, Formula):
                        place = stored.filling if _fills(value) else stored.plain.setdefault(row, [])
                        place.append((row, column, value))
        return self._tabs[tab.key]

    def _shown(self, tab: Tab, box: Box) -> dict[int, list[Value]]:
        """Return the rows of the box, with what formulas show in its columns."""
        stored = self._stored(tab)
        window = range(box.top, min(box.bottom, stored.bottom))
        shown = {row: stored.rows[row] for row in window if row in stored.rows}
        found = [place for place in stored.filling if place[0] < box.bottom and place[1] < box.right]
        for row in stored.plain.keys() & shown.keys():
            found += [place for place in stored.plain[row] if box.left <= place[1] < box.right]
        for top, left, formula in found:
            for row, cells in enumerate(self._result(tab, top, left, formula)[: box.bottom - top], top):
                if row >= box.top:
                    before = shown.get(row, [])
                    blanks: list[Value] = [None] * (left - len(before))
                    shown[row] = before[:left] + blanks + cells + before[left + len(cells) :]
        return shown

    def _result(self, tab: Tab, row: int, column: int, formula: Formula) -> Grid:
        """Return what a formula shows in its cell and fills from there; "#REF!" when there is no room."""
        place = (tab.key, row, column)
        if place not in self._known:
            asked, self._known[place] = self._asked, [[REF]]  # What a cell that depends on itself finds.
            own: dict[str, Function] = {"cells": partial(self._cells, tab), "NOW": lambda: [[self._now()]]}
            own["TODAY"] = lambda: [[int(self._now())]]
            grid = formulas.compute(formula.text, own)
            if len(grid) > 1 or len(grid[0]) > 1:
                rows, right = self._stored(tab).rows, column + len(grid[0])
                below = [rows.get(index, [])[column:right] for index in range(row, row + len(grid))]
                is_free = sum(value is not None for cells in below for value in cells) == 1
                grid = [[VALUE]] if not _fills(formula) else grid if is_free else [[REF]]
            self._known[place] = grid
            self._timed.update([place] * (self._asked > asked))
        self._asked += place in self._timed
        return self._known[place]

    def _cells(self, own: Tab, reference: Grid) -> Cells:
        """Return what the cells of a reference show; a range without an end goes to the last used row."""
        title, name = a1.split(str(reference[0][0]))
        tab, area = own if title is None else self.book.titled(title), a1.parse_area(name or "")
        if tab is None or area is None:
            raise Failed(REF)
        last = tab.row_count if area.bottom else max(area.top + 1, self._stored(tab).bottom)
        box = area.within(last, tab.column_count)
        if box.top >= box.bottom or box.left >= box.right:
            raise Failed(REF)
        if (tab.key, box) in self._seen:
            return self._seen[tab.key, box]
        asked, cells = self._asked, Cells(box, partial(self._grid, tab))
        if asked == self._asked:
            self._seen[tab.key, box] = cells
        return cells

    def _now(self) -> float:
        """Return the time as a sheet of this spreadsheet's zone counts it."""
        self._asked += 1
        return serial(self.book.call.now.astimezone(ZoneInfo(self.book.body["properties"]["timeZone"])))

    def _grid(self, tab: Tab, box: Box) -> Grid:
        """Return what the cells of a box show; those beyond the edges are blank."""
        rows, width = self._shown(tab, box), box.right - box.left
        grid = [rows.get(row, [])[box.left : box.right] for row in range(box.top, box.bottom)]
        return [cells if len(cells) == width else cells + [None] * (width - len(cells)) for cells in grid]


def _fills(formula: Formula) -> bool:
    """Say whether a formula may fill more cells than its own."""
    return any(sign in formula.text.upper() for sign in ("ARRAYFORMULA(", "FILTER(", "{"))


def kept(book: Book) -> Results:
    """Return the results of a spreadsheet that the request leaves as it is, kept until it changes."""
    return Results(book, _known(book.state))


@lru_cache(maxsize=4)
def _known(state: int) -> _Known:
    """Return what is known of a spreadsheet in this state: tabs, results, and those that tell the time."""
    return {}, {}, set()
