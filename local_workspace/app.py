"""The server: each request is checked, handled in one transaction, logged, and on disk before its answer."""

import asyncio
import json
import logging
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from local_workspace import (
    clock,
    consent,
    discovery,
    faults,
    fields,
    grants,
    identity,
    oauth,
    quotas,
    request_log,
    uploads,
    validate,
)
from local_workspace.call import Answer, Call, Handler, Json
from local_workspace.errors import ApiError, bad_request, not_found, not_implemented, render
from local_workspace.methods import METHODS, ROUTES, SCHEMAS
from local_workspace.store import open_store

_HTTP_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
_TEMPLATES = [
    (method, template, re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template)))
    for method, template in ROUTES
]

_SIGN_IN = {path for routes in (grants.ROUTES, consent.ROUTES, identity.ROUTES) for _, path in routes}


@dataclass(frozen=True, slots=True)
class _Incoming:
    """One request as it came: the path percent-encoded, the query as pairs."""

    http_method: str
    path: str
    query: str
    headers: dict[str, str]
    raw: bytes
    now: datetime

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query's names and values, decoded, in order."""
        return parse_qsl(self.query, keep_blank_values=True)


class Workspace:
    """The state behind the server, and what answers a request out of it, one after another."""

    def __init__(self, data: Path, *, check_answers: bool = False) -> None:
        """Open (or make) the state in the folder `data`; `check_answers` holds answers to the documents."""
        self.db: sqlite3.Connection = open_store(data / "workspace.db", SCHEMAS)
        self.check_answers = check_answers

    async def answer(self, request: Request) -> Response:
        """Answer one request. What follows the reading of the body runs without a break: the one lock."""
        raw = await request.body()
        headers = {name.lower(): value for name, value in request.headers.items()}
        if headers.get("host", "").rsplit(":", 1)[0] not in {"127.0.0.1", "localhost"}:
            return Response("The local workspace answers on 127.0.0.1 only.\n", 403)
        path = request.scope["raw_path"].decode("ascii")
        self.db.execute("BEGIN IMMEDIATE")
        try:
            incoming = _Incoming(
                request.method, path, request.scope["query_string"].decode(), headers, raw, clock.now(self.db)
            )
            answer, fault = self._committed(incoming)
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        if fault and fault.name == "slow":
            with suppress(asyncio.CancelledError):  # a server that stops keeps nobody waiting
                await asyncio.sleep(fault.seconds)
        return answer

    def _committed(self, incoming: _Incoming) -> tuple[Response, faults.Fault | None]:
        """Answer inside the open transaction and commit it; an error undoes what its handler wrote."""
        found = discovery.find(incoming.http_method, incoming.path)
        route = None if found else _find_route(incoming.http_method, incoming.path)
        name = found[0].id if found else f"{incoming.http_method} {route[1]}" if route else ""
        is_control = incoming.path.startswith("/local/")
        fault = None if is_control else faults.strike(self.db, name)
        self.db.execute("SAVEPOINT request")
        call = Call(name, {}, None, incoming.headers, incoming.raw, "", frozenset(), incoming.now, self.db)
        try:
            if fault and not fault.acted:
                answer = Answer()
            elif found:
                call = self._checked(call, incoming, *found)
                answer = self._call_method(call, found[0])
            elif route:
                call = replace(call, params=dict(incoming.pairs) | route[2], body=_json_body(incoming))
                answer = _as_answer(route[0](call))
            else:
                raise _unknown_path(incoming)
        except Exception as problem:
            self.db.execute("ROLLBACK TO request")
            error = problem if isinstance(problem, ApiError) else _unexpected(call.method, problem)
            answer = Answer(render(_api(incoming.path), error), error.status)
        response = _response(answer)
        if fault:
            response = faults.spoil(fault, _api(incoming.path), response, incoming.now)
        if not is_control:
            self._log(call, incoming, response, fault)
        self.db.execute("COMMIT")
        return response, fault

    def _checked(
        self, call: Call, incoming: _Incoming, method: discovery.Method, path: dict[str, str]
    ) -> Call:
        """Return a call of one of Google's methods, checked as Google does: who asks, and what for."""
        user, scopes = oauth.sign_in(self.db, incoming.headers, dict(incoming.pairs))
        oauth.check_scopes(method, scopes)
        quotas.spend(replace(call, user=user))
        self.db.execute("SAVEPOINT request")  # what is counted stays counted when the request is refused
        params = validate.check_parameters(method, path, incoming.pairs)
        text, media = uploads.split(incoming.headers, incoming.raw) if method.upload else (incoming.raw, None)
        body = validate.check_body(method, text)
        return replace(call, params=params, body=body, media=media, user=user, scopes=scopes)

    def _call_method(self, call: Call, method: discovery.Method) -> Answer:
        """Answer a checked call: no more than its fields mask asks for, held to the document in tests."""
        handler = METHODS.get(method.id)
        if handler is None:
            raise not_implemented(method.id)
        mask = fields.parse(call.params["fields"]) if "fields" in call.params else {}
        if mask and method.response:
            fields.check(mask, method.response, method.schemas)
        answer = _as_answer(handler(call))
        if isinstance(answer.body, bytes) or answer.status >= 300:
            return answer
        if self.check_answers:
            validate.check_answer(method, answer.body)
        return replace(answer, body=fields.select(answer.body, mask))

    def _log(self, call: Call, incoming: _Incoming, response: Response, fault: faults.Fault | None) -> None:
        """Note the request in the log, in the same transaction."""
        request_log.add(
            self.db,
            at=incoming.now.isoformat(),
            method=incoming.http_method,
            path=incoming.path + (f"?{incoming.query}" if incoming.query else ""),
            status=response.status_code,
            request_bytes=len(incoming.raw),
            response_bytes=len(response.body),
            api_method=call.method,
            params=json.dumps(call.params),
            body=None if incoming.http_method == "GET" else incoming.raw.decode(errors="replace"),
            fault=fault.name if fault else None,
        )


