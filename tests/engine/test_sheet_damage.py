"""Whatever happens to the spreadsheet, within the hour nobody is worse off, and no cell of it is changed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.engine.damage import FORMULAS, Damage
from tests.engine.damaged import AS_ROWS_COME, SCRIPTS, Script, changes
from tests.engine.harmless import assert_harmless, harm


@pytest.mark.parametrize(
    "script",
    [
        Script("before the agenda", (Damage("a row deleted", "Members", 2, 0),)),
        Script("before the agenda", (Damage("a header renamed", "Roasts", 1, 7, "Yes?"),)),
        Script("before the agenda", (Damage("everything cleared", "Members", 1, 1),), 3),
        Script("before the agenda", (Damage("a formula in a cell", "Members", 2, 2, FORMULAS["NA()"]),)),
        Script(AS_ROWS_COME, (Damage("rows sorted", "Members", 3, 2),), 4, undone=False, stands=(0, 20)),
    ],
    ids=["the host's row is gone", "nobody knows who agreed", "nothing left", "no address", "sorted"],
)
def test_damage_harms_nobody(script: Script) -> None:
    assert_harmless(script)


@settings(
    max_examples=1, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(script=SCRIPTS)
def test_any_damage_that_was_mended_harms_nobody(script: Script) -> None:
    assert_harmless(script)


def test_harm_that_is_not_undone_is_seen() -> None:
    row_3_is_gone = Script("before the agenda", (Damage("a row deleted", "Members", 2, 0),), undone=False)

    wrong = harm(row_3_is_gone).wrong

    assert [what.split("/")[0] for what in wrong[:2]] == ["lost: ('bob@example.org', '2026-11.g0"] * 2
    assert (
        wrong[-1] == "Members: ['ann@example.org', 'cyd@example.org', 'dan@example.org', 'zoe@example.org']"
    )


def test_rows_that_vanish_change_and_those_that_are_appended_do_not() -> None:
    rows = [["Name"], ["Ann"], ["Bob"]]

    assert changes({"Members": rows}, {"Members": [*rows, ["Zoe"]]}) == []
    assert changes({"Members": rows}, {"Members": rows[:1]}) == [
        "Members, row 2: ['Ann'] became None",
        "Members, row 3: ['Bob'] became None",
    ]
    assert changes({"Members": rows}, {"Members": [["Name"], ["Zoe"], *rows[1:]]}) == [
        "Members, row 2: ['Ann'] became ['Zoe']",
        "Members, row 3: ['Bob'] became ['Ann']",
    ]
    assert changes({"Members": rows}, {}) == ["Members is gone"]
