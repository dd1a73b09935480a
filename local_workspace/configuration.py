"""The configuration and the throw-away keys with which the project's commands run against a workspace."""

import contextlib
import json
import os
import re
from collections.abc import Callable
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
    with contextlib.closing(open_store(data / "workspace.db", SCHEMAS)) as db:
        db.execute("BEGIN IMMEDIATE")
        client = oauth.client(db) | {"token_uri": f"{base_url}/token"}

        def client_secret() -> str:
            """client_secret.json as Google's console hands it out for an installed app."""
            page = {"auth_uri": f"{base_url}/authorize", "redirect_uris": ["http://localhost"]}
            return json.dumps({"installed": client | page}, indent=2) + "\n"

        def token() -> str:
            """token.json, an authorized-user file of Google's client library."""
            refresh_token = oauth.grant(db, oauth.ORGANIZER, oauth.DEFAULT_SCOPES)
            user = {"type": "authorized_user", "account": oauth.ORGANIZER, "refresh_token": refresh_token}
            return json.dumps(client | user | {"scopes": oauth.DEFAULT_SCOPES}, indent=2) + "\n"

        _place(data / "client_secret.json", base_url, client_secret)
        _place(data / "token.json", base_url, token)
        _place(data / "discord_token", base_url, lambda: bot_token(db) + "\n")
        db.execute("COMMIT")
    configuration = data / "third-thursday.toml"
    _place(configuration, base_url, lambda: _CONFIGURATION.format(base=base_url))
    return configuration


def _place(path: Path, base_url: str, make: Callable[[], str]) -> None:
    """Write a new file that its owner alone may read; in one that is there, loopback URLs follow the port."""
    if not path.exists():
        text = make()
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        return
    text = path.read_text(encoding="utf-8")
    moved = re.sub(r"http://127\.0\.0\.1:\d+", base_url, text)
    if moved != text:
        path.write_text(moved, encoding="utf-8")
