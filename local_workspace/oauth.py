"""Accounts, their keys, the token endpoint and the sign-in of every request.

Access tokens live 3600 seconds of wall time, whatever the workspace clock says.
"""

import base64
import binascii
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl

from local_workspace import clock, errors
from local_workspace.call import Answer, Call, Json, Routes
from local_workspace.discovery import Method

ORGANIZER = "organizer@example.org"
DEFAULT_SCOPES = (
    "https://www.googleapis.com/auth/drive.file",
    "https://www.googleapis.com/auth/calendar.events.owned",
    "https://www.googleapis.com/auth/gmail.compose",
)
"""What a new refresh token may do: the scopes of the program that this workspace is made for."""
LIFETIME = timedelta(seconds=3600)

SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    address TEXT PRIMARY KEY,
    meet INTEGER NOT NULL,            -- whether it can make Meet links
    time_zone TEXT NOT NULL           -- of its calendar
);
INSERT OR IGNORE INTO accounts VALUES ('organizer@example.org', 1, 'UTC');
CREATE TABLE IF NOT EXISTS oauth_clients (id TEXT PRIMARY KEY, secret TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refresh_tokens (
    token TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts,
    client TEXT NOT NULL REFERENCES oauth_clients,
    scopes TEXT NOT NULL,             -- separated by spaces
    revoked INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS access_tokens (
    token TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts,
    scopes TEXT NOT NULL,
    expires_at REAL NOT NULL          -- wall time, seconds since 1970
);
CREATE INDEX IF NOT EXISTS access_tokens_by_expiry ON access_tokens (expires_at);
"""


@dataclass(frozen=True, slots=True)
class Account:
    """A Google account; `meet`: whether it can make Meet links; `time_zone`: its calendar's, by IANA."""

    address: str
    meet: bool
    time_zone: str


@dataclass(frozen=True, slots=True)
class Client:
    """An OAuth client: what stands in client_secret.json."""

    id: str
    secret: str


def add_account(db: sqlite3.Connection, made: Account) -> None:
    """Make the account, or change what is known of it."""
    db.execute(
        "INSERT INTO accounts VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE"
        " SET meet = excluded.meet, time_zone = excluded.time_zone",
        (made.address, made.meet, made.time_zone),
    )


def account(db: sqlite3.Connection, address: str) -> Account:
    """Return the account at `address`; ApiError 404 when there is none."""
    row = db.execute("SELECT * FROM accounts WHERE address = ?", (address,)).fetchone()
    if row is None:
        raise errors.not_found(f"There is no account {address}; POST /local/accounts makes one.")
    return Account(row["address"], meet=bool(row["meet"]), time_zone=row["time_zone"])


def client(db: sqlite3.Connection) -> Client:
    """Return the workspace's one OAuth client, made at first use."""
    row = db.execute("SELECT id, secret FROM oauth_clients").fetchone()
    if row is None:
        made = Client(f"{secrets.token_hex(8)}.apps.googleusercontent.com", f"local-{secrets.token_hex(12)}")
        db.execute("INSERT INTO oauth_clients VALUES (?, ?)", (made.id, made.secret))
        return made
    return Client(row["id"], row["secret"])


def grant(db: sqlite3.Connection, address: str, scopes: Iterable[str]) -> str:
    """Return a new refresh token of the account for these scopes, as if somebody had consented."""
    token = f"1//local-{secrets.token_urlsafe(24)}"
    db.execute(
        "INSERT INTO refresh_tokens (token, account, client, scopes) VALUES (?, ?, ?, ?)",
        (token, address, client(db).id, " ".join(sorted(scopes))),
    )
    return token


def issue(db: sqlite3.Connection, address: str, scopes: Iterable[str]) -> str:
    """Return a new access token of the account for these scopes, and drop those that are over."""
    wall = clock.wall_time()
    db.execute("DELETE FROM access_tokens WHERE expires_at < ?", ((wall - LIFETIME).timestamp(),))
    token = f"ya29.local-{secrets.token_urlsafe(24)}"
    db.execute(
        "INSERT INTO access_tokens VALUES (?, ?, ?, ?)",
        (token, address, " ".join(sorted(scopes)), (wall + LIFETIME).timestamp()),
    )
    return token


def sign_in(
    db: sqlite3.Connection, headers: Mapping[str, str], query: Mapping[str, str]
) -> tuple[str, frozenset[str]]:
    """Return the account and the scopes of a request's access token; ApiError 401 when it has no good one."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    token = token if kind.lower() == "bearer" else query.get("access_token", "")
    row = db.execute(
        "SELECT account, scopes FROM access_tokens WHERE token = ? AND expires_at > ?",
        (token, clock.wall_time().timestamp()),
    ).fetchone()
    if row is None:
        raise errors.unauthenticated()
    return row["account"], frozenset(row["scopes"].split())


def check_scopes(method: Method, scopes: frozenset[str]) -> None:
    """Raise ApiError 403 unless the token holds one of the scopes that the method accepts."""
    if method.scopes.isdisjoint(scopes):
        raise errors.insufficient_scopes(f"{method.api}.googleapis.com", method.id)


def exchange(call: Call) -> Answer:
    """POST /token: give an access token for a refresh token (the refresh_token grant)."""
    form = dict(parse_qsl(call.raw.decode(errors="replace"), keep_blank_values=True))
    refused = _refused_client(call.db, form, call.headers)
    if refused:
        return refused
    if form.get("grant_type") != "refresh_token":
        return _refusal("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
    row = call.db.execute(
        "SELECT account, scopes FROM refresh_tokens WHERE token = ? AND NOT revoked",
        (form.get("refresh_token", ""),),
    ).fetchone()
    if row is None:
        return _refusal("invalid_grant", "Token has been expired or revoked.")
    scopes = row["scopes"].split()
    wanted = form.get("scope", "").split() or scopes
    if not set(wanted) <= set(scopes):
        return _refusal("invalid_scope", "Bad Request")
    token = issue(call.db, row["account"], wanted)
    return Answer(
        {"access_token": token, "expires_in": 3599, "scope": " ".join(wanted), "token_type": "Bearer"}
    )


ROUTES: Routes = {("POST", "/token"): exchange, ("POST", "/oauth2/token"): exchange}


def _refused_client(
    db: sqlite3.Connection, form: Mapping[str, str], headers: Mapping[str, str]
) -> Answer | None:
    """Return the 401 for a client that is not ours; its secret may stand in the form or in HTTP Basic."""
    name, secret = form.get("client_id", ""), form.get("client_secret", "")
    kind, _, text = headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(text).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            name = ""
    row = db.execute("SELECT secret FROM oauth_clients WHERE id = ?", (name,)).fetchone()
    if row is None:
        return _refusal("invalid_client", "The OAuth client was not found.", 401)
    if row["secret"] != secret:
        return _refusal("invalid_client", "Unauthorized", 401)
    return None


def _refusal(error: str, description: str, status: int = 400) -> Answer:
    """Return an error of the token endpoint in its own shape (RFC 6749)."""
    body: Json = {"error": error, "error_description": description}
    return Answer(body, status)
