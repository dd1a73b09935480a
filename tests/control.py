"""The local workspace's own controls, over HTTP."""

from __future__ import annotations

import json
import urllib.request
from typing import Any


def control(base_url: str, method: str, path: str, body: Any = None) -> Any:
    """Call one and return its answer: control(base_url, "POST", "clock", {"advance": 60})."""
    request = urllib.request.Request(
        f"{base_url}/local/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"null")
