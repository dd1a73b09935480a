"""Requests that copy or cut cells."""

from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Refused, Tab
from local_workspace.sheets.cells import Formula, Value
from local_workspace.sheets.references import shift
from local_workspace.sheets.requests.kind import Asked, by_name

_WITH_VALUES = {"PASTE_NORMAL", "PASTE_VALUES", "PASTE_FORMULA", "PASTE_NO_BORDERS"}
_WITH_DRESS = {"PASTE_NORMAL", "PASTE_FORMAT", "PASTE_NO_BORDERS"}


def copy_paste(asked: Asked) -> None:
    """Copy a range to another one, repeated where the destination is a multiple of its size."""
    tab, box = asked.box("source")
    target_tab, target = asked.box("destination")
    cells = _taken(tab, box)
    if asked.body.get("pasteOrientation") == "TRANSPOSE":
        cells = [list(column) for column in zip(*cells, strict=True)]
    height, width = len(cells), len(cells[0])
    rows = max((target.bottom - target.top) // height, 1) * height
    columns = max((target.right - target.left) // width, 1) * width
    down, right = target.top - box.top, target.left - box.left
    repeated = [[cells[row % height][column % width] for column in range(columns)] for row in range(rows)]
    for row, values in enumerate(repeated):
        for column, (value, dress) in enumerate(values):
            if isinstance(value, Formula):
                moved = shift(value.text, down + row - row % height, right + column - column % width)
                values[column] = Formula(moved), dress
    _put(target_tab, target.top, target.left, repeated, asked.body.get("pasteType", "PASTE_NORMAL"))


def cut_paste(asked: Asked) -> None:
    """Move a range to another place; its own cells are blank afterwards."""
    tab, box = asked.box("source")
    target = asked.body.get("destination", {})
    target_tab = asked.book.tab(target.get("sheetId", 0))
    paste_type = asked.body.get("pasteType", "PASTE_NORMAL")
    cells = _taken(tab, box)
    _put(tab, box.top, box.left, [[(None, 0) for _ in row] for row in cells], paste_type)
    _put(target_tab, target.get("rowIndex", 0), target.get("columnIndex", 0), cells, paste_type)


def _taken(tab: Tab, box: Box) -> list[list[tuple[Value, int]]]:
    """Return values and dresses of a box."""
    width = range(box.left, box.right)
    rows = tab.rows.span(box.top, box.bottom)
    return [[(row.value(column), row.dress_at(column)) for column in width] for row in rows]


def _put(tab: Tab, top: int, left: int, cells: list[list[tuple[Value, int]]], paste_type: str) -> None:
    """Put values and dresses from (top, left) on, whichever the paste type brings along."""
    if paste_type not in _WITH_VALUES | _WITH_DRESS:
        raise Refused(f"{paste_type} is not implemented by the local workspace.")
    if top + len(cells) > tab.row_count or left + len(cells[0]) > tab.column_count:
        raise Refused("The destination does not lie in the grid.")
    for row, values in zip(tab.rows.span(top, top + len(cells)), cells, strict=True):
        for column, (value, dress) in enumerate(values, left):
            if paste_type in _WITH_VALUES:
                row.put(column, value)
            if paste_type in _WITH_DRESS:
                row.dress_up(column, dress)


KINDS = by_name(copy_paste, cut_paste)
