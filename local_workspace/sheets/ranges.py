"""From what a request calls a range to a tab and a rectangle on it."""

from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.sheets import a1
from local_workspace.sheets.a1 import Area, Box
from local_workspace.sheets.book import Book, Tab


def find(book: Book, text: str) -> tuple[Tab, Area]:
    """Return the tab and the area that a range in A1 notation, or a named range, stands for.

    ApiError 400 "Unable to parse range" when it stands for nothing here.
    """
    title, cells = a1.split(text)
    tab = book.tabs[0] if title is None else book.titled(title)
    if tab is not None:
        if area := Area() if cells is None else a1.parse_area(cells):
            return tab, area
        for named in book.body.get("namedRanges", ()):
            if named["name"].casefold() == (cells or "").casefold():
                return grid_box(book, named["range"])
    if title is None and (whole := book.titled(text)):
        return whole, Area()
    raise bad_request(f"Unable to parse range: {text}")


def read_box(tab: Tab, area: Area, *, whole: bool = False) -> Box:
    """Return the part of an area inside the grid; ApiError 400 if it begins, or `whole` ends, outside."""
    bottom, right = (area.bottom, area.right) if whole else (None, None)
    if max(area.top + 1, bottom or 0) > tab.row_count or max(area.left + 1, right or 0) > tab.column_count:
        limits = f"Max rows: {tab.row_count}, max columns: {tab.column_count}"
        raise bad_request(f"Range ({a1.name(tab.title, area)}) exceeds grid limits. {limits}")
    return area.within(tab.row_count, tab.column_count)


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
    return tab, read_box(tab, area, whole=True)
