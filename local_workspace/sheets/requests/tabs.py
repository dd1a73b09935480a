"""Requests about whole tabs and the spreadsheet's own properties."""

import copy
from typing import Any

from local_workspace.call import Json
from local_workspace.sheets import defaults, masks
from local_workspace.sheets.book import Book, Refused, Tab, keep_items
from local_workspace.sheets.edits import COUNTS, FROZEN, Edit
from local_workspace.sheets.requests.kind import Asked, by_name, fresh_id
from local_workspace.sheets.structure import apply_edit, check_title, rename

_OFF = {
    *FROZEN.values(),
    "hidden",
    "rightToLeft",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
}
"""What Google leaves out of a tab's properties where it is false or 0."""


def add_sheet(asked: Asked) -> Json:
    """Add a tab at the wanted place, or as the last one."""
    book, wanted = asked.book, asked.body.get("properties", {})
    title = wanted.get("title") or _free_title(book)
    check_title(book, title)
    sheet_id = wanted.get("sheetId", fresh_id())
    if any(tab.sheet_id == sheet_id for tab in book.tabs):
        raise Refused(f"Sheet with id {sheet_id} already exists.")
    properties = defaults.tab_properties(sheet_id, title)
    grid = properties["gridProperties"] | wanted.get("gridProperties", {})
    properties |= wanted | {"title": title, "sheetType": "GRID", "gridProperties": grid}
    tab = book.add_tab(_without_defaults(properties), wanted.get("index", len(book.tabs)))
    return {"properties": copy.deepcopy(tab.properties)}


def delete_sheet(asked: Asked) -> None:
    """Delete a tab with everything on it; the last visible one stays."""
    book = asked.book
    tab = book.tab(asked.body.get("sheetId", 0), "sheet")
    if len(book.tabs) == 1:
        raise Refused("You can't remove all the sheets in a document.")
    if all(other is tab or other.properties.get("hidden") for other in book.tabs):
        raise Refused("You can't remove all the visible sheets in a document.")
    keep_items(book.body, "namedRanges", lambda named: named["range"].get("sheetId", 0) != tab.sheet_id)
    book.remove_tab(tab)


def update_sheet_properties(asked: Asked) -> None:
    """Change a tab's name, place, size, color or visibility."""
    book, wanted, mask = asked.book, asked.body.get("properties", {}), asked.mask
    tab = book.tab(wanted.get("sheetId", 0), "sheet")
    changed = copy.deepcopy(tab.properties)
    # "*" is everything the request names; which tab it is and where it goes is another matter.
    named = {name: {} for name in wanted} if "*" in mask else mask
    named = {name: inner for name, inner in named.items() if name not in {"sheetId", "index"}}
    masks.merge(changed, {"sheetType": "GRID"} | wanted, named)
    if changed.get("title") != tab.title:
        rename(book, tab, changed.get("title", ""))
    _resize(book, tab, changed.setdefault("gridProperties", {}))
    if "index" in mask or "*" in mask:
        place, index = book.tabs.index(tab), wanted.get("index", tab.properties["index"])
        book.tabs.remove(tab)
        book.tabs.insert(index if index <= place else index - 1, tab)
        book.number_tabs()
    changed["index"] = tab.properties["index"]
    tab.body["properties"] = _without_defaults(masks.tidy(changed))
    if all(other.properties.get("hidden") for other in book.tabs):
        raise Refused("You can't hide all the sheets in a document.")


def duplicate_sheet(asked: Asked) -> Json:
    """Copy a tab with everything on it."""
    book, wanted = asked.book, asked.body
    source = book.tab(wanted.get("sourceSheetId", 0), "sheet")
    title = wanted.get("newSheetName") or f"Copy of {source.title}"
    check_title(book, title)
    sheet_id = wanted.get("newSheetId", fresh_id())
    source.rows.flush()
    properties = copy.deepcopy(source.properties) | {"sheetId": sheet_id, "title": title}
    tab = book.add_tab(properties, wanted.get("insertSheetIndex", 0))
    tab.body = _retargeted(source.body, source.sheet_id, sheet_id) | {"properties": properties}
    tab.sizes = copy.deepcopy(source.sizes)
    tab.rows.copy_from(source.key)
    return {"properties": copy.deepcopy(properties)}


def update_spreadsheet_properties(asked: Asked) -> None:
    """Change the spreadsheet's title, locale, time zone or format."""
    book = asked.book
    properties = book.body["properties"] | {"title": book.title}
    masks.merge(properties, asked.body.get("properties", {}), asked.mask)
    book.title = properties.pop("title", None) or book.title
    book.body["properties"] = defaults.PROPERTIES | properties


def _free_title(book: Book) -> str:
    """Return the first of Sheet2, Sheet3 and so on that is free."""
    number = len(book.tabs) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _resize(book: Book, tab: Tab, grid: Json) -> None:
    """Give the grid another size; what lies outside afterwards is gone."""
    for dimension, count in COUNTS.items():
        old: int = tab.grid[count]
        new: int = grid.get(count, old)
        if new < 1 or grid.get(FROZEN[dimension], 0) >= new:
            what = "delete all the" if new < 1 else "freeze all visible"
            raise Refused(f"You can't {what} {dimension.lower()} on the sheet.")
        if new < old:
            apply_edit(book, tab, Edit("delete", dimension, new, old))
        tab.grid[count] = grid[count] = new


def _without_defaults(properties: Json) -> Json:
    """Return tab properties without what is off or zero, as Google leaves it out."""
    kept: Json = {name: value for name, value in masks.tidy(properties).items() if value or name not in _OFF}
    grid = kept["gridProperties"].items()
    return kept | {"gridProperties": {name: value for name, value in grid if value or name not in _OFF}}


def _retargeted(value: Any, old: int, new: int) -> Any:
    """Return part of a tab's body with its ranges on another tab."""
    if isinstance(value, list):
        return [_retargeted(item, old, new) for item in value]
    if not isinstance(value, dict):
        return value
    walked = {name: _retargeted(item, old, new) for name, item in value.items()}
    is_range = value.get("sheetId", 0) == old and value.keys() & masks.PLACES
    return walked | {"sheetId": new} if is_range else walked


KINDS = by_name(
    add_sheet, delete_sheet, update_sheet_properties, duplicate_sheet, update_spreadsheet_properties
)
