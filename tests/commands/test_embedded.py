"""Without a configuration: a local workspace beside the command."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from commands.app import run
from commands.surroundings import Surroundings
from local_workspace.serve import RunningWorkspace, write_configuration
from tests.organizer_cells import Judge

ROOT = Path(__file__).resolve().parents[2]


def test_embedded_workspace_is_started_and_said_so(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    own = replace(surroundings, program=(sys.executable, str(ROOT / "main.py")))
    kept = surroundings.data / "local-workspace"
    judge = Judge(kept)

    code = run(["init"], own)

    captured = capsys.readouterr()
    assert (code, judge.look(init=True)) == (0, [])
    assert captured.err == (
        f"No third-thursday.toml: using a local workspace on this machine, kept in {kept}.\n"
    )
    assert captured.out.startswith("Made the spreadsheet “Third Thursday”.\n")


def test_embedded_workspace_that_runs_already_is_used(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = surroundings.data / "local-workspace"
    judge = Judge(kept)
    with RunningWorkspace(kept) as workspace:
        write_configuration(kept, workspace.base_url)

        code = run(["init"], surroundings)
        wrong = judge.look(init=True)

    assert (code, wrong, capsys.readouterr().err) == (
        0,
        [],
        f"No third-thursday.toml: using the local workspace that runs over {kept}.\n",
    )


def test_embedded_workspace_that_does_not_start_is_one_sentence(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    mute = replace(surroundings, program=(sys.executable, "-c", "pass"))

    code = run(["check"], mute)

    captured = capsys.readouterr()
    assert (code, captured.out) == (1, "")
    assert captured.err == "The local workspace did not start; `main.py workspace` shows why.\n"
