"""The community at one instant: what follows from Settings for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.reports.builders import make_community, make_values


@pytest.mark.parametrize(
    ("account", "minutes", "expected"),
    [("paid", "60", 30), ("free", "60", 0), ("free", "55", 0), ("free", "30", 30)],
)
def test_stay_on_is_not_promised_when_a_free_call_ends_before(
    account: str, minutes: str, expected: int
) -> None:
    community = make_community(make_values(settings={"Meet account": account, "Minutes": minutes}))

    assert community.stay_on == timedelta(minutes=expected)


@pytest.mark.parametrize(("account", "last"), [("paid", "Stay and talk"), ("free", "Next host and date")])
def test_agenda_names_the_time_afterwards_only_where_people_may_stay(account: str, last: str) -> None:
    community = make_community(make_values(settings={"Meet account": account}))

    assert community.agenda[-1].item.startswith(last)
