"""`recover`: a lost ledger does not mean that everything happens again."""

from __future__ import annotations

from collections.abc import Callable

from commands.surroundings import Surroundings
from tests.commands.conftest import Command


def test_recover_after_a_lost_ledger_nothing_goes_twice(
    command: Command,
    type_cell: Callable[..., None],
    set_to: Callable[[str, str], None],
    surroundings: Surroundings,
) -> None:
    type_cell("Members", "B2", "Ann Bell")
    type_cell("Members", "C2", "ann@example.org")
    set_to("Mode", "live")
    set_to("Wait after my last change", "0")
    code = command("run", "--json").json()["stopped"][0]["code"]
    command("run", "--allow", code)
    for file in surroundings.folder.glob("ledger.db*"):
        file.unlink()

    lost, learned, again = command("run", "--json"), command("recover"), command("run", "--json")

    assert (lost.code, lost.json()["done"]) == (1, [])
    assert "main.py recover" in lost.json()["stop"]
    assert learned.code == 0
    assert learned.out.startswith("Learned of ")
    assert [done["kind"] for done in again.json()["done"]] == []


def test_recover_with_nothing_lost_learns_nothing(command: Command, spreadsheet: str) -> None:
    outcome = command("recover")

    assert (outcome.code, outcome.out) == (0, "The ledger knew everything.\n")
