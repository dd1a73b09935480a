"""Requests that write cells: values, formats, notes and rules; merging, sorting, copying and cutting."""

from itertools import product
from typing import Any, TypeAlias

from local_workspace.call import Json
from local_workspace.errors import bad_request, not_implemented
from local_workspace.fields import Mask
from local_workspace.sheets import grid_data, masks, ranges, sorting, writing
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Book, Tab, keep_items
from local_workspace.sheets.cells import Formula, Value
from local_workspace.sheets.references import shift
from local_workspace.sheets.rows import Row
from local_workspace.sheets.sorting import SortKey

_Cell: TypeAlias = tuple[Value, int]
"""A value and its dress."""
_Place: TypeAlias = tuple[Tab, int, int]
"""A tab, and the row and the column of a cell on it."""


def update_cells(book: Book, body: Json) -> None:
    """Write rows of cells from a start on, or into a range whose remaining cells are emptied."""
    rows = [row.get("values", []) for row in body.get("rows", [])]
    if "start" in body:
        place = _cell(book, body["start"])
    elif "range" in body:
        tab, box = ranges.grid_box(book, body["range"])
        place, height, width = (tab, box.top, box.left), box.bottom - box.top, box.right - box.left
        if len(rows) > height or any(len(cells) > width for cells in rows):
            room = f"the {height} rows and {width} columns of the range"
            raise bad_request(f"Attempting to write more than {room}.")
        rows = [cells + [{}] * (width - len(cells)) for cells in rows + [[]] * (height - len(rows))]
    else:
        raise bad_request("Either 'start' or 'range' must be set.")
    _write(book, place, rows, masks.parse(body))


def repeat_cell(book: Book, body: Json) -> None:
    """Write the same cell all over a range."""
    _repeat(book, body, body.get("cell", {}), masks.parse(body))


def set_data_validation(book: Book, body: Json) -> None:
    """Set the rule of a range's cells, or take it away."""
    rule = body.get("rule", {"condition": None})
    if "condition" not in rule:
        raise bad_request("No condition specified")
    # A rule that is off in a detail says so by leaving it out.
    kept = {name: value for name, value in rule.items() if value not in (None, False)}
    _repeat(book, body, {"dataValidation": kept}, {"dataValidation": {}})


def merge_cells(book: Book, body: Json) -> None:
    """Merge the cells of a range, all together or by rows or columns; only first values stay."""
    unmerge_cells(book, body)
    tab, box = ranges.grid_box(book, body.get("range", {}))
    kind = body.get("mergeType", "MERGE_ALL")
    height = 1 if kind == "MERGE_ROWS" else box.bottom - box.top
    width = 1 if kind == "MERGE_COLUMNS" else box.right - box.left
    for top, left in product(range(box.top, box.bottom, height), range(box.left, box.right, width)):
        part = Box(top, top + height, left, left + width)
        merge = masks.tidy({"sheetId": tab.sheet_id} | ranges.grid_range(part))
        tab.body.setdefault("merges", []).append(merge)
        first = tab.rows.row(top).value(left)
        writing.clear(tab, part)
        tab.rows.row(top).put(left, first)


def unmerge_cells(book: Book, body: Json) -> None:
    """Take the merges of a range apart; ApiError 400 when it cuts one in two."""
    tab, box = ranges.grid_box(book, body.get("range", {}))

    def lies_apart(merge: Json) -> bool:
        found = ranges.grid_area(merge).within(tab.row_count, tab.column_count)
        common = found.common(box)
        if common not in (None, found):
            raise bad_request("You must select all cells in a merged range to merge or unmerge them.")
        return common is None

    keep_items(tab.body, "merges", lies_apart)


