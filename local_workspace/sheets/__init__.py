"""The Sheets API: a file per resource, a function per method; batchUpdate's requests in a folder."""

from local_workspace.call import Handler, handlers
from local_workspace.sheets import book, developer_metadata, spreadsheets, values

METHODS: dict[str, Handler] = {
    **handlers("sheets.spreadsheets", spreadsheets, "batchUpdate create get getByDataFilter"),
    **handlers("sheets.spreadsheets.developerMetadata", developer_metadata, "get search"),
    **handlers(
        "sheets.spreadsheets.values", values, "append batchClear batchGet batchUpdate clear get update"
    ),
    **handlers(
        "sheets.spreadsheets.values",
        values,
        "batchClearByDataFilter batchGetByDataFilter batchUpdateByDataFilter",
    ),
}
SCHEMA = book.SCHEMA
