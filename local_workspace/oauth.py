"""Accounts, their tokens, and the sign-in of every request.

Access tokens live 3600 seconds of wall time, whatever the workspace clock says.
"""

import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from local_workspace import clock, errors
from local_workspace.discovery import Method

ORGANIZER = "organizer@example.org"
DEFAULT_SCOPES = (
    "https://www.googleapis.com/auth/drive.file",
    "https://www.googleapis.com/auth/calendar.events.owned",
    "https://www.googleapis.com/auth/gmail.compose",
)
"""What a new refresh token may do: the scopes of the program that this workspace is made for."""
IDENTITY_SCOPES = frozenset(
    ["openid", "email", "profile"]
    + [f"https://www.googleapis.com/auth/userinfo.{name}" for name in ("email", "profile")]
)
"""What may be asked for besides the scopes of the APIs: who somebody is."""
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
    expires_at REAL NOT NULL,         -- wall time, seconds since 1970
    refresh_token TEXT                -- the sign-in it belongs to
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


def is_service_account(db: sqlite3.Connection, address: str) -> bool:
    """Say whether the account is a program's own, which has no mailbox and invites nobody."""
    return db.execute("SELECT 1 FROM service_keys WHERE account = ?", (address,)).fetchone() is not None


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


def issue(
    db: sqlite3.Connection, address: str, scopes: Iterable[str], refresh_token: str | None = None
) -> str:
    """Return a new access token of the account for these scopes, and drop those that are over."""
    wall = clock.wall_time()
    db.execute("DELETE FROM access_tokens WHERE expires_at < ?", ((wall - LIFETIME).timestamp(),))
    token = f"ya29.local-{secrets.token_urlsafe(24)}"
    db.execute(
        "INSERT INTO access_tokens VALUES (?, ?, ?, ?, ?)",
        (token, address, " ".join(sorted(scopes)), (wall + LIFETIME).timestamp(), refresh_token),
    )
    return token


def token_row(db: sqlite3.Connection, token: str) -> sqlite3.Row | None:
    """Return what is kept of an access token that lives, None for any other."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM access_tokens WHERE token = ? AND expires_at > ?",
        (token, clock.wall_time().timestamp()),
    ).fetchone()
    return row


def bearer(headers: Mapping[str, str], query: Mapping[str, str]) -> str:
    """Return the access token that a request carries in its header or its query, "" when it has none."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else query.get("access_token", "")


def sign_in(
    db: sqlite3.Connection, headers: Mapping[str, str], query: Mapping[str, str]
) -> tuple[str, frozenset[str]]:
    """Return the account and the scopes of a request's access token; ApiError 401 when it has no good one."""
    row = token_row(db, bearer(headers, query))
    if row is None:
        raise errors.unauthenticated()
    return row["account"], frozenset(row["scopes"].split())


def check_scopes(method: Method, scopes: frozenset[str]) -> None:
    """Raise ApiError 403 unless the token holds one of the scopes that the method accepts."""
    if method.scopes.isdisjoint(scopes):
        raise errors.insufficient_scopes(f"{method.api}.googleapis.com", method.id)
