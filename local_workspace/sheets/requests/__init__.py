"""The kinds of spreadsheets.batchUpdate requests, a file per topic; each takes the book and its own body."""

import re

from local_workspace.sheets.requests import cells, dimensions, rules, tabs
from local_workspace.sheets.requests.kind import Kind

_NAMES = {
    tabs: "addSheet deleteSheet duplicateSheet updateSheetProperties updateSpreadsheetProperties",
    dimensions: "appendDimension deleteDimension insertDimension moveDimension updateDimensionProperties"
    " autoResizeDimensions addDimensionGroup deleteDimensionGroup",
    cells: "updateCells repeatCell setDataValidation mergeCells unmergeCells sortRange copyPaste cutPaste",
    rules: "addProtectedRange deleteProtectedRange addConditionalFormatRule setBasicFilter clearBasicFilter"
    " addNamedRange deleteNamedRange createDeveloperMetadata",
}
KINDS: dict[str, Kind] = {
    name: getattr(module, re.sub("([A-Z])", r"_\1", name).lower())
    for module, names in _NAMES.items()
    for name in names.split()
}
"""Field of Request, such as "addSheet", to the function that does it and returns what the reply says."""
