"""Completes a spreadsheet that exists: what it lacks, as requests of one spreadsheets.batchUpdate.

Everything is added in rows, columns and tabs of its own, so that nothing that stands there is touched,
not even what is typed at the same moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_schema import agenda, emails, settings
from sheets_schema.build import SHEET_IDS, new_tab
from sheets_schema.build_tab import Request, area, cell_data, column_requests, validation_requests
from sheets_schema.cells import Cell, Rows, failed_formula, is_blank
from sheets_schema.columns import CHECK_HEADER, Column, Tab
from sheets_schema.contents import rows_of
from sheets_schema.sheet import TABS
from sheets_schema.table import find_columns, header_name


@dataclass(frozen=True, slots=True)
class ExistingTab:
    """A tab as it is found. rows: its cells as stored, without blank ends, header first."""

    sheet_id: int
    title: str
    rows: Rows


def missing_requests(
    existing: Sequence[ExistingTab], today: date, chosen: Mapping[str, str]
) -> list[Request]:
    """Add the tabs and columns that a spreadsheet lacks, and the rows of Settings, Emails and Agenda.

    existing: every tab, in order. today: the day in the community's zone. chosen: values of settings by
    name, instead of the usual ones. A column goes behind the last header, a row below the last one, a tab
    next to the one it stands behind in a new spreadsheet.
    """
    # Google takes two titles that differ by case for one.
    order = [tab.title.casefold() for tab in existing]
    there = dict(zip(order, existing, strict=True))
    taken = {tab.sheet_id for tab in existing}
    ours = [order.index(tab.title.casefold()) for tab in TABS if tab.title.casefold() in there]
    place = min(ours, default=len(order))
    requests: list[Request] = []
    for tab in TABS:
        title = tab.title.casefold()
        if title in there:
            requests += _inside(tab, there[title], today, chosen)
        else:
            added, *inside = new_tab(tab, _free_id(tab, taken), today, chosen)
            added["addSheet"]["properties"]["index"] = place
            requests += [added, *inside]
            order.insert(place, title)
        place = order.index(title) + 1
    return requests


def _free_id(tab: Tab, taken: set[int]) -> int:
    """An id for a new tab, which is taken from now on."""
    sheet_id = SHEET_IDS[tab.title]
    while sheet_id in taken:
        sheet_id += len(TABS)
    taken.add(sheet_id)
    return sheet_id


def _inside(tab: Tab, found: ExistingTab, today: date, chosen: Mapping[str, str]) -> list[Request]:
    """What a tab that is there lacks: columns first, then rows, which need to know where these stand."""
    headers = _headers(found.rows)
    positions = {header: places[0] for header, places in find_columns(tab, headers).items() if places}
    missing: list[Column[object]] = [column for column in tab.columns if column.header not in positions]
    positions |= {column.header: len(headers) + place for place, column in enumerate(missing)}
    requests = _columns(tab, found.sheet_id, missing, positions) if missing else []
    return requests + _rows(tab, found, positions, today, chosen)


def _headers(rows: Rows) -> list[Cell]:
    """The first row up to the last header; a formula that fails there is Check, whose way is blocked."""
    headers: list[Cell] = [CHECK_HEADER if failed_formula(cell) else cell for cell in (rows or [[]])[0]]
    while headers and is_blank(headers[-1]):
        headers.pop()
    return headers


def _columns(
    tab: Tab, sheet_id: int, missing: Sequence[Column[object]], positions: Mapping[str, int]
) -> list[Request]:
    """The columns that a tab lacks, inserted behind its last header."""
    start = positions[missing[0].header]
    end = start + len(missing)
    # What a new column inherits from its neighbour is not meant for it: its own comes next.
    cleared: Request = {"setDataValidation": {"range": area(sheet_id, (0, None), (start, end))}}
    placed = [(positions[column.header], column) for column in missing]
    key = positions.get(tab.key, 0)
    return [
        _inserted(sheet_id, "COLUMNS", start, end, start > 0),
        cleared,
        *column_requests(tab, sheet_id, placed, key),
    ]


def _rows(
    tab: Tab, found: ExistingTab, positions: Mapping[str, int], today: date, chosen: Mapping[str, str]
) -> list[Request]:
    """The rows that a tab lacks, inserted below its last one."""
    missing = _missing_rows(tab, found.rows, positions, rows_of(tab.title, today, chosen))
    if not missing:
        return []
    start = max(len(found.rows), 1)
    # A row that follows the header must not look like it.
    requests = [_inserted(found.sheet_id, "ROWS", start, start + len(missing), start > 1)]
    for number, cells in enumerate(missing, start):
        for header, cell in zip(tab.headers, cells, strict=True):
            place = {"sheetId": found.sheet_id, "rowIndex": number, "columnIndex": positions[header]}
            value = {"rows": [{"values": [cell_data(cell)]}], "fields": "userEnteredValue", "start": place}
            requests.append({"updateCells": value})
        if tab is settings.TAB:
            requests += _dropdown(found.sheet_id, number, positions[settings.VALUE.header], cells[0])
    return requests


def _missing_rows(
    tab: Tab, rows: Rows, positions: Mapping[str, int], usual: Sequence[list[Cell]]
) -> list[list[Cell]]:
    """Those of a new tab's rows that this one lacks: settings and mails by name, the agenda as a whole."""
    if tab is agenda.TAB:
        return [] if any(not is_blank(cell) for row in rows[1:] for cell in row) else list(usual)
    if tab is not settings.TAB and tab is not emails.TAB:
        return []
    place = positions[tab.headers[0]]
    named = {header_name(row[place]) for row in rows[1:] if place < len(row)}
    return [row for row in usual if header_name(row[0]) not in named]


def _dropdown(sheet_id: int, row: int, position: int, name: Cell) -> list[Request]:
    """The dropdown or check of a setting's value, instead of what the new row took from its neighbour."""
    kind = next(setting.kind for setting in settings.SETTINGS if setting.name == name)
    taken_over: Request = {
        "setDataValidation": {"range": area(sheet_id, (row, row + 1), (position, position + 1))}
    }
    return validation_requests(sheet_id, (row, row + 1), position, kind) or [taken_over]


def _inserted(sheet_id: int, dimension: str, start: int, end: int, like_before: bool) -> Request:
    where = {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}
    return {"insertDimension": {"range": where, "inheritFromBefore": like_before}}
