"""Where values.append goes on: the last table inside a range, found the way Google finds it.

A table is a rectangle of data around which all cells are blank. FALSE, and what formulas show, "" included,
are data. The used cells of a row are a number, its mask, in which bit 0 stands for column A.
"""

from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Value
from local_workspace.sheets.computed import Results


def last_table(book: Book, tab: Tab, box: Box) -> Box | None:
    """Return the last table that has a cell in the box, None when the box touches no table."""
    window = _window(box.left, box.right)
    if (tail := tab.tail) is not None:
        row = min(box.bottom, tail.bottom) - 1
        used = _masks(tab.rows.values(row, row + 1)).get(row, 0) & window
        if row >= max(box.top, tail.top) and tail.left <= _first_column(used) < tail.right:
            return tail
    masks = _masks(Results(book).rows(tab, 0, tab.row_count))
    for row in range(min(box.bottom, max(masks, default=-1) + 1) - 1, box.top - 1, -1):
        if masks.get(row, 0) & window:
            return _table(masks, row, _first_column(masks[row] & window))
    return _table_around(masks, box)


def grow(tab: Tab, table: Box, bottom: int) -> None:
    """Remember the table with what was appended, so that the next append need not look for it.

    Only where it ends the tab at row `bottom`, keeps its width, and has no formulas.
    """
    appended = _masks(tab.rows.values(table.bottom, tab.row_count))
    ends_tab = sorted(appended) == list(range(table.bottom, bottom))
    keeps_width = not any(mask & ~_window(table.left, table.right) for mask in appended.values())
    if ends_tab and keeps_width and not tab.rows.formulas():
        tab.tail, tab.rows.reshaped = Box(table.top, bottom, table.left, table.right), False


def _masks(rows: dict[int, list[Value]]) -> dict[int, int]:
    return {
        row: sum([1 << column for column, value in enumerate(cells) if value is not None])
        for row, cells in rows.items()
    }


def _table(masks: dict[int, int], row: int, column: int) -> Box:
    """Return the table that the used cell at (row, column) belongs to, grown until all around is blank."""
    top = bottom = row
    left = right = column
    used = masks[row]
    while True:
        before = top, bottom, left, right
        window = _window(left - 1, right + 2)
        while masks.get(top - 1, 0) & window:
            top -= 1
            used |= masks[top]
        while masks.get(bottom + 1, 0) & window:
            bottom += 1
            used |= masks[bottom]
        while left and used >> (left - 1) & 1:
            left -= 1
        while used >> (right + 1) & 1:
            right += 1
        if before == (top, bottom, left, right):
            return Box(top, bottom + 1, left, right + 1)


def _table_around(masks: dict[int, int], box: Box) -> Box | None:
    """Return the table in whose rectangle the box's first cell is a blank, None when there is none."""
    window = _window(box.left - 1, box.left + 2)
    for row in range(max(box.top - 1, 0), box.top + 2):
        if masks.get(row, 0) & window:
            table = _table(masks, row, _first_column(masks[row] & window))
            if table.top <= box.top < table.bottom and table.left <= box.left < table.right:
                return table
    return None


def _window(left: int, right: int) -> int:
    """Return the bits of the columns from `left` to before `right`."""
    return (1 << right) - (1 << max(left, 0))


def _first_column(mask: int) -> int:
    """Return the lowest column of a mask, -1 when it has none."""
    return (mask & -mask).bit_length() - 1
