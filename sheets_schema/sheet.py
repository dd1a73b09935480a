"""The whole spreadsheet as one value: what is read in one go, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sheets_schema import (
    agenda,
    checks,
    emails,
    log,
    meetings,
    members,
    needs,
    outbox,
    people,
    problem_list,
    read_settings,
    requests,
    roasts,
    settings,
    today,
)
from sheets_schema.cells import Rows, shown
from sheets_schema.columns import Tab
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
from sheets_schema.table import find_columns, missing_tab

T = TypeVar("T")

# In the order in which the organizer sees them; the hidden ones come last.
TABS: tuple[Tab, ...] = (
    today.TAB,
    roasts.TAB,
    members.TAB,
    requests.TAB,
    needs.TAB,
    emails.TAB,
    agenda.TAB,
    settings.TAB,
    meetings.TAB,
    people.TAB,
    outbox.TAB,
    problem_list.TAB,
    checks.TAB,
    log.TAB,
)
ORGANIZER_TABS: tuple[str, ...] = tuple(tab.title for tab in TABS if tab.organizers)
SERVICE_TABS: tuple[str, ...] = tuple(tab.title for tab in TABS if not tab.organizers)
_PLACES = {tab.title: place for place, tab in enumerate(TABS)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the spreadsheet says at one instant.

    emails: by kind, every kind there is. agenda: in order, empty when its minutes do not add up.
    stopped: tabs that are missing or have lost a header that is needed; their rows are empty here.
    unsure_months: months whose meeting must be left as it is, because two rows name them or their host,
    other date, other start or reason for no meeting cannot be read; they have no roast here.
    problem_keys: the key cell as typed of every row that has a problem, left out or not, by tab and row.
    service: the service's own tabs as read.
    """

    settings: Settings = field(default_factory=Settings)
    members: tuple[MemberRow, ...] = ()
    roasts: tuple[RoastRow, ...] = ()
    requests: tuple[RequestRow, ...] = ()
    needs: tuple[NeedRow, ...] = ()
    emails: Mapping[str, EmailRow] = field(default_factory=dict)
    agenda: tuple[AgendaRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    problem_keys: Mapping[tuple[str, int], str] = field(default_factory=dict)
    stopped: frozenset[str] = frozenset()
    unsure_months: frozenset[Month] = frozenset()
    logged: tuple[LogEntry, ...] = ()
    service: Mapping[str, Rows] = field(default_factory=dict)


def ranges() -> list[str]:
    """The ranges to read, UNFORMATTED, in one values.batchGet: every tab, whole."""
    return [tab.title for tab in TABS]


def read_sheet(values: Mapping[str, Rows | None]) -> Sheet:
    """Read every tab; `values` holds its cells by title, None where the tab is missing. Never raises.

    Problems come in the order of tabs and rows.
    """
    problems: list[Problem] = []
    stopped = set()

    def or_empty(tab: Tab, found: T | None, empty: T) -> T:
        if found is None:
            stopped.add(tab.title)
        return empty if found is None else found

    chosen = or_empty(settings.TAB, read_settings.read(values.get("Settings"), problems), Settings())
    found_members = or_empty(members.TAB, members.read(values.get("Members"), problems), ())
    found_roasts, unsure = or_empty(
        roasts.TAB, roasts.read(values.get("Roasts"), problems), ((), frozenset[Month]())
    )
    found_requests = or_empty(requests.TAB, requests.read(values.get("Requests"), problems), ())
    found_needs = or_empty(needs.TAB, needs.read(values.get("Needs"), problems), ())
    found_emails = or_empty(emails.TAB, emails.read(values.get("Emails"), problems), emails.without_tab())
    lines = agenda.read(values.get("Agenda"), chosen.minutes, chosen.stay_on, problems)
    found_agenda = or_empty(agenda.TAB, lines, ())
    logged = or_empty(log.TAB, log.read(values.get("Log"), problems), ())
    for tab in TABS:
        if not tab.organizers and tab is not log.TAB and values.get(tab.title) is None:
            problems.append(missing_tab(tab))
            stopped.add(tab.title)
    problems.sort(key=lambda problem: (_PLACES[problem.tab], problem.row or 0))
    return Sheet(
        settings=chosen,
        members=found_members,
        roasts=found_roasts,
        requests=found_requests,
        needs=found_needs,
        emails=found_emails,
        agenda=found_agenda,
        problems=tuple(problems),
        problem_keys=_problem_keys(values, problems),
        stopped=frozenset(stopped),
        unsure_months=unsure,
        logged=logged,
        service={title: rows for title in SERVICE_TABS if (rows := values.get(title)) is not None},
    )


def _problem_keys(
    values: Mapping[str, Rows | None], problems: Iterable[Problem]
) -> dict[tuple[str, int], str]:
    """The key cell as typed of every row with a problem, so that Check can say it beside the row."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for problem in problems:
        if problem.row is not None and problem.row > 1:
            numbers[problem.tab].add(problem.row)
    keys: dict[tuple[str, int], str] = {}
    for tab in TABS:
        rows = values.get(tab.title) or [[]]
        place = next(iter(find_columns(tab, rows[0])[tab.key]), None) if tab.key else None
        if place is not None:
            for number in numbers[tab.title]:
                row = rows[number - 1]
                keys[tab.title, number] = shown(row[place]) if place < len(row) else ""
    return keys
