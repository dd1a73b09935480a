"""Who belongs: the rows of Members, and what people asked for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.membership import Ask, number_requests, resolve_membership
from community.people import MailWish, Person, Status, person_key
from sheets_schema.choices import Decision, Wants
from sheets_schema.rows import MemberRow, RequestRow
from sheets_schema.sheet import Sheet, read_sheet

ID = "1aBcD"
ZONE = ZoneInfo("Europe/Berlin")
EMPTY = read_sheet({})
ANN = MemberRow(2, "Ann", "Ann", "ann@example.org")
ANN_KEY = person_key(ID, "ann@example.org")


def request(
    wants: Wants, decision: Decision | None = None, *, email: str = "ann@example.org", received: float = 1.0
) -> RequestRow:
    """A request of Ann's."""
    return RequestRow(2, email, received, "Ann", email, wants=wants, decision=decision)


def people(
    *requests: RequestRow, members: tuple[MemberRow, ...] = (ANN,), appended: Iterable[str] = ()
) -> list[Person]:
    """Everybody known from these rows; appended: requests whose row was added to Members."""
    sheet: Sheet = replace(EMPTY, members=members, requests=requests)
    asks = number_requests(requests, ID)
    return list(resolve_membership(sheet, asks, ID, ZONE, frozenset(appended)).values())


def test_member_is_as_typed() -> None:
    row = MemberRow(
        row=7,
        key="Ann",
        name="Ann",
        email="ann@example.org",
        time_zone=ZoneInfo("America/New_York"),
        status=Status.PAUSED,
        mail=MailWish.NOTHING,
        away_until=date(2026, 12, 24),
        joined=date(2025, 1, 2),
        send_again_on=date(2026, 12, 1),
    )

    assert people(members=(row,)) == [
        Person(
            key=ANN_KEY,
            name="Ann",
            address="ann@example.org",
            zone=ZoneInfo("America/New_York"),
            status=Status.PAUSED,
            wish=MailWish.NOTHING,
            away_until=date(2026, 12, 24),
            joined=date(2025, 1, 2),
            send_again_on=date(2026, 12, 1),
            row=7,
        )
    ]


@pytest.mark.parametrize("decision", [None, Decision.APPROVE])
def test_wish_to_leave_needs_no_approval(decision: Decision | None) -> None:
    (ann,) = people(request(Wants.LEAVE, decision))

    assert ann.status is Status.LEFT


@pytest.mark.parametrize("decision", [Decision.DECLINE, Decision.HOLD, Decision.IGNORE])
@pytest.mark.parametrize("wants", list(Wants))
def test_request_that_was_not_granted_changes_nothing(wants: Wants, decision: Decision) -> None:
    assert people(request(wants, decision)) == people()


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        (MailWish.EVERYTHING, MailWish.INVITATION_AND_AGENDA),
        (MailWish.INVITATION_AND_AGENDA, MailWish.INVITATION_ONLY),
        (MailWish.INVITATION_ONLY, MailWish.INVITATION_ONLY),
        (MailWish.NOTHING, MailWish.NOTHING),
    ],
)
def test_wish_for_fewer_mails_takes_one_step(typed: MailWish, becomes: MailWish) -> None:
    (ann,) = people(request(Wants.FEWER_MAILS), members=(replace(ANN, mail=typed),))

    assert ann.wish is becomes


@pytest.mark.parametrize("wants", [Wants.LEAVE, Wants.FEWER_MAILS])
def test_wish_of_somebody_unknown_makes_nobody_a_member(wants: Wants) -> None:
    assert people(request(wants), members=()) == []


@pytest.mark.parametrize(
    ("wants", "status"),
    [
        (Wants.BOTH, Status.ACTIVE),
        (Wants.MEETUPS, Status.ACTIVE),
        (Wants.DISCORD, Status.DISCORD_ONLY),
    ],
)
def test_approved_requester_counts_before_the_row_is_there(wants: Wants, status: Status) -> None:
    assert people(request(wants, Decision.APPROVE), members=()) == [
        Person(ANN_KEY, "Ann", "ann@example.org", ZONE, status)
    ]


def test_row_that_was_appended_and_is_there_no_longer_makes_nobody_a_member() -> None:
    asked = request(Wants.BOTH, Decision.APPROVE)

    assert people(asked, members=(), appended=[f"access/{ANN_KEY}/1"]) == []


@pytest.mark.parametrize("wants", [Wants.BOTH, Wants.MEETUPS, Wants.DISCORD])
def test_undecided_requester_is_nobody_yet(wants: Wants) -> None:
    assert people(request(wants), members=()) == []


def test_approval_of_a_member_leaves_the_row_as_typed() -> None:
    paused = replace(ANN, status=Status.PAUSED)

    (ann,) = people(request(Wants.BOTH, Decision.APPROVE), members=(paused,))

    assert (ann.status, ann.row) == (Status.PAUSED, 2)


def test_who_left_and_was_approved_again_is_a_member_again() -> None:
    left = request(Wants.LEAVE, received=1.0)
    back = request(Wants.BOTH, Decision.APPROVE, received=2.0)

    (ann,) = people(left, back)

    assert ann.status is Status.ACTIVE


def test_approval_before_leaving_does_not_undo_it() -> None:
    came = request(Wants.BOTH, Decision.APPROVE, received=1.0)
    left = request(Wants.LEAVE, received=2.0)

    (ann,) = people(came, left)

    assert ann.status is Status.LEFT


@given(st.permutations(range(6)))
def test_requests_are_numbered_by_time_however_the_rows_are_sorted(order: list[int]) -> None:
    rows = [
        request(Wants.BOTH, email=f"{name}@example.org", received=float(at))
        for at in (1, 2, 3)
        for name in "ab"
    ]

    asks = number_requests([rows[place] for place in order], ID)

    assert {(ask.person, ask.n): ask.row.received for ask in asks} == {
        (person_key(ID, f"{name}@example.org"), at): float(at) for at in (1, 2, 3) for name in "ab"
    }


def test_undated_requests_come_last() -> None:
    undated, dated = request(Wants.BOTH, received=0.0), request(Wants.LEAVE, received=5.0)

    assert number_requests([undated, dated], ID) == (Ask(ANN_KEY, 1, dated), Ask(ANN_KEY, 2, undated))
