"""A local workspace per test, and our clients signed in to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from local_workspace.serve import RunningWorkspace, write_configuration
from tests.control import control as call_control
from tests.workspace.loopback import everywhere
from workspace.transport import Transport, open_transport

Control = Callable[..., Any]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningWorkspace]:
    """A workspace whose every answer is held against Google's discovery documents."""
    with RunningWorkspace(tmp_path, check_answers=True) as workspace:
        write_configuration(tmp_path, workspace.base_url)
        yield workspace


@pytest.fixture
def transport(running: RunningWorkspace, tmp_path: Path) -> Iterator[Transport]:
    """Our transport, signed in as organizer@example.org."""
    transport = open_transport(tmp_path / "token.json", everywhere(running.base_url), sleep=lambda _: None)
    yield transport
    transport.close()


@pytest.fixture
def control(running: RunningWorkspace) -> Control:
    """The workspace's own controls: control("POST", "clock", {"advance": 60})."""
    return partial(call_control, running.base_url)
