"""The program as a process of its own: what it loads, how it starts, stops and fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("googleapiclient", "google.auth", "gspread", "httplib2", "sqlalchemy", "requests")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment whose user folders are empty."""
    folders = {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME")}
    return {**os.environ, **folders, "PYTHONDONTWRITEBYTECODE": "1"}


def _command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), *arguments]


@pytest.fixture
def data(tmp_path: Path, environment: dict[str, str]) -> Iterator[Path]:
    """A folder over which `main.py workspace` runs."""
    folder = tmp_path / "workspace"
    with subprocess.Popen(
        _command("workspace", "--port", "0", "--data", str(folder)),
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline(), process.stdout.readline()]
        assert lines[0].startswith("Local workspace: http://127.0.0.1:")
        assert lines[1] == f"Configuration: {folder / 'third-thursday.toml'}\n"

        yield folder

        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("run", "--help")])
def test_help_and_version_load_no_client_and_no_database(arguments: tuple[str, ...]) -> None:
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['main.py', *{arguments!r}]\n"
        "try:\n    runpy.run_path('main.py', run_name='__main__')\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        f"sys.exit(' '.join(name for name in {HEAVY!r} if name in sys.modules) or 0)\n"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_reader_that_goes_away_is_no_failure(environment: dict[str, str], tmp_path: Path) -> None:
    with subprocess.Popen(
        _command("preview", "agenda", "--to", str(tmp_path / "mails")),
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()

    assert (process.returncode, told) == (0, "")


def test_without_a_verb_shows_help_and_exits_2(environment: dict[str, str]) -> None:
    done = subprocess.run(_command(), env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "Usage: main.py" in done.stdout


def test_without_a_configuration_a_local_workspace_is_started_and_stopped(
    environment: dict[str, str], tmp_path: Path
) -> None:
    made = subprocess.run(
        _command("init"), env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    looked = subprocess.run(
        _command("check"), env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )

    kept = tmp_path / "XDG_DATA_HOME" / "third-thursday" / "local-workspace"
    told = f"No third-thursday.toml: using a local workspace on this machine, kept in {kept}.\n"
    assert (made.returncode, made.stderr) == (0, told)
    assert made.stdout.startswith("Made the spreadsheet “Third Thursday”.\n")
    assert (looked.returncode, looked.stdout, looked.stderr) == (0, "No problems.\n", told)


def test_workspace_taken_port_is_one_sentence(
    data: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    port = (data / "third-thursday.toml").read_text().rpartition(":")[2].strip().strip('"')

    done = subprocess.run(
        _command("workspace", "--port", port, "--data", str(tmp_path / "other")),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"The local workspace cannot use port {port} or the folder")


def test_serve_ticks_and_stops_cleanly_on_sigterm(data: Path, environment: dict[str, str]) -> None:
    config = str(data / "third-thursday.toml")
    subprocess.run(
        _command("init", "--config", config), env=environment, check=True, stdout=subprocess.DEVNULL
    )

    with subprocess.Popen(
        _command("serve", "--config", config), env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stderr.read()
        code = process.wait(10)

    assert "done 0, stopped 0, troubles 0, next " in first
    assert rest.endswith("stopped\n")
    assert code == 0


def test_run_while_serve_runs_leaves_everything_to_it(data: Path, environment: dict[str, str]) -> None:
    config = str(data / "third-thursday.toml")
    subprocess.run(
        _command("init", "--config", config), env=environment, check=True, stdout=subprocess.DEVNULL
    )

    with subprocess.Popen(
        _command("serve", "--config", config), env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        second = subprocess.run(
            _command("run", "--config", config), env=environment, capture_output=True, text=True, check=False
        )
        looked = subprocess.run(
            _command("plan", "--config", config), env=environment, capture_output=True, text=True, check=False
        )
        process.send_signal(signal.SIGINT)
        process.communicate()

    assert (second.returncode, second.stdout) == (5, "")
    assert second.stderr == "Another run of the service is under way; this one leaves everything to it.\n"
    assert looked.returncode == 0
    assert process.returncode == 0
