"""What an API's answer, or its silence, means for us; one function decides.

WorkspaceError
├── Refused               had no effect, for certain
│   ├── NotSent           the request never left: no connection, or no access token for now
│   ├── NotFound          404
│   ├── Gone              410, or an event that is cancelled
│   ├── Conflict          409: the id is taken
│   ├── Stale             412: changed since it was read
│   ├── QuotaReached      429, or 403 for a rate or a quota
│   ├── TabMissing        400: a range names a tab that is not there
│   ├── GridTooSmall      400: a range goes beyond its tab's last row or column
│   ├── MeetRefused       400: this account cannot make Meet links
│   ├── ScopeMissing      403: the sign-in does not cover this
│   ├── AccessDenied      any other 401 or 403
│   ├── TooManyGuests     ours: Calendar takes 200 guests
│   ├── GuestListNotWhole ours: writing it back would remove people
│   └── Rejected          any other 4xx
├── OutcomeUnknown        5xx, a timeout, a lost connection, an unreadable answer: it may have happened
└── SignInLost            Google no longer accepts our sign-in, or there is none

Texts name the API method and Google's message; addresses, links and tokens are masked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

_QUOTA_REASONS = {
    "rateLimitExceeded",
    "userRateLimitExceeded",
    "dailyLimitExceeded",
    "quotaExceeded",
    "RATE_LIMIT_EXCEEDED",
}
_DAILY_REASONS = {"dailyLimitExceeded", "quotaExceeded"}
_SCOPE_REASONS = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
_SECRET = re.compile(r"\b(?:ya29\.|1//)[\w.~+/-]+|\b(?:Bearer|Bot)\s+[\w.~+/=-]{8,}", re.IGNORECASE)
_LINK = re.compile(r"\b(?:https?|wss?)://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+(?:@|%40)[^\s<>\"'(),;:]+", re.IGNORECASE)
_RETRY_AFTER = re.compile(r"Retry after\s+(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))", re.IGNORECASE)
_LONGEST = 300  # characters of a foreign message worth showing


class WorkspaceError(Exception):
    """An outside service did not do what we asked; the message is fit to be shown."""

    def __init__(self, message: str) -> None:
        super().__init__(masked(message))


class Refused(WorkspaceError):
    """The request had no effect, for certain.

    status: the HTTP status, 0 when there was no answer. reason: the service's own word for it, or "".
    """

    def __init__(self, message: str, *, status: int = 0, reason: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason


class NotSent(Refused):
    """The request never left this machine: no connection, or no access token for the moment."""


class NotFound(Refused):
    """No such thing, or none that we may see."""


class Gone(Refused):
    """It was there and is deleted."""


class Conflict(Refused):
    """The id is taken, by a deleted thing too."""


class Stale(Refused):
    """It was changed since we read it."""


class QuotaReached(Refused):
    """Too much, too fast.

    until: the aware instant to wait for, when the answer names one. daily: the limit is one of a day (or
    an unpublished longer one), so that minutes do not help.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 429,
        reason: str = "",
        until: datetime | None = None,
        daily: bool = False,
    ) -> None:
        super().__init__(message, status=status, reason=reason)
        self.until = until
        self.daily = daily


class TabMissing(Refused):
    """A range names a tab that is not there."""


class GridTooSmall(Refused):
    """A range goes beyond the last row or column of its tab."""


class MeetRefused(Refused):
    """This account cannot make Meet links."""


class ScopeMissing(Refused):
    """The sign-in does not cover what was asked."""


class AccessDenied(Refused):
    """This account may not do what was asked."""


class TooManyGuests(Refused):
    """The event would have more guests than Calendar takes."""


class GuestListNotWhole(Refused):
    """Calendar did not give the whole guest list; writing it back would remove people."""


class Rejected(Refused):
    """The request itself was wrong."""


