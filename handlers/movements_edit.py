"""What the secretariat types about a movement: a new one in steps, a field of one, what a review found.

Kind → name → level → begins → ends → reviews → the preview; all but the name may be passed over.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.errors import Gone, Refused
from bot.domain.movements import LEVELS, Review, check_days, check_name, read_day, read_days, read_name
from bot.domain.nominations import Movement, MovementId, MovementKind
from bot.domain.roles import Role
from bot.messages import Button, Call
from bot.operations import compose_movements
from bot.operations.compose_movements import KINDS, LEVEL_WORDS, lesson_button, movement_text
from bot.operations.keep_movements import (
    add_movement,
    change_movement,
    end_movement,
    note_review,
    set_reviews,
)
from bot.texts import N_, Html, join_html
from handlers.incoming import Sort
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import conversations, movements
from storage.conversations import StoredDraft

ADDING, TYPING = "mo", "mf"
"""The conversations: a new movement, and one thing about one that is there."""
_KIND, _NAME, _LEVEL, _FROM, _TO, _REVIEWS, _PREVIEW = (
    "kind",
    "name",
    "level",
    "from",
    "to",
    "reviews",
    "preview",
)
_STEPS = (_KIND, _NAME, _LEVEL, _FROM, _TO, _REVIEWS, _PREVIEW)
_REVIEWED, _END = "reviewed", "end"
FIELDS = {
    _NAME: N_("movement.field_name"),
    _FROM: N_("movement.field_from"),
    _TO: N_("movement.field_to"),
    _REVIEWS: N_("movement.field_reviews"),
}
"""What of a movement is changed by typing."""
_ASKS = {
    _KIND: N_("movement.ask_kind"),
    _NAME: N_("movement.ask_name"),
    _LEVEL: N_("movement.ask_level"),
    _FROM: N_("movement.ask_from"),
    _TO: N_("movement.ask_to"),
    _REVIEWS: N_("movement.ask_reviews"),
}


# --- a new one ---


async def ways_in(turn: Turn) -> list[list[Button]]:
    """The secretariat's button below the list."""
    if not turn.person.has(Role.SECRETARIAT, turn.today):
        return []
    label = turn.plain("button.resume_adding" if await turn.draft(ADDING) else "button.add_movement")
    return [[Button(label, str(Call(compose_movements.FLOW, 0, 0, "add")))]]


async def start(turn: Turn) -> None:
    """Begin, or go on with what was left."""
    only_secretariat(turn)
    draft = await turn.draft(ADDING)
    await _show(turn, draft or await _keep(turn, {}, _KIND))


async def _keep(turn: Turn, fields: dict[str, Any], step: str) -> StoredDraft:
    return await conversations.put_draft(turn.session, turn.person.id, ADDING, step, fields, turn.now)


async def _show(turn: Turn, draft: StoredDraft, note: Html | None = None) -> None:
    def button(label: str, act: str, arg: str = "") -> Button:
        return Button(label, str(Call(TYPING, draft.id, draft.version, act, arg)))

    rows: list[list[Button]] = []
    if draft.step == _PREVIEW:
        movement = _read(draft.fields)
        text = movement_text(movement, _coming(movement, draft), None, turn.texts)
        text = join_html([turn.say("movement.preview"), text], "\n\n")
        rows.append([button(turn.plain("button.save"), "save")])
    else:
        text = turn.say(_ASKS[draft.step])
    if draft.step == _KIND:
        rows += [[button(turn.plain(name), "kind", kind.value)] for kind, name in KINDS.items()]
    elif draft.step == _LEVEL:
        rows.append([button(turn.plain(LEVEL_WORDS[one]), "level", str(n)) for n, one in enumerate(LEVELS)])
    if draft.step in {_LEVEL, _FROM, _TO, _REVIEWS}:
        rows.append([button(turn.plain("button.pass_over"), "skip")])
    back = [] if draft.step == _KIND else [button(turn.plain("button.back"), "back")]
    rows.append([*back, button(turn.plain("button.cancel"), "leave")])
    turn.show(join_html([note, text], "\n\n") if note else text, rows, flow=ADDING)


async def receive(turn: Turn) -> None:
    """A name, a day, several days."""
    only_secretariat(turn)
    draft = await turn.draft(ADDING)
    if draft is None:
        raise Refused("stale")
    try:
        fields = {**draft.fields, **await _typed(turn, draft.step, draft.fields)}
    except Refused as refusal:
        await _show(turn, draft, turn.say(refusal.message_id, **refusal.values))
        return
    await _show(turn, await _keep(turn, fields, _next(draft.step)))


