"""Requests about whole tabs and the spreadsheet's own properties."""

import copy
from itertools import count as numbers
from typing import Any

from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.sheets import defaults, masks
from local_workspace.sheets.book import Book, Tab, keep_items
from local_workspace.sheets.edits import COUNTS, FROZEN, Edit
from local_workspace.sheets.requests.kind import Asked, fresh_id
from local_workspace.sheets.structure import apply_edit, check_title, rename, sheet_id


def add_sheet(asked: Asked) -> Json:
    """Add a tab at the wanted place, or as the last one."""
    book, wanted = asked.book, asked.body.get("properties", {})
    title = wanted.get("title") or _free_title(book)
    check_title(book, title)
    number = wanted.get("sheetId", fresh_id())
    if any(tab.sheet_id == number for tab in book.tabs):
        raise bad_request(f"Sheet with id {number} already exists.")
    grid = defaults.GRID | wanted.get("gridProperties", {})
    properties = wanted | {"sheetId": number, "title": title, "sheetType": "GRID", "gridProperties": grid}
    tab = book.add_tab(_without_defaults(properties), wanted.get("index", len(book.tabs)))
    return {"properties": copy.deepcopy(tab.properties)}


def delete_sheet(asked: Asked) -> None:
    """Delete a tab with everything on it; the last visible one stays."""
    book = asked.book
    tab = book.tab(asked.body.get("sheetId", 0), "sheet")
    if len(book.tabs) == 1:
        raise bad_request("You can't remove all the sheets in a document.")
    if all(other is tab or other.properties.get("hidden") for other in book.tabs):
        raise bad_request("You can't remove all the visible sheets in a document.")
    for name in ("namedRanges", "developerMetadata"):
        keep_items(book.body, name, lambda item: sheet_id(item) != tab.sheet_id)
    book.remove_tab(tab)


def update_sheet_properties(asked: Asked) -> None:
    """Change a tab's name, place, size, color or visibility."""
    book, wanted, mask = asked.book, asked.body.get("properties", {}), asked.mask
    tab = book.tab(wanted.get("sheetId", 0), "sheet")
    # "*" is everything the request names; which tab it is and where it goes is another matter.
    named = {name: {} for name in wanted} if "*" in mask else dict(mask)
    moves = named.pop("index", None) is not None and "index" in wanted
    named.pop("sheetId", None)
    changed = copy.deepcopy(tab.properties)
    masks.merge(changed, {"sheetType": "GRID"} | wanted, named)
    if changed.get("title") != tab.title:
        rename(book, tab, changed.get("title", ""))
    _resize(book, tab, changed.setdefault("gridProperties", {}))
    tab.body["properties"] = _without_defaults(changed)
    if moves:
        book.place_tab(tab, wanted["index"])
    if all(other.properties.get("hidden") for other in book.tabs):
        raise bad_request("You can't hide all the sheets in a document.")


def duplicate_sheet(asked: Asked) -> Json:
    """Copy a tab with everything on it but the metadata of developers."""
    book, wanted = asked.book, asked.body
    source = book.tab(wanted.get("sourceSheetId", 0), "sheet")
    title = wanted.get("newSheetName") or f"Copy of {source.title}"
    check_title(book, title)
    own = {"sheetId": wanted.get("newSheetId", fresh_id()), "title": title}
    tab = book.add_tab(copy.deepcopy(source.properties) | own, wanted.get("insertSheetIndex", 0), source)
    for name, rules in tab.body.items():
        if name != "properties":
            tab.body[name] = _retargeted(rules, tab.sheet_id)
    return {"properties": copy.deepcopy(tab.properties)}


def update_spreadsheet_properties(asked: Asked) -> None:
    """Change the spreadsheet's title, locale, time zone or format."""
    book = asked.book
    properties = book.body["properties"] | {"title": book.title}
    masks.merge(properties, asked.body.get("properties", {}), asked.mask)
    book.title = properties.pop("title", None) or book.title
    book.body["properties"] = defaults.PROPERTIES | properties


def _free_title(book: Book) -> str:
    """Return the first of Sheet2, Sheet3 and so on that is free; Sheet1 in a new spreadsheet."""
    titles = (f"Sheet{number}" for number in numbers(len(book.tabs) + 1))
    return next(title for title in titles if book.titled(title) is None)


def _resize(book: Book, tab: Tab, grid: Json) -> None:
    """Give the grid another size; what lies outside afterwards is gone."""
    for dimension, count in COUNTS.items():
        old: int = tab.grid[count]
        new: int = grid.get(count, old)
        if new < 1 or grid.get(FROZEN[dimension], 0) >= new:
            what = "delete all the" if new < 1 else "freeze all visible"
            raise bad_request(f"You can't {what} {dimension.lower()} on the sheet.")
        if new < old:
            apply_edit(book, tab, Edit("delete", dimension, new, old))
        grid[count] = new


def _without_defaults(properties: Json) -> Json:
    """Return tab properties without what is off, or zero rows frozen, as Google leaves it out."""
    kept: Json = {name: value for name, value in masks.tidy(properties).items() if value is not False}
    grid = kept["gridProperties"].items()
    return kept | {"gridProperties": {name: value for name, value in grid if value}}


def _retargeted(value: Any, number: int) -> Any:
    """Return rules of a tab with their ranges on another tab."""
    if isinstance(value, list):
        return [_retargeted(item, number) for item in value]
    if not isinstance(value, dict):
        return value
    walked = {name: _retargeted(item, number) for name, item in value.items()}
    return walked | {"sheetId": number} if value.keys() & {"sheetId", *masks.PLACES} else walked
