"""Mail over drafts, so that nothing goes out twice: each phase is on disk before the next request leaves.

    drafting -> drafts.create -> drafted -> sending -> drafts.send -> sent | unconfirmed | gone | withdrawn

A draft can be sent once, and until it is sent it is addressed to nobody. After an unanswered send the draft
itself tells: it is gone when the mail left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage

from community.community import Community
from community.effects import Effect, SendMail
from community.ledger import Entry, Phase
from community.mails import Sender
from community.plan import Plan, Planned, State
from engine.desk import ANSWER_WAIT, Desk
from mails.compose import compose
from mails.headers import KEY_HEADER, key_header
from sheets_schema.choices import Mode
from sheets_schema.wording import Wording
from workspace.errors import (
    NotFound,
    NotSent,
    OutcomeUnknown,
    Refused,
    Rejected,
    WorkspaceError,
)

MOST_REFUSALS = 3
MOST_SILENCES = 5  # unanswered mails in a row: a Gmail that is down is not asked about every one that waits
_WANTED = frozenset({State.READY, State.PAUSED})


def settle_unfinished(desk: Desk, community: Community, plan: Plan) -> None:
    """Find out what became of mails that were under way when the last tick ended.

    In mode paused only of those that may have left already; a draft that never set out stays as it is.
    """
    if desk.rests("mail"):
        return
    phases = (
        {Phase.SENDING} if community.mode is Mode.PAUSED else {Phase.DRAFTING, Phase.DRAFTED, Phase.SENDING}
    )
    entries = desk.ledger.view().entries.values()
    under_way = [entry for entry in entries if entry.phase in phases]
    under_way.sort(key=lambda entry: (entry.phase is not Phase.SENDING, entry.at))
    wanted = {item.effect.key: item for item in plan.items if isinstance(item.effect.action, SendMail)}
    try:
        _delete_orphans(desk, [entry for entry in under_way if _may_have_a_draft(entry)])
        silences = 0
        for entry in under_way:
            if desk.stopping() or silences == MOST_SILENCES:
                return
            silences = 0 if _settle(desk, community, entry, wanted.get(entry.key)) else silences + 1
    except Refused as error:
        desk.rest("mail", error)


def _settle(desk: Desk, community: Community, entry: Entry, item: Planned | None) -> bool:
    """One mail about which Gmail has no good answer must not hold up the others. False: it had none."""
    try:
        if entry.phase is Phase.SENDING:
            if desk.clock() >= entry.at + ANSWER_WAIT:
                _settle_sending(desk, community, entry, item)
        elif not _may_have_a_draft(entry):
            _settle_drafted(desk, entry, item)
    except OutcomeUnknown as error:
        desk.troubles.append(str(error))
        return False
    except Rejected as error:
        desk.troubles.append(str(error))
    return True


def _may_have_a_draft(entry: Entry) -> bool:
    """Whether drafts.create went out for a mail without an answer; after a refusal there is no draft."""
    return entry.phase is Phase.DRAFTING and "refusals" not in entry.ids


def send_mails(desk: Desk, community: Community, effects: list[Effect]) -> None:
    """Send the mails that are ready, one after the other."""
    silences = 0
    for effect in effects:
        if not isinstance(effect.action, SendMail):
            continue
        if desk.stopping() or desk.rests("mail") or silences == MOST_SILENCES:
            return
        silences = 0 if _send(desk, community, effect) else silences + 1


def _send(desk: Desk, community: Community, effect: Effect) -> bool:
    """Send one mail; False when Gmail did not answer."""
    entry = desk.entry(effect.key)
    # The plan is older than what settle_unfinished may have found out since.
    if entry and (entry.finished or entry.phase is Phase.SENDING or _may_have_a_draft(entry)):
        return True
    if entry and _must_go(entry, effect):  # but could not be deleted yet, or may have been
        return True
    if entry and "refusals" in entry.ids and desk.clock() < entry.at + ANSWER_WAIT:
        return True
    desk.pace()
    try:
        message = _message(desk, community, effect)
        if message and not (entry and entry.phase is Phase.DRAFTED):
            entry = _draft(desk, effect, message)
        if message and entry:
            _send_draft(desk, replace(entry, told=_told(effect)), message)
    except Refused as error:
        desk.rest("mail", error)
    except OutcomeUnknown as error:
        desk.troubles.append(f"{error}; what became of it is found out in a minute")
        return False
    return True


def _must_go(entry: Entry, effect: Effect) -> bool:
    """Whether a draft is to be deleted, not sent: given up, or not what would be written now."""
    outdated = entry.phase is Phase.DRAFTED and entry.fingerprint != effect.fingerprint
    return outdated or _is_given_up(entry)


def _message(desk: Desk, community: Community, effect: Effect) -> EmailMessage | None:
    """The mail as it leaves; None when it can never be made."""
    action = effect.action
    if not isinstance(action, SendMail):
        raise TypeError("only mails are sent")
    sender = _sender(desk, community)
    try:
        row = community.sheet.emails.get(str(action.letter.kind))
        wording = Wording(row.kind, row.goes_to, "", row.subject, row.text) if row else None
        return compose(action.letter, wording, sender, desk.clock())
    except ValueError as error:
        entry = desk.entry(effect.key)
        if entry:
            _delete_draft(desk, entry)
        desk.end(entry or desk.start(effect, Phase.DRAFTING), Phase.FAILED, str(error))
        return None


def _draft(desk: Desk, effect: Effect, message: EmailMessage) -> Entry | None:
    """Make the draft; None when Gmail does not take it, which is believed after a few times."""
    before = desk.entry(effect.key)
    entry = replace(desk.start(effect, Phase.DRAFTING), told=_told(effect))
    try:
        draft = desk.workspace.gmail.create_draft(message)
    except Rejected as error:
        _rejected(desk, replace(entry, ids=before.ids if before else {}), error)
        return None
    except OutcomeUnknown:
        raise
    except WorkspaceError:
        desk.ledger.forget(effect.key)
        raise
    return desk.ledger.put(
        replace(entry, phase=Phase.DRAFTED, at=desk.clock(), ids={"draft": draft}, attempts=0)
    )


def _told(effect: Effect) -> Mapping[str, str | None]:
    """What a mail tells if it leaves now; a draft is written anew when it is sent."""
    return effect.action.told if isinstance(effect.action, SendMail) else {}


def _send_draft(desk: Desk, entry: Entry, message: EmailMessage) -> None:
    """Send a draft once. attempts counts the sends that may have been carried out without an answer."""
    sending = desk.ledger.put(
        replace(entry, phase=Phase.SENDING, at=desk.clock(), attempts=entry.attempts + 1)
    )
    try:
        sent = desk.workspace.gmail.send_draft(entry.ids["draft"], message)
    except NotFound as error:
        # A draft made a moment ago may not be found yet: the next tick asks once more before it says gone.
        desk.ledger.put(replace(sending, attempts=entry.attempts))
        desk.troubles.append(str(error))
    except Refused as error:
        _refused(desk, replace(sending, attempts=entry.attempts), error)
    else:
        desk.end(sending, Phase.SENT, message=sent)


def _refused(desk: Desk, entry: Entry, error: Refused) -> None:
    """Not sent, the draft stays."""
    drafted = replace(entry, phase=Phase.DRAFTED, at=desk.clock(), reason=str(error))
    if isinstance(error, Rejected):
        _rejected(desk, drafted, error)
        return
    desk.ledger.put(drafted)
    raise error


def _rejected(desk: Desk, entry: Entry, error: Rejected) -> None:
    """A mail that Gmail keeps rejecting is given up."""
    refusals = int(entry.ids.get("refusals", 0)) + 1
    ids = {**entry.ids, "refusals": str(refusals)}
    rejected = desk.ledger.put(replace(entry, at=desk.clock(), ids=ids, reason=str(error)))
    if _is_given_up(rejected):
        _give_up(desk, rejected)
    else:
        desk.troubles.append(str(error))


def _is_given_up(entry: Entry) -> bool:
    return int(entry.ids.get("refusals", 0)) >= MOST_REFUSALS


def _give_up(desk: Desk, entry: Entry) -> None:
    _delete_draft(desk, entry)
    desk.end(entry, Phase.FAILED, entry.reason)


def _delete_draft(desk: Desk, entry: Entry) -> None:
    if draft := entry.ids.get("draft"):
        desk.workspace.gmail.delete_draft(draft)


def _delete_orphans(desk: Desk, drafting: list[Entry]) -> None:
    """A draft may exist whose answer never came: find it by its header, delete it, and free the key."""
    drafting = [entry for entry in drafting if desk.clock() >= entry.at + ANSWER_WAIT]
    if not drafting:
        return
    headers = {key_header(entry.key): entry for entry in drafting}
    try:
        found = desk.workspace.gmail.drafts_with_header(KEY_HEADER, headers)
        for header, entry in headers.items():
            for draft in found.get(header, []):
                desk.workspace.gmail.delete_draft(draft)
            desk.ledger.forget(entry.key)
    except (OutcomeUnknown, NotFound, Rejected) as error:
        desk.troubles.append(str(error))


def _settle_drafted(desk: Desk, entry: Entry, item: Planned | None) -> None:
    """Keep a draft that is still wanted as it is; delete one that is not, or says what is no longer true."""
    if _is_given_up(entry):
        _give_up(desk, entry)
    elif item is None or item.state is State.TOO_LATE:
        _delete_draft(desk, entry)
        desk.end(entry, Phase.WITHDRAWN, "no longer wanted")
    elif item.effect.fingerprint != entry.fingerprint:
        _delete_draft(desk, entry)
        desk.ledger.forget(entry.key)


def _settle_sending(desk: Desk, community: Community, entry: Entry, item: Planned | None) -> None:
    if not desk.workspace.gmail.draft_exists(entry.ids["draft"]):
        if entry.attempts:
            desk.end(entry, Phase.UNCONFIRMED, "Gmail did not answer, but the draft has left")
        else:
            desk.end(entry, Phase.GONE, "somebody sent or discarded the draft in Gmail")
    elif item is None or item.state is State.TOO_LATE or item.effect.fingerprint != entry.fingerprint:
        # Written before the deletion, after which a draft that is not there would read as a mail that left.
        drafted = desk.ledger.put(replace(entry, phase=Phase.DRAFTED, at=desk.clock(), attempts=0))
        _settle_drafted(desk, drafted, item)
    elif item.state in _WANTED:
        desk.pace()
        if message := _message(desk, community, item.effect):
            _send_draft(desk, replace(entry, told=_told(item.effect)), message)


def _sender(desk: Desk, community: Community) -> Sender:
    settings = community.settings
    try:
        account = desk.workspace.account()
    except OutcomeUnknown as error:  # no mail has left, and no other would come further
        raise NotSent(str(error)) from None
    return Sender(
        community=settings.community_name or "Third Thursday",
        organizer=account,
        reply_to=settings.reply_to or settings.organizer or account,
        zone=str(community.zone),
    )
