"""CPU and memory of one plan, from the cells as Sheets answers them to the rows of the reports.

Run as `python -m benchmarks.planning N`, in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from community.community import assemble
from community.events import Conference, Event, event_id
from community.ledger import Entry, LedgerView, Phase
from engine.plan import Limits, make_plan
from reports import render
from sheets_schema.cells import Cell, Rows
from sheets_schema.contents import rows_of
from sheets_schema.sheet import TABS, read_sheet

NOW = datetime(2026, 12, 10, 17, tzinfo=UTC)
START = datetime(2026, 12, 17, 16, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "America/Bogota", "UTC")
SETTINGS = {
    "Community name": "Co-op educators",
    "Organizer": "organizer@example.org",
    "Time zone": "Europe/Berlin",
    "Starts at": "17:00",
    "Mode": "live",
}


def cells(members: int) -> dict[str, Rows | None]:
    """A spreadsheet with so many members, as one values.batchGet answers it."""
    values: dict[str, Rows | None] = {}
    for tab in TABS:
        rows: Rows = [list(tab.headers), *rows_of(tab.title, date(2026, 11, 12), SETTINGS)]
        if tab.title == "Members":
            rows += [_member(list(tab.headers), number) for number in range(members)]
        values[tab.title] = rows
    return values


def _member(headers: list[str], number: int) -> list[Cell]:
    typed: dict[str, Cell] = {
        "Name": f"Member {number}",
        "Email": f"member{number}@example.org",
        "Time zone": ZONES[number % len(ZONES)],
        "Joined": 46000 + number % 300,
    }
    return [typed.get(header, "") for header in headers]


def ledger_and_event(community: str) -> tuple[LedgerView, Event]:
    """A meeting whose event was made a month ago and whose agenda is due now."""
    identity = event_id(community, "2026-12", 0)
    made = NOW - timedelta(days=30)
    ids = {"event": identity, "start": START.isoformat(), "minutes": "60", "typed": "None|None"}
    entry = Entry("2026-12.g0/event", "event", Phase.DONE, made, meeting="2026-12.g0", ids=ids, number=1)
    view = LedgerView(
        id="bench", entries={entry.key: entry}, live_since=made, live_released=True, last_number=1
    )
    link = "https://meet.google.com/abc-defg-hij"
    event = Event(
        identity, '"1"', START, START + timedelta(hours=1), conference=Conference.READY, meet_link=link
    )
    return view, event


def measure(members: int) -> dict[str, float]:
    """CPU seconds of reading and planning, peak memory in MB, and the number of effects planned."""
    values = cells(members)
    before = time.process_time()
    sheet = read_sheet(values)
    read = time.process_time()
    ledger, event = ledger_and_event("bench")
    community = assemble(sheet, {event.id: event}, ledger, community_id="bench", now=NOW)
    plan = make_plan(community, Limits())
    planned = time.process_time()
    render(community, plan)
    reported = time.process_time()
    return {
        "members": members,
        "read": read - before,
        "plan": planned - read,
        "report": reported - planned,
        "effects": len(plan.items),
        "peak_mb": peak_memory(),
    }


def peak_memory() -> float:
    """This process's own peak in MB; elsewhere than on Linux it may include what its parent had."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))))
