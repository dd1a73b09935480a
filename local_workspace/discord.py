"""Discord, as far as a bot that makes invites needs it: one server, one bot, Create Channel Invite."""

import hmac
import json
import sqlite3
import string
from datetime import datetime, timedelta

from local_workspace import oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import ApiError
from local_workspace.store import new_id

SCHEMA = """
CREATE TABLE IF NOT EXISTS discord_invites (seq INTEGER PRIMARY KEY, invite TEXT NOT NULL);  -- JSON
"""
_USUAL: Json = {"max_age": 86_400, "max_uses": 0, "temporary": False}


def bot_token(db: sqlite3.Connection) -> str:
    """Return the token that the bot signs in with."""
    return "bot-" + oauth.client(db)["client_secret"]


def create_invite(call: Call) -> Json:
    """Create Channel Invite. Body, all optional: max_age (seconds, 0: for ever), max_uses, temporary, unique.

    Without unique=true a running invite with the same settings is given again, as Discord does. Times are
    ISO with offset; expires_at is null when it never ends.
    """
    channel, body = call.params["channel"], call.body or {}
    given = call.headers.get("authorization", "").encode()
    if not hmac.compare_digest(given, f"Bot {bot_token(call.db)}".encode()):
        raise ApiError(401, "0", "401: Unauthorized")
    if not channel.isdecimal() or not 17 <= len(channel) <= 20:
        raise ApiError(404, "10003", "Unknown Channel")
    wanted = {name: body.get(name, usual) for name, usual in _USUAL.items()}
    if wanted["max_age"] not in range(604_801) or wanted["max_uses"] not in range(101):
        raise ApiError(400, "50035", "Invalid Form Body")
    wanted["channel"] = {"id": channel, "name": "welcome", "type": 0}
    for invite in () if body.get("unique") else reversed(invites(call.db)):
        over = invite["expires_at"] and datetime.fromisoformat(invite["expires_at"]) <= call.now
        if wanted.items() <= invite.items() and not over:
            return invite
    ends = call.now + timedelta(seconds=wanted["max_age"]) if wanted["max_age"] else None
    made = wanted | {
        "type": 0,
        "code": new_id(10, string.ascii_letters + string.digits),
        "uses": 0,
        "created_at": call.now.isoformat(timespec="microseconds"),
        "expires_at": ends.isoformat(timespec="microseconds") if ends else None,
    }
    call.db.execute("INSERT INTO discord_invites (invite) VALUES (?)", (json.dumps(made),))
    return made


def invites(db: sqlite3.Connection) -> list[Json]:
    """Return every invite that was ever made, oldest first, as Discord answered it."""
    rows = db.execute("SELECT invite FROM discord_invites ORDER BY seq")
    return [json.loads(row["invite"]) for row in rows]


ROUTES: Routes = {("POST", "/api/v10/channels/{channel}/invites"): create_invite}
