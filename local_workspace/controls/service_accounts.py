"""POST /local/service-accounts: a service account, with a key that is made here or brought along."""

from typing import Any

from local_workspace import oauth
from local_workspace.call import Call, Json, Routes
from local_workspace.errors import bad_request
from local_workspace.store import new_id


def add(call: Call) -> Json:
    """Give Google's key file of a service account: {"email"?, "public_key"? (PEM), "delegated"?: true}.

    `delegated`: whether it may act for every account of the workspace. The file holds the private key unless
    the public one was brought along. The account is made if it is new; every key stays good.
    """
    body = call.body or {}
    email, public, delegated = body.get("email"), body.get("public_key"), body.get("delegated", False)
    email = email or f"robot-{new_id(6)}@local-workspace.iam.gserviceaccount.com"
    if not isinstance(email, str) or "@" not in email or not isinstance(delegated, bool):
        raise bad_request('Send {"email": "robot@example.org", "public_key": "PEM", "delegated": true}.')
    known = call.db.execute("SELECT 1 FROM accounts WHERE address = ?", (email.lower(),)).fetchone()
    if known and not oauth.is_service_account(call.db, email.lower()):
        raise bad_request(f"{email} is a person's account.")
    private, public = _pair() if public is None else (None, _readable(public))
    oauth.add_account(call.db, oauth.Account(email.lower(), meet=False, time_zone="UTC"))
    key_id = new_id(40, "0123456789abcdef")
    call.db.execute(
        "INSERT INTO service_keys VALUES (?, ?, ?, ?)", (key_id, email.lower(), public, delegated)
    )
    base = f"http://{call.headers['host']}"
    return {
        "type": "service_account",
        "project_id": "local-workspace",
        "private_key_id": key_id,
        **({"private_key": private} if private else {}),
        "client_email": email.lower(),
        "client_id": new_id(21, "123456789"),
        "auth_uri": f"{base}/authorize",
        "token_uri": f"{base}/token",
        "universe_domain": "googleapis.com",
    }


ROUTES: Routes = {("POST", "/local/service-accounts"): add}


def _pair() -> tuple[str, str]:
    """Return a new private key and its public one, as PEM."""
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 (slow, seldom needed)
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 (likewise)

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    public = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def _readable(public: Any) -> str:
    """Return a public key or certificate in PEM as a public key; ApiError 400 when it is none."""
    from cryptography import x509  # noqa: PLC0415 (slow, seldom needed)
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 (likewise)
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 (likewise)
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415 (likewise)

    try:
        raw = str(public).encode()
        certificate = b"CERTIFICATE" in raw
        key = (
            x509.load_pem_x509_certificate(raw).public_key() if certificate else form.load_pem_public_key(raw)
        )
    except (ValueError, UnsupportedAlgorithm):
        raise bad_request('"public_key" is no key in PEM.') from None
    if not isinstance(key, RSAPublicKey):
        raise bad_request('"public_key" is no RSA key.')
    return key.public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo).decode()
