from __future__ import annotations

import json
import logging
import stat
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from google.auth.transport.requests import Request

from credentials.errors import NotSignedIn
from credentials.store import load, read, remember_account, save
from tests.ordinary_user import as_an_ordinary_user, give_to_the_ordinary_user
from tests.workspace.loopback import Answer, Loopback

FIELDS = {
    "type": "authorized_user",
    "client_id": "client",
    "client_secret": "secret",
    "refresh_token": "refresh",
    "token_uri": "http://127.0.0.1:1/token",
    "scopes": ["a", "b"],
    "account": "organizer@example.org",
}
FRESH = {"access_token": "fresh", "expires_in": 3599, "token_type": "Bearer", "scope": "a b"}


def write(folder: Path, mode: int = 0o600, **fields: Any) -> Path:
    path = folder / "token.json"
    path.write_text(json.dumps({**FIELDS, **fields}))
    path.chmod(mode)
    return path


def test_saved_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "token.json"

    save(path, {**FIELDS, "expiry": None})

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read(path) == FIELDS
    assert [file.name for file in tmp_path.iterdir()] == ["token.json"]


def test_save_refuses_a_file_open_to_others(tmp_path: Path) -> None:
    path = write(tmp_path, mode=0o644)
    before = path.read_text()

    with pytest.raises(NotSignedIn, match=r"^token\.json can be read by other people of this machine: run"):
        save(path, {})

    assert path.read_text() == before


def test_save_leaves_nothing_behind_when_it_fails(tmp_path: Path) -> None:
    (tmp_path / "token.json").mkdir(mode=0o700)

    with pytest.raises(OSError, match="directory"):
        save(tmp_path / "token.json", FIELDS)

    assert [file.name for file in tmp_path.iterdir()] == ["token.json"]


def test_loaded_credentials_are_as_stored(tmp_path: Path) -> None:
    path = write(tmp_path, token="kept", expiry="2026-11-22T07:30:00Z")

    credentials = load(path)

    assert credentials.token == "kept"
    assert credentials.expiry == datetime(2026, 11, 22, 7, 30)  # noqa: DTZ001 (google-auth's naive UTC)
    assert (credentials.client_id, credentials.client_secret) == ("client", "secret")
    assert (credentials.refresh_token, credentials.token_uri) == ("refresh", "http://127.0.0.1:1/token")
    assert (credentials.scopes, credentials.account) == (["a", "b"], "organizer@example.org")


def test_unreadable_expiry_asks_for_a_new_token(tmp_path: Path) -> None:
    assert load(write(tmp_path, expiry="soon")).expiry is None


@pytest.mark.parametrize(
    ("text", "mode", "sentence"),
    [
        (None, 0o600, "There is no sign-in yet (token.json): run `main.py login`"),
        ("{", 0o600, "token.json cannot be read: run `main.py login` again"),
        ("[]", 0o600, "token.json is not a token file: run `main.py login` again"),
        ("{}", 0o600, "token.json has no client_id: run `main.py login` again"),
        (
            json.dumps({**FIELDS, "refresh_token": ""}),
            0o600,
            "token.json has no refresh_token: run `main.py login` again",
        ),
        (
            json.dumps(FIELDS),
            0o640,
            "token.json can be read by other people of this machine: run `chmod 600` on it, "
            "and `main.py login` again if they are not to be trusted",
        ),
    ],
)
def test_file_that_is_no_sign_in(tmp_path: Path, text: str | None, mode: int, sentence: str) -> None:
    path = tmp_path / "token.json"
    if text is not None:
        path.write_text(text)
        path.chmod(mode)

    with pytest.raises(NotSignedIn) as caught:
        load(path)

    assert str(caught.value) == sentence


def test_file_that_its_user_may_not_read_is_no_sign_in() -> None:
    with TemporaryDirectory() as folder:
        path = write(Path(folder), mode=0o000)
        give_to_the_ordinary_user(path)
        path.parent.chmod(0o777)

        with as_an_ordinary_user(), pytest.raises(NotSignedIn) as caught:
            load(path)

    assert str(caught.value) == "token.json cannot be read: run `main.py login` again"


@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_folder_in_place_of_the_file_is_no_sign_in(tmp_path: Path, mode: int) -> None:
    (tmp_path / "token.json").mkdir(mode=mode)

    with pytest.raises(NotSignedIn) as caught:
        load(tmp_path / "token.json")

    assert str(caught.value) == "token.json is a folder: move it away and run `main.py login`"


def test_refreshed_token_is_written_back_and_the_rest_kept(tmp_path: Path) -> None:
    with Loopback(lambda _: Answer(FRESH)) as server:
        path = write(tmp_path, token_uri=f"{server.base_url}/token", note="kept")
        credentials = load(path)

        credentials.refresh(Request())

    stored = read(path)
    assert credentials.expiry is not None
    assert stored == {
        **FIELDS,
        "token_uri": f"{server.base_url}/token",
        "note": "kept",
        "token": "fresh",
        "expiry": f"{credentials.expiry.isoformat()}Z",
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load(path).expiry == credentials.expiry


def test_rotated_refresh_token_is_kept(tmp_path: Path) -> None:
    with Loopback(lambda _: Answer({**FRESH, "refresh_token": "rotated"})) as server:
        path = write(tmp_path, token_uri=f"{server.base_url}/token")

        load(path).refresh(Request())

    assert read(path)["refresh_token"] == "rotated"


def test_refresh_does_not_write_over_a_sign_in_that_came_since(tmp_path: Path) -> None:
    with Loopback(lambda _: Answer(FRESH)) as server:
        path = write(tmp_path, token_uri=f"{server.base_url}/token")
        credentials = load(path)
        save(path, {**read(path), "token": "theirs", "refresh_token": "newer"})

        credentials.refresh(Request())

    assert credentials.token == "fresh"
    assert (read(path)["token"], read(path)["refresh_token"]) == ("theirs", "newer")


def test_refresh_works_when_it_cannot_be_written_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Loopback(lambda _: Answer(FRESH)) as server:
        path = write(tmp_path, token_uri=f"{server.base_url}/token")
        credentials = load(path)
        path.unlink()

        with caplog.at_level(logging.WARNING):
            credentials.refresh(Request())

    assert credentials.token == "fresh"
    assert caplog.messages == ["The refreshed access token could not be written back to the token file."]


def test_account_is_remembered(tmp_path: Path) -> None:
    path = write(tmp_path)

    remember_account(path, " Ann@Example.org ")

    assert read(path) == {**FIELDS, "account": "ann@example.org"}
