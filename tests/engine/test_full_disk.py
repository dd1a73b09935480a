"""A ledger that cannot be written any more just when a mail has left: one mail, and it is said."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.ledger import Ledger
from engine.ledger_errors import LedgerError
from tests.faulty import restart
from tests.mortal import MortalMonth

READ_ONLY, FULL = "PRAGMA query_only = ON", "PRAGMA max_page_count = 1"


class TroubledMonth(MortalMonth):
    """A month whose ledger gets into trouble, a statement of SQLite's, as soon as Gmail has sent a mail."""

    trouble = ""

    def point(self, what: str) -> None:
        """Pass a point."""
        super().point(what)
        if self.trouble and what == "after POST send":
            trouble, self.trouble = self.trouble, ""
            with self.ledger._engine.connect() as connection:
                connection.exec_driver_sql(trouble)
            if trouble == FULL:
                fill_up(self.ledger)


def fill_up(ledger: Ledger) -> None:
    """Leave no room in the pages that the ledger has: rows first, then the last one letter by letter."""
    row = (
        "INSERT INTO effects (key, kind, phase, at, who, told, ids, fingerprint, attempts, reason)"
        " VALUES ('filler ' || (SELECT max(rowid) FROM effects), '', 'done', '2026-11-12T08:00:00+00:00',"
        " '', '{}', '{}', '', 0, ?)"
    )
    letter = "UPDATE effects SET reason = reason || ? WHERE rowid = (SELECT max(rowid) FROM effects)"
    with ledger._engine.connect() as connection:
        for statement, value in ((row, "x" * 500), (row, ""), (letter, "x")):
            with suppress(sa.exc.OperationalError):
                for _ in range(1000):
                    connection.exec_driver_sql(statement, (value,))
                    connection.commit()
            connection.rollback()


def free(ledger: Ledger) -> None:
    """Give the room back."""
    with ledger._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM effects WHERE key LIKE 'filler %'")


def agendas(month: MortalMonth) -> list[str]:
    """Who found the agenda in their mailbox."""
    return [mail.to for mail in month.mails() if mail.subject.endswith("the agenda")]


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (READ_ONLY, "(attempt to write a readonly database). Let the user that runs this program write"),
        (FULL, "(database or disk is full). Free some space on that disk."),
    ],
)
def test_ledger_that_cannot_take_down_what_was_sent_lets_nothing_more_leave(
    tmp_path: Path, trouble: str, sentence: str
) -> None:
    with TroubledMonth(tmp_path) as month:
        month.add_members("Ann", "Ben", "Cleo")
        month.live()
        month.go_to("2026-11-12T17:00:00+01:00")
        month.forget_requests()
        month.trouble = trouble

        with pytest.raises(LedgerError, match=re.escape(sentence)):
            month.tick()
        asked, received, today = month.asked(), agendas(month), month.rows("Today")
        restart(month)
        free(month.ledger)
        month.wait(seconds=61)
        month.tick()

        assert [method for method in asked if method.startswith("gmail.users.drafts")] == [
            "gmail.users.drafts.create",
            "gmail.users.drafts.send",
        ]
        assert len(received) == 1
        assert any(sentence in str(cell) for row in today for cell in row)
        assert sorted(phase for key, phase in month.phases().items() if "/agenda/" in key) == [
            "sent",
            "sent",
            "unconfirmed",
        ]
        assert agendas(month) == ["ann@example.org", "ben@example.org", "cleo@example.org"]
