"""The check behind every command of these tests: it sees a write to an organizer's cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from commands.session import connected
from commands.surroundings import Surroundings
from tests.commands.conftest import Command
from tests.organizer_cells import Judge


def test_write_to_an_organizers_cell_is_seen_in_the_next_command(
    command: Command, surroundings: Surroundings, spreadsheet: str, judge: Judge
) -> None:
    with connected(surroundings, writing=True) as connection:
        connection.workspace.sheets.write({"Members!B2": [["Ann"]]})

    with pytest.raises(AssertionError, match=r"values\.batchUpdate Members!B2"):
        command("run")
    judge.wrong.clear()


def test_write_that_nobody_judged_before_it_was_forgotten_is_seen(
    control: Callable[..., object], surroundings: Surroundings, spreadsheet: str, judge: Judge
) -> None:
    with connected(surroundings, writing=True) as connection:
        connection.workspace.sheets.write({"Members!B2": [["Ann"]]})
    control("DELETE", "requests")

    assert judge.look() == ["requests were forgotten before they were judged"]
    judge.wrong.clear()
