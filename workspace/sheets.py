"""The spreadsheet: every tab in one read, every change in one write, through gspread."""

from __future__ import annotations

import json as jsonlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import gspread
import requests
from gspread.utils import a1_range_to_grid_range, rowcol_to_a1

from workspace.errors import GridTooSmall, TabMissing
from workspace.transport import Request, Transport

Cell = str | int | float | bool
Rows = list[list[Cell]]
_Params = dict[str, str | int | bool | float | list[str] | None]  # as gspread types them

_NO_AUTH: Any = None  # the session signs
_UNFORMATTED: _Params = {"valueRenderOption": "UNFORMATTED_VALUE"}  # dates come as serial numbers
_SPARE_ROWS = 1000  # that a tab which has become too short gets at least, so that it rarely happens


class Sheets:
    """One spreadsheet. An empty id is good for `create` alone."""

    def __init__(self, transport: Transport, spreadsheet_id: str = "") -> None:
        self.spreadsheet_id = spreadsheet_id
        self._transport = transport
        self._http = _Wire(transport)
        self._gspread = gspread.Client(_NO_AUTH, session=transport.session)
        self._gspread.http_client = self._http

    @property
    def server_time(self) -> datetime | None:
        """Google's clock at the last answer, aware; None when it was not told."""
        return self._transport.server_time

    def create(self, title: str) -> str:
        """Makes a new spreadsheet, which this object then stands for; returns its id."""
        self.spreadsheet_id = str(self._gspread.create(title).id)
        return self.spreadsheet_id

    def read(self, tabs: Sequence[str]) -> dict[str, Rows | None]:
        """All cells of the named tabs in one request; None for a tab that is missing.

        Cells come as stored, dates as serial numbers; trailing empty rows and cells are not there. Only when
        a tab is missing, two requests more are made.
        """
        try:
            return dict(zip(tabs, self._ranges([quoted(tab) for tab in tabs]), strict=True))
        except TabMissing:
            titles = {title.casefold(): title for title in self._titles()}
        there = [titles[tab.casefold()] for tab in tabs if tab.casefold() in titles]
        found = dict(zip(there, self._ranges([quoted(tab) for tab in there]), strict=True)) if there else {}
        return {tab: found.get(titles.get(tab.casefold(), "")) for tab in tabs}

    def write(self, blocks: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
        """Writes each block at its range, such as `'Today'!A1:D40`, exactly as given (RAW), in one request.

        May be repeated: the same cells get the same values. "" empties a cell. Only where a tab is too small
        for its block, it is made larger, with three requests more.
        """
        data = [{"range": where, "values": rows} for where, rows in blocks.items()]
        if not data:
            return
        body = {"valueInputOption": "RAW", "data": data}
        try:
            self._http.values_batch_update(self.spreadsheet_id, body)
        except GridTooSmall:
            self._make_room(blocks)
            self._http.values_batch_update(self.spreadsheet_id, body)

    def append(
        self, tab: str, rows: Sequence[Sequence[Cell]], *, column: int = 0, push_down: bool = True
    ) -> str:
        """Adds rows below what a tab holds, exactly as given (RAW); returns the range they came to.

        rows: from column A on. Never repeated: after OutcomeUnknown read the tab.

        push_down is for tabs in which people type: new rows push down what stands or is just being typed
        below, where it would be written over otherwise. The price is that the first row under a header is
        formatted like the header. The table whose first header stands in `column` (0 is A) is meant: of a
        whole tab Google takes the last one, and a few tick boxes below the others are a table of their own,
        under which the cells would come to stand in the wrong columns.
        """
        where, option = quoted(tab), "OVERWRITE"
        if push_down:
            where, option = f"{where}!{rowcol_to_a1(1, column + 1)}", "INSERT_ROWS"
        params: _Params = {"valueInputOption": "RAW", "insertDataOption": option}
        body = {"values": [row[column:] for row in rows]}
        answer = self._http.values_append(self.spreadsheet_id, where, params, body)
        return str(answer.get("updates", {}).get("updatedRange", ""))

    def describe(self) -> dict[str, Any]:
        """Google's own description of the spreadsheet, without cells, in two requests.

        To each entry of `sheets` comes `rows`: all its cells, as `read` gives them.
        """
        answer = cast(dict[str, Any], self._http.fetch_sheet_metadata(self.spreadsheet_id))
        grids = [sheet for sheet in answer.get("sheets", []) if "gridProperties" in sheet["properties"]]
        cells = self._ranges([quoted(sheet["properties"]["title"]) for sheet in grids])
        for sheet, rows in zip(grids, cells, strict=True):
            sheet["rows"] = rows
        return answer

    def batch_update(self, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Sends spreadsheets.batchUpdate requests, all or none of which happen; returns their replies."""
        answer = self._http.batch_update(self.spreadsheet_id, {"requests": list(requests)})
        return cast(list[dict[str, Any]], answer.get("replies", []))

    def _ranges(self, ranges: Sequence[str]) -> list[Rows]:
        answer = self._http.values_batch_get(self.spreadsheet_id, list(ranges), dict(_UNFORMATTED))
        return [block.get("values", []) for block in answer["valueRanges"]]

    def _titles(self) -> list[str]:
        return [str(tab["title"]) for tab in self._tabs("title")]

    def _tabs(self, fields: str) -> list[dict[str, Any]]:
        """Some properties of every tab, in order."""
        params: _Params = {"fields": f"sheets.properties({fields})"}
        answer = self._http.fetch_sheet_metadata(self.spreadsheet_id, params)
        return [sheet["properties"] for sheet in answer.get("sheets", [])]

    def _make_room(self, blocks: Mapping[str, object]) -> None:
        """Adds the rows and columns that the ranges of the blocks need, at the ends of their tabs."""
        tabs = {quoted(tab["title"]): tab for tab in self._tabs("sheetId,title,gridProperties")}
        longer: list[dict[str, Any]] = []
        for where in blocks:
            title, _, cells = where.rpartition("!")
            tab = tabs.get(title) or tabs.get(quoted(title))
            if tab is None:
                continue
            end = a1_range_to_grid_range(cells)
            rows = end["endRowIndex"] - tab["gridProperties"]["rowCount"]
            columns = end["endColumnIndex"] - tab["gridProperties"]["columnCount"]
            if rows > 0:
                longer.append(_longer(tab, "ROWS", max(rows, _SPARE_ROWS)))
            if columns > 0:
                longer.append(_longer(tab, "COLUMNS", columns))
        if longer:
            self.batch_update(longer)


def _longer(tab: Mapping[str, Any], dimension: str, length: int) -> dict[str, Any]:
    wanted = {"sheetId": tab["sheetId"], "dimension": dimension, "length": length}
    return {"appendDimension": wanted}


def quoted(tab: str) -> str:
    """A tab's title as ranges name it: in single quotes, inner ones doubled."""
    return "'" + tab.replace("'", "''") + "'"


class _Wire(gspread.HTTPClient):
    """gspread's requests, sent through our transport to our endpoints."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(_NO_AUTH, session=transport.session)
        self._transport = transport
        self._bases = {
            "sheets.googleapis.com": transport.endpoints.sheets,
            "www.googleapis.com": transport.endpoints.drive,
        }

    def request(  # noqa: PLR0913, PLR0917 (the signature is gspread's)
        self,
        method: str,
        endpoint: str,
        params: Any = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: Any = None,
        headers: Any = None,
    ) -> requests.Response:
        """gspread's one way out; raises WorkspaceError instead of gspread's APIError."""
        google, slash, path = endpoint.removeprefix("https://").partition("/")
        api = _method_id(method, path)
        body = data if json is None else jsonlib.dumps(json)
        kind = {} if json is None else {"Content-Type": "application/json"}
        return self._transport.send(
            Request(
                api,
                method.upper(),
                self._bases[google] + slash + path,
                params=params,
                body=body,
                headers={**kind, **(headers or {})},
                repeatable=api == "sheets.spreadsheets.values.batchUpdate",
            )
        )


def _method_id(method: str, path: str) -> str:
    """The discovery id of what gspread asks for, such as `sheets.spreadsheets.values.batchGet`."""
    if path.startswith("drive/"):
        return "drive.files.create" if method.lower() == "post" else f"drive.files.{method.lower()}"
    values = ".values" if "/values" in path else ""
    verb = re.search(r":([a-zA-Z]+)$", path)
    return f"sheets.spreadsheets{values}.{verb[1] if verb else method.lower()}"
