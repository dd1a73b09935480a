"""Sorting rows as Sheets does: numbers, then texts, then booleans; blanks last, whichever the direction."""

from dataclasses import dataclass

from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Formula
from local_workspace.sheets.computed import Results
from local_workspace.sheets.formulas import rank
from local_workspace.sheets.references import shift


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column, counted from the grid's first, and the direction."""

    column: int
    descending: bool


def sort(book: Book, tab: Tab, box: Box, keys: list[SortKey]) -> None:
    """Sort the cells of the box by what they show; values, formats and notes move together, by rows.

    References in formulas that move go along, as when a formula is copied.
    """
    bottom = min(box.bottom, tab.rows.used())
    results = Results(book).rows(tab, box.top, bottom)
    rows, width = tab.rows.span(box.top, bottom), range(box.left, box.right)
    contents = [
        (index, [(row.value(column), row.dress_at(column)) for column in width])
        for index, row in enumerate(rows, box.top)
    ]
    for key in reversed(keys):
        shown = {index: (cells[key.column : key.column + 1] or [None])[0] for index, cells in results.items()}
        contents.sort(key=lambda content: rank(shown.get(content[0])), reverse=key.descending)
        contents.sort(key=lambda content: shown.get(content[0]) is None)
    for place, (row, (index, cells)) in enumerate(zip(rows, contents, strict=True), box.top):
        for column, (found, worn) in zip(width, cells, strict=True):
            moved = Formula(shift(found.text, place - index, 0)) if isinstance(found, Formula) else found
            row.put(column, moved)
            row.dress_up(column, worn)
