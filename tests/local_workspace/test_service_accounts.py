"""Service accounts: google-auth's own signed JWTs against the token endpoint."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from google.auth import jwt
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.oauth2 import service_account

from local_workspace.serve import RunningWorkspace

CALENDAR = "https://www.googleapis.com/auth/calendar"
# google-auth leaves these untyped.
CREDENTIALS: Any = service_account.Credentials
ENCODE: Any = jwt.encode


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorkspace]:
    """One workspace for the module: no test here disturbs another."""
    with RunningWorkspace(tmp_path_factory.mktemp("workspace"), check_answers=True) as running:
        yield running


def account_of(workspace: RunningWorkspace, token: str) -> str:
    """The account that a token acts for, as its calendar says."""
    url = f"{workspace.base_url}/calendar/v3/calendars/primary/events"
    said = requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=5).json()
    found: str = said["summary"]
    return found


def test_service_account_signs_in_as_itself(workspace: RunningWorkspace, local: Callable[..., Any]) -> None:
    key = local("POST", "/local/service-accounts", {"email": "robot@example.org"})

    credentials = CREDENTIALS.from_service_account_info(key, scopes=[CALENDAR])
    credentials.refresh(Request())

    assert account_of(workspace, credentials.token) == "robot@example.org"


def test_delegated_service_account_acts_for_a_subject(
    workspace: RunningWorkspace, local: Callable[..., Any]
) -> None:
    key = local("POST", "/local/service-accounts", {"delegated": True})

    credentials = CREDENTIALS.from_service_account_info(
        key, scopes=[CALENDAR], subject="organizer@example.org"
    )
    credentials.refresh(Request())

    assert account_of(workspace, credentials.token) == "organizer@example.org"


def test_key_that_was_brought_along_signs_in(workspace: RunningWorkspace, local: Callable[..., Any]) -> None:
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = serialization.Encoding.PEM
    public = own.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    private = own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key = local("POST", "/local/service-accounts", {"email": "robot@example.org", "public_key": public})

    credentials = CREDENTIALS.from_service_account_info(
        key | {"private_key": private.decode()}, scopes=[CALENDAR]
    )
    credentials.refresh(Request())

    assert "private_key" not in key
    assert account_of(workspace, credentials.token) == "robot@example.org"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"subject": "organizer@example.org"}, "unauthorized_client"),
        ({"scopes": ["everything"]}, "invalid_scope"),
    ],
)
def test_service_account_is_refused(local: Callable[..., Any], changes: dict[str, Any], error: str) -> None:
    key = local("POST", "/local/service-accounts", {"email": "robot@example.org"})

    credentials = CREDENTIALS.from_service_account_info(key, **{"scopes": [CALENDAR]} | changes)
    with pytest.raises(RefreshError) as caught:
        credentials.refresh(Request())

    assert caught.value.args[1]["error"] == error


def test_key_of_somebody_else_is_refused(local: Callable[..., Any]) -> None:
    key = local("POST", "/local/service-accounts", {"email": "robot@example.org"})
    other = local("POST", "/local/service-accounts", {"email": "other@example.org"})

    credentials = CREDENTIALS.from_service_account_info(
        key | {"private_key": other["private_key"]}, scopes=[CALENDAR]
    )
    with pytest.raises(RefreshError) as caught:
        credentials.refresh(Request())

    assert caught.value.args[1]["error_description"] == "Invalid JWT Signature."


def test_assertion_that_is_too_old_or_no_jwt_is_refused(
    workspace: RunningWorkspace, local: Callable[..., Any]
) -> None:
    key = local("POST", "/local/service-accounts", {"email": "robot@example.org"})
    signer: Any = CREDENTIALS.from_service_account_info(key).signer
    now = int(time.time())
    claims = {"iss": "robot@example.org", "scope": CALENDAR, "aud": key["token_uri"]}
    old = ENCODE(signer, claims | {"iat": now - 7200, "exp": now - 3600}).decode()

    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"}
    replies = [
        requests.post(key["token_uri"], data=form | {"assertion": text}, timeout=5)
        for text in (old, "x.y.z", "W10.e30.eA")
    ]

    assert [reply.json()["error_description"][:40] for reply in replies] == [
        "Invalid JWT: Token must be a short-lived",
        "Invalid JWT: not a valid JSON Web Token.",
        "Invalid JWT: not a valid JSON Web Token.",
    ]


def test_service_account_invites_nobody_and_has_no_mail(
    workspace: RunningWorkspace, local: Callable[..., Any]
) -> None:
    local("POST", "/local/service-accounts", {"email": "robot@example.org"})
    token = local("GET", "/local/token?account=robot@example.org")["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    event = {
        "start": {"dateTime": "2026-12-17T12:00:00Z"},
        "end": {"dateTime": "2026-12-17T13:00:00Z"},
        "attendees": [{"email": "ann@example.org"}],
    }

    invited = requests.post(
        f"{workspace.base_url}/calendar/v3/calendars/primary/events", json=event, headers=headers, timeout=5
    )
    mail = requests.get(f"{workspace.base_url}/gmail/v1/users/me/profile", headers=headers, timeout=5)

    assert (invited.status_code, invited.json()["error"]["errors"][0]["reason"]) == (
        403,
        "forbiddenForServiceAccounts",
    )
    assert (mail.status_code, mail.json()["error"]["status"]) == (400, "FAILED_PRECONDITION")


@pytest.mark.parametrize("kind", ["nothing", "elliptic"])
def test_key_that_cannot_be_used_is_400(workspace: RunningWorkspace, kind: str) -> None:
    pem, info = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    elliptic = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(pem, info).decode()
    body = {"public_key": elliptic if kind == "elliptic" else "nothing"}

    assert (
        requests.post(f"{workspace.base_url}/local/service-accounts", json=body, timeout=5).status_code == 400
    )


def test_certificate_is_as_good_as_its_key(local: Callable[..., Any], workspace: RunningWorkspace) -> None:
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "robot")])
    year = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, own.public_key(), 1, year, year.replace(year=2036))
        .sign(own, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    body = {"email": "robot@example.org", "public_key": certificate.decode()}
    key = local("POST", "/local/service-accounts", body)
    private = own.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )

    credentials = CREDENTIALS.from_service_account_info(
        key | {"private_key": private.decode()}, scopes=[CALENDAR]
    )
    credentials.refresh(Request())

    assert account_of(workspace, credentials.token) == "robot@example.org"


def test_person_s_account_is_made_no_service_account(workspace: RunningWorkspace) -> None:
    body = {"email": "organizer@example.org"}

    assert (
        requests.post(f"{workspace.base_url}/local/service-accounts", json=body, timeout=5).status_code == 400
    )


def test_second_key_leaves_the_first_one_good(local: Callable[..., Any]) -> None:
    keys = [local("POST", "/local/service-accounts", {"email": "robot@example.org"}) for _ in range(2)]

    for key in keys:
        CREDENTIALS.from_service_account_info(key, scopes=[CALENDAR]).refresh(Request())
