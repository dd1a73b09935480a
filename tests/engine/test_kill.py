"""A month that is killed again and again ends as one that was not; single deaths are in tests/torture."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from automations.alarm import alarms
from automations.meetings import community_tag
from community.ledger import UNDER_WAY
from tests.automations.hands import guests, keys
from tests.mortal import MortalMonth

END = "2026-11-20T09:00:00+01:00"


def live_through(month: MortalMonth) -> None:
    """Three members, a host, an approval, an agenda, a reminder: from going live to the day after."""
    month.add_members("Ann", "Bob", "Cleo")
    month.live()
    month.fill("Roasts", "2026-11", Host="Ann")
    month.type_row("Requests", Name="Dora", Email="dora@example.org", Wants="both", Decision="approve")
    month.run_until(END)


def unfinished(month: MortalMonth) -> list[str]:
    """The keys that the ledger has not seen to an end."""
    return [key for key, entry in month.ledger.view().entries.items() if entry.phase in UNDER_WAY]


def alarms_ahead(month: MortalMonth) -> int:
    """How many entries in the calendar would ring once the service stops."""
    tag = community_tag(month.id)
    return len(alarms(month.workspace.calendar.list_tagged(tag, month.now - timedelta(days=30))))


@cache
def unbroken() -> Counter[tuple[str, str, str]]:
    """What a month without a death brings to mailboxes."""
    with TemporaryDirectory() as folder, MortalMonth(Path(folder)) as month:
        live_through(month)
        return month.received()


def test_unbroken_month_reaches_everybody_once() -> None:
    received = unbroken()

    kinds = Counter((to.partition("@")[0], kind) for to, kind, _ in received.elements())
    assert kinds == {
        ("organizer", "mail"): 1,  # stopped: the first live tick
        ("ann", "mail"): 3,  # host ask, agenda, reminder
        ("bob", "mail"): 2,
        ("cleo", "mail"): 2,
        ("dora", "mail"): 3,  # welcome, agenda, reminder
        ("ann", "invitation"): 2,  # November and December
        ("bob", "invitation"): 2,
        ("cleo", "invitation"): 2,
        ("dora", "invitation"): 2,
        ("ann", "update"): 2,  # Dora came to both; Google tells every guest
        ("bob", "update"): 2,
        ("cleo", "update"): 2,
    }


@pytest.mark.parametrize("every", [29, 41])
def test_month_killed_again_and_again_ends_as_an_unbroken_one(tmp_path: Path, every: int) -> None:
    received = unbroken()

    with MortalMonth(tmp_path, die_at=range(every, 10_000, every)) as month:
        live_through(month)

        assert len(month.deaths) > 5
        assert month.received() == received
        assert month.drafts() == []
        assert unfinished(month) == []
        assert alarms_ahead(month) == 1


def test_invitation_whose_update_never_left_is_not_kept_back_for_a_day(tmp_path: Path) -> None:
    with MortalMonth(tmp_path) as month:
        month.add_members("Ann", "Bob")
        month.live()
        month.wait(hours=25)
        month.add_members("Cleo")
        month.tick()
        month.wait(minutes=10)
        month.die_next("before PUT")

        month.tick()

        assert len(month.deaths) == 1
        assert guests(month, "2026-12") == dict.fromkeys(["ann", "bob", "cleo"], "needsAction")


@pytest.mark.parametrize("further", range(4))
def test_request_of_a_member_reads_so_wherever_the_process_dies(tmp_path: Path, further: int) -> None:
    with MortalMonth(tmp_path) as month:
        month.add_members("Ann")
        month.live()
        month.type_row("Requests", Name="Ann", Email="ann@example.org", Wants="Discord", Decision="approve")
        month.die_next("after a commit", passing=further)

        month.settle()

        assert len(month.deaths) == 1
        assert list(keys(month, "/member").values()) == ["skipped"]
