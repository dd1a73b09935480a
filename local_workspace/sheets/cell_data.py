"""CellData: a cell as spreadsheets.get shows it, and as batchUpdate's requests write it."""

import copy

from local_workspace.call import Json
from local_workspace.fields import Mask
from local_workspace.sheets import masks
from local_workspace.sheets.book import Book
from local_workspace.sheets.cells import Failure, Formula, Value, tidy_number
from local_workspace.sheets.reading import displayed
from local_workspace.sheets.rows import Row

_DRESS = ("userEnteredFormat", "note", "dataValidation", "textFormatRuns")
"""What a cell keeps beside its value."""
_FAILURES = {
    "#REF!": ("REF", "Array result was not expanded."),
    "#DIV/0!": ("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero."),
    "#VALUE!": ("VALUE", "A parameter expects number values."),
}


def show(book: Book, value: Value, dress: int, result: Value) -> Json:
    """Return a cell with everything Google says of it, to be read only; `result` is what it shows."""
    body = book.wardrobe.body(dress)
    cell: Json = {}
    if value is not None:
        cell["userEnteredValue"] = extended(value)
    if result is not None:
        cell["effectiveValue"] = _effective(result)
        cell["formattedValue"] = displayed(book, result, dress)
    if cell or body:
        cell |= body
        cell["effectiveFormat"] = _effective_format(book, result, body.get("userEnteredFormat", {}))
    return cell


def extended(value: Value) -> Json:
    """Return a value as an ExtendedValue."""
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}


def write(book: Book, row: Row, column: int, cell: Json, mask: Mask) -> None:
    """Write the masked fields of a CellData into a cell; a masked field that it lacks is emptied."""
    if "*" in mask or "userEnteredValue" in mask:
        row.put(column, entered(cell.get("userEnteredValue") or {}))
    row.dress_up(column, dressed(book, row.dress_at(column), cell, mask))


def dressed(book: Book, dress: int, cell: Json, mask: Mask) -> int:
    """Return the dress that a cell with this `dress` has after such a write."""
    worn = {name: {} for name in _DRESS} if "*" in mask else {n: m for n, m in mask.items() if n in _DRESS}
    if not worn:
        return dress
    body = copy.deepcopy(book.wardrobe.body(dress))
    masks.merge(body, masks.tidy(cell), worn)
    tidied: Json = masks.tidy(body)
    return book.wardrobe.keep(tidied)


def entered(value: Json) -> Value:
    """Return the value that an ExtendedValue stands for."""
    if value.get("formulaValue") is not None:
        return Formula(value["formulaValue"])
    if value.get("numberValue") is not None:
        return tidy_number(value["numberValue"])
    kept: Value = value.get("stringValue", value.get("boolValue"))
    return kept


def _effective(result: Value) -> Json:
    """Return what a cell shows as an ExtendedValue."""
    if isinstance(result, Failure):
        kind, text = _FAILURES[result]
        return {"errorValue": {"type": kind, "message": text}}
    return {"stringValue": result.text} if isinstance(result, Formula) else extended(result)


def _effective_format(book: Book, result: Value, own: Json) -> Json:
    """Return the spreadsheet's default format with the cell's own on top."""
    base: Json = book.body["properties"]["defaultFormat"]
    if result is not None:
        is_number = isinstance(result, int | float)
        alignment = "CENTER" if isinstance(result, bool) else "RIGHT" if is_number else "LEFT"
        base = base | {"horizontalAlignment": alignment}
    text_format = base["textFormat"] | own.get("textFormat", {})
    return base | own | {"textFormat": text_format, "hyperlinkDisplayType": "PLAIN_TEXT"}
