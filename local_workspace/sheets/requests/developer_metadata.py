"""The request that hangs metadata on things."""

from local_workspace.call import Json
from local_workspace.sheets import masks
from local_workspace.sheets.book import Book, Refused
from local_workspace.sheets.edits import Dimension
from local_workspace.sheets.requests.kind import Asked, by_name, fresh_id


def create_developer_metadata(asked: Asked) -> Json:
    """Hang metadata on the spreadsheet, a tab, or one row or column, with which it then moves."""
    item: Json = {"metadataId": fresh_id()} | asked.body.get("developerMetadata", {})
    if not item.get("metadataKey") or "visibility" not in item:
        raise Refused("A developer metadata key and a visibility must be specified.")
    # A tab's id 0 stays here, unlike in ranges: {"sheetId": 0} is the first tab.
    location = {
        name: masks.tidy(value) if name == "dimensionRange" else value
        for name, value in item.pop("location", {}).items()
    }
    owner, kind = _owner(asked.book, location)
    owner.setdefault("developerMetadata", []).append(item)
    return {"developerMetadata": item | {"location": {"locationType": kind} | location}}


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


KINDS = by_name(create_developer_metadata)
