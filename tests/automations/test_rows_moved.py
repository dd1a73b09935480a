"""Rows that are sorted, shifted or spelled another way mean the same, so nothing happens again."""

from __future__ import annotations

import pytest

from tests.automations.hands import ask_in, assert_quiet, subjects
from tests.month import Month


@pytest.fixture
def under_way(month: Month) -> Month:
    """November's agenda is out, Zoe was welcomed and Yan declined, Bob hosts and was asked."""
    month.add_members("Ann", "Bob")
    month.live()
    ask_in(month)
    ask_in(month, "Yan", Decision="decline")
    month.fill("Roasts", "2026-11", Host="Bob")
    month.settle()
    month.go_to("2026-11-13T09:30:00+01:00")
    month.tick()
    return month


def sort(month: Month, tab: str, header: str) -> None:
    body = {"tab": tab, "by": month.column(tab, header), "descending": True}
    month.local("POST", f"/local/sheets/{month.id}/rows/sort", body)


def test_sorted_rows_change_nothing(under_way: Month) -> None:
    mails, notices, phases = under_way.mails(), under_way.notices(), under_way.phases()

    for tab, header in (("Members", "Name"), ("Requests", "Email"), ("Roasts", "Month")):
        sort(under_way, tab, header)
    under_way.settle()

    assert (under_way.mails(), under_way.notices(), under_way.phases()) == (mails, notices, phases)
    assert_quiet(under_way)


def test_rows_inserted_between_change_nothing(under_way: Month) -> None:
    mails, notices, phases = under_way.mails(), under_way.notices(), under_way.phases()

    for tab in ("Members", "Requests", "Roasts"):
        where = {"tab": tab, "before": 2, "count": 2}
        under_way.local("POST", f"/local/sheets/{under_way.id}/rows/insert", where)
    under_way.settle()

    assert (under_way.mails(), under_way.notices(), under_way.phases()) == (mails, notices, phases)
    assert_quiet(under_way)


def test_address_in_another_case_is_the_same_person(under_way: Month) -> None:
    mails, notices, phases = under_way.mails(), under_way.notices(), under_way.phases()

    under_way.fill("Members", "ann@example.org", Email=" Ann <ANN@Example.org> ")
    under_way.fill("Requests", "yan@example.org", Email="YAN@example.org")
    under_way.settle()

    assert (under_way.mails(), under_way.notices(), under_way.phases()) == (mails, notices, phases)
    assert_quiet(under_way)


def test_person_renamed_in_members_is_the_same_host(under_way: Month) -> None:
    under_way.fill("Members", "bob@example.org", Name="Robert")
    under_way.fill("Roasts", "2026-11", Host="Robert")

    under_way.settle()

    assert subjects(under_way, "bob") == [
        "Will you host the roast on Thursday 19 November 2026?",
        "Co-op educators on Thursday 19 November 2026: the agenda",
    ]
    assert_quiet(under_way)
