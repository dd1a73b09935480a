"""Log gets a line per ended effect, once, in order, and without an address."""

from datetime import UTC, datetime

from community.ledger import Phase
from reports.log import new_lines
from sheets_schema.rows import LogEntry
from tests.reports.builders import ZONE, M, make_entry, make_ledger

AT = datetime(2026, 12, 10, 17, 0, tzinfo=UTC)


def test_lines_say_what_was_done_to_whom_and_how_it_ended() -> None:
    ledger = make_ledger(
        make_entry(f"{M}/agenda/p2", "agenda", who="Ben Roy", meeting=M, at=AT, number=3),
        make_entry(
            f"{M}/agenda/p1",
            "agenda",
            Phase.FAILED,
            who="Ann Lee",
            meeting=M,
            at=AT,
            number=2,
            reason="Full.",
        ),
        make_entry(f"{M}/guest/p3", "guest", Phase.REMOVED, who="Dee Fox", meeting=M, at=AT, number=4),
        make_entry("access/p4/1/welcome", "access.welcome", Phase.SENDING, who="Zoe", at=AT),
    )

    assert new_lines(ledger, [LogEntry("ledger-1", 1)], ZONE) == [
        [46366.5, "Agenda, 2026-12", "Ann Lee", "failed: Full.", f"{M}/agenda/p1", "ledger-1", 2],
        [46366.5, "Agenda, 2026-12", "Ben Roy", "sent", f"{M}/agenda/p2", "ledger-1", 3],
        [46366.5, "Taken off the guest list, 2026-12", "Dee Fox", "done", f"{M}/guest/p3", "ledger-1", 4],
    ]


def test_lines_that_stand_in_log_are_left_out_and_those_that_are_gone_come_again() -> None:
    ledger = make_ledger(
        make_entry("a", "agenda", number=2), make_entry("b", "agenda", number=3), logged=3, last_number=3
    )

    whole = new_lines(ledger, [LogEntry("ledger-1", 3), LogEntry("another", 99)], ZONE)
    older = [line[6] for line in new_lines(ledger, [LogEntry("ledger-1", 2)], ZONE)]

    assert whole == []
    assert older == [3]


def test_lines_that_recover_settled_are_left_out() -> None:
    ledger = make_ledger(make_entry("a", "agenda", number=2), recovered_to=1)

    assert [line[6] for line in new_lines(ledger, [], ZONE)] == [2]


def test_another_ledgers_lines_do_not_count() -> None:
    ledger = make_ledger(make_entry("a", "agenda", number=2))

    assert [line[6] for line in new_lines(ledger, [LogEntry("another", 99)], ZONE)] == [1, 2]


def test_an_address_typed_as_a_name_is_cut() -> None:
    ledger = make_ledger(make_entry("a", "agenda", who="ann@example.org", number=2))

    assert new_lines(ledger, [LogEntry("ledger-1", 1)], None) == [
        [46363.625, "Agenda", "ann", "sent", "a", "ledger-1", 2],
    ]
