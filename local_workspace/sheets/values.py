"""The values of a spreadsheet's cells: get, update, append and clear, one range or many."""

from typing import Any

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request
from local_workspace.sheets import a1, ranges, reading, table_end, writing
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Book, Tab, open_book, save
from local_workspace.sheets.edits import Insert
from local_workspace.sheets.reading import Rendering
from local_workspace.sheets.structure import apply_edit


def get(call: Call) -> Json:
    """Return one range."""
    return _read(open_book(call), call.params["range"], call.params)


def batch_get(call: Call) -> Json:
    """Return many ranges; one that cannot be found fails them all."""
    book = open_book(call)
    answer: Json = {"spreadsheetId": book.id}
    found = [_read(book, text, call.params) for text in call.params.get("ranges", [])]
    return answer | ({"valueRanges": found} if found else {})


def update(call: Call) -> Json:
    """Write one range."""
    book, body = open_book(call), call.body or {}
    written = _write(book, call.params["range"], body, call.params)
    save(call, book)
    return written


def batch_update(call: Call) -> Json:
    """Write many ranges, all or none."""
    book, body = open_book(call), call.body or {}
    options = {
        "valueInputOption": body.get("valueInputOption"),
        "includeValuesInResponse": body.get("includeValuesInResponse"),
        "responseValueRenderOption": body.get("responseValueRenderOption"),
        "responseDateTimeRenderOption": body.get("responseDateTimeRenderOption"),
    }
    responses = [_write(book, data.get("range") or "", data, options) for data in body.get("data") or ()]
    save(call, book)
    answer: Json = {"spreadsheetId": book.id}
    for name in ("Rows", "Columns", "Cells"):
        answer[f"totalUpdated{name}"] = sum(response.get(f"updated{name}", 0) for response in responses)
    touched = {ranges.find(book, data["range"])[0].sheet_id for data in body.get("data") or ()}
    answer |= {"totalUpdatedSheets": len(touched), "responses": responses}
    return {name: value for name, value in answer.items() if value not in (0, [])}


def append(call: Call) -> Json:
    """Write below the last table that the range touches, or at the range's first cell if there is none."""
    book, body, params = open_book(call), call.body or {}, call.params
    tab, area = ranges.find(book, params["range"])
    box = ranges.read_box(tab, area)
    values = writing.by_rows(body.get("values") or [], body.get("majorDimension") or "ROWS")
    table = table_end.last_table(book, tab, box)
    start = (table.bottom, table.left) if table else (box.top, box.left)
    if table and params.get("insertDataOption") == "INSERT_ROWS" and table.bottom < tab.row_count:
        apply_edit(book, tab, Insert("ROWS", table.bottom, len(values)))
    _make_room(tab, start, values)
    place = Area(
        start[0], start[0] + max(len(values), 1), start[1], start[1] + max(map(len, values), default=1)
    )
    updates = _enter(book, tab, place, values, params)
    if table:
        table_end.grow(tab, table, ranges.write_box(tab, place))
    save(call, book)
    answer: Json = {"spreadsheetId": book.id}
    if table:
        answer["tableRange"] = a1.name_box(tab.title, table)
    return answer | {"updates": updates}


def clear(call: Call) -> Json:
    """Blank the values of one range."""
    book = open_book(call)
    cleared = _clear(book, call.params["range"])
    save(call, book)
    return {"spreadsheetId": book.id, "clearedRange": cleared}


def batch_clear(call: Call) -> Json:
    """Blank the values of many ranges, all or none."""
    book = open_book(call)
    cleared = [_clear(book, text) for text in (call.body or {}).get("ranges") or ()]
    save(call, book)
    return {"spreadsheetId": book.id} | ({"clearedRanges": cleared} if cleared else {})


def _read(book: Book, text: str, options: Json) -> Json:
    """Return the range that `text` names as a ValueRange."""
    tab, area = ranges.find(book, text)
    rendering = Rendering(
        options.get("valueRenderOption") or "FORMATTED_VALUE",
        options.get("dateTimeRenderOption") or "SERIAL_NUMBER",
    )
    dimension = options.get("majorDimension") or "ROWS"
    return _value_range(book, tab, ranges.read_box(tab, area), rendering, dimension)


def _value_range(book: Book, tab: Tab, box: Box, rendering: Rendering, dimension: str) -> Json:
    """Return the box as a ValueRange; one without values has no "values" at all."""
    values = reading.read(book, tab, box, rendering)
    by_columns = dimension == "COLUMNS"
    answer: Json = {
        "range": a1.name_box(tab.title, box),
        "majorDimension": "COLUMNS" if by_columns else "ROWS",
    }
    return answer | ({"values": reading.by_columns(values) if by_columns else values} if values else {})


def _write(book: Book, text: str, body: Json, options: Json) -> Json:
    """Write a ValueRange to the range that `text` names and return an UpdateValuesResponse."""
    tab, area = ranges.find(book, text)
    values = writing.by_rows(body.get("values") or [], body.get("majorDimension") or "ROWS")
    return _enter(book, tab, area, values, options)


def _enter(book: Book, tab: Tab, area: Area, values: list[list[Any]], options: Json) -> Json:
    """Write rows of values and return an UpdateValuesResponse."""
    option = options.get("valueInputOption")
    if option not in {"RAW", "USER_ENTERED"}:
        raise bad_request("'valueInputOption' is required but not specified")
    written = writing.write(book, tab, area, values, typed=option == "USER_ENTERED")
    answer: Json = {"spreadsheetId": book.id, "updatedRange": a1.name_box(tab.title, written.box)}
    counts = {
        "updatedRows": written.rows,
        "updatedColumns": written.columns,
        "updatedCells": written.cells,
    }
    answer |= {name: count for name, count in counts.items() if count}
    if options.get("includeValuesInResponse"):
        rendering = Rendering(
            options.get("responseValueRenderOption") or "FORMATTED_VALUE",
            options.get("responseDateTimeRenderOption") or "SERIAL_NUMBER",
        )
        answer["updatedData"] = _value_range(book, tab, written.box, rendering, "ROWS")
    return answer


def _make_room(tab: Tab, start: tuple[int, int], values: list[list[Any]]) -> None:
    """Let the grid grow until the appended values fit."""
    tab.grid["rowCount"] = max(tab.row_count, start[0] + len(values))
    tab.grid["columnCount"] = max(tab.column_count, start[1] + max(map(len, values), default=0))


def _clear(book: Book, text: str) -> str:
    """Blank the values of the range that `text` names and return its full name."""
    tab, area = ranges.find(book, text)
    box = ranges.read_box(tab, area)
    writing.clear(tab, box)
    return a1.name_box(tab.title, box)
