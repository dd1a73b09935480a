"""GridData: the cells of a range, and the sizes of its rows and columns, as spreadsheets.get shows them."""

from local_workspace.call import Json
from local_workspace.sheets import cell_data, defaults, metadata
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.computed import Results
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
    data["rowMetadata"] = _sizes(tab, "ROWS", range(box.top, box.bottom))
    data["columnMetadata"] = _sizes(tab, "COLUMNS", range(box.left, box.right))
    return data


def _rows(book: Book, tab: Tab, box: Box) -> list[Json]:
    """Return the rows down to the last one with anything in it."""
    results = Results(book).rows(tab, box.top, box.bottom)
    last = max([tab.rows.used(), *(row + 1 for row in results)])
    found: list[Json] = []
    for index, row in enumerate(tab.rows.span(box.top, min(box.bottom, last)), box.top):
        cells = []
        shown = results.get(index, [])
        for column in range(box.left, box.right):
            result = shown[column] if column < len(shown) else None
            cells.append(cell_data.show(book, row.value(column), row.dress_at(column), result))
        while cells and not cells[-1]:
            cells.pop()
        found.append({"values": cells} if cells else {})
    while found and not found[-1]:
        found.pop()
    return found


def _sizes(tab: Tab, dimension: Dimension, places: range) -> list[Json]:
    """Return the DimensionProperties of these rows or columns."""
    shown = []
    for index in places:
        size: Json = {"pixelSize": defaults.PIXELS[dimension]} | tab.sizes[dimension].get(index, {})
        if "developerMetadata" in size:
            size["developerMetadata"] = metadata.on_dimension(tab, dimension, index)
        shown.append(size)
    return shown
