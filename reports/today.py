"""The Today tab: whether it runs, the next meeting, what needs you, goes out, is stopped or wrong."""

from __future__ import annotations

from collections.abc import Iterable

from community.effects import SendMail
from community.people import head_count
from community.plan import Planned, State
from reports import attention, meetings
from reports.attention import Line
from reports.overview import Overview, time_of
from reports.problems import sentence
from reports.words import label, long_moment, month_of
from sheets_schema.cells import Rows
from sheets_schema.choices import Mode
from sheets_schema.problems import Problem
from sheets_schema.today import FIRST_ROW, LAST_ROW

DAYS_AHEAD = 7
MOST_PROBLEMS = 15

_MODES = {
    Mode.SHOW_ONLY: "Show only: nothing goes out. Below stands what would.",
    Mode.ONLY_TO_ME: "Only to me: every mail goes once, to you alone; nobody is invited.",
    Mode.LIVE: "Live: invitations and mails go out.",
    Mode.PAUSED: "Paused: nothing new goes out.",
}
# Whose `who` says nothing that the name does not say.
_ABOUT_THE_EVENT = frozenset({"event.text", "event.link"})
_STOPS = frozenset({State.STOPPED, State.TOO_LATE})


def rows(overview: Overview) -> Rows:
    """The free block of Today, three cells a row: what, details, place."""
    going = [item for item in overview.planned if item.state not in _STOPS and _is_soon(overview, item)]
    stopped = [item for item in overview.planned if item.state in _STOPS]
    problems = [_problem(overview, problem) for problem in overview.problems[:MOST_PROBLEMS]]
    more = len(overview.problems) - len(problems)
    if more > 0:
        problems.append(["", f"and {more} more in the tab Problems", "Problems"])
    sections = [
        *_running(overview),
        *_next_meeting(overview),
        *_section("Needs you", attention.lines(overview) or [["", "Nothing.", ""]]),
        *_section("Going out in the next 7 days", _grouped(overview, going) or [["", "Nothing.", ""]]),
        *_section("Stopped", _grouped(overview, stopped)),
        *_section("Problems", problems or [["", "None.", ""]]),
    ]
    return sections[: LAST_ROW - FIRST_ROW + 1]


def _section(title: str, lines: list[Line]) -> list[Line]:
    return [["", "", ""], [title, "", ""], *lines] if lines else []


def _running(overview: Overview) -> list[Line]:
    community, stop = overview.community, overview.plan.stop
    mode: Line = ["Mode", _MODES[community.mode], "Settings: Mode"]
    if community.settings.mode is None:
        mode[1] = "Mode cannot be read in Settings, so that nothing goes out; below stands what would."
    return [["Everything is stopped", stop, ""], mode] if stop else [["Running", *mode[1:]]]


def _next_meeting(overview: Overview) -> list[Line]:
    if not overview.upcoming:
        settings = overview.community.settings
        rhythm = (settings.time_zone, settings.meeting_day, settings.starts_at, settings.minutes)
        unknown = "Nobody can tell until Settings are mended: see Problems."
        return _section("Next meeting", [["", unknown if None in rhythm else "None is planned.", ""]])
    meeting = overview.upcoming[0]
    lines: list[Line] = [
        ["When", long_moment(meeting.start, overview.zone) if meeting.start else "", str(meeting.zone)],
        ["State", meetings.state(overview, meeting), f"Roasts, {meeting.month}"],
        ["Host", meetings.host(overview, meeting), f"Roasts, {meeting.month}"],
    ]
    if meeting.event:
        lines.append(["Answers", meetings.answers_in_words(meeting), "Google Calendar"])
        lines.append(["Meet link", meeting.link or "none yet", "Google Calendar"])
    return _section("Next meeting", lines)


def _is_soon(overview: Overview, item: Planned) -> bool:
    return overview.within(time_of(item, overview.now), DAYS_AHEAD)


def _grouped(overview: Overview, items: Iterable[Planned]) -> list[Line]:
    """One line per kind and meeting, in the order of the first of each."""
    groups: dict[tuple[str, str], list[Planned]] = {}
    for item in items:
        groups.setdefault((label(item.effect), month_of(item.effect.meeting)), []).append(item)
    return [
        [what, ", ".join(filter(None, (_who(group), _when(overview, group)))), month]
        for (what, month), group in groups.items()
    ]


def _who(group: list[Planned]) -> str:
    effect = group[0].effect
    if effect.kind in _ABOUT_THE_EVENT:
        return ""
    meant_for = effect.action.letter.rehearsal_for if isinstance(effect.action, SendMail) else None
    who = meant_for or effect.who
    count = len({item.effect.person or item.effect.key for item in group})
    if count > 1:
        who = f"{count} months" if effect.kind == "month" else head_count(count)
    return f"{who}, to you alone" if meant_for else who


def _when(overview: Overview, group: list[Planned]) -> str:
    """What becomes of the first; the others may be later."""
    phrases = dict.fromkeys(overview.outlook(item) for item in group)
    first = next(iter(phrases))
    return first if len(phrases) == 1 else f"{first}, others later"


def _problem(overview: Overview, problem: Problem) -> Line:
    place = problem.tab
    if problem.row is not None:
        name = overview.names.get((problem.tab, problem.row))
        place += f", row {problem.row}" + (f" ({name})" if name else "")
    if problem.column:
        place += f", {problem.column}"
    return [problem.value or problem.tab, sentence(problem), place]
