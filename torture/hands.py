"""Hands: somebody sends or discards our drafts in Gmail at random moments, while the service also dies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import requests

from community.ledger import Phase
from mails.headers import key_header
from tests.mortal import MortalMonth
from torture.campaign import WRONG, Campaign, Outcome
from torture.killed import come_to_rest
from torture.reference import Moment, Reference, reference
from torture.state import State, compared, look, unfinished
from torture.tables import table

COUNT = 600
DEEDS = ("send", "discard")
_LATER = 6  # points between the hand and a death, at most
_SETTLED = timedelta(minutes=15)

_HOW = {
    Phase.GONE: "as gone",
    Phase.UNCONFIRMED: "as almost surely sent",
    Phase.FAILED: "as failed",
    Phase.WITHDRAWN: "as withdrawn",
}


def cells(seed: int) -> list[str]:
    """Draws as "tick.point deed" or "tick.point deed death": where the hand acts, and where the process dies.

    Three in four hands come while a draft waits to be sent, the others at any point of a tick that mails.
    """
    draw = Random(f"hands {seed}")  # noqa: S311 (a draw, no secret)
    moments = [moment for moment in reference().moments if any("drafts" in what for what in moment.points)]
    found: dict[str, None] = {}
    while len(found) < COUNT:
        moment = draw.choice(moments)
        waiting = _waiting(moment)
        point = draw.choice(waiting) if draw.random() < 0.75 else draw.randint(1, len(moment.points))
        cell = f"{moment.number:03}.{point:03} {draw.choice(DEEDS)}"
        if draw.random() < 0.6:
            cell += f" {max(1, point + draw.randint(-1, _LATER)):03}"
        found[cell] = None
    return list(found)


def _waiting(moment: Moment) -> list[int]:
    """The points of a tick at which one of our drafts waits in Gmail."""
    found, waits = [], False
    for point, what in enumerate(moment.points, 1):
        waits = (waits or what == "after POST drafts") and what != "after POST send"
        if waits:
            found.append(point)
    return found


@dataclass(frozen=True, slots=True)
class Hand:
    """What somebody does: `deed` to a draft that is there at a point."""

    point: int
    deed: str


class _Handled(MortalMonth):
    """A month in which somebody has a hand on the drafts.

    found: how many drafts the hand found; done: with how many the deed could be done. Gmail sends nothing
    that is addressed to nobody.
    """

    def __init__(self, folder: Path, hand: Hand, die_at: set[int], moment: Moment) -> None:
        self.found = self.done = 0
        self._hand = hand
        super().__init__(folder, die_at=die_at, now=moment.at)

    def point(self, what: str) -> None:
        """The hand acts just before the process passes its point, or dies at it."""
        if self._ticking and len(self.points) + 1 == self._hand.point:
            self.act()
        super().point(what)

    def act(self) -> None:
        """Do the deed to every draft that is there."""
        drafts = self.drafts()
        self.found = len(drafts)
        for draft in drafts:
            reply = requests.post(f"{self.base}/local/drafts/{draft['id']}/{self._hand.deed}", timeout=30)
            self.done += reply.ok


def run(cell: str, folder: Path) -> Outcome:
    """Let the hand act and the process die, come to rest, and account for every mail."""
    ref = reference()
    place, deed, *death = cell.split()
    number, point = map(int, place.split("."))
    moment = ref.moments[number]
    ref.restore(moment, folder)
    return handled(ref, moment, Hand(point, deed), set(map(int, death)), folder)


def handled(ref: Reference, moment: Moment, hand: Hand, die_at: set[int], folder: Path) -> Outcome:
    """The same for a restored moment."""
    month = _Handled(folder, hand, die_at, moment)
    try:
        month.tick()
        come_to_rest(month)
        seen: Outcome = {"deed": hand.deed, "found": month.found, "done": month.done, "died": month.deaths}
        accounted = _accounted(month, ref, moment)
        if accounted["hidden"]:  # after a death it may wait once more until what was typed has settled
            month.run_until(month.now + _SETTLED)
            accounted = _accounted(month, ref, moment)
        return seen | accounted
    finally:
        month.close()


def _accounted(month: MortalMonth, ref: Reference, moment: Moment) -> Outcome:
    """Duplicates, and how each lost mail is shown."""
    state, expected = look(month, ref.state_before(moment)), ref.state_after(moment)
    lost = [key for key in expected["phases"] if _count(expected, key) > _count(state, key)]
    shown = _shown(month)
    hidden = [key for key in lost if shown.get(key) in {None, Phase.SENT}]
    twice = [key for key in expected["phases"] if _count(state, key) > 1]
    wrong = {
        "twice": twice,
        "more notices than without the hand": compared(state, expected)["duplicates"],
        "lost, and not shown": hidden,
        "orphans": state["drafts"],
        "unfinished": unfinished(month),
    }
    return {
        "duplicates": twice,
        "lost": {key: _HOW.get(shown[key], str(shown[key])) for key in lost if key not in hidden},
        "hidden": hidden,
        WRONG: [f"{what}: {names}" for what, names in wrong.items() if names],
    }


def _count(state: State, key: str) -> int:
    header = key_header(key)
    return sum(mail["key"] == header for mails in state["mails"].values() for mail in mails)


def _shown(month: MortalMonth) -> dict[str, Phase]:
    """The keys that stand in Log, with the phase that the ledger gives them."""
    entries = month.ledger.view().entries
    cells = {str(cell) for row in month.rows("Log") for cell in row}
    return {key: entry.phase for key, entry in entries.items() if key in cells}


def report(outcomes: Mapping[str, Outcome]) -> str:
    """The section of the page."""
    seen = [one for one in outcomes.values() if one["found"]]
    rows = []
    for deed in DEEDS:
        here = [one for one in seen if one["deed"] == deed]
        lost = Counter(how for one in here for how in one["lost"].values())
        rows.append(
            (
                deed,
                len(here),
                sum(one["done"] for one in here),
                sum(bool(one["died"]) for one in here),
                sum(len(one["duplicates"]) for one in here),
                sum(lost.values()),
                "; ".join(f"{count:,} {how}" for how, count in sorted(lost.items())) or "none",
                sum(len(one["hidden"]) for one in here),
            )
        )
    head = (
        "the hand",
        "cells with a draft",
        "done",
        "died as well",
        "duplicates",
        "lost",
        "shown in Log",
        "lost, not shown",
    )
    return "\n".join(
        [
            f"In {len(seen):,} of {len(outcomes):,} cells a draft was there when the hand came; in the others"
            " nothing happened but, in some, a death.",
            "A draft is addressed to nobody until the service sends it, so that Gmail lets nobody send it by",
            "hand; what a hand discards is lost, and Log says so.",
            "",
            table(head, rows),
            "",
            "Found and mended on the way: a draft whose creation was not answered, and that somebody sent",
            "before the service came back, was made and sent once more (tests/workspace/test_gmail.py).",
        ]
    )


HANDS = Campaign("hands", "A human's hand on the drafts", cells, run, report)
