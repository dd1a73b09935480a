"""What must be true of a community at rest: events, guest lists, answers and mails stand as typed."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.engine.debts import LOST
from tests.engine.model import NAMES, Typed
from tests.engine.watched import Watched


def assert_stands_as_typed(watched: Watched) -> None:
    """Fail when, at rest and live, a meeting, a guest list or an answer is not as typed."""
    typed = watched.typed()
    if typed.mode != "live" or watched.last.plan.holds:
        return
    watched.rests += 1
    watched.lost = _lost_and_shown(watched)
    _assert_requests_are_answered(watched, typed)
    for when in (watched.when(0), watched.when(1)):
        if when in typed.roasts and typed.start(when) > watched.month.now + timedelta(hours=1):
            _assert_month_stands(watched, typed, when)


def _lost_and_shown(watched: Watched) -> set[str]:
    """Keys of mails that did not arrive, for which there is a reason, and which Log shows."""
    entries = watched.month.ledger.view().entries.values()
    lost = {
        entry.key: entry.phase
        for entry in entries
        if entry.phase in LOST and entry.key not in watched.received.got
    }
    mails = {key: phase for key, phase in lost.items() if "/guest/" not in key and "/link" not in key}
    shown = {str(cell) for row in watched.month.rows("Log") for cell in row}
    assert mails.keys() <= shown, f"lost, and not in Log: {mails}"
    if not watched.month.blows.total():
        assert mails == {}, "lost, and nobody and nothing was in the way"
    return set(mails)


def _assert_requests_are_answered(watched: Watched, typed: Typed) -> None:
    """Whoever asked has the answer that was decided last."""
    for name in sorted(set(NAMES) - watched.asked_before):
        theirs = [row for row in typed.requests if row["Name"] == name]
        last = max(theirs, key=lambda row: row["Received"], default={})
        answer = {"approve": "welcome", "decline": "decline"}.get(last.get("Decision", ""))
        if answer == "welcome" and (
            last["Wants"] in {"leave", "fewer mails"} or typed.status(name) != "active"
        ):
            continue
        if answer:
            key = f"access/{watched.person(name)}/"
            assert any(
                got.startswith(key) and answer in got for got in watched.received.got.keys() | watched.lost
            ), (
                name,
                answer,
            )


def _assert_month_stands(watched: Watched, typed: Typed, when: str) -> None:
    """The event, its guests and what people were told of it are as typed."""
    event, start = watched.event(when), typed.start(when)
    if typed.skipped(when):
        assert event is None, f"{when} is skipped and stands in Calendar"
        _assert_told(watched, typed, when, None)
        return
    if when not in watched.touched:
        assert event, f"{when} has no event"
        assert datetime.fromisoformat(event["start"]["dateTime"]) == start, when
        there = watched.guests(when)
        for name in NAMES:
            if typed.invited(name, start):
                assert name.lower() in there, f"{name} is not invited to {when}"
            elif typed.status(name) in {"left", "paused", "Discord only"}:
                assert name.lower() not in there, f"{name} is still a guest of {when}"
    if event is None:
        return
    begins = datetime.fromisoformat(event["start"]["dateTime"])
    if begins <= watched.month.now:
        return
    _assert_told(watched, typed, when, begins)


def _assert_told(watched: Watched, typed: Typed, when: str, begins: datetime | None) -> None:
    """Whoever heard of this month's meeting believes what is true; begins None: that there is none."""
    entries = watched.month.ledger.view().entries.values()
    heard = [
        e for e in entries if e.told and (e.meeting or "").startswith(when) and e.key in watched.received.got
    ]
    for name in NAMES:
        theirs = [entry for entry in heard if entry.person == watched.person(name)]
        if not theirs or typed.status(name) != "active" or typed.forbids("correction", name):
            continue
        told = max(theirs, key=lambda entry: (entry.at, entry.number or 0)).told
        then = datetime.fromisoformat(told["start"] or "")
        if then <= watched.month.now:
            continue
        if begins is None:
            assert told["cancelled"] or when in watched.touched, f"{name} still comes to {when}"
        else:
            assert not told["cancelled"], f"{name} does not know that {when} is on again"
            assert then == begins, f"{name} believes in another start of {when}"
