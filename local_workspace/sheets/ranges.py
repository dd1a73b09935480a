"""From what a request calls a range to a tab and a rectangle on it."""

from local_workspace.call import Json
from local_workspace.errors import ApiError, bad_request
from local_workspace.sheets import a1
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Book, Refused, Tab


def find(book: Book, text: str) -> tuple[Tab, Area]:
    """Return the tab and the area that a range in A1 notation, or a named range, stands for.

    ApiError 400 "Unable to parse range" when it stands for nothing here.
    """
    notation = a1.split(text)
    tab = book.tabs[0] if notation.title is None else book.titled(notation.title)
    if notation.cells is None and tab is not None:
        return tab, Area()
    if tab is not None and notation.cells is not None:
        area = a1.parse_area(notation.cells)
        if area is not None:
            return tab, area
        named = _named(book, notation.cells)
        if named is not None:
            return named
    whole = book.titled(text) if notation.title is None else None
    if whole is None:
        raise bad_request(f"Unable to parse range: {text}")
    return whole, Area()


def read_box(tab: Tab, area: Area) -> Box:
    """Return the part of the grid that an area to be read covers; ApiError 400 when it begins outside."""
    if area.top >= tab.row_count or area.left >= tab.column_count:
        raise outside(tab, area)
    return area.within(tab.row_count, tab.column_count)


def write_box(tab: Tab, area: Area) -> Box:
    """Return the rectangle of an area to be written; ApiError 400 unless all of it lies in the grid."""
    if (area.bottom or 0) > tab.row_count or (area.right or 0) > tab.column_count:
        raise outside(tab, area)
    return read_box(tab, area)


def outside(tab: Tab, area: Area) -> ApiError:
    """Return the 400 for an area beyond the edges of the grid."""
    return bad_request(_outside(tab, area))


def grid_area(grid_range: Json) -> Area:
    """Return the area of a GridRange."""
    top, left = grid_range.get("startRowIndex", 0), grid_range.get("startColumnIndex", 0)
    return Area(top, grid_range.get("endRowIndex"), left, grid_range.get("endColumnIndex"))


def grid_range(box: Box) -> Json:
    """Return a box as a GridRange without its tab."""
    rows = {"startRowIndex": box.top, "endRowIndex": box.bottom}
    return rows | {"startColumnIndex": box.left, "endColumnIndex": box.right}


def grid_box(book: Book, grid_range: Json) -> tuple[Tab, Box]:
    """Return tab and rectangle of a GridRange; Refused when they are not there."""
    tab, area = book.tab(grid_range.get("sheetId", 0)), grid_area(grid_range)
    if area.bottom is not None and area.bottom <= area.top:
        raise Refused("GridRange.endRowIndex must be after startRowIndex")
    if area.right is not None and area.right <= area.left:
        raise Refused("GridRange.endColumnIndex must be after startColumnIndex")
    last_row = max(area.top, (area.bottom or 0) - 1)
    last_column = max(area.left, (area.right or 0) - 1)
    if last_row >= tab.row_count or last_column >= tab.column_count:
        raise Refused(_outside(tab, area))
    return tab, area.within(tab.row_count, tab.column_count)


def _named(book: Book, name: str) -> tuple[Tab, Area] | None:
    """Return what a named range stands for, None when there is none of this name."""
    for named in book.body.get("namedRanges", ()):
        if named["name"].casefold() == name.casefold():
            tab, box = grid_box(book, named["range"])
            return tab, Area(box.top, box.bottom, box.left, box.right)
    return None


def _outside(tab: Tab, area: Area) -> str:
    """Return Google's words for an area beyond the grid."""
    name = a1.name_area(tab.title, area)
    return f"Range ({name}) exceeds grid limits. Max rows: {tab.row_count}, max columns: {tab.column_count}"
