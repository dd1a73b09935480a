"""The configuration and the throw-away keys with which the project's commands run against a workspace."""

import contextlib
import json
import os
import re
from pathlib import Path

from local_workspace import oauth
from local_workspace.discord import bot_token
from local_workspace.methods import SCHEMAS
from local_workspace.store import open_store

_CONFIGURATION = """\
# Made by the local workspace: nothing here reaches Google.
spreadsheet = ""
calendar = "primary"
ledger = "ledger.db"
token = "token.json"
client_secret = "client_secret.json"
discord_token = "discord_token"

[mail]
seconds_between = 0
per_day = 400

[endpoints]
sheets = "{base}"
drive = "{base}"
calendar = "{base}"
gmail = "{base}"
discord = "{base}"
workspace = "{base}"
"""


def write_configuration(data: Path, base_url: str) -> Path:
    """Write third-thursday.toml and key files for `base_url` into the folder `data`; return the toml's path.

    Files that are there stay as they are, but for their base URLs, which follow the port. The workspace over
    `data` may be running.
    """
    data.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(open_store(data / "workspace.db", SCHEMAS)) as db:
        db.execute("BEGIN IMMEDIATE")
        client = oauth.client(db)
        if not _follow_port(data / "client_secret.json", base_url):
            _write_private(data / "client_secret.json", _client_secret(client, base_url))
        if not _follow_port(data / "token.json", base_url):
            refresh_token = oauth.grant(db, oauth.ORGANIZER, oauth.DEFAULT_SCOPES)
            _write_private(data / "token.json", _token(client, refresh_token, base_url))
        if not (data / "discord_token").exists():
            _write_private(data / "discord_token", bot_token(db) + "\n")
        db.execute("COMMIT")
    configuration = data / "third-thursday.toml"
    if not _follow_port(configuration, base_url):
        _write_private(configuration, _CONFIGURATION.format(base=base_url))
    return configuration


def _client_secret(client: oauth.Client, base_url: str) -> str:
    """Return client_secret.json as Google's console hands it out for an installed app."""
    installed = {
        "client_id": client.id,
        "client_secret": client.secret,
        "auth_uri": f"{base_url}/authorize",
        "token_uri": f"{base_url}/token",
        "redirect_uris": ["http://localhost"],
    }
    return json.dumps({"installed": installed}, indent=2) + "\n"


def _token(client: oauth.Client, refresh_token: str, base_url: str) -> str:
    """Return token.json, an authorized-user file of Google's client library."""
    user = {
        "type": "authorized_user",
        "client_id": client.id,
        "client_secret": client.secret,
        "refresh_token": refresh_token,
        "token_uri": f"{base_url}/token",
        "scopes": list(oauth.DEFAULT_SCOPES),
        "account": oauth.ORGANIZER,
    }
    return json.dumps(user, indent=2) + "\n"


def _follow_port(path: Path, base_url: str) -> bool:
    """Point the loopback URLs of an existing file at `base_url`; False when there is no such file."""
    if not path.exists():
        return False
    text = path.read_text(encoding="utf-8")
    moved = re.sub(r"http://127\.0\.0\.1:\d+", base_url, text)
    if moved != text:
        path.write_text(moved, encoding="utf-8")
    return True


def _write_private(path: Path, text: str) -> None:
    """Write a new file that its owner alone may read."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
