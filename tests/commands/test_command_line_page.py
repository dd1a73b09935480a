"""docs/command-line.md names every verb, option, exit code, and the JSON shapes as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from commands.app import build
from commands.failures import Code
from tests.commands.conftest import Command

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
VERBS = typer.main.get_command(build()).commands  # type: ignore[attr-defined]  # a group has them
FREE = {"counts", "pauses"}  # objects whose keys are data


def _section(verb: str) -> str:
    match = re.search(rf"^### {verb}\n(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert match, f"docs/command-line.md has no section on {verb}"
    return match[1]


def _options(verb: str) -> set[str]:
    return {
        name
        for parameter in VERBS[verb].params
        if not getattr(parameter, "hidden", False)
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--") and name != "--help"
    }


def _shape(value: Any, name: str = "") -> Any:
    """The keys of a JSON value, however deep; of a list its first element."""
    if name in FREE or not isinstance(value, dict | list):
        return None
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return {key: _shape(inner, key) for key, inner in value.items()}


def _example(verb: str) -> Any:
    match = re.search(rf"```json {verb}\n(.*?)```", PAGE, re.DOTALL)
    assert match
    return _shape(json.loads(match[1]))


@pytest.mark.parametrize("verb", VERBS)
def test_page_has_every_option_of_a_verb_and_no_other(verb: str) -> None:
    documented = set(re.findall(r"^\| .*", _section(verb), re.MULTILINE))

    named = {option for line in documented for option in re.findall(r"`(--[\w-]+)", line.split("|")[1])}

    assert named == _options(verb)


def test_page_has_no_section_on_a_verb_that_is_gone() -> None:
    assert set(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)) == set(VERBS)


def test_page_has_every_exit_code() -> None:
    rows = re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)

    assert [int(row) for row in rows] == list(Code)


def test_page_shows_the_json_that_is_answered(
    command: Command, type_cell: Callable[..., None], set_to: Callable[[str, str], None]
) -> None:
    for cell, value in (("B2", "Ann Bell"), ("C2", "ann@example.org"), ("C3", "bo at example.org")):
        type_cell("Members", cell, value)
    set_to("Mode", "live")
    set_to("Wait after my last change", "0")

    ran = command("run", "--json").json()  # stops, and tells the organizer
    answers = {verb: command(verb, "--json").json() for verb in ("check", "plan", "status", "dates")}
    answers["run"] = {**ran, "troubles": []}

    assert {verb: _shape(answer) for verb, answer in answers.items()} == {
        verb: _example(verb) for verb in answers
    }
