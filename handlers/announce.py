"""/thongbao: something of the office's own to say: the text, for whom, how it reads, when, and then it goes.

What is written is a row at every step, so that it can be left and taken up again. Sent at once, it goes after
a minute, and can be taken back until then; what is scheduled, until its time has come.
"""

from dataclasses import replace
from datetime import datetime, time

from bot.clock import to_us
from bot.domain.errors import Gone, Refused
from bot.domain.typed_posts import CAPTION_MAX, read_moment, read_text
from bot.domain.writing import clean, plain_html
from bot.messages import Button, Call
from bot.operations.announce import REGRET, announce
from bot.operations.find_audience import find_audience
from bot.operations.post_words import audience_words, button, framed, name_of
from bot.texts import Html
from handlers import announce_audience as audience
from handlers.announcement import FLOW, Announcement, Step, Writing, find_writing, keep, the_writing
from handlers.incoming import Sort
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import conversations, posts

_MORNING = time(8)
_OPEN_SHOWN = 6


# --- ways in, and out ---


async def start(turn: Turn) -> None:
    """/thongbao: begin, or go on with what was left."""
    only_secretariat(turn)
    writing = await find_writing(turn)
    if writing and writing.draft.begun:
        rows = [
            [writing.button(turn.plain("button.resume"), "resume")],
            [writing.button(turn.plain("button.announce_anew"), "anew")],
        ]
        turn.show(turn.say("announce.resume", text=writing.draft.text or "…"), rows, flow=FLOW)
        return
    await _begin(turn)


async def leave(turn: Turn) -> None:
    """/huy: what is written stays behind one button."""
    writing = await find_writing(turn)
    if writing is None or not writing.draft.begun:
        await conversations.drop_draft(turn.session, turn.person.id, FLOW)
        turn.show(turn.say("announce.left"))
        return
    rows = [
        [
            writing.button(turn.plain("button.resume"), "resume"),
            writing.button(turn.plain("button.discard"), "discard"),
        ]
    ]
    turn.show(turn.say("announce.kept"), rows)


async def _begin(turn: Turn) -> None:
    await keep(turn, Announcement(), Step.TEXT)
    rows = [
        [Button(name_of(post, turn.texts), str(Call("po", post.id, post.version, "card")))]
        for post in await posts.list_open(turn.session, _OPEN_SHOWN)
    ]
    turn.show(turn.say("announce.ask_text"), rows, flow=FLOW)


async def receive(turn: Turn) -> None:
    """What is typed or sent: the text, a picture, a time."""
    only_secretariat(turn)
    writing = await find_writing(turn)
    if writing is None:
        await _begin(turn)
        return
    try:
        await _RECEIVERS.get(writing.step, _receive_aside)(turn, writing)
    except Refused as refusal:
        await show(turn, writing, turn.say(refusal.message_id, **refusal.values))


async def tap(turn: Turn, call: Call) -> None:
    """A button of the conversation: it holds for the draft and the version it was shown for."""
    only_secretariat(turn)
    act = _TAPS.get(call.act)
    writing = await the_writing(turn, call)
    if act is None:
        raise Gone("stale")
    await act(turn, writing, call)


# --- the text ---


async def _receive_text(turn: Turn, writing: Writing) -> None:
    draft = _with_picture(turn, writing.draft)
    typed = turn.incoming.text
    if turn.incoming.sort is not Sort.TEXT and draft.picture == writing.draft.picture:
        raise Refused("post.text_or_picture")
    if not clean(typed) and not draft.text:
        await go(turn, draft, Step.TEXT, turn.say("announce.ask_text_too"))
        return
    text = read_text(typed if clean(typed) else draft.text, picture=bool(draft.picture))
    await go(turn, replace(draft, text=text), Step.PREVIEW if writing.draft.text else Step.AUDIENCE)


async def _receive_aside(turn: Turn, writing: Writing) -> None:
    """A picture joins what is written; a text has its own button."""
    draft = _with_picture(turn, writing.draft)
    if draft.picture == writing.draft.picture:
        raise Refused("announce.press")
    await go(turn, draft, writing.step)


def _with_picture(turn: Turn, draft: Announcement) -> Announcement:
    file = turn.incoming.file
    if file is None or file.kind != "photo":
        return draft
    text = clean(turn.incoming.text) or draft.text
    if len(text.encode("utf-16-le")) // 2 > CAPTION_MAX:
        raise Refused("post.text_too_long_for_picture", maximum=CAPTION_MAX)
    return replace(draft, picture=file.file_id)


# --- how it reads, and when ---


async def show(turn: Turn, writing: Writing, note: Html | None = None) -> None:
    """What is asked at this step, behind a word about what was typed."""
    if writing.step is Step.TEXT:
        turn.show(note or turn.say("announce.ask_text"), _back(turn, writing), flow=FLOW)
    elif writing.step in {Step.AUDIENCE, Step.UNITS}:
        await audience.show(turn, writing, note)
    elif writing.step is Step.TIME:
        example = turn.texts.moment(_tomorrow(turn))
        ask = note or turn.say("announce.ask_time")
        turn.show(turn.say("announce.for_example", ask=ask, example=example), _back(turn, writing), flow=FLOW)
    elif writing.step is Step.CONFIRM:
        await _show_confirm(turn, writing)
    else:
        await _show_preview(turn, writing, note)


async def go(turn: Turn, draft: Announcement, step: Step, note: Html | None = None) -> None:
    """Keep what is written and ask what comes next."""
    await show(turn, await keep(turn, draft, step), note)


