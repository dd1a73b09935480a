"""Developer metadata as a resource: get and search."""

from local_workspace.call import Call, Json
from local_workspace.errors import not_found
from local_workspace.sheets import data_filters, metadata
from local_workspace.sheets.book import open_book


def get(call: Call) -> Json:
    """Return the metadata with this id."""
    for item, _, _ in metadata.everywhere(open_book(call)):
        if item["metadataId"] == call.params["metadataId"]:
            return item
    raise not_found()


def search(call: Call) -> Json:
    """Return the metadata that the filters find, each with those that did."""
    book, matched = open_book(call), []
    for item, tab, area in metadata.everywhere(book):
        wanted = (call.body or {}).get("dataFilters") or []
        found = [one for one in wanted if data_filters.means(book, one, item, tab, area)]
        if found:
            matched.append({"developerMetadata": item, "dataFilters": found})
    return {"matchedDeveloperMetadata": matched} if matched else {}
