"""GridData: a range's cells, and the sizes of its rows and columns, as spreadsheets.get shows them."""

from local_workspace.call import Json
from local_workspace.sheets import metadata
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Failure, Formula, Value, tidy_number
from local_workspace.sheets.computed import kept
from local_workspace.sheets.edits import Dimension
from local_workspace.sheets.reading import displayed

PIXELS = {"ROWS": 21, "COLUMNS": 100}
"""The usual height of rows and width of columns."""
_FAILURES = {
    "#REF!": ("REF", "Array result was not expanded."),
    "#DIV/0!": ("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero."),
    "#VALUE!": ("VALUE", "A parameter expects number values."),
    "#N/A": ("N_A", "Did not find a value."),
    "#NAME?": ("NAME", "Unknown function."),
}


def show(book: Book, tab: Tab, box: Box) -> Json:
    """Return the box with everything that is known of its cells."""
    starts = {"startRow": box.top, "startColumn": box.left, "rowData": _rows(book, tab, box)}
    return {name: value for name, value in starts.items() if value} | {
        "rowMetadata": _sizes(book, tab, "ROWS", range(box.top, box.bottom)),
        "columnMetadata": _sizes(book, tab, "COLUMNS", range(box.left, box.right)),
    }


def entered(value: Json) -> Value:
    """Return the value that an ExtendedValue stands for."""
    if "formulaValue" in value:
        return Formula(value["formulaValue"])
    if "numberValue" in value:
        return tidy_number(value["numberValue"])
    kept: Value = value.get("stringValue", value.get("boolValue"))
    return kept


def _rows(book: Book, tab: Tab, box: Box) -> list[Json]:
    """Return the rows down to the last one with anything in it."""
    results = kept(book).rows(tab, box.top, box.bottom)
    last = max([tab.rows.used(), *(row + 1 for row in results)])
    found: list[Json] = []
    for index, row in enumerate(tab.rows.span(box.top, min(box.bottom, last)), box.top):
        shown = dict(enumerate(results.get(index, [])))
        cells = [
            _cell(book, row.value(column), row.dress_at(column), shown.get(column))
            for column in range(box.left, box.right)
        ]
        found.append({"values": cells} if _trim(cells) else {})
    _trim(found)
    return found


def _trim(items: list[Json]) -> bool:
    """Take what is empty off the end; say whether anything is left."""
    while items and not items[-1]:
        items.pop()
    return bool(items)


def _cell(book: Book, value: Value, dress: int, result: Value) -> Json:
    """Return everything Google says of a cell; `result` is what it shows."""
    body = book.wardrobe.body(dress)
    cell: Json = {}
    if value is not None:
        cell["userEnteredValue"] = _extended(value)
    if result is not None:
        # A formula that is not computed shows its text.
        cell["effectiveValue"] = _extended(result.text if isinstance(result, Formula) else result)
        cell["formattedValue"] = displayed(book, result, dress)
    if cell or body:
        cell |= body
        cell["effectiveFormat"] = _effective_format(book, result, body.get("userEnteredFormat", {}))
    return cell


def _extended(value: Value) -> Json:
    """Return a value, or what a formula shows, as an ExtendedValue."""
    if isinstance(value, Failure):
        kind, text = _FAILURES[value]
        return {"errorValue": {"type": kind, "message": text}}
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}


def _effective_format(book: Book, result: Value, own: Json) -> Json:
    """Return the spreadsheet's default format with the cell's own on top."""
    base: Json = book.body["properties"]["defaultFormat"]
    if result is not None:
        is_number = isinstance(result, int | float)
        alignment = "CENTER" if isinstance(result, bool) else "RIGHT" if is_number else "LEFT"
        base = base | {"horizontalAlignment": alignment}
    text_format = base["textFormat"] | own.get("textFormat", {})
    return base | own | {"textFormat": text_format, "hyperlinkDisplayType": "PLAIN_TEXT"}


def _sizes(book: Book, tab: Tab, dimension: Dimension, places: range) -> list[Json]:
    """Return the DimensionProperties of these rows or columns."""
    attached = metadata.hanging(book, tab, dimension.removesuffix("S"))
    usual, own = {"pixelSize": PIXELS[dimension]}, tab.sizes[dimension]
    return [usual | own.get(index, {}) | attached.get(index, {}) for index in places]
