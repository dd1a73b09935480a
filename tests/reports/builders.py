"""A small community for the reports' tests: the sheet as cells, Calendar and the ledger as values."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from community.community import Community, assemble
from community.events import Event, Guest, Response, event_id
from community.ledger import Entry, LedgerView, Phase
from community.people import person_key
from engine.plan import Limits, make_plan
from reports import render
from sheets_schema.cells import Cell, Rows
from sheets_schema.contents import rows_of
from sheets_schema.sheet import TABS, read_sheet

ID = "sheet-1"
ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)  # Tuesday, 10:00 in New York
START = datetime(2026, 12, 17, 12, 0, tzinfo=ZONE)  # a Thursday
M = "2026-12.g0"
EVENT = event_id(ID, "2026-12", 0)

ANN, BEN, ZOE = "ann@example.org", "ben@example.org", "zoe@example.org"
SETTINGS = {
    "Organizer": "olga@example.org",
    "Meet account": "paid",
    "Mode": "live",
    "Wait after my last change": "0",
}
MEMBERS = [{"Name": "Ann Lee", "Email": ANN}, {"Name": "Ben Roy", "Email": BEN}]
ROASTS = [{"Month": "2026-12", "Host": "Ann Lee"}, {"Month": "2027-01", "Host": "Ben Roy"}]


def key_of(address: str) -> str:
    """The person's key in the sample community."""
    return person_key(ID, address)


def make_values(
    *,
    settings: Mapping[str, str] | None = None,
    members: Iterable[Mapping[str, Cell]] = MEMBERS,
    roasts: Iterable[Mapping[str, Cell]] = ROASTS,
    requests: Iterable[Mapping[str, Cell]] = (),
    needs: Iterable[Mapping[str, Cell]] = (),
    service: Mapping[str, Rows | None] | None = None,
) -> dict[str, Rows | None]:
    """Every tab's cells; rows are given by header, `service` replaces whole tabs."""
    given = {"Members": members, "Roasts": roasts, "Requests": requests, "Needs": needs}
    values: dict[str, Rows | None] = {}
    for tab in TABS:
        header: list[Cell] = list(tab.headers)
        if tab.title in given:
            body = [[row.get(name, "") for name in tab.headers] for row in given[tab.title]]
        else:
            body = rows_of(tab.title, date(2026, 12, 1), SETTINGS | dict(settings or {}))
        values[tab.title] = [header, *body]
    return values | dict(service or {})


def make_event(guests: Mapping[str, Response] | None = None, **more: object) -> Event:
    """December's event as Calendar holds it, Ann and Ben being invited."""
    answers = {ANN: Response.YES, BEN: Response.NONE} if guests is None else guests
    fields: dict[str, object] = {
        "id": EVENT,
        "etag": '"1"',
        "start": START,
        "end": START.replace(hour=13),
        "guests": tuple(Guest(address, answer) for address, answer in answers.items()),
        "meet_link": "https://meet.google.com/abc-defg-hij",
    }
    return Event(**(fields | more))  # type: ignore[arg-type]  # values by name


def make_entry(key: str, kind: str, phase: Phase = Phase.SENT, **more: object) -> Entry:
    """A row of the ledger, a day before now unless told otherwise."""
    fields: dict[str, object] = {"at": datetime(2026, 12, 7, 15, 0, tzinfo=UTC)}
    return Entry(key, kind, phase, **(fields | more))  # type: ignore[arg-type]  # values by name


def make_ledger(*entries: Entry, **more: object) -> LedgerView:
    """The ledger of a service that has been live for long and has made December's event."""
    event = make_entry(
        f"{M}/event",
        "event",
        Phase.DONE,
        at=datetime(2026, 11, 2, 15, 0, tzinfo=UTC),
        meeting=M,
        who="2 people",
        ids={"event": EVENT, "start": START.isoformat(), "minutes": "60", "typed": "None|None"},
        number=1,
    )
    fields: dict[str, object] = {
        "id": "ledger-1",
        "live_since": datetime(2026, 11, 1, tzinfo=UTC),
        "live_released": True,
        "last_number": 99,
    }
    view: Mapping[str, object] = fields | more
    return LedgerView(entries={entry.key: entry for entry in (event, *entries)}, **view)  # type: ignore[arg-type]  # values by name


def make_community(
    values: Mapping[str, Rows | None] | None = None,
    *,
    events: Iterable[Event] | None = None,
    ledger: LedgerView | None = None,
    now: datetime = NOW,
) -> Community:
    """The community as the service would see it."""
    there = [make_event()] if events is None else events
    return assemble(
        read_sheet(make_values() if values is None else values),
        {event.id: event for event in there},
        make_ledger() if ledger is None else ledger,
        community_id=ID,
        now=now,
    )


def rendered(community: Community) -> dict[str, Rows]:
    """All reports, with the plan that the engine makes."""
    return render(community, make_plan(community, Limits()))
