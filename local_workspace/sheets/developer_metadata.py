"""Developer metadata as a resource: get and search."""

from local_workspace.call import Call, Json
from local_workspace.errors import ApiError, not_found
from local_workspace.sheets import metadata
from local_workspace.sheets.book import open_book


def get(call: Call) -> Json:
    """Return the metadata with this id."""
    for item, _, _ in metadata.everywhere(open_book(call)):
        if item["metadataId"] == call.params["metadataId"]:
            return item
    raise not_found()


def search(call: Call) -> Json:
    """Return the metadata that the lookups find, each with those that did. A search by range is a 501."""
    filters = (call.body or {}).get("dataFilters") or []
    if any("developerMetadataLookup" not in one for one in filters):
        raise ApiError(501, "notImplemented", "The local workspace searches metadata by lookups only.")
    matched = []
    for item, _, _ in metadata.everywhere(open_book(call)):
        found = [one for one in filters if metadata.matches(item, one["developerMetadataLookup"])]
        if found:
            matched.append({"developerMetadata": item, "dataFilters": found})
    return {"matchedDeveloperMetadata": matched} if matched else {}
