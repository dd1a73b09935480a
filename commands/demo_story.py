"""What people do in the demo's five weeks: the organizer types, guests answer; times are the community's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands import sample
from commands.demo_hand import Hand
from community.events import Response
from engine.tick import Tick
from sheets_schema.wording import BUILT_IN

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 11, 12, 9, 0, tzinfo=ZONE)
END = datetime(2026, 12, 19, 12, 0, tzinfo=ZONE)
MONTH = "2026-12"
MEETING_DAY = date(2026, 12, 17)

TITLE = (
    "Five weeks of Co-op Educators, an invented community",
    "Google's own clients, a Google Workspace on this machine, and New York's time, the community's.",
)
FIRST_DAY = (
    "makes the spreadsheet with init; pastes 42 members in six time zones, a year of roasts, requests, needs",
    "slips on the way: gmial.com, an address twice, “actvie”, #REF!, {meeting_link}, an empty row, a header"
    " that reads Timezone, 10/12 for a date",
)

ORGANIZER = "organizer"
GUESTS = "guests"

_SLIP = "{meeting_link}"


@dataclass(frozen=True, slots=True)
class Scene:
    """What people see when they act: their own hands, and what the service's last tick found."""

    hand: Hand
    last: Tick


@dataclass(frozen=True, slots=True)
class Step:
    """Something people do. at: aware. who: ORGANIZER or GUESTS. text: what, as the timeline tells it."""

    at: datetime
    who: str
    text: str
    act: Callable[[Scene], None]


def first_day(hand: Hand) -> None:
    """What the organizer types right after `init` and the pasting, slips included."""
    for name, value in sample.SETTINGS.items():
        hand.type("Settings", name, "Value", value)
    hand.type("Roasts", "2026-11", "No meeting because", "We all meet at the congress")
    hand.type("Emails", "reminder", "Text", _reminder(_SLIP))
    hand.rename("Members", "Time zone", "Timezone")
    hand.insert_row("Members", 12)


def steps() -> list[Step]:
    """Everything people do after the first day, in order of time."""
    return [*_going_live(), *_november(), *_december()]


def _going_live() -> list[Step]:
    return [
        _types(
            "12 Nov 09:40",
            "mends two slips in Members: gmial.com becomes example.org, “actvie” becomes “active”",
            ("Members", "Farhan Qadri", {"Email": "farhan.qadri@example.org"}),
            ("Members", "Tomasz Wilk", {"Status": "active"}),
        ),
        _types(
            "13 Nov 09:00", "types “live” beside Mode in Settings", ("Settings", "Mode", {"Value": "live"})
        ),
        Step(
            _at("13 Nov 09:20"), ORGANIZER, "types the code from the mail beside “Go ahead with”", _go_ahead
        ),
        _answers("14 Nov 10:00", {Response.YES: 12, Response.MAYBE: 2, Response.NO: 3}),
    ]


def _november() -> list[Step]:
    return [
        _types(
            "16 Nov 18:00",
            f"types {sample.HOST} as December's host",
            ("Roasts", MONTH, {"Host": sample.HOST}),
        ),
        _types(
            "16 Nov 18:20",
            f"means the one in Los Angeles: types {sample.HOST_ADDRESS}",
            ("Roasts", MONTH, {"Host": sample.HOST_ADDRESS}),
        ),
        _types(
            "17 Nov 10:00",
            "decides in Requests: approve, three times; decline, once; and once “aprove”",
            ("Requests", "Imani Okoye", {"Decision": "approve"}),
            ("Requests", "Teo Bianchi", {"Decision": "approve"}),
            ("Requests", "Marisol Vance", {"Decision": "approve"}),
            ("Requests", "Deals Desk", {"Decision": "decline"}),
            ("Requests", "Hana Sorel", {"Decision": "aprove"}),
        ),
        _types(
            "17 Nov 10:30",
            "mends the typo: “aprove” becomes “approve”",
            ("Requests", "Hana Sorel", {"Decision": "approve"}),
        ),
        Step(_at("18 Nov 09:00"), ORGANIZER, "sorts Members by name and Roasts by month", _sort),
        _types(
            "20 Nov 16:00",
            f"has a mail from {sample.HOST}: types the plan, and “yes” under Host agreed",
            ("Roasts", MONTH, {**sample.PLAN, "Host agreed": "yes"}),
        ),
        _types(
            "24 Nov 11:00",
            "approves Lucía Ferrand, who wants Discord alone",
            ("Requests", "Lucía Ferrand", {"Decision": "approve"}),
        ),
        _types(
            "25 Nov 17:00",
            f"types “left” as the status of {sample.LEAVER}",
            ("Members", sample.LEAVER, {"Status": "left"}),
        ),
        _answers("27 Nov 09:00", {Response.YES: 21, Response.MAYBE: 3, Response.NO: 6}),
    ]


