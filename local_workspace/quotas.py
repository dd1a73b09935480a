"""Google's quotas per minute and day, per user and project: off until a control turns them on.

The numbers are Google's documented ones (for Gmail those of projects made since May 2026). A minute is one of
the workspace clock, a day begins at midnight on the Pacific coast.
"""

import json
import re
import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo

from local_workspace.call import Call, Json, Routes
from local_workspace.errors import ApiError, bad_request

SCHEMA = """
-- limits: JSON, those that differ from the documented ones
CREATE TABLE IF NOT EXISTS quotas (enabled INTEGER NOT NULL, limits TEXT NOT NULL);
INSERT INTO quotas SELECT 0, '{}' WHERE NOT EXISTS (SELECT 1 FROM quotas);
-- user: "" for the project; since: the minute or the day
CREATE TABLE IF NOT EXISTS quota_use (
    name TEXT, user TEXT, since TEXT, used INTEGER NOT NULL, PRIMARY KEY (name, user)
);
"""
_LIMITS = {
    "sheets.read.minute.user": 60,
    "sheets.read.minute.project": 300,
    "sheets.write.minute.user": 60,
    "sheets.write.minute.project": 300,
    "drive.queries.minute.user": 12_000,
    "drive.queries.minute.project": 12_000,
    "calendar.queries.minute.user": 600,
    "calendar.queries.minute.project": 10_000,
    "gmail.units.minute.user": 6_000,
    "gmail.units.minute.project": 1_200_000,
    "gmail.units.day.project": 80_000_000,
}
_UNITS = {
    "calendar.events.patch": 3,
    "gmail.users.getProfile": 1,
    "gmail.users.messages.get": 20,
    "gmail.users.messages.send": 100,
    "gmail.users.drafts.create": 10,
    "gmail.users.drafts.update": 15,
    "gmail.users.drafts.send": 100,
}
_PACIFIC = ZoneInfo("America/Los_Angeles")


def spend(call: Call) -> None:
    """Count a request, refused or not; raise the API's own 429 or 403 when it goes over a quota."""
    row = call.db.execute("SELECT enabled, limits FROM quotas").fetchone()
    if not row["enabled"]:
        return
    api = call.method.split(".", 1)[0]
    reads = re.search(r"(?i)get|search", call.method)
    metric = {"sheets": "read" if reads else "write", "gmail": "units"}.get(api, "queries")
    units = _UNITS.get(call.method, 5 if api == "gmail" else 1)
    for name, limit in (_LIMITS | json.loads(row["limits"])).items():
        if name.startswith(f"{api}.{metric}."):
            user = call.user if name.endswith(".user") else ""
            if _used(call.db, name, user, call.now, units) > limit:
                raise over(name)


def _used(db: sqlite3.Connection, name: str, user: str, now: datetime, units: int) -> int:
    """Count so many units more, and return how many that makes in this minute or day."""
    since = f"{now:%Y-%m-%dT%H:%M}" if ".minute." in name else f"{now.astimezone(_PACIFIC):%Y-%m-%d}"
    row = db.execute(
        "INSERT INTO quota_use VALUES (?, ?, ?, ?) ON CONFLICT (name, user) DO UPDATE SET"
        " used = excluded.used + CASE since WHEN excluded.since THEN used ELSE 0 END, since = excluded.since"
        " RETURNING used",
        (name, user, since, units),
    )
    return int(row.fetchone()[0])


def over(name: str) -> ApiError:
    """Return the refusal of the API whose quota that is, such as "sheets.read.minute.user"."""
    api, metric, window, whose = name.split(".")
    if metric == "queries" and whose == "user":
        return ApiError(403, "userRateLimitExceeded", "User Rate Limit Exceeded", domain="usageLimits")
    if metric == "queries":
        return ApiError(403, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
    what = {"read": "Read requests", "write": "Write requests", "units": "Queries"}[metric]
    limit = f"{what} per {window}" + (" per user" if whose == "user" else "")
    service = f"{api}.googleapis.com"
    words = (
        f"Quota exceeded for quota metric '{what}' and limit '{limit}' of service '{service}' for consumer "
        "'project_number:123'."
    )
    if api == "gmail":
        return ApiError(403, "rateLimitExceeded", words, domain="usageLimits")
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "consumer": "projects/123",
            "quota_limit": limit.title().replace(" ", ""),
            "quota_metric": f"{service}/{metric}_requests",
            "service": service,
        },
    }
    return ApiError(429, "rateLimitExceeded", words, details=(info,))


def show(call: Call) -> Json:
    """GET /local/quotas: whether they are on, and every limit by its name."""
    row = call.db.execute("SELECT enabled, limits FROM quotas").fetchone()
    return {"enabled": bool(row["enabled"]), "limits": _LIMITS | json.loads(row["limits"])}


def change(call: Call) -> Json:
    """POST /local/quotas: on or off, with limits in place of the documented ones; counting begins anew."""
    body = call.body or {}
    enabled, limits = body.get("enabled"), body.get("limits", {})
    if not isinstance(enabled, bool) or not isinstance(limits, dict):
        raise bad_request('Send {"enabled": true, "limits": {"sheets.read.minute.user": 5}}.')
    if not all(type(limit) is int for limit in limits.values()) or limits.keys() - _LIMITS.keys():
        raise bad_request('"limits" gives a whole number by the names that GET /local/quotas lists.')
    call.db.execute("UPDATE quotas SET enabled = ?, limits = ?", (enabled, json.dumps(limits)))
    call.db.execute("DELETE FROM quota_use")
    return show(call)


CONTROLS: Routes = {("GET", "/local/quotas"): show, ("POST", "/local/quotas"): change}
