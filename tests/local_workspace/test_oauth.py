"""The sign-in: google-auth against the token endpoint, what ends tokens, and scopes."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.credentials import Credentials

from local_workspace.serve import RunningWorkspace, write_configuration

# google-auth leaves these untyped.
AUTHORIZED_SESSION: Any = AuthorizedSession
CREDENTIALS: Any = Credentials

EVENTS = "/calendar/v3/calendars/primary/events"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorkspace]:
    """One workspace for the module: no test here disturbs another."""
    with RunningWorkspace(tmp_path_factory.mktemp("workspace"), check_answers=True) as running:
        yield running


@pytest.fixture
def key(workspace: RunningWorkspace) -> dict[str, Any]:
    """The token file that the workspace writes for the program."""
    write_configuration(workspace.data, workspace.base_url)
    found: dict[str, Any] = json.loads((workspace.data / "token.json").read_text())
    return found


def ask(workspace: RunningWorkspace, form: dict[str, str], **options: Any) -> requests.Response:
    """Send a form to the token endpoint."""
    return requests.post(workspace.base_url + "/token", data=form, timeout=5, **options)


def form(key: dict[str, Any], **changes: str) -> dict[str, str]:
    """The form of a refresh_token grant."""
    names = ("client_id", "client_secret", "refresh_token")
    return {"grant_type": "refresh_token"} | {name: key[name] for name in names} | changes


def sign_in(key: dict[str, Any]) -> Any:
    """Google's credentials out of a token file; their own reader knows Google's token endpoint alone."""
    names = ("client_id", "client_secret", "refresh_token", "token_uri", "scopes")
    return CREDENTIALS(None, **{name: key[name] for name in names})


def test_googles_library_signs_in_with_the_token_file(
    workspace: RunningWorkspace, key: dict[str, Any]
) -> None:
    credentials = sign_in(key)

    with AUTHORIZED_SESSION(credentials) as session:
        reply = session.get(workspace.base_url + EVENTS)

    assert reply.status_code == 200
    assert sorted(credentials.granted_scopes) == sorted(key["scopes"])


def test_expired_access_token_is_401_and_a_new_one_is_fetched(
    workspace: RunningWorkspace, key: dict[str, Any], local: Callable[..., Any]
) -> None:
    credentials = sign_in(key)
    credentials.refresh(Request())
    headers = {"Authorization": f"Bearer {credentials.token}"}
    local("POST", "/local/tokens/expire")

    bare = requests.get(workspace.base_url + EVENTS, headers=headers, timeout=5)
    with AUTHORIZED_SESSION(credentials) as session:
        renewed = session.get(workspace.base_url + EVENTS)

    assert bare.status_code == 401
    assert bare.json() == {
        "error": {
            "errors": [
                {
                    "domain": "global",
                    "reason": "authError",
                    "message": "Invalid Credentials",
                    "locationType": "header",
                    "location": "Authorization",
                }
            ],
            "code": 401,
            "message": "Invalid Credentials",
        }
    }
    assert renewed.status_code == 200


def test_revoked_refresh_token_is_invalid_grant_until_restored(
    key: dict[str, Any], local: Callable[..., Any]
) -> None:
    credentials = sign_in(key)
    local("POST", "/local/tokens/revoke")

    with pytest.raises(RefreshError) as caught:
        credentials.refresh(Request())
    local("POST", "/local/tokens/restore")
    credentials.refresh(Request())

    assert caught.value.args[1] == {
        "error": "invalid_grant",
        "error_description": "Token has been expired or revoked.",
    }
    assert credentials.valid


def test_client_may_sign_in_by_http_basic(workspace: RunningWorkspace, key: dict[str, Any]) -> None:
    body = {"grant_type": "refresh_token", "refresh_token": key["refresh_token"]}

    reply = ask(workspace, body, auth=(key["client_id"], key["client_secret"]))

    answer = reply.json()
    assert reply.status_code == 200
    assert answer == {
        "access_token": answer["access_token"],
        "expires_in": 3599,
        "scope": " ".join(sorted(key["scopes"])),
        "token_type": "Bearer",
    }


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"refresh_token": "1//nothing"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "https://mail.google.com/"}, 400, "invalid_scope"),
    ],
)
def test_token_endpoint_refuses(
    workspace: RunningWorkspace, key: dict[str, Any], changes: dict[str, str], status: int, error: str
) -> None:
    reply = ask(workspace, form(key, **changes))

    assert (reply.status_code, reply.json()["error"]) == (status, error)


def test_fewer_scopes_may_be_asked_for(workspace: RunningWorkspace, key: dict[str, Any]) -> None:
    drive = "https://www.googleapis.com/auth/drive.file"

    token = ask(workspace, form(key, scope=drive)).json()["access_token"]
    reply = requests.get(workspace.base_url + EVENTS, headers={"Authorization": f"Bearer {token}"}, timeout=5)

    assert reply.status_code == 403
    assert reply.json() == {
        "error": {
            "code": 403,
            "message": "Request had insufficient authentication scopes.",
            "errors": [
                {
                    "domain": "global",
                    "reason": "insufficientPermissions",
                    "message": "Insufficient Permission",
                }
            ],
            "status": "PERMISSION_DENIED",
            "details": [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                    "domain": "googleapis.com",
                    "metadata": {"service": "calendar.googleapis.com", "method": "calendar.events.list"},
                }
            ],
        }
    }


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eA=="}]
)
def test_request_without_a_good_token_is_401(workspace: RunningWorkspace, headers: dict[str, str]) -> None:
    reply = requests.get(workspace.base_url + "/v4/spreadsheets/x", headers=headers, timeout=5)

    assert reply.status_code == 401
    assert reply.json() == {
        "error": {"code": 401, "message": "Invalid Credentials", "status": "UNAUTHENTICATED"}
    }


def test_token_of_an_unknown_account_is_404(workspace: RunningWorkspace) -> None:
    reply = requests.get(workspace.base_url + "/local/token?account=nobody@example.org", timeout=5)

    assert reply.status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"address": "ann"},
        {"address": "ann@example.org", "time_zone": "Mars"},
        {"address": "a@b", "meet": 1},
    ],
)
def test_account_needs_an_address_and_a_zone(workspace: RunningWorkspace, body: dict[str, Any]) -> None:
    reply = requests.post(workspace.base_url + "/local/accounts", json=body, timeout=5)

    assert reply.status_code == 400


def test_keys_are_private_and_stay_while_the_port_changes(tmp_path: Path) -> None:
    first = write_configuration(tmp_path, "http://127.0.0.1:1111")
    names = ("client_secret.json", "discord_token", "third-thursday.toml", "token.json")
    before = {name: (tmp_path / name).read_text() for name in names}

    second = write_configuration(tmp_path, "http://127.0.0.1:2222")

    after = {name: (tmp_path / name).read_text() for name in names}
    assert first == second == tmp_path / "third-thursday.toml"
    assert after == {name: text.replace(":1111", ":2222") for name, text in before.items()}
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in names} == {0o600}


def test_configuration_that_somebody_edited_is_kept(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, "http://127.0.0.1:1111")
    path.write_text(path.read_text().replace('spreadsheet = ""', 'spreadsheet = "abc"  # mine'))

    write_configuration(tmp_path, "http://127.0.0.1:2222")

    lines = path.read_text().splitlines()
    assert 'spreadsheet = "abc"  # mine' in lines
    assert 'sheets = "http://127.0.0.1:2222"' in lines


@pytest.mark.parametrize("path", ["/calendar/v3/calendars/primary/events", "/drive/v3/files"])
def test_access_token_may_stand_in_the_query(
    workspace: RunningWorkspace, local: Callable[..., Any], path: str
) -> None:
    token = local("GET", "/local/token")["access_token"]

    reply = requests.get(workspace.base_url + path, params={"access_token": token}, timeout=5)

    assert reply.status_code == 200
