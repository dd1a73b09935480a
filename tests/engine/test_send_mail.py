"""Mail over drafts: whatever is lost or refused on the way, nobody gets the same mail twice."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.plan import Limits
from engine.tick import Pace, run_tick
from tests.automations.hands import ask_in, move_event
from tests.engine.agendas import (
    AGENDA,
    CREATE,
    GET,
    PRECONDITION,
    PROFILE,
    SEND,
    agendas,
    asked_in_each_look,
    over_the_rate,
    subjects,
)
from tests.faulty import always, answer, fail, heal, restart
from tests.month import Month


def test_mail_leaves_as_one_draft_sent_once(due: Month) -> None:
    due.tick()

    assert [method for method in due.asked() if method.startswith("gmail")] == [PROFILE, CREATE, SEND]
    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]
    assert due.drafts() == []


def test_create_whose_answer_is_lost_leaves_no_orphan_and_one_mail(due: Month) -> None:
    fail(due, CREATE, "closeAfter")

    due.tick()
    assert (agendas(due), len(due.drafts())) == ({"Ann": "drafting"}, 1)
    due.wait(seconds=59)
    due.tick()
    assert (agendas(due), len(due.drafts())) == ({"Ann": "drafting"}, 1)
    due.wait(seconds=1)
    due.tick()

    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]
    assert due.drafts() == []


def test_orphan_search_leaves_drafts_of_others_alone(due: Month) -> None:
    token = due.local("GET", "/local/token")["access_token"]
    typed = {"message": {"raw": "VG86IGV2ZUBleGFtcGxlLm9yZw0KDQpIaQ=="}}  # To: eve@example.org, Hi
    due.transport.session.post(
        f"{due.base}/gmail/v1/users/me/drafts", json=typed, headers={"Authorization": f"Bearer {token}"}
    ).raise_for_status()
    fail(due, CREATE, "closeAfter")

    due.tick()
    due.wait(seconds=60)
    due.tick()

    assert subjects(due, "ann") == [AGENDA]
    assert len(due.drafts()) == 1


def test_create_that_never_arrived_is_made_again_after_a_minute(due: Month) -> None:
    fail(due, CREATE, "closeBefore")

    due.tick()
    due.wait(seconds=60)
    due.tick()

    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]
    assert due.drafts() == []


def test_send_that_acted_without_an_answer_is_unconfirmed_and_never_repeated(due: Month) -> None:
    fail(due, SEND, "closeAfter")

    due.tick()
    assert agendas(due) == {"Ann": "sending"}
    due.wait(seconds=60)
    due.tick()
    due.wait(hours=3)
    due.tick()

    assert agendas(due) == {"Ann": "unconfirmed"}
    assert subjects(due, "ann") == [AGENDA]
    assert due.asked().count(SEND) == 1


@pytest.mark.parametrize("silence", ["closeBefore", "503"])
def test_send_that_did_not_act_sends_the_same_draft_later(due: Month, silence: str) -> None:
    fail(due, SEND, silence)

    due.tick()
    due.wait(seconds=59)
    due.tick()
    assert (agendas(due), due.asked().count(GET)) == ({"Ann": "sending"}, 0)
    due.wait(seconds=1)
    due.tick()

    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]
    assert (due.asked().count(CREATE), due.asked().count(SEND)) == (1, 2)


def test_one_mail_that_gmail_cannot_answer_for_does_not_hold_up_the_others(due: Month) -> None:
    fail(due, SEND, "503")
    due.tick()
    due.type_row("Members", Name="Bob", Email="bob@example.org")
    fail(due, SEND, "503")
    due.wait(seconds=60)

    due.tick()  # Ann's draft is tried again, in vain; Bob's row begins to settle
    due.wait(minutes=10)
    fail(due, SEND, "503")
    due.tick()  # and once more, while Bob's mail is due

    assert agendas(due) == {"Ann": "sending", "Bob": "sent"}
    assert subjects(due, "bob") == [AGENDA]


def test_rate_limit_is_kept_in_the_ledger_until_the_instant_it_names(due: Month) -> None:
    fail(due, SEND, over_the_rate("2026-11-12T16:15:00.000Z"))

    due.tick()
    assert (agendas(due), len(due.drafts())) == ({"Ann": "drafted"}, 1)
    restart(due)
    due.forget_requests()
    due.go_to("2026-11-12T17:14:59+01:00")
    due.tick()
    assert [method for method in due.asked() if method.startswith("gmail")] == []
    due.go_to("2026-11-12T17:15:00+01:00")
    due.tick()

    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]
    assert (due.asked().count(CREATE), due.asked().count(SEND)) == (0, 1)


def test_rate_limit_on_create_frees_the_key_and_rests(due: Month) -> None:
    fail(due, CREATE, over_the_rate("2026-11-12T16:15:00.000Z"))

    due.tick()
    assert agendas(due) == {}
    due.go_to("2026-11-12T17:15:00+01:00")
    due.tick()

    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]


@pytest.mark.parametrize("status", [401, 403])
def test_refused_sign_in_keeps_the_draft_for_the_next_tick(due: Month, status: int) -> None:
    # After a 401 the session asks again with a new token, twice.
    times = 3 if status == 401 else 1
    denied = answer(status, "The caller does not have permission", status="PERMISSION_DENIED")
    fail(due, SEND, *[denied] * times)

    tick = due.tick()
    assert (agendas(due), len(due.drafts())) == ({"Ann": "drafted"}, 1)
    assert tick.troubles == (f"{SEND}: The caller does not have permission ({status})",)
    due.wait(minutes=1)
    due.tick()

    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]
    assert due.asked().count(CREATE) == 1


def test_mail_rejected_three_times_fails_without_a_draft_and_with_an_alert(due: Month) -> None:
    fail(due, SEND, PRECONDITION, PRECONDITION, PRECONDITION)

    for _ in range(4):
        due.tick()
        due.wait(minutes=5)

    assert agendas(due) == {"Ann": "failed"}
    assert subjects(due, "ann") == []
    assert due.drafts() == []
    assert "Co-op educators: Something could not be done" in subjects(due, "organizer")
    assert due.asked().count(CREATE) == 2  # Ann's, and the alert's


def test_draft_that_gmail_rejects_is_tried_again_and_given_up_after_three_times(due: Month) -> None:
    fail(due, CREATE, *[answer(400, "Invalid To header")] * 3)

    seen = []
    for _ in range(3):
        due.tick()
        due.tick()  # at once: waits a minute
        seen.append(agendas(due))
        due.wait(minutes=1)
    entry = next(entry for entry in due.ledger.view().entries.values() if entry.kind == "agenda")

    assert seen == [{"Ann": "drafting"}, {"Ann": "drafting"}, {"Ann": "failed"}]
    assert entry.reason == f"{CREATE}: Invalid To header (400)"
    assert due.asked().count(CREATE) == 4  # the fourth is the alert's


def test_draft_that_gmail_rejects_once_is_made_a_minute_later(due: Month) -> None:
    fail(due, CREATE, "400")

    due.tick()
    due.wait(minutes=1)
    due.tick()

    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]
    assert due.drafts() == []


def test_draft_that_gmail_rejected_and_nobody_wants_any_more_is_withdrawn(due: Month) -> None:
    fail(due, CREATE, "400")

    due.tick()
    due.fill("Roasts", "2026-11", No_meeting_because="snow")
    due.wait(minutes=1)
    due.tick()

    assert agendas(due) == {"Ann": "withdrawn"}
    assert due.asked().count(CREATE) == 1


NAMES = ("Ann", "Bea", "Cem", "Dan", "Eve", "Fay", "Gus", "Hal")


@pytest.fixture
def eight(live: Month) -> Month:
    """A live community of eight, whose agendas are due this very moment."""
    live.add_members(*NAMES)
    live.tick(*(hold.code for hold in live.tick().plan.holds))
    live.go_to("2026-11-12T17:00:00+01:00")
    return live


@pytest.mark.parametrize(("method", "phase"), [(CREATE, "drafting"), (SEND, "sending")])
def test_gmail_that_is_down_is_not_asked_for_every_mail_that_waits(
    eight: Month, method: str, phase: str
) -> None:
    always(eight, method, "503")

    asked = asked_in_each_look(eight, method, 2)
    assert set(agendas(eight).values()) == {phase}
    heal(eight)
    for _ in range(2):
        eight.tick()
        eight.wait(minutes=10)

    assert asked == [5, 5 if method == CREATE else 8]
    assert agendas(eight) == dict.fromkeys(NAMES, "sent")
    assert [subjects(eight, name.lower()) for name in NAMES] == [[AGENDA]] * 8


def test_mails_that_gmail_never_answers_for_do_not_hold_up_the_others(eight: Month) -> None:
    fail(eight, SEND, *["503"] * 5)

    eight.tick()
    stuck = agendas(eight)
    eight.wait(minutes=10)
    fail(eight, SEND, *["503"] * 5)  # the same five, which are settled first
    eight.tick()

    assert list(stuck.values()) == ["sending"] * 5
    assert Counter(agendas(eight).values()) == {"sending": 5, "sent": 3}


def test_mail_waits_while_gmail_rejects_the_question_whose_account_it_is(due: Month) -> None:
    fail(due, PROFILE, PRECONDITION)

    tick = due.tick()
    assert agendas(due) == {}
    assert tick.troubles == (f"{PROFILE}: Precondition check failed. (400)",)
    due.tick()

    assert agendas(due) == {"Ann": "sent"}


def test_silence_about_whose_account_it_is_holds_up_all_mails_with_one_question(due: Month) -> None:
    due.add_members("Bob")
    always(due, PROFILE, "closeBefore")

    tick = due.tick()

    assert tick.troubles == (f"{PROFILE}: the connection was lost before an answer came",)
    assert due.asked().count(PROFILE) == 4
    assert agendas(due) == {}


def test_rest_that_ends_in_another_year_lasts_a_day(due: Month) -> None:
    fail(due, CREATE, over_the_rate("2027-11-12T16:15:00.000Z"))

    due.tick()
    due.wait(hours=23, minutes=59)
    due.tick()
    assert agendas(due) == {}
    due.wait(minutes=1)
    due.tick()

    assert agendas(due) == {"Ann": "sent"}


def test_draft_that_gmail_shows_but_does_not_find_is_a_trouble(due: Month) -> None:
    fail(due, SEND, "404", "404")

    troubles = [due.tick().troubles]
    due.wait(seconds=60)
    troubles.append(due.tick().troubles)
    due.wait(seconds=60)
    due.tick()

    assert troubles == [(f"{SEND}: Requested entity was not found. (404)",)] * 2
    assert agendas(due) == {"Ann": "sent"}
    assert subjects(due, "ann") == [AGENDA]


def test_mails_are_paced_but_the_first(due: Month) -> None:
    due.add_members("Bob", "Cleo")
    slept: list[float] = []
    pace = Pace(seconds_between=2, sleep=slept.append)

    run_tick(due.workspace, due.ledger, clock=lambda: due.now, limits=due.limits, pace=pace)

    assert agendas(due) == {"Ann": "sent", "Bob": "sent", "Cleo": "sent"}
    assert slept == [2, 2]


def test_daily_allowance_lets_the_most_urgent_go_first(due: Month) -> None:
    due.type_row("Requests", Name="Dora", Email="dora@example.org", Wants="Discord", Decision="approve")
    due.limits = Limits(per_day=1)

    due.tick()
    assert subjects(due, "dora") == ["Welcome to Co-op educators"]
    assert subjects(due, "ann") == []
    assert [
        "Mails wait",
        "1 mail waits: as many as are allowed in 24 hours have left (per_day in third-thursday.toml). The "
        "next goes Fri 13 Nov 17:00, the most urgent first.",
        "Outbox",
    ] in due.rows("Today")
    due.wait(hours=23, minutes=59)
    due.tick()
    assert subjects(due, "ann") == []
    tick = due.tick()
    due.wait(minutes=1)
    due.tick()

    assert tick.next_due == due.now
    assert subjects(due, "ann") == [AGENDA]


def test_draft_that_leaves_later_is_remembered_with_what_it_says_by_then(live: Month) -> None:
    live.add_members("Ann")
    live.tick()
    ask_in(live, "Zoe", Wants="meetups")
    fail(live, SEND, "429")
    live.tick()
    assert subjects(live, "zoe") == []

    move_event(live, "2026-11", "2026-11-19T19:00:00+01:00")
    live.settle()

    assert subjects(live, "zoe") == ["Welcome to Co-op educators"]
    assert "19:00" in live.mails("zoe@example.org")[0].text
