from __future__ import annotations

import json
import os
import socket
import stat
import threading
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from credentials.errors import LoginFailed, LogoutFailed, NotSignedIn
from credentials.login import login, logout
from credentials.scopes import CALENDAR, DRIVE_FILE, GMAIL, SCOPES
from credentials.store import load, read
from tests.workspace.loopback import HANG_UP, Answer, Loopback, Received

CODE = "one-time-code"


class Google:
    """An authorisation server's two answers: the consent page's redirect, and the token."""

    def __init__(self, **token: Any) -> None:
        self.asked: dict[str, str] = {}
        self.exchanged: dict[str, str] = {}
        self.consent: dict[str, str] = {"code": CODE}
        self.token: Answer | None = Answer(
            {
                "access_token": "access",
                "refresh_token": "refresh",
                "expires_in": 3599,
                "token_type": "Bearer",
                "scope": " ".join(SCOPES),
                **token,
            }
        )

    def __call__(self, request: Received) -> Answer | None:
        page = urlsplit(request.path)
        if page.path == "/authorize":
            self.asked = dict(parse_qsl(page.query))
            answered = urlencode({"state": self.asked["state"], **self.consent})
            return Answer(status=302, headers={"Location": f"{self.asked['redirect_uri']}?{answered}"})
        self.exchanged = dict(parse_qsl(request.body.decode()))
        return self.token


def client_secret(folder: Path, base_url: str, **fields: str) -> Path:
    path = folder / "client_secret.json"
    client = {
        "client_id": "client",
        "client_secret": "secret",
        "auth_uri": f"{base_url}/authorize",
        "token_uri": f"{base_url}/token",
        "redirect_uris": ["http://localhost"],
        **fields,
    }
    path.write_text(json.dumps({"installed": client}))
    return path


def browser(url: str) -> None:
    """Follows the consent page's redirect, as a person who says yes at once."""

    def visit() -> None:
        with urllib.request.urlopen(url) as page:
            page.read()

    threading.Thread(target=visit, daemon=True).start()


def sign_in(folder: Path, google: Google, **fields: str) -> Path:
    path = folder / "token.json"
    with Loopback(google) as server:
        login(client_secret(folder, server.base_url, **fields), path, open_url=browser, timeout=5)
    return path


def test_login_stores_the_token_file(tmp_path: Path) -> None:
    google = Google()

    path = sign_in(tmp_path, google)

    client = json.loads((tmp_path / "client_secret.json").read_text())["installed"]
    assert read(path) == {
        "type": "authorized_user",
        "client_id": "client",
        "client_secret": "secret",
        "refresh_token": "refresh",
        "token_uri": client["token_uri"],
        "scopes": list(SCOPES),
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load(path).refresh_token == "refresh"


def test_login_asks_for_a_lasting_sign_in_with_these_scopes_alone(tmp_path: Path) -> None:
    google = Google()

    sign_in(tmp_path, google)

    assert {name: google.asked[name] for name in ("access_type", "prompt", "include_granted_scopes")} == {
        "access_type": "offline",
        "prompt": "consent",
        "include_granted_scopes": "false",
    }
    assert google.asked["scope"].split() == [DRIVE_FILE, CALENDAR, GMAIL]
    assert google.asked["code_challenge_method"] == "S256"
    assert urlsplit(google.asked["redirect_uri"]).hostname == "127.0.0.1"
    assert (google.exchanged["code"], google.exchanged["grant_type"]) == (CODE, "authorization_code")


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])
def test_login_listens_on_this_address_alone_and_shows_nothing_it_was_sent(tmp_path: Path) -> None:
    google, shown = Google(), []
    google.consent = {"code": CODE, "note": "<script>alert(1)</script>"}

    def consent(url: str) -> None:
        with urllib.request.urlopen(url) as page:
            shown.append((page.headers.get_content_type(), page.read().decode()))

    def visit(url: str) -> None:
        port = urlsplit(dict(parse_qsl(urlsplit(url).query))["redirect_uri"]).port
        with pytest.raises(OSError, match=r"refused|assign"):
            socket.create_connection(("127.0.0.2", port), timeout=5)
        threads.append(threading.Thread(target=consent, args=(url,)))
        threads[0].start()

    threads: list[threading.Thread] = []
    with Loopback(google) as server:
        login(client_secret(tmp_path, server.base_url), tmp_path / "token.json", open_url=visit, timeout=5)
    threads[0].join()

    assert shown == [("text/plain", "Third Thursday is signed in. You may close this window.")]


def test_login_leaves_client_secret_and_folder_to_their_owner_alone(tmp_path: Path) -> None:
    with Loopback(Google()) as server:
        secret = client_secret(tmp_path, server.base_url)
        secret.chmod(0o644)
        login(secret, tmp_path / "made" / "token.json", open_url=browser, timeout=5)

    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o700


