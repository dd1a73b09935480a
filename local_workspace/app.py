"""The server: each request is checked, handled in one transaction, logged, and on disk before its answer."""

import asyncio
import json
import logging
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from local_workspace import clock, discovery, faults, fields, oauth, quotas, request_log, uploads, validate
from local_workspace.call import Answer, Call, Handler, Json
from local_workspace.errors import ApiError, bad_request, not_found, not_implemented, render
from local_workspace.methods import METHODS, ROUTES, SCHEMAS, SIGN_IN
from local_workspace.store import open_store

_TEMPLATES = [
    (method, template, re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template)))
    for method, template in ROUTES
]


class Workspace:
    """The ASGI application over one state; it answers one request after another."""

    def __init__(self, data: Path, *, check_answers: bool = False) -> None:
        """Open (or make) the state in the folder `data`; `check_answers` holds answers to the documents."""
        self.db = open_store(data / "workspace.db", SCHEMAS)
        self._check_answers = check_answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. What follows the reading of the body runs without a break: the one lock."""
        request = Request(scope, receive)
        raw = await request.body()
        if not _is_from_here(request):
            await Response("The local workspace answers on 127.0.0.1 only.\n", 403)(scope, receive, send)
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            response, fault = self._answer(request, raw)
            self.db.execute("COMMIT")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        if fault and fault["fault"] == "slow":
            with suppress(asyncio.CancelledError):  # a server that stops keeps nobody waiting
                await asyncio.sleep(fault["seconds"])
        await response(scope, receive, send)

    def _answer(self, request: Request, raw: bytes) -> tuple[Response, Json | None]:
        """Answer inside the open transaction, and log it; an error undoes what its handler wrote."""
        path: str = request.scope["raw_path"].decode("ascii")
        query: str = request.scope["query_string"].decode()
        pairs = parse_qsl(query, keep_blank_values=True)
        found = discovery.find(request.method, path)
        route = None if found else _route(request.method, path)
        name = found[0].id if found else route[0] if route else ""
        fault = None if path.startswith("/local/") else faults.strike(self.db, name)
        call = Call(name, dict(request.headers.items()), raw, clock.now(self.db), self.db)
        self.db.execute("SAVEPOINT request")
        try:
            if fault and not fault["acted"]:
                answer = Answer()
            elif found:
                call = self._checked(call, *found, pairs)
                answer = self._call_method(call, found[0])
            elif route:
                body = None if path in SIGN_IN else _json_body(raw)
                call = replace(call, params=dict(pairs) | route[2], body=body)
                answer = _as_answer(route[1](call))
            else:
                known = ", ".join(sorted(f"{method} {template}" for method, template in ROUTES))
                there = f"There is no {request.method} {path} here. There is: {known}."
                raise not_found(there if path.startswith("/local") else "Not Found")
        except Exception as problem:
            self.db.execute("ROLLBACK TO request")
            error = _as_error(problem, call)
            answer = Answer(render(_api(path), error), error.status)
        response = _response(answer)
        response.headers["Date"] = format_datetime(call.now.astimezone(UTC), usegmt=True)
        if fault:
            response = faults.spoil(fault, _api(path), response, call.now)
        if not path.startswith("/local/"):
            request_log.add(
                self.db,
                None if request.method == "GET" else raw.decode(errors="replace"),
                at=call.now.isoformat(),
                method=request.method,
                path=path + (f"?{query}" if query else ""),
                status=response.status_code,
                request_bytes=len(raw),
                response_bytes=len(response.body),
                api_method=name,
                params=call.params,
                user_agent=request.headers.get("user-agent", ""),
                fault=fault["fault"] if fault else None,
            )
        return response, fault

    def _checked(
        self, call: Call, method: discovery.Method, path: dict[str, str], query: list[tuple[str, str]]
    ) -> Call:
        """Return a call of one of Google's methods, checked as Google does: who asks, and what for."""
        user, scopes = oauth.sign_in(self.db, method, oauth.bearer(call.headers, dict(query)))
        quotas.spend(replace(call, user=user))
        self.db.execute("SAVEPOINT request")  # what is counted stays counted when the request is refused
        params = validate.check_parameters(method, path, query)
        text, media = uploads.split(call.headers, call.raw) if method.upload else (call.raw, None)
        body = validate.check_body(method, text)
        return replace(call, params=params, body=body, media=media, user=user, scopes=scopes)

    def _call_method(self, call: Call, method: discovery.Method) -> Answer:
        """Answer a checked call: no more than its fields mask asks for, held to the document in tests."""
        if method.id not in METHODS:
            raise not_implemented(method.id)
        mask = fields.parse(call.params["fields"]) if "fields" in call.params else {}
        if mask and method.response:
            fields.check(mask, {"$ref": method.response}, method.schemas)
        answer = _as_answer(METHODS[method.id](call))
        if isinstance(answer.body, bytes) or answer.status >= 300:
            return answer
        if self._check_answers:
            validate.check_answer(method, answer.body)
        return replace(answer, body=fields.select(answer.body, mask))


def _is_from_here(request: Request) -> bool:
    """Say whether a request means this machine, and comes from no web page of another one."""
    named = [request.headers.get("host", "")]
    if "origin" in request.headers:
        named.append(request.headers["origin"].partition("://")[2])
    return all(name.rsplit(":", 1)[0] in {"127.0.0.1", "localhost"} for name in named)


def _api(path: str) -> str:
    """Return whose error bodies a path gets: an API's, Discord's, the sign-in's, or our own."""
    if path.startswith("/api/v"):
        return "discord"
    return discovery.api_of(path) or ("oauth" if path in SIGN_IN else "local")


def _route(http_method: str, path: str) -> tuple[str, Handler, dict[str, str]] | None:
    """Return name, handler and path parameters of a route outside the discovery documents."""
    for method, template, pattern in _TEMPLATES:
        if method == http_method and (match := pattern.fullmatch(path)):
            texts = {name: unquote(text) for name, text in match.groupdict().items()}
            return f"{method} {template}", ROUTES[method, template], texts
    return None


def _json_body(raw: bytes) -> Json | None:
    """Return the JSON object that a route was sent, None when it was sent nothing."""
    try:
        body = json.loads(raw) if raw.strip() else None
    except ValueError as error:
        raise bad_request(f"The body is no JSON: {error}.") from None
    if not isinstance(body, dict | None):
        raise bad_request("The body must be a JSON object.")
    return body


def _as_answer(given: Json | Answer | None) -> Answer:
    """Return what a handler gave back as an answer: a dict is 200, None is 204."""
    if isinstance(given, Answer):
        return given
    return Answer(status=204) if given is None else Answer(given)


def _as_error(problem: Exception, call: Call) -> ApiError:
    """Return what went wrong as an answer: a refusal, or a 500 for a mistake of ours, which is logged too."""
    if isinstance(problem, ApiError):
        return problem
    if isinstance(problem, RecursionError):
        return bad_request("The request is nested too deeply.")
    logging.getLogger(__name__).error("%s failed", call.method, exc_info=problem)
    return ApiError(500, "backendError", f"The local workspace failed: {type(problem).__name__}: {problem}")


def _response(answer: Answer) -> Response:
    """Return an answer as the bytes that leave."""
    raw = answer.body
    if raw is None:
        return Response(status_code=answer.status, headers=dict(answer.headers))
    if not isinstance(raw, bytes):
        raw = json.dumps(raw, ensure_ascii=False).encode()
    return Response(raw, answer.status, dict(answer.headers), answer.content_type)
