"""The one boundary to google-api-python-client, which is untyped: its services, carried by our transport."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import httplib2
from googleapiclient.discovery import build

from workspace.transport import Request, Transport

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HttpAdapter:
    """Looks like httplib2.Http to googleapiclient and sends through our transport.

    api: the method's discovery id. repeatable: see transport.Request.
    """

    transport: Transport | None
    api: str = ""
    repeatable: bool = False

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        redirections: int = 0,
        connection_type: type | None = None,
    ) -> tuple[httplib2.Response, bytes]:
        """One request; unhappy answers are raised here, so that no HttpError with its URL ever exists."""
        if self.transport is None:
            raise RuntimeError("a service is for describing requests; send them with execute()")
        # httplib2's own agent and encodings stay out; requests negotiates both.
        kept = {name: value for name, value in (headers or {}).items() if name not in _NOT_OURS}
        answer = self.transport.send(
            Request(self.api, method, uri, body=body, headers=kept, repeatable=self.repeatable)
        )
        lower = {name.lower(): value for name, value in answer.headers.items()}
        lower.pop("content-encoding", None)  # requests has unpacked it
        return httplib2.Response({**lower, "status": str(answer.status_code)}), answer.content

    def close(self) -> None:
        """Nothing: the transport lives on."""


_NOT_OURS = {"accept-encoding", "user-agent", "content-length"}


@functools.cache
def service(name: str, version: str, endpoint: str) -> Any:
    """An API's service from the discovery document that ships with the library; nothing is fetched.

    endpoint: the whole base URL, the API's own path and a slash at the end included. Built once per process.
    """
    return build(
        name,
        version,
        http=HttpAdapter(None),
        client_options={"api_endpoint": endpoint},
        static_discovery=True,
        cache_discovery=False,
    )


def execute(transport: Transport, request: Any, *, repeatable: bool = False) -> Json:
    """Sends one request that a service described, and returns its JSON; {} for an empty answer."""
    adapter = HttpAdapter(transport, str(request.methodId), repeatable)
    return cast(Json, request.execute(http=adapter, num_retries=0) or {})