def create_app(data: Path, *, check_answers: bool = False) -> Starlette:
    """Return the ASGI app over the state in the folder `data`; it closes the state when it shuts down."""
    workspace = Workspace(data, check_answers=check_answers)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        workspace.db.close()

    return Starlette(
        routes=[Route("/{path:path}", workspace.answer, methods=_HTTP_METHODS)], lifespan=lifespan
    )


def _api(path: str) -> str:
    """Return whose error bodies a path gets: an API's, Discord's, the sign-in's, or our own."""
    if path.startswith("/api/v"):
        return "discord"
    return discovery.api_of(path) or ("oauth" if path in _SIGN_IN else "local")


def _find_route(http_method: str, path: str) -> tuple[Handler, str, dict[str, str]] | None:
    """Return the handler, the template and the path parameters of a route outside the discovery documents."""
    for method, template, pattern in _TEMPLATES:
        if method == http_method and (match := pattern.fullmatch(path)):
            texts = {name: unquote(text) for name, text in match.groupdict().items()}
            return ROUTES[method, template], template, texts
    return None


def _unknown_path(incoming: _Incoming) -> ApiError:
    """Return the 404 for a path that nobody answers; ours comes with those that are there."""
    if not incoming.path.startswith("/local"):
        return not_found("Not Found")
    known = ", ".join(sorted(f"{method} {template}" for method, template in ROUTES))
    return not_found(f"There is no {incoming.http_method} {incoming.path} here. There is: {known}.")


def _json_body(incoming: _Incoming) -> Json | None:
    """Return the JSON object a route was sent, None when it was sent nothing or a form."""
    if incoming.path in _SIGN_IN or not incoming.raw.strip():
        return None
    try:
        body = json.loads(incoming.raw)
    except (ValueError, RecursionError) as error:
        raise bad_request(f"The body is no JSON: {error}.") from None
    if not isinstance(body, dict):
        raise bad_request("The body must be a JSON object.")
    return body


def _as_answer(given: Json | Answer | None) -> Answer:
    """Return what a handler gave back as an answer: a dict is 200, None is 204."""
    if isinstance(given, Answer):
        return given
    return Answer(status=204) if given is None else Answer(given)


def _response(answer: Answer) -> Response:
    """Return an answer as the bytes that leave."""
    body: Any = answer.body
    if body is None:
        return Response(status_code=answer.status, headers=dict(answer.headers))
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return Response(raw, answer.status, dict(answer.headers), answer.content_type)


def _unexpected(method: str, problem: Exception) -> ApiError:
    """Return the 500 for a mistake of ours, and leave its traceback in the log."""
    logging.getLogger(__name__).exception("%s failed", method)
    return ApiError(500, "backendError", f"The local workspace failed: {type(problem).__name__}: {problem}")
