"""What `--json` answers: shapes that stay as they are, documented in docs/command-line.md.

Instants are ISO 8601 with offset, in UTC. A later version may add keys; it takes none away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from community.community import Community
from community.ledger import UNDER_WAY, Entry, LedgerView
from community.meetings import Meeting
from community.plan import Hold, Plan, Planned
from sheets_schema.problems import Problem

if TYPE_CHECKING:
    from engine.tick import Tick

Json = dict[str, Any]
DAY = timedelta(hours=24)


def check_shape(problems: Iterable[Problem]) -> Json:
    """`check --json`."""
    return {"problems": [_problem(problem) for problem in problems]}


def plan_shape(community: Community, plan: Plan) -> Json:
    """`plan --json`."""
    return {
        "now": _iso(plan.now),
        "mode": str(community.mode),
        "stop": plan.stop,
        "effects": [_planned(item) for item in plan.items],
        "stopped": [_hold(hold) for hold in plan.holds],
        "next": _iso(plan.next_due()),
    }


def run_shape(tick: Tick, problems: int) -> Json:
    """`run --json`."""
    return {
        "now": _iso(tick.plan.now),
        "mode": str(tick.community.mode),
        "done": [_entry(entry) for entry in tick.done],
        "troubles": list(tick.troubles),
        "stop": tick.plan.stop,
        "stopped": [_hold(hold) for hold in tick.plan.holds],
        "next": _iso(tick.plan.next_due()),
        "problems": problems,
    }


def status_shape(
    community: Community, plan: Plan, history: LedgerView, *, last: Iterable[Entry], per_day: int
) -> Json:
    """`status --json`. last: the newest ended effects."""
    return {
        "now": _iso(plan.now),
        "mode": str(community.mode),
        "done": [_entry(entry) for entry in last],
        "under_way": sum(entry.phase in UNDER_WAY for entry in history.entries.values()),
        "next": _iso(plan.next_due()),
        "stop": plan.stop,
        "stopped": [_hold(hold) for hold in plan.holds],
        "pauses": {what: _iso(until) for what, until in pauses(history, plan.now).items()},
        "mails": {"last_24_hours": history.mails_since(plan.now - DAY), "per_day": per_day},
    }


def pauses(history: LedgerView, now: datetime) -> dict[str, datetime]:
    """Until when which service is left alone, because it asked for that; those in force only."""
    return {what: until for what, until in sorted(history.pauses.items()) if until > now}


def dates_shape(community: Community, meetings: Iterable[Meeting], zones: Iterable[str]) -> Json:
    """`dates --json`. zones: IANA names, the community's first."""
    return {
        "now": _iso(community.now),
        "zones": list(zones),
        "meetings": [
            {
                "month": str(meeting.month),
                "start": _iso(meeting.start),
                "minutes": meeting.minutes,
                "host": meeting.host.name if meeting.host else None,
                "no_meeting": meeting.skipped or None,
                "in_calendar": meeting.event is not None,
            }
            for meeting in meetings
        ],
    }


def _problem(problem: Problem) -> Json:
    return {
        "tab": problem.tab,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "what": problem.what,
        "skipped": problem.skipped,
    }


def _planned(item: Planned) -> Json:
    effect = item.effect
    return {
        "key": effect.key,
        "kind": effect.kind,
        "meeting": effect.meeting,
        "who": effect.who,
        "state": item.state.name.lower(),
        "due": _iso(effect.due),
        "until": _iso(item.until),
        "latest": _iso(effect.latest),
        "code": item.code,
    }


def _hold(hold: Hold) -> Json:
    return {"code": hold.code, "why": hold.why, "counts": dict(hold.counts)}


def _entry(entry: Entry) -> Json:
    return {
        "key": entry.key,
        "kind": entry.kind,
        "meeting": entry.meeting,
        "who": entry.who,
        "result": str(entry.phase),
        "reason": entry.reason,
        "at": _iso(entry.at),
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat() if instant else None
