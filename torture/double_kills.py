"""Double kills: the service dies at a random point of the month, and once more while it recovers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from random import Random

from torture.campaign import Campaign, Outcome
from torture.killed import is_sampled
from torture.killed_figures import summary
from torture.kills import Deaths, died
from torture.reference import reference

COUNT = 2_000
LATE = 200  # of the cells: the request that died at first arrives all the same, after half a minute
ONE_IN = 25  # of the cells are played to the end of the month in any case
PAUSES = (1, 61)  # seconds until the process is started again, by a supervisor or by cron
_ARRIVING = re.compile(r"before (PUT|POST (?!values:batchUpdate|%27Log))")
READING = 4  # points that a tick passes before it does anything; a recovery passes them in any case


def cells(seed: int) -> list[str]:
    """Draws as "tick.point+later pause": the second death comes so many points after the first.

    "... late" where what the process died right before at first is carried out all the same.
    """
    draw = Random(f"double kills {seed}")  # noqa: S311 (a draw, no secret)
    every = [(moment, point) for moment in reference().moments for point in range(1, len(moment.points) + 1)]
    leaving = [(moment, point) for moment, point in every if _ARRIVING.match(moment.points[point - 1])]
    found: dict[str, None] = {}
    while len(found) < COUNT:
        is_late = len(found) < LATE
        moment, point = draw.choice(leaving if is_late else every)
        later = draw.randint(1, len(moment.points) - point + READING)
        name = f"{moment.number:03}.{point:03}+{later} {draw.choice(PAUSES)}"
        found[f"{name} late" if is_late else name] = None
    return list(found)


def run(cell: str, folder: Path) -> Outcome:
    """Die, start again, die again, start again, come to rest."""
    ref = reference()
    place, pause, *late = cell.split()
    number, point, later = map(int, re.split(r"[.+]", place))
    moment = ref.moments[number]
    ref.restore(moment, folder)
    deaths = Deaths(frozenset({point, point + later}), int(pause), bool(late))
    return died(ref, moment, deaths, folder, to_the_end=is_sampled(cell, ONE_IN))


def report(outcomes: Mapping[str, Outcome]) -> str:
    """The section of the page."""
    twice = sum(len(outcome["at"]) > 1 for outcome in outcomes.values())
    late = {cell: one for cell, one in outcomes.items() if "arrived" in one}
    groups = {
        "killed twice": {cell: one for cell, one in outcomes.items() if cell not in late},
        "killed twice, the request arrives late": late,
    }
    taken = sum(200 <= (one["arrived"] or 0) < 300 for one in late.values())
    return "\n".join(
        [
            _METHOD.format(twice=f"{twice:,}", late=f"{len(late):,}", taken=f"{taken:,}"),
            "",
            summary({name: cells for name, cells in groups.items() if cells}),
        ]
    )


_METHOD = f"""\
A point of the month at random, and a second one at random among those that follow the restart, which comes
{PAUSES[0]} or {PAUSES[1]} seconds after a death. The process died twice in {{twice}} of the cells; the others
did not reach the second point.

In {{late}} cells the process dies at first right before a request leaves that makes, changes or sends
something, and that request is carried out all the same, 30 seconds after the death: before the restart, or
29 seconds after it. Google took {{taken}} of them; the others it refused, because what they ask for had been
done by then. Lines for Log are not among them: those that arrive after a restart stand there twice, under the
same Ledger and Number, and are read as one."""


DOUBLE_KILLS = Campaign("double-kills", "Killed again during recovery", cells, run, report)
