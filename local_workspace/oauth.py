"""Accounts, their tokens, and the sign-in of every request.

Access tokens live 3600 seconds of wall time, whatever the workspace clock says.
"""

import secrets
import sqlite3
import time
from collections.abc import Iterable, Mapping

from local_workspace.discovery import Method
from local_workspace.errors import insufficient_scopes, not_found, unauthenticated

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
-- meet: whether it can make Meet links; time_zone: of its calendar, by IANA
CREATE TABLE IF NOT EXISTS accounts (address TEXT PRIMARY KEY, meet INTEGER, time_zone TEXT);
INSERT OR IGNORE INTO accounts VALUES ('organizer@example.org', 1, 'UTC');
CREATE TABLE IF NOT EXISTS service_keys (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts,
    public_key TEXT NOT NULL,  -- PEM, of the key or of its certificate
    delegated INTEGER NOT NULL -- whether it may act for every account
);
CREATE TABLE IF NOT EXISTS oauth_clients (client_id TEXT NOT NULL, client_secret TEXT NOT NULL);
INSERT INTO oauth_clients
    SELECT lower(hex(randomblob(8))) || '.apps.googleusercontent.com', 'local-' || lower(hex(randomblob(12)))
    WHERE NOT EXISTS (SELECT 1 FROM oauth_clients);
CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts,
    scopes TEXT NOT NULL,      -- separated by spaces
    expires_at REAL,           -- wall time, seconds since 1970; NULL: a refresh token
    refresh_token TEXT,        -- the sign-in that an access token belongs to
    revoked INTEGER NOT NULL DEFAULT 0
);
"""


def is_account(db: sqlite3.Connection, address: str) -> bool:
    """Say whether there is an account at `address` (lower case)."""
    return db.execute("SELECT 1 FROM accounts WHERE address = ?", (address,)).fetchone() is not None


def account(db: sqlite3.Connection, address: str) -> str:
    """Return the address of an account, in lower case; ApiError 404 when there is none."""
    if not is_account(db, address.lower()):
        raise not_found(f"There is no account {address}; POST /local/accounts makes one.")
    return address.lower()


def is_service_account(db: sqlite3.Connection, address: str) -> bool:
    """Say whether the account is a program's own, which has no mailbox and invites nobody."""
    return db.execute("SELECT 1 FROM service_keys WHERE account = ?", (address,)).fetchone() is not None


def client(db: sqlite3.Connection) -> dict[str, str]:
    """Return client_id and client_secret of the workspace's one OAuth client."""
    return dict(db.execute("SELECT * FROM oauth_clients").fetchone())


def grant(db: sqlite3.Connection, address: str, scopes: Iterable[str]) -> str:
    """Return a new refresh token of the account for these scopes, as if somebody had consented."""
    columns = (f"1//local-{secrets.token_urlsafe(24)}", address, " ".join(sorted(scopes)))
    db.execute("INSERT INTO tokens (token, account, scopes) VALUES (?, ?, ?)", columns)
    return columns[0]


def issue(db: sqlite3.Connection, address: str, scopes: Iterable[str], sign_in: str | None = None) -> str:
    """Return a new access token of the account for these scopes, and drop those that are over."""
    db.execute("DELETE FROM tokens WHERE expires_at < ?", (time.time() - _LIFETIME,))
    columns = (f"ya29.local-{secrets.token_urlsafe(24)}", address, " ".join(sorted(scopes)))
    rest = (time.time() + _LIFETIME, sign_in)
    db.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, 0)", columns + rest)
    return columns[0]


def token_row(db: sqlite3.Connection, token: str) -> sqlite3.Row | None:
    """Return what is kept of an access token that lives, None for any other."""
    query = "SELECT * FROM tokens WHERE token = ? AND expires_at > ?"
    row: sqlite3.Row | None = db.execute(query, (token, time.time())).fetchone()
    return row


def bearer(headers: Mapping[str, str], query: Mapping[str, str]) -> str:
    """Return the access token that a request carries in its header or its query, "" when it has none."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else query.get("access_token", "")


def sign_in(db: sqlite3.Connection, method: Method, token: str) -> tuple[str, frozenset[str]]:
    """Return the account and the scopes of an access token.

    ApiError 401 when it is none, 403 when it holds none of the scopes that the method accepts.
    """
    row = token_row(db, token)
    if row is None:
        raise unauthenticated()
    scopes = frozenset(row["scopes"].split())
    if method.scopes.isdisjoint(scopes):
        raise insufficient_scopes(method.api, method.id)
    return row["account"], scopes
