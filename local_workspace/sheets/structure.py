"""Inserting, deleting and moving rows and columns, and renaming tabs, with all that remembers a place."""

from collections.abc import Callable
from typing import Any

from local_workspace.call import Json
from local_workspace.sheets import references
from local_workspace.sheets.book import Book, Refused, Tab, keep_items
from local_workspace.sheets.cells import Formula
from local_workspace.sheets.edits import COUNTS, FROZEN, Edit

_KEYS = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}


def apply_edit(book: Book, tab: Tab, edit: Edit) -> None:
    """Change the tab's rows or columns; formats, notes, ranges and formulas follow."""
    if edit.dimension == "ROWS":
        _edit_rows(tab, edit)
    else:
        for row in tab.rows.span(0, tab.rows.used()):
            row.values, row.dress = _edited(row.values, edit, None), _edited(row.dress, edit, 0)
    _edit_counts(tab, edit)
    sizes = tab.sizes[edit.dimension]
    places = {index: edit.index(index) for index in sizes}
    tab.sizes[edit.dimension] = {new: sizes[old] for old, new in places.items() if new is not None}
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
    """Refuse a title that is missing or taken."""
    if not title:
        raise Refused("Sheet name cannot be empty.")
    if any(tab.title.casefold() == title.casefold() for tab in book.tabs):
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


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
        rows = tab.rows.span(min(edit.start, edit.to), max(edit.end, edit.to))
        moved = edit.start - edit.to if edit.to <= edit.start else edit.end - edit.start
        contents = [(row.values, row.dress) for row in rows]
        for row, (values, dress) in zip(rows, contents[moved:] + contents[:moved], strict=True):
            row.values, row.dress = values, dress


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
    frozen = FROZEN[edit.dimension]
    if frozen in tab.grid:
        span = edit.span(0, tab.grid.pop(frozen))
        if span is not None:
            tab.grid[frozen] = span[1]


def _edit_ranges(book: Book, tab: Tab, edit: Edit) -> None:
    """Let every range on the tab follow; what has nothing left of its range disappears."""
    body = tab.body
    keep_items(body, "merges", lambda merge: _follow(merge, edit))
    keep_items(body, "protectedRanges", lambda owner: _follow(owner["range"], edit))
    keep_items(body, "conditionalFormats", lambda rule: _follow_all(rule["ranges"], edit))
    if "basicFilter" in body and not _follow(body["basicFilter"]["range"], edit):
        del body["basicFilter"]
    group = "rowGroups" if edit.dimension == "ROWS" else "columnGroups"
    keep_items(body, group, lambda group: _follow(group["range"], edit, ("startIndex", "endIndex")))
    keep_items(
        book.body,
        "namedRanges",
        lambda named: named["range"].get("sheetId", 0) != tab.sheet_id or _follow(named["range"], edit),
    )


def _follow_all(found: list[Json], edit: Edit) -> bool:
    """Let a rule's ranges follow; False when none is left."""
    found[:] = [item for item in found if _follow(item, edit)]
    return bool(found)


def _follow(found: Json, edit: Edit, keys: tuple[str, str] | None = None) -> bool:
    """Change a range in place; False when nothing is left of it. An open end stays open."""
    start, end = keys or _KEYS[edit.dimension]
    if start not in found and end not in found:
        return True
    span = edit.span(found.get(start, 0), found.get(end, 1 << 30))
    if span is None:
        return False
    found |= {start: span[0]} if start in found or span[0] else {}
    found |= {end: span[1]} if end in found else {}
    return True
