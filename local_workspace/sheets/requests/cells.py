"""Requests that write cells: values, formats, notes and rules; merging and sorting."""

from local_workspace.call import Json
from local_workspace.fields import Mask
from local_workspace.sheets import cell_data, masks, ranges, sorting
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Book, Refused, Tab, keep_items
from local_workspace.sheets.requests.kind import Asked, by_name
from local_workspace.sheets.sorting import SortKey


def update_cells(asked: Asked) -> None:
    """Write rows of cells from a start on, or into a range whose remaining cells are emptied."""
    mask = asked.mask
    rows = [row.get("values", []) for row in asked.body.get("rows", [])]
    height, width = len(rows), max(map(len, rows), default=0)
    if "start" in asked.body:
        start = asked.body["start"]
        tab = asked.book.tab(start.get("sheetId", 0))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        if top + height > tab.row_count or left + width > tab.column_count:
            raise Refused(ranges.outside(tab, Area(top, top + height, left, left + width)).message)
    elif "range" in asked.body:
        tab, box = asked.box()
        top, left = box.top, box.left
        full_height, full_width = box.bottom - top, box.right - left
        if height > full_height or width > full_width:
            raise Refused(
                f"Attempting to write more than the {full_height} rows and {full_width} columns of the range."
            )
        rows += [[] for _ in range(full_height - height)]
        rows = [values + [{}] * (full_width - len(values)) for values in rows]
    else:
        raise Refused("Either 'start' or 'range' must be set.")
    for row, values in zip(tab.rows.span(top, top + len(rows)), rows, strict=True):
        for column, cell in enumerate(values, left):
            cell_data.write(asked.book, row, column, cell, mask)


def repeat_cell(asked: Asked) -> None:
    """Write the same cell all over a range."""
    tab, box = asked.box()
    _repeat(asked.book, tab, box, asked.body.get("cell", {}), asked.mask)


def set_data_validation(asked: Asked) -> None:
    """Set the rule of a range's cells, or take it away."""
    tab, box = asked.box()
    rule = asked.body.get("rule")
    if rule is not None and "condition" not in rule:
        raise Refused("No condition specified")
    # A rule that is off in a detail says so by leaving it out.
    kept = {name: value for name, value in (rule or {}).items() if value is not False}
    _repeat(asked.book, tab, box, {"dataValidation": kept} if kept else {}, {"dataValidation": {}})


def merge_cells(asked: Asked) -> None:
    """Merge the cells of a range, all together or by rows or columns; only first values stay."""
    tab, box = asked.box()
    _unmerge(tab, box)
    for part in _parts(box, asked.body.get("mergeType", "MERGE_ALL")):
        merge = masks.tidy({"sheetId": tab.sheet_id} | ranges.grid_range(part))
        tab.body.setdefault("merges", []).append(merge)
        for index, row in enumerate(tab.rows.span(part.top, part.bottom), part.top):
            for column in range(part.left, min(part.right, len(row.values))):
                if (index, column) != (part.top, part.left):
                    row.put(column, None)


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
            raise Refused(f"sortSpecs.dimensionIndex[{key.column}] is not in the range.")
    sorting.sort(asked.book, tab, box, keys)


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


def _parts(box: Box, merge_type: str) -> list[Box]:
    """Return the rectangles that a merge makes of a range."""
    if merge_type == "MERGE_ROWS":
        return [Box(row, row + 1, box.left, box.right) for row in range(box.top, box.bottom)]
    if merge_type == "MERGE_COLUMNS":
        return [Box(box.top, box.bottom, column, column + 1) for column in range(box.left, box.right)]
    return [box]


def _unmerge(tab: Tab, box: Box) -> None:
    """Drop the merges inside the box; Refused when it cuts one in two."""

    def lies_apart(merge: Json) -> bool:
        found = ranges.grid_area(merge).within(tab.row_count, tab.column_count)
        common = found.common(box)
        if common is not None and common != found:
            raise Refused("You must select all cells in a merged range to merge or unmerge them.")
        return common is None

    keep_items(tab.body, "merges", lies_apart)


KINDS = by_name(update_cells, repeat_cell, set_data_validation, merge_cells, unmerge_cells, sort_range)
