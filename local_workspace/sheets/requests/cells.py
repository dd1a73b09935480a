"""Requests that write cells: values, formats, notes and rules; merging, sorting, copying and cutting."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from local_workspace.call import Json
from local_workspace.errors import bad_request, not_implemented
from local_workspace.fields import Mask
from local_workspace.sheets import grid_data, masks, ranges, sorting, writing
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Tab, keep_items
from local_workspace.sheets.cells import Formula, Value
from local_workspace.sheets.references import shift
from local_workspace.sheets.requests.kind import Asked
from local_workspace.sheets.rows import Row
from local_workspace.sheets.sorting import SortKey

_Cell: TypeAlias = tuple[Value, int]
"""A value and its dress."""
_Place: TypeAlias = tuple[Tab, int, int]
"""A tab and the row and the column of a cell on it."""


def update_cells(asked: Asked) -> None:
    """Write rows of cells from a start on, or into a range whose remaining cells are emptied."""
    rows = [row.get("values", []) for row in asked.body.get("rows", [])]
    height, width = len(rows), max(map(len, rows), default=0)
    if "start" in asked.body:
        tab, top, left = _cell(asked, "start")
    elif "range" in asked.body:
        tab, box = asked.box()
        top, left, room, columns = box.top, box.left, box.bottom - box.top, box.right - box.left
        if height > room or width > columns:
            wide = f"the {room} rows and {columns} columns of the range"
            raise bad_request(f"Attempting to write more than {wide}.")
        rows = [values + [{}] * (columns - len(values)) for values in rows + [[]] * (room - height)]
    else:
        raise bad_request("Either 'start' or 'range' must be set.")
    _write(asked, (tab, top, left), rows, asked.mask)


def repeat_cell(asked: Asked) -> None:
    """Write the same cell all over a range."""
    _repeat(asked, asked.body.get("cell", {}), asked.mask)


def set_data_validation(asked: Asked) -> None:
    """Set the rule of a range's cells, or take it away."""
    rule = asked.body.get("rule")
    if rule is not None and "condition" not in rule:
        raise bad_request("No condition specified")
    # A rule that is off in a detail says so by leaving it out.
    kept = {name: value for name, value in (rule or {}).items() if value is not False}
    _repeat(asked, {"dataValidation": kept}, {"dataValidation": {}})


def merge_cells(asked: Asked) -> None:
    """Merge the cells of a range; only the first one's value stays."""
    if asked.body.get("mergeType", "MERGE_ALL") != "MERGE_ALL":
        raise not_implemented(asked.body["mergeType"])
    tab, box = asked.box()
    _unmerge(tab, box)
    merge = masks.tidy({"sheetId": tab.sheet_id} | ranges.grid_range(box))
    tab.body.setdefault("merges", []).append(merge)
    first = tab.rows.row(box.top).value(box.left)
    writing.clear(tab, box)
    tab.rows.row(box.top).put(box.left, first)


def unmerge_cells(asked: Asked) -> None:
    """Take the merges of a range apart."""
    _unmerge(*asked.box())


