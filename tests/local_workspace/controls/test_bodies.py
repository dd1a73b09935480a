"""A control that is sent nonsense says what to send instead; it never fails."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from local_workspace.serve import RunningWorkspace


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("clock", {"advance": True}, "Send "),
        ("clock", {"advance": 1e30}, "Send "),
        ("accounts", {"address": "ann@example.org", "time_zone": ["UTC"]}, '"meet" is true or false'),
        ("gmail/limit", {"per_day": 10**30}, 'Say {"per_day": n}'),
        ("sheets", {"title": 5}, "Send "),
        ("sheets", {"account": "nobody@example.org"}, "There is no account nobody@example.org"),
        ("sheets/{id}/cells", {"tab": "Sheet1", "cell": "A1"}, "Send "),
        ("sheets/{id}/cells", {"tab": "Sheet1", "cell": "A1", "value": {"a": 1}}, "Send "),
        ("sheets/{id}/cells", {"tab": "Sheet1", "cell": "A1:B2", "value": 1}, "Send "),
        ("sheets/{id}/cells", {"tab": "Needs", "cell": "A1", "value": 1}, "There is no tab 'Needs'"),
        ("sheets/{id}/rows/sort", {"tab": "Sheet1", "by": 5}, "Send "),
        ("sheets/{id}/rows/sort", {"tab": "Sheet1", "by": "A", "descending": "yes"}, "Send "),
    ],
)
def test_nonsense_is_refused(workspace: RunningWorkspace, path: str, body: dict[str, Any], said: str) -> None:
    controls = f"{workspace.base_url}/local"
    made = requests.post(f"{controls}/sheets", json={"title": "By hand"}, timeout=5).json()

    reply = requests.post(f"{controls}/{path.format(id=made['spreadsheetId'])}", json=body, timeout=5)

    assert reply.status_code in {400, 404}
    assert reply.json()["error"]["message"].startswith(said)
