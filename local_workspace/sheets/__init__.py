"""The Sheets API: a file per resource, a function per method; batchUpdate's requests in a folder."""

from local_workspace.call import Handler
from local_workspace.sheets import book, spreadsheets, values

METHODS: dict[str, Handler] = {
    "sheets.spreadsheets.batchUpdate": spreadsheets.batch_update,
    "sheets.spreadsheets.create": spreadsheets.create,
    "sheets.spreadsheets.get": spreadsheets.get,
    "sheets.spreadsheets.values.append": values.append,
    "sheets.spreadsheets.values.batchClear": values.batch_clear,
    "sheets.spreadsheets.values.batchGet": values.batch_get,
    "sheets.spreadsheets.values.batchUpdate": values.batch_update,
    "sheets.spreadsheets.values.clear": values.clear,
    "sheets.spreadsheets.values.get": values.get,
    "sheets.spreadsheets.values.update": values.update,
}

SCHEMA = book.SCHEMA