def _december() -> list[Step]:
    return [
        _types(
            "1 Dec 09:00",
            "types January's host: Gwen Ashdown",
            ("Roasts", "2027-01", {"Host": "Gwen Ashdown"}),
        ),
        _types(
            "14 Dec 09:00",
            f"{sample.HOST} is ill: types {sample.NEXT_HOST} as host, with another plan",
            ("Roasts", MONTH, {"Host": sample.NEXT_HOST, "Host agreed": "", **sample.NEXT_PLAN}),
        ),
        _types(
            "14 Dec 15:00",
            f"{sample.NEXT_HOST} said yes on the phone: types “yes” under Host agreed",
            ("Roasts", MONTH, {"Host agreed": "yes"}),
        ),
        _types(
            "15 Dec 10:00",
            f"mends the reminder's wording: {_SLIP} becomes {{join}}",
            ("Emails", "reminder", {"Text": _reminder("{join}")}),
        ),
        _types(
            "16 Dec 15:00",
            "approves Grace Adeyemi-Holt, 21 hours before the meeting",
            ("Requests", "Grace Adeyemi-Holt", {"Decision": "approve"}),
        ),
        Step(_at("17 Dec 12:00"), GUESTS, f"meet; {sample.NEXT_HOST} hosts the roast", lambda _: None),
        Step(_at("17 Dec 14:00"), ORGANIZER, "types the needs that were shared into Needs", _needs),
    ]


def _at(text: str) -> datetime:
    """An instant of 2026 out of `14 Dec 09:00`."""
    return datetime.strptime(f"{text} 2026", "%d %b %H:%M %Y").replace(tzinfo=ZONE)


def _types(at: str, text: str, *edits: tuple[str, str, Mapping[str, str]]) -> Step:
    """The organizer types. edits: a tab, what its row reads, and the cells by header."""

    def act(scene: Scene) -> None:
        for tab, key, cells in edits:
            for header, value in cells.items():
                scene.hand.type(tab, key, header, value)

    return Step(_at(at), ORGANIZER, text, act)


def _answers(at: str, counts: Mapping[Response, int]) -> Step:
    """Guests of December's event answer the invitation; the first so many say yes, and so on."""

    def act(scene: Scene) -> None:
        meeting = next(one for one in scene.last.community.meetings if str(one.month) == MONTH)
        guests = iter(sorted(guest.address for guest in meeting.event.guests) if meeting.event else [])
        for response, count in counts.items():
            for address in (next(guests) for _ in range(count)):
                scene.hand.answer(address, meeting.event_id, response)

    words = {Response.YES: "yes", Response.MAYBE: "maybe", Response.NO: "no"}
    said = ", ".join(f"{count} {words[response]}" for response, count in counts.items())
    return Step(_at(at), GUESTS, f"answer the invitation: {said} by now", act)


def _go_ahead(scene: Scene) -> None:
    codes = ", ".join(hold.code for hold in scene.last.plan.holds)
    scene.hand.type("Settings", "Go ahead with", "Value", codes)


def _sort(scene: Scene) -> None:
    scene.hand.sort("Members", "Name")
    scene.hand.sort("Roasts", "Month")


def _needs(scene: Scene) -> None:
    for row in sample.rows(sample.AFTERWARDS):
        scene.hand.type_row("Needs", dict(row))


def _reminder(link: str) -> str:
    """The organizer's own wording of the reminder."""
    return BUILT_IN["reminder"].text.replace("{join}", link).replace("Cannot come?", "Something came up?")
