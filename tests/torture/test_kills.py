"""A seeded part of the campaigns of deaths, and a planted mistake that they must find."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest

from community.ledger import UNDER_WAY, Entry
from engine.ledger import Ledger
from tests.mortal import MortalMonth
from torture import kills
from torture.killed import come_to_rest, judged
from torture.reference import Moment, Reference
from torture.state import logged_twice
from torture.tables import table


def moment_of(day: Reference, what: str, point: str) -> Moment:
    """The moment after a step in which a point is passed."""
    return next(one for one in day.moments if one.what == what and point in one.points)


def place(moment: Moment, what: str) -> int:
    """The number of the first point of that name."""
    return moment.points.index(what) + 1


@pytest.mark.parametrize("draw", range(12))
def test_day_killed_at_random_points_ends_as_an_unbroken_one(
    day: Reference, tmp_path: Path, draw: int
) -> None:
    random = Random(draw)  # noqa: S311 (a draw, no secret)
    moment = random.choice(day.moments)
    first = random.randint(1, len(moment.points))
    deaths = kills.Deaths(frozenset({first, first + random.randint(1, 8)}), random.choice([1, 61]))
    day.restore(moment, tmp_path)

    outcome = kills.died(day, moment, deaths, tmp_path, to_the_end=draw == 0)

    assert outcome["at"][0] == moment.points[first - 1]
    assert outcome["at rest"]["differs"] == []
    assert outcome["wrong"] == []


def test_mail_whose_send_was_never_answered_counts_as_unconfirmed_and_is_delivered(
    day: Reference, tmp_path: Path
) -> None:
    moment = moment_of(day, "Hal is declined", "after POST send")
    day.restore(moment, tmp_path)

    deaths = kills.Deaths(frozenset({place(moment, "after POST send")}))
    outcome = kills.died(day, moment, deaths, tmp_path, to_the_end=True)

    counted = {
        "differs": [],
        "duplicates": [],
        "lost": [],
        "orphans": [],
        "unfinished": [],
        "unconfirmed": 1,
        "undelivered": [],
        "in Log twice": [],
        "codes mailed twice": 0,
        "invites nobody was told of": 0,
    }
    assert outcome == {
        "at": ["after POST send"],
        "what": "Hal is declined",
        "at rest": counted,
        "in the end": counted,
        "wrong": [],
    }


def test_invite_whose_answer_died_is_made_again_and_nobody_is_told_of_the_first(
    day: Reference, tmp_path: Path
) -> None:
    moment = moment_of(day, "Gus is approved", "after POST invites")
    day.restore(moment, tmp_path)

    deaths = kills.Deaths(frozenset({place(moment, "after POST invites")}))
    outcome = kills.died(day, moment, deaths, tmp_path, to_the_end=False)

    assert outcome["at rest"]["invites nobody was told of"] == 1
    assert (outcome["at rest"]["codes mailed twice"], outcome["wrong"]) == (0, [])


@pytest.mark.parametrize(
    ("what", "at", "restart_after", "status"),
    [
        ("Hal is declined", "before POST drafts", 1, 200),
        ("Hal is declined", "before POST send", 1, 200),
        ("Hal is declined", "before POST send", 61, 200),
        ("the organizer lets the first mails go", "before POST events", 1, 409),
        ("the organizer lets the first mails go", "before POST events", 61, 200),
    ],
)
def test_request_that_is_carried_out_half_a_minute_after_the_death_makes_nothing_twice(
    day: Reference, tmp_path: Path, what: str, at: str, restart_after: int, status: int
) -> None:
    moment = moment_of(day, what, at)
    day.restore(moment, tmp_path)

    deaths = kills.Deaths(frozenset({place(moment, at)}), restart_after, late=True)
    outcome = kills.died(day, moment, deaths, tmp_path, to_the_end=False)

    assert (outcome["at"], outcome["arrived"], outcome["wrong"]) == ([at], status, [])


def test_line_that_log_has_twice_is_seen() -> None:
    assert logged_twice({"numbers": [["a", 1], ["a", 2], ["b", 2], ["a", 2]]}) == ["line 2"]


def test_real_process_killed_in_the_middle_of_a_mail_ends_as_an_unbroken_one(
    day: Reference, tmp_path: Path
) -> None:
    moment = moment_of(day, "Hal is declined", "after POST drafts")
    point = place(moment, "after POST drafts")
    day.restore(moment, tmp_path)

    outcome = kills.really_died(day, moment, point, tmp_path, to_the_end=False)

    assert (outcome["at"], outcome["exits"]) == (["after POST drafts"], [-9, 0])
    assert outcome["wrong"] == []


class Forgetful(Ledger):
    """A ledger that keeps nothing on disk of what is under way."""

    def put_all(self, entries: Iterable[Entry]) -> list[Entry]:
        """Write what has ended; believe the rest."""
        given = list(entries)
        ended = super().put_all(entry for entry in given if entry.phase not in UNDER_WAY)
        begun = [entry for entry in given if entry.phase in UNDER_WAY]
        known = {**self._view.entries, **{entry.key: entry for entry in begun}}
        self._view = type(self._view)(
            **{name: getattr(self._view, name) for name in self._view.__slots__ if name != "entries"},
            entries=known,
        )
        return ended + begun


class ForgetfulMonth(MortalMonth):
    """A month whose service has such a ledger."""

    def open_ledger(self) -> Ledger:
        """The ledger with the mistake in it."""
        ledger = super().open_ledger()
        ledger.__class__ = Forgetful
        return ledger


def test_ledger_that_forgets_what_is_under_way_is_found_out(day: Reference, tmp_path: Path) -> None:
    moment = moment_of(day, "Hal is declined", "after POST send")
    day.restore(moment, tmp_path)
    month = ForgetfulMonth(tmp_path, die_at={place(moment, "after POST send")}, now=moment.at)

    month.tick()
    due = come_to_rest(month)
    outcome = judged(month, day, moment, due, to_the_end=False)
    month.close()

    twice = "1 x hal@example.org: mail, Your request to join Co-op educators"
    assert outcome["at rest"]["duplicates"] == [twice]
    assert outcome["wrong"] == ["differs: ['mails']", f"duplicates: ['{twice}']"]


def test_table_sets_numbers_to_the_right() -> None:
    assert table(("what", "how many"), [("kills", 1342), ("hands", 7)]).splitlines() == [
        "| what | how many |",
        "| -- | --: |",
        "| kills | 1,342 |",
        "| hands | 7 |",
    ]
