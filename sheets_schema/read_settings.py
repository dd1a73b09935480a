"""Reads the Settings tab: one value per setting, or the reason why there is none."""

from __future__ import annotations

import difflib
from typing import TypeVar, cast

from sheets_schema import settings as s
from sheets_schema.cells import Rows, Unreadable, is_blank
from sheets_schema.problems import BRING_BACK, Problem
from sheets_schema.rows import Settings
from sheets_schema.settings import NAME, TAB, VALUE, Setting
from sheets_schema.table import Row, header_name, read_table, short

T = TypeVar("T")


def _value(setting: Setting[T], rows: dict[str, list[Row]], problems: list[Problem]) -> T | None:
    """One setting's value, None with a problem when it is missing, doubled, empty or unreadable."""
    found = rows.get(header_name(setting.name), [])
    if not found:
        what = f"The setting {setting.name} is missing."
        near = difflib.get_close_matches(header_name(setting.name), list(rows), 1, 0.8)
        what += f" Is it row {rows[near[0]][0].number}?" if near else f" {BRING_BACK}"
        problems.append(Problem(TAB.title, None, NAME.header, "", what, setting.stops))
        return None
    if len(found) > 1:
        numbers = " and ".join(str(row.number) for row in found)
        what = f"The setting {setting.name} stands in rows {numbers}. Delete the row that is not meant."
        problems.append(Problem(TAB.title, found[-1].number, NAME.header, setting.name, what, setting.stops))
        return None
    row = found[0]
    if row.dropped:
        return None
    cell = row.get(VALUE)
    if is_blank(cell) and setting.may_be_empty:
        return cast(T, setting.blank)
    try:
        if is_blank(cell):
            raise Unreadable(f"The setting {setting.name} is empty.")
        return setting.kind.read(cell, None)
    except Unreadable as error:
        problems.append(Problem(TAB.title, row.number, VALUE.header, short(cell), error.what, setting.stops))
        return cast(T, error.instead)


def read(rows: Rows | None, problems: list[Problem]) -> Settings | None:
    """Read the settings; rows that name no setting are the organizer's own. None when the tab is stopped."""
    found = read_table(TAB, rows, problems)
    if found is None:
        return None
    named: dict[str, list[Row]] = {}
    for row in found:
        if (name := row.find(NAME)) is not None:
            named.setdefault(header_name(name), []).append(row)

    def value(setting: Setting[T]) -> T | None:
        return _value(setting, named, problems)

    return Settings(
        community_name=value(s.COMMUNITY_NAME),
        organizer=value(s.ORGANIZER),
        reply_to=value(s.REPLY_TO),
        second_person=value(s.SECOND_PERSON),
        time_zone=value(s.TIME_ZONE),
        meeting_day=value(s.MEETING_DAY),
        starts_at=value(s.STARTS_AT),
        minutes=value(s.MINUTES),
        stay_on=value(s.STAY_ON),
        months_ahead=value(s.MONTHS_AHEAD),
        mode=value(s.MODE),
        wait=value(s.WAIT),
        agenda_needs_yes=value(s.AGENDA_NEEDS_YES),
        meet_account=value(s.MEET_ACCOUNT),
        existing_event=value(s.EXISTING_EVENT),
        meet_link=value(s.MEET_LINK),
        discord_link=value(s.DISCORD_LINK),
        discord_channel=value(s.DISCORD_CHANNEL),
        holiday_countries=value(s.HOLIDAY_COUNTRIES),
        go_ahead=value(s.GO_AHEAD),
    )
