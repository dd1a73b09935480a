"""The whole spreadsheet as one value: what is read in one go, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheets_schema.cells import Rows
from sheets_schema.months import Month
from sheets_schema.problems import Problem
from sheets_schema.rows import (
    AgendaRow,
    EmailRow,
    LogEntry,
    MemberRow,
    NeedRow,
    RequestRow,
    RoastRow,
    Settings,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the spreadsheet says at one instant.

    emails: by kind, every kind there is. agenda: in order, empty when its minutes do not add up.
    stopped: tabs that are missing or have lost a header that is needed; their rows are empty here.
    doubled_months: months whose meeting must be left as it is, because two rows name them or their other
    date or start cannot be read. service: the service's own tabs as read.
    """

    settings: Settings = field(default_factory=Settings)
    members: tuple[MemberRow, ...] = ()
    roasts: tuple[RoastRow, ...] = ()
    requests: tuple[RequestRow, ...] = ()
    needs: tuple[NeedRow, ...] = ()
    emails: Mapping[str, EmailRow] = field(default_factory=dict)
    agenda: tuple[AgendaRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    stopped: frozenset[str] = frozenset()
    doubled_months: frozenset[Month] = frozenset()
    logged: tuple[LogEntry, ...] = ()
    service: Mapping[str, Rows] = field(default_factory=dict)


ORGANIZER_TABS = ("Roasts", "Members", "Requests", "Needs", "Emails", "Agenda", "Settings")
SERVICE_TABS = ("Today", "Meetings", "People", "Outbox", "Problems", "Checks", "Log")


def ranges() -> list[str]:
    """The ranges to read, UNFORMATTED, in one values.batchGet: every tab, whole."""
    return ["Today", *ORGANIZER_TABS, *SERVICE_TABS[1:]]


def read_sheet(values: Mapping[str, Rows | None]) -> Sheet:
    """Read every tab; `values` holds its cells by title, None where the tab is missing. Never raises."""
    raise NotImplementedError
