"""A workspace of its own for every test, and the real Google clients over real sockets."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httplib2
import pytest
import requests
from googleapiclient.discovery import build

from local_workspace.serve import RunningWorkspace

_SERVICE_PATHS = {"calendar": "/calendar/v3/", "drive": "/drive/v3/", "gmail": "/", "sheets": "/"}


class SessionHttp:
    """googleapiclient's idea of HTTP over a requests session: nothing is ever sent twice."""

    def __init__(self, token: str) -> None:
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Any = None, **_: Any
    ) -> tuple[httplib2.Response, bytes]:
        reply = self.session.request(method, uri, data=body, headers=headers, timeout=30)
        return httplib2.Response({**reply.headers, "status": str(reply.status_code)}), reply.content

    def close(self) -> None:
        self.session.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[RunningWorkspace]:
    """A fresh workspace that checks its own answers too."""
    with RunningWorkspace(tmp_path / "workspace", check_answers=True) as running:
        yield running


@pytest.fixture
def local(workspace: RunningWorkspace) -> Iterator[Callable[..., Any]]:
    """Call one of the workspace's controls: local("POST", "/local/clock", {"advance": 60})."""
    with requests.Session() as session:

        def call(method: str, path: str, body: Any = None) -> Any:
            reply = session.request(method, workspace.base_url + path, json=body, timeout=30)
            assert reply.ok, reply.text
            return reply.json()

        yield call


@pytest.fixture
def token(local: Callable[..., Any]) -> dict[str, str]:
    """The headers of a request that may do everything."""
    return {"Authorization": f"Bearer {local('GET', '/local/token')['access_token']}"}


@pytest.fixture
def client(workspace: RunningWorkspace, local: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Build a real client: client("calendar", "v3"), optionally with scopes="..." and account="..."."""
    opened: list[SessionHttp] = []

    def make(api: str, version: str, *, scopes: str | None = None, account: str | None = None) -> Any:
        query = "".join(f"&{k}={v}" for k, v in (("scopes", scopes), ("account", account)) if v is not None)
        http = SessionHttp(local("GET", f"/local/token?{query}")["access_token"])
        opened.append(http)
        endpoint = workspace.base_url + _SERVICE_PATHS[api]
        return build(
            api, version, http=http, client_options={"api_endpoint": endpoint}, static_discovery=True
        )

    yield make
    for http in opened:
        http.close()
