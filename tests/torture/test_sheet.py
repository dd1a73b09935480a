"""The campaign of the spreadsheet: a draw is kept, only what was done counts, and the page says it."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from sheets_schema.sheet import ORGANIZER_TABS, SERVICE_TABS
from tests.engine.damage import FORMULAS, ODD_TEXTS, Damage, Place
from tests.engine.damage_kinds import EVERYWHERE, KINDS, SERVICE_KINDS, TEXT_KINDS
from tests.engine.damaged import Script, Seen
from torture import sheet
from torture.outcomes import append, load
from torture.runner import run_cell
from torture.sheet_scripts import fixed

DRAW = "draw 1 of seed 1"


def test_draw_is_kept_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_SCRIPTS", 1)

    line = run_cell(sheet.SHEET, DRAW, "these")
    append("sheet", line, tmp_path)

    assert line.error == ""
    outcome = load("sheet", "these", tmp_path)[DRAW].outcome
    assert outcome is not None
    assert outcome["wrong"] == []
    assert f"{outcome['scripts']} scripts: 1 drawn, of one to three damages" in sheet.report({DRAW: outcome})


def test_every_kind_and_text_meets_every_tab() -> None:
    damages = [damage for scripts in fixed().values() for script in scripts for damage in script.damages]

    kinds = {(damage.kind, damage.tab) for damage in damages}
    texts = {(damage.text, damage.tab) for damage in damages if damage.kind in TEXT_KINDS}
    assert kinds >= set(product(KINDS.keys() - EVERYWHERE, ORGANIZER_TABS))
    assert kinds >= set(product(SERVICE_KINDS, SERVICE_TABS))
    assert texts == set(product([*ODD_TEXTS.values(), *FORMULAS.values()], ORGANIZER_TABS))


def test_what_could_not_be_done_does_not_count() -> None:
    merged, typed = Damage("cells merged", "Log", 1, 1), Damage("odd text in a cell", "Needs", 2, 1, "@here")
    script = Script("between", (merged, typed), 7)

    outcome = sheet._outcome([(script, Seen(places=[None, Place("Needs", 2, "Who asks")]))])

    assert outcome == {
        "scripts": 1,
        "in the middle": 0,
        "named": 0,
        "wrong": [],
        "kinds": Counter({"odd text in a cell": 1}),
        "texts": Counter({"@here": 1}),
    }
