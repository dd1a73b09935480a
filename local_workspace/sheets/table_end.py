"""Where values.append goes on: the last table inside a range, found the way Google finds it.

A table is a rectangle of data around which all cells are blank. FALSE, and what formulas show, "" included,
are data.
"""

from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.computed import spills


def last_table(book: Book, tab: Tab, box: Box) -> Box | None:
    """Return the last table that has a cell in the box, None when the box touches no table."""
    if tab.tail is not None and _touches(tab, tab.tail, box):
        return tab.tail
    masks = _masks(book, tab)
    window = _window(box.left, box.right)
    for row in range(min(box.bottom, max(masks, default=-1) + 1) - 1, box.top - 1, -1):
        if masks.get(row, 0) & window:
            return _table(masks, row, _first_column(masks[row] & window))
    return _table_around(masks, box)


def grow(tab: Tab, table: Box, written: Box) -> None:
    """Remember the table with the rows appended to it, so that the next append need not look for it.

    Only where it ends the tab, keeps its width and no formula fills cells.
    """
    last, left, right = tab.rows.used_by_values(), table.left, table.right
    if written.top != table.bottom or last != written.bottom or tab.rows.formulas(least=2):
        return
    appended = tab.rows.values(written.top, written.bottom)
    for row in range(written.top, written.bottom):
        near = [column for column, value in enumerate(appended.get(row, ())) if value is not None]
        near = [column for column in near if left - 1 <= column <= right]
        if not near or near[0] < left or near[-1] == right:
            return
    tab.tail, tab.rows.reshaped = Box(table.top, last, left, right), False


def _touches(tab: Tab, tail: Box, box: Box) -> bool:
    """Say whether the last used row of the box belongs to the table that ends the tab."""
    row = min(box.bottom, tail.bottom) - 1
    cells = tab.rows.values(row, row + 1).get(row, [])
    used = [column for column in range(box.left, min(box.right, len(cells))) if cells[column] is not None]
    return row >= max(box.top, tail.top) and bool(used) and tail.left <= used[0] < tail.right


def _masks(book: Book, tab: Tab) -> dict[int, int]:
    """Return the used cells of every row as a number: bit 0 stands for column A."""
    masks = tab.rows.masks()
    for spill in spills(book, tab):
        for row in range(spill.row, spill.end):
            masks[row] = masks.get(row, 0) | 1 << spill.column
    return masks


def _table(masks: dict[int, int], row: int, column: int) -> Box:
    """Return the table that the used cell at (row, column) belongs to, grown until all around is blank."""
    top = bottom = row
    left = right = column
    used = masks[row]
    while True:
        before = top, bottom, left, right
        window = _window(max(left - 1, 0), right + 2)
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
    window = _window(max(box.left - 1, 0), box.left + 2)
    for row in range(max(box.top - 1, 0), box.top + 2):
        if masks.get(row, 0) & window:
            table = _table(masks, row, _first_column(masks[row] & window))
            if table.top <= box.top < table.bottom and table.left <= box.left < table.right:
                return table
    return None


def _window(left: int, right: int) -> int:
    """Return the bits of the columns from `left` to before `right`."""
    return (1 << right) - (1 << left)


def _first_column(mask: int) -> int:
    """Return the lowest column of a mask that is not zero."""
    return (mask & -mask).bit_length() - 1
