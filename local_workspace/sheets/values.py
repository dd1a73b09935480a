"""The values of a spreadsheet's cells: get, update, append and clear, one range or many."""

from typing import Any

from local_workspace.call import Call, Json
from local_workspace.errors import bad_request
from local_workspace.sheets import a1, data_filters, ranges, reading, table_end, writing
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Tab, open_book, save
from local_workspace.sheets.computed import Results, kept
from local_workspace.sheets.data_filters import Place
from local_workspace.sheets.edits import Edit
from local_workspace.sheets.structure import apply_edit

_RENDERING = ("valueRenderOption", "dateTimeRenderOption")


def get(call: Call) -> Json:
    """Return one range."""
    book = open_book(call)
    return _read(kept(book), ranges.find(book, call.params["range"]), call.params)


def batch_get(call: Call) -> Json:
    """Return many ranges; one that cannot be found fails them all."""
    book = open_book(call)
    places = [ranges.find(book, text) for text in call.params.get("ranges", ())]
    return _listed(book, "valueRanges", [_read(kept(book), place, call.params) for place in places])


def batch_get_by_data_filter(call: Call) -> Json:
    """Return the ranges that the filters find, each with those that did."""
    book, body = open_book(call), call.body or {}
    found = [
        {"valueRange": _read(kept(book), place, body), "dataFilters": filters}
        for place, filters in data_filters.matched(book, body.get("dataFilters") or [])
    ]
    return _listed(book, "valueRanges", found)


def update(call: Call) -> Json:
    """Write one range."""
    book = open_book(call)
    written = _write(book, ranges.find(book, call.params["range"]), call.body or {}, call.params)
    save(call, book)
    return {"spreadsheetId": book.id} | written


def batch_update(call: Call) -> Json:
    """Write many ranges, all or none."""
    book, body = open_book(call), call.body or {}
    data = [(ranges.find(book, part.get("range") or ""), part) for part in body.get("data") or ()]
    responses = [{"spreadsheetId": book.id} | _write(book, place, part, body) for place, part in data]
    return _totals(call, book, [tab for (tab, _), _ in data], responses)


def batch_update_by_data_filter(call: Call) -> Json:
    """Write to every range that the filters find, all or none."""
    book, body = open_book(call), call.body or {}
    parts = [(part, part.get("dataFilter") or {}) for part in body.get("data") or ()]
    data = [(place, part) for part, one in parts for place in data_filters.places(book, one)]
    responses = [_write(book, place, part, body) | {"dataFilter": part["dataFilter"]} for place, part in data]
    return _totals(call, book, [tab for (tab, _), _ in data], responses)


def append(call: Call) -> Json:
    """Write below the last table that the range touches, or at the range's first cell if there is none."""
    book, body, params = open_book(call), call.body or {}, call.params
    tab, area = ranges.find(book, params["range"])
    box = ranges.read_box(tab, area)
    values = writing.by_rows(body.get("values") or [], body.get("majorDimension"))
    height, width = len(values), max(map(len, values), default=0)
    table = table_end.last_table(book, tab, box)
    top, left = (table.bottom, table.left) if table else (box.top, box.left)
    if table and params.get("insertDataOption") == "INSERT_ROWS" and top < tab.row_count and values:
        apply_edit(book, tab, Edit("insert", "ROWS", top, top + height))
    tab.grid["rowCount"] = max(tab.row_count, top + height)
    tab.grid["columnCount"] = max(tab.column_count, left + width)
    updates = _write(book, (tab, Box(top, top + max(height, 1), left, left + max(width, 1))), body, params)
    if table:
        table_end.grow(tab, table, top + height)
    save(call, book)
    answer: Json = {"tableRange": a1.name(tab.title, table)} if table else {}
    return {"spreadsheetId": book.id} | answer | {"updates": {"spreadsheetId": book.id} | updates}


def clear(call: Call) -> Json:
    """Blank the values of one range."""
    book = open_book(call)
    [cleared] = _clear(call, book, [ranges.find(book, call.params["range"])])
    return {"spreadsheetId": book.id, "clearedRange": cleared}


def batch_clear(call: Call) -> Json:
    """Blank the values of many ranges, all or none."""
    book = open_book(call)
    places = [ranges.find(book, text) for text in (call.body or {}).get("ranges") or ()]
    return _listed(book, "clearedRanges", _clear(call, book, places))


def batch_clear_by_data_filter(call: Call) -> Json:
    """Blank the values of every range that the filters find."""
    book = open_book(call)
    places = data_filters.matched(book, (call.body or {}).get("dataFilters") or [])
    return _listed(book, "clearedRanges", _clear(call, book, [place for place, _ in places]))


def _listed(book: Book, name: str, found: list[Any]) -> Json:
    """Return the answer of a batch: a list that is left out when it is blank."""
    return {"spreadsheetId": book.id} | ({name: found} if found else {})


def _read(results: Results, place: Place, options: Json) -> Json:
    """Return a range as a ValueRange, as parameters or a body ask for it; a blank one has no "values"."""
    (tab, _), box, by_columns = place, ranges.read_box(*place), options.get("majorDimension") == "COLUMNS"
    rows = reading.read(results, tab, box, *map(options.get, _RENDERING))
    values = reading.by_columns(rows) if by_columns else rows
    answer = {"range": a1.name(tab.title, box), "majorDimension": "COLUMNS" if by_columns else "ROWS"}
    return answer | ({"values": values} if values else {})


def _write(book: Book, place: Place, body: Json, options: Json) -> Json:
    """Write a ValueRange to a range and return an UpdateValuesResponse, without the spreadsheet's id."""
    tab, option = place[0], options.get("valueInputOption")
    if option not in {"RAW", "USER_ENTERED"}:
        raise bad_request("'valueInputOption' is required but not specified")
    values = writing.by_rows(body.get("values") or [], body.get("majorDimension"))
    box, counts = writing.write(book, *place, values, typed=option == "USER_ENTERED")
    answer: Json = {"updatedRange": a1.name(tab.title, box)}
    answer |= {f"updated{name}": count for name, count in counts.items() if count}
    if options.get("includeValuesInResponse"):
        rendering = {name: options.get(f"response{name[0].upper()}{name[1:]}") for name in _RENDERING}
        answer["updatedData"] = _read(Results(book), (tab, box), rendering)
    return answer


def _totals(call: Call, book: Book, tabs: list[Tab], responses: list[Json]) -> Json:
    """Save what a batch wrote and return its sums."""
    save(call, book)
    answer: Json = {"spreadsheetId": book.id}
    for name in ("Rows", "Columns", "Cells"):
        answer[f"totalUpdated{name}"] = sum(response.get(f"updated{name}", 0) for response in responses)
    answer |= {"totalUpdatedSheets": len({tab.key for tab in tabs}), "responses": responses}
    return {name: value for name, value in answer.items() if value not in (0, [])}


def _clear(call: Call, book: Book, places: list[Place]) -> list[str]:
    """Blank the values of these ranges, save, and return their full names."""
    cleared = []
    for tab, area in places:
        box = ranges.read_box(tab, area)
        writing.clear(tab, box)
        cleared.append(a1.name(tab.title, box))
    save(call, book)
    return cleared
