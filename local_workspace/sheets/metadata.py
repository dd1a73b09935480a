"""Developer metadata: where it hangs (on the spreadsheet, a tab, a row, a column) and what finds it."""

from collections.abc import Iterator

from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.sheets import masks
from local_workspace.sheets.a1 import Area
from local_workspace.sheets.book import Book, Tab

_LOOKED_UP = ("metadataId", "metadataKey", "metadataValue", "visibility", "locationType")
_FAR = 1 << 30


def everywhere(book: Book) -> Iterator[tuple[Json, Tab | None, Area]]:
    """Yield all there is, each with its tab (None: on the spreadsheet) and the area it stands for."""
    for item in book.body.get("developerMetadata", ()):
        sheet_id, area = place(item["location"])
        yield item, None if sheet_id is None else book.tab(sheet_id), area


def hanging(book: Book, tab: Tab | None, kind: str) -> dict[int, Json]:
    """Return what hangs on things of a location type on a tab, as a field of each, by its row or column."""
    found: dict[int, Json] = {}
    for item, where, area in everywhere(book):
        if where is tab and item["location"]["locationType"] == kind:
            field = found.setdefault(area.top + area.left, {"developerMetadata": []})
            field["developerMetadata"].append(item)
    return found


def matches(item: Json, lookup: Json) -> bool:
    """Say whether a DeveloperMetadataLookup means this metadata."""
    found = item | {"locationType": item["location"]["locationType"]}
    if any(name in lookup and found.get(name) != lookup[name] for name in _LOOKED_UP):
        return False
    if "metadataLocation" not in lookup:
        return True
    (sheet_id, area), (wanted_id, wanted) = place(item["location"]), place(lookup["metadataLocation"])
    if lookup.get("locationMatchingStrategy") != "INTERSECTING_LOCATION":
        return (sheet_id, area) == (wanted_id, wanted)
    meet = area.within(_FAR, _FAR).common(wanted.within(_FAR, _FAR)) is not None
    return sheet_id is None or wanted_id is None or (sheet_id == wanted_id and meet)


def place(location: Json) -> tuple[int | None, Area]:
    """Return the tab's id (None: on the spreadsheet) and the area that a location stands for."""
    if "dimensionRange" not in location:
        return location.get("sheetId"), Area()
    found = location["dimensionRange"]
    start, end = found.get("startIndex", 0), found.get("endIndex")
    area = Area(start, end) if found.get("dimension") == "ROWS" else Area(0, None, start, end)
    return found.get("sheetId", 0), area


def located(book: Book, location: Json) -> Json:
    """Return a location as Google keeps it, with its type; ApiError 400 when metadata cannot hang there."""
    sheet_id, area = place(location)
    if sheet_id is not None:
        book.tab(sheet_id, "sheet")
    if "dimensionRange" in location:
        found = masks.tidy(location["dimensionRange"])
        if found.get("endIndex") != found.get("startIndex", 0) + 1:
            raise bad_request("The dimension range must be exactly one row or column.")
        return {"locationType": "ROW" if area.right is None else "COLUMN", "dimensionRange": found}
    if "sheetId" in location:
        return {"locationType": "SHEET", **location}
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", **location}
    raise bad_request("A location must be specified.")
