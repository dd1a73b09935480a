"""A hand on the drafts: what it may do without harm, and what the page must count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.torture.test_kills import moment_of, place
from torture import hands
from torture.reference import Reference


def handled(day: Reference, folder: Path, deed: str, at: str, death: str = "") -> dict[str, Any]:
    """What comes of a deed at a point of the tick that declines Hal, with a death or without."""
    moment = moment_of(day, "Hal is declined", "before POST send")
    day.restore(moment, folder)
    die_at = {place(moment, death)} if death else set()
    return hands.handled(day, moment, hands.Hand(place(moment, at), deed), die_at, folder)


@pytest.mark.parametrize(
    ("deed", "death", "lost"),
    [
        ("send", "before POST send", []),
        ("discard", "", ["as gone"]),
        ("discard", "before POST send", ["as almost surely sent"]),
        ("address", "", []),
        ("address", "before POST send", []),
    ],
)
def test_hand_on_a_draft_brings_nothing_twice_and_shows_what_is_lost(
    day: Reference, tmp_path: Path, deed: str, death: str, lost: list[str]
) -> None:
    outcome = handled(day, tmp_path, deed, "before POST send", death)

    assert (outcome["found"], outcome["done"], outcome["answered"]) == (1, 0 if deed == "send" else 1, True)
    assert outcome["died"] == ([death] if death else [])
    assert list(outcome["lost"].values()) == lost
    assert (outcome["duplicates"], outcome["same subject"], outcome["wrong"]) == ([], [], [])


def test_draft_that_nobody_knew_of_and_that_was_addressed_and_sent_by_hand_comes_twice(
    day: Reference, tmp_path: Path
) -> None:
    outcome = handled(day, tmp_path, "address", "after POST drafts", "after POST drafts")

    assert (outcome["done"], outcome["answered"], len(outcome["duplicates"])) == (1, False, 1)
    assert outcome["same subject"] == ["hal@example.org: mail, Your request to join Co-op educators"]
    assert outcome["wrong"] == []
