"""Data filters: ranges named in A1 notation, by their sides, or by the metadata that hangs on them."""

from typing import TypeAlias

from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.sheets import a1, metadata, ranges
from local_workspace.sheets.a1 import Area
from local_workspace.sheets.book import Book, Tab

Place: TypeAlias = tuple[Tab, Area]


def places(book: Book, data_filter: Json) -> list[Place]:
    """Return what a filter stands for; metadata on the whole spreadsheet stands for no range."""
    if data_filter.get("a1Range") is not None:
        return [ranges.find(book, data_filter["a1Range"])]
    if data_filter.get("gridRange") is not None:
        return [ranges.grid_box(book, data_filter["gridRange"])]
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is None:
        raise bad_request("Invalid dataFilter: a filter must be specified.")
    found = metadata.everywhere(book)
    return [(tab, area) for item, tab, area in found if tab is not None and metadata.matches(item, lookup)]


def matched(book: Book, data_filters: list[Json]) -> list[tuple[Place, list[Json]]]:
    """Return every place that one of the filters stands for, once, with those that do."""
    found: dict[str, tuple[Place, list[Json]]] = {}
    for data_filter in data_filters:
        for tab, area in places(book, data_filter):
            found.setdefault(a1.name(tab.title, area), ((tab, area), []))[1].append(data_filter)
    return list(found.values())