async def _typed(turn: Turn, step: str, fields: dict[str, Any]) -> dict[str, Any]:
    """What was typed at a step, as the draft keeps it. Raises Refused."""
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("suggest.only_text")
    typed = turn.incoming.text
    if step == _NAME:
        name = read_name(typed)
        check_name(name, await movements.list_movements(turn.session))
        return {"name": name}
    if step == _FROM:
        return {"from": read_day(typed).isoformat()}
    if step == _TO:
        last = read_day(typed, last=True)
        check_days(_day(fields.get("from")), last)
        return {"to": last.isoformat()}
    if step == _REVIEWS:
        return {"reviews": [day.isoformat() for day in read_days(typed)]}
    raise Refused("announce.press")


async def tap(turn: Turn, call: Call) -> None:
    """A button below a step: it holds for the draft and the version it was shown for."""
    only_secretariat(turn)
    if call.act == "skip_note":
        await _tap_without_note(turn, call)
        return
    draft = await turn.draft(ADDING)
    if draft is None or (draft.id, draft.version) != (call.row, call.version):
        raise Gone("stale")
    fields, step = draft.fields, draft.step
    if call.act == "save" and step == _PREVIEW:
        await _save(turn, draft)
    elif call.act == "leave":
        await leave(turn)
    elif call.act == "discard":
        await conversations.drop_draft(turn.session, turn.person.id, ADDING)
        turn.show(turn.say("event.discarded"))
    elif call.act == "resume":
        await _show(turn, draft)
    elif call.act == "back" and step != _KIND:
        await _show(turn, await _keep(turn, fields, _STEPS[_STEPS.index(step) - 1]))
    elif call.act == "kind" and step == _KIND and call.arg in set(MovementKind):
        await _show(turn, await _keep(turn, {**fields, "kind": call.arg}, _next(step)))
    elif call.act == "level" and step == _LEVEL and 0 <= call.number < len(LEVELS):
        await _show(turn, await _keep(turn, {**fields, "level": LEVELS[call.number]}, _next(step)))
    elif call.act == "skip" and step in {_LEVEL, _FROM, _TO, _REVIEWS}:
        kept = {key: value for key, value in fields.items() if key != step}
        await _show(turn, await _keep(turn, kept, _next(step)))
    else:
        raise Gone("stale")


async def _save(turn: Turn, draft: StoredDraft) -> None:
    days = [date.fromisoformat(day) for day in draft.fields.get("reviews", [])]
    new = _read(draft.fields)
    added = await add_movement(turn.session, turn.person, new, days, turn.config, turn.now)
    await conversations.drop_draft(turn.session, turn.person.id, ADDING)
    await _done(turn, added, turn.say("movement.added"))


async def leave(turn: Turn) -> None:
    """/huy: what is written of a new one stays behind one button."""
    draft = await turn.draft(ADDING)
    if draft is None or not draft.fields:
        await conversations.drop_draft(turn.session, turn.person.id, ADDING)
        turn.show(turn.say("movement.left"))
        return
    calls = {act: str(Call(TYPING, draft.id, draft.version, act)) for act in ("resume", "discard")}
    rows = [
        [
            Button(turn.plain("button.resume"), calls["resume"]),
            Button(turn.plain("button.discard"), calls["discard"]),
        ]
    ]
    turn.show(turn.say("movement.kept"), rows)


# --- one thing about one that is there ---


async def ask_field(turn: Turn, movement: Movement, step: str) -> None:
    """Another name, day, or days of review."""
    only_secretariat(turn)
    text = turn.say(_ASKS[step])
    optional = step != _NAME
    await _ask(turn, movement, step, text, clear=N_("button.clear_field") if optional else "")


async def ask_review(turn: Turn, movement: Movement, arg: str) -> None:
    """It has been reviewed: what was found?"""
    only_secretariat(turn)
    day = _day(arg) if len(arg) == 10 else None
    reviews = await movements.list_reviews(turn.session, movement.id)
    if day is None or all(review.review_on != day for review in reviews):
        raise Gone("movement.review_gone")
    text = turn.say("movement.ask_review", name=movement.name, day=turn.texts.day(day))
    await _ask(turn, movement, _REVIEWED, text, day=arg, clear=N_("button.no_note"))


