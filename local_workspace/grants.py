"""The token endpoint: access tokens for a refresh token, for the code of a consent, and for a signed JWT."""

import base64
import hashlib
import json
import sqlite3
import time
from typing import Any

from local_workspace import discovery, oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import ApiError

SCHEMA = """
-- consent: JSON of what was asked, the account and what was ticked; expires_at: wall time, in seconds
CREATE TABLE IF NOT EXISTS oauth_codes (code TEXT PRIMARY KEY, consent TEXT, expires_at REAL);
"""


def exchange(call: Call) -> Json:
    """POST /token: an access token, expires_in in seconds, and a refresh token where one was asked for."""
    form = call.form()
    kind = form.get("grant_type", "")
    answer = {"expires_in": 3599, "token_type": "Bearer"}
    if kind == "urn:ietf:params:oauth:grant-type:jwt-bearer":
        return answer | {"access_token": _signed(call.db, form.get("assertion", ""))}
    _check_client(call, form)
    if kind == "refresh_token":
        return answer | _renewed(call.db, form)
    if kind == "authorization_code":
        return answer | _first(call.db, form)
    raise ApiError(400, "unsupported_grant_type", f"Invalid grant_type: {kind}")


ROUTES: Routes = {("POST", "/token"): exchange, ("POST", "/oauth2/token"): exchange}


def _check_client(call: Call, form: dict[str, str]) -> None:
    """Raise ApiError 401 unless the client names itself and its secret, in the form or in HTTP Basic."""
    name, secret = form.get("client_id"), form.get("client_secret")
    kind, _, text = call.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(text).decode().partition(":")
        except ValueError:
            name = None
    client = oauth.client(call.db)
    if name != client["client_id"]:
        raise ApiError(401, "invalid_client", "The OAuth client was not found.")
    if secret != client["client_secret"]:
        raise ApiError(401, "invalid_client", "Unauthorized")


def _renewed(db: sqlite3.Connection, form: dict[str, str]) -> Json:
    """Return the answer to a refresh token, with no more scopes than it has."""
    token = form.get("refresh_token", "")
    query = "SELECT * FROM tokens WHERE token = ? AND expires_at IS NULL AND NOT revoked"
    row = db.execute(query, (token,)).fetchone()
    if row is None:
        raise ApiError(400, "invalid_grant", "Token has been expired or revoked.")
    wanted = form.get("scope", "").split() or row["scopes"].split()
    if not set(wanted) <= set(row["scopes"].split()):
        raise ApiError(400, "invalid_scope", "Bad Request")
    return {"access_token": oauth.issue(db, row["account"], wanted, token), "scope": " ".join(wanted)}


def _first(db: sqlite3.Connection, form: dict[str, str]) -> Json:
    """Return the answer to the code of a consent, which is good once."""
    query = "DELETE FROM oauth_codes WHERE code = ? AND expires_at > ? RETURNING consent"
    row = db.execute(query, (form.get("code", ""), time.time())).fetchone()
    if row is None:
        raise ApiError(400, "invalid_grant", "Malformed auth code.")
    asked, verifier = json.loads(row["consent"]), form.get("code_verifier", "")
    if asked["redirect_uri"] != form.get("redirect_uri"):
        raise ApiError(400, "redirect_uri_mismatch", "Bad Request")
    proof = verifier
    if asked.get("code_challenge_method") == "S256":
        proof = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    if asked.get("code_challenge", proof) != proof:
        raise ApiError(400, "invalid_grant", f"{'Invalid' if verifier else 'Missing'} code verifier.")
    account, scopes, refresh_token = asked["account"], asked["ticked"], None
    if asked.get("access_type") == "offline":
        refresh_token = oauth.grant(db, account, scopes)
    answer = {"access_token": oauth.issue(db, account, scopes, refresh_token), "scope": " ".join(scopes)}
    return answer | ({"refresh_token": refresh_token} if refresh_token else {})


def _signed(db: sqlite3.Connection, assertion: str) -> str:
    """Return the access token for a JWT that a service account signed, for itself or for its `sub`."""
    said, key = _claims(db, assertion)
    scopes = str(said.get("scope", "")).split()
    account = str(said.get("sub") or key["account"]).lower()
    if not said["iat"] - 300 <= time.time() < said["exp"] <= said["iat"] + 3600:
        words = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
        raise ApiError(400, "invalid_grant", f"{words}Check your iat and exp values in the JWT claim.")
    if not str(said.get("aud", "")).endswith("/token"):
        raise ApiError(400, "invalid_grant", "Invalid JWT: Failed audience check.")
    if not scopes or not set(scopes) <= discovery.scopes() | oauth.IDENTITY_SCOPES:
        raise ApiError(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.")
    if account != key["account"] and not key["delegated"]:
        words = (
            "Client is unauthorized to retrieve access tokens using this method, or client not authorized "
        )
        raise ApiError(401, "unauthorized_client", f"{words}for any of the scopes requested.")
    if not oauth.is_account(db, account):
        raise ApiError(400, "invalid_grant", "Invalid email or User ID")
    return oauth.issue(db, account, scopes)


def _claims(db: sqlite3.Connection, assertion: str) -> tuple[Json, sqlite3.Row]:
    """Return what a JWT says, and the key of the service account that signed it; ApiError 400 otherwise."""
    try:
        head, body, signature = (
            base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in assertion.split(".")
        )
        algorithm, said = json.loads(head)["alg"], json.loads(body)
        said |= {"iss": said["iss"].lower(), "iat": int(said["iat"]), "exp": int(said["exp"])}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ApiError(400, "invalid_grant", "Invalid JWT: not a valid JSON Web Token.") from None
    keys = db.execute("SELECT * FROM service_keys WHERE account = ?", (said["iss"],)).fetchall()
    if not keys:
        raise ApiError(400, "invalid_grant", "Invalid grant: account not found")
    signed = assertion.rpartition(".")[0].encode()
    key = next((key for key in keys if verifies(key["public_key"], signed, signature)), None)
    if key is None or algorithm != "RS256":
        raise ApiError(400, "invalid_grant", "Invalid JWT Signature.")
    return said, key


def verifies(pem: str, signed: bytes, signature: bytes) -> bool:
    """Say whether a public key, or that of a certificate, made the signature; ValueError for no RSA key."""
    # All of it is slow to import, and few need it.
    from cryptography import exceptions, x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: PLC0415

    load = x509.load_pem_x509_certificate if "CERTIFICATE" in pem else serialization.load_pem_public_key
    key: Any = load(pem.encode())
    key = key.public_key() if "CERTIFICATE" in pem else key
    if not isinstance(key, rsa.RSAPublicKey):
        raise ValueError("no RSA key")
    try:
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except exceptions.InvalidSignature:
        return False
    return True
