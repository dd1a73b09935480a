"""One HTTP session for every API, with our own rules about asking twice.

A write whose answer got lost may have happened, so nothing below us may repeat it: urllib3's retries are
off, and httplib2, which re-sends a POST whose connection closed without an answer, carries nothing of ours.
Reads, and writes that say of themselves that they may be repeated, are tried up to four times.
"""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import AuthorizedSession
from google.auth.transport.requests import Request as TokenRequest
from requests.adapters import HTTPAdapter
from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from credentials.errors import NotSignedIn
from credentials.store import load
from workspace.endpoints import Endpoints
from workspace.errors import NotSent, OutcomeUnknown, SignInLost, WorkspaceError, error_from, http_date

Timeout = tuple[float, float]
TIMEOUT: Timeout = (5, 30)  # seconds to connect, seconds to wait for bytes
Params = Mapping[str, str | int | bool | Sequence[str]]

_BUSY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}

for _name in ("urllib3", "googleapiclient", "google.auth", "google.oauth2"):
    # Their DEBUG lines carry URLs, bodies and tokens, hence addresses.
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Request:
    """One request to an API.

    api: the method's name for errors and counts, such as `gmail.users.drafts.send`. repeatable: doing it
    twice equals doing it once; a GET always is. What may hold an address or a token is not in its repr.
    """

    api: str
    method: str
    url: str = field(repr=False)
    params: Params | None = field(default=None, repr=False)
    body: bytes | str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    repeatable: bool = False


class Transport:
    """Sends requests and turns every unhappy answer into our own error.

    Not for use by two threads at once. `requests` counts what was sent, by API method. `server_time` is the
    other side's clock at its last answer, aware; None before the first, or when it was not told.
    """

    def __init__(
        self,
        credentials: Credentials | None,
        endpoints: Endpoints,
        *,
        timeout: Timeout = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """credentials: whose requests these are, None to sign nothing. sleep: waits, in seconds."""
        self.endpoints = endpoints
        self.requests: Counter[str] = Counter()
        self.server_time: datetime | None = None
        self._timeout = timeout
        self._sleep = sleep
        # On this machine neither a proxy nor a .netrc of the environment has a say.
        trusting = not endpoints.all_loopback
        self._token_session = _session(requests.Session(), trusting)
        self._token_session.hooks["response"].append(_insist_on_sign_in)
        self.session: requests.Session = _session(
            requests.Session() if credentials is None else _signing(credentials, self._token_session),
            trusting,
        )

    def send(self, request: Request) -> requests.Response:
        """The good answer to a request: 2xx, with readable JSON unless it is empty by nature.

        Raises WorkspaceError of every kind.
        """
        if not (request.repeatable or request.method == "GET"):
            return self._send_once(request)
        patience = Retrying(
            retry=retry_if_exception_type((OutcomeUnknown, NotSent)),
            stop=stop_after_attempt(4) | stop_after_delay(60),
            wait=wait_random_exponential(multiplier=0.5, max=8),
            sleep=self._sleep,
            reraise=True,
        )
        return patience(self._send_once, request)

    def close(self) -> None:
        """Closes every connection."""
        self.session.close()
        self._token_session.close()

    def _send_once(self, request: Request) -> requests.Response:
        self.requests[request.api] += 1
        try:
            response = self.session.request(
                request.method,
                request.url,
                params=request.params,
                data=request.body,
                headers=dict(request.headers),
                timeout=self._timeout,
                allow_redirects=False,
            )
        except (requests.RequestException, GoogleAuthError) as caught:
            failure = _silence(request.api, caught)
        else:
            status = response.status_code
            self.server_time = _date_of(response)
            if not 200 <= status < 300:
                failure = error_from(request.api, status, response.content, response.headers)
            elif _readable(response):
                return response
            else:
                failure = OutcomeUnknown(f"{request.api}: the answer could not be read", status=status)
        # Raised out here, so that no foreign exception, whose text has the URL in it, hangs on ours.
        raise failure


def open_transport(
    token_file: Path, endpoints: Endpoints, *, sleep: Callable[[float], None] = time.sleep
) -> Transport:
    """A transport signed in with the token file; SignInLost when there is no usable one."""
    try:
        credentials = load(token_file)
    except NotSignedIn as missing:
        raise SignInLost(str(missing)) from None
    return Transport(credentials, endpoints, sleep=sleep)


def _signing(credentials: Credentials, token_session: requests.Session) -> AuthorizedSession:
    """A session that signs each request, and after a 401 (not executed) once more with a new token."""
    return AuthorizedSession(  # type: ignore[no-untyped-call]  # google-auth leaves it untyped
        credentials, auth_request=TokenRequest(token_session)
    )


def _session(session: requests.Session, trusting: bool) -> requests.Session:
    session.trust_env = trusting
    for prefix in ("https://", "http://"):
        session.mount(prefix, HTTPAdapter(max_retries=0))
    return session


def _insist_on_sign_in(response: requests.Response, *_: object, **__: object) -> None:
    """Raises RequestException unless the sign-in service itself speaks: no busy server, no Wi-Fi's page.

    google-auth would take either for the end of our sign-in. A refusal names its error (RFC 6749, 5.2).
    """
    status = response.status_code
    if status in _BUSY or status >= 500 or not _is_of_sign_in(response):
        response.close()
        raise requests.RequestException("no answer of the sign-in service")


def _is_of_sign_in(response: requests.Response) -> bool:
    try:
        answer = response.json()
    except ValueError:
        return False
    return isinstance(answer, dict) and (response.ok or isinstance(answer.get("error"), str))


def _date_of(response: requests.Response) -> datetime | None:
    """When an answer was given, by the clock of whoever gave it."""
    try:
        return http_date(response.headers.get("Date", ""))
    except ValueError:
        return None


def _readable(response: requests.Response) -> bool:
    """Whether the body is JSON, or rightly empty: 204, or the answer to a DELETE."""
    if response.status_code == HTTPStatus.NO_CONTENT or response.request.method == "DELETE":
        return True
    try:
        json.loads(response.content)
    except ValueError:
        return False
    return True


def _silence(api: str, caught: Exception) -> WorkspaceError:
    """What it means that no answer came: never sent, maybe done, or not signed in any more."""
    if isinstance(caught, RefreshError):
        if caught.retryable:
            return NotSent(f"{api}: Google gave no access token for now")
        return SignInLost("Google no longer accepts our sign-in: run `main.py login` again")
    if isinstance(caught, GoogleAuthError):
        return NotSent(f"{api}: Google's sign-in service did not answer")
    if isinstance(caught, requests.ConnectionError) and _never_connected(caught):
        return NotSent(f"{api}: no connection could be made; this machine may be offline")
    if isinstance(caught, requests.Timeout):
        return OutcomeUnknown(f"{api}: no answer in time")
    return OutcomeUnknown(f"{api}: the connection was lost before an answer came")


def _never_connected(caught: requests.ConnectionError) -> bool:
    cause = caught.args[0] if caught.args else None
    return isinstance(getattr(cause, "reason", cause), NewConnectionError | ConnectTimeoutError)
