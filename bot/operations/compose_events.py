"""What people are told about an event, as things stand when they are told."""

from bot.clock import to_us
from bot.domain.events import Event, EventState, Part, Reply, is_led_by
from bot.domain.exemplars import Exemplar
from bot.domain.roles import Role
from bot.messages import Body, Button, Call, Rows, body
from bot.operations.event_occasions import (
    ASK_SPEAKER,
    CANCELLED,
    CHANGED,
    DAY_BEFORE,
    HOUR,
    INVITE,
    OUTCOME,
    SPEAKER_OFF,
    SPEAKER_SAID,
)
from bot.operations.event_words import (
    FLOW,
    PARTS,
    event_text,
    ics_button,
    reply_rows,
    speaker_name,
    when_words,
)
from bot.operations.notice_case import Case, Make
from bot.operations.reply_to_event import may_reply
from bot.texts import Html, join_html
from storage import events, exemplars


async def _invite(case: Case) -> Body | None:
    event = await _open_event(case)
    if event is None or not await may_reply(case.session, case.person, event, case.today):
        return None
    if await events.find_reply(case.session, event.id, case.person.id):
        return None
    top = case.texts.say("event.invites")
    return await _card(case, event, top, reply_rows(event, case.texts))


async def _changed(case: Case) -> Body | None:
    event = await _open_event(case)
    if event is None or event.version != case.values["version"]:
        return None
    asked = any(one.person_id == case.person.id and one.answer is not Reply.NO for one in event.speakers)
    if not (asked or await _comes(case, event)):
        return None
    parts = await events.list_untold(case.session, event, case.person.id)
    what = ", ".join(case.texts.plain(PARTS[part]) for part in Part if part in parts)
    top = case.texts.say("event.has_changed", what=what)
    return await _card(case, event, top, [[ics_button(event, case.texts)]])


async def _cancelled(case: Case) -> Body | None:
    event = await events.find_event(case.session, case.values["event_id"])
    if event is None or event.state is not EventState.CANCELLED:
        return None
    when = when_words(event.starts_at, case.config.office.timezone, case.texts)
    text = case.texts.say("event.is_cancelled", title=event.title, when=when, reason=event.reason)
    return body(text, [[ics_button(event, case.texts)]])


async def _reminder(case: Case) -> Body | None:
    event = await _open_event(case)
    if event is None or not _still_then(case, event) or not await _comes(case, event):
        return None
    if case.notice.kind == HOUR:
        top = case.texts.say("event.begins_soon")
        return await _card(case, event, top, [])
    top = case.texts.say("event.begins_tomorrow")
    return await _card(case, event, top, reply_rows(event, case.texts, answer=Reply.YES))


async def _outcome(case: Case) -> Body | None:
    event = await events.find_event(case.session, case.values["event_id"])
    if event is None or not event.awaits_outcome(case.now) or not _still_then(case, event):
        return None
    if not is_led_by(event, case.person, case.today):
        return None
    when = when_words(event.starts_at, case.config.office.timezone, case.texts)
    text = case.texts.say("event.ask_outcome", title=event.title, when=when)
    hold = Button(case.texts.plain("button.write_outcome"), str(Call(FLOW, event.id, event.version, "hold")))
    off = Button(case.texts.plain("button.not_held"), str(Call(FLOW, event.id, event.version, "cancel")))
    return body(text, [[hold], [off]])


async def _ask_speaker(case: Case) -> Body | None:
    event = await _open_event(case)
    found = await _asked(case, event) if event else None
    if event is None or found is None:
        return None
    mine = found.nominee.person_id == case.person.id
    name = speaker_name(found)
    top = case.texts.say("event.asks_you") if mine else case.texts.say("event.asks_for", name=name)
    rows = [
        [
            Button(case.texts.plain("button.speak"), _speak(event, found, "speak")),
            Button(case.texts.plain("button.not_speak"), _speak(event, found, "silent")),
        ]
    ]
    return await _card(case, event, top, rows)


async def _speaker_off(case: Case) -> Body | None:
    event = await _open_event(case)
    if event is None or any(one.exemplar_id == case.values["exemplar_id"] for one in event.speakers):
        return None
    when = when_words(event.starts_at, case.config.office.timezone, case.texts)
    return body(case.texts.say("event.speaker_off", title=event.title, when=when))


async def _speaker_said(case: Case) -> Body | None:
    event = await _open_event(case)
    found = await exemplars.find_exemplar(case.session, case.values["exemplar_id"])
    clerk = case.person.has(Role.SECRETARIAT, case.today)
    if event is None or found is None or not clerk:
        return None
    answer = next((one.answer for one in event.speakers if one.exemplar_id == found.id), Reply.ASKED)
    if answer is Reply.ASKED:
        return None
    values = {"name": speaker_name(found), "title": event.title}
    if answer is Reply.YES:
        text = case.texts.say("event.speaker_said_yes", **values)
    else:
        text = case.texts.say("event.speaker_said_no", **values)
    show = Button(case.texts.plain("button.see_event"), str(Call(FLOW, event.id, 0, "show")))
    return body(text, [[show]])


KINDS: dict[str, Make] = {
    INVITE: _invite,
    CHANGED: _changed,
    CANCELLED: _cancelled,
    DAY_BEFORE: _reminder,
    HOUR: _reminder,
    OUTCOME: _outcome,
    ASK_SPEAKER: _ask_speaker,
    SPEAKER_OFF: _speaker_off,
    SPEAKER_SAID: _speaker_said,
}
"""What makes each kind of notice."""


async def _open_event(case: Case) -> Event | None:
    event = await events.find_event(case.session, case.values["event_id"])
    return event if event is not None and event.is_open(case.now) else None


def _still_then(case: Case, event: Event) -> bool:
    return to_us(event.starts_at) == int(case.values["starts_at"])


async def _comes(case: Case, event: Event) -> bool:
    replied = await events.find_reply(case.session, event.id, case.person.id)
    return replied is not None and replied[0] is Reply.YES


async def _asked(case: Case, event: Event) -> Exemplar | None:
    """The exemplar for whom the person is asked, and has not answered."""
    asked = next((one for one in event.speakers if one.exemplar_id == case.values["exemplar_id"]), None)
    if asked is None or asked.person_id != case.person.id or asked.answer is not Reply.ASKED:
        return None
    return await exemplars.find_exemplar(case.session, asked.exemplar_id)


def _speak(event: Event, exemplar: Exemplar, act: str) -> str:
    return str(Call(FLOW, event.id, 0, act, str(exemplar.id)))


async def _card(case: Case, event: Event, top: Html, rows: Rows) -> Body:
    card = await event_text(case.session, event, case.texts, case.config)
    return body(join_html([top, card], "\n\n"), rows)