def test_login_leaves_the_environment_as_it_was(tmp_path: Path) -> None:
    before = dict(os.environ)

    sign_in(tmp_path, Google())

    assert dict(os.environ) == before


def test_login_with_an_unticked_box_stores_nothing(tmp_path: Path) -> None:
    with pytest.raises(LoginFailed) as caught:
        sign_in(tmp_path, Google(scope=f"{DRIVE_FILE} {GMAIL}"))

    assert str(caught.value) == (
        "Consent is missing for calendar.events.owned: run `main.py login` again and tick every box"
    )
    assert not (tmp_path / "token.json").exists()


def test_login_with_more_than_asked_for_is_fine(tmp_path: Path) -> None:
    path = sign_in(tmp_path, Google(scope=" ".join([*SCOPES, "openid"])))

    assert read(path)["scopes"] == list(SCOPES)


def test_login_without_a_refresh_token_stores_nothing(tmp_path: Path) -> None:
    with pytest.raises(LoginFailed, match="no lasting sign-in"):
        sign_in(tmp_path, Google(refresh_token=None))

    assert not (tmp_path / "token.json").exists()


def test_login_that_the_person_refuses(tmp_path: Path) -> None:
    google = Google()
    google.consent = {"error": "access_denied"}

    with pytest.raises(LoginFailed, match=r"^Google did not let us in \(access_denied\)"):
        sign_in(tmp_path, google)


def test_login_with_a_foreign_state_is_refused(tmp_path: Path) -> None:
    google = Google()
    google.consent = {"code": CODE, "state": "forged"}

    with pytest.raises(LoginFailed, match="mismatching_state"):
        sign_in(tmp_path, google)

    assert google.exchanged == {}


def test_login_when_the_token_endpoint_hangs_up(tmp_path: Path) -> None:
    google = Google()
    google.token = HANG_UP

    with pytest.raises(LoginFailed, match="did not answer"):
        sign_in(tmp_path, google)


def test_login_that_nobody_answers(tmp_path: Path) -> None:
    secret = client_secret(tmp_path, "http://127.0.0.1:1")

    with pytest.raises(LoginFailed, match="Nobody consented in time"):
        login(secret, tmp_path / "token.json", open_url=lambda _: None, timeout=0.01)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "There is no client_secret.json: download it from Google's console"),
        ("{", "client_secret.json is not a desktop app's client secret: download it again"),
        ('{"web": {}}', "client_secret.json is not a desktop app's client secret: download it again"),
        ('{"installed": {"client_id": "c"}}', "client_secret.json is not a desktop app's client secret"),
    ],
)
def test_login_without_a_usable_client_secret(tmp_path: Path, text: str | None, sentence: str) -> None:
    path = tmp_path / "client_secret.json"
    if text is not None:
        path.write_text(text)

    with pytest.raises(LoginFailed) as caught:
        login(path, tmp_path / "token.json", open_url=lambda _: None)

    assert str(caught.value).startswith(sentence)


def test_login_that_cannot_be_stored(tmp_path: Path) -> None:
    (tmp_path / "token.json").mkdir(mode=0o700)

    with pytest.raises(LoginFailed, match=r"token\.json could not be written"):
        sign_in(tmp_path, Google())


@pytest.mark.parametrize("status", [200, 400])
def test_logout_revokes_and_deletes(tmp_path: Path, status: int) -> None:
    path = sign_in(tmp_path, Google())
    with Loopback(lambda _: Answer({}, status)) as server:
        path.write_text(json.dumps({**read(path), "token_uri": f"{server.base_url}/oauth2/token"}))

        logout(path)

    assert [(request.method, request.path) for request in server.received] == [("POST", "/oauth2/revoke")]
    assert server.received[0].body == b"token=refresh"
    assert not path.exists()


def test_logout_at_the_place_that_the_client_secret_names(tmp_path: Path) -> None:
    with Loopback(lambda _: Answer()) as server:
        path = sign_in(tmp_path, Google(), revoke_uri=f"{server.base_url}/elsewhere")

        logout(path)

    assert [request.path for request in server.received] == ["/elsewhere"]


@pytest.mark.parametrize("answer", [HANG_UP, Answer({}, 503)])
def test_logout_that_google_does_not_hear_keeps_the_file(tmp_path: Path, answer: Answer | None) -> None:
    with Loopback(lambda _: answer) as server:
        path = sign_in(tmp_path, Google(), revoke_uri=f"{server.base_url}/revoke")

        with pytest.raises(LogoutFailed, match=r"myaccount\.google\.com/permissions"):
            logout(path)

    assert path.exists()


def test_logout_without_a_sign_in(tmp_path: Path) -> None:
    with pytest.raises(NotSignedIn, match="There is no sign-in yet"):
        logout(tmp_path / "token.json")
