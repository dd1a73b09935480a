"""Signing in and out: Google's installed-app consent over a loopback redirect, and its revocation."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import InstalledAppFlow, WSGITimeoutError
from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]  # no stubs in the lock

from credentials.errors import LoginFailed, LogoutFailed
from credentials.loopback import is_loopback
from credentials.scopes import SCOPES
from credentials.store import read, save

_NEEDED = {"client_id", "client_secret", "auth_uri", "token_uri"}
_DONE = "Third Thursday is signed in. You may close this window."

for _name in ("oauthlib", "requests_oauthlib", "google_auth_oauthlib"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # their DEBUG lines carry codes and tokens


def login(
    client_secret: Path,
    token_file: Path,
    *,
    open_url: Callable[[str], object],
    scopes: Sequence[str] = SCOPES,
    timeout: float = 300,
) -> None:
    """Asks for consent in a browser and stores the token file.

    client_secret: the file that Google's console gives for a desktop app; its auth_uri and token_uri are
    used, and it is its owner's alone afterwards. open_url: shows the consent page and returns at once, such
    as webbrowser.open or a print. timeout: seconds to wait for the person. Raises LoginFailed, and then
    nothing is stored.
    """
    client = _client(client_secret)
    with contextlib.suppress(OSError):  # one that belongs to somebody else is theirs to guard
        client_secret.chmod(0o600)
    flow = _Flow.from_client_config({"installed": client}, list(scopes), autogenerate_code_verifier=True)
    flow.open_url = open_url
    with _plain_http_on_loopback(client["token_uri"]):
        credentials = _consented(flow, timeout)
    if missing := set(scopes) - set(_words(credentials.granted_scopes)):
        names = ", ".join(sorted(scope.rpartition("/")[2] for scope in missing))
        raise LoginFailed(f"Consent is missing for {names}: run `main.py login` again and tick every box")
    if not credentials.refresh_token:
        raise LoginFailed(
            "Google gave no lasting sign-in: remove our access at myaccount.google.com/permissions, try again"
        )
    fields = {
        "type": "authorized_user",
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
        "refresh_token": credentials.refresh_token,
        "token_uri": client["token_uri"],
        "scopes": list(scopes),
    }
    if "revoke_uri" in client:
        fields["revoke_uri"] = client["revoke_uri"]
    try:
        token_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        save(token_file, fields)
    except OSError as error:
        raise LoginFailed(f"{token_file.name} could not be written: {error.strerror}") from None


def logout(token_file: Path, *, timeout: float = 30) -> None:
    """Revokes the sign-in at Google and deletes the token file.

    A token that Google knows no more is as good as revoked. timeout: seconds. Raises NotSignedIn when there
    is no token file, LogoutFailed (and the file stays) when Google does not answer.
    """
    fields = read(token_file)
    # Google's revocation endpoint is the token endpoint's sister: oauth2.googleapis.com/token and /revoke.
    revoke_uri = fields.get("revoke_uri") or urljoin(str(fields.get("token_uri", "")), "revoke")
    status = 0
    with contextlib.suppress(requests.RequestException):
        status = requests.post(
            revoke_uri, data={"token": fields.get("refresh_token", "")}, timeout=timeout
        ).status_code
    if status not in (200, 400):  # 400: invalid_token, revoked before
        raise LogoutFailed(
            "Google could not be told, so nothing was deleted: try again, "
            "or remove our access at myaccount.google.com/permissions and delete the token file"
        )
    token_file.unlink()


class _Flow(InstalledAppFlow):  # type: ignore[misc]  # google-auth-oauthlib has no types
    """The library's flow, except that we say how the consent page is opened."""

    open_url: Callable[[str], object]

    def authorization_url(self, **kwargs: Any) -> tuple[str, str]:
        """As in the library, and shows the page; the redirect's server listens already."""
        url, state = super().authorization_url(**kwargs)
        self.open_url(url)
        return url, state


def _client(path: Path) -> dict[str, Any]:
    """The client's fields out of Google's client-secret file."""
    try:
        client = json.loads(path.read_text(encoding="utf-8"))["installed"]
        if isinstance(client, dict) and client.keys() >= _NEEDED:
            return client
    except FileNotFoundError:
        raise LoginFailed(
            f"There is no {path.name}: download it from Google's console (Clients, type Desktop app)"
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise LoginFailed(f"{path.name} is not a desktop app's client secret: download it again") from None


def _consented(flow: _Flow, timeout: float) -> Credentials:
    try:
        credentials: Credentials = flow.run_local_server(
            host="127.0.0.1",
            port=0,
            open_browser=False,
            authorization_prompt_message=None,
            success_message=_DONE,
            timeout_seconds=timeout,
            access_type="offline",
            prompt="consent",
            include_granted_scopes="false",
        )
    except Warning as changed:
        # oauthlib's way to say that other scopes were granted than asked for; the token hangs on it.
        flow.oauth2session.token = changed.token  # type: ignore[attr-defined]  # set in oauthlib's parameters.py
        credentials = flow.credentials
    except WSGITimeoutError:
        raise LoginFailed("Nobody consented in time; run `main.py login` again") from None
    except OAuth2Error as error:
        raise LoginFailed(f"Google did not let us in ({error.error}); run `main.py login` again") from None
    except (requests.RequestException, OSError):
        raise LoginFailed("Google's sign-in service did not answer; try again later") from None
    return credentials


def _words(granted: str | Sequence[str] | None) -> Sequence[str]:
    return granted.split() if isinstance(granted, str) else granted or ()


@contextlib.contextmanager
def _plain_http_on_loopback(token_uri: str) -> Iterator[None]:
    """oauthlib insists on https, this machine included, unless the environment says otherwise."""
    name = "OAUTHLIB_INSECURE_TRANSPORT"
    if name in os.environ or not is_loopback(token_uri):
        yield
        return
    os.environ[name] = "1"
    try:
        yield
    finally:
        del os.environ[name]
