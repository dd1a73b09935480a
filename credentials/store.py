"""The token file: Google's "authorized user" JSON, readable by its owner alone.

Fields that Google does not know (`account`: whose sign-in it is; `revoke_uri`) are kept as they are.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from google.auth.transport import Request
from google.oauth2.credentials import Credentials

from credentials.errors import NotSignedIn, SignInError
from credentials.private_files import open_to_others, put_in_place

_LOG = logging.getLogger(__name__)
_NEEDED = ("client_id", "client_secret", "refresh_token", "token_uri")


class StoredCredentials(Credentials):
    """Google's user credentials that write a refreshed access token back to their file."""

    path: Path | None = None

    def refresh(self, request: Request) -> None:
        """Fetches a new access token and keeps it; raises google.auth's RefreshError or TransportError.

        A file that holds another sign-in by now is left alone: the next process is to use that one.
        """
        before = self.refresh_token
        super().refresh(request)  # type: ignore[no-untyped-call]  # google-auth leaves it untyped
        if self.path is None:
            return
        fresh = {
            "token": self.token,
            "refresh_token": self.refresh_token,
            "expiry": f"{self.expiry.isoformat()}Z" if self.expiry else None,
        }
        try:
            there = read(self.path)
            if there.get("refresh_token") == before:
                save(self.path, {**there, **fresh})
        except (OSError, SignInError):
            # The token in hand works; the next process fetches one of its own.
            _LOG.warning("The refreshed access token could not be written back to the token file.")


def load(path: Path) -> StoredCredentials:
    """The credentials in a token file; raises NotSignedIn when they cannot be used, saying why."""
    fields = read(path)
    if missing := [name for name in _NEEDED if not isinstance(fields.get(name), str) or not fields[name]]:
        raise NotSignedIn(f"{path.name} has no {missing[0]}: run `main.py login` again")
    credentials = StoredCredentials(  # type: ignore[no-untyped-call]  # google-auth leaves it untyped
        fields.get("token"),
        refresh_token=fields["refresh_token"],
        token_uri=fields["token_uri"],
        client_id=fields["client_id"],
        client_secret=fields["client_secret"],
        scopes=fields.get("scopes"),
        expiry=_naive_expiry(fields.get("expiry")),
        account=fields.get("account"),
    )
    credentials.path = path
    return credentials


def read(path: Path) -> dict[str, Any]:
    """The fields of a token file; raises NotSignedIn when it is missing, open to others or not JSON."""
    try:
        if path.is_dir():
            raise NotSignedIn(f"{path.name} is a folder: move it away and run `main.py login`")
        _insist_private(path)
        fields = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotSignedIn(f"There is no sign-in yet ({path.name}): run `main.py login`") from None
    except (OSError, ValueError):
        raise NotSignedIn(f"{path.name} cannot be read: run `main.py login` again") from None
    if not isinstance(fields, dict):
        raise NotSignedIn(f"{path.name} is not a token file: run `main.py login` again")
    return fields


def save(path: Path, fields: Mapping[str, Any]) -> None:
    """Replaces the token file in one step, for its owner's eyes only (0600); None is left out.

    Raises NotSignedIn when the file that stands there is open to others: what was in it may be known, and
    whoever opened it should be told rather than overruled. OSError when the folder cannot be written.
    """
    if path.exists():
        _insist_private(path)
    text = json.dumps({name: value for name, value in fields.items() if value is not None}, indent=2)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made 0600
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        put_in_place(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def remember_account(path: Path, address: str) -> None:
    """Notes in the token file whose sign-in it is."""
    save(path, {**read(path), "account": address.strip().lower()})


def _insist_private(path: Path) -> None:
    if open_to_others(path):
        raise NotSignedIn(
            f"{path.name} can be read by other people of this machine: run `chmod 600` on it, "
            "and `main.py login` again if they are not to be trusted"
        )


def _naive_expiry(text: object) -> datetime | None:
    """google-auth keeps expiries as naive UTC; an unreadable one means: fetch a new token."""
    try:
        stamp = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return (stamp.astimezone(UTC) if stamp.tzinfo else stamp).replace(tzinfo=None)
