"""The kinds of spreadsheets.batchUpdate requests, a file per topic.

Each is a function of the spreadsheet and the request's body, which has no nulls; it returns what the reply
says, if anything. ApiError 400 when it cannot be done.
"""

import re
from collections.abc import Callable

from local_workspace.call import Json
from local_workspace.sheets.book import Book
from local_workspace.sheets.requests import cells, dimensions, rules, tabs

_NAMES = {
    tabs: "addSheet deleteSheet duplicateSheet updateSheetProperties updateSpreadsheetProperties",
    dimensions: "appendDimension deleteDimension insertDimension moveDimension updateDimensionProperties"
    " autoResizeDimensions addDimensionGroup deleteDimensionGroup",
    cells: "updateCells repeatCell setDataValidation mergeCells unmergeCells sortRange copyPaste cutPaste",
    rules: "addProtectedRange deleteProtectedRange addConditionalFormatRule setBasicFilter clearBasicFilter"
    " addNamedRange deleteNamedRange createDeveloperMetadata",
}
KINDS: dict[str, Callable[[Book, Json], Json | None]] = {
    name: getattr(module, re.sub("([A-Z])", r"_\1", name).lower())
    for module, names in _NAMES.items()
    for name in names.split()
}
"""Field of Request, such as "addSheet", to the function that does it."""
