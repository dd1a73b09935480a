"""Requests about whole tabs and the spreadsheet's own properties."""

from copy import deepcopy
from itertools import count
from typing import Any

from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.sheets import masks
from local_workspace.sheets.book import PROPERTIES, Book, Tab, fresh_id, keep_items
from local_workspace.sheets.edits import COUNTS, FROZEN, Edit
from local_workspace.sheets.structure import apply_edit, check_title, rename, sheet_id

_GRID = {"rowCount": 1000, "columnCount": 26}
"""The size of a new tab."""


def add_sheet(book: Book, body: Json) -> Json:
    """Add a tab at the wanted place, or as the last one."""
    wanted: Json = body.get("properties", {})
    titles = (f"Sheet{number}" for number in count(len(book.tabs) + 1))
    title = wanted.get("title") or next(title for title in titles if book.titled(title) is None)
    check_title(book, title)
    number = wanted.get("sheetId", fresh_id())
    if any(tab.sheet_id == number for tab in book.tabs):
        raise bad_request(f"Sheet with id {number} already exists.")
    grid = _GRID | wanted.get("gridProperties", {})
    properties = wanted | {"sheetId": number, "title": title, "sheetType": "GRID", "gridProperties": grid}
    tab = book.add_tab(_without_defaults(properties), wanted.get("index", len(book.tabs)))
    return {"properties": deepcopy(tab.properties)}


def delete_sheet(book: Book, body: Json) -> None:
    """Delete a tab with everything on it; the last visible one stays."""
    tab = book.tab(body.get("sheetId", 0), "sheet")
    left = [other for other in book.tabs if other is not tab]
    if not left:
        raise bad_request("You can't remove all the sheets in a document.")
    if all(other.properties.get("hidden") for other in left):
        raise bad_request("You can't remove all the visible sheets in a document.")
    for name in ("namedRanges", "developerMetadata"):
        keep_items(book.body, name, lambda item: sheet_id(item) != tab.sheet_id)
    tab.rows.forget()
    book.arrange(left)


def update_sheet_properties(book: Book, body: Json) -> None:
    """Change a tab's name, place, size, color or visibility."""
    wanted, mask = body.get("properties", {}), masks.parse(body)
    tab = book.tab(wanted.get("sheetId", 0), "sheet")
    # "*" is everything the request names; which tab it is and where it goes is another matter.
    mask = {name: {} for name in wanted} if "*" in mask else mask
    changed = deepcopy(tab.properties)
    named = {name: inner for name, inner in mask.items() if name not in {"sheetId", "index"}}
    masks.merge(changed, {"sheetType": "GRID"} | wanted, named)
    if changed.get("title") != tab.title:
        rename(book, tab, changed.get("title", ""))
    _resize(book, tab, changed.setdefault("gridProperties", {}))
    tab.body["properties"] = _without_defaults(changed)
    if "index" in mask and "index" in wanted:
        # The place is counted before the move.
        before, after = book.tabs[: wanted["index"]], book.tabs[wanted["index"] :]
        rest = [[other for other in side if other is not tab] for side in (before, after)]
        book.arrange([*rest[0], tab, *rest[1]])
    if all(other.properties.get("hidden") for other in book.tabs):
        raise bad_request("You can't hide all the sheets in a document.")


def duplicate_sheet(book: Book, body: Json) -> Json:
    """Copy a tab with everything on it but the metadata of developers."""
    source = book.tab(body.get("sourceSheetId", 0), "sheet")
    title = body.get("newSheetName") or f"Copy of {source.title}"
    check_title(book, title)
    properties = source.properties | {"sheetId": body.get("newSheetId", fresh_id()), "title": title}
    tab = book.add_tab(deepcopy(properties), body.get("insertSheetIndex", 0), source)
    rules = {name: _retargeted(rule, tab.sheet_id) for name, rule in tab.body.items()}
    tab.body = rules | {"properties": tab.properties}
    return {"properties": deepcopy(tab.properties)}


def update_spreadsheet_properties(book: Book, body: Json) -> None:
    """Change the spreadsheet's title, locale, time zone or format."""
    properties = book.body["properties"] | {"title": book.title}
    masks.merge(properties, body.get("properties", {}), masks.parse(body))
    book.title = properties.pop("title", None) or book.title
    book.body["properties"] = PROPERTIES | properties


def _resize(book: Book, tab: Tab, grid: Json) -> None:
    """Give the grid another size; what lies outside afterwards is gone."""
    for dimension, name in COUNTS.items():
        old: int = tab.grid[name]
        new: int = grid.setdefault(name, old)
        if new < 1 or grid.get(FROZEN[dimension], 0) >= new:
            what = "delete all the" if new < 1 else "freeze all visible"
            raise bad_request(f"You can't {what} {dimension.lower()} on the sheet.")
        if new < old:
            apply_edit(book, tab, Edit("delete", dimension, new, old))


def _without_defaults(properties: Json) -> Json:
    """Return tab properties without what is off, and no frozen rows, as Google leaves it out."""
    kept: Json = {name: value for name, value in masks.tidy(properties).items() if value is not False}
    grid = {name: value for name, value in kept["gridProperties"].items() if value}
    return kept | {"gridProperties": grid}


def _retargeted(value: Any, number: int) -> Any:
    """Return rules of a tab with their ranges on another tab."""
    if isinstance(value, list):
        return [_retargeted(item, number) for item in value]
    if not isinstance(value, dict):
        return value
    walked = {name: _retargeted(item, number) for name, item in value.items()}
    return walked | {"sheetId": number} if value.keys() & {"sheetId", *masks.PLACES} else walked
