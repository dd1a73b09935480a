"""What tokens say of themselves, and how they are given back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests

from local_workspace.serve import RunningWorkspace, write_configuration

EMAIL = "https://www.googleapis.com/auth/userinfo.email"
SUBJECT = "101031215973120973920"


@pytest.fixture
def token(local: Callable[..., Any]) -> str:
    """An access token that says who it belongs to."""
    found: str = local("GET", f"/local/token?scopes={EMAIL}")["access_token"]
    return found


def test_token_info_tells_account_scopes_and_time(workspace: RunningWorkspace, token: str) -> None:
    said = requests.get(f"{workspace.base_url}/tokeninfo", params={"access_token": token}, timeout=5).json()

    assert said == {
        "azp": said["azp"],
        "aud": said["azp"],
        "sub": SUBJECT,
        "scope": EMAIL,
        "exp": said["exp"],
        "expires_in": said["expires_in"],
        "email": "organizer@example.org",
        "email_verified": "true",
        "access_type": "online",
    }
    assert 3590 < int(said["expires_in"]) <= 3600


def test_user_info_tells_the_account(workspace: RunningWorkspace, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}

    old = requests.get(f"{workspace.base_url}/oauth2/v2/userinfo", headers=headers, timeout=5).json()
    new = requests.get(f"{workspace.base_url}/oauth2/v3/userinfo", headers=headers, timeout=5).json()

    assert old == {"id": SUBJECT, "email": "organizer@example.org", "verified_email": True}
    assert new == {"sub": SUBJECT, "email": "organizer@example.org", "email_verified": True}


def test_user_info_without_a_scope_for_it_is_401(
    workspace: RunningWorkspace, local: Callable[..., Any]
) -> None:
    token = local("GET", "/local/token?scopes=https://mail.google.com/")["access_token"]

    reply = requests.get(
        f"{workspace.base_url}/v1/userinfo", headers={"Authorization": f"Bearer {token}"}, timeout=5
    )

    assert reply.status_code == 401


@pytest.mark.parametrize("name", ["refresh_token", "access_token"])
def test_revoked_sign_in_is_gone_for_good(
    workspace: RunningWorkspace, local: Callable[..., Any], name: str
) -> None:
    write_configuration(workspace.data, workspace.base_url)
    key = json.loads((workspace.data / "token.json").read_text())
    form = {field: key[field] for field in ("client_id", "client_secret", "refresh_token")}
    form["grant_type"] = "refresh_token"
    access = requests.post(key["token_uri"], data=form, timeout=5).json()["access_token"]
    token = access if name == "access_token" else key["refresh_token"]

    reply = requests.post(f"{workspace.base_url}/revoke", data={"token": token}, timeout=5)
    local("POST", "/local/tokens/restore")

    asked = {"access_token": access}
    assert (reply.status_code, reply.json()) == (200, {})
    assert requests.get(f"{workspace.base_url}/tokeninfo", params=asked, timeout=5).status_code == 400
    assert requests.post(key["token_uri"], data=form, timeout=5).json()["error"] == "invalid_grant"


def test_unknown_token_cannot_be_revoked(workspace: RunningWorkspace) -> None:
    reply = requests.post(f"{workspace.base_url}/revoke?token=x", timeout=5)

    assert reply.status_code == 400
    assert reply.json() == {"error": "invalid_token", "error_description": "Token expired or revoked"}