async def _show_preview(turn: Turn, writing: Writing, note: Html | None) -> None:
    draft, texts = writing.draft, turn.texts
    circle = await find_audience(turn.session, draft.audience, turn.today)
    numbers = {"n": texts.number(len(circle.reached)), "others": texts.number(len(circle.others))}
    to = await audience_words(turn.session, draft.audience, texts)
    top = turn.say("announce.preview", audience=to, **numbers)
    top = Html(f"{note}\n\n{top}") if note else top
    morning = turn.plain("button.send_at", at=texts.moment(_tomorrow(turn)))
    picture = ("button.drop_picture", "unpicture") if draft.picture else ("button.add_picture", "picture")
    send = [
        [writing.button(turn.plain("button.send_now"), "now")],
        [
            writing.button(morning, "morning"),
            writing.button(turn.plain("button.other_time"), "time"),
        ],
    ]
    rows = [
        *(send if circle.reached else []),
        [
            writing.button(turn.plain("button.edit_text"), "text"),
            writing.button(turn.plain("button.edit_audience"), "audience"),
        ],
        [
            writing.button(turn.plain(picture[0]), picture[1]),
            writing.button(turn.plain("button.cancel"), "leave"),
        ],
    ]
    short = turn.say("announce.preview_short", **numbers)
    made = framed(top, short, Html(plain_html(draft.text)), draft.picture or None, rows)
    if draft.picture:
        turn.show_body(made, flow=FLOW)
    else:
        turn.show(Html(made["text"]), rows, flow=FLOW)


async def _show_confirm(turn: Turn, writing: Writing) -> None:
    at = writing.draft.at
    circle = await find_audience(turn.session, writing.draft.audience, turn.today)
    n = turn.texts.number(len(circle.reached))
    if at is None:
        text = turn.say("announce.confirm_now", n=n)
    else:
        text = turn.say("announce.confirm_at", n=n, at=turn.texts.moment(at))
    rows = [[writing.button(turn.plain("button.send"), "send")], *_back(turn, writing)]
    turn.show(text, rows, flow=FLOW)


async def _receive_time(turn: Turn, writing: Writing) -> None:
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("announce.bad_time")
    at = read_moment(turn.incoming.text, turn.now.astimezone(turn.config.office.timezone))
    await go(turn, replace(writing.draft, send_at=to_us(at)), Step.CONFIRM)


def _tomorrow(turn: Turn) -> datetime:
    """Eight in the morning of the next working day."""
    day = turn.config.timetable.calendar.add_working_days(turn.today, 1)
    return datetime.combine(day, _MORNING, turn.config.office.timezone)


def _back(turn: Turn, writing: Writing) -> list[list[Button]]:
    return [[writing.button(turn.plain("button.back"), "back")]] if writing.draft.text else []


# --- taps ---


async def _tap_now(turn: Turn, writing: Writing, _call: Call) -> None:
    await go(turn, replace(writing.draft, send_at=0), Step.CONFIRM)


async def _tap_morning(turn: Turn, writing: Writing, _call: Call) -> None:
    await go(turn, replace(writing.draft, send_at=to_us(_tomorrow(turn))), Step.CONFIRM)


async def _tap_time(turn: Turn, writing: Writing, _call: Call) -> None:
    await go(turn, writing.draft, Step.TIME)


async def _tap_text(turn: Turn, writing: Writing, _call: Call) -> None:
    await go(turn, writing.draft, Step.TEXT)


async def _tap_audience(turn: Turn, writing: Writing, _call: Call) -> None:
    await go(turn, writing.draft, Step.AUDIENCE)


async def _tap_preview(turn: Turn, writing: Writing, _call: Call) -> None:
    await go(turn, writing.draft, Step.PREVIEW)


async def _tap_picture(turn: Turn, writing: Writing, _call: Call) -> None:
    await keep(turn, writing.draft, Step.PREVIEW)
    turn.show(turn.say("post.ask_picture"), flow=FLOW)


async def _tap_unpicture(turn: Turn, writing: Writing, _call: Call) -> None:
    await go(turn, replace(writing.draft, picture=""), Step.PREVIEW)


async def _tap_resume(turn: Turn, writing: Writing, _call: Call) -> None:
    await go(turn, writing.draft, writing.step)


async def _tap_anew(turn: Turn, _writing: Writing, _call: Call) -> None:
    await _begin(turn)


async def _tap_leave(turn: Turn, _writing: Writing, _call: Call) -> None:
    await leave(turn)


async def _tap_discard(turn: Turn, _writing: Writing, _call: Call) -> None:
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("announce.discarded"))


async def _tap_send(turn: Turn, writing: Writing, _call: Call) -> None:
    draft = writing.draft
    if writing.step is not Step.CONFIRM:
        raise Gone("stale")
    send_at = draft.at or turn.now + REGRET
    post = await announce(
        turn.session,
        turn.person,
        draft.text,
        draft.picture or None,
        draft.audience,
        send_at,
        turn.today,
        turn.now,
    )
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    cancel = button(post, turn.plain("button.cancel_sending"), "cancel")
    if draft.at:
        turn.show(turn.say("announce.scheduled", at=turn.texts.moment(send_at)), [[cancel]])
    else:
        turn.show(turn.say("announce.going", seconds=int(REGRET.total_seconds())), [[cancel]])


_RECEIVERS = {Step.TEXT: _receive_text, Step.TIME: _receive_time}
_TAPS = {
    **audience.taps(go),
    "now": _tap_now,
    "morning": _tap_morning,
    "time": _tap_time,
    "text": _tap_text,
    "audience": _tap_audience,
    "preview": _tap_preview,
    "back": _tap_preview,
    "picture": _tap_picture,
    "unpicture": _tap_unpicture,
    "resume": _tap_resume,
    "anew": _tap_anew,
    "leave": _tap_leave,
    "discard": _tap_discard,
    "send": _tap_send,
}
