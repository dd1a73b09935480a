"""A local workspace per test, and our clients signed in to it."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local_workspace.serve import RunningWorkspace, write_configuration
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

    def call(method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{running.base_url}/local/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or b"null")

    return call