class OutcomeUnknown(WorkspaceError):
    """The request may or may not have had its effect. status: the HTTP status, 0 when there was no answer."""

    def __init__(self, message: str, *, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class SignInLost(WorkspaceError):
    """Google no longer accepts our sign-in, or there is none; only `login` helps."""


def masked(text: str) -> str:
    """The text with tokens, links and addresses replaced, white space folded, at most 300 characters."""
    for pattern, mask in ((_SECRET, "[token]"), (_LINK, "[link]"), (_ADDRESS, "[address]")):
        text = pattern.sub(mask, text)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def error_from(api: str, status: int, body: bytes, headers: Mapping[str, str]) -> WorkspaceError:
    """The error that an unhappy HTTP answer stands for.

    api: the method's name, such as `calendar.events.insert`. headers: any case. Sources: the bodies that
    Calendar, Gmail, Sheets (google.rpc), the OAuth endpoint and Discord answer with.
    """
    reasons, said = _explanation(body)
    reason = reasons[0] if reasons else ""
    text = f"{api}: {said or _phrase(status)} ({status})"
    if status == HTTPStatus.TOO_MANY_REQUESTS or (
        status == HTTPStatus.FORBIDDEN and not _QUOTA_REASONS.isdisjoint(reasons)
    ):
        daily = not _DAILY_REASONS.isdisjoint(reasons) or bool(re.search(r"\b(daily|per day)\b", said, re.I))
        until = _wait_until(said, {name.lower(): value for name, value in headers.items()})
        return QuotaReached(text, status=status, reason=reason, until=until, daily=daily)
    if status == HTTPStatus.FORBIDDEN and not _SCOPE_REASONS.isdisjoint(reasons):
        text += "; run `main.py login` again and leave every box ticked"
        return ScopeMissing(text, status=status, reason=reason)
    if status == HTTPStatus.BAD_REQUEST and said.startswith("Unable to parse range"):
        return TabMissing(text, status=status, reason=reason)
    if status == HTTPStatus.BAD_REQUEST and "exceeds grid limits" in said:
        return GridTooSmall(text, status=status, reason=reason)
    if status == HTTPStatus.BAD_REQUEST and said.startswith("Invalid conference type value"):
        return MeetRefused(text, status=status, reason=reason)
    if status in _BY_STATUS:
        return _BY_STATUS[status](text, status=status, reason=reason)
    if status == HTTPStatus.REQUEST_TIMEOUT or not 400 <= status < 500:
        return OutcomeUnknown(text, status=status)
    return Rejected(text, status=status, reason=reason)


_BY_STATUS: dict[int, type[Refused]] = {
    401: AccessDenied,
    403: AccessDenied,
    404: NotFound,
    409: Conflict,
    410: Gone,
    412: Stale,
}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "no explanation"


def _explanation(body: bytes) -> tuple[list[str], str]:
    """All reasons an error body names, the most telling first, and its message."""
    try:
        answer = json.loads(body)
    except ValueError:
        return [], ""
    if not isinstance(answer, dict):
        return [], ""
    error = answer.get("error", answer)  # Discord has no "error" around it
    if isinstance(error, str):  # the OAuth endpoint
        return [error], str(answer.get("error_description", error))
    if not isinstance(error, dict):
        return [], ""
    return [reason for reason in _reasons(error) if reason], str(error.get("message", ""))


def _reasons(error: Mapping[str, Any]) -> Iterator[str]:
    for key in ("details", "errors"):
        entries = error.get(key)
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                yield str(entry.get("reason", ""))
    yield str(error.get("status", ""))
    yield str(error.get("code", ""))


def _wait_until(message: str, headers: Mapping[str, str]) -> datetime | None:
    """The instant named in Gmail's message, else by Retry-After: a date, or seconds after the Date header."""
    if named := _RETRY_AFTER.search(message):
        try:
            return datetime.fromisoformat(named[1]).astimezone(UTC)
        except ValueError:
            return None
    wait = headers.get("retry-after", "").strip()
    try:
        if re.fullmatch(r"\d+(\.\d+)?", wait):
            return http_date(headers.get("date", "")) + timedelta(seconds=float(wait))
        return http_date(wait)
    except ValueError:
        return None


def http_date(text: str) -> datetime:
    """An HTTP date as an instant in UTC; ValueError when it is none."""
    stamp = parsedate_to_datetime(text)
    return stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC)
