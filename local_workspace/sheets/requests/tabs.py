"""Requests about whole tabs and the spreadsheet's own properties."""

import copy

from local_workspace.call import Json
from local_workspace.fields import Mask
from local_workspace.sheets import defaults, masks, references
from local_workspace.sheets.book import Book, Refused, Tab
from local_workspace.sheets.edits import Delete, Dimension
from local_workspace.sheets.requests.kind import Asked, Kind, fresh_id
from local_workspace.sheets.structure import apply_edit, change_formulas

_OFF_BY_DEFAULT = ("hidden", "rightToLeft")
_OFF_IN_GRID = (
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
)


def add_sheet(asked: Asked) -> Json:
    """Add a tab at the wanted place, or as the last one."""
    book, wanted = asked.book, asked.body.get("properties", {})
    title = wanted.get("title") or _free_title(book)
    _check_title(book, title)
    sheet_id = wanted.get("sheetId", fresh_id())
    if any(tab.sheet_id == sheet_id for tab in book.tabs):
        raise Refused(f"Sheet with id {sheet_id} already exists.")
    properties = defaults.tab_properties(sheet_id, title)
    grid = properties["gridProperties"] | wanted.get("gridProperties", {})
    properties |= wanted | {"title": title, "sheetType": "GRID", "gridProperties": grid}
    place = min(wanted.get("index", len(book.tabs)), len(book.tabs))
    tab = book.add_tab(_without_defaults(properties), place)
    return {"properties": copy.deepcopy(_indexed(book, tab))}


def delete_sheet(asked: Asked) -> None:
    """Delete a tab with everything on it; the last visible one stays."""
    book = asked.book
    tab = book.tab(asked.body.get("sheetId", 0), "sheet")
    if len(book.tabs) == 1:
        raise Refused("You can't remove all the sheets in a document.")
    if all(other is tab or other.properties.get("hidden") for other in book.tabs):
        raise Refused("You can't remove all the visible sheets in a document.")
    named = [
        item for item in book.body.get("namedRanges", ()) if item["range"].get("sheetId", 0) != tab.sheet_id
    ]
    book.body.pop("namedRanges", None)
    if named:
        book.body["namedRanges"] = named
    book.remove_tab(tab)


def update_sheet_properties(asked: Asked) -> None:
    """Change a tab's name, place, size, color or visibility."""
    book, wanted = asked.book, asked.body.get("properties", {})
    mask = masks.parse(asked.body.get("fields"))
    tab = book.tab(wanted.get("sheetId", 0), "sheet")
    changed = copy.deepcopy(tab.properties)
    masks.merge(changed, {"sheetType": "GRID"} | wanted, _named_fields(mask, wanted))
    changed["sheetId"] = tab.sheet_id
    if changed.get("title") != tab.title:
        rename(book, tab, changed.get("title", ""))
    _resize(book, tab, changed.setdefault("gridProperties", {}))
    if "index" in mask or "*" in mask:
        _move(book, tab, wanted.get("index", tab.properties["index"]))
    tab.body["properties"] = _without_defaults(masks.tidy(changed))
    if all(other.properties.get("hidden") for other in book.tabs):
        raise Refused("You can't hide all the sheets in a document.")


def duplicate_sheet(asked: Asked) -> Json:
    """Copy a tab with everything on it."""
    book, wanted = asked.book, asked.body
    source = book.tab(wanted.get("sourceSheetId", 0), "sheet")
    title = wanted.get("newSheetName") or f"Copy of {source.title}"
    _check_title(book, title)
    sheet_id = wanted.get("newSheetId", fresh_id())
    source.rows.flush()
    tab = book.add_tab({}, min(wanted.get("insertSheetIndex", 0), len(book.tabs)))
    tab.body = _retargeted(source.body, source.sheet_id, sheet_id)
    tab.body["properties"] = copy.deepcopy(source.properties) | {"sheetId": sheet_id, "title": title}
    tab.sizes = copy.deepcopy(source.sizes)
    tab.rows.copy_from(source.key)
    return {"properties": copy.deepcopy(_indexed(book, tab))}


