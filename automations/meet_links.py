"""Meet links: asked for with the event, and again when Google made none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from community.community import Community
from community.effects import ChangeEvent, Effect
from community.events import Conference, EventChange
from community.ledger import Entry, Phase
from community.meetings import Meeting

ATTEMPTS = 3
RETRY = timedelta(hours=24)


def ask(community: Community, meeting: Meeting) -> Iterator[Effect]:
    """Ask for a Meet link again: at once up to three times, then once a day; once a day after a refusal."""
    event, made = meeting.event, meeting.entry
    if event is None or made is None or meeting.link:
        return
    if event.conference in {Conference.PENDING, Conference.READY}:
        return
    tried = _attempts(community, meeting)
    refused = any(entry.phase is Phase.FAILED for entry in tried)
    again = RETRY if refused or len(tried) >= ATTEMPTS else timedelta(0)
    attempt = len(tried) + 1
    yield Effect(
        key=f"{meeting.key}/link/{attempt}",
        kind="event.link",
        action=ChangeEvent(meeting.event_id, EventChange(conference_request=f"{meeting.event_id}-{attempt}")),
        due=(tried[-1] if tried else made).at + again,
        latest=meeting.start,
        meeting=meeting.key,
        who="Meet link",
        urgency=6,
    )


def _attempts(community: Community, meeting: Meeting) -> list[Entry]:
    prefix = f"{meeting.key}/link/"
    tried = {
        int(key.removeprefix(prefix)): entry
        for key, entry in community.ledger.entries.items()
        if key.startswith(prefix)
    }
    return [tried[number] for number in sorted(tried)]
