"""A local workspace per test, a configuration for it, and commands as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from commands.app import run
from commands.surroundings import Surroundings
from local_workspace.serve import RunningWorkspace, write_configuration
from sheets_schema.settings import SETTINGS
from tests.control import control as call_control
from tests.credentials.test_login import browser
from tests.organizer_cells import Judge

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # four weeks before the third Thursday of December


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The answer of a command with --json."""
        return json.loads(self.out)


Command = Callable[..., Outcome]


def _machine(folder: Path) -> Surroundings:
    here = folder / "here"
    here.mkdir()
    return Surroundings(
        clock=lambda: NOW,
        folder=here,
        configurations=folder / "configurations",
        data=folder / "data",
        program=("no-such-program",),
        version="1.2.3",
        open_url=browser,
    )


@cache
def _after_init() -> dict[str, bytes]:
    """The files of a workspace after `init`, the community in Berlin; each test gets a copy."""
    with TemporaryDirectory() as folder:
        surroundings = _machine(Path(folder))
        judge = Judge(surroundings.folder)
        with RunningWorkspace(surroundings.folder, check_answers=True) as workspace:
            write_configuration(surroundings.folder, workspace.base_url)
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
                assert run(("init", "--time-zone", "Berlin"), surroundings) == 0, said.getvalue()
            assert judge.look(init=True) == []
        return {path.name: path.read_bytes() for path in surroundings.folder.iterdir()}


@pytest.fixture
def surroundings(tmp_path: Path) -> Surroundings:
    """A machine whose clock stands at NOW and whose folders are empty."""
    return _machine(tmp_path)


@pytest.fixture
def judge(surroundings: Surroundings, request: pytest.FixtureRequest) -> Judge:
    """Who looks at each write of the commands; the files of a spreadsheet are there where a test has one."""
    if "spreadsheet" in request.fixturenames:
        for name, content in _after_init().items():
            (surroundings.folder / name).write_bytes(content)
            (surroundings.folder / name).chmod(0o600)
    return Judge(surroundings.folder)


@pytest.fixture
def command(surroundings: Surroundings, judge: Judge, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command line: command("check", "--json"); fails when it writes what may change a cell."""

    def call(*arguments: str) -> Outcome:
        judge.look()
        code = run(arguments, surroundings)
        assert judge.look(init="init" in arguments) == []
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture
def running(surroundings: Surroundings, judge: Judge) -> Iterator[RunningWorkspace]:
    """A workspace that checks its answers; its configuration lies where the commands look first."""
    with RunningWorkspace(surroundings.folder, check_answers=True) as workspace:
        write_configuration(surroundings.folder, workspace.base_url)
        call_control(workspace.base_url, "POST", "clock", {"now": NOW.isoformat()})
        yield workspace
        assert judge.look() == []


@pytest.fixture
def spreadsheet(running: RunningWorkspace, configuration: Path) -> str:
    """A spreadsheet fresh from `init`, the community in Berlin; its id."""
    found = [line for line in configuration.read_text().splitlines() if line.startswith("spreadsheet")]
    return found[0].split('"')[1]


@pytest.fixture
def configuration(surroundings: Surroundings) -> Path:
    """The configuration file that `running` made."""
    return surroundings.folder / "third-thursday.toml"


@pytest.fixture
def control(running: RunningWorkspace) -> Callable[..., Any]:
    """The workspace's own controls: control("POST", "clock", {"advance": 60})."""
    return partial(call_control, running.base_url)


@pytest.fixture
def type_cell(control: Callable[..., Any], spreadsheet: str) -> Callable[..., None]:
    """Type into a cell as the organizer does: type_cell("Members", "B2", "Ann Bell")."""

    def call(tab: str, cell: str, value: object) -> None:
        control("POST", f"sheets/{spreadsheet}/cells", {"tab": tab, "cell": cell, "value": value})

    return call


@pytest.fixture
def set_to(type_cell: Callable[..., None]) -> Callable[[str, str], None]:
    """Change a setting: set_to("Mode", "live")."""
    rows = {setting.name: number for number, setting in enumerate(SETTINGS, start=2)}

    def call(name: str, value: str) -> None:
        type_cell("Settings", f"B{rows[name]}", value)

    return call
