"""The one bot of the workspace's Discord server, and the token it signs in with."""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from collections.abc import Mapping

from local_workspace.call import Json
from local_workspace.errors import ApiError

BOT: Json = {
    "id": "1100000000000000001",
    "username": "third-thursday",
    "discriminator": "0000",
    "avatar": None,
    "public_flags": 0,
    "bot": True,
}


def bot_token(db: sqlite3.Connection) -> str:
    """The bot's token; the first call makes it."""
    db.execute(
        "INSERT OR IGNORE INTO discord_settings (name, value) VALUES ('bot_token', ?)",
        (secrets.token_urlsafe(32),),
    )
    return str(db.execute("SELECT value FROM discord_settings WHERE name = 'bot_token'").fetchone()[0])


def require_bot(db: sqlite3.Connection, headers: Mapping[str, str]) -> None:
    """Raise Discord's 401 unless `headers` (lower-case names) hold `Authorization: Bot <token>`."""
    given = headers.get("authorization", "").encode()
    if not hmac.compare_digest(given, f"Bot {bot_token(db)}".encode()):
        raise ApiError(401, "0", "401: Unauthorized")
