"""third-thursday.toml: what a person may write there, and where it is looked for."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from commands.failures import UsageFailure
from credentials.loopback import is_loopback
from workspace.endpoints import Endpoints

FILE_NAME = "third-thursday.toml"


class ConfigurationError(UsageFailure):
    """The configuration cannot be used; the message names file and key."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MailSettings(_Section):
    """How mails leave.

    seconds_between: pause between two. per_day: the most in any 24 hours. per_person_and_month: the most that
    one person gets in a calendar month before the gate asks the organizer.
    """

    seconds_between: float = Field(default=2, ge=0, le=3600)
    per_day: int = Field(default=400, ge=0, le=10_000)
    per_person_and_month: int = Field(default=12, ge=1, le=1000)


class EndpointSettings(_Section):
    """Base URLs instead of the services' own; workspace: where a local workspace has its controls."""

    sheets: str = Endpoints().sheets
    drive: str = Endpoints().drive
    calendar: str = Endpoints().calendar
    gmail: str = Endpoints().gmail
    discord: str = Endpoints().discord
    workspace: str | None = None

    @property
    def services(self) -> Endpoints:
        """The same as the clients take it."""
        return Endpoints(**self.model_dump(exclude={"workspace"}))

    @field_validator("*")
    @classmethod
    def _is_base_url(cls, url: str | None) -> str | None:
        if url is None or url.startswith("https://"):
            return url and url.rstrip("/")
        if not (url.startswith("http://") and is_loopback(url)):
            raise ValueError("must begin with https://, or with http:// and name this machine")
        return url.rstrip("/")


class Configuration(_Section):
    """The whole file; paths in it are relative to it and absolute here.

    path: the file itself. spreadsheet: its id, "" until `init`. discord_token: None where there is no bot.
    """

    path: Path
    spreadsheet: str = ""
    calendar: str = "primary"
    ledger: Path
    token: Path = Path("token.json")
    client_secret: Path = Path("client_secret.json")
    discord_token: Path | None = None
    mail: MailSettings = MailSettings()
    endpoints: EndpointSettings = EndpointSettings()

    def needed_spreadsheet(self) -> str:
        """The spreadsheet's id; ConfigurationError while there is none."""
        if not self.spreadsheet:
            raise ConfigurationError("There is no spreadsheet yet: run `main.py init` first")
        return self.spreadsheet


def find(named: Path | None, folder: Path, configurations: Path) -> Path | None:
    """The configuration file: the one named, else the one here, else the user's own; None without any.

    Raises ConfigurationError when the one named is not there.
    """
    if named is not None:
        if not named.is_file():
            raise ConfigurationError(f"There is no configuration file {named}")
        return named
    candidates = (folder / FILE_NAME, configurations / FILE_NAME)
    return next((path for path in candidates if path.is_file()), None)


def read(path: Path, data: Path) -> Configuration:
    """The configuration in a file; `data` is the folder for a ledger that the file does not place.

    Raises ConfigurationError, naming the file and every wrong key.
    """
    try:
        typed = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read: {getattr(error, 'strerror', error)}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}") from None
    if "path" in typed:
        raise ConfigurationError(f"{path}: path is not a key of this file")
    try:
        found = Configuration.model_validate({"ledger": data / "ledger.db", **typed, "path": path})
    except ValidationError as error:
        wrong = "; ".join(_complaint(dict(item)) for item in error.errors())
        raise ConfigurationError(f"{path}: {wrong}") from None
    return found.model_copy(update=_absolute(found))


def remember_spreadsheet(path: Path, spreadsheet: str) -> None:
    """Write the spreadsheet's id into the file; comments and everything else stay as they are."""
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    document["spreadsheet"] = spreadsheet
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(tomlkit.dumps(document), encoding="utf-8")
    draft.chmod(stat.S_IMODE(path.stat().st_mode))
    draft.replace(path)


def _absolute(found: Configuration) -> dict[str, Path]:
    base = found.path.absolute().parent
    names = ("path", "ledger", "token", "client_secret", "discord_token")
    paths = {name: getattr(found, name) for name in names}
    paths["path"] = paths["path"].absolute()
    return {name: base / path.expanduser() for name, path in paths.items() if path is not None}


def _complaint(error: dict[str, Any]) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{key} is not a key of this file"
    return f"{key}: {str(error['msg']).removeprefix('Value error, ')}"
