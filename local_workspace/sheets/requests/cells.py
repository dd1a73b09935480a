"""Requests that write cells: values, formats, notes and rules; merging and sorting."""

from typing import Any

from local_workspace.call import Json
from local_workspace.fields import Mask
from local_workspace.sheets import cell_data, masks, ranges, sorting
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Book, Refused, Tab
from local_workspace.sheets.requests.kind import Asked, Kind
from local_workspace.sheets.sorting import SortKey


def update_cells(asked: Asked) -> None:
    """Write rows of cells from a start on, or into a range whose remaining cells are emptied."""
    mask = masks.parse(asked.body.get("fields"))
    rows: list[Json] = asked.body.get("rows", [])
    if "start" in asked.body:
        start = asked.body["start"]
        tab = asked.book.tab(start.get("sheetId", 0))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(row.get("values", ())) for row in rows), default=0)
        box = _in_grid(tab, top, left, len(rows), width)
        _write(asked.book, tab, box, rows, mask)
    elif "range" in asked.body:
        tab, box = ranges.grid_box(asked.book, asked.body["range"])
        width, height = box.right - box.left, box.bottom - box.top
        if len(rows) > height or any(len(row.get("values", ())) > width for row in rows):
            raise Refused(
                f"Attempting to write more than the {height} rows and {width} columns of the range."
            )
        padded = [row.get("values", [])[:] for row in rows] + [[] for _ in range(height - len(rows))]
        for values in padded:
            values.extend({} for _ in range(width - len(values)))
        _write(asked.book, tab, box, [{"values": values} for values in padded], mask)
    else:
        raise Refused("Either 'start' or 'range' must be set.")


def append_cells(asked: Asked) -> None:
    """Write rows of cells below the last row of the tab that has data."""
    mask = masks.parse(asked.body.get("fields"))
    rows: list[Json] = asked.body.get("rows", [])
    tab = asked.book.tab(asked.body.get("sheetId", 0))
    top = tab.rows.used_by_values()
    width = max((len(row.get("values", ())) for row in rows), default=0)
    tab.grid["rowCount"] = max(tab.row_count, top + len(rows))
    tab.grid["columnCount"] = max(tab.column_count, width)
    _write(asked.book, tab, Box(top, top + len(rows), 0, width), rows, mask)


def repeat_cell(asked: Asked) -> None:
    """Write the same cell all over a range."""
    mask = masks.parse(asked.body.get("fields"))
    tab, box = ranges.grid_box(asked.book, asked.body.get("range", {}))
    _repeat(asked.book, tab, box, asked.body.get("cell", {}), mask)


def set_data_validation(asked: Asked) -> None:
    """Set the rule of a range's cells, or take it away."""
    tab, box = ranges.grid_box(asked.book, asked.body.get("range", {}))
    rule = {"dataValidation": asked.body["rule"]} if "rule" in asked.body else {}
    if rule and "condition" not in asked.body["rule"]:
        raise Refused("No condition specified")
    # A rule that is off in a detail says so by leaving it out.
    kept = {name: value for name, value in rule.get("dataValidation", {}).items() if value is not False}
    _repeat(asked.book, tab, box, {"dataValidation": kept} if rule else {}, {"dataValidation": {}})


def merge_cells(asked: Asked) -> None:
    """Merge the cells of a range, all together or by rows or columns; only first values stay."""
    tab, box = ranges.grid_box(asked.book, asked.body.get("range", {}))
    _unmerge(tab, box)
    for part in _parts(box, asked.body.get("mergeType", "MERGE_ALL")):
        merge = masks.tidy({"sheetId": tab.sheet_id} | _range_of(part))
        tab.body.setdefault("merges", []).append(merge)
        for index, row in enumerate(tab.rows.span(part.top, part.bottom), part.top):
            for column in range(part.left, part.right):
                if (index, column) != (part.top, part.left) and row.value(column) is not None:
                    row.put(column, None)


