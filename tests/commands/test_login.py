"""`login` and `logout`, up to where Google begins."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
import requests

from commands.app import run
from commands.surroundings import Surroundings
from credentials.store import read
from local_workspace.serve import RunningWorkspace
from tests.commands.conftest import Command
from tests.workspace.loopback import Answer, Loopback, Received


class _Google:
    """Consents at once, gives the scopes asked for, knows the account, and revokes."""

    def __init__(self) -> None:
        self.scope = ""

    def __call__(self, request: Received) -> Answer:
        page = urlsplit(request.path)
        if page.path == "/authorize":
            asked = dict(parse_qsl(page.query))
            self.scope = asked["scope"]
            answered = urlencode({"state": asked["state"], "code": "code"})
            return Answer(status=302, headers={"Location": f"{asked['redirect_uri']}?{answered}"})
        if page.path == "/token":
            token = {"access_token": "a", "refresh_token": "r", "expires_in": 3599, "token_type": "Bearer"}
            return Answer({**token, "scope": self.scope})
        return Answer({"emailAddress": "Organizer@example.org"})


@pytest.fixture
def google(surroundings: Surroundings) -> Iterator[Loopback]:
    """A Google that says yes, and a configuration for it."""
    with Loopback(_Google()) as server:
        base = server.base_url
        client = {
            "client_id": "client",
            "client_secret": "secret",
            "auth_uri": f"{base}/authorize",
            "token_uri": f"{base}/token",
        }
        (surroundings.folder / "client_secret.json").write_text(json.dumps({"installed": client}))
        endpoints = "".join(f'{name} = "{base}"\n' for name in ("sheets", "drive", "calendar", "gmail"))
        (surroundings.folder / "third-thursday.toml").write_text(f"[endpoints]\n{endpoints}")
        yield server


@pytest.mark.parametrize(("options", "scope"), [((), "drive.file"), (("--existing-sheet",), "spreadsheets")])
def test_login_keeps_the_sign_in_and_its_account(
    command: Command,
    google: Loopback,
    surroundings: Surroundings,
    options: tuple[str, ...],
    scope: str,
) -> None:
    outcome = command("login", *options)

    token = surroundings.folder / "token.json"
    assert outcome.code == 0, outcome.err
    assert outcome.out == f"Signed in as organizer@example.org; the sign-in is kept in {token}.\n"
    assert read(token)["account"] == "organizer@example.org"
    assert read(token)["scopes"][0].endswith(f"/auth/{scope}")


def test_logout_revokes_and_deletes(command: Command, google: Loopback, surroundings: Surroundings) -> None:
    command("login")

    outcome = command("logout")

    assert (outcome.code, outcome.out) == (0, "Signed out; token.json is deleted.\n")
    assert not (surroundings.folder / "token.json").exists()


def test_login_without_a_configuration_says_how_to_make_one(
    command: Command, surroundings: Surroundings
) -> None:
    outcome = command("login")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("There is no third-thursday.toml: make one first")


def consenting(url: str) -> None:
    """A browser: it reads the consent page, leaves every box ticked, continues, and follows the redirect."""
    page = requests.get(url, timeout=5).text
    action, scopes = (
        re.findall(r'action="([^"]*)"', page)[0],
        re.findall(r'name="scope" value="([^"]*)"', page),
    )
    form = {"account": "organizer@example.org", "scope": scopes, "decision": "allow"}
    target = urljoin(url, unescape(action))
    threading.Thread(target=lambda: requests.post(target, data=form, timeout=5), daemon=True).start()


def test_login_and_logout_on_a_local_workspace(
    command: Command, running: RunningWorkspace, surroundings: Surroundings
) -> None:
    token = surroundings.folder / "token.json"
    token.unlink()

    code = run(("login",), replace(surroundings, open_url=consenting))
    signed_in = read(token)
    logout = command("logout")

    assert (code, signed_in["account"]) == (0, "organizer@example.org")
    assert (logout.code, token.exists()) == (0, False)
    form = {name: signed_in[name] for name in ("client_id", "client_secret", "refresh_token")}
    again = requests.post(f"{running.base_url}/token", data=form | {"grant_type": "refresh_token"}, timeout=5)
    assert again.json()["error"] == "invalid_grant"


def test_login_without_a_client_is_code_3(command: Command, surroundings: Surroundings) -> None:
    (surroundings.folder / "third-thursday.toml").write_text("")

    outcome = command("login")

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("There is no client_secret.json")


def test_logout_without_a_sign_in_is_code_3(command: Command, surroundings: Surroundings) -> None:
    (surroundings.folder / "third-thursday.toml").write_text("")

    outcome = command("logout")

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == "There is no sign-in yet (token.json): run `main.py login`.\n"
