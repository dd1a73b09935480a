"""What needs the organizer: each a row of Today, in plain words, with the way out and the place for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from automations import agenda
from automations.alerts import LINK, MEMBERS_LOST
from community.community import FREE_CALL
from community.labels import LABELS, in_plain_words
from community.ledger import Entry, Phase
from community.letters import due_before, link_known_by
from community.mails import MailKind
from community.meetings import Meeting
from community.people import head_count
from community.plan import Hold, State, spelled
from reports.overview import Overview
from reports.public_holidays import holidays_on, unknown_countries
from reports.words import entry_label, moment, month_of
from sheets_schema.cells import Cell
from sheets_schema.choices import MeetAccount
from sheets_schema.settings import GO_AHEAD, HOLIDAY_COUNTRIES, MINUTES, STAY_ON

Line = list[Cell]

HOST_WITHIN = 28
AGENDA_WITHIN = 7
FAILED_WITHIN = 14


def lines(overview: Overview) -> list[Line]:
    """Everything that needs the organizer, most urgent first; empty when nothing does."""
    return [
        *(_held(hold) for hold in overview.plan.holds),
        *_code(overview),
        *_troubles(overview),
        *_allowance(overview),
        *_failures(overview),
        *_members(overview),
        *(line for meeting in overview.upcoming for line in _meeting(overview, meeting)),
        *_settings(overview),
    ]


def _held(hold: Hold) -> Line:
    counts = ", ".join(f"{count} x {LABELS.get(kind, kind)}" for kind, count in hold.counts.items())
    return [
        "Stopped, waiting for you",
        f"{hold.why} ({counts})",
        f'Settings: type "{hold.code}" beside "{GO_AHEAD.name}"',
    ]


def _code(overview: Overview) -> Iterator[Line]:
    """Codes typed that stand for nothing: mistyped, or for a set that is another one by now."""
    plan, used = overview.plan, overview.community.ledger.used_codes
    known = {spelled(code) for code in (*used, *(hold.code for hold in (*plan.holds, *plan.released)))}
    for code in (overview.community.settings.go_ahead or "").split(","):
        if spelled(code) and spelled(code) not in known:
            yield [
                "A code that fits nothing",
                f'"{code.strip()}" stands for nothing that is stopped now: it was mistyped, or what it stood '
                "for has changed. Type a code that is shown here, or clear the cell.",
                f"Settings: {GO_AHEAD.name}",
            ]


def _members(overview: Overview) -> Iterator[Line]:
    if overview.community.lost_members:
        yield ["No members", MEMBERS_LOST, "Members"]


def _troubles(overview: Overview) -> Iterator[Line]:
    for trouble in overview.plan.troubles:
        yield ["Not done yet", f"{in_plain_words(trouble).rstrip('.')}. It is tried again.", ""]


def _allowance(overview: Overview) -> Iterator[Line]:
    """Mails that wait for the account's daily allowance, or because Gmail asked for a pause."""
    waiting = [item for item in overview.planned if item.state is State.FULL]
    if waiting:
        many = "1 mail waits" if len(waiting) == 1 else f"{len(waiting)} mails wait"
        pause = overview.community.ledger.paused_until("mail", overview.now)
        why = (
            "Gmail asked for a pause"
            if pause
            else "as many as are allowed in 24 hours have left (per_day in third-thursday.toml)"
        )
        until = waiting[0].until
        when = f" The next goes {moment(until, overview.zone)}, the most urgent first." if until else ""
        yield ["Mails wait", f"{many}: {why}.{when}", "Outbox"]


def _failures(overview: Overview) -> Iterator[Line]:
    groups: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in overview.community.ledger.entries.values():
        # A Meet link is asked for again every day; while it is missing, its meeting says so.
        failed = entry.phase is Phase.FAILED and entry.kind != LINK
        if failed and overview.within(entry.at, -FAILED_WITHIN):
            groups[entry_label(entry), month_of(entry.meeting), entry.reason].append(entry)
    for (what, month, reason), entries in groups.items():
        who = entries[0].who if len(entries) == 1 else head_count(len(entries))
        about = ", ".join(filter(None, (what, month, who)))
        yield [
            "Could not be done",
            f"{about}: {in_plain_words(reason)}",
            "Outbox" if entries[0].person else "Log",
        ]


def _meeting(overview: Overview, meeting: Meeting) -> Iterator[Line]:
    """What one meeting that takes place needs."""
    if meeting.unclear or meeting.start is None:
        return
    name, place = f"Meeting of {meeting.month}", f"Roasts, {meeting.month}"
    if meeting.deleted:
        way_out = (
            "Its event was deleted in Calendar, so nothing more is sent for it. To have a new one made, type "
            'a reason under "No meeting because", wait until Today says so, and clear the cell.'
        )
        yield [name, way_out, place]
        return
    if meeting.moved_by_hand:
        at = moment(meeting.start, overview.zone)
        yield [name, f"It was moved in Calendar to {at}, and mails follow. Move it back if not meant.", place]
    for text in _host(overview, meeting):
        yield [name, text, place]
    if _waits_for_yes(overview, meeting):
        yield [name, 'The agenda waits for your yes under "Send agenda".', place]
    if meeting.event and not meeting.link and link_known_by(overview.community, meeting) <= overview.now:
        text = "It has no Meet link: add one to the event. Mails say that the link stands there."
        yield [name, text, "Google Calendar"]
    day = meeting.start.date()
    for holiday in holidays_on(day, overview.community.settings.holiday_countries or ()):
        yield [name, f"It falls on {holiday}. Another day can be typed under Other date.", place]


def _host(overview: Overview, meeting: Meeting) -> Iterator[str]:
    row = meeting.row
    if row and row.host and row.host_agreed is False:
        yield f"{row.host} cannot host: type another name under Host."
    elif not (row and row.host) and meeting.start and overview.within(meeting.start, HOST_WITHIN):
        yield "It has no host: type a name under Host; that person is asked by mail."


def _waits_for_yes(overview: Overview, meeting: Meeting) -> bool:
    community = overview.community
    due = due_before(community, MailKind.AGENDA, meeting)
    soon = due is not None and overview.within(due, AGENDA_WITHIN)
    return soon and community.sends(MailKind.AGENDA) and agenda.awaits_yes(community, meeting)


def _settings(overview: Overview) -> Iterator[Line]:
    settings = overview.community.settings
    minutes, stay_on = settings.minutes or 0, settings.stay_on or 0
    is_cut = minutes >= FREE_CALL or minutes + stay_on > FREE_CALL
    if settings.meet_account is MeetAccount.FREE and is_cut:
        yield _free_call(minutes, stay_on)
    for code in unknown_countries(settings.holiday_countries or (), overview.today.year):
        yield ["A country", f'No holidays are known for "{code}".', f"Settings: {HOLIDAY_COUNTRIES.name}"]


def _free_call(minutes: int, stay_on: int) -> Line:
    """A free call that lasts as long as the meeting would be cut off in its last sentence."""
    ends = f"Google ends free calls of three and more people after {FREE_CALL} minutes."
    change = (
        f" Set {MINUTES.name} to 55, and shorten the tab Agenda to match." if minutes >= FREE_CALL else ""
    )
    stay = (
        f" Mails promise nothing afterwards: set {STAY_ON.name} to 0, or Meet account to paid when you meet"
        " elsewhere."
        if stay_on
        else ""
    )
    return ["Free Meet account", f"{ends}{change}{stay}", f"Settings: {MINUTES.name}"]
