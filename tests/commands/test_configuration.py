"""The configuration: what it may say, where it is looked for, and what a mistake in it is told as."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.configuration import ConfigurationError, find, read, remember_spreadsheet
from workspace.endpoints import Endpoints


def _written(folder: Path, text: str) -> Path:
    file = folder / "third-thursday.toml"
    file.write_text(text)
    return file


def test_read_empty_file_means_google_and_the_users_own_folder(tmp_path: Path) -> None:
    file = _written(tmp_path, "")

    found = read(file, tmp_path / "data")

    assert found.endpoints.services == Endpoints()
    assert (found.spreadsheet, found.calendar, found.discord_token) == ("", "primary", None)
    assert found.ledger == tmp_path / "data" / "ledger.db"
    assert (found.token, found.client_secret) == (tmp_path / "token.json", tmp_path / "client_secret.json")
    assert (found.mail.seconds_between, found.mail.per_day) == (2, 400)


def test_read_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    file = _written(tmp_path, 'ledger = "kept/ledger.db"\ntoken = "/elsewhere/token.json"\n')

    found = read(file, tmp_path / "data")

    assert (found.ledger, found.token) == (tmp_path / "kept" / "ledger.db", Path("/elsewhere/token.json"))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("calender = 'primary'", "calender is not a key of this file"),
        ("path = 'x'", "path is not a key of this file"),
        ("[mail]\nper_week = 3", "mail.per_week is not a key of this file"),
        ("[mail]\nper_day = -1", "mail.per_day: Input should be greater than or equal to 0"),
        (
            "[endpoints]\ngmail = 'localhost'",
            "endpoints.gmail: must begin with https://, or with http:// and name this machine",
        ),
        (
            "[endpoints]\ngmail = 'http://example.org'",
            "endpoints.gmail: must begin with https://, or with http:// and name this machine",
        ),
        ("a = 1\nb = 2", "a is not a key of this file; b is not a key of this file"),
    ],
)
def test_read_wrong_key_names_file_and_key(tmp_path: Path, text: str, complaint: str) -> None:
    file = _written(tmp_path, text)

    with pytest.raises(ConfigurationError) as failure:
        read(file, tmp_path)

    assert str(failure.value) == f"{file}: {complaint}"


def test_read_broken_toml_names_file_and_line(tmp_path: Path) -> None:
    file = _written(tmp_path, "calendar = primary")

    with pytest.raises(ConfigurationError, match=r"third-thursday\.toml is not valid TOML: .*line 1"):
        read(file, tmp_path)


def test_find_prefers_the_named_then_this_folder_then_the_users(tmp_path: Path) -> None:
    here, own = tmp_path / "here", tmp_path / "own"
    for folder in (here, own):
        folder.mkdir()
        _written(folder, "")
    named = tmp_path / "other.toml"
    named.write_text("")

    found = [find(named, here, own), find(None, here, own), find(None, tmp_path, own)]

    assert found == [named, here / "third-thursday.toml", own / "third-thursday.toml"]
    assert find(None, tmp_path, tmp_path) is None


def test_find_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="There is no configuration file"):
        find(tmp_path / "missing.toml", tmp_path, tmp_path)


def test_remember_spreadsheet_keeps_comments_order_and_mode(tmp_path: Path) -> None:
    file = _written(tmp_path, '# ours\nspreadsheet = ""  # by init\n\n[mail]\nper_day = 3\n')
    file.chmod(0o600)

    remember_spreadsheet(file, "abc")

    assert file.read_text() == '# ours\nspreadsheet = "abc"  # by init\n\n[mail]\nper_day = 3\n'
    assert file.stat().st_mode & 0o777 == 0o600


def test_remember_spreadsheet_without_the_key_puts_it_before_the_sections(tmp_path: Path) -> None:
    file = _written(tmp_path, "[mail]\nper_day = 3\n")

    remember_spreadsheet(file, "abc")

    assert read(file, tmp_path).spreadsheet == "abc"
