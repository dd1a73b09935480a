"""The workspace clock and its controls."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from local_workspace.serve import RunningWorkspace


def test_clock_runs_with_the_machine_at_first(local: Callable[..., Any]) -> None:
    answer = local("GET", "/local/clock")

    assert answer["frozen"] is False
    assert abs(datetime.fromisoformat(answer["now"]) - datetime.now(UTC)) < timedelta(seconds=5)


def test_set_clock_stands_still_until_it_is_advanced(local: Callable[..., Any]) -> None:
    local("POST", "/local/clock", {"now": "2026-12-01T09:00:00-05:00"})

    before = local("GET", "/local/clock")
    local("POST", "/local/clock", {"advance": 90})

    assert before == {"now": "2026-12-01T14:00:00+00:00", "frozen": True}
    assert local("GET", "/local/clock") == {"now": "2026-12-01T14:01:30+00:00", "frozen": True}


def test_advanced_clock_goes_on_running(local: Callable[..., Any]) -> None:
    local("POST", "/local/clock", {"advance": 86400})

    answer = local("GET", "/local/clock")

    assert answer["frozen"] is False
    assert datetime.fromisoformat(answer["now"]) - datetime.now(UTC) > timedelta(hours=23)


def test_clock_runs_again_when_told_to(local: Callable[..., Any]) -> None:
    local("POST", "/local/clock", {"now": "2020-01-01T00:00:00Z"})

    answer = local("POST", "/local/clock", {"run": True})

    assert answer["frozen"] is False
    assert abs(datetime.fromisoformat(answer["now"]) - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("body", [{}, {"now": "tomorrow"}, {"now": "2026-12-01T09:00:00"}, {"advance": "60"}])
def test_clock_refuses_what_is_no_time(workspace: RunningWorkspace, body: dict[str, Any]) -> None:
    reply = requests.post(workspace.base_url + "/local/clock", json=body, timeout=5)

    assert reply.status_code == 400
