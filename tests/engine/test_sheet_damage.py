"""Whatever happens to the spreadsheet, within the hour nobody is worse off, and no cell of it is changed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.engine.damage import Damage
from tests.engine.damaged import SCRIPTS, Script, assert_harmless


@pytest.mark.parametrize(
    "script",
    [
        Script("before the agenda", (Damage("a row deleted", "Members", 2, 0, ""),)),
        Script("as the reminder is due", (Damage("a header in another column", "Roasts", 1, 2, ""),), 9),
        Script("before the agenda", (Damage("a header renamed", "Roasts", 1, 7, "Yes?"),)),
        Script("as the agenda is due", (Damage("everything cleared", "Members", 1, 1, ""),), 3),
    ],
    ids=["the host's row is gone", "no host", "nobody knows who agreed", "nothing left"],
)
def test_damage_that_was_mended_harms_nobody(script: Script) -> None:
    assert_harmless(script)


@settings(
    max_examples=3, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(script=SCRIPTS)
def test_any_damage_that_was_mended_harms_nobody(script: Script) -> None:
    assert_harmless(script)
