"""`preview`: a sample mail as files."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from community.mails import MailKind
from tests.commands.conftest import Command


@pytest.mark.parametrize("kind", list(MailKind))
def test_preview_without_a_sheet_uses_the_built_in_wording(
    command: Command, tmp_path: Path, kind: MailKind
) -> None:
    outcome = command("preview", str(kind), "--to", str(tmp_path / "mails"))

    files = [tmp_path / "mails" / f"{kind}.{suffix}" for suffix in ("html", "txt", "eml")]
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [str(file) for file in files]
    assert files[0].read_text().startswith("<!DOCTYPE html>")
    assert message_from_bytes(files[2].read_bytes())["To"] is not None


def test_preview_with_a_sheet_uses_its_wording(
    command: Command, type_cell: Callable[..., None], tmp_path: Path
) -> None:
    for row in range(2, 2 + len(MailKind)):
        type_cell("Emails", f"E{row}", "Ours: {community}")

    outcome = command("preview", "reminder", "--to", str(tmp_path))

    message = message_from_bytes((tmp_path / "reminder.eml").read_bytes())
    assert outcome.code == 0
    assert message["Subject"] == "Ours: Third Thursday"


def test_preview_where_nothing_can_be_written_is_one_sentence(command: Command, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    outcome = command("preview", "agenda", "--to", str(tmp_path / "taken"))

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == f"The mail cannot be written to {tmp_path / 'taken'}: File exists.\n"