def sort_range(asked: Asked) -> None:
    """Sort the rows of a range by one column or several."""
    tab, box = asked.box()
    specs = asked.body.get("sortSpecs", [])
    keys = [SortKey(spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING") for spec in specs]
    for key in keys:
        if not box.left <= key.column < box.right:
            raise bad_request(f"sortSpecs.dimensionIndex[{key.column}] is not in the range.")
    sorting.sort(asked.book, tab, box, keys)


def copy_paste(asked: Asked) -> None:
    """Copy a range to another one, repeated where the destination is a multiple of its size."""
    (tab, box), (target_tab, target) = asked.box("source"), asked.box("destination")
    cells = _taken(tab, box)
    height, width = len(cells), len(cells[0])
    for top in range(target.top, max(target.bottom - height, target.top) + 1, height):
        for left in range(target.left, max(target.right - width, target.left) + 1, width):
            moved = [[_shifted(cell, top - box.top, left - box.left) for cell in row] for row in cells]
            _paste(asked, (target_tab, top, left), moved)


def cut_paste(asked: Asked) -> None:
    """Move a range to another place; its own cells are blank afterwards."""
    tab, box = asked.box("source")
    cells = _taken(tab, box)
    _paste(asked, (tab, box.top, box.left), [[(None, 0) for _ in row] for row in cells])
    _paste(asked, _cell(asked, "destination"), cells)


def _cell(asked: Asked, name: str) -> _Place:
    """Return what a GridCoordinate of the body stands for."""
    start = asked.body.get(name, {})
    return asked.book.tab(start.get("sheetId", 0)), start.get("rowIndex", 0), start.get("columnIndex", 0)


def _span(place: _Place, cells: list[list[Any]]) -> Iterator[tuple[Row, Iterator[tuple[int, Any]]]]:
    """Yield the rows that rows of cells come to lie in, from a place on, each with its cells by column.

    ApiError 400 when they do not fit into the grid.
    """
    tab, top, left = place
    area = Area(top, top + len(cells), left, left + max(map(len, cells), default=0))
    rows = tab.rows.span(top, ranges.write_box(tab, area).bottom)
    yield from zip(rows, (enumerate(line, left) for line in cells), strict=True)


def _repeat(asked: Asked, cell: Json, mask: Mask) -> None:
    """Write one CellData into every cell of the range."""
    tab, box = asked.box()
    rows = [[cell] * (box.right - box.left)] * (box.bottom - box.top)
    _write(asked, (tab, box.top, box.left), rows, mask)


def _write(asked: Asked, place: _Place, rows: list[list[Json]], mask: Mask) -> None:
    """Write rows of CellData from a place on; few different dresses are made anew."""
    writes_value = "*" in mask or "userEnteredValue" in mask
    dressed: dict[tuple[int, int], int] = {}
    for row, cells in _span(place, rows):
        for column, cell in cells:
            if writes_value:
                row.put(column, grid_data.entered(cell.get("userEnteredValue", {})))
            dress = row.dress_at(column)
            if (dress, id(cell)) not in dressed:
                dressed[dress, id(cell)] = asked.book.wardrobe.changed(dress, cell, mask)
            row.dress_up(column, dressed[dress, id(cell)])


def _unmerge(tab: Tab, box: Box) -> None:
    """Drop the merges inside the box; ApiError 400 when it cuts one in two."""

    def lies_apart(merge: Json) -> bool:
        found = ranges.grid_area(merge).within(tab.row_count, tab.column_count)
        common = found.common(box)
        if common not in (None, found):
            raise bad_request("You must select all cells in a merged range to merge or unmerge them.")
        return common is None

    keep_items(tab.body, "merges", lies_apart)


def _taken(tab: Tab, box: Box) -> list[list[_Cell]]:
    """Return the cells of a box."""
    width = range(box.left, box.right)
    rows = tab.rows.span(box.top, box.bottom)
    return [[(row.value(column), row.dress_at(column)) for column in width] for row in rows]


def _shifted(cell: _Cell, down: int, right: int) -> _Cell:
    """Return a cell as it is when copied so far; references in formulas go along."""
    value, dress = cell
    return (Formula(shift(value.text, down, right)) if isinstance(value, Formula) else value), dress


def _paste(asked: Asked, place: _Place, cells: list[list[_Cell]]) -> None:
    """Put cells from a place on."""
    wanted = asked.body.get("pasteType", "PASTE_NORMAL"), asked.body.get("pasteOrientation", "NORMAL")
    if wanted != ("PASTE_NORMAL", "NORMAL"):
        raise not_implemented("Pasting in another way than PASTE_NORMAL")
    for row, line in _span(place, cells):
        for column, (value, dress) in line:
            row.put(column, value)
            row.dress_up(column, dress)
