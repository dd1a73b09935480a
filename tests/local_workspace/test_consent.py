"""The consent page: what a program asks, what a person unticks, and the code that comes of it."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
import requests
from google_auth_oauthlib.flow import InstalledAppFlow

from local_workspace.serve import RunningWorkspace, write_configuration

DRIVE = "https://www.googleapis.com/auth/drive.file"
COMPOSE = "https://www.googleapis.com/auth/gmail.compose"
REDIRECT = "http://127.0.0.1:50999/"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorkspace]:
    """One workspace for the module: no test here disturbs another."""
    with RunningWorkspace(tmp_path_factory.mktemp("workspace"), check_answers=True) as running:
        yield running


@pytest.fixture
def secret(workspace: RunningWorkspace) -> dict[str, str]:
    """The client of client_secret.json."""
    write_configuration(workspace.data, workspace.base_url)
    found: dict[str, str] = json.loads((workspace.data / "client_secret.json").read_text())["installed"]
    return found


@pytest.fixture
def flow(secret: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Google's own flow for installed apps, asking for two scopes."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("OAUTHLIB_RELAX_TOKEN_SCOPE", "1")
    made = InstalledAppFlow.from_client_config(
        {"installed": secret}, [DRIVE, COMPOSE], autogenerate_code_verifier=True
    )
    made.redirect_uri = REDIRECT
    return made


def consent(url: str, **form: Any) -> dict[str, str]:
    """Open the consent page and continue with `form`; what the program is sent back to with."""
    page = requests.get(url, timeout=5)
    assert page.headers["content-type"] == "text/html; charset=UTF-8"
    assert "<script" not in page.text
    [action] = re.findall(r'action="([^"]*)"', page.text)
    said = requests.post(urljoin(url, unescape(action)), data=form, timeout=5, allow_redirects=False)
    assert said.status_code == 302
    assert said.headers["location"].startswith(REDIRECT)
    return dict(parse_qsl(urlsplit(said.headers["location"]).query))


def test_consent_gives_a_lasting_sign_in_for_the_ticked_scopes(
    flow: Any, local: Callable[..., Any], workspace: RunningWorkspace
) -> None:
    local("POST", "/local/accounts", {"address": "ann@example.org"})
    url, state = flow.authorization_url(access_type="offline", prompt="consent")

    back = consent(url, account="ann@example.org", scope=[COMPOSE])
    flow.fetch_token(code=back["code"])

    profile = requests.get(
        f"{workspace.base_url}/gmail/v1/users/me/profile",
        headers={"Authorization": f"Bearer {flow.credentials.token}"},
        timeout=5,
    ).json()
    assert back == {"state": state, "code": back["code"], "scope": COMPOSE}
    assert flow.credentials.granted_scopes == [COMPOSE]
    assert flow.credentials.refresh_token.startswith("1//")
    assert profile["emailAddress"] == "ann@example.org"


def test_code_without_offline_access_gives_no_refresh_token(flow: Any) -> None:
    url, _ = flow.authorization_url(access_type="online")

    flow.fetch_token(code=consent(url, scope=[DRIVE])["code"])

    assert flow.credentials.refresh_token is None


def test_cancelled_consent_is_access_denied(flow: Any) -> None:
    url, state = flow.authorization_url()

    assert consent(url, scope=[DRIVE], decision="deny") == {"state": state, "error": "access_denied"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code": "4/0wrong"}, "Malformed auth code."),
        ({"code_verifier": "wrong"}, "Invalid code verifier."),
        ({"code_verifier": ""}, "Missing code verifier."),
        ({"redirect_uri": "http://127.0.0.1:1/"}, "Bad Request"),
    ],
)
def test_code_is_refused(flow: Any, secret: dict[str, str], changes: dict[str, str], error: str) -> None:
    url, _ = flow.authorization_url()
    form = {
        "grant_type": "authorization_code",
        "code": consent(url, scope=[DRIVE])["code"],
        "redirect_uri": REDIRECT,
        "code_verifier": flow.code_verifier,
    }

    client = (secret["client_id"], secret["client_secret"])
    reply = requests.post(secret["token_uri"], data=form | changes, auth=client, timeout=5)

    assert (reply.status_code, reply.json()["error_description"]) == (400, error)


def test_code_is_good_once(flow: Any, secret: dict[str, str]) -> None:
    url, _ = flow.authorization_url()
    code = consent(url, scope=[DRIVE])["code"]
    flow.fetch_token(code=code)

    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
    client = {"client_id": secret["client_id"], "client_secret": secret["client_secret"]}
    reply = requests.post(secret["token_uri"], data=form | client, timeout=5)

    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"redirect_uri": "https://elsewhere.example.org/"}, 400, "redirect_uri_mismatch"),
        ({"response_type": "token"}, 400, "unsupported_response_type"),
        ({"code_challenge_method": "S1"}, 400, "invalid_request"),
        ({"scope": ""}, 400, "invalid_request"),
        ({"scope": "everything"}, 400, "invalid_scope"),
    ],
)
def test_page_is_refused(secret: dict[str, str], changes: dict[str, str], status: int, error: str) -> None:
    asked = {
        "client_id": secret["client_id"],
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "scope": DRIVE,
    }

    reply = requests.get(secret["auth_uri"], params=asked | changes, timeout=5)

    assert (reply.status_code, reply.json()["error"]) == (status, error)
