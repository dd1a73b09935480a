"""What formulas show: the Check formula computed, with the cells below that it fills."""

from dataclasses import dataclass

from local_workspace.sheets import check_formula
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Formula, Value
from local_workspace.sheets.check_formula import CheckFormula

BLOCKED = "#REF!"
"""What a formula shows whose results have no room, or that looks into a tab which is not there."""


@dataclass(frozen=True, slots=True)
class Spill:
    """The results of the formula at (row, column): its own cell's, then those below."""

    row: int
    column: int
    values: list[Value]


def spills(book: Book, tab: Tab) -> list[Spill]:
    """Return the results of every formula on the tab that is computed."""
    found = []
    for row, cells in sorted(tab.rows.formulas().items()):
        for column, value in enumerate(cells):
            formula = check_formula.parse(value) if isinstance(value, Formula) else None
            if formula is not None:
                found.append(Spill(row, column, _results(book, tab, formula, row, column)))
    return found


def _results(book: Book, tab: Tab, formula: CheckFormula, row: int, column: int) -> list[Value]:
    """Return what the formula in this cell shows."""
    cells = tab.rows.all_values()
    keys = {
        index: values[formula.key_column]
        for index, values in cells.items()
        if len(values) > formula.key_column and values[formula.key_column] is not None
    }
    last_row = check_formula.last_key_row(formula, keys)
    lookup_tab = book.titled(formula.lookup_tab)
    if last_row and lookup_tab is None:
        return [BLOCKED]
    lookup = _lookup(formula, lookup_tab) if last_row and lookup_tab else {}
    shown = check_formula.results(formula, keys, last_row, lookup)
    below = range(row + 1, row + len(shown))
    if any(len(values) > column and values[column] is not None for values in map(cells.get, below) if values):
        return [BLOCKED]
    return shown


def _lookup(formula: CheckFormula, tab: Tab) -> dict[str, Value]:
    """Return what the looked-up tab has, by text."""
    blank: Value = None
    pairs = []
    for values in tab.rows.all_values().values():
        padded = values + [blank] * (1 + max(formula.lookup_column, formula.result_column) - len(values))
        pairs.append((padded[formula.lookup_column], padded[formula.result_column]))
    return check_formula.index(pairs)
