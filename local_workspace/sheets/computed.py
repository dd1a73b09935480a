"""What formulas show: plain ones cell by cell, the Check formula with the cells below that it fills."""

from dataclasses import dataclass

from local_workspace.sheets import a1, check_formula, formulas
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Failure, Formula, Value
from local_workspace.sheets.check_formula import CheckFormula

REF = Failure("#REF!")
"""What a formula shows whose results have no room, or that looks into a tab which is not there."""


@dataclass(frozen=True, slots=True)
class Spill:
    """A Check formula at (row, column) and the row before which its results end."""

    row: int
    column: int
    end: int
    formula: CheckFormula
    has_room: bool


def spills(book: Book, tab: Tab) -> list[Spill]:
    """Return where the Check formulas of the tab show something."""
    found = []
    for row, cells in tab.rows.formulas(least=2).items():
        for column, value in enumerate(cells):
            formula = check_formula.parse(value) if isinstance(value, Formula) else None
            if formula is not None:
                count, last = tab.rows.column_use(formula.key_column)
                end = row + (last if count >= 2 else 1)
                has_room = count < 2 or book.titled(formula.lookup_tab) is not None
                has_room &= not tab.rows.column_use(column, row + 1, end)[0]
                found.append(Spill(row, column, end if has_room else row + 1, formula, has_room))
    return found


class Results:
    """What the cells of a spreadsheet show, each formula computed once; of no use after a change."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[tuple[int, int, int], Value] = {}

    def rows(self, tab: Tab, top: int, bottom: int) -> dict[int, list[Value]]:
        """Return what the rows from `top` to before `bottom` show; a Formula is one that is not computed."""
        shown = tab.rows.values(top, bottom)
        for spill in spills(self._book, tab):
            for row, value in self._filled(tab, spill, top, bottom).items():
                cells = shown.setdefault(row, [])
                cells.extend([None] * (spill.column + 1 - len(cells)))
                cells[spill.column] = value
        for row in tab.rows.formulas(top, bottom):
            for column, value in enumerate(shown[row]):
                if isinstance(value, Formula):
                    shown[row][column] = self._result(tab, row, column, value)
        return shown

    def _filled(self, tab: Tab, spill: Spill, top: int, bottom: int) -> dict[int, Value]:
        """Return what a Check formula shows in these rows."""
        formula, down = spill.formula, spill.formula.first_row - spill.row
        first, last = max(top, spill.row), min(bottom, spill.end)
        lookup = self._lookup(formula) if first < last and spill.end > spill.row + 1 else {}
        keys = tab.rows.values(first + down, last + down)
        shown: dict[int, Value] = {}
        for row in range(first, last):
            [key] = keys.get(row + down, [])[formula.key_column : formula.key_column + 1] or [None]
            shown[row] = check_formula.result(formula, key, lookup)
        if first == spill.row < last:
            shown[first] = formula.heading if spill.has_room else REF
        return shown

    def _lookup(self, formula: CheckFormula) -> dict[str, Value]:
        """Return what the looked-up tab has, by text."""
        tab = self._book.titled(formula.lookup_tab)
        blanks: list[Value] = [None] * (1 + max(formula.lookup_column, formula.result_column))
        rows = [cells + blanks for cells in tab.rows.values(0, tab.row_count).values()] if tab else []
        return check_formula.index(
            (cells[formula.lookup_column], cells[formula.result_column]) for cells in rows
        )

    def _result(self, tab: Tab, row: int, column: int, formula: Formula) -> Value:
        """Return what one plain formula shows: the formula itself when it cannot be computed."""
        place = (tab.key, row, column)
        if place not in self._known:
            self._known[place] = REF  # What a cell that depends on itself finds.
            try:
                self._known[place] = formulas.evaluate(formula.text, lambda text: self._cells(tab, text))
            except (formulas.NotComputed, RecursionError):
                self._known[place] = formula
        return self._known[place]

    def _cells(self, own: Tab, reference: str) -> list[Value]:
        """Return what the cells of a reference such as "A1" or "'My tab'!B2:C7" show, row by row."""
        title, cells = a1.split(reference)
        tab = own if title is None else self._book.titled(title)
        area = a1.parse_area(cells or "")
        if tab is None or area is None:
            return [REF]
        box = area.within(tab.row_count, tab.column_count)
        rows = self.rows(tab, box.top, box.bottom).values()
        return [value for row in rows for value in row[box.left : box.right]] or [None]
