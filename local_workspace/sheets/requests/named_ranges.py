"""Requests about names: of ranges, and of metadata that developers hang on tabs, rows and columns."""

import re

from local_workspace.call import Json
from local_workspace.sheets import a1, masks, ranges
from local_workspace.sheets.book import Book, Refused
from local_workspace.sheets.edits import Dimension
from local_workspace.sheets.requests.kind import Asked, Kind, fresh_id


def add_named_range(asked: Asked) -> Json:
    """Give a range a name."""
    wanted = masks.tidy(asked.body.get("namedRange", {}))
    ranges.grid_box(asked.book, wanted.get("range", {}))
    _check_name(asked.book, wanted.get("name", ""))
    named = {"namedRangeId": str(fresh_id())} | wanted
    asked.book.body.setdefault("namedRanges", []).append(named)
    return {"namedRange": named}


def update_named_range(asked: Asked) -> None:
    """Change the masked fields of a named range."""
    wanted = masks.tidy(asked.body.get("namedRange", {}))
    named = _named(asked.book, wanted.get("namedRangeId", ""))
    if wanted.get("name", named["name"]).casefold() != named["name"].casefold():
        _check_name(asked.book, wanted["name"])
    masks.merge(named, wanted, masks.parse(asked.body.get("fields")))


def delete_named_range(asked: Asked) -> None:
    """Take the name of a range away."""
    names = asked.book.body.get("namedRanges", [])
    names.remove(_named(asked.book, asked.body.get("namedRangeId", "")))
    if not names:
        del asked.book.body["namedRanges"]


def create_developer_metadata(asked: Asked) -> Json:
    """Hang metadata on the spreadsheet, a tab, or one row or column, with which it then moves."""
    metadata: Json = {"metadataId": fresh_id()} | asked.body.get("developerMetadata", {})
    if not metadata.get("metadataKey") or "visibility" not in metadata:
        raise Refused("A developer metadata key and a visibility must be specified.")
    # A tab's id 0 stays here, unlike in ranges: {"sheetId": 0} is the first tab.
    location = {
        name: masks.tidy(value) if name == "dimensionRange" else value
        for name, value in metadata.pop("location", {}).items()
    }
    owner, kind = _owner(asked.book, location)
    owner.setdefault("developerMetadata", []).append(metadata)
    return {"developerMetadata": metadata | {"location": {"locationType": kind} | location}}


def _owner(book: Book, location: Json) -> tuple[Json, str]:
    """Return what metadata at a location hangs on, and the location's type."""
    if "dimensionRange" in location:
        found = location["dimensionRange"]
        tab = book.tab(found.get("sheetId", 0))
        dimension: Dimension = "ROWS" if found.get("dimension") == "ROWS" else "COLUMNS"
        start = found.get("startIndex", 0)
        if found.get("endIndex") != start + 1:
            raise Refused("The dimension range must be exactly one row or column.")
        return tab.sizes[dimension].setdefault(start, {}), dimension.removesuffix("S")
    if "sheetId" in location:
        return book.tab(location["sheetId"], "sheet").body, "SHEET"
    if location.get("spreadsheet"):
        return book.body, "SPREADSHEET"
    raise Refused("A location must be specified.")


def _named(book: Book, range_id: str) -> Json:
    """Return the named range with this id; Refused when there is none."""
    for named in book.body.get("namedRanges", ()):
        if named["namedRangeId"] == range_id:
            found: Json = named
            return found
    raise Refused(f"No named range with id: {range_id}")


def _check_name(book: Book, name: str) -> None:
    """Refuse a name that looks like a range, has other signs than letters, digits and _, or is taken."""
    if (
        not re.fullmatch(r"[^\W\d]\w{0,249}", name)
        or a1.parse_area(name)
        or name.upper() in {"TRUE", "FALSE"}
    ):
        raise Refused(f"The name '{name}' is invalid.")
    if any(named["name"].casefold() == name.casefold() for named in book.body.get("namedRanges", ())):
        raise Refused(f"A named range with the name '{name}' already exists.")


KINDS: dict[str, Kind] = {
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
    "createDeveloperMetadata": create_developer_metadata,
}
