"""What can go wrong on the way to Google and back: told beforehand by method and call, and struck here."""

import json
import socket
import sqlite3
import struct
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from local_workspace import consent, discord, discovery, errors, grants, identity, quotas
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import ApiError, bad_request, not_found

SCHEMA = """
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    method TEXT NOT NULL,              -- "*": every one
    told TEXT NOT NULL,                -- JSON
    seen INTEGER NOT NULL DEFAULT 0,   -- calls that came by
    struck INTEGER NOT NULL DEFAULT 0
);
"""
_LENGTHS = {"shortLength", "wrongLength"}
_ACTED = {"closeAfter", "empty", "halfAnswer", "html", "resetAfter", "slow", "truncated", *_LENGTHS}
_SECONDS = {"429RetryAfter": 7, "403userRateLimitRetryAfter": 900, "slow": 1}

_OVER = ApiError(429, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
_FULL = ApiError(403, "quotaExceeded", "Calendar usage limits exceeded.", domain="usageLimits")
_REFUSALS = {  # in the words of Calendar and Drive
    "400": errors.bad_request("Bad Request"),
    "401": errors.unauthenticated(),
    "403quotaExceeded": _FULL,
    "403rateLimitExceeded": quotas.over("calendar.queries.minute.project"),
    "403userRateLimitExceeded": quotas.over("calendar.queries.minute.user"),
    "403userRateLimitRetryAfter": quotas.over("calendar.queries.minute.user"),
    "404": errors.not_found("Not Found"),
    "409": errors.conflict(),
    "410": errors.gone(),
    "412": errors.precondition_failed(),
    "429": _OVER,
    "429RetryAfter": _OVER,
    "500": ApiError(500, "backendError", "Backend Error"),
    "503": ApiError(503, "backendError", "Backend Error"),
    "invalidGrant": ApiError(400, "invalid_grant", "Token has been expired or revoked."),
}
_NEWER_WORDS = {  # of Gmail and Sheets
    400: "Request contains an invalid argument.",
    404: "Requested entity was not found.",
    409: "Requested entity already exists",
    412: "Precondition check failed.",
    429: "Resource has been exhausted (e.g. check quota).",
    500: "Internal error encountered.",
    503: "The service is currently unavailable.",
}
_BAD_GATEWAY = """\
<!DOCTYPE html>
<html lang=en>
  <title>Error 502 (Server Error)!!1</title>
  <p><b>502.</b> <ins>That’s an error.</ins>
  <p>The server encountered a temporary error and could not complete your request.
"""
_PORTAL = "<!DOCTYPE html>\n<title>Wi-Fi</title>\n<p>Please sign in to use this network.\n"
_OWN_WORDS: Json = {"status": 200, "body": None, "headers": {}}  # of "answer"
_NAMES = sorted({*_REFUSALS, *_ACTED, "502", "answer", "closeBefore"})
_OTHERS = [" ".join(route) for part in (grants, consent, identity, discord) for route in part.ROUTES]


def strike(db: sqlite3.Connection, method: str) -> Json | None:
    """Count a call of `method`, and return the oldest fault that strikes it, None for none."""
    rows = db.execute("UPDATE faults SET seen = seen + 1 WHERE method IN (?, '*') RETURNING *", (method,))
    for row in sorted(rows, key=lambda row: row["id"]):
        told: Json = json.loads(row["told"])
        since_first = row["seen"] - told["call"]
        if since_first >= 0 and (told["times"] is None or since_first < told["times"]):
            db.execute("UPDATE faults SET struck = struck + 1 WHERE id = ?", (row["id"],))
            return told
    return None


def spoil(fault: Json, api: str, answer: Response, now: datetime) -> Response:
    """Return what leaves in place of `answer`, which is an empty one where nothing was carried out.

    `api` is the one whose error bodies are due, `now` the workspace clock.
    """
    name, raw = fault["fault"], bytes(answer.body) or b"{}"
    half, status = raw[: len(raw) // 2], 200 if answer.status_code == 204 else answer.status_code
    match name:
        case "slow":
            return answer
        case "html":
            return HTMLResponse(_PORTAL)
        case "502":
            return HTMLResponse(_BAD_GATEWAY, 502)
        case "answer":
            words = b"" if fault["body"] is None else json.dumps(fault["body"]).encode()
            return Response(words, fault["status"], fault["headers"], "application/json")
        case "empty":
            return Response(media_type="application/json")
        case "truncated":
            return Response(half, status, media_type="application/json")
        case "wrongLength":
            return _Cut(raw, status, len(raw) + 10)
        case "shortLength":
            return _Cut(raw, status, max(len(raw) - 10, 0))
        case "halfAnswer":
            return _Cut(half, status, len(raw))
        case "closeBefore" | "closeAfter" | "resetAfter":
            return _Cut(reset=name == "resetAfter")
    headers = {"Retry-After": f"{fault['seconds']:.0f}"} if name == "429RetryAfter" else None
    error = _worded(fault, api, now)
    return JSONResponse(errors.render(api, error), error.status, headers)


def _worded(fault: Json, api: str, now: datetime) -> ApiError:
    """Return the refusal that a fault is, in the words of an API."""
    error = _REFUSALS[fault["fault"]]
    if fault["fault"] == "403userRateLimitRetryAfter":
        until = f"{now + timedelta(seconds=fault['seconds']):%Y-%m-%dT%H:%M:%S.000Z}"
        error = replace(error, message=f"User-rate limit exceeded.  Retry after {until}")
    elif api == "sheets" and error.status == 429:
        error = quotas.over("sheets.write.minute.user")
    elif api in ("gmail", "sheets") and error.status in _NEWER_WORDS:
        error = replace(error, message=_NEWER_WORDS[error.status], domain="global")
    elif api == "discord":
        error = replace(error, message=f"{error.status}: {HTTPStatus(error.status).phrase}")
    elif api == "oauth" and error.reason != "invalid_grant":
        usual = "internal_failure" if error.status >= 500 else error.reason
        error = replace(
            error, reason={400: "invalid_request", 401: "invalid_client"}.get(error.status, usual)
        )
    return replace(error, message=error.message.replace("Calendar", api.title()))


class _Cut(Response):
    """An answer that ends with the connection, after fewer bytes than promised; none at all with status 0."""

    def __init__(self, raw: bytes = b"", status: int = 0, promised: int = 0, *, reset: bool = False) -> None:
        headers = {"Content-Length": str(promised), "Connection": "close"}
        super().__init__(raw, status, headers, "application/json")
        self._reset = reset

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write past the server, which would not send such a thing, and wait until it knows."""
        transport = scope["state"]["transport"]
        if self.status_code:
            head = f"HTTP/1.1 {self.status_code} {HTTPStatus(self.status_code).phrase}".encode()
            transport.write(b"\r\n".join([head, *map(b": ".join, self.raw_headers), b"", self.body]))
        if self._reset:
            at_once = struct.pack("ii", 1, 0)
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        transport.close()
        while (await receive())["type"] != "http.disconnect":
            pass


def tell(call: Call) -> Json:
    """POST /local/faults: {"fault", "method", "call"?, "times"?, "acted"?, "seconds"?}.

    "answer" also takes {"status"?, "body"?, "headers"?}.
    """
    name = str((call.body or {}).get("fault"))
    usual: Json = {"call": 1, "times": 1, "acted": name in _ACTED, "seconds": _SECONDS.get(name, 0)}
    told = usual | (_OWN_WORDS if name == "answer" else {}) | (call.body or {})
    if name not in _NAMES:
        raise bad_request(f"There is no fault {name!r}. There is: {', '.join(_NAMES)}.")
    method = told.get("method")
    if method not in ["*", *_OTHERS, *discovery.methods()]:
        raise bad_request(f"There is no method {method!r}; write it as GET /local/requests does, or *.")
    seconds, counts = told["seconds"], [told["call"], 1 if told["times"] is None else told["times"]]
    if any(type(count) is not int or count < 1 for count in counts):
        raise bad_request('"call" and "times" count from 1; "times": null is always.')
    if type(told["acted"]) is not bool or type(seconds) not in (int, float) or not 0 <= seconds <= 86_400:
        raise bad_request('"acted" is true or false, "seconds" a number up to a day.')
    if name == "answer" and not (
        type(told["status"]) is int
        and 200 <= told["status"] <= 599
        and isinstance(told["headers"], dict)
        and all(isinstance(text, str) for text in told["headers"].values())
    ):
        raise bad_request('"status" is a number from 200 to 599, "headers" are texts by name.')
    query = "INSERT INTO faults (method, told) VALUES (?, ?) RETURNING *"
    return _shown(call.db.execute(query, (method, json.dumps(told))).fetchone())


def show(call: Call) -> Json:
    """GET /local/faults: each with the calls it has `seen` since and how many it `struck`."""
    return {"faults": [_shown(row) for row in call.db.execute("SELECT * FROM faults ORDER BY id")]}


def heal(call: Call) -> Json:
    """DELETE /local/faults, or /local/faults/{id}: forget all of them, or one."""
    healed = call.db.execute("DELETE FROM faults WHERE id = ?1 OR ?1 IS NULL", (call.params.get("id"),))
    if "id" in call.params and not healed.rowcount:
        raise not_found(f"There is no fault {call.params['id']}; GET /local/faults lists them.")
    return {"healed": healed.rowcount}


def _shown(row: sqlite3.Row) -> Json:
    told: Json = json.loads(row["told"])
    return told | {name: row[name] for name in ("id", "seen", "struck")}


CONTROLS: Routes = {
    ("POST", "/local/faults"): tell,
    ("GET", "/local/faults"): show,
    ("DELETE", "/local/faults"): heal,
    ("DELETE", "/local/faults/{id}"): heal,
}
