"""The world around the program: clocks that jump, days of 23 and 25 hours, a machine that sleeps, a zone that
changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from community.plan import State
from tests.automations.hands import event, subjects, today
from tests.month import Month
from torture.campaign import Campaign, Outcome

CHANGES = {  # the Sundays of 2027 on which the clocks change
    "America/New_York": ("2027-03-14", "2027-11-07"),
    "America/Santiago": ("2027-04-04", "2027-09-05"),
    "Europe/Berlin": ("2027-03-28", "2027-10-31"),
    "Europe/London": ("2027-03-28", "2027-10-31"),
    "Pacific/Auckland": ("2027-04-04", "2027-09-26"),
}
NIGHTS = {  # 02:30 in Berlin, skipped on 28 March 2027 and twice on 31 October: start, agenda, reminder
    "a start in the hour that is skipped": ("03-28T03:30+02:00", "03-21T03:30+01:00", "03-27T03:30+01:00"),
    "a reminder in the hour that is skipped": ("03-29T02:30+02:00", "03-22T02:30+01:00", "03-28T03:30+02:00"),
    "an agenda in the hour that is skipped": ("04-04T02:30+02:00", "03-28T03:30+02:00", "04-03T02:30+02:00"),
    "a start in the hour that comes twice": ("10-31T02:30+02:00", "10-24T02:30+02:00", "10-30T02:30+02:00"),
    "a reminder in the hour that comes twice": (
        "11-01T02:30+01:00",
        "10-25T02:30+02:00",
        "10-31T02:30+02:00",
    ),
    "an agenda in the hour that comes twice": ("11-07T02:30+01:00", "10-31T02:30+02:00", "11-06T02:30+01:00"),
}
ERRORS = {
    "an hour behind": timedelta(hours=-1),
    "a day ahead": timedelta(days=1),
    "400 days ahead": timedelta(days=400),
}
MOMENTS = {
    "before everything": "2026-11-12T09:30:00+01:00",
    "as the agenda is due": "2026-11-12T17:00:00+01:00",
    "as the reminder is due": "2026-11-18T17:00:00+01:00",
    "after the meeting": "2026-11-20T12:00:00+01:00",
}
ELSEWHERE = {
    "a full disk; a ledger that is read-only, locked or corrupt": "tests/engine/test_ledger.py",
    "a disk that fills between a mail and its record": "tests/engine/test_full_disk.py",
    "yesterday's ledger put back; a ledger that is lost": "tests/engine/test_recover.py",
    "a copy of the ledger on a second machine": "tests/engine/test_copied_ledger.py",
    "two processes at once; SIGTERM and SIGKILL in mid-send": "tests/engine/test_kill_process.py",
    "a token file that is gone, damaged or unreadable": "tests/credentials/test_store.py",
    "`serve` while the clock is set, and after sleep": "tests/engine/test_schedule.py",
}
END = "2026-11-21T12:00:00+01:00"
AGENDA, REMINDER, INVITATION = "agenda", "reminder", "invitation"


def cells(_: int) -> list[str]:
    """Every scenario; none depends on a seed."""
    return list(_scenarios())


def run(cell: str, folder: Path) -> Outcome:
    """Play one scenario."""
    return {"wrong": _scenarios()[cell](folder)}


def report(outcomes: Mapping[str, Outcome]) -> str:
    """A row per scenario."""
    rows = (
        f"| {cell} | {'; '.join(outcome['wrong']) or 'as it should be'} |"
        for cell, outcome in outcomes.items()
    )
    return "\n".join(
        [
            "A clock that differs from Google's by more than ten minutes stops everything, says so in Today,"
            " and nothing is late for it afterwards. Due times hang on the clock on the wall of the"
            " community's zone, so a meeting at 17:00 has its agenda at 17:00 also across a change of the"
            " clocks. In the night itself a time that is skipped comes an hour later, and of one that comes"
            " twice the first is meant. What was slept through goes once while it still makes sense, the"
            " newest only.",
            "",
            "| scenario | seen |",
            "|--|--|",
            *rows,
            "",
            "The rest is in `make test`, with the sentences that the organizer reads.",
            "",
            "| trouble | in |",
            "|--|--|",
            *(f"| {trouble} | {where} |" for trouble, where in ELSEWHERE.items()),
        ]
    )


def _scenarios() -> dict[str, Callable[[Path], list[str]]]:
    found: dict[str, Callable[[Path], list[str]]] = {}
    for zone, days in CHANGES.items():
        for day in days:
            found[f"the clocks change in {zone} on {day}"] = _change(zone, day)
    for what, instants in NIGHTS.items():
        found[what] = _night(*(datetime.fromisoformat(f"2027-{instant}") for instant in instants))
    for error, by in ERRORS.items():
        for moment, when in MOMENTS.items():
            found[f"the clock goes {error}, {moment}"] = _jump(by, when)
    return found | {
        "a meeting on 29 February": _leap_day,
        "asleep for two days over the agenda": _asleep("2026-11-12T16:00", "2026-11-14T16:00", 1, 1),
        "asleep over agenda and reminder": _asleep("2026-11-12T16:00", "2026-11-19T09:00", 0, 1),
        "asleep over the meeting": _asleep("2026-11-12T16:00", "2026-11-19T18:00", 0, 0),
        "the community's zone changes": _other_zone,
    }


def _community(folder: Path, now: str, zone: str = "Europe/Berlin") -> Month:
    """A live community of Ann, who hosts, and Bob."""
    month = Month(folder, now=datetime.fromisoformat(now), settings={"Mode": "live", "Time zone": zone})
    month.ledger.went_live(month.now - timedelta(days=60))
    month.ledger.live_was_released()
    month.add_members("Ann", "Bob")
    return month


def _change(zone: str, day: str) -> Callable[[Path], list[str]]:
    """A meeting in the evening of the day whose night is an hour longer or shorter."""

    def play(folder: Path) -> list[str]:
        place = ZoneInfo(zone)
        meeting = datetime.fromisoformat(f"{day}T17:00").replace(tzinfo=place)
        with _community(folder, (meeting - timedelta(days=12)).isoformat(), zone) as month:
            month.fill("Roasts", day[:7], Other_date=day)
            month.settle()
            month.run_until(meeting + timedelta(days=1))
            start = datetime.fromisoformat(event(month, day[:7])["start"]["dateTime"])
            return [
                *_differ("start", start, meeting),
                *_differ("agenda", _sent(month, AGENDA), [meeting - timedelta(days=7)] * 2),
                *_differ("reminder", _sent(month, REMINDER), [meeting - timedelta(days=1)] * 2),
            ]

    return play


def _night(start: datetime, agenda: datetime, reminder: datetime) -> Callable[[Path], list[str]]:
    """A meeting at 02:30 in Berlin: when it is, and when its mails are due."""
    day = f"{start:%Y-%m-%d}"

    def play(folder: Path) -> list[str]:
        with _community(folder, (start - timedelta(days=9)).isoformat()) as month:
            month.fill("Roasts", day[:7], Other_date=day, Other_start="02:30")
            month.settle()
            month.run_until(start + timedelta(days=1))
            there = event(month, day[:7])
            begin, end = (datetime.fromisoformat(there[side]["dateTime"]) for side in ("start", "end"))
            return [
                *_differ("start", begin, start),
                *_differ("end", end, start + timedelta(hours=1)),
                *_differ("agenda", _sent(month, AGENDA), [agenda] * 2),
                *_differ("reminder", _sent(month, REMINDER), [reminder] * 2),
                *_differ("changes", [mail for mail in month.notices() if mail.kind != INVITATION], []),
            ]

    return play


def _leap_day(folder: Path) -> list[str]:
    with _community(folder, "2028-02-15T09:00:00+01:00") as month:
        month.fill("Roasts", "2028-02", Other_date="2028-02-29")
        month.settle()
        month.run_until("2028-03-17T12:00:00+01:00")
        at = [
            datetime.fromisoformat(f"2028-{day}T17:00:00+01:00")
            for day in ("02-22", "03-09", "02-28", "03-15")
        ]
        return [
            *_differ("agenda", _sent(month, AGENDA), sorted(at[:2] * 2)),
            *_differ("reminder", _sent(month, REMINDER), sorted(at[2:] * 2)),
        ]


def _jump(error: timedelta, when: str) -> Callable[[Path], list[str]]:
    """A clock that is wrong for half an hour and three runs."""

    def play(folder: Path) -> list[str]:
        with _community(folder, "2026-11-12T09:00:00+01:00") as month:
            month.settle()
            month.run_until(when)
            before = _boxes(month)
            wrong = []
            for _ in range(3):
                month.wait(minutes=10)
                right, month.now = month.now, month.now + error
                stop = month.tick().plan.stop
                month.now = right
                wrong += [] if stop and stop in today(month) else ["not stopped, or not said"]
            wrong += _differ("mails while the clock was wrong", _boxes(month) - before, Counter())
            month.run_until(END)
            return [*wrong, *_usual(month)]

    return play


def _asleep(start: str, end: str, agendas: int, reminders: int) -> Callable[[Path], list[str]]:
    """A machine that sleeps from `start` to `end`; how many mails of each kind each of the two gets."""

    def play(folder: Path) -> list[str]:
        with _community(folder, "2026-11-12T09:00:00+01:00") as month:
            month.settle()
            month.run_until(f"{start}:00+01:00")
            month.go_to(f"{end}:00+01:00")
            month.run_until(END)
            return [
                *_differ("agenda", len(_sent(month, AGENDA)), 2 * agendas),
                *_differ("reminder", len(_sent(month, REMINDER)), 2 * reminders),
            ]

    return play


def _other_zone(folder: Path) -> list[str]:
    """Six hours later for everybody who was invited: stopped, said once, and let go by its code."""
    with _community(folder, "2026-11-12T09:00:00+01:00") as month:
        month.settle()
        month.run_until("2026-11-12T17:00:00+01:00")
        before = _boxes(month)
        month.set("Time zone", "America/New_York")
        held = month.settle()[-1].plan
        wrong = _differ("news before the code", _members(_boxes(month) - before), Counter())
        wrong += _differ("holds", len(held.holds), 1)
        month.settle(*(hold.code for hold in held.holds))
        open_ = [item for item in month.tick().plan.items if item.state in {State.READY, State.STOPPED}]
        wrong += _differ("left over", open_, [])
        start = datetime.fromisoformat(event(month, "2026-11")["start"]["dateTime"])
        wrong += _differ("start", start, datetime.fromisoformat("2026-11-19T17:00:00-05:00"))
        for name in ("ann", "bob"):
            corrections = [subject for subject in subjects(month, name) if "new time" in subject]
            wrong += _differ(f"corrections to {name}", len(corrections), 1)
        return wrong


def _usual(month: Month) -> list[str]:
    """What is not as in an undisturbed month around 19 November."""
    at = datetime.fromisoformat
    late = [mail for mail in _sent(month, AGENDA) if mail > at("2026-11-12T18:00:00+01:00")]
    invited = [mail for mail in month.notices() if mail.kind == INVITATION]
    return [
        *_differ("agendas", len(_sent(month, AGENDA)), 2),
        *_differ("agendas late by more than an hour", late, []),
        *_differ("reminders", len(_sent(month, REMINDER)), 2),
        *_differ("invitations", len(invited), 4),
    ]


def _sent(month: Month, kind: str) -> list[datetime]:
    """When the mails of a kind left, oldest first."""
    entries = month.ledger.view().entries.values()
    return sorted(entry.at for entry in entries if entry.kind == kind and str(entry.phase) == "sent")


def _boxes(month: Month) -> Counter[tuple[str, str, str]]:
    return Counter((mail.to, mail.kind, mail.subject) for mail in (*month.mails(), *month.notices()))


def _members(news: Counter[tuple[str, str, str]]) -> Counter[tuple[str, str, str]]:
    return Counter({what: count for what, count in news.items() if not what[0].startswith("organizer@")})


def _differ(what: str, seen: object, wanted: object) -> list[str]:
    return [] if seen == wanted else [f"{what}: {seen} where {wanted} was right"]


WORLD = Campaign("world", "Clocks, zones and sleep", cells, run, report)
