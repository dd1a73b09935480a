"""Damage to the spreadsheet: every kind in every tab, at every moment of a run, and drawn by Hypothesis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.engine.damage import FORMULAS, ODD_TEXTS
from tests.engine.damage_kinds import KINDS
from tests.engine.damaged import AS_ROWS_COME, SCRIPTS, Script, Seen
from tests.engine.harmless import assert_harmless, harm
from torture.campaign import Campaign, Outcome
from torture.long_tab import LONG, long_tab, told_of_long_tab
from torture.sheet_scripts import edits, fixed, texts_of

_CELLS = 12
_SCRIPTS = 20  # in each cell
_AT_EVERY_MOMENT = ("rows sorted", "rows inserted")
_AGENDA_RUN = "as the agenda is due"
_CUT = {
    _AGENDA_RUN: (("Members",), ("Roasts",), ("Requests", "Agenda", "Needs")),
    AS_ROWS_COME: (("Members", "Roasts"), ("Requests",)),
}
_EVERY = ", at every moment "
_FOUND = """\
Found and mended on the way (tests/automations/test_corrections.py and test_hosts.py,
tests/community/test_meetings.py, tests/sheets_schema/test_roasts.py): a host whose row in Members, or whose
month's row in Roasts, was gone for an hour, or a header of Roasts that was typed over, read as "no host", so
that everybody was mailed of a new one afterwards; and a host who had agreed was asked again when that header
or that cell could not be read."""


def cells(number: int) -> list[str]:
    """The long tab, every kind and text, edits at every moment of two runs, and so many draws of the seed."""
    cut = [
        f"{kind} in {' and '.join(tabs)}{_EVERY}{moment}"
        for moment, groups in _CUT.items()
        for tabs in groups
        for kind in _AT_EVERY_MOMENT
    ]
    return [LONG, *fixed(), *cut, *(f"draw {draw} of seed {number}" for draw in range(1, _CELLS + 1))]


def run(cell: str, folder: Path) -> Outcome:
    """Play one cell; a draw that harms raises AssertionError with the smallest script that shows it."""
    if cell == LONG:
        return long_tab(folder)
    if scripts := fixed().get(cell):
        return _outcome([(script, harm(script)) for script in scripts])
    if _EVERY in cell:
        edit, _, moment = cell.partition(_EVERY)
        kind, _, tabs = edit.partition(" in ")
        return _at_every_moment(moment, kind, tabs.split(" and "))
    _, draw, _, _, number = cell.split()
    played: list[tuple[Script, Seen]] = []

    @seed(int(number) * 1_000_000 + int(draw))
    @settings(
        max_examples=_SCRIPTS,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(script=SCRIPTS)
    def play(script: Script) -> None:
        played.append((script, assert_harmless(script)))

    play()
    return _outcome(played) | {"drawn": len(played)}


def _at_every_moment(moment: str, kind: str, tabs: list[str]) -> Outcome:
    """Do the same between any two boundaries of one run; it is not undone, it was meant."""
    played: list[tuple[Script, Seen]] = []
    while not played or played[-1][1].in_the_middle:
        script = Script(moment, edits(tabs, kind), len(played) + 1, undone=False, stands=(0, 20))
        played.append((script, harm(script)))
    return _outcome(played) | {"moments": len(played) - 1}


def _outcome(played: Iterable[tuple[Script, Seen]]) -> Outcome:
    """What was done, counted only where there was something to which it could be done."""
    kinds: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    outcome: Outcome = {"scripts": 0, "in the middle": 0, "named": 0, "wrong": []}
    for script, seen in played:
        done = [
            damage for damage, place in zip(script.damages, seen.places, strict=True) if place is not None
        ]
        kinds.update(damage.kind for damage in done)
        texts.update(name for damage in done for name in texts_of(damage))
        outcome["scripts"] += bool(done)
        outcome["in the middle"] += seen.in_the_middle
        outcome["named"] += bool(seen.problems)
        outcome["wrong"] += [f"{script}: {what}" for what in seen.wrong]
    return outcome | {"kinds": kinds, "texts": texts}


def report(outcomes: Mapping[str, Outcome]) -> str:
    """How many scripts, by kind of damage and by text, and what the long tab showed."""
    counted = [outcome for outcome in outcomes.values() if "kinds" in outcome]
    cut = {cell: outcome["moments"] for cell, outcome in outcomes.items() if "moments" in outcome}
    kinds = sum((Counter(one["kinds"]) for one in counted), Counter[str]())
    texts = sum((Counter(one["texts"]) for one in counted), Counter[str]())
    scripts, middle, named = (
        sum(one[what] for one in counted) for what in ("scripts", "in the middle", "named")
    )
    drawn = sum(one.get("drawn", 0) for one in counted)
    wrong = sum(len(outcome["wrong"]) for outcome in outcomes.values())
    lines = [
        f"{scripts:,} scripts: {drawn:,} drawn, of one to three damages each; in the others every kind of"
        " damage meets every tab and every header, and every text below every tab. In"
        f" {middle:,} of them it was done between two requests or commits of a run, in the others before one."
        " What is half typed is mended after four minutes, a sort or an insertion at every moment stays, and"
        " everything else stands for 50 minutes and four runs, long enough to be acted on. Around it the"
        " agenda and the reminder are due, a request was approved and a host confirmed.",
        "",
        f"{wrong:,} promises broken: nobody but the organizer gets one mail more or less than without the"
        " damage; whoever waits for it waits for a place that the tab Problems names, and so does every"
        " formula that fails; no cell of an organizer's tab changes; no run fails. After"
        f" {named:,} scripts the tab Problems named something.",
        "",
        *_table("damage", "times done", {kind: kinds[kind] for kind in KINDS}),
        "",
        *_table(
            "text or formula in a cell", "times done", {name: texts[name] for name in (*ODD_TEXTS, *FORMULAS)}
        ),
        "",
        *_table("between any two requests or commits of a run", "moments", cut),
    ]
    if long := outcomes.get(LONG):
        lines += ["", told_of_long_tab(long)]
    return "\n".join([*lines, "", _FOUND])


def _table(what: str, figure: str, rows: Mapping[str, int]) -> list[str]:
    return [f"| {what} | {figure} |", "|--|--|", *(f"| {name} | {count:,} |" for name, count in rows.items())]


SHEET = Campaign("sheet", "A damaged spreadsheet", cells, run, report)
