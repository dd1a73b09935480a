"""A few cells of the fault matrix, and planted endings that it must not overlook."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest

from torture.fault_endings import ENDINGS, ending
from torture.fault_month import Seen, undisturbed
from torture.fault_sentences import UNHEARD
from torture.faults import FAULTS_CAMPAIGN, TARGETS, cells, differences, spoiled

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


def test_every_row_of_the_endings_is_the_right_one_of_some_cells() -> None:
    used = {ending(*cell.split(": ")) for cell in cells(1)} - {None}

    assert used == set(ENDINGS)
    assert len(set(ENDINGS)) == len(ENDINGS)


def test_no_cell_has_two_endings() -> None:
    claimed = Counter(
        (name, fault, times)
        for row in ENDINGS
        for name in row.names
        for fault in row.faults
        for times in row.times
    )

    assert [cell for cell, rows in claimed.items() if rows > 1] == []
    assert {": ".join(cell) for cell in claimed} <= set(cells(1))


def test_each_silence_is_of_a_target() -> None:
    names = {target.name for target in TARGETS} | {target.method for target in TARGETS}

    assert {name for name, _ in UNHEARD} <= names


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
        "busiest": 2,
        "ticks": 8,
        "sentence": "Not done yet",
        "unconfirmed": 1,
        "why": "",
        "wrong": [],
    }

    lines = FAULTS_CAMPAIGN.report(
        {
            "gmail.users.drafts.send: html: once": outcome,
            "gmail.users.drafts.send: html: always": outcome | {"unconfirmed": 2, "busiest": 1203},
        }
    ).splitlines()

    assert "| gmail.users.drafts.send | 2 | 1,203 | 1 | 3 |" in lines
    assert lines[-1] == "2 cells, 0 of them with a broken promise."
