"""The runner: goes on where it stopped, keeps what failed apart, and writes what it knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from torture import __main__ as command
from torture import outcomes
from torture.campaign import Campaign, Outcome
from torture.outcomes import ROOT, Line, append, fingerprint, load
from torture.page import Section, render
from torture.runner import Order, open_cells, run_cell, run_cells


def cells(seed: int) -> list[str]:
    """Three cells, one of which fails."""
    return [f"{seed}.good", f"{seed}.other", f"{seed}.bad"]


def run(cell: str, folder: Path) -> Outcome:
    """Look at the folder; or fail."""
    if cell.endswith("bad"):
        raise ValueError("planted")
    return {"empty": not list(folder.iterdir()), "wrong": ["lost: Ann"] if cell.endswith("other") else []}


def report(outcomes: Mapping[str, Outcome]) -> str:
    """How many there are."""
    return f"{len(outcomes)} seen"


SAMPLE = Campaign("sample", "A sample", cells, run, report)
AT = "2026-11-22T14:00:00+00:00"


def test_cells_run_in_processes_of_their_own_and_their_lines_are_kept(tmp_path: Path) -> None:
    order = Order(seed=7, workers=1, folder=tmp_path)
    seen: list[str] = []

    run_cells(SAMPLE, cells(7), order, "these", lambda line: seen.append(line.cell))

    lines = load("sample", "these", tmp_path)
    assert sorted(seen) == ["7.bad", "7.good", "7.other"]
    assert lines["7.good"].outcome == {"empty": True, "wrong": []}
    assert lines["7.bad"].error.splitlines()[-1] == "ValueError: planted"


def test_cell_with_an_outcome_is_not_run_again_and_one_that_failed_is(tmp_path: Path) -> None:
    append("sample", Line("1.good", "these", AT, 0.1, {}), tmp_path)
    append("sample", Line("1.bad", "these", AT, 0.1, None, "ValueError"), tmp_path)

    assert open_cells(SAMPLE, Order(folder=tmp_path), "these") == ["1.other", "1.bad"]
    assert open_cells(SAMPLE, Order(folder=tmp_path, only="good"), "these") == []


def test_outcomes_of_other_sources_are_not_used(tmp_path: Path) -> None:
    append("sample", Line("1.good", "others", AT, 0.1, {}), tmp_path)

    assert load("sample", "these", tmp_path) == {}
    assert open_cells(SAMPLE, Order(folder=tmp_path), "these") == cells(1)


def test_sources_of_a_campaign_are_the_program_and_what_plays_it() -> None:
    players = {path.relative_to(ROOT).as_posix() for path in outcomes._players("torture.kills")}

    assert {"torture/kills.py", "torture/dying.py", "tests/mortal.py", "tests/month.py"} <= players
    assert players.isdisjoint({"torture/sheet.py", "torture/page.py", "tests/engine/damage.py"})
    assert {path.name for path in outcomes._players("torture.side_by_side")} >= {
        "quickstart.py",
        "process.py",
    }
    assert fingerprint("torture.kills") != fingerprint("torture.sheet")


def test_line_that_was_half_written_counts_as_not_run(tmp_path: Path) -> None:
    append("sample", Line("1.good", "these", AT, 0.1, {}), tmp_path)
    with (tmp_path / "sample.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"cell": "1.other", "sour')
    append("sample", Line("1.bad", "these", AT, 0.1, {}), tmp_path)

    assert list(load("sample", "these", tmp_path)) == ["1.good", "1.bad"]


def test_counts_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    append("sample", Line("1.good", "these", AT, 0.1, {"kinds": Counter(cut=2)}), tmp_path)

    assert load("sample", "these", tmp_path)["1.good"].outcome == {"kinds": {"cut": 2}}


def test_cell_that_does_not_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torture.runner.LONGEST_CELL", 1)

    line = run_cell(Campaign("endless", "", cells, endless, report), "1.good", "these")

    assert line.outcome is None
    assert line.error.splitlines()[-1].endswith("TooLongError: the cell did not end within 1 seconds")


def endless(_cell: str, _folder: Path) -> Outcome:
    """Never return."""
    while True:
        pass


def test_page_says_what_is_missing_and_what_failed() -> None:
    lines = {
        "1.good": Line("1.good", "these", AT, 30, {"wrong": ["sent twice: ['agenda']"]}),
        "1.bad": Line("1.bad", "these", AT, 30, None, "ValueError: planted"),
    }

    page = render([Section(SAMPLE, cells(1), lines)], ["faults", "world"], seed=1)

    assert "**Not run with these sources: faults, world.**" in page
    assert "Counted on 2026-11-22 with seed 1." in page
    assert page[page.index("## A sample") :].splitlines() == [
        "## A sample",
        "",
        "**Not run in full: 1 of 3 cells are in this section.**",
        "",
        "**1 CELLS ENDED IN AN ERROR: `1.bad`.**",
        "",
        "**1 PROMISES BROKEN: 1.good: sent twice: ['agenda'].**",
        "",
        "1 seen",
        "",
        "Again: `python -m torture sample`; these 2 cells took 1 minutes, one after the other.",
    ]


def test_command_writes_the_page_and_exits_1_while_anything_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "CAMPAIGNS", (SAMPLE,))
    page = tmp_path / "reliability.md"
    append("sample", Line("1.good", fingerprint(__name__), AT, 0.1, {}), tmp_path)

    codes = [command.main(["sample", "--only", "good"], page, tmp_path)]
    codes.append(command.main(["--workers", "1"], page, tmp_path))

    assert codes == [0, 1]
    assert sorted(load("sample", fingerprint(__name__), tmp_path)) == ["1.bad", "1.good", "1.other"]
    assert "2 seen" in page.read_text(encoding="utf-8")
