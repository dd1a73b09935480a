"""GridData: the cells of a range, and the sizes of its rows and columns, as spreadsheets.get shows them."""

from local_workspace.call import Json
from local_workspace.sheets import cell_data, defaults
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Value
from local_workspace.sheets.computed import spills
from local_workspace.sheets.edits import Dimension


def show(book: Book, tab: Tab, box: Box) -> Json:
    """Return the box with everything that is known of its cells."""
    data: Json = {}
    if box.top:
        data["startRow"] = box.top
    if box.left:
        data["startColumn"] = box.left
    rows = _rows(book, tab, box)
    if rows:
        data["rowData"] = rows
    data["rowMetadata"] = _sizes(tab, "ROWS", range(box.top, box.bottom), defaults.ROW_PIXELS)
    data["columnMetadata"] = _sizes(tab, "COLUMNS", range(box.left, box.right), defaults.COLUMN_PIXELS)
    return data


def _rows(book: Book, tab: Tab, box: Box) -> list[Json]:
    """Return the rows down to the last one with anything in it."""
    results = _results(book, tab)
    last = max([tab.rows.used(), *(row + 1 for row, _ in results)])
    shown: list[Json] = []
    for index, row in enumerate(tab.rows.span(box.top, min(box.bottom, last)), box.top):
        cells = []
        for column in range(box.left, box.right):
            value = row.value(column)
            result = results.get((index, column), value)
            cells.append(cell_data.show(book, value, row.dress_at(column), result))
        while cells and not cells[-1]:
            cells.pop()
        shown.append({"values": cells} if cells else {})
    while shown and not shown[-1]:
        shown.pop()
    return shown


def _results(book: Book, tab: Tab) -> dict[tuple[int, int], Value]:
    """Return what the computed formulas of the tab show, by row and column."""
    return {
        (spill.row + offset, spill.column): value
        for spill in spills(book, tab)
        for offset, value in enumerate(spill.values)
    }


def _sizes(tab: Tab, dimension: Dimension, places: range, usual: int) -> list[Json]:
    """Return the DimensionProperties of these rows or columns."""
    sizes = tab.sizes[dimension]
    shown = []
    for index in places:
        size: Json = {"pixelSize": usual} | sizes.get(index, {})
        if "developerMetadata" in size:
            where = {"dimension": dimension, "startIndex": index, "endIndex": index + 1}
            where |= {"sheetId": tab.sheet_id} if tab.sheet_id else {}
            location = {"locationType": dimension.removesuffix("S"), "dimensionRange": where}
            size["developerMetadata"] = [item | {"location": location} for item in size["developerMetadata"]]
        shown.append(size)
    return shown
