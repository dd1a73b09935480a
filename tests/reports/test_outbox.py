"""The Outbox tab: what was sent to whom, what will be, and why something is not."""

from datetime import UTC, datetime, timedelta

from community.ledger import Phase
from tests.reports.builders import (
    ANN,
    BEN,
    MEMBERS,
    NOW,
    ROASTS,
    ZOE,
    M,
    key_of,
    make_community,
    make_entry,
    make_ledger,
    make_values,
    rendered,
)

ASKED = make_entry(f"{M}/host/1/{key_of(ANN)}/ask", "host.ask", person=key_of(ANN), who="Ann Lee", meeting=M)


def test_outbox_is_ordered_by_time_and_name() -> None:
    rows = rendered(make_community(make_values(roasts=ROASTS[:1]), ledger=make_ledger(ASKED)))["Outbox"]

    assert rows == [
        ["When", "Mail", "To", "Meeting", "State", "Note"],
        ["2026-12-07 10:00", "host.ask", "Ann Lee", "2026-12", "sent", ""],
        ["2026-12-10 12:00", "agenda", "Ann Lee", "2026-12", "planned", ""],
        ["2026-12-10 12:00", "agenda", "Ben Roy", "2026-12", "planned", ""],
        ["2026-12-16 12:00", "reminder", "Ann Lee", "2026-12", "planned", ""],
        ["2026-12-16 12:00", "reminder", "Ben Roy", "2026-12", "planned", ""],
    ]


def test_outbox_explains_every_unusual_end() -> None:
    ends = {
        Phase.UNCONFIRMED: "",
        Phase.GONE: "",
        Phase.WITHDRAWN: "",
        Phase.FAILED: "Gmail refused the mail.",
        Phase.SKIPPED: "the reminder was due as well",
        Phase.SENDING: "",
    }
    entries = [
        make_entry(
            f"old/{phase}", "agenda", phase, at=NOW - timedelta(days=3), who=f"P{place}", reason=reason
        )
        for place, (phase, reason) in enumerate(ends.items())
    ]

    rows = rendered(make_community(make_values(roasts=[]), events=[], ledger=make_ledger(*entries)))["Outbox"]

    assert [row[2:] for row in rows[1:]] == [
        [
            *("P0", "", "almost surely sent"),
            "Gmail did not answer, and the draft is no longer there; it is not sent again.",
        ],
        ["P1", "", "gone", "Somebody sent or discarded the draft in Gmail; it is not sent again."],
        ["P2", "", "withdrawn", "It was no longer wanted before it left."],
        ["P3", "", "failed", "Gmail refused the mail."],
        ["P4", "", "skipped", "the reminder was due as well"],
        ["P5", "", "being sent", "Gmail has not answered yet."],
    ]


def test_outbox_reaches_two_weeks_back_and_ahead() -> None:
    newest = make_entry("a", "agenda", who="In", at=datetime(2026, 11, 24, 5, 0, tzinfo=UTC))
    oldest = make_entry("b", "agenda", who="Out", at=datetime(2026, 11, 24, 4, 59, tzinfo=UTC))
    ledger = make_ledger(newest, oldest, ASKED)
    early = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)

    now = rendered(make_community(make_values(members=MEMBERS[:1], roasts=ROASTS[:1]), ledger=ledger))
    before = rendered(make_community(make_values(members=MEMBERS[:1], roasts=ROASTS[:1]), now=early))

    assert [row[2] for row in now["Outbox"][1:]] == ["In", "Ann Lee", "Ann Lee", "Ann Lee"]
    assert [row[1] for row in before["Outbox"][1:]] == ["host.ask", "agenda"]


def test_outbox_says_why_a_mail_waits() -> None:
    def agenda(settings: dict[str, str], **ledger: object) -> list[object]:
        values = make_values(members=MEMBERS[1:], roasts=[{"Month": "2026-12"}, ROASTS[1]], settings=settings)
        community = make_community(values, ledger=make_ledger(**ledger), now=NOW + timedelta(days=3))
        (row,) = (row for row in rendered(community)["Outbox"] if row[1] == "agenda")
        return [row[0], *row[4:]]

    assert agenda({"Wait after my last change": "10"}) == [
        *("2026-12-11 10:10", "planned", "Waits until your changes have settled.")
    ]
    assert agenda({"Mode": "show only"}) == ["now", "shown only", "Mode is show only."]
    assert agenda({"Mode": "paused"}) == ["now", "paused", "Mode is paused."]
    assert agenda({"Mode": "only to me"}) == ["now", "goes now", "Meant for Ben Roy."]
    assert agenda({}, live_released=False) == ["now", "stopped", "Waits for you: see Today."]
    assert agenda({}, pauses={"mail": NOW + timedelta(days=4)}) == [
        *("now", "planned", "Waits: the account's mail allowance is used up.")
    ]


def test_outbox_names_people_without_a_name_by_what_stands_before_the_at() -> None:
    ledger = make_ledger(
        ASKED,
        make_entry("a", "agenda", person=key_of(BEN)),
        make_entry("b", "organizer.alert", person="olga"),
        make_entry("c", "agenda", person="nobody"),
    )
    request = {"Email": ZOE, "Decision": "decline"}
    values = make_values(roasts=ROASTS[:1], requests=[request])

    rows = rendered(make_community(values, ledger=ledger))["Outbox"]

    assert [row[1:3] for row in rows[1:6]] == [
        ["agenda", ""],
        ["agenda", "ben"],
        ["host.ask", "Ann Lee"],
        ["organizer.alert", "organizer"],
        ["access.decline", "zoe"],
    ]
