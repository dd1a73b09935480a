"""The kinds of spreadsheets.batchUpdate requests, a file per topic; each takes the book and its own body."""

from local_workspace.sheets.requests import cells, dimensions, paste, rules, tabs
from local_workspace.sheets.requests.kind import Kind

KINDS: dict[str, Kind] = {
    **tabs.KINDS,
    **dimensions.KINDS,
    **cells.KINDS,
    **paste.KINDS,
    **rules.KINDS,
}
"""Field of Request, such as "addSheet", to the function that does it and returns what the reply says."""
