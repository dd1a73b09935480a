"""/local/sheets: a person's hand in a spreadsheet. Rows count from 1, columns have letters."""

import functools
import json
from typing import Any

from local_workspace import catalog, oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request, not_found
from local_workspace.sheets import a1, spreadsheets, writing
from local_workspace.sheets import book as books
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.requests import KINDS

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
    file = catalog.add(call, title, by_hand=True, owner=owner)
    spreadsheets.make(call, file, {})
    return {"spreadsheetId": file.id}


def _edit(path: str, call: Call) -> Json:
    """Open the spreadsheet that the path names, edit it as its end says, and keep what changed."""
    file = catalog.find(call, call.params["spreadsheet"])
    if file is None or not file.is_spreadsheet:
        raise not_found(f"There is no spreadsheet {call.params['spreadsheet']}.")
    book, body = books.load(call, file), {"count": 1, "descending": False} | (call.body or {})
    tab = book.titled(str(body.get("tab")))
    if tab is None:
        titles = [tab.title for tab in book.tabs]
        raise bad_request(f"There is no tab {body.get('tab')!r}; there is {titles}.")
    if not all(name == "value" or _fits(body.get(name), one) for name, one in _SEND[path].items()):
        raise bad_request(f"Send {json.dumps(_SEND[path])}.")
    if path == "cells":
        _type(book, tab, body)
    else:
        kind, request = _request(path, tab, body)
        KINDS[kind](book, request)
    books.save(call, book)
    return {}


def _fits(value: Any, example: Any) -> bool:
    """Say whether a value may stand where the example does."""
    return type(value) is type(example) and (type(value) is not int or value >= 1)


def _type(book: Book, tab: Tab, body: Json) -> None:
    """Type into a cell; null clears it."""
    area, value = a1.parse_area(body["cell"]), body.get("value", {})
    one_cell = area is not None and area.within(tab.row_count, tab.column_count).is_one_cell
    if area is None or not one_cell or isinstance(value, dict | list):
        raise bad_request(f"Send {json.dumps(_SEND['cells'])}.")
    writing.enter(book, tab.rows.row(area.top), area.left, "" if value is None else value, typed=True)


def _request(path: str, tab: Tab, body: Json) -> tuple[str, Json]:
    """Return the request of a batchUpdate, kind and body, that does what a path's end says."""
    own = {"sheetId": tab.sheet_id}
    if path == "tabs/delete":
        return "deleteSheet", own
    if path == "tabs/rename":
        properties = own | {"title": body["title"]}
        return "updateSheetProperties", {"properties": properties, "fields": "title"}
    if path == "rows/sort":
        below = own | {"startRowIndex": tab.grid.get("frozenRowCount", 0)}
        order = "DESCENDING" if body["descending"] else "ASCENDING"
        spec = {"dimensionIndex": a1.column_index(body["by"]), "sortOrder": order}
        return "sortRange", {"range": below, "sortSpecs": [spec]}
    kind, first = ("insertDimension", "before") if path == "rows/insert" else ("deleteDimension", "from")
    start = body[first] - 1
    rows = own | {"dimension": "ROWS", "startIndex": start, "endIndex": start + body["count"]}
    return kind, {"range": rows}


ROUTES: Routes = {
    ("POST", "/local/sheets"): make,
    **{("POST", f"/local/sheets/{{spreadsheet}}/{path}"): functools.partial(_edit, path) for path in _SEND},
}