async def ask_end(turn: Turn, movement: Movement) -> None:
    """It is to end today: what did its last review find?"""
    only_secretariat(turn)
    if movement.is_over(turn.today):
        raise Gone("movement.over")
    text = turn.say("movement.ask_end", name=movement.name, day=turn.texts.day(turn.today))
    await _ask(turn, movement, _END, text, clear=N_("button.end_without_note"))


async def _ask(
    turn: Turn, movement: Movement, step: str, text: Html, *, day: str = "", clear: str = ""
) -> None:
    fields = {"movement_id": movement.id, "version": movement.version, "day": day}
    draft = await conversations.put_draft(turn.session, turn.person.id, TYPING, step, fields, turn.now)
    without = str(Call(TYPING, draft.id, draft.version, "skip_note"))
    rows = [
        [Button(turn.plain(clear), without)] if clear else [],
        [Button(turn.plain("button.back"), str(Call(compose_movements.FLOW, movement.id, 0, "show")))],
    ]
    turn.show(text, rows, flow=TYPING)


async def receive_typed(turn: Turn) -> None:
    """The other name, the day, the days, what a review found."""
    only_secretariat(turn)
    draft = await turn.draft(TYPING)
    if draft is None:
        raise Refused("stale")
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("suggest.only_text")
    await _take(turn, draft, turn.incoming.text)


async def _tap_without_note(turn: Turn, call: Call) -> None:
    draft = await turn.draft(TYPING)
    held = draft is not None and (draft.id, draft.version) == (call.row, call.version)
    if draft is None or not held or draft.step == _NAME:
        raise Gone("stale")
    await _take(turn, draft, "")


async def _take(turn: Turn, draft: StoredDraft, typed: str) -> None:
    """Do what was asked with what was typed; nothing typed empties it."""
    movement = await movements.find_movement(turn.session, draft.fields["movement_id"])
    if movement is None or movement.version != draft.fields["version"]:
        raise Gone("movement.changed_meanwhile")
    me, config, now = turn.person, turn.config, turn.now
    note = turn.say("movement.changed")
    if draft.step == _REVIEWED:
        day = date.fromisoformat(draft.fields["day"])
        await note_review(turn.session, me, movement, day, typed, config, now)
        note = turn.say("movement.reviewed")
    elif draft.step == _END:
        movement = await end_movement(turn.session, me, movement, typed, config, now)
        note = turn.say("movement.now_over")
    elif draft.step == _REVIEWS:
        days = read_days(typed) if typed else ()
        movement = await set_reviews(turn.session, me, movement, days, config, now)
    else:
        wished = _with(movement, draft.step, typed)
        movement = await change_movement(turn.session, me, wished, config, now)
    await conversations.drop_draft(turn.session, turn.person.id, TYPING)
    await _done(turn, movement, note)


def _with(movement: Movement, step: str, typed: str) -> Movement:
    if step == _NAME:
        return replace(movement, name=read_name(typed))
    if step == _FROM:
        return replace(movement, from_on=read_day(typed) if typed else None)
    return replace(movement, to_on=read_day(typed, last=True) if typed else None)


async def leave_typing(turn: Turn) -> None:
    """/huy: the movement stays as it is."""
    await conversations.drop_draft(turn.session, turn.person.id, TYPING)
    turn.show(turn.say("movement.left"))


async def _done(turn: Turn, movement: Movement, note: Html) -> None:
    reviews = await movements.list_reviews(turn.session, movement.id)
    text = movement_text(movement, reviews, None, turn.texts)
    see = Button(turn.plain("button.see_movement"), str(Call(compose_movements.FLOW, movement.id, 0, "show")))
    turn.show(join_html([note, text], "\n\n"), [[lesson_button(movement, turn.texts)], [see]])


def _read(fields: dict[str, Any]) -> Movement:
    """The movement of a draft. Raises Gone where its name is missing."""
    if not fields.get("name"):
        raise Gone("stale")
    return Movement(
        MovementId(0),
        fields["name"],
        fields.get("level", ""),
        _day(fields.get("from")),
        _day(fields.get("to")),
        MovementKind(fields.get("kind", MovementKind.MOVEMENT.value)),
    )


def _coming(movement: Movement, draft: StoredDraft) -> list[Review]:
    return [Review(movement.id, date.fromisoformat(day)) for day in draft.fields.get("reviews", [])]


def _next(step: str) -> str:
    return _STEPS[_STEPS.index(step) + 1]


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
