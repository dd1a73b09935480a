"""Builds the spreadsheet: the requests of one spreadsheets.batchUpdate, from the tabs' own declarations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sheets_schema import settings as settings_tab
from sheets_schema import today as today_tab
from sheets_schema.build_tab import (
    Request,
    area,
    column_requests,
    content_requests,
    protection_requests,
    setting_requests,
    sheet_properties,
    today_requests,
)
from sheets_schema.cells import Cell
from sheets_schema.columns import CHECK_HEADER, Column, Tab
from sheets_schema.contents import rows_of
from sheets_schema.sheet import TABS
from sheets_schema.table import find_columns

# The id of the one tab that a new spreadsheet has, whatever it is called; it becomes Today.
_FIRST_SHEET_ID = 0
_SHEET_IDS = {tab.title: 100 + place for place, tab in enumerate(TABS)}


def create_requests(today: date, settings: Mapping[str, str]) -> list[Request]:
    """Turn a fresh spreadsheet into the community's, whole.

    today: the day in the community's zone. settings: values to fill in instead of the usual ones, by name,
    such as {"Organizer": ..., "Time zone": ...}; "Reply to" follows Organizer. Raises ValueError for a name
    that is no setting.
    """
    zone = settings.get(settings_tab.TIME_ZONE.name, settings_tab.TIME_ZONE.typed)
    # The locale fixes how formulas are written; the zone is the one in which Last looked is told.
    properties = {"timeZone": zone, "locale": "en_US"}
    requests: list[Request] = [
        {"updateSpreadsheetProperties": {"properties": properties, "fields": "timeZone,locale"}}
    ]
    for tab in TABS:
        if tab is today_tab.TAB:
            renamed = sheet_properties(tab, _FIRST_SHEET_ID)
            fields = "title,hidden,gridProperties,tabColorStyle"
            requests.append({"updateSheetProperties": {"properties": renamed, "fields": fields}})
            requests += _inside(tab, _FIRST_SHEET_ID, today, settings)
        else:
            requests += _new_tab(tab, _SHEET_IDS[tab.title], today, settings)
    return requests


def missing_requests(existing: Mapping[str, Any], today: date, settings: Mapping[str, str]) -> list[Request]:
    """Add the tabs and columns that a spreadsheet lacks, and change nothing that is there.

    existing: a spreadsheets.get resource with sheets.properties and the cells of each first row.
    New columns are inserted behind the last header. today, settings: as in `create_requests`.
    """
    sheets = {sheet["properties"]["title"]: sheet for sheet in existing.get("sheets", [])}
    taken = {sheet["properties"]["sheetId"] for sheet in sheets.values()}
    requests: list[Request] = []
    for tab in TABS:
        if tab.title in sheets:
            requests += _missing_columns(tab, sheets[tab.title])
        else:
            sheet_id = _SHEET_IDS[tab.title]
            while sheet_id in taken:
                sheet_id += len(TABS)
            taken.add(sheet_id)
            requests += _new_tab(tab, sheet_id, today, settings)
    return requests


def _new_tab(tab: Tab, sheet_id: int, today: date, settings: Mapping[str, str]) -> list[Request]:
    added: Request = {"addSheet": {"properties": sheet_properties(tab, sheet_id)}}
    return [added, *_inside(tab, sheet_id, today, settings)]


def _inside(tab: Tab, sheet_id: int, today: date, settings: Mapping[str, str]) -> list[Request]:
    """Everything in a new tab."""
    requests = column_requests(tab, sheet_id, enumerate(tab.columns), _key_position(tab, tab.headers))
    requests += content_requests(sheet_id, rows_of(tab.title, today, settings))
    if tab is today_tab.TAB:
        requests += today_requests(sheet_id)
    if tab is settings_tab.TAB:
        requests += setting_requests(sheet_id)
    return requests + protection_requests(tab, sheet_id)


def _key_position(tab: Tab, headers: tuple[str, ...]) -> int:
    return headers.index(tab.key) if tab.key else 0


def _missing_columns(tab: Tab, sheet: Mapping[str, Any]) -> list[Request]:
    """Insert the columns that an existing tab lacks behind its last header."""
    headers = _header_row(sheet)
    found = find_columns(tab, headers)
    missing: list[Column[object]] = [column for column in tab.columns if not found[column.header]]
    if not missing:
        return []
    sheet_id = sheet["properties"]["sheetId"]
    start = len(headers)
    positions = {header: places[0] for header, places in found.items() if places}
    positions |= {column.header: start + place for place, column in enumerate(missing)}
    dimension = {
        "sheetId": sheet_id,
        "dimension": "COLUMNS",
        "startIndex": start,
        "endIndex": start + len(missing),
    }
    inserted: Request = {"insertDimension": {"range": dimension, "inheritFromBefore": start > 0}}
    # What a new column inherits from its neighbour is not meant for it: its own comes next.
    everywhere = area(sheet_id, (0, None), (start, start + len(missing)))
    cleared: Request = {"setDataValidation": {"range": everywhere}}
    placed = [(positions[column.header], column) for column in missing]
    return [inserted, cleared, *column_requests(tab, sheet_id, placed, positions.get(tab.key, 0))]


def _header_row(sheet: Mapping[str, Any]) -> list[Cell]:
    """The first row of a tab as texts up to the last header; a Check formula counts as its header."""
    grids = sheet.get("data") or [{}]
    rows = grids[0].get("rowData") or [{}]
    headers: list[Cell] = [_header(cell) for cell in rows[0].get("values", [])]
    while headers and headers[-1] == "":
        headers.pop()
    return headers


def _header(cell: Mapping[str, Any]) -> str:
    formula = str(cell.get("userEnteredValue", {}).get("formulaValue", ""))
    if f'"{CHECK_HEADER}"' in formula:
        return CHECK_HEADER
    return str(cell.get("formattedValue", ""))