def unmerge_cells(asked: Asked) -> None:
    """Take the merges of a range apart."""
    _unmerge(*ranges.grid_box(asked.book, asked.body.get("range", {})))


def sort_range(asked: Asked) -> None:
    """Sort the rows of a range by one column or several."""
    tab, box = ranges.grid_box(asked.book, asked.body.get("range", {}))
    specs = asked.body.get("sortSpecs", [])
    keys = [SortKey(spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING") for spec in specs]
    for key in keys:
        if not box.left <= key.column < box.right:
            raise Refused(f"sortSpecs.dimensionIndex[{key.column}] is not in the range.")
    sorting.sort(tab, box, keys)


def _write(book: Book, tab: Tab, box: Box, rows: list[Json], mask: Mask) -> None:
    """Write rows of CellData from the box's first cell on."""
    for row, data in zip(tab.rows.span(box.top, box.top + len(rows)), rows, strict=True):
        for column, cell in enumerate(data.get("values", ()), box.left):
            cell_data.write(book, row, column, cell, mask)


def _repeat(book: Book, tab: Tab, box: Box, cell: Json, mask: Mask) -> None:
    """Write one CellData into every cell of the box; few different dresses are made anew."""
    writes_value = "*" in mask or "userEnteredValue" in mask
    value = cell_data.entered(cell.get("userEnteredValue") or {})
    dressed: dict[int, int] = {}
    for row in tab.rows.span(box.top, box.bottom):
        for column in range(box.left, box.right):
            if writes_value:
                row.put(column, value)
            dress = row.dress_at(column)
            if dress not in dressed:
                dressed[dress] = cell_data.dressed(book, dress, cell, mask)
            row.dress_up(column, dressed[dress])


def _in_grid(tab: Tab, top: int, left: int, height: int, width: int) -> Box:
    """Return the box of this size; Refused when it does not lie in the grid."""
    if top + height > tab.row_count or left + width > tab.column_count:
        error = ranges.outside(tab, Area(top, top + height, left, left + width))
        raise Refused(error.message)
    return Box(top, top + height, left, left + width)


def _parts(box: Box, merge_type: str) -> list[Box]:
    """Return the rectangles that a merge makes of a range."""
    if merge_type == "MERGE_ROWS":
        return [Box(row, row + 1, box.left, box.right) for row in range(box.top, box.bottom)]
    if merge_type == "MERGE_COLUMNS":
        return [Box(box.top, box.bottom, column, column + 1) for column in range(box.left, box.right)]
    return [box]


def _unmerge(tab: Tab, box: Box) -> None:
    """Drop the merges inside the box; Refused when it cuts one in two."""
    kept = []
    for merge in tab.body.get("merges", []):
        rows = merge["startRowIndex"], merge["endRowIndex"]
        columns = merge["startColumnIndex"], merge["endColumnIndex"]
        apart = (
            rows[1] <= box.top or rows[0] >= box.bottom or columns[1] <= box.left or columns[0] >= box.right
        )
        inside = (
            rows[0] >= box.top
            and rows[1] <= box.bottom
            and columns[0] >= box.left
            and columns[1] <= box.right
        )
        if apart:
            kept.append(merge)
        elif not inside:
            raise Refused("You must select all cells in a merged range to merge or unmerge them.")
    tab.body.pop("merges", None)
    if kept:
        tab.body["merges"] = kept


def _range_of(box: Box) -> dict[str, Any]:
    """Return a box as a GridRange without its tab."""
    return {
        "startRowIndex": box.top,
        "endRowIndex": box.bottom,
        "startColumnIndex": box.left,
        "endColumnIndex": box.right,
    }


KINDS: dict[str, Kind] = {
    "updateCells": update_cells,
    "appendCells": append_cells,
    "repeatCell": repeat_cell,
    "setDataValidation": set_data_validation,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "sortRange": sort_range,
}
