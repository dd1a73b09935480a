"""The token endpoint: access tokens for a refresh token, for the code of a consent, and for a signed JWT."""

import base64
import binascii
import hashlib
import json
import sqlite3
from typing import Any

from local_workspace import clock, discovery, oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import ApiError

_JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LONGEST = 3600  # seconds that a JWT may be good for

SCHEMA = """
CREATE TABLE IF NOT EXISTS oauth_codes (
    code TEXT PRIMARY KEY,
    client TEXT NOT NULL REFERENCES oauth_clients,
    redirect_uri TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts,
    scopes TEXT NOT NULL,             -- those that were granted
    challenge TEXT NOT NULL,          -- of PKCE, "" without
    challenge_method TEXT NOT NULL,
    offline INTEGER NOT NULL,         -- whether a refresh token was asked for
    expires_at REAL NOT NULL          -- wall time, seconds since 1970
);
CREATE TABLE IF NOT EXISTS service_keys (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts,
    public_key TEXT NOT NULL,         -- PEM
    delegated INTEGER NOT NULL        -- whether it may act for every account
);
"""


def exchange(call: Call) -> Json:
    """POST /token: an access token, expires_in in seconds, and a refresh token where one was asked for."""
    form = call.form()
    kind = form.get("grant_type", "")
    if kind == _JWT_BEARER:
        return _answer(*_signed(call.db, form.get("assertion", "")))
    client = _client(call, form)
    if kind == "refresh_token":
        return _renewed(call.db, form)
    if kind == "authorization_code":
        return _first(call.db, form, client)
    raise refused("unsupported_grant_type", f"Invalid grant_type: {kind}")


ROUTES: Routes = {("POST", "/token"): exchange, ("POST", "/oauth2/token"): exchange}


def refused(error: str, description: str = "Bad Request", status: int = 400) -> ApiError:
    """Return an error of the sign-in, in the words of RFC 6749."""
    return ApiError(status, error, description)


def _client(call: Call, form: dict[str, str]) -> str:
    """Return the id of the client that asks; its secret stands in the form or in HTTP Basic."""
    name, secret = form.get("client_id", ""), form.get("client_secret", "")
    kind, _, text = call.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(text).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            name = ""
    row = call.db.execute("SELECT secret FROM oauth_clients WHERE id = ?", (name,)).fetchone()
    if row is None:
        raise refused("invalid_client", "The OAuth client was not found.", 401)
    if row["secret"] != secret:
        raise refused("invalid_client", "Unauthorized", 401)
    return name


def _renewed(db: sqlite3.Connection, form: dict[str, str]) -> Json:
    """Return the answer to a refresh token, with no more scopes than it has."""
    refresh_token = form.get("refresh_token", "")
    row = db.execute(
        "SELECT account, scopes FROM refresh_tokens WHERE token = ? AND NOT revoked", (refresh_token,)
    ).fetchone()
    if row is None:
        raise refused("invalid_grant", "Token has been expired or revoked.")
    wanted = form.get("scope", "").split() or row["scopes"].split()
    if not set(wanted) <= set(row["scopes"].split()):
        raise refused("invalid_scope")
    return _answer(oauth.issue(db, row["account"], wanted, refresh_token), wanted)


def _first(db: sqlite3.Connection, form: dict[str, str], client: str) -> Json:
    """Return the answer to the code of a consent, which is good once."""
    row = db.execute(
        "DELETE FROM oauth_codes WHERE code = ? AND client = ? AND expires_at > ? RETURNING *",
        (form.get("code", ""), client, clock.wall_time().timestamp()),
    ).fetchone()
    if row is None:
        raise refused("invalid_grant", "Malformed auth code.")
    if row["redirect_uri"] != form.get("redirect_uri"):
        raise refused("redirect_uri_mismatch")
    if row["challenge"]:
        verifier = form.get("code_verifier", "")
        if row["challenge_method"] == "S256":
            digest = hashlib.sha256(verifier.encode()).digest()
            verifier = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if verifier != row["challenge"]:
            missing = "Missing" if not form.get("code_verifier") else "Invalid"
            raise refused("invalid_grant", f"{missing} code verifier.")
    scopes = row["scopes"].split()
    refresh_token = oauth.grant(db, row["account"], scopes) if row["offline"] else None
    answer = _answer(oauth.issue(db, row["account"], scopes, refresh_token), scopes)
    return answer | ({"refresh_token": refresh_token} if refresh_token else {})


def _signed(db: sqlite3.Connection, assertion: str) -> tuple[str, None]:
    """Return the access token for a JWT that a service account signed, for itself or for its `sub`."""
    try:
        head, claims, signature = (
            base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in assertion.split(".")
        )
        algorithm, said = json.loads(head)["alg"], json.loads(claims)
        issuer, scopes = said["iss"].lower(), said.get("scope", "").split()
        issued, expires = int(said["iat"]), int(said["exp"])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise refused("invalid_grant", "Invalid JWT: not a valid JSON Web Token.") from None
    rows = db.execute("SELECT * FROM service_keys WHERE account = ?", (issuer,)).fetchall()
    if not rows:
        raise refused("invalid_grant", "Invalid grant: account not found")
    signed = assertion.rpartition(".")[0].encode()
    key = next((row for row in rows if _verifies(row["public_key"], signature, signed)), None)
    if key is None or algorithm != "RS256":
        raise refused("invalid_grant", "Invalid JWT Signature.")
    now = clock.wall_time().timestamp()
    if not issued - 300 <= now < expires <= issued + _LONGEST:
        raise refused(
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
            "Check your iat and exp values in the JWT claim.",
        )
    if not str(said.get("aud", "")).endswith("/token"):
        raise refused("invalid_grant", "Invalid JWT: Failed audience check.")
    if not scopes or not set(scopes) <= discovery.scopes() | oauth.IDENTITY_SCOPES:
        raise refused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
    return oauth.issue(db, _subject(db, key, said), scopes), None


def _subject(db: sqlite3.Connection, key: sqlite3.Row, said: Json) -> str:
    """Return the account that a JWT acts for: its `sub`, or the service account itself."""
    account = str(said.get("sub") or key["account"]).lower()
    if account != key["account"] and not key["delegated"]:
        raise refused(
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not authorized "
            "for any of the scopes requested.",
            401,
        )
    if db.execute("SELECT 1 FROM accounts WHERE address = ?", (account,)).fetchone() is None:
        raise refused("invalid_grant", "Invalid email or User ID")
    return account


def _verifies(public_key: str, signature: bytes, signed: bytes) -> bool:
    """Say whether the key made the signature. Its library is slow to import, and few need it."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415

    key: Any = serialization.load_pem_public_key(public_key.encode())
    try:
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _answer(token: str, scopes: list[str] | None) -> Json:
    """Return the endpoint's answer; that to a JWT names no scopes."""
    answer: Json = {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}
    return answer | ({"scope": " ".join(scopes)} if scopes else {})
