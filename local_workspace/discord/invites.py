"""Invites to a channel of the Discord server."""

from __future__ import annotations

import sqlite3
import string
from datetime import datetime, timedelta
from typing import Any

from local_workspace.call import Answer, Call, Json
from local_workspace.discord.bot import BOT, require_bot
from local_workspace.errors import ApiError
from local_workspace.store import new_id

_DEFAULTS: Json = {"max_age": 86_400, "max_uses": 0, "temporary": False, "unique": False}
_LARGEST = {"max_age": 604_800, "max_uses": 100}
_GUILD: Json = {"id": "1100000000000000000", "name": "Third Thursday", "features": [], "icon": None}


def create(call: Call) -> Json | Answer:
    """Create Channel Invite: 200 with the invite.

    Body, all optional: max_age (seconds, 0 to 604800, default 86400), max_uses (0 to 100), temporary, unique.
    Without unique=true a running invite with the same settings is given again, as Discord does. Unknown
    fields are ignored, as there. Wrong ones are a 400 with code 50035 that names each.
    """
    require_bot(call.db, call.headers)
    channel = call.params["channel"]
    if not channel.isdecimal():
        return _invalid_form({"channel_id": _coerce(channel, "snowflake")})
    if not 17 <= len(channel) <= 20:
        raise ApiError(404, "10003", "Unknown Channel")
    wanted = _DEFAULTS | {name: value for name, value in (call.body or {}).items() if name in _DEFAULTS}
    if wrong := _problems(wanted):
        return _invalid_form(wrong)
    row = None if wanted["unique"] else _running(call, channel, wanted)
    return invite(row or _add(call, channel, wanted))


def made(db: sqlite3.Connection) -> list[Json]:
    """Every invite that was ever made, oldest first."""
    return [invite(row) for row in db.execute("SELECT * FROM discord_invites ORDER BY seq")]


def invite(row: sqlite3.Row) -> Json:
    """The invite as Discord answers it; times are ISO with offset, expires_at is null when it never ends."""
    created = datetime.fromisoformat(row["created_at"])
    ends = created + timedelta(seconds=row["max_age"]) if row["max_age"] else None
    return {
        "type": 0,
        "code": row["code"],
        "guild_id": _GUILD["id"],
        "guild": _GUILD,
        "channel": {"id": row["channel"], "name": "welcome", "type": 0},
        "inviter": BOT,
        "uses": 0,
        "max_uses": row["max_uses"],
        "max_age": row["max_age"],
        "temporary": bool(row["temporary"]),
        "created_at": created.isoformat(timespec="microseconds"),
        "expires_at": ends.isoformat(timespec="microseconds") if ends else None,
    }


def _running(call: Call, channel: str, wanted: Json) -> sqlite3.Row | None:
    """An invite with the same settings that has not expired; None when there is none."""
    rows = call.db.execute(
        "SELECT * FROM discord_invites"
        " WHERE channel = ? AND max_age = ? AND max_uses = ? AND temporary = ? ORDER BY seq DESC",
        (channel, wanted["max_age"], wanted["max_uses"], wanted["temporary"]),
    )
    oldest = call.now - timedelta(seconds=wanted["max_age"])
    found: sqlite3.Row
    for found in rows:
        if not found["max_age"] or datetime.fromisoformat(found["created_at"]) > oldest:
            return found
    return None


def _add(call: Call, channel: str, wanted: Json) -> sqlite3.Row:
    code = new_id(10, string.ascii_letters + string.digits)
    row: sqlite3.Row = call.db.execute(
        "INSERT INTO discord_invites (code, channel, max_age, max_uses, temporary, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING *",
        (code, channel, wanted["max_age"], wanted["max_uses"], wanted["temporary"], call.now.isoformat()),
    ).fetchone()
    return row


def _problems(wanted: Json) -> Json:
    """What Discord finds wrong, by field."""
    found = {name: _number_problem(wanted[name], largest) for name, largest in _LARGEST.items()}
    for name in ("temporary", "unique"):
        if not isinstance(wanted[name], bool):
            found[name] = _error("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
    return {name: problem for name, problem in found.items() if problem}


def _number_problem(value: Any, largest: int) -> Json | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return _coerce(value, "int")
    if value < 0:
        return _error("NUMBER_TYPE_MIN", "int value should be greater than or equal to 0.")
    if value > largest:
        return _error("NUMBER_TYPE_MAX", f"int value should be less than or equal to {largest}.")
    return None


def _coerce(value: Any, kind: str) -> Json:
    return _error("NUMBER_TYPE_COERCE", f'Value "{value}" is not {kind}.')


def _error(code: str, message: str) -> Json:
    return {"_errors": [{"code": code, "message": message}]}


def _invalid_form(errors: Json) -> Answer:
    return Answer({"message": "Invalid Form Body", "code": 50035, "errors": errors}, status=400)
