"""Whatever people, the clock and the network do: nothing goes twice, and nothing to whom it must not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from community.events import EventChange
from tests.automations import hands
from tests.engine.troubled import Troubled

TestTroubled = Troubled.TestCase
TestTroubled.settings = settings(
    deadline=None,
    max_examples=5,
    stateful_step_count=10,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
BEFORE_THE_REMINDER = "2026-11-18T16:00:00+01:00"
AFTER_THE_REMINDER = "2026-11-18T18:00:00+01:00"


@pytest.fixture
def walk() -> Iterator[Troubled]:
    """A live community of Ann and Bob, a week before its meeting, with a script of a test's own."""
    walk = Troubled()
    walk.begins(live=True, members=2)
    yield walk
    walk.month.close()
    walk.folder.cleanup()


def run_until(walk: Troubled, when: str) -> None:
    """Let the service look whenever something is due."""
    walk.watched.run_until(type(walk.month.now).fromisoformat(when))


def checked(walk: Troubled) -> dict[str, set[str]]:
    """Whose mails the machine has looked for, by kind."""
    return {kind: {name for _, name, _ in mails} for kind, mails in walk.watched.debts.checked.items()}


def test_reminders_and_agendas_are_looked_for(walk: Troubled) -> None:
    run_until(walk, AFTER_THE_REMINDER)

    assert checked(walk) == {"agenda": {"Ann", "Bob"}, "reminder": {"Ann", "Bob"}}


def test_fewer_mails_are_understood(walk: Troubled) -> None:
    hands.ask_in(walk.month, "Ann", Wants="fewer mails", Decision=None)

    run_until(walk, AFTER_THE_REMINDER)

    assert checked(walk) == {"agenda": {"Ann", "Bob"}, "reminder": {"Bob"}}


def test_hosts_are_looked_for(walk: Troubled) -> None:
    walk.host_is_named(0, "Ann")
    run_until(walk, "2026-11-12T12:00:00+01:00")
    walk.host_answers(0, "yes")
    run_until(walk, "2026-11-12T16:00:00+01:00")

    assert checked(walk) == {"host.ask": {"Ann"}, "host.confirmed": {"Ann"}}


def test_settings_that_move_events_are_let_go_by_their_code(walk: Troubled) -> None:
    walk.month.wait(minutes=20)
    walk.watched.tick()
    walk.setting_is_changed(("Starts at", "18:00"))

    walk.comes_to_rest()

    assert hands.starts(walk.month, "2026-11") == "2026-11-19 18:00"


def test_service_that_never_reminds_is_found(walk: Troubled) -> None:
    walk.fill("Emails", "reminder", Send="no")

    with pytest.raises(AssertionError, match=r"Ann was owed reminder of 2026-11\.g0"):
        run_until(walk, AFTER_THE_REMINDER)


def test_second_invitation_is_found(walk: Troubled) -> None:
    run_until(walk, BEFORE_THE_REMINDER)
    event, ann = hands.event_id(walk.month, "2026-11"), ("ann@example.org",)
    walk.month.workspace.calendar.update(event, EventChange(remove_guests=ann, quiet=True))
    walk.month.workspace.calendar.update(event, EventChange(add_guests=ann))

    with pytest.raises(AssertionError, match=r"Ann was invited twice to 2026-11\.g0"):
        walk.watched.tick()
