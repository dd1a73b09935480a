"""Hands: somebody sends or discards our drafts in Gmail at random moments, while the service also dies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import requests

from mails.headers import KEY_HEADER
from tests.month import ORGANIZER, Mail
from tests.mortal import MortalMonth
from torture.campaign import Campaign, Outcome
from torture.hands_account import ADDRESS, DISCARD, SEND, accounted, report, told
from torture.killed import come_to_rest
from torture.play import play
from torture.reference import Moment, Reference, reference

COUNT = 400
DEEDS = (SEND, ADDRESS, ADDRESS, DISCARD, DISCARD)  # Gmail refuses the first, always
_LATER = 6  # points between the hand and a death, at most
_CODE = re.compile(r'Settings: (type "[^"]+") beside')
_SETTLED = timedelta(minutes=15)


def cells(seed: int) -> list[str]:
    """Draws as "tick.point deed" or "tick.point deed death": where the hand acts, and where the process dies.

    One in four hands comes to a draft whose creation is never answered, two while a draft waits to be sent,
    one at any point of a tick that mails.
    """
    draw = Random(f"hands {seed}")  # noqa: S311 (a draw, no secret)
    moments = [moment for moment in reference().moments if "after POST drafts" in moment.points]
    found: dict[str, None] = {}
    while len(found) < COUNT:
        moment, deed, way = draw.choice(moments), draw.choice(DEEDS), draw.random()
        if way < 0.25:
            point = draw.choice(_places(moment, "after POST drafts"))
            death = point + draw.randint(0, 1)
        else:
            point = draw.choice(_waiting(moment)) if way < 0.75 else draw.randint(1, len(moment.points))
            death = max(1, point + draw.randint(-1, _LATER)) if draw.random() < 0.6 else 0
        found[f"{moment.number:03}.{point:03} {deed}" + (f" {death:03}" if death else "")] = None
    return list(found)


def _places(moment: Moment, name: str) -> list[int]:
    return [point for point, what in enumerate(moment.points, 1) if what == name]


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

    meant_for: addresses by key header, which whoever types a recipient knows. found: how many drafts the hand
    found; done: key headers and ids of those with which the deed could be done.
    """

    def __init__(
        self, folder: Path, hand: Hand, die_at: set[int], moment: Moment, meant_for: Mapping[str, str]
    ) -> None:
        self.found = 0
        self.done: dict[str, str] = {}
        self._hand = hand
        self._meant_for = meant_for
        super().__init__(folder, die_at=die_at, now=moment.at)

    def point(self, what: str) -> None:
        """The hand acts just before the process passes its point, or dies at it."""
        if self._ticking and len(self.points) + 1 == self._hand.point:
            self.act()
        super().point(what)

    def mails(self, to: str | None = None) -> list[Mail]:
        """As ever; but the organizer also reads the codes in Today: a hand may have discarded the mail."""
        read = "\n".join(str(cell) for row in self.rows("Today") for cell in row) if to == ORGANIZER else ""
        codes = (f"{code} into the tab Settings" for code in _CODE.findall(read))
        return super().mails(to) + [Mail(ORGANIZER, "", "", code, {}) for code in codes]

    def act(self) -> None:
        """Do the deed to every draft that is there."""
        drafts = self.drafts()
        self.found = len(drafts)
        for draft in drafts:
            header = draft["headers"][KEY_HEADER]
            way = DISCARD if self._hand.deed == DISCARD else SEND
            body = {"to": self._meant_for[header]} if self._hand.deed == ADDRESS else None
            if requests.post(f"{self.base}/local/drafts/{draft['id']}/{way}", json=body, timeout=30).ok:
                self.done[header] = draft["id"]


def run(cell: str, folder: Path) -> Outcome:
    """Let the hand act and the process die, come to rest, and account for every mail."""
    ref = reference()
    place, deed, *death = cell.split()
    number, point = map(int, place.split("."))
    moment = ref.moments[number]
    ref.restore(moment, folder)
    return handled(ref, moment, Hand(point, deed), set(map(int, death)), folder)


def handled(ref: Reference, moment: Moment, hand: Hand, die_at: set[int], folder: Path) -> Outcome:
    """The same for a restored moment. Where the deed could be done, the month is played to its end."""
    end = ref.end()
    meant_for = {
        mail["key"]: address for address, mails in end["mails"].items() for mail in mails if mail["key"]
    }
    month = _Handled(folder, hand, die_at, moment, meant_for)
    try:
        month.tick()
        due = come_to_rest(month)
        knew = told(month, month.done)
        seen: Outcome = {
            "deed": hand.deed,
            "found": month.found,
            "done": len(month.done),
            "answered": knew,
            "died": list(month.deaths),
        }
        if month.done:
            play(month, ref.steps, first=moment.steps, due=due)
            return seen | accounted(month, end, by_design=hand.deed == ADDRESS and not knew)
        found = accounted(month, ref.state_after(moment), by_design=False)
        if found["hidden"]:  # after a death it may wait once more until what was typed has settled
            month.run_until(month.now + _SETTLED)
            found = accounted(month, ref.state_after(moment), by_design=False)
        return seen | found
    finally:
        month.close()


HANDS = Campaign("hands", "A human's hand on the drafts", cells, run, report)
