"""The campaign of the spreadsheet: a draw is kept, and its page says what was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from torture import sheet
from torture.outcomes import append, load
from torture.runner import run_cell

DRAW = "draw 1 of seed 1"


def test_draw_is_kept_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_SCRIPTS", 1)

    line = run_cell(sheet.SHEET, DRAW, "these")
    append("sheet", line, tmp_path)

    assert line.error == ""
    outcome = load("sheet", "these", tmp_path)[DRAW].outcome
    assert outcome is not None
    assert sum(outcome["places"].values()) == 1
    assert sheet.report({DRAW: outcome}).startswith("1 scripts of one to three damages each, ")
