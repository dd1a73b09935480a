"""What goes wrong, by plan: once in a run of a program, at a place that the seed draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.month import Month

_SENDING = ("gmail.users.messages.send", "gmail.users.drafts.create", "gmail.users.drafts.send")
_EVENTS = ("calendar.events.insert", "calendar.events.patch", "calendar.events.update")
_ROWS = tuple(f"sheets.spreadsheets.values.{how}" for how in ("append", "update", "batchUpdate"))
_MERGES = {
    "11-12T17": "Agenda 2026-11",
    "11-18T17": "Reminder 2026-11",
    "12-10T18": "Agenda 2026-12",
    "12-15T17": "Reminder 2026-12",
}
"""The hours in which everybody gets a mail, each with the column in which a mail merge notes it."""
BY_HAND = "told by phone"

_FURTHEST = 20  # requests; a run that makes fewer may get away

Deed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One run's trouble. faults: for /local/faults; deeds: for the door; hurry: what divides timeouts."""

    faults: list[Deed] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    hurry: float = 1


Draw = Callable[[Random, int, Month], Trouble]


@dataclass(frozen=True, slots=True)
class Plan:
    """One way in which a month goes wrong. what: in words; seeds: how many months of it are played.

    draw: the trouble of the n-th hour, counted from 0. wiped: the tabs that are emptied; whole: the
    spreadsheet is put back, and not only these.
    """

    name: str
    what: str
    seeds: int
    draw: Draw
    wiped: tuple[str, ...] = ()
    whole: bool = False


def _nothing(_: Random, __: int, ___: Month) -> Trouble:
    return Trouble()


def _kill(random: Random, _: int, __: Month) -> Trouble:
    when = random.choice(("before", "after"))
    return Trouble(deeds=[{"at": random.randint(1, _FURTHEST), "kill": when}])


def _strikes(fault: Deed, methods: tuple[str, ...], furthest: int) -> Draw:
    """One fault at the same call of each method."""

    def draw(random: Random, _: int, __: Month) -> Trouble:
        call = random.randint(1, furthest)
        return Trouble([fault | {"method": method, "call": call} for method in methods])

    return draw


def _slow(random: Random, number: int, _: Month) -> Trouble:
    """A mail's answer that takes 75 seconds, with everything 25 times as fast; in every other hour."""
    call = random.randint(1, 2)
    slow = {"fault": "slow", "seconds": 3}
    faults = [slow | {"method": method, "call": call} for method in _SENDING[::2]]
    return Trouble(faults if number % 2 else [], hurry=25)


def _rows_move(how: str, body: Callable[[Random], Deed]) -> Draw:
    """The organizer's hand in Members, while everybody gets a mail."""

    def draw(random: Random, _: int, month: Month) -> Trouble:
        post = [f"/local/sheets/{month.id}/rows/{how}", body(random)]
        deed = {"at": random.randint(8, 22), "post": post}
        return Trouble(deeds=[deed] if f"{month.now:%m-%dT%H}" in _MERGES else [])

    return draw


def _insert(random: Random) -> Deed:
    return {"tab": "Members", "before": random.randint(2, 4)}


def _sort(random: Random) -> Deed:
    return {"tab": "Members", "by": random.choice("BC"), "descending": random.random() < 0.5}


def _edit(random: Random, number: int, month: Month) -> Trouble:
    """A private note; and where a mail merge has its column, that somebody was told by phone."""
    name, at = random.choice(("Ann", "Bob", "Cyd")), random.randint(6, 18)
    typed = [("Private notes", f"note {number}")]
    merge = _MERGES.get(f"{month.now:%m-%dT%H}", "no merge")
    if merge in month.rows("Members")[0]:
        typed.append((merge, BY_HAND))
    row = month.row_of("Members", name)
    return Trouble(
        deeds=[
            {
                "at": at,
                "post": [
                    f"/local/sheets/{month.id}/cells",
                    {"tab": "Members", "cell": f"{month.column('Members', column)}{row}", "value": text},
                ],
            }
            for column, text in typed
        ]
    )


PLANS = (
    Plan("none", "nothing goes wrong", 1, _nothing),
    Plan("kill", f"killed (SIGKILL) at one of the first {_FURTHEST} requests of each run", 2, _kill),
    Plan(
        "mail answers",
        "a mail leaves, and the answer is lost",
        1,
        _strikes({"fault": "closeAfter"}, _SENDING, 4),
    ),
    Plan(
        "event answers",
        "an event is written, and the answer is lost",
        1,
        _strikes({"fault": "closeAfter"}, _EVENTS, 2),
    ),
    Plan(
        "row answers",
        "a row is written, and the answer is lost",
        1,
        _strikes({"fault": "closeAfter"}, _ROWS, 3),
    ),
    Plan(
        "503 after all",
        "a mail leaves, and the answer is 503",
        1,
        _strikes({"fault": "503", "acted": True}, _SENDING[::2], 4),
    ),
    Plan(
        "503",
        "four requests in a row, one more than is tried again, are answered 503",
        1,
        _strikes({"fault": "503", "times": 4}, ("*",), _FURTHEST),
    ),
    Plan(
        "429",
        "four requests in a row, one more than is tried again, are answered 429",
        1,
        _strikes({"fault": "429", "times": 4}, ("*",), _FURTHEST),
    ),
    Plan("slow", "a mail leaves, and the answer takes 75 seconds; every other hour", 1, _slow),
    Plan(
        "insert",
        "the organizer inserts a member's row while everybody is sent a mail",
        2,
        _rows_move("insert", _insert),
    ),
    Plan(
        "sort", "the organizer sorts the members while everybody is sent a mail", 2, _rows_move("sort", _sort)
    ),
    Plan("edit", "the organizer types while it runs", 1, _edit),
    Plan(
        "wipe",
        "the members are cleared, and put back as they were two days before; once",
        1,
        _nothing,
        ("Members",),
    ),
    Plan(
        "restore",
        "members, roasts and requests are cleared, and the whole spreadsheet is put back so; once",
        1,
        _nothing,
        ("Members", "Roasts", "Requests"),
        whole=True,
    ),
)
