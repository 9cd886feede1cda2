"""Messages to many, as the secretariat decides about them: [Duyệt] [Sửa] [Bỏ qua], a picture, the report.

[Sửa] asks for the text; what is typed then is kept and shown as it will be read. A picture that is sent while
one is being edited goes with it. What a button says is looked at again: the right, the state, the version.
"""

from bot.domain.errors import Gone, Refused
from bot.messages import Body, Button, Call, Rows
from bot.operations import decide_post
from bot.operations.dispatch_posts import dispatch_due
from bot.operations.post_words import FLOW, button, card, text_of, ways_to_decide
from bot.operations.report_post import Outcome, report_post
from bot.operations.report_words import (
    LINES_A_PAGE,
    back_to_report,
    names_text,
    report_rows,
    report_text,
)
from bot.texts import Html
from handlers.incoming import Sort
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import conversations, posts
from storage.posts import Post, PostState

_TEXT, _CARD = "text", "card"


async def tap(turn: Turn, call: Call) -> None:
    """A button about a message to many."""
    only_secretariat(turn)
    post = await posts.find(turn.session, call.row)
    act = _TAPS.get(call.act)
    if post is None or act is None:
        raise Gone("stale")
    if call.act in _OF_A_VERSION and post.version != call.version:
        if post.state is PostState.WAITING:
            await _show_changed(turn, post)
            return
        await decide_post.refuse_decided(turn.session, post)
    await act(turn, post, call)


async def receive(turn: Turn) -> None:
    """A new text, or a picture, for the message that is being edited."""
    only_secretariat(turn)
    draft = await turn.draft(FLOW)
    post = await posts.find(turn.session, int(draft.fields["post_id"])) if draft else None
    if draft is None or post is None:
        raise Refused("stale")
    try:
        post = await _received(turn, post, draft.step)
    except Gone:
        raise
    except Refused as refusal:
        await _ask_again(turn, post, draft.step, turn.say(refusal.message_id, **refusal.values))
        return
    await show_card(turn, post, heading=turn.say("post.changed"))


async def _received(turn: Turn, post: Post, step: str) -> Post:
    file, me, today, now = turn.incoming.file, turn.person, turn.today, turn.now
    if file and file.kind == "photo":
        return await decide_post.set_picture(turn.session, me, post, file.file_id, today, now)
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("post.text_or_picture")
    if step == _CARD:
        raise Refused("post.press_edit")
    return await decide_post.edit_text(turn.session, me, post, turn.incoming.text, turn.config, today, now)


async def leave(turn: Turn) -> None:
    """/huy: what was kept stays, and waits for a decision."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("post.left_editing"))


async def show_card(turn: Turn, post: Post, *, heading: Html | None = None) -> None:
    """The message as it will be read, with what may be done about it."""
    editing = post.state is PostState.WAITING
    rows = ways_to_decide(post, turn.texts, editing=editing)
    made = await card(turn.session, post, turn.texts, turn.today, heading=heading, rows=rows)
    if editing:
        await _edit(turn, post, _CARD)
    _show(turn, made, flow=FLOW if editing else "")


# --- deciding ---


async def _approve(turn: Turn, post: Post, _call: Call) -> None:
    approved = await decide_post.approve(turn.session, turn.person, post, turn.today, turn.now)
    if approved.send_at <= turn.now:
        await dispatch_due(turn.session, turn.now, turn.config)
        turn.session.after_commit(turn.house.wake)
        turn.show(turn.say("post.approved_now"))
        return
    cancel = button(approved, turn.plain("button.cancel_sending"), "cancel")
    turn.show(turn.say("post.approved", when=turn.texts.moment(approved.send_at)), [[cancel]])


async def _skip(turn: Turn, post: Post, _call: Call) -> None:
    await decide_post.skip(turn.session, turn.person, post, turn.today, turn.now)
    turn.show(turn.say("post.skipped"))


async def _cancel(turn: Turn, post: Post, _call: Call) -> None:
    await decide_post.cancel(turn.session, turn.person, post, turn.today, turn.now)
    turn.show(turn.say("post.cancelled"))


async def _card(turn: Turn, post: Post, _call: Call) -> None:
    await show_card(turn, post)


async def _show_changed(turn: Turn, post: Post) -> None:
    turn.toast = turn.plain("post.gone_changed")
    await show_card(turn, post)


# --- changing ---


async def _ask_text(turn: Turn, post: Post, _call: Call) -> None:
    await _only_waiting(turn, post)
    await _edit(turn, post, _TEXT)
    ask = turn.say("post.ask_text", text=text_of(post, turn.texts))
    turn.show(ask, _back(turn, post), flow=FLOW)


async def _ask_picture(turn: Turn, post: Post, _call: Call) -> None:
    await _only_waiting(turn, post)
    await _edit(turn, post, _CARD)
    turn.show(turn.say("post.ask_picture"), _back(turn, post), flow=FLOW)


async def _drop_picture(turn: Turn, post: Post, _call: Call) -> None:
    changed = await decide_post.set_picture(turn.session, turn.person, post, None, turn.today, turn.now)
    await show_card(turn, changed, heading=turn.say("post.changed"))


async def _ask_again(turn: Turn, post: Post, step: str, why: Html) -> None:
    await _edit(turn, post, step)
    turn.show(why, _back(turn, post), flow=FLOW)


async def _only_waiting(turn: Turn, post: Post) -> None:
    if post.state is not PostState.WAITING:
        await decide_post.refuse_decided(turn.session, post)


async def _edit(turn: Turn, post: Post, step: str) -> None:
    """What is typed or sent next belongs to this message."""
    fields = {"post_id": post.id}
    await conversations.put_draft(turn.session, turn.person.id, FLOW, step, fields, turn.now)


def _back(turn: Turn, post: Post) -> Rows:
    return [[button(post, turn.plain("button.back"), "card")]]


def _show(turn: Turn, made: Body, *, flow: str) -> None:
    """A body with a picture is always a new message; another takes the screen's place."""
    if "photo" in made:
        turn.show_body(made, flow=flow)
    else:
        turn.show(Html(made["text"]), flow=flow)
        turn.answer = {**(turn.answer or {}), **made}


# --- the report ---


async def _report(turn: Turn, post: Post, _call: Call) -> None:
    report = await report_post(turn.session, post, turn.today)
    numbers = {outcome: len(report[outcome]) for outcome in Outcome}
    turn.show(report_text(post, numbers, turn.texts), report_rows(post, numbers, turn.texts))


async def _who(turn: Turn, post: Post, call: Call) -> None:
    name, _, wanted = call.arg.partition(",")
    if name not in list(Outcome) or not wanted.isdecimal():
        raise Gone("stale")
    outcome = Outcome(name)
    lines = (await report_post(turn.session, post, turn.today))[outcome]
    pages = pages_of(len(lines), LINES_A_PAGE)
    page = known_page(int(wanted[:9]), pages)

    def to(other: int) -> str:
        return str(Call(FLOW, post.id, post.version, "who", f"{outcome.value},{other}"))

    rows: list[list[Button]] = [
        page_buttons(turn.texts, page, pages, to),
        [back_to_report(post, turn.texts)],
    ]
    turn.show(names_text(post, outcome, lines, page, turn.texts), rows)


_TAPS = {
    "approve": _approve,
    "skip": _skip,
    "cancel": _cancel,
    "edit": _ask_text,
    "picture": _ask_picture,
    "unpicture": _drop_picture,
    "card": _card,
    "report": _report,
    "who": _who,
}
_OF_A_VERSION = {"approve", "skip", "cancel", "edit", "picture", "unpicture"}
"""What holds for the version that was seen alone."""
