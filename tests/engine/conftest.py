"""Fixtures of the engine's tests: a month behind a proxy that can break every answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faulty import Faulty, restart
from tests.month import Month


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Month]:
    """An empty community that went live long ago and waits for nothing to settle."""
    with Month(tmp_path, settings={"Mode": "live", "Wait after my last change": "0"}) as month:
        month.ledger.went_live(month.now)
        month.ledger.live_was_released()
        yield month


@pytest.fixture
def faulty(live: Month) -> Iterator[Faulty]:
    """The proxy that all clients of `live` go through; Ann's agenda of November is due this very moment."""
    live.add_members("Ann")
    live.tick()
    live.go_to("2026-11-12T17:00:00+01:00")
    with Faulty(live.base) as proxy:
        restart(live, proxy.base_url)
        yield proxy


@pytest.fixture
def due(live: Month, faulty: Faulty) -> Month:
    """A live community of Ann, whose agenda is due, behind `faulty`."""
    assert faulty.asked == []
    return live
