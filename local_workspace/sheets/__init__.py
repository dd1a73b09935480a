"""The Sheets API: a file per resource, a function per method; batchUpdate's requests in a folder."""

from local_workspace.call import Handler
from local_workspace.sheets import book, developer_metadata, spreadsheets, values

METHODS: dict[str, Handler] = {
    "sheets.spreadsheets.batchUpdate": spreadsheets.batch_update,
    "sheets.spreadsheets.create": spreadsheets.create,
    "sheets.spreadsheets.developerMetadata.get": developer_metadata.get,
    "sheets.spreadsheets.developerMetadata.search": developer_metadata.search,
    "sheets.spreadsheets.get": spreadsheets.get,
    "sheets.spreadsheets.getByDataFilter": spreadsheets.get_by_data_filter,
    "sheets.spreadsheets.values.append": values.append,
    "sheets.spreadsheets.values.batchClear": values.batch_clear,
    "sheets.spreadsheets.values.batchClearByDataFilter": values.batch_clear_by_data_filter,
    "sheets.spreadsheets.values.batchGet": values.batch_get,
    "sheets.spreadsheets.values.batchGetByDataFilter": values.batch_get_by_data_filter,
    "sheets.spreadsheets.values.batchUpdate": values.batch_update,
    "sheets.spreadsheets.values.batchUpdateByDataFilter": values.batch_update_by_data_filter,
    "sheets.spreadsheets.values.clear": values.clear,
    "sheets.spreadsheets.values.get": values.get,
    "sheets.spreadsheets.values.update": values.update,
}

SCHEMA = book.SCHEMA
