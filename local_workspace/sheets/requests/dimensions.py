"""Requests about rows and columns: insert, delete, move, append, sizes and groups."""

from local_workspace.call import Json
from local_workspace.sheets import defaults, masks
from local_workspace.sheets.book import Refused, Tab
from local_workspace.sheets.edits import Delete, Dimension, Insert, Move
from local_workspace.sheets.reading import displayed
from local_workspace.sheets.requests.kind import Asked, Kind
from local_workspace.sheets.structure import apply_edit

_COUNT: dict[Dimension, str] = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
_GROUPS: dict[Dimension, str] = {"ROWS": "rowGroups", "COLUMNS": "columnGroups"}


def insert_dimension(asked: Asked) -> None:
    """Insert rows or columns; they take over formats from the side that inheritFromBefore names."""
    tab, dimension, start, end = _range(asked, asked.body.get("range", {}), room=1 << 24)
    if start > tab.grid[_COUNT[dimension]]:
        raise Refused(
            f"range.startIndex[{start}] is after last {_word(dimension)} index[{tab.grid[_COUNT[dimension]]}]"
        )
    before = asked.body.get("inheritFromBefore", False)
    if before and start == 0:
        raise Refused("inheritFromBefore cannot be true if the dimension is being inserted at the start")
    apply_edit(asked.book, tab, Insert(dimension, start, end - start))
    source = start - 1 if before else end
    if source < tab.grid[_COUNT[dimension]]:
        _inherit(tab, dimension, source, range(start, end))


def delete_dimension(asked: Asked) -> None:
    """Delete rows or columns, but not all of them."""
    tab, dimension, start, end = _range(asked, asked.body.get("range", {}))
    if end - start >= tab.grid[_COUNT[dimension]]:
        raise Refused(f"You can't delete all the {dimension.lower()} on the sheet.")
    apply_edit(asked.book, tab, Delete(dimension, start, end))


def move_dimension(asked: Asked) -> None:
    """Move rows or columns before the one that has the destination index now."""
    tab, dimension, start, end = _range(asked, asked.body.get("source", {}))
    to = asked.body.get("destinationIndex", 0)
    if start < to < end or to > tab.grid[_COUNT[dimension]]:
        raise Refused("The destination lies inside the source or outside the grid.")
    if to not in {start, end}:
        apply_edit(asked.book, tab, Move(dimension, start, end, to))


def append_dimension(asked: Asked) -> None:
    """Add rows or columns at the end."""
    tab = asked.book.tab(asked.body.get("sheetId", 0))
    tab.grid[_COUNT[_dimension(asked.body)]] += asked.body.get("length", 0)


def update_dimension_properties(asked: Asked) -> None:
    """Change the size or visibility of rows or columns."""
    tab, dimension, start, end = _range(asked, asked.body.get("range", {}))
    mask = masks.parse(asked.body.get("fields"))
    for index in range(start, end):
        size = tab.sizes[dimension].setdefault(index, {})
        masks.merge(size, asked.body.get("properties", {}), mask)
        if not size.get("hiddenByUser", True):
            del size["hiddenByUser"]


def auto_resize_dimensions(asked: Asked) -> None:
    """Make columns as wide as their longest text, by rule of thumb; rows get their usual height."""
    tab, dimension, start, end = _range(asked, asked.body.get("dimensions", {}))
    for index in range(start, end):
        pixels = defaults.ROW_PIXELS if dimension == "ROWS" else _width(asked, tab, index)
        tab.sizes[dimension].setdefault(index, {})["pixelSize"] = pixels


def add_dimension_group(asked: Asked) -> Json:
    """Group rows or columns; a group around or inside another one changes the depths."""
    tab, dimension, start, end = _range(asked, asked.body.get("range", {}))
    groups = tab.body.setdefault(_GROUPS[dimension], [])
    depth = 1
    for group in groups:
        if _within(group, start, end):
            group["depth"] += 1
        elif group["range"]["startIndex"] <= start and end <= group["range"]["endIndex"]:
            depth = max(depth, group["depth"] + 1)
    groups.append({"range": masks.tidy(asked.body["range"]), "depth": depth})
    groups.sort(key=lambda group: (group["depth"], group["range"]["startIndex"]))
    tab.grid["rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"] = True
    return {"dimensionGroups": [dict(group) for group in groups]}


def delete_dimension_group(asked: Asked) -> Json:
    """Take the deepest group over exactly these rows or columns away."""
    tab, dimension, start, end = _range(asked, asked.body.get("range", {}))
    groups = tab.body.get(_GROUPS[dimension], [])
    found = [group for group in groups if _span(group) == (start, end)]
    if not found:
        raise Refused("There is no group over this range.")
    groups.remove(found[-1])
    for group in groups:
        if _within(group, start, end):
            group["depth"] -= 1
    if not groups:
        del tab.body[_GROUPS[dimension]]
    return {"dimensionGroups": [dict(group) for group in groups]} if groups else {}


def _range(asked: Asked, found: Json, room: int = 0) -> tuple[Tab, Dimension, int, int]:
    """Return tab, dimension, start and end of a DimensionRange; Refused when it is not in the grid."""
    tab = asked.book.tab(found.get("sheetId", 0))
    dimension = _dimension(found)
    count: int = tab.grid[_COUNT[dimension]]
    start: int = found.get("startIndex", 0)
    end: int = found.get("endIndex", count)
    if not 0 <= start < end:
        raise Refused("range.endIndex must be after range.startIndex")
    if end > max(count, room):
        raise Refused(f"range.endIndex[{end}] is after last {_word(dimension)} index[{count}]")
    return tab, dimension, start, end


def _dimension(found: Json) -> Dimension:
    """Return the dimension that a request names; Refused when it names none."""
    if found.get("dimension") == "ROWS":
        return "ROWS"
    if found.get("dimension") == "COLUMNS":
        return "COLUMNS"
    raise Refused("No dimension is specified.")


def _word(dimension: Dimension) -> str:
    """Return what one of these is called."""
    return "row" if dimension == "ROWS" else "column"


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


def _width(asked: Asked, tab: Tab, column: int) -> int:
    """Return how wide a column must be for its longest text, at about seven pixels a letter."""
    longest = max(
        (
            len(displayed(asked.book, row.value(column), row.dress_at(column)))
            for row in tab.rows.span(0, tab.rows.used())
        ),
        default=0,
    )
    return longest * 7 + 10 if longest else defaults.COLUMN_PIXELS


def _span(group: Json) -> tuple[int, int]:
    """Return start and end of a group."""
    return group["range"].get("startIndex", 0), group["range"]["endIndex"]


def _within(group: Json, start: int, end: int) -> bool:
    """Say whether the group lies in this stretch."""
    first, last = _span(group)
    return start <= first and last <= end


KINDS: dict[str, Kind] = {
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "appendDimension": append_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize_dimensions,
    "addDimensionGroup": add_dimension_group,
    "deleteDimensionGroup": delete_dimension_group,
}
