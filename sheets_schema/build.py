"""Builds a new spreadsheet: the requests of one spreadsheets.batchUpdate, from the tabs' own declarations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sheets_schema import settings as settings_tab
from sheets_schema import today as today_tab
from sheets_schema.build_tab import (
    Request,
    column_requests,
    content_requests,
    protection_requests,
    setting_requests,
    sheet_properties,
    today_requests,
)
from sheets_schema.columns import Tab
from sheets_schema.contents import rows_of
from sheets_schema.sheet import TABS

# The id of the one tab that a new spreadsheet has, whatever it is called; it becomes Today.
_FIRST_SHEET_ID = 0
SHEET_IDS = {tab.title: 100 + place for place, tab in enumerate(TABS)}


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
            requests += new_tab(tab, SHEET_IDS[tab.title], today, settings)
    return requests


def new_tab(tab: Tab, sheet_id: int, today: date, settings: Mapping[str, str]) -> list[Request]:
    """A tab that is not there yet, whole. today, settings: as in `create_requests`."""
    added: Request = {"addSheet": {"properties": sheet_properties(tab, sheet_id)}}
    return [added, *_inside(tab, sheet_id, today, settings)]


def _inside(tab: Tab, sheet_id: int, today: date, settings: Mapping[str, str]) -> list[Request]:
    """Everything in a new tab."""
    key = tab.headers.index(tab.key) if tab.key else 0
    requests = column_requests(tab, sheet_id, enumerate(tab.columns), key)
    requests += content_requests(sheet_id, rows_of(tab.title, today, settings))
    if tab is today_tab.TAB:
        requests += today_requests(sheet_id)
    if tab is settings_tab.TAB:
        requests += setting_requests(sheet_id)
    return requests + protection_requests(tab, sheet_id)
