"""The server: hosts, routes, errors, masks, and what a restart finds."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from local_workspace.serve import RunningWorkspace, run

EVENT = {
    "id": "december2026",
    "start": {"dateTime": "2026-12-17T12:00:00Z"},
    "end": {"dateTime": "2026-12-17T13:00:00Z"},
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorkspace]:
    """One workspace for the module: no test here disturbs another."""
    with RunningWorkspace(tmp_path_factory.mktemp("workspace"), check_answers=True) as running:
        yield running


def test_health(local: Callable[..., Any]) -> None:
    assert local("GET", "/local/health") == {"ok": True}


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example.org"},
        {"Host": "127.0.0.1.evil.example.org"},
        {"Host": "localhost.evil.example.org:80"},
        {"Host": "[::1]"},
        {"Host": ""},
        {"Origin": "https://evil.example.org"},
        {"Origin": "http://127.0.0.1.evil.example.org"},
        {"Origin": "null"},
    ],
)
def test_foreign_host_or_web_page_is_refused(workspace: RunningWorkspace, headers: dict[str, str]) -> None:
    reply = requests.post(f"{workspace.base_url}/local/tokens/expire", headers=headers, timeout=5)

    assert (reply.status_code, reply.text) == (403, "The local workspace answers on 127.0.0.1 only.\n")


def test_own_pages_may_ask(workspace: RunningWorkspace) -> None:
    headers = {"Origin": workspace.base_url}

    reply = requests.get(f"{workspace.base_url}/local/health", headers=headers, timeout=5)

    assert reply.status_code == 200


@pytest.mark.allow_hosts(["127.0.0.2"])
def test_other_addresses_of_this_machine_find_nobody(workspace: RunningWorkspace) -> None:
    port = urlsplit(workspace.base_url).port

    with pytest.raises(OSError, match=r"refused|assign"):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_state_is_its_owners_alone(tmp_path: Path) -> None:
    with RunningWorkspace(tmp_path / "made"):
        modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "made").iterdir()}

    assert modes == {0o600}
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o700


def test_unknown_control_is_404_with_those_that_are_there(workspace: RunningWorkspace) -> None:
    reply = requests.get(workspace.base_url + "/local/nothing", timeout=5)

    message = reply.json()["error"]["message"]
    assert reply.status_code == 404
    assert message.startswith("There is no GET /local/nothing here. There is: DELETE /local/faults,")


@pytest.mark.parametrize("body", ["nonsense", "[]", "{"])
def test_control_with_a_bad_body_is_400(workspace: RunningWorkspace, body: str) -> None:
    reply = requests.post(workspace.base_url + "/local/clock", data=body, timeout=5)

    assert reply.status_code == 400


@pytest.mark.parametrize("path", ["/local/clock", "/gmail/v1/users/me/messages", "/v4/spreadsheets"])
def test_body_that_is_nested_too_deeply_is_400(
    workspace: RunningWorkspace, token: dict[str, str], local: Callable[..., Any], path: str
) -> None:
    local("DELETE", "/local/requests")
    parts = '{"payload": ' + '{"parts": [' * 450 + "]}" * 450 + "}"
    bodies = ["[" * 100_000, '{"a": ' * 100_000, "[" * 900 + "]" * 900, parts]

    replies = [
        requests.post(workspace.base_url + path, data=body, headers=token, timeout=5) for body in bodies
    ]

    assert [reply.status_code for reply in replies] == [400, 400, 400, 400]
    assert [seen["status"] for seen in local("GET", "/local/requests?bodies=1")["requests"]] in (
        [],
        [400] * 4,
    )


def test_method_that_is_not_there_says_so(token: dict[str, str], workspace: RunningWorkspace) -> None:
    reply = requests.get(workspace.base_url + "/calendar/v3/colors", headers=token, timeout=5)

    assert reply.status_code == 501
    assert reply.json() == {
        "error": {
            "errors": [
                {
                    "domain": "global",
                    "reason": "notImplemented",
                    "message": "calendar.colors.get is not implemented by the local workspace.",
                }
            ],
            "code": 501,
            "message": "calendar.colors.get is not implemented by the local workspace.",
        }
    }


def test_path_that_google_does_not_have_is_404(token: dict[str, str], workspace: RunningWorkspace) -> None:
    reply = requests.get(workspace.base_url + "/calendar/v3/nonsense", headers=token, timeout=5)

    assert reply.status_code == 404


def test_fields_mask_narrows_the_answer(token: dict[str, str], workspace: RunningWorkspace) -> None:
    events = workspace.base_url + "/calendar/v3/calendars/primary/events"
    requests.post(events, headers=token, json=EVENT, timeout=5)

    reply = requests.get(events + "?fields=items(id,start/dateTime)", headers=token, timeout=5)

    assert reply.json() == {"items": [{"id": "december2026", "start": {"dateTime": "2026-12-17T12:00:00Z"}}]}


def test_restart_finds_everything(tmp_path: Path) -> None:
    with RunningWorkspace(tmp_path) as first:
        token = requests.get(first.base_url + "/local/token", timeout=5).json()["access_token"]
        path = "/calendar/v3/calendars/primary/events"
        made = requests.post(
            first.base_url + path, headers={"Authorization": f"Bearer {token}"}, json=EVENT, timeout=5
        )

    with RunningWorkspace(tmp_path) as second:
        found = requests.get(
            f"{second.base_url}{path}/december2026", headers={"Authorization": f"Bearer {token}"}, timeout=5
        )

    assert found.json() == made.json()


def start(data: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a workspace in a process of its own; return the process and its base URL."""
    code = (
        "import pathlib, sys; from local_workspace.serve import run;"
        "run(pathlib.Path(sys.argv[1]), on_ready=lambda url: print(url, flush=True))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def test_killed_process_loses_nothing_that_it_answered(tmp_path: Path) -> None:
    process, base_url = start(tmp_path)
    with process:
        requests.post(base_url + "/local/clock", json={"now": "2026-12-01T09:00:00Z"}, timeout=5)
        process.kill()

    with RunningWorkspace(tmp_path) as restarted:
        found = requests.get(restarted.base_url + "/local/clock", timeout=5)

    assert found.json() == {"now": "2026-12-01T09:00:00+00:00", "frozen": True}


def test_sigterm_ends_the_process_without_an_error(tmp_path: Path) -> None:
    process, base_url = start(tmp_path)
    with process:
        health = requests.get(base_url + "/local/health", timeout=5)
        process.terminate()

        assert (health.json(), process.wait(10)) == ({"ok": True}, 0)


def test_port_that_is_taken_is_an_error(tmp_path: Path, workspace: RunningWorkspace) -> None:
    port = int(workspace.base_url.rsplit(":", 1)[1])

    with pytest.raises(OSError, match="in use"):
        run(tmp_path, port)
