"""From what a request calls a range to a tab and a rectangle on it."""

from local_workspace.call import Json
from local_workspace.errors import ApiError, bad_request
from local_workspace.sheets import a1
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Book, Tab


def find(book: Book, text: str) -> tuple[Tab, Area]:
    """Return the tab and the area that a range in A1 notation, or a named range, stands for.

    ApiError 400 "Unable to parse range" when it stands for nothing here.
    """
    title, cells = a1.split(text)
    tab = book.tabs[0] if title is None else book.titled(title)
    if tab is not None and cells is None:
        return tab, Area()
    if tab is not None and cells is not None:
        if area := a1.parse_area(cells):
            return tab, area
        for named in book.body.get("namedRanges", ()):
            if named["name"].casefold() == cells.casefold():
                tab, box = grid_box(book, named["range"])
                return tab, Area(box.top, box.bottom, box.left, box.right)
    whole = book.titled(text) if title is None else None
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
    name, limits = a1.name_area(tab.title, area), f"rows: {tab.row_count}, max columns: {tab.column_count}"
    return bad_request(f"Range ({name}) exceeds grid limits. Max {limits}")


def grid_area(grid_range: Json) -> Area:
    """Return the area of a GridRange."""
    top, left = grid_range.get("startRowIndex", 0), grid_range.get("startColumnIndex", 0)
    return Area(top, grid_range.get("endRowIndex"), left, grid_range.get("endColumnIndex"))


def grid_range(box: Box) -> Json:
    """Return a box as a GridRange without its tab."""
    rows = {"startRowIndex": box.top, "endRowIndex": box.bottom}
    return rows | {"startColumnIndex": box.left, "endColumnIndex": box.right}


def grid_box(book: Book, grid_range: Json) -> tuple[Tab, Box]:
    """Return tab and rectangle of a GridRange; ApiError 400 when they are not there."""
    tab, area = book.tab(grid_range.get("sheetId", 0)), grid_area(grid_range)
    for name, start, end in (("Row", area.top, area.bottom), ("Column", area.left, area.right)):
        if end is not None and end <= start:
            raise bad_request(f"GridRange.end{name}Index must be after start{name}Index")
    return tab, write_box(tab, area)
