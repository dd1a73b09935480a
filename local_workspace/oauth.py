"""Accounts, their tokens, and the sign-in of every request.

Access tokens live 3600 seconds of wall time, whatever the workspace clock says.
"""

import secrets
import sqlite3
from collections.abc import Iterable, Mapping

from local_workspace import clock, errors
from local_workspace.discovery import Method

ORGANIZER = "organizer@example.org"
DEFAULT_SCOPES = (
    "https://www.googleapis.com/auth/drive.file",
    "https://www.googleapis.com/auth/calendar.events.owned",
    "https://www.googleapis.com/auth/gmail.compose",
)
"""What a new refresh token may do: the scopes of the program that this workspace is made for."""
EMAIL_SCOPES = {"email", "https://www.googleapis.com/auth/userinfo.email"}
IDENTITY_SCOPES = EMAIL_SCOPES | {"openid", "profile", "https://www.googleapis.com/auth/userinfo.profile"}
"""What may be asked for besides the scopes of the APIs: who somebody is."""
_LIFETIME = 3600  # seconds

SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    address TEXT PRIMARY KEY,
    meet INTEGER NOT NULL,            -- whether it can make Meet links
    time_zone TEXT NOT NULL           -- of its calendar, by IANA
);
INSERT OR IGNORE INTO accounts VALUES ('organizer@example.org', 1, 'UTC');
CREATE TABLE IF NOT EXISTS service_keys (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts,
    public_key TEXT NOT NULL,         -- PEM, of the key or of its certificate
    delegated INTEGER NOT NULL        -- whether it may act for every account
);
CREATE TABLE IF NOT EXISTS oauth_clients (id TEXT PRIMARY KEY, secret TEXT NOT NULL);
INSERT INTO oauth_clients
    SELECT lower(hex(randomblob(8))) || '.apps.googleusercontent.com', 'local-' || lower(hex(randomblob(12)))
    WHERE NOT EXISTS (SELECT 1 FROM oauth_clients);
CREATE TABLE IF NOT EXISTS refresh_tokens (
    token TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts,
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


def add_account(db: sqlite3.Connection, address: str, *, meet: bool, time_zone: str) -> None:
    """Make the account, or change what is known of it."""
    db.execute(
        "INSERT INTO accounts VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE"
        " SET meet = excluded.meet, time_zone = excluded.time_zone",
        (address, meet, time_zone),
    )


def is_account(db: sqlite3.Connection, address: str) -> bool:
    """Say whether there is an account at `address` (lower case)."""
    return db.execute("SELECT 1 FROM accounts WHERE address = ?", (address,)).fetchone() is not None


def account(db: sqlite3.Connection, address: str) -> str:
    """Return the address of an account, in lower case; ApiError 404 when there is none."""
    if not is_account(db, address.lower()):
        raise errors.not_found(f"There is no account {address}; POST /local/accounts makes one.")
    return address.lower()


def is_service_account(db: sqlite3.Connection, address: str) -> bool:
    """Say whether the account is a program's own, which has no mailbox and invites nobody."""
    return db.execute("SELECT 1 FROM service_keys WHERE account = ?", (address,)).fetchone() is not None


def client(db: sqlite3.Connection) -> dict[str, str]:
    """Return client_id and client_secret of the workspace's one OAuth client."""
    row = db.execute("SELECT id, secret FROM oauth_clients").fetchone()
    return {"client_id": row["id"], "client_secret": row["secret"]}


def grant(db: sqlite3.Connection, address: str, scopes: Iterable[str]) -> str:
    """Return a new refresh token of the account for these scopes, as if somebody had consented."""
    token = f"1//local-{secrets.token_urlsafe(24)}"
    columns = (token, address, " ".join(sorted(scopes)))
    db.execute("INSERT INTO refresh_tokens (token, account, scopes) VALUES (?, ?, ?)", columns)
    return token


def issue(
    db: sqlite3.Connection, address: str, scopes: Iterable[str], refresh_token: str | None = None
) -> str:
    """Return a new access token of the account for these scopes, and drop those that are over."""
    now = clock.wall_time().timestamp()
    db.execute("DELETE FROM access_tokens WHERE expires_at < ?", (now - _LIFETIME,))
    token = f"ya29.local-{secrets.token_urlsafe(24)}"
    columns = (token, address, " ".join(sorted(scopes)), now + _LIFETIME, refresh_token)
    db.execute("INSERT INTO access_tokens VALUES (?, ?, ?, ?, ?)", columns)
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
    db: sqlite3.Connection, method: Method, headers: Mapping[str, str], query: Mapping[str, str]
) -> tuple[str, frozenset[str]]:
    """Return the account and the scopes of a request's access token.

    ApiError 401 when it has no good one, 403 when it holds none of the scopes that the method accepts.
    """
    row = token_row(db, bearer(headers, query))
    if row is None:
        raise errors.unauthenticated()
    scopes = frozenset(row["scopes"].split())
    if method.scopes.isdisjoint(scopes):
        raise errors.insufficient_scopes(method.api, method.id)
    return row["account"], scopes
