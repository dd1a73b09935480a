"""Kills: the service dies at every point of the month, around each request and each commit of the ledger.

In this process every point, by an exception that nothing catches; and a random part of the points by a real
SIGKILL of the real program.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.mortal import RESTART_AFTER, MortalMonth
from torture.campaign import Campaign, Outcome
from torture.killed import come_to_rest, is_sampled, judged
from torture.killed_figures import summary
from torture.killed_process import Ended, recover, run_process
from torture.late import LateMonth
from torture.reference import Moment, Reference, reference
from torture.tables import table

SIGKILLS = 320
SIGKILL = " SIGKILL"
ONE_IN = 16  # of the cells are played to the end of the month in any case


@dataclass(frozen=True, slots=True)
class Deaths:
    """Where the process dies: points, counted on through the restarts; seconds until it is started again.

    late: whether a request that it died right before is carried out all the same, later.
    """

    at: frozenset[int]
    restart_after: int = RESTART_AFTER
    late: bool = False


def cells(seed: int) -> list[str]:
    """Every point of every tick, as "tick.point", and SIGKILLS of them once more for the real process."""
    every = [
        f"{moment.number:03}.{point:03}"
        for moment in reference().moments
        for point in range(1, len(moment.points) + 1)
    ]
    chosen = Random(f"kills {seed}").sample(every, min(SIGKILLS, len(every)))  # noqa: S311 (a draw, no secret)
    return [*every, *(cell + SIGKILL for cell in sorted(chosen))]


def run(cell: str, folder: Path) -> Outcome:
    """Die at one point, start again, come to rest."""
    ref = reference()
    number, point = map(int, cell.removesuffix(SIGKILL).split("."))
    moment = ref.moments[number]
    ref.restore(moment, folder)
    to_the_end = is_sampled(cell, ONE_IN)
    if cell.endswith(SIGKILL):
        return really_died(ref, moment, point, folder, to_the_end=to_the_end)
    return died(ref, moment, Deaths(frozenset({point})), folder, to_the_end=to_the_end)


def died(ref: Reference, moment: Moment, deaths: Deaths, folder: Path, *, to_the_end: bool) -> Outcome:
    """Live through a restored moment and die at the given points.

    AssertionError when the first of them is not the point that the moment names.
    """
    month = (LateMonth if deaths.late else MortalMonth)(folder, die_at=deaths.at, now=moment.at)
    month.restart_after = deaths.restart_after
    try:
        month.tick()
        due = come_to_rest(month)
        at = list(month.deaths)
        assert at[:1] == [moment.points[min(deaths.at) - 1]], f"died {at}"
        arrived = {"arrived": month.arrived} if isinstance(month, LateMonth) else {}
        return {"at": at} | arrived | judged(month, ref, moment, due, to_the_end=to_the_end)
    finally:
        month.close()


def really_died(ref: Reference, moment: Moment, point: int, folder: Path, *, to_the_end: bool) -> Outcome:
    """The same with `main.py run` as a process, a real SIGKILL at the point, and new processes after it.

    They must leave nothing to do: one more tick, in this process, ends nothing. AssertionError when it does,
    and when the process was not killed, or not where this process would have died.
    """
    month = MortalMonth(folder, now=moment.at)
    try:
        month.ledger.close()
        killed = run_process(month, point)
        assert killed == Ended(-signal.SIGKILL, moment.points[point - 1]), killed
        codes = recover(month)
        due = come_to_rest(month, ticks=1)
        outcome = judged(month, ref, moment, due, to_the_end=to_the_end)
        return {"at": [killed.last], "exits": [killed.code, *codes]} | outcome
    finally:
        month.close()


def report(outcomes: Mapping[str, Outcome]) -> str:
    """The section of the page."""
    here = {cell: one for cell, one in outcomes.items() if not cell.endswith(SIGKILL)}
    really = {cell: one for cell, one in outcomes.items() if cell.endswith(SIGKILL)}
    points = Counter(_side(one["at"][0]) for one in here.values())
    return "\n".join(
        [
            _METHOD,
            "",
            table(("where the process died", "points"), sorted(points.items())),
            "",
            summary({"in one process": here, "by SIGKILL of `main.py run`": really}),
            "",
            _FOUND,
        ]
    )


_METHOD = """\
The month is played once without a death: members, hosts, going live, approvals and a decline, Discord
invites, agendas, reminders, a moved meeting, a skipped one, a change in Settings that the gate stops,
people who leave, pause and come back, a host who cannot. Before each of its ticks everything is copied:
spreadsheet, calendar, mailboxes, ledger.

A cell restores the copy, runs the tick, dies at its point, starts again 61 seconds later and ticks until
nothing is under way; after a real SIGKILL processes do that alone, and one tick more must find nothing to
do. Then everything is held against the month without a death. If all is equal, the rest of the month is the
same program on the same state, and is not played again. That this shortcut hides nothing is checked on a
sample that is played to the end whatever it looks like.

No points are: the request for a new access token, which comes by the real clock and changes nothing; the
commits with which a ledger is opened, and the daily copy's renaming, which come before anything is done."""


_FOUND = """\
Found and mended on the way (tests/engine/test_kill.py): after a death right before an update of an event
left, the guests in it were invited a day later; and what only had to be written down was written in two
steps, so that a death between them left the approved request of somebody who is a member already reading as
if they had been added, and somebody's leaving as if it never ended. Nobody was sent anything for it."""


def _side(point: str) -> str:
    """Which side of which boundary a point is on."""
    when, _, what = point.partition(" ")
    if what == "a commit":
        return f"{when} a commit of the ledger"
    return (
        "before a request left" if when == "before" else "after a request was carried out, without its answer"
    )


KILLS = Campaign("kills", "Killed once, at every point", cells, run, report)
