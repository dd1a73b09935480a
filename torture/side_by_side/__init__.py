"""Side by side: the same month and the same faults for the service and for what one would otherwise write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from torture.campaign import WRONG, Campaign, Outcome
from torture.script import END
from torture.side_by_side.counts import SHORTCOMINGS, count
from torture.side_by_side.plans import PLANS
from torture.side_by_side.played import Played
from torture.side_by_side.programs import PROGRAMS
from torture.side_by_side.report import report


def cells(seed: int) -> Sequence[str]:
    """A month per program, plan and seed: "ours: kill: seed 1"."""
    return [
        f"{program.file}: {plan.name}: seed {seed + more}"
        for plan in PLANS
        for more in range(plan.seeds)
        for program in PROGRAMS
    ]


def run(cell: str, folder: Path, until: datetime = END) -> Outcome:
    """Play one month up to `until` and count. What the service did wrong is a broken promise."""
    file, name, seed = cell.split(": ")
    program = next(one for one in PROGRAMS if one.file == file)
    plan = next(one for one in PLANS if one.name == name)
    with Played(folder, program, plan, int(seed.removeprefix("seed ")), until) as month:
        month.play()
        outcome = count(month, until)
    if program is PROGRAMS[0]:
        outcome[WRONG] = [f"{kind}: {what}" for kind in SHORTCOMINGS for what in outcome[kind]]
    return outcome


CAMPAIGN = Campaign("side-by-side", "Side by side with what one would otherwise write", cells, run, report)
