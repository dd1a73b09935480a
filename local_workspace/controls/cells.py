"""/local/sheets: a person's hand in a spreadsheet. Rows count from 1, columns have letters."""

import functools
from collections.abc import Callable

from local_workspace import oauth
from local_workspace.call import Call, Json, Routes
from local_workspace import catalog
from local_workspace.errors import bad_request, not_found
from local_workspace.sheets import a1, sorting, validation, writing
from local_workspace.sheets import book as books
from local_workspace.sheets.a1 import Box
from local_workspace.sheets.book import Book, Refused, Tab
from local_workspace.sheets.requests import dimensions, tabs
from local_workspace.sheets.requests.kind import Asked
from local_workspace.sheets.sorting import SortKey
from local_workspace.sheets.structure import rename

_Edit = Callable[[Book, Json], Json]


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


def type_cell(book: Book, body: Json) -> Json:
    """POST .../cells {"tab", "cell": "C4", "value"}: type into a cell; null clears it."""
    tab, area = _tab(book, body), a1.parse_area(str(body.get("cell", "")))
    one_cell = area is not None and area.within(tab.row_count, tab.column_count).is_one_cell
    if area is None or not one_cell or isinstance(body.get("value", {}), dict | list):
        raise bad_request('Send {"tab": "Members", "cell": "C4", "value": "ann@example.org"}.')
    row, value = tab.rows.row(area.top), body["value"]
    writing.enter(book, row, area.left, "" if value is None else value, typed=True)
    if validation.refuses(book, row.dress_at(area.left), row.value(area.left)):
        raise bad_request(f"{value!r} violates the data validation rule of {tab.title}!{body['cell']}.")
    return {}


def insert_rows(book: Book, body: Json) -> Json:
    """POST .../rows/insert {"tab", "before": 3, "count"?}: insert rows."""
    dimensions.insert_dimension(_rows(book, body, "before"))
    return {}


def delete_rows(book: Book, body: Json) -> Json:
    """POST .../rows/delete {"tab", "from": 3, "count"?}: delete rows."""
    dimensions.delete_dimension(_rows(book, body, "from"))
    return {}


def sort_rows(book: Book, body: Json) -> Json:
    """POST .../rows/sort {"tab", "by": "B", "descending"?}: sort everything below the frozen rows."""
    tab, letters, descending = _tab(book, body), body.get("by"), body.get("descending", False)
    is_column = isinstance(letters, str) and letters.isalpha() and a1.column_index(letters) < tab.column_count
    if not isinstance(letters, str) or not is_column or not isinstance(descending, bool):
        raise bad_request('Send {"tab": "Members", "by": "B", "descending": false}.')
    below = Box(tab.grid.get("frozenRowCount", 0), tab.row_count, 0, tab.column_count)
    sorting.sort(tab, below, [SortKey(a1.column_index(letters), descending)])
    return {}


def rename_tab(book: Book, body: Json) -> Json:
    """POST .../tabs/rename {"tab", "title"}: give a tab another name."""
    rename(book, _tab(book, body), str(body.get("title", "")))
    return {}


def delete_tab(book: Book, body: Json) -> Json:
    """POST .../tabs/delete {"tab"}: delete a tab."""
    tabs.delete_sheet(Asked(book, {"sheetId": _tab(book, body).sheet_id}, ""))
    return {}


def _edit(edit: _Edit, call: Call) -> Json:
    """Open the spreadsheet that the path names, edit it, and keep what changed."""
    file = catalog.find(call.db, call.params["spreadsheet"])
    if file is None or file.mime_type != catalog.SPREADSHEET:
        raise not_found(f"There is no spreadsheet {call.params['spreadsheet']}.")
    book = books.load(call, file)
    try:
        answer = edit(book, call.body or {})
    except Refused as refused:
        raise bad_request(str(refused)) from None
    books.save(call, book)
    return answer


def _tab(book: Book, body: Json) -> Tab:
    """Return the tab that the body names."""
    tab = book.titled(str(body.get("tab")))
    if tab is None:
        raise bad_request(
            f"There is no tab {body.get('tab')!r}; there is {[tab.title for tab in book.tabs]}."
        )
    return tab


def _rows(book: Book, body: Json, name: str) -> Asked:
    """Return the rows that the body names, as a request about a DimensionRange."""
    first, count = body.get(name), body.get("count", 1)
    if not isinstance(first, int) or not isinstance(count, int) or first < 1:
        raise bad_request(f'Send {{"tab": "Members", "{name}": 3, "count": 1}}.')
    found = {"sheetId": _tab(book, body).sheet_id, "dimension": "ROWS", "startIndex": first - 1}
    return Asked(book, {"range": found | {"endIndex": first - 1 + count}}, "")


_EDITS: dict[str, _Edit] = {
    "cells": type_cell,
    "rows/insert": insert_rows,
    "rows/delete": delete_rows,
    "rows/sort": sort_rows,
    "tabs/rename": rename_tab,
    "tabs/delete": delete_tab,
}

ROUTES: Routes = {
    ("POST", "/local/sheets"): make,
    **{
        ("POST", f"/local/sheets/{{spreadsheet}}/{path}"): functools.partial(_edit, edit)
        for path, edit in _EDITS.items()
    },
}
