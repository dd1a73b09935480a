"""Requests about rows and columns: insert, delete, move, sizes and groups."""

from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.sheets import masks
from local_workspace.sheets.book import Book, Tab, keep_items
from local_workspace.sheets.edits import COUNTS, Dimension, Edit
from local_workspace.sheets.grid_data import PIXELS
from local_workspace.sheets.reading import displayed
from local_workspace.sheets.structure import apply_edit

_GROUPS = {"ROWS": "rowGroup", "COLUMNS": "columnGroup"}


def insert_dimension(book: Book, body: Json) -> None:
    """Insert rows or columns; they take over formats from the side that inheritFromBefore names."""
    tab, dimension, start, end = _range(book, body, room=1 << 24)
    count = tab.grid[COUNTS[dimension]]
    if start > count:
        raise bad_request(f"range.startIndex[{start}] is after last {_word(dimension)} index[{count}]")
    before = body.get("inheritFromBefore", False)
    if before and start == 0:
        raise bad_request("inheritFromBefore cannot be true if the dimension is being inserted at the start")
    apply_edit(book, tab, Edit("insert", dimension, start, end))
    _inherit(tab, dimension, start - 1 if before else end, range(start, end))


def delete_dimension(book: Book, body: Json) -> None:
    """Delete rows or columns, but not all of them."""
    tab, dimension, start, end = _range(book, body)
    if end - start >= tab.grid[COUNTS[dimension]]:
        raise bad_request(f"You can't delete all the {dimension.lower()} on the sheet.")
    apply_edit(book, tab, Edit("delete", dimension, start, end))


def append_dimension(book: Book, body: Json) -> None:
    """Add rows or columns at the end."""
    dimension, length = body.get("dimension"), body.get("length", 0)
    if dimension not in COUNTS or length < 1:
        raise bad_request("appendDimension needs a dimension and a length of at least 1")
    book.tab(body.get("sheetId", 0)).grid[COUNTS[dimension]] += length


def move_dimension(book: Book, body: Json) -> None:
    """Move rows or columns before the one that has the destination index now."""
    tab, dimension, start, end = _range(book, body, "source")
    to = body.get("destinationIndex", 0)
    if start < to < end or to > tab.grid[COUNTS[dimension]]:
        raise bad_request("The destination lies inside the source or outside the grid.")
    if to not in {start, end}:
        apply_edit(book, tab, Edit("move", dimension, start, end, to))


def update_dimension_properties(book: Book, body: Json) -> None:
    """Change the size or visibility of rows or columns."""
    tab, dimension, start, end = _range(book, body)
    for index in range(start, end):
        size = tab.sizes[dimension].setdefault(index, {})
        masks.merge(size, body.get("properties", {}), masks.parse(body))
        if not size.get("hiddenByUser", True):
            del size["hiddenByUser"]


def auto_resize_dimensions(book: Book, body: Json) -> None:
    """Make columns as wide as their longest text, at about seven pixels a letter; rows as high as usual."""
    tab, dimension, start, end = _range(book, body, "dimensions")
    rows = tab.rows.span(0, tab.rows.used()) if dimension == "COLUMNS" else []
    for index in range(start, end):
        texts = (displayed(book, row.value(index), row.dress_at(index)) for row in rows)
        longest = max(map(len, texts), default=0)
        pixels = longest * 7 + 10 if longest else PIXELS[dimension]
        tab.sizes[dimension].setdefault(index, {})["pixelSize"] = pixels


def add_dimension_group(book: Book, body: Json) -> Json:
    """Group rows or columns; a group around or inside another one changes the depths."""
    tab, dimension, start, end = _range(book, body)
    groups, depth = tab.body.setdefault(f"{_GROUPS[dimension]}s", []), 1
    for group in groups:
        first, last = _span(group)
        if start <= first and last <= end:
            group["depth"] += 1
        elif first <= start and end <= last:
            depth = max(depth, group["depth"] + 1)
    groups.append({"range": masks.tidy(body["range"]), "depth": depth})
    groups.sort(key=lambda group: (group["depth"], _span(group)))
    tab.grid[f"{_GROUPS[dimension]}ControlAfter"] = True
    return {"dimensionGroups": [dict(group) for group in groups]}


def delete_dimension_group(book: Book, body: Json) -> Json:
    """Take the deepest group over exactly these rows or columns away."""
    tab, dimension, start, end = _range(book, body)
    name = f"{_GROUPS[dimension]}s"
    found = [group for group in tab.body.get(name, []) if _span(group) == (start, end)]
    if not found:
        raise bad_request("There is no group over this range.")
    keep_items(tab.body, name, lambda group: group is not found[-1])
    left = tab.body.get(name, [])
    for group in left:
        group["depth"] -= start <= _span(group)[0] and _span(group)[1] <= end
    return {"dimensionGroups": [dict(group) for group in left]} if left else {}


def _range(book: Book, body: Json, name: str = "range", room: int = 0) -> tuple[Tab, Dimension, int, int]:
    """Return tab, dimension, start and end of a DimensionRange; ApiError 400 when it is not in the grid."""
    found: Json = body.get(name, {})
    tab, dimension = book.tab(found.get("sheetId", 0)), found.get("dimension")
    if dimension not in COUNTS:
        raise bad_request("No dimension is specified.")
    count: int = tab.grid[COUNTS[dimension]]
    start, end = int(found.get("startIndex", 0)), int(found.get("endIndex", count))
    if not 0 <= start < end:
        raise bad_request("range.endIndex must be after range.startIndex")
    if end > max(count, room):
        raise bad_request(f"range.endIndex[{end}] is after last {_word(dimension)} index[{count}]")
    return tab, dimension, start, end


def _word(dimension: Dimension) -> str:
    return dimension.lower().removesuffix("s")


def _inherit(tab: Tab, dimension: Dimension, source: int, places: range) -> None:
    """Give new rows or columns the formats and sizes of their neighbour."""
    if dimension == "ROWS":
        dress = tab.rows.row(source).dress
        for row in tab.rows.span(places.start, places.stop) if any(dress) else ():
            row.dress = list(dress)
    else:
        for row in tab.rows.span(0, tab.rows.used()):
            for column in places if row.dress_at(source) else ():
                row.dress_up(column, row.dress_at(source))
    size = tab.sizes[dimension].get(source, {})
    for index in places if "pixelSize" in size else ():
        tab.sizes[dimension][index] = {"pixelSize": size["pixelSize"]}


def _span(group: Json) -> tuple[int, int]:
    return group["range"].get("startIndex", 0), group["range"]["endIndex"]
