"""Inserting, deleting and moving rows and columns, and renaming tabs, with all that remembers a place."""

from collections.abc import Callable
from typing import Any

from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.sheets import metadata, references
from local_workspace.sheets.book import Book, Tab, keep_items
from local_workspace.sheets.cells import Formula
from local_workspace.sheets.edits import COUNTS, FROZEN, Edit

_ENDS = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}


def apply_edit(book: Book, tab: Tab, edit: Edit) -> None:
    """Change the tab's rows or columns; formats, notes, ranges and formulas follow."""
    if edit.dimension == "ROWS":
        _edit_rows(tab, edit)
    else:
        for row in tab.rows.span(0, tab.rows.used()):
            row.values, row.dress = _edited(row.values, edit, None), _edited(row.dress, edit, 0)
    _edit_counts(tab, edit)
    sizes = tab.sizes[edit.dimension].items()
    tab.sizes[edit.dimension] = {new: size for old, size in sizes if (new := edit.index(old)) is not None}
    _edit_ranges(book, tab, edit)
    _change_formulas(book, lambda own, text: references.follow(text, own.title, tab.title, edit))


def rename(book: Book, tab: Tab, title: str) -> None:
    """Give a tab another name; formulas that look into it follow."""
    if title.casefold() != tab.title.casefold():
        check_title(book, title)
    old = tab.title
    _change_formulas(book, lambda _, text: references.rename(text, old, title))
    tab.properties["title"] = title


def check_title(book: Book, title: str) -> None:
    """Raise ApiError 400 for a title that is missing or taken."""
    if not title:
        raise bad_request("Sheet name cannot be empty.")
    if any(tab.title.casefold() == title.casefold() for tab in book.tabs):
        raise bad_request(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _change_formulas(book: Book, change: Callable[[Tab, str], str]) -> None:
    """Put every formula of the spreadsheet through `change`, which is given its tab and its text."""
    for tab in book.tabs:
        for index, cells in tab.rows.formulas().items():
            for column, value in enumerate(cells):
                if isinstance(value, Formula) and (text := change(tab, value.text)) != value.text:
                    tab.rows.row(index).put(column, Formula(text))


def _edit_rows(tab: Tab, edit: Edit) -> None:
    """Insert, delete or move the stored rows."""
    if edit.kind == "insert":
        tab.rows.shift(edit.start, edit.end - edit.start)
    elif edit.kind == "delete":
        tab.rows.delete(edit.start, edit.end)
    else:
        first = min(edit.start, edit.to)
        rows = tab.rows.span(first, max(edit.end, edit.to))
        moved = {edit.index(index): (row.values, row.dress) for index, row in enumerate(rows, first)}
        for index, row in enumerate(rows, first):
            row.values, row.dress = moved[index]


def _edited(cells: list[Any], edit: Edit, blank: Any) -> list[Any]:
    """Return one row's cells after the edit of its columns."""
    found = {edit.index(column): cell for column, cell in enumerate(cells)}
    last = max((column for column in found if column is not None), default=-1)
    return [found.get(column, blank) for column in range(last + 1)]


def _edit_counts(tab: Tab, edit: Edit) -> None:
    """Change the size of the grid and how much of it is frozen."""
    if edit.kind == "move":
        return
    tab.grid[COUNTS[edit.dimension]] += (edit.end - edit.start) * (1 if edit.kind == "insert" else -1)
    if span := edit.span(0, tab.grid.pop(FROZEN[edit.dimension], 0)):
        tab.grid[FROZEN[edit.dimension]] = span[1]


def _edit_ranges(book: Book, tab: Tab, edit: Edit) -> None:
    """Let every range on the tab follow; what has nothing left of its range disappears."""
    for name in ("merges", "protectedRanges", "conditionalFormats", "rowGroups", "columnGroups"):
        keep_items(tab.body, name, lambda item: _follow(item, edit))
    if not _follow(tab.body.get("basicFilter", {}), edit):
        del tab.body["basicFilter"]
    for name in ("namedRanges", "developerMetadata"):
        keep_items(book.body, name, lambda item: sheet_id(item) != tab.sheet_id or _follow(item, edit))


def sheet_id(item: Json) -> int | None:
    """Return the id of the tab on which a named range or metadata lies; None: on none."""
    if "location" in item:
        return metadata.place(item["location"])[0]
    found: int = item["range"].get("sheetId", 0)
    return found


def _follow(item: Json, edit: Edit) -> bool:
    """Change the range of an item, or its ranges, in place; False when nothing is left."""
    if "ranges" in item:
        keep_items(item, "ranges", lambda found: _follow(found, edit))
        return "ranges" in item
    found = item.get("range") or item.get("location", {}).get("dimensionRange") or item
    if found.get("dimension", edit.dimension) != edit.dimension:
        return True
    start, end = ("startIndex", "endIndex") if "dimension" in found else _ENDS[edit.dimension]
    if start not in found and end not in found:
        return True
    # An open end stays open.
    span = edit.span(found.get(start, 0), found.get(end, 1 << 30))
    if span is not None:
        found |= {start: span[0]} if start in found or span[0] else {}
        found |= {end: span[1]} if end in found else {}
    return span is not None
