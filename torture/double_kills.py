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
ONE_IN = 25  # of the cells are played to the end of the month in any case
PAUSES = (1, 61)  # seconds until the process is started again, by a supervisor or by cron
READING = 4  # points that a tick passes before it does anything; a recovery passes them in any case


def cells(seed: int) -> list[str]:
    """Draws as "tick.point+later pause": the second death comes so many points after the first."""
    draw = Random(f"double kills {seed}")  # noqa: S311 (a draw, no secret)
    moments = reference().moments
    every = [(moment, point) for moment in moments for point in range(1, len(moment.points) + 1)]
    found: dict[str, None] = {}
    while len(found) < COUNT:
        moment, point = draw.choice(every)
        later = draw.randint(1, len(moment.points) - point + READING)
        found[f"{moment.number:03}.{point:03}+{later} {draw.choice(PAUSES)}"] = None
    return list(found)


def run(cell: str, folder: Path) -> Outcome:
    """Die, start again, die again, start again, come to rest."""
    ref = reference()
    place, pause = cell.split()
    number, point, later = map(int, re.split(r"[.+]", place))
    moment = ref.moments[number]
    ref.restore(moment, folder)
    deaths = Deaths(frozenset({point, point + later}), int(pause))
    return died(ref, moment, deaths, folder, to_the_end=is_sampled(cell, ONE_IN))


def report(outcomes: Mapping[str, Outcome]) -> str:
    """The section of the page."""
    twice = sum(len(outcome["at"]) > 1 for outcome in outcomes.values())
    return "\n".join(
        [
            "A point of the month at random, and a second one at random among those that follow the restart,",
            f"which comes {PAUSES[0]} or {PAUSES[1]} seconds after a death.",
            f"The process died twice in {twice:,} of the cells; the others did not reach the second point.",
            "",
            summary({"killed twice": outcomes}),
        ]
    )


DOUBLE_KILLS = Campaign("double-kills", "Killed again during recovery", cells, run, report)
