"""Requests that copy, cut or search cells."""

import re

from local_workspace.call import Json
from local_workspace.sheets import ranges
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Refused, Tab
from local_workspace.sheets.cells import Value
from local_workspace.sheets.reading import displayed
from local_workspace.sheets.requests.kind import Asked, Kind

_WITH_VALUES = {"PASTE_NORMAL", "PASTE_VALUES", "PASTE_FORMULA", "PASTE_NO_BORDERS"}
_WITH_DRESS = {"PASTE_NORMAL", "PASTE_FORMAT", "PASTE_NO_BORDERS"}


def copy_paste(asked: Asked) -> None:
    """Copy a range to another one, repeated where the destination is a multiple of its size."""
    tab, box = ranges.grid_box(asked.book, asked.body.get("source", {}))
    target_tab, target = ranges.grid_box(asked.book, asked.body.get("destination", {}))
    cells = _taken(tab, box)
    if asked.body.get("pasteOrientation") == "TRANSPOSE":
        cells = [list(column) for column in zip(*cells, strict=True)]
    height, width = len(cells), len(cells[0])
    rows = max((target.bottom - target.top) // height, 1) * height
    columns = max((target.right - target.left) // width, 1) * width
    repeated = [[cells[row % height][column % width] for column in range(columns)] for row in range(rows)]
    _put(target_tab, target.top, target.left, repeated, asked.body.get("pasteType", "PASTE_NORMAL"))


def cut_paste(asked: Asked) -> None:
    """Move a range to another place; its own cells are blank afterwards."""
    tab, box = ranges.grid_box(asked.book, asked.body.get("source", {}))
    target = asked.body.get("destination", {})
    target_tab = asked.book.tab(target.get("sheetId", 0))
    paste_type = asked.body.get("pasteType", "PASTE_NORMAL")
    cells = _taken(tab, box)
    _put(tab, box.top, box.left, [[(None, 0) for _ in row] for row in cells], paste_type)
    _put(target_tab, target.get("rowIndex", 0), target.get("columnIndex", 0), cells, paste_type)


def find_replace(asked: Asked) -> Json:
    """Replace texts in values, on one tab, in a range, or everywhere; formulas stay as they are."""
    body = asked.body
    if "range" in body:
        places = [ranges.grid_box(asked.book, body["range"])]
    else:
        tabs = asked.book.tabs if body.get("allSheets") else [asked.book.tab(body.get("sheetId", 0))]
        places = [(tab, Box(0, tab.row_count, 0, tab.column_count)) for tab in tabs]
    pattern = _pattern(body)
    counts = {"valuesChanged": 0, "occurrencesChanged": 0, "rowsChanged": 0, "sheetsChanged": 0}
    for tab, box in places:
        before = counts["rowsChanged"]
        for row in tab.rows.span(box.top, min(box.bottom, tab.rows.used())):
            changed = 0
            for column in range(box.left, min(box.right, len(row.values))):
                value = row.value(column)
                if not isinstance(value, str | int | float) or isinstance(value, bool):
                    continue
                shown = displayed(asked.book, value, row.dress_at(column))
                text, found = pattern.subn(lambda _: body.get("replacement", ""), shown)
                if found:
                    row.put(column, text)
                    changed += 1
                    counts["occurrencesChanged"] += found
            counts["valuesChanged"] += changed
            counts["rowsChanged"] += bool(changed)
        counts["sheetsChanged"] += counts["rowsChanged"] > before
    return {name: count for name, count in counts.items() if count}


def _pattern(body: Json) -> re.Pattern[str]:
    """Return what findReplace looks for as a regular expression."""
    find = body.get("find", "")
    if not find:
        raise Refused("The search string must not be empty.")
    try:
        pattern = find if body.get("searchByRegex") else re.escape(find)
        if body.get("matchEntireCell"):
            pattern = rf"\A(?:{pattern})\Z"
        return re.compile(pattern, 0 if body.get("matchCase") else re.IGNORECASE)
    except re.error:
        raise Refused(f"The search string is no regular expression: {find}") from None


def _taken(tab: Tab, box: Box) -> list[list[tuple[Value, int]]]:
    """Return values and dresses of a box."""
    return [
        [(row.value(column), row.dress_at(column)) for column in range(box.left, box.right)]
        for row in tab.rows.span(box.top, box.bottom)
    ]


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


KINDS: dict[str, Kind] = {
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "findReplace": find_replace,
}
