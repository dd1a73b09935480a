"""A Members tab of 20,000 rows, half of them unreadable, in a live community that lets somebody in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from tests.automations.hands import ask_in
from tests.engine.damage import Hand
from tests.engine.damaged import changes
from tests.month import Month
from torture.campaign import Outcome

LONG = "a tab of 20,000 rows"
ROWS = 20_000
_PEOPLE = ROWS // 2
# The reads, an event and its Meet link, grown tabs, one welcome as profile, draft and send, two appends and
# two writes of reports: nothing that grows with the rows.
MOST_REQUESTS = 20
_WELCOMED = "zoe@example.org"


def long_tab(folder: Path) -> Outcome:
    """Run three times in mode live, with a request that is approved; `wrong` is whatever went wrong."""
    with Month(folder) as month:
        month.set("Mode", "live")
        month.ledger.went_live(month.now - timedelta(days=60))
        month.ledger.live_was_released()
        hand = Hand(month)
        hand.append("Members", [["", f"M {n}", _address(n)] for n in range(ROWS)])
        ask_in(month, "Zoe")
        before = hand.cells()
        month.forget_requests()

        first, *_ = month.settle()

        asked = len(month.asked())
        after = hand.cells()
        hand.close()
        people = len(first.community.people) - 1  # Zoe is known from her request
        problems = [row for row in month.rows("Problems")[1:] if row[0] == "Members" and row[1]]
        named = {(row[1], row[2]) for row in problems}
        last = [str(cell) for cell in month.rows("Members")[-1]]
        welcomes = len(month.mails(_WELCOMED))
        others = len(month.mails()) - welcomes
        wrong = _unless(
            (people == _PEOPLE, f"{people} people were found"),
            (named == {(n + 2, "Email") for n in range(0, ROWS, 2)}, f"{len(problems)} rows were named"),
            (asked <= MOST_REQUESTS, f"{asked} requests"),
            ("Zoe" in last and len(month.rows("Members")) == ROWS + 2, f"the last row is {last}"),
            (welcomes == 1, f"{welcomes} welcomes"),
            (others == 0, f"{others} other mails"),
        )
        return {
            "people": people,
            "problems": len(problems),
            "requests": asked,
            "welcomes": welcomes,
            "wrong": [*wrong, *changes(before, after)[:10]],
        }


def told_of_long_tab(outcome: Outcome) -> str:
    """The sentence of the page."""
    return (
        f"A Members tab of {ROWS:,} rows, every second one unreadable, in mode live: {outcome['people']:,}"
        f" people found, {outcome['problems']:,} rows named in Problems, {outcome['requests']} requests in"
        f" three runs (at most {MOST_REQUESTS}), {outcome['welcomes']} welcome for an approved request, whose"
        f" row came below row {ROWS + 1:,}."
    )


def _address(number: int) -> str:
    return f"m{number}@example.org" if number % 2 else "nobody"


def _unless(*claims: tuple[bool, str]) -> Iterable[str]:
    return [what for holds, what in claims if not holds]
