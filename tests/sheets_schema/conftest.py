"""A spreadsheet program: the Sheets API of a local workspace, which refuses what Google would refuse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from local_workspace.serve import RunningWorkspace
from tests.sheets_schema.spreadsheets import Call


@pytest.fixture
def call(tmp_path: Path) -> Iterator[Call]:
    """Call the Sheets API of a fresh workspace: call("POST", "", {"properties": ...})."""
    with RunningWorkspace(tmp_path, check_answers=True) as workspace, requests.Session() as session:
        token = session.get(f"{workspace.base_url}/local/token", timeout=30).json()["access_token"]
        session.headers["Authorization"] = f"Bearer {token}"

        def send(method: str, path: str, body: Any = None, **params: Any) -> Any:
            url = f"{workspace.base_url}/v4/spreadsheets{path}"
            reply = session.request(method, url, json=body, params=params, timeout=30)
            assert reply.ok, reply.text
            return reply.json()

        yield send
