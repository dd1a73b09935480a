"""Damage to the spreadsheet: drawn by Hypothesis, before a run or in its middle, mended within the hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.engine.damage import KINDS, Damage, Hand
from tests.engine.damaged import SCRIPTS, Script, assert_harmless
from tests.month import Month
from torture.campaign import Campaign, Outcome

_CELLS = 12
_SCRIPTS = 20  # in each cell
_LONG = "a tab of 20,000 rows"
_AT_EVERY_MOMENT = ("rows sorted", "rows inserted")
_TABS = ("Members", "Roasts")
_ROWS = 20_000
_FOUND = """\
Found and mended on the way (tests/automations/test_corrections.py, tests/sheets_schema/test_roasts.py): a
host whose row in Members was gone for an hour, or a header of Roasts that was typed over, read as "no
host", so that everybody was mailed of a new one, or a host who had agreed was asked again."""


def cells(number: int) -> list[str]:
    """The long tab, edits at every moment of a run, and so many draws of the seed."""
    edits = [f"{tab}: {kind} at every moment" for tab in _TABS for kind in _AT_EVERY_MOMENT]
    return [_LONG, *edits, *(f"draw {draw} of seed {number}" for draw in range(1, _CELLS + 1))]


def run(cell: str, folder: Path) -> Outcome:
    """Play the scripts of one cell; AssertionError, with the smallest script that shows it, on any harm."""
    if cell == _LONG:
        return _long_tab(folder)
    if cell.endswith(" at every moment"):
        tab, _, kind = cell.removesuffix(" at every moment").partition(": ")
        return _at_every_moment(kind, tab)
    _, draw, _, _, number = cell.split()
    kinds: Counter[str] = Counter()
    places: Counter[str] = Counter()
    named = 0

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
        nonlocal named
        seen = assert_harmless(script)
        named += seen.problems > 0
        kinds.update(damage.kind for damage in script.damages)
        places["in the middle of a run" if script.point else "before a run"] += 1

    play()
    return {"kinds": kinds, "places": places, "named": named}


def report(outcomes: Mapping[str, Outcome]) -> str:
    """How many scripts, by kind of damage, and what the long tab showed."""
    drawn = [outcome for outcome in outcomes.values() if "kinds" in outcome]
    edited = {cell: outcome["moments"] for cell, outcome in outcomes.items() if "moments" in outcome}
    kinds = sum((Counter(one["kinds"]) for one in drawn), Counter[str]())
    places = sum((Counter(one["places"]) for one in drawn), Counter[str]())
    named = sum(one["named"] for one in drawn)
    lines = [
        f"{sum(places.values()):,} scripts of one to three damages each, {places['before a run']:,} done"
        f" before a run and {places['in the middle of a run']:,} between two requests of one; what is half"
        " typed is mended after four minutes, everything else stands for 50 minutes and four runs. Each"
        " script holds the agenda, the reminder, an approved request and a confirmed host.",
        "",
        "Nobody but the organizer got one mail more or less than without the damage; no cell of an"
        f" organizer's tab changed; no run failed. After {named:,} scripts the tab Problems named something.",
        "",
        "| damage | times |",
        "|--|--|",
        *(f"| {kind} | {kinds[kind]:,} |" for kind in KINDS),
    ]
    lines += ["", "| between any two requests or commits of the agenda's run | moments |", "|--|--|"]
    lines += [f"| {cell.removesuffix(' at every moment')} | {moments} |" for cell, moments in edited.items()]
    if long := outcomes.get(_LONG):
        lines += [
            "",
            f"A Members tab of {_ROWS:,} rows, every second one unreadable: {long['people']:,} people found,"
            f" {long['problems']:,} lines in Problems, {long['requests']} requests, no cell changed.",
        ]
    return "\n".join([*lines, "", _FOUND])


def _at_every_moment(kind: str, tab: str) -> Outcome:
    """Do the same between any two boundaries of one run."""
    point = 1
    while assert_harmless(
        Script("as the agenda is due", (Damage(kind, tab, 3, 2, ""),), point)
    ).in_the_middle:
        point += 1
    return {"moments": point - 1}


def _long_tab(folder: Path) -> Outcome:
    """Show what a run makes of 20,000 members, half of whom have no readable address."""
    with Month(folder) as month:
        _append(month, [["", f"M {n}", f"m{n}@example.org" if n % 2 else "nobody"] for n in range(_ROWS)])
        before = Hand(month).cells()
        month.forget_requests()

        tick = month.tick()

        asked = month.asked()
        after = Hand(month).cells()
        changed = [tab for tab, rows in before.items() if after[tab][: len(rows)] != rows]
        return {
            "people": len(tick.community.people),
            "problems": len(month.rows("Problems")) - 1,
            "requests": len(asked),
            "wrong": [f"a cell of {tab} changed" for tab in changed],
        }


def _append(month: Month, rows: list[list[Any]]) -> None:
    token = month.local("GET", "/local/token")["access_token"]
    reply = requests.post(
        f"{month.base}/v4/spreadsheets/{month.id}/values/Members!A1:append",
        params={"valueInputOption": "RAW"},
        json={"values": rows},
        headers={"Authorization": f"Bearer {token}"},
        timeout=120,
    )
    assert reply.ok, reply.text[:500]


SHEET = Campaign("sheet", "A damaged spreadsheet", cells, run, report)