def update_spreadsheet_properties(asked: Asked) -> None:
    """Change the spreadsheet's title, locale, time zone or format."""
    book, wanted = asked.book, asked.body.get("properties", {})
    properties = book.body["properties"] | {"title": book.title}
    masks.merge(properties, wanted, masks.parse(asked.body.get("fields")))
    book.title = properties.pop("title", None) or book.title
    book.body["properties"] = defaults.PROPERTIES | properties


def rename(book: Book, tab: Tab, title: str) -> None:
    """Give a tab another name; formulas that look into it follow."""
    if title.casefold() != tab.title.casefold():
        _check_title(book, title)
    old = tab.title
    change_formulas(book, lambda _, text: references.rename(text, old, title))
    tab.properties["title"] = title


def _check_title(book: Book, title: str) -> None:
    """Refuse a title that is missing or taken."""
    if not title:
        raise Refused("Sheet name cannot be empty.")
    if any(tab.title.casefold() == title.casefold() for tab in book.tabs):
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _free_title(book: Book) -> str:
    """Return the first of Sheet2, Sheet3 and so on that is free."""
    number = len(book.tabs) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _named_fields(mask: Mask, wanted: Json) -> Mask:
    """Return the mask with "*" spelled out, without what only says which tab, or where it goes."""
    named = {name: {} for name in wanted} if "*" in mask else mask
    return {name: inner for name, inner in named.items() if name not in {"sheetId", "index"}}


def _resize(book: Book, tab: Tab, grid: Json) -> None:
    """Give the grid another size; what lies outside afterwards is gone."""
    sizes: tuple[tuple[Dimension, str, str], ...] = (
        ("ROWS", "rowCount", "frozenRowCount"),
        ("COLUMNS", "columnCount", "frozenColumnCount"),
    )
    for dimension, count, frozen in sizes:
        old: int = tab.grid[count]
        new: int = grid.get(count, old)
        if new < 1 or grid.get(frozen, 0) >= new:
            kind = dimension.lower()
            raise Refused(
                f"You can't {'delete all the' if new < 1 else 'freeze all visible'} {kind} on the sheet."
            )
        if new < old:
            apply_edit(book, tab, Delete(dimension, new, old))
        tab.grid[count] = grid[count] = new


def _move(book: Book, tab: Tab, index: int) -> None:
    """Put a tab before the one that has this index now."""
    place = book.tabs.index(tab)
    book.tabs.remove(tab)
    book.tabs.insert(index if index <= place else index - 1, tab)
    for number, other in enumerate(book.tabs):
        other.properties["index"] = number


def _indexed(book: Book, tab: Tab) -> Json:
    """Return the tab's properties with its index as it is now."""
    tab.properties["index"] = book.tabs.index(tab)
    return tab.properties


def _without_defaults(properties: Json) -> Json:
    """Return tab properties without what is off or zero, as Google leaves it out."""
    kept = {
        name: value for name, value in masks.tidy(properties).items() if value or name not in _OFF_BY_DEFAULT
    }
    kept["gridProperties"] = {
        name: value for name, value in kept["gridProperties"].items() if value or name not in _OFF_IN_GRID
    }
    return kept


def _retargeted(body: Json, old: int, new: int) -> Json:
    """Return a tab's body with its ranges on another tab."""

    def walk(value: object) -> object:
        if isinstance(value, list):
            return [walk(item) for item in value]
        if not isinstance(value, dict):
            return value
        walked = {name: walk(item) for name, item in value.items()}
        is_range = value.get("sheetId", 0) == old and walked.keys() & {
            "startRowIndex",
            "startColumnIndex",
            "dimension",
        }
        return walked | {"sheetId": new} if is_range else walked

    return {name: walk(value) for name, value in body.items()}


KINDS: dict[str, Kind] = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "updateSheetProperties": update_sheet_properties,
    "duplicateSheet": duplicate_sheet,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}
