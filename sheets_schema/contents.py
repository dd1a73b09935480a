"""What `init` fills in: settings, agenda, mails, and the coming months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sheets_schema import agenda, emails, roasts, settings
from sheets_schema.cells import Cell
from sheets_schema.months import Month
from sheets_schema.wording import BUILT_IN

MONTHS_IN_ROASTS = 12


def rows_of(title: str, today: date, chosen: Mapping[str, str]) -> list[list[Cell]]:
    """The rows below the header of a new tab, in the order of its columns; empty for most tabs.

    today: the day in the community's zone; the coming months begin with its month. chosen: values of
    settings by name, instead of those that a new sheet has.
    """
    if title == roasts.TAB.title:
        return _months(today)
    if title == emails.TAB.title:
        return [
            [mail.kind, mail.goes_to, mail.when, "yes", mail.subject, mail.text] for mail in BUILT_IN.values()
        ]
    if title == agenda.TAB.title:
        return [
            [int(line.order), line.minutes, line.item, line.who, line.shown_under] for line in agenda.DEFAULT
        ]
    if title == settings.TAB.title:
        return _settings(chosen)
    return []


def _months(today: date) -> list[list[Cell]]:
    """A row per month; the Check column's cell is left to its formula."""
    first = Month.of(today)
    return [["", str(first.plus(ahead))] for ahead in range(MONTHS_IN_ROASTS)]


def _settings(chosen: Mapping[str, str]) -> list[list[Cell]]:
    unknown = set(chosen) - {setting.name for setting in settings.SETTINGS}
    if unknown:
        raise ValueError(f"there is no setting called {', '.join(sorted(unknown))}")
    organizer = chosen.get(settings.ORGANIZER.name, "")
    values = {settings.REPLY_TO.name: organizer} | dict(chosen)
    return [
        [setting.name, values.get(setting.name, setting.typed), setting.explain]
        for setting in settings.SETTINGS
    ]
