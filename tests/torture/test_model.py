"""The walks' section of the page, and what one tick may do to people."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.engine.model import Outside, Typed, too_much
from torture.model import cells, report

NOW = datetime.fromisoformat("2026-11-12T09:00:00+01:00")
START = NOW + timedelta(hours=30)
SIX = frozenset("abcdef")
TYPED = Typed(NOW, {}, [], {}, {})
BEFORE = Outside({"2026-11.g0": START}, {"2026-11.g0": SIX}, frozenset(), {"a": 12})


def test_cells_are_named_by_walk_and_seed() -> None:
    assert cells(7)[:2] == ["walk 1 of seed 7", "walk 2 of seed 7"]
    assert len(set(cells(7))) == 24


def test_report_adds_up() -> None:
    one = {"scripts": 8, "steps": 150, "ticks": 1_000, "mails": 40, "blow: a death": 3}
    other = {"scripts": 8, "steps": 152, "ticks": 900, "mails": 50, "blow: the fault 503": 2}

    page = report({"walk 1 of seed 1": one, "walk 2 of seed 1": other}).splitlines()

    assert page[0] == "16 scripts of up to 20 steps: 302 steps, 1,900 ticks, 90 mails and notices looked at."
    assert page[4:6] == ["| a death | 3 |", "| the fault 503 | 2 |"]


def test_too_much_of_nothing() -> None:
    assert too_much(BEFORE, BEFORE, TYPED) == []


def test_too_much_is_what_the_gate_stops() -> None:
    moved = {"2026-11.g0": NOW + timedelta(hours=23)}
    after = Outside(moved, {"2026-11.g0": frozenset("ab")}, SIX, {"a": 13})

    found = too_much(BEFORE, after, TYPED)

    assert found == [
        "4 of 6 guests of 2026-11.g0 were taken off",
        "2026-11.g0 was moved at short notice",
        "6 people heard of us for the first time",
        "a got more than 12 mails this month",
    ]
