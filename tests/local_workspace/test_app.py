"""The server: hosts, routes, errors, the log, restarts."""

from collections.abc import Callable
from typing import Any

import requests

from local_workspace.serve import RunningWorkspace


def test_health(local: Callable[..., Any]) -> None:
    assert local("GET", "/local/health") == {"ok": True}


def test_foreign_host_is_refused(workspace: RunningWorkspace) -> None:
    reply = requests.get(
        workspace.base_url + "/local/health", headers={"Host": "evil.example.org"}, timeout=5
    )

    assert reply.status_code == 403
