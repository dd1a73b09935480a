"""Every write to the spreadsheet, held to the short list of what the service may ask for.

Into an organizer's tab nothing but rows that are appended and push down what stands below; everything else
goes to the service's own tabs, and nothing is taken for a formula. `init` may also fill what it makes in the
same request. What is not on the list is wrong, whether or not it would have changed a cell.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from sheets_schema.build import SHEET_IDS
from sheets_schema.sheet import ORGANIZER_TABS, SERVICE_TABS

HAND = "the organizer's hand"
"""The User-Agent of a person who edits through the API, as the page does; everybody else is the service."""

Request = Mapping[str, Any]

_WRITES = """
SELECT entry ->> 'api_method', entry ->> 'path', body FROM requests
WHERE seq > ? AND seq <= ? AND body IS NOT NULL AND entry ->> 'user_agent' IS NOT ?
AND (entry ->> 'api_method' LIKE 'sheets.%' OR entry ->> 'api_method' LIKE 'drive.%') ORDER BY seq
"""
_KEPT = """
SELECT count(*), (SELECT max(seq) FROM sqlite_sequence WHERE name = 'requests') FROM requests WHERE seq > ?
"""
_ORGANIZERS, _OWN = ({title.casefold() for title in tabs} for tabs in (ORGANIZER_TABS, SERVICE_TABS))
_OWN_IDS = {0, *(SHEET_IDS[title] for title in SERVICE_TABS)}  # 0: a new spreadsheet's one tab becomes Today
_CELLS = {"updateCells", "repeatCell", "setDataValidation"}
_DRESS = {
    "addConditionalFormatRule",
    "addProtectedRange",
    "updateDimensionProperties",
    "updateSpreadsheetProperties",
}


class Judge:
    """Reads the request log of a local workspace, from where it stands now; `data` is the workspace's folder.

    wrong: what was found so far. A log that was emptied before anybody looked is wrong, too.
    """

    def __init__(self, data: Path) -> None:
        self.wrong: list[str] = []
        self._file = data / "workspace.db"
        self._seen = 0
        if self._file.exists():
            with closing(sqlite3.connect(self._file)) as log:
                self._seen = log.execute(_KEPT, (0,)).fetchone()[1] or 0

    def look(self, *, init: bool = False) -> list[str]:
        """Judge what was asked since the last look, by `init` or by anything else; returns all `wrong`."""
        if not self._file.exists():
            return self.wrong
        with closing(sqlite3.connect(self._file)) as log:
            kept, last = log.execute(_KEPT, (self._seen,)).fetchone()
            writes = log.execute(_WRITES, (self._seen, last, HAND)).fetchall()
        if kept != (last or 0) - self._seen:
            self.wrong.append("requests were forgotten before they were judged")
        self._seen = last or 0
        for method, path, body in writes:
            self.wrong += wrong_in(method, path, body, init=init)
        return self.wrong


def wrong_in(method: str, path: str, body: str, *, init: bool = False) -> list[str]:
    """What one write asked for that is not on the list: `sheets.spreadsheets.values.append to 'Members'`."""
    place, _, query = path.partition("?")
    short = method.removeprefix("sheets.spreadsheets.")
    if short == "values.append":
        match = re.search(r"/values/(.+):append$", unquote(place))
        return [] if match and _may_append(match[1], dict(parse_qsl(query))) else [f"{short} {unquote(path)}"]
    if short == "values.batchUpdate":
        asked = json.loads(body)
        if asked.get("valueInputOption") != "RAW":
            return [f"{short} as {asked.get('valueInputOption')}"]
        return [f"{short} {block['range']}" for block in asked["data"] if _tab(block["range"]) not in _OWN]
    if short == "batchUpdate":
        asked = json.loads(body)["requests"]
        return [f"{short} {kind}" for kind in (_wrong_in_making(asked) if init else _wrong_kinds(asked))]
    return [] if init and method == "drive.files.create" else [short]


def _may_append(where: str, options: Mapping[str, str]) -> bool:
    as_rows = options.get("insertDataOption") == "INSERT_ROWS"
    tabs = _OWN | _ORGANIZERS if as_rows else _OWN
    return options.get("valueInputOption") == "RAW" and _tab(where) in tabs


def _tab(where: str) -> str:
    """The tab of a range, folded as Google compares titles; a range that names none means the first tab."""
    title = where.rpartition("!")[0] or where
    return title.removeprefix("'").removesuffix("'").replace("''", "'").casefold()


def _wrong_kinds(asked: Sequence[Request]) -> Iterator[str]:
    """The requests of a batch that are more than room at the end of a tab of the service."""
    for request in asked:
        for kind, what in request.items():
            if kind != "appendDimension" or what["sheetId"] not in _OWN_IDS:
                yield kind


def _wrong_in_making(asked: Sequence[Request]) -> Iterator[str]:
    """The requests of a batch of `init` that reach into anything but what the batch itself has made."""
    made = set(_OWN_IDS)
    inserted: list[Request] = []
    for request in asked:
        for kind, what in request.items():
            if kind == "addSheet":
                made.add(what["properties"]["sheetId"])
            elif kind == "insertDimension":
                inserted.append(what["range"])
            elif kind == "updateSheetProperties":
                if what["properties"]["sheetId"] not in _OWN_IDS:
                    yield kind
            elif kind not in _DRESS and not (kind in _CELLS and _is_inside(_area(what), made, inserted)):
                yield kind


def _area(what: Request) -> Request:
    """The GridRange that a request about cells is about."""
    if "range" in what:
        found: Request = what["range"]
        return found
    start, rows = what["start"], what["rows"]
    return {
        "sheetId": start["sheetId"],
        "startRowIndex": start["rowIndex"],
        "endRowIndex": start["rowIndex"] + len(rows),
        "startColumnIndex": start["columnIndex"],
        "endColumnIndex": start["columnIndex"] + max(len(row["values"]) for row in rows),
    }


def _is_inside(area: Request, made: set[int], inserted: Sequence[Request]) -> bool:
    """Whether an area lies in a tab that was made, or in rows or columns that were inserted."""
    ends = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}
    for place in inserted:
        start, end = ends[place["dimension"]]
        covers = place["startIndex"] <= area.get(start, 0) and area.get(end, inf) <= place["endIndex"]
        if covers and area["sheetId"] == place["sheetId"]:
            return True
    return area["sheetId"] in made
