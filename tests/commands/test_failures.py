"""Errors become one sentence and an exit code; tracebacks stay private and name nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.failures import Code, CommandFailure, UsageFailure, keep_private, known
from credentials.errors import NotSignedIn
from engine.ledger_errors import LedgerError, LedgerInUseError
from tests.commands.conftest import Command
from workspace.errors import NotFound, NotSent, OutcomeUnknown, QuotaReached, ScopeMissing, SignInLost


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CommandFailure("x"), Code.NEEDS_YOU),
        (UsageFailure("x"), Code.USAGE),
        (NotSignedIn("x"), Code.SIGN_IN),
        (SignInLost("x"), Code.SIGN_IN),
        (ScopeMissing("x", status=403), Code.SIGN_IN),
        (NotSent("x"), Code.UNREACHABLE),
        (OutcomeUnknown("x", status=503), Code.UNREACHABLE),
        (QuotaReached("x"), Code.UNREACHABLE),
        (NotFound("x", status=404), Code.NEEDS_YOU),
        (LedgerError("x"), Code.LEDGER),
        (LedgerInUseError("x"), Code.LEDGER),
    ],
)
def test_known_error_has_its_own_code(error: Exception, code: Code) -> None:
    assert known(error) == ("x", code)


def test_known_unforeseen_error_is_not_known() -> None:
    assert known(ZeroDivisionError("x")) is None


def test_keep_private_masks_addresses_and_is_for_the_owner_alone(tmp_path: Path) -> None:
    error = ValueError("ann@example.org at https://example.org/x")

    path = keep_private(error, tmp_path / "data", datetime(2026, 12, 1, tzinfo=UTC))

    assert path == tmp_path / "data" / "failures.log"
    text = path.read_text()
    assert text == "2026-12-01T00:00:00+00:00\nValueError: [address] at [link]\n\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_keep_private_without_a_place_gives_up(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")

    assert keep_private(ValueError("x"), tmp_path / "data", datetime(2026, 12, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nonsense",), "No such command 'nonsense'."),
        (("plan", "--nonsense"), "No such option: --nonsense."),
        (("check", "--config", "no.toml"), "There is no configuration file no.toml."),
        (("preview", "letter"), "There is no mail called letter."),
    ],
)
def test_run_wrong_usage_is_one_sentence_and_code_2(
    command: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    outcome = command(*arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(sentence)
    assert outcome.err.count("\n") == 1
