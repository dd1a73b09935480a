"""What became of every mail of a month with a hand on the drafts, and the section of the page about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from community.ledger import Phase
from mails.headers import key_header
from tests.month import Month
from torture.campaign import WRONG, Outcome
from torture.state import State, look, unfinished
from torture.tables import table

SEND, ADDRESS, DISCARD = "send", "address", "discard"

_HOW = {
    Phase.GONE: "as gone",
    Phase.UNCONFIRMED: "as almost surely sent",
    Phase.FAILED: "as failed",
    Phase.WITHDRAWN: "as withdrawn",
}
_WRONGLY = _HOW[Phase.UNCONFIRMED]


def told(month: Month, drafts: Mapping[str, str]) -> bool:
    """Whether the service was ever told the ids of these drafts, by key header."""
    known = {key_header(key): entry.ids.get("draft") for key, entry in month.ledger.view().entries.items()}
    return all(known.get(header) == draft for header, draft in drafts.items())


def accounted(month: Month, expected: State, *, by_design: bool) -> Outcome:
    """What came more often than it should, and how each mail that is lost is shown.

    expected: the same month without a hand. by_design: whether a mail that comes twice breaks no promise.
    """
    state, shown = look(month), _shown(month)
    uncorrected = _uncorrected(month)
    lost = [key for key in expected["phases"] if _of_key(key, state) < _of_key(key, expected)]
    twice = [
        key for key in _all_keys(expected, state) if _of_key(key, state) > max(1, _of_key(key, expected))
    ]
    outcome: Outcome = {
        "duplicates": twice,
        "same subject": _more(state, expected, lambda kind: kind == "mail", least=2),
        "lost": {key: _HOW.get(shown[key], str(shown[key])) for key in lost if key in shown},
        "uncorrected": [key for key in lost if key not in shown and uncorrected(key)],
        "hidden": [key for key in lost if key not in shown and not uncorrected(key)],
        "orphans": state["drafts"],
        "unfinished": unfinished(month),
        "notices": _more(state, expected, lambda kind: kind != "mail", least=1),
    }
    fine = {"lost", "uncorrected"} | ({"duplicates", "same subject"} if by_design else set())
    wrong = [f"{what}: {found}" for what, found in outcome.items() if found and what not in fine]
    return outcome | {WRONG: wrong}


def _uncorrected(month: Month) -> Callable[[str], bool]:
    """Tells of a key whether it is a correction that nobody is owed: what it would correct is gone."""
    entries = month.ledger.view().entries
    gone = [key for key, entry in entries.items() if entry.phase is Phase.GONE]

    def is_uncorrected(key: str) -> bool:
        _, kind, person = key.rpartition("/correction/")
        return bool(kind) and key not in entries and any(person.rpartition("/")[2] in one for one in gone)

    return is_uncorrected


def _all_keys(*states: State) -> list[str]:
    return sorted({key for state in states for key in state["phases"]})


def _of_key(key: str, state: State) -> int:
    """How many mails of a key there are, with anybody."""
    header = key_header(key)
    return sum(mail["key"] == header for mails in state["mails"].values() for mail in mails)


def _more(state: State, expected: State, of: Callable[[str], bool], least: int) -> list[str]:
    """What somebody has more often than expected, and so often at least: by address, kind and subject."""
    got, wanted = (
        Counter(
            f"{address}: {mail['kind']}, {mail['subject']}"
            for address, mails in one["mails"].items()
            for mail in mails
            if of(mail["kind"])
        )
        for one in (state, expected)
    )
    return sorted(what for what in got - wanted if got[what] >= least)


def _shown(month: Month) -> dict[str, Phase]:
    """The keys of which Log says something else than that they were sent, with the ledger's phase."""
    cells = {str(cell) for row in month.rows("Log") for cell in row}
    entries = month.ledger.view().entries
    return {key: one.phase for key, one in entries.items() if key in cells and one.phase is not Phase.SENT}


def report(outcomes: Mapping[str, Outcome]) -> str:
    """The section of the page."""
    seen = [one for one in outcomes.values() if one["found"]]
    rows: list[tuple[str | int, ...]] = [
        (name, *_figures([one for one in seen if belongs(one)])) for name, belongs in _ROWS.items()
    ]
    played = sum(bool(one["done"]) for one in seen)
    return _TEXT.format(
        seen=f"{len(seen):,}", cells=f"{len(outcomes):,}", played=f"{played:,}", table=table(_HEAD, rows)
    )


_ROWS: dict[str, Callable[[Outcome], bool]] = {
    "sends it as it is (refused by Gmail: no recipient)": lambda one: one["deed"] == SEND,
    "types the recipient, sends it": lambda one: one["deed"] == ADDRESS and one["answered"],
    "types the recipient, sends it; its creation was never answered": lambda one: (
        one["deed"] == ADDRESS and not one["answered"]
    ),
    "discards it": lambda one: one["deed"] == DISCARD and one["answered"],
    "discards it; its creation was never answered": lambda one: (
        one["deed"] == DISCARD and not one["answered"]
    ),
}
_HEAD = (
    "the hand",
    "cells with a draft",
    "done",
    "died as well",
    "twice, by key",
    "twice, by address and subject",
    "lost",
    "Log says gone",
    "told wrongly, as almost surely sent",
    "lost, not shown",
    "not corrected later",
    "orphans",
    "unfinished",
    "notices more",
)


def _figures(here: list[Outcome]) -> tuple[int, ...]:
    """A row of the table."""
    lost = Counter(how for one in here for how in one["lost"].values())
    lists = {name: sum(len(one[name]) for one in here) for name in _LISTS}
    return (
        len(here),
        sum(one["done"] for one in here),
        sum(bool(one["died"]) for one in here),
        lists["duplicates"],
        lists["same subject"],
        lost.total() + lists["hidden"],
        lost[_HOW[Phase.GONE]],
        lost[_WRONGLY],
        lists["hidden"],
        lists["uncorrected"],
        lists["orphans"],
        lists["unfinished"],
        lists["notices"],
    )


_LISTS = ("duplicates", "same subject", "hidden", "uncorrected", "orphans", "unfinished", "notices")

_TEXT = """\
In {seen} of {cells} cells a draft was there when the hand came; in the others nothing happened but, in some,
a death. A draft is addressed to nobody until the service sends it, so that Gmail lets nobody send it as it
is. Where the hand could do what it came for, in {played} cells, the month was played to its end, and all of
its mails and notices were counted there.

Somebody who types the recipient into a draft sends the mail in the service's place; it is not made again,
unless the service was never told that the draft was made: then it finds none, makes the mail and sends it,
so that it comes twice. What a hand discards is lost, unless the service was never told of the draft: then it
makes another. Log calls a lost mail "gone"; but when the hand and a death both fall between sending and
Gmail's answer, nothing tells a draft that was discarded from one that has left, and Log says "almost surely
sent", wrongly. Who got, or lost, a mail that Log calls gone gets no correction of what it said: the column
"not corrected later" counts these corrections, which no other column does.

{table}

Found and mended on the way: a draft whose creation was not answered, and that somebody sent before the
service came back, was made and sent once more (tests/workspace/test_gmail.py). Since then drafts have no
recipient."""