def sort_range(book: Book, body: Json) -> None:
    """Sort the rows of a range by one column or several."""
    tab, box = ranges.grid_box(book, body.get("range", {}))
    specs = body.get("sortSpecs", [])
    keys = [SortKey(spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING") for spec in specs]
    for key in keys:
        if not box.left <= key.column < box.right:
            raise bad_request(f"sortSpecs.dimensionIndex[{key.column}] is not in the range.")
    sorting.sort(book, tab, box, keys)


def copy_paste(book: Book, body: Json) -> None:
    """Copy a range to another one, repeated where the destination is a multiple of its size."""
    box, cells = _taken(book, body)
    tab, target = ranges.grid_box(book, body.get("destination", {}))
    height, width = len(cells), len(cells[0])
    tops = range(target.top, max(target.bottom - height, target.top) + 1, height)
    lefts = range(target.left, max(target.right - width, target.left) + 1, width)
    for top, left in product(tops, lefts):
        moved = [[_moved(cell, top - box.top, left - box.left) for cell in row] for row in cells]
        _paste((tab, top, left), moved)


def cut_paste(book: Book, body: Json) -> None:
    """Move a range to another place; its own cells are blank afterwards."""
    box, cells = _taken(book, body)
    blank: list[list[_Cell]] = [[(None, 0)] * len(row) for row in cells]
    _paste((book.tab(body["source"].get("sheetId", 0)), box.top, box.left), blank)
    _paste(_cell(book, body.get("destination", {})), cells)


def _cell(book: Book, found: Json) -> _Place:
    """Return what a GridCoordinate stands for."""
    return book.tab(found.get("sheetId", 0)), found.get("rowIndex", 0), found.get("columnIndex", 0)


def _rows(place: _Place, cells: list[list[Any]]) -> list[Row]:
    """Return the rows in which `cells` come to lie, from a place on; ApiError 400 without room."""
    tab, top, left = place
    area = Area(top, top + len(cells), left, left + max(map(len, cells), default=0))
    return tab.rows.span(top, ranges.read_box(tab, area, whole=True).bottom)


def _repeat(book: Book, body: Json, cell: Json, mask: Mask) -> None:
    tab, box = ranges.grid_box(book, body.get("range", {}))
    rows = [[cell] * (box.right - box.left)] * (box.bottom - box.top)
    _write(book, (tab, box.top, box.left), rows, mask)


def _write(book: Book, place: _Place, rows: list[list[Json]], mask: Mask) -> None:
    """Write rows of CellData from a place on; few different dresses are made anew."""
    writes_value = "*" in mask or "userEnteredValue" in mask
    dressed: dict[tuple[int, int], int] = {}
    for row, cells in zip(_rows(place, rows), rows, strict=True):
        for column, cell in enumerate(cells, place[2]):
            if writes_value:
                row.put(column, grid_data.entered(cell.get("userEnteredValue", {})))
            key = row.dress_at(column), id(cell)
            if key not in dressed:
                dressed[key] = book.wardrobe.changed(key[0], cell, mask)
            row.dress_up(column, dressed[key])


def _taken(book: Book, body: Json) -> tuple[Box, list[list[_Cell]]]:
    """Return the source of a paste and its cells."""
    wanted = body.get("pasteType", "PASTE_NORMAL"), body.get("pasteOrientation", "NORMAL")
    if wanted != ("PASTE_NORMAL", "NORMAL"):
        raise not_implemented("Pasting in another way than PASTE_NORMAL")
    tab, box = ranges.grid_box(book, body.get("source", {}))
    width, rows = range(box.left, box.right), tab.rows.span(box.top, box.bottom)
    return box, [[(row.value(column), row.dress_at(column)) for column in width] for row in rows]


def _moved(cell: _Cell, down: int, right: int) -> _Cell:
    """Return a cell as it is when copied so far; references in formulas go along."""
    value, dress = cell
    return (Formula(shift(value.text, down, right)) if isinstance(value, Formula) else value), dress


def _paste(place: _Place, cells: list[list[_Cell]]) -> None:
    for row, line in zip(_rows(place, cells), cells, strict=True):
        for column, (value, dress) in enumerate(line, place[2]):
            row.put(column, value)
            row.dress_up(column, dress)
