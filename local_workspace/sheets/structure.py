"""Inserting, deleting and moving rows and columns, with everything that remembers a place on the tab."""

from collections.abc import Callable
from typing import Any

from local_workspace.call import Json
from local_workspace.sheets import references
from local_workspace.sheets.book import Book, Tab
from local_workspace.sheets.cells import Formula
from local_workspace.sheets.edits import Delete, Edit, Insert, Move

_KEYS = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}
_COUNTS = {"ROWS": ("rowCount", "frozenRowCount"), "COLUMNS": ("columnCount", "frozenColumnCount")}


def apply_edit(book: Book, tab: Tab, edit: Edit) -> None:
    """Change the tab's rows or columns; formats, notes, ranges and formulas follow."""
    if edit.dimension == "ROWS":
        _edit_rows(tab, edit)
    else:
        _edit_columns(tab, edit)
    _edit_counts(tab, edit)
    sizes = tab.sizes[edit.dimension]
    places = {index: edit.index(index) for index in sizes}
    tab.sizes[edit.dimension] = {new: sizes[old] for old, new in places.items() if new is not None}
    _edit_ranges(book, tab, edit)
    change_formulas(book, lambda own, text: references.follow(text, own.title, tab.title, edit))


def change_formulas(book: Book, change: Callable[[Tab, str], str]) -> None:
    """Put every formula of the spreadsheet through `change`, which is given its tab and its text."""
    for tab in book.tabs:
        for index, cells in tab.rows.formulas().items():
            for column, value in enumerate(cells):
                if isinstance(value, Formula) and (text := change(tab, value.text)) != value.text:
                    tab.rows.row(index).put(column, Formula(text))


def _edit_rows(tab: Tab, edit: Edit) -> None:
    """Insert, delete or move the stored rows."""
    if isinstance(edit, Insert):
        tab.rows.insert(edit.at, edit.count)
    elif isinstance(edit, Delete):
        tab.rows.delete(edit.start, edit.end)
    else:
        first, last = min(edit.start, edit.to), max(edit.end, edit.to)
        rows = tab.rows.span(first, last)
        contents = _rotated([(row.values, row.dress) for row in rows], edit)
        for row, (values, dress) in zip(rows, contents, strict=True):
            row.values, row.dress = values, dress


def _edit_columns(tab: Tab, edit: Edit) -> None:
    """Insert, delete or move the cells of every row."""
    for row in tab.rows.span(0, tab.rows.used()):
        row.values = _edited(row.values, edit, None)
        row.dress = _edited(row.dress, edit, 0)


def _edited(cells: list[Any], edit: Edit, blank: Any) -> list[Any]:
    """Return one row's cells after the edit."""
    if isinstance(edit, Insert):
        return (
            cells if edit.at >= len(cells) else [*cells[: edit.at], *[blank] * edit.count, *cells[edit.at :]]
        )
    if isinstance(edit, Delete):
        return cells[: edit.start] + cells[edit.end :]
    first, last = min(edit.start, edit.to), max(edit.end, edit.to)
    padded = cells + [blank] * (last - len(cells))
    return padded[:first] + _rotated(padded[first:last], edit) + padded[last:]


def _rotated(items: list[Any], move: Move) -> list[Any]:
    """Return the stretch that a move touches, with the moved part at its other end."""
    count = move.end - move.start
    cut = len(items) - count if move.to <= move.start else count
    return items[cut:] + items[:cut]


def _edit_counts(tab: Tab, edit: Edit) -> None:
    """Change the size of the grid and how much of it is frozen."""
    count, frozen = _COUNTS[edit.dimension]
    if isinstance(edit, Insert):
        tab.grid[count] += edit.count
    elif isinstance(edit, Delete):
        tab.grid[count] -= edit.end - edit.start
    if frozen in tab.grid and not isinstance(edit, Move):
        span = edit.span(0, tab.grid[frozen])
        if span is None:
            del tab.grid[frozen]
        else:
            tab.grid[frozen] = span[1]


def _edit_ranges(book: Book, tab: Tab, edit: Edit) -> None:
    """Let every range on the tab follow; what has nothing left of its range disappears."""
    body = tab.body
    _keep(body, "merges", lambda merge: _follow(merge, edit))
    for name in ("protectedRanges", "bandedRanges"):
        _keep(body, name, lambda owner: _follow(owner["range"], edit))
    _keep(body, "conditionalFormats", lambda rule: _follow_all(rule["ranges"], edit))
    if "basicFilter" in body and not _follow(body["basicFilter"]["range"], edit):
        del body["basicFilter"]
    group = "rowGroups" if edit.dimension == "ROWS" else "columnGroups"
    _keep(body, group, lambda group: _follow(group["range"], edit, ("startIndex", "endIndex")))
    _keep(
        book.body,
        "namedRanges",
        lambda named: named["range"].get("sheetId", 0) != tab.sheet_id or _follow(named["range"], edit),
    )


def _keep(body: Json, name: str, follow: Callable[[Json], bool]) -> None:
    """Keep the items of a list for which `follow` finds a place; an empty list disappears."""
    if name in body:
        body[name] = [item for item in body[name] if follow(item)]
        if not body[name]:
            del body[name]


def _follow_all(found: list[Json], edit: Edit) -> bool:
    """Let a rule's ranges follow; False when none is left."""
    found[:] = [item for item in found if _follow(item, edit)]
    return bool(found)


def _follow(found: Json, edit: Edit, keys: tuple[str, str] | None = None) -> bool:
    """Change a range in place; False when nothing is left of it. An open end stays open."""
    start, end = keys or _KEYS[edit.dimension]
    if start not in found and end not in found:
        return True
    last = found.get(end, 1 << 30)
    span = edit.span(found.get(start, 0), last)
    if span is None:
        return False
    if start in found or span[0]:
        found[start] = span[0]
    if end in found:
        found[end] = span[1]
    return True
