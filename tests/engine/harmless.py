"""Whether a damaged spreadsheet harmed anybody: held against the same days without the damage."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sheets_schema.roasts import NO_MEETING
from sheets_schema.sheet import TABS
from tests.engine.damage import FAILING, FORMULAS, Place
from tests.engine.damaged import SHORT, Received, Script, Seen, play

_FAILING = {FORMULAS[name] for name in FAILING}
_REASON = NO_MEETING.header
_GENERATION = re.compile(r"\.g\d+/")
_READ = {
    (tab.title, column.header)
    for tab in TABS
    for column in tab.columns
    if column.is_read and column.kind.number_format != "TEXT"  # where a formula stays a text
}


def assert_harmless(script: Script) -> Seen:
    """Play a script; fails when anybody is worse off for the damage."""
    seen = harm(script)
    assert seen.wrong == []
    return seen


def harm(script: Script) -> Seen:
    """Play a script; what is `wrong` then also says who is worse off for the damage, and what waits while
    nothing is said about the place."""
    with TemporaryDirectory() as folder:
        seen = play(Path(folder), script)
    without = undisturbed(script.moment, script.minutes)
    got, owed = _judged(script, seen, seen.received), _judged(script, seen, without.received)
    seen.wrong += [f"lost: {what}" for what in sorted(owed - got)]
    seen.wrong += [f"too much: {what}" for what in sorted(got - owed)]
    late = _judged(script, seen, without.meanwhile) - _judged(script, seen, seen.meanwhile)
    seen.wrong += _unnamed(script, seen, late)
    if not script.undone:
        seen.wrong += [
            f"{tab}: {rows}"
            for tab, rows in seen.rows.items()
            if sorted(filter(None, rows)) != sorted(filter(None, without.rows[tab]))
        ]
    return seen


@cache
def undisturbed(moment: str, minutes: tuple[int, ...]) -> Seen:
    """What is seen when nobody damages anything, with runs at the same times."""
    with TemporaryDirectory() as folder:
        seen = play(Path(folder), Script(moment, (), stands=minutes))
    assert seen.wrong == []
    return seen


def _judged(script: Script, seen: Seen, received: Received) -> Received:
    """What must be the same: subjects, too, unless a text stood long enough to be meant."""
    cancels = _cancels(script, seen)
    judged: Received = Counter()
    for (to, what, subject), count in received.items():
        if not cancels or "/agenda/" in what or "/reminder/" in what:
            name = _GENERATION.sub(".g0/", what) if cancels else what
            judged[to, name, "" if script.rewords else subject] += count
    return judged


def _cancels(script: Script, seen: Seen) -> bool:
    """Whether a text stood as a reason for no meeting: it is rightly cancelled, and made anew."""
    return script.rewords and any(place and place.header == _REASON for place in seen.places)


def _unnamed(script: Script, seen: Seen, late: Received) -> list[str]:
    """Of one damage: whoever waits for it waits for a place that is named, and so is a failing formula."""
    if (
        len(script.damages) != 1
        or seen.places[0] is None
        or script.minutes == SHORT
        or _cancels(script, seen)
    ):
        return []  # what is half typed waits to be settled
    place = seen.places[0]
    named = any(_names(problem, place) for problem in seen.problems)
    fails = script.damages[0].text in _FAILING and (place.tab, place.header) in _READ
    if named or not (late or fails):
        return []
    return [f"not named: {place}; late: {sorted(late)}; named: {seen.problems}"]


def _names(problem: Place, place: Place) -> bool:
    """Whether a line of Problems names a place; of a whole tab or column, anything in it."""
    in_its_row = place.row in {None, 1, problem.row}
    return problem.tab == place.tab and in_its_row and place.header in {"", problem.header}
