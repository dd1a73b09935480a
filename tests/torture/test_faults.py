"""A few cells of the fault matrix, and planted endings that it must not overlook."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from torture.fault_month import Seen, undisturbed
from torture.faults import FAULTS_CAMPAIGN, cells, differences, spoiled

AGAIN = "It is tried again."


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the prepared months of this file are kept."""
    return tmp_path_factory.mktemp("scenes")


@pytest.mark.parametrize(
    ("cell", "unconfirmed", "sentence"),
    [
        (
            "gmail.users.drafts.send: closeAfter: once",
            1,
            "Not done yet: Gmail said: the connection was lost before an answer came; what became of it is"
            f" found out in a minute. {AGAIN}",
        ),
        (
            "gmail.users.drafts.delete: 404: once",
            0,
            f"Not done yet: Gmail said: Requested entity was not found. {AGAIN}",
        ),
        (
            "calendar.events.delete: 410: once",
            0,
            f"Not done yet: Google Calendar said: Resource has been deleted. {AGAIN}",
        ),
        (
            "calendar.events.update: 410: once",
            0,
            f"Not done yet: Google Calendar said: Resource has been deleted. {AGAIN}",
        ),
    ],
)
def test_cell_ends_as_a_month_without_a_fault(
    scenes: Path, tmp_path: Path, cell: str, unconfirmed: int, sentence: str
) -> None:
    outcome = spoiled(cell, tmp_path, scenes)

    assert cell in cells(1)
    assert outcome["wrong"] == []
    assert (outcome["unconfirmed"], outcome["sentence"], outcome["why"]) == (unconfirmed, sentence, "")


def test_second_mail_and_a_lost_one_are_found(scenes: Path) -> None:
    usual = undisturbed("mail", scenes)
    seen = Seen(state=deepcopy(usual.state))
    seen.state["mails"]["ann@example.org"] += seen.state["mails"]["ann@example.org"][-1:]
    subject = seen.state["mails"].pop("bob@example.org")[-1]["subject"]

    found = differences(seen, usual)

    assert [what.split(",")[0] for what in found if subject in what] == [
        "twice: ann@example.org",
        "less: bob@example.org",
    ]


def test_report_counts_by_method() -> None:
    outcome = {
        "requests": 4,
        "ticks": 8,
        "sentence": "Not done yet",
        "unconfirmed": 1,
        "why": "",
        "wrong": [],
    }

    lines = FAULTS_CAMPAIGN.report(
        {
            "gmail.users.drafts.send: html: once": outcome,
            "gmail.users.drafts.send: html: always": outcome | {"unconfirmed": 2, "requests": 1203},
        }
    ).splitlines()

    assert "| gmail.users.drafts.send | 2 | 1,203 | 1 | 3 |" in lines
    assert lines[-1] == "2 cells, 0 of them with a broken promise."
