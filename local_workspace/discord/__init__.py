"""Discord, as far as a bot that makes invites needs it."""

from local_workspace.call import Routes
from local_workspace.discord import invites
from local_workspace.discord.bot import bot_token

ROUTES: Routes = {("POST", "/api/v10/channels/{channel}/invites"): invites.create}
SCHEMA = """
CREATE TABLE IF NOT EXISTS discord_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS discord_invites (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    max_age INTEGER NOT NULL,      -- seconds, 0: for ever
    max_uses INTEGER NOT NULL,     -- 0: without end
    temporary INTEGER NOT NULL,
    created_at TEXT NOT NULL       -- ISO, UTC, on the workspace clock
);
"""

__all__ = ["ROUTES", "SCHEMA", "bot_token"]
