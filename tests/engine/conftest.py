"""Fixtures of the engine's tests: a live month, and one in which a mail is due."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tests.faulty import restart
from tests.month import Month


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Month]:
    """An empty community that went live long ago and waits for nothing to settle."""
    with Month(tmp_path, settings={"Mode": "live", "Wait after my last change": "0"}) as month:
        month.ledger.went_live(month.now)
        month.ledger.live_was_released()
        yield month


@pytest.fixture
def due(live: Month) -> Month:
    """A live community of Ann, whose agenda of November is due this very moment, in a new process."""
    live.add_members("Ann")
    live.tick()
    live.go_to("2026-11-12T17:00:00+01:00")
    restart(live)
    live.forget_requests()
    return live


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a live month in which Ann's agenda is about to be due; use a copy."""
    folder = tmp_path_factory.mktemp("ready")
    with Month(folder) as month:
        month.add_members("Ann")
        month.live()
        month.settle()
    return folder


@contextmanager
def copy_of(folder: Path, scratch: Path, now: datetime) -> Iterator[Month]:
    """A month as it stands in a folder, gone on with in another one."""
    shutil.copytree(folder, scratch)
    with Month(scratch, now=now) as month:
        yield month
