"""Developer metadata as it hangs on a spreadsheet, its tabs, rows and columns, with where that is."""

from collections.abc import Iterator

from local_workspace.call import Json
from local_workspace.sheets.a1 import Area
from local_workspace.sheets.book import Book, Refused, Tab
from local_workspace.sheets.edits import Dimension


def on_book(book: Book) -> list[Json]:
    """Return what hangs on the spreadsheet itself."""
    return _located(book.body, {"locationType": "SPREADSHEET", "spreadsheet": True})


def on_tab(tab: Tab) -> list[Json]:
    """Return what hangs on a tab itself."""
    return _located(tab.body, {"locationType": "SHEET", "sheetId": tab.sheet_id})


def on_dimension(tab: Tab, dimension: Dimension, index: int) -> list[Json]:
    """Return what hangs on a row or a column."""
    where = {"dimension": dimension, "startIndex": index, "endIndex": index + 1}
    where |= {"sheetId": tab.sheet_id} if tab.sheet_id else {}
    place = {"locationType": dimension.removesuffix("S"), "dimensionRange": where}
    return _located(tab.sizes[dimension].get(index, {}), place)


def everywhere(book: Book) -> Iterator[tuple[Json, Tab | None, Area]]:
    """Yield all there is, each with its tab (None: on the spreadsheet) and the area it stands for."""
    yield from ((item, None, Area()) for item in on_book(book))
    for tab in book.tabs:
        yield from ((item, tab, Area()) for item in on_tab(tab))
        for index in sorted(tab.sizes["ROWS"]):
            yield from ((item, tab, Area(index, index + 1)) for item in on_dimension(tab, "ROWS", index))
        for index in sorted(tab.sizes["COLUMNS"]):
            area = Area(0, None, index, index + 1)
            yield from ((item, tab, area) for item in on_dimension(tab, "COLUMNS", index))


def matches(item: Json, lookup: Json) -> bool:
    """Say whether a DeveloperMetadataLookup means this metadata."""
    found = item | {"locationType": item["location"]["locationType"]}
    for name in ("metadataId", "metadataKey", "metadataValue", "visibility", "locationType"):
        if name in lookup and found.get(name) != lookup[name]:
            return False
    exact = lookup.get("locationMatchingStrategy") != "INTERSECTING_LOCATION"
    return "metadataLocation" not in lookup or _meet(item["location"], lookup["metadataLocation"], exact)


def owner(book: Book, location: Json) -> tuple[Json, str]:
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


def _meet(one: Json, other: Json, exact: bool) -> bool:
    """Say whether two locations are the same, or have something in common."""
    if one.get("spreadsheet") or other.get("spreadsheet"):
        return one.get("spreadsheet") == other.get("spreadsheet") or not exact
    first, second = one.get("dimensionRange", {}), other.get("dimensionRange", {})
    if one.get("sheetId", first.get("sheetId", 0)) != other.get("sheetId", second.get("sheetId", 0)):
        return False
    if exact or first.get("dimension") != second.get("dimension"):
        keys = ("dimension", "startIndex", "endIndex")
        return not exact or [first.get(key) for key in keys] == [second.get(key) for key in keys]
    ends = [place.get("endIndex", 1 << 30) for place in (first, second)]
    return bool(second.get("startIndex", 0) < ends[0] and first.get("startIndex", 0) < ends[1])


def _located(owner: Json, location: Json) -> list[Json]:
    """Return an owner's metadata with its location."""
    return [item | {"location": location} for item in owner.get("developerMetadata", ())]
