"""/local/sheets: a person's hand in a spreadsheet. Rows count from 1, columns have letters."""

import functools
import json
from collections.abc import Callable

from local_workspace import catalog, oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import ApiError, bad_request, not_found
from local_workspace.sheets import a1, validation, writing
from local_workspace.sheets import book as books
from local_workspace.sheets.book import Book, Refused, Tab
from local_workspace.sheets.requests import KINDS
from local_workspace.sheets.requests.kind import Asked

_SEND: dict[str, Json] = {
    "cells": {"tab": "Members", "cell": "C4", "value": "ann@example.org"},
    "rows/insert": {"tab": "Members", "before": 3, "count": 1},
    "rows/delete": {"tab": "Members", "from": 3, "count": 1},
    "rows/sort": {"tab": "Members", "by": "B", "descending": False},
    "tabs/rename": {"tab": "Members", "title": "People"},
    "tabs/delete": {"tab": "Log"},
}
"""What may be done to a spreadsheet, by the end of its path, with a body as it may look."""


def make(call: Call) -> Json:
    """POST /local/sheets {"title", "account"?}: make a spreadsheet by hand; drive.file does not see it."""
    body = call.body or {}
    title = body.get("title") or "Untitled spreadsheet"
    if not isinstance(title, str):
        raise bad_request('Send {"title": "By hand"}.')
    owner = oauth.account(call.db, str(body.get("account", oauth.ORGANIZER)))
    file = catalog.add(call, title, by_hand=True, owner=owner.address)
    books.create_blank(call, file)
    return {"spreadsheetId": file.id}


def _edit(path: str, call: Call) -> Json:
    """Open the spreadsheet that the path names, edit it as its end says, and keep what changed."""
    file = catalog.find(call.db, call.params["spreadsheet"])
    if file is None or file.mime_type != catalog.SPREADSHEET:
        raise not_found(f"There is no spreadsheet {call.params['spreadsheet']}.")
    book, body = books.load(call, file), call.body or {}
    tab = book.titled(str(body.get("tab")))
    if tab is None:
        titles = [tab.title for tab in book.tabs]
        raise bad_request(f"There is no tab {body.get('tab')!r}; there is {titles}.")
    try:
        if path == "cells":
            _type(book, tab, body)
        else:
            kind, request = _REQUESTS[path](tab, body)
            KINDS[kind](Asked(book, request, ""))
    except Refused as refused:
        raise bad_request(str(refused)) from None
    books.save(call, book)
    return {}


def _type(book: Book, tab: Tab, body: Json) -> None:
    """Type into a cell; null clears it."""
    area = a1.parse_area(str(body.get("cell", "")))
    one_cell = area is not None and area.within(tab.row_count, tab.column_count).is_one_cell
    if area is None or not one_cell or isinstance(body.get("value", {}), dict | list):
        raise _unclear("cells")
    row, value = tab.rows.row(area.top), body["value"]
    writing.enter(book, row, area.left, "" if value is None else value, typed=True)
    if validation.refuses(book, row.dress_at(area.left), row.value(area.left)):
        raise bad_request(f"{value!r} violates the data validation rule of {tab.title}!{body['cell']}.")


def _rows(path: str, kind: str, name: str, tab: Tab, body: Json) -> tuple[str, Json]:
    """Return the request that inserts or deletes the rows which the body names."""
    first, count = body.get(name), body.get("count", 1)
    if not isinstance(first, int) or not isinstance(count, int) or first < 1:
        raise _unclear(path)
    found = {"sheetId": tab.sheet_id, "dimension": "ROWS", "startIndex": first - 1}
    return kind, {"range": found | {"endIndex": first - 1 + count}}


def _sort(tab: Tab, body: Json) -> tuple[str, Json]:
    """Return the request that sorts everything below the frozen rows."""
    letters, descending = str(body.get("by")), body.get("descending", False)
    column = a1.column_index(letters) if letters.isalpha() else tab.column_count
    if column >= tab.column_count or not isinstance(descending, bool):
        raise _unclear("rows/sort")
    below = {"sheetId": tab.sheet_id, "startRowIndex": tab.grid.get("frozenRowCount", 0)}
    spec = {"dimensionIndex": column, "sortOrder": "DESCENDING" if descending else "ASCENDING"}
    return "sortRange", {"range": below, "sortSpecs": [spec]}


def _rename(tab: Tab, body: Json) -> tuple[str, Json]:
    """Return the request that gives a tab another name."""
    properties = {"sheetId": tab.sheet_id, "title": str(body.get("title", ""))}
    return "updateSheetProperties", {"properties": properties, "fields": "title"}


def _unclear(path: str) -> ApiError:
    """Return the 400 that says what to send instead."""
    return bad_request(f"Send {json.dumps(_SEND[path])}.")


_REQUESTS: dict[str, Callable[[Tab, Json], tuple[str, Json]]] = {
    "rows/insert": functools.partial(_rows, "rows/insert", "insertDimension", "before"),
    "rows/delete": functools.partial(_rows, "rows/delete", "deleteDimension", "from"),
    "rows/sort": _sort,
    "tabs/rename": _rename,
    "tabs/delete": lambda tab, _: ("deleteSheet", {"sheetId": tab.sheet_id}),
}

ROUTES: Routes = {
    ("POST", "/local/sheets"): make,
    **{("POST", f"/local/sheets/{{spreadsheet}}/{path}"): functools.partial(_edit, path) for path in _SEND},
}
