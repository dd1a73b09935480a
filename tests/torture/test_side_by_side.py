"""Months side by side: the counting can count, and the service leaves it nothing to count."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from torture.side_by_side import run
from torture.side_by_side.counts import SHORTCOMINGS
from torture.side_by_side.report import report

NOON = datetime.fromisoformat("2026-11-12T13:00:00+01:00")
NOTHING: dict[str, list[str]] = {kind: [] for kind in SHORTCOMINGS}


def test_service_whose_mails_leave_without_an_answer_sends_each_once(tmp_path: Path) -> None:
    outcome = run("ours: mail answers: seed 1", tmp_path, until=NOON)

    assert {kind: outcome[kind] for kind in SHORTCOMINGS} == NOTHING
    assert outcome["wrong"] == []


def test_quickstart_whose_mails_leave_without_an_answer_is_seen_to_send_them_twice(tmp_path: Path) -> None:
    outcome = run("quickstart: mail answers: seed 1", tmp_path, until=NOON)

    assert {kind: outcome[kind] for kind in SHORTCOMINGS} == NOTHING | {
        "mails twice": ["ask 2026-12 Bob", "welcome  Gus"]
    }


def test_table_adds_up_the_months_of_a_plan_and_says_what_was_not_run() -> None:
    numbers = {"busy": 10, "idle": 2, "runs": 7, "killed": 3, "crashed": 1}
    first = NOTHING | numbers | {"mails twice": ["agenda 2026-11 Ann"], "lost": ["welcome  Gus"]}
    second = NOTHING | numbers | {"mails twice": ["agenda 2026-11 Bob"]}

    lines = report({"quickstart: kill: seed 1": first, "quickstart: kill: seed 2": second}).splitlines()

    kills = "| killed (SIGKILL) at one of the first 20 requests of each run | 2 |"
    assert f"{kills} not run | 2 mails twice, 1 lost | not run | not run |" in lines
    assert "| of them killed |  | not run | 6 | not run | not run |" in lines
