"""Writing down a lesson: which kind, about what, the text, and how it reads; for the review at hand."""

from typing import Any

from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Exemplar
from bot.domain.lessons import LessonKind, NewLesson
from bot.domain.periods import Period
from bot.domain.writing import abridge, clean
from bot.messages import Button, Call
from bot.operations.find_exemplars import Filters, find_exemplars, open_exemplar
from bot.operations.lessons import add_lesson, check_writer, lesson_text, review_of
from bot.texts import N_, Texts, join_html
from handlers.incoming import Sort
from handlers.turn import Turn
from storage import conversations, lessons, nominations
from storage.conversations import StoredDraft

FLOW = "le"
KINDS = {
    LessonKind.MOVEMENT: N_("lessons.of_movements"),
    LessonKind.EXEMPLAR: N_("lessons.of_exemplars"),
}
_OFFERED = 8


# --- which kind, and about what ---


async def _tap_add(turn: Turn, call: Call) -> None:
    """For the review named by the button, or the one at hand."""
    await _begin(turn, call.arg, {})


async def _tap_event(turn: Turn, call: Call) -> None:
    """What an event has taught."""
    title = await lessons.find_event_title(turn.session, call.row)
    if title is None:
        raise Gone("stale")
    await _begin(turn, "", {"event": call.row, "about": title})


async def _tap_exemplar(turn: Turn, call: Call) -> None:
    """What an exemplar, or copying it, has taught."""
    check_writer(turn.person, turn.today)
    exemplar = await open_exemplar(turn.session, turn.person, call.row, turn.today)
    period = str(review_of("", turn.config, turn.today))
    fields = {"period": period, "kind": LessonKind.EXEMPLAR.value}
    await _ask_text(turn, {**fields, "exemplar": exemplar.id, "about": named(exemplar)})


async def _tap_movement(turn: Turn, call: Call) -> None:
    """What running a movement has taught."""
    check_writer(turn.person, turn.today)
    known = await nominations.list_movements(turn.session)
    name = next((movement.name for movement in known if movement.id == call.row), None)
    if name is None:
        raise Gone("stale")
    period = str(review_of("", turn.config, turn.today))
    fields = {"period": period, "kind": LessonKind.MOVEMENT.value}
    await _ask_text(turn, {**fields, "movement": call.row, "about": name})


async def _begin(turn: Turn, wanted: str, fields: dict[str, Any]) -> None:
    check_writer(turn.person, turn.today)
    period = str(review_of(wanted, turn.config, turn.today))
    draft = await _keep(turn, "kind", {"period": period, **fields})
    rows = [[_button(turn.plain(name), draft, "kind", kind.value)] for kind, name in KINDS.items()]
    text = turn.say("lessons.ask_kind", period=turn.texts.period(period))
    turn.show(text, [*rows, [_way_out(turn)]], flow=FLOW)


async def _tap_kind(turn: Turn, call: Call) -> None:
    draft = await _draft(turn, call, "kind")
    if call.arg not in set(LessonKind):
        raise Refused("stale")
    fields = {**draft.fields, "kind": call.arg}
    if "event" in fields:
        await _ask_text(turn, fields)
    else:
        await _ask_about(turn, fields, "")


async def _ask_about(turn: Turn, fields: dict[str, Any], typed: str) -> None:
    draft = await _keep(turn, "about", fields)
    if fields["kind"] == LessonKind.MOVEMENT:
        offered = [
            (int(one.id), one.name)
            for one in await nominations.list_movements(turn.session)
            if one.offered_on(turn.today)
        ]
        text, none = turn.say("lessons.ask_movement"), turn.plain("lessons.no_movement")
    else:
        found = await find_exemplars(turn.session, Filters(typed=typed), _OFFERED)
        offered = [(int(one.id), named(one)) for one in found.shown]
        text, none = turn.say("lessons.ask_exemplar"), turn.plain("lessons.no_exemplar")
    rows = [
        [_button(none, draft, "about", "0")],
        *([_button(abridge(name, 60), draft, "about", str(number))] for number, name in offered),
        [_way_out(turn)],
    ]
    turn.show(text, rows, flow=FLOW)


async def _tap_about(turn: Turn, call: Call) -> None:
    draft = await _draft(turn, call, "about")
    fields = dict(draft.fields)
    if call.number > 0 and fields["kind"] == LessonKind.MOVEMENT:
        names = {one.id: one.name for one in await nominations.list_movements(turn.session)}
        known = {int(number): name for number, name in names.items()}
        if call.number not in known:
            raise Refused("stale")
        fields |= {"movement": call.number, "about": known[call.number]}
    elif call.number > 0:
        exemplar = await open_exemplar(turn.session, turn.person, call.number, turn.today)
        fields |= {"exemplar": exemplar.id, "about": named(exemplar)}
    await _ask_text(turn, fields)


# --- the text, and the preview ---


async def _ask_text(turn: Turn, fields: dict[str, Any]) -> None:
    await _keep(turn, "text", fields)
    movement = fields["kind"] == LessonKind.MOVEMENT
    ask = turn.say("lessons.ask_text_movement" if movement else "lessons.ask_text_exemplar")
    turn.show(ask, [[_way_out(turn)]], flow=FLOW)


async def receive(turn: Turn) -> None:
    """The lesson as it is typed; or words of the exemplar it is about."""
    draft = await turn.draft(FLOW)
    if draft is None:
        raise Gone("stale")
    check_writer(turn.person, turn.today)
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("foster.only_text")
    if draft.step == "about" and draft.fields["kind"] == LessonKind.EXEMPLAR:
        await _ask_about(turn, draft.fields, clean(turn.incoming.text, multiline=False)[:100])
    elif draft.step in {"text", "preview"}:
        await _preview(turn, {**draft.fields, "text": lesson_text(turn.incoming.text)})
    else:
        raise Refused("lessons.press")


async def _preview(turn: Turn, fields: dict[str, Any]) -> None:
    draft = await _keep(turn, "preview", fields)
    kind = turn.plain(KINDS[LessonKind(fields["kind"])])
    lines = [
        turn.say("lessons.preview"),
        turn.say("lessons.head", kind=kind, period=turn.texts.period(fields["period"])),
        turn.say("exemplars.text", text=fields["text"]),
    ]
    if fields.get("about"):
        lines.append(turn.say("lessons.about", what=fields["about"]))
    rows = [
        [_button(turn.plain("button.keep_lesson"), draft, "save")],
        [_button(turn.plain("button.edit"), draft, "edit"), _way_out(turn)],
    ]
    turn.show(join_html(lines, "\n\n"), rows, flow=FLOW)


async def _tap_edit(turn: Turn, call: Call) -> None:
    draft = await _draft(turn, call, "preview")
    await _ask_text(turn, draft.fields)


async def _tap_save(turn: Turn, call: Call) -> None:
    fields = (await _draft(turn, call, "preview")).fields
    new = NewLesson(
        LessonKind(fields["kind"]),
        fields["text"],
        fields["period"],
        exemplar_id=fields.get("exemplar"),
        movement_id=fields.get("movement"),
        event_id=fields.get("event"),
    )
    kept = await add_lesson(turn.session, turn.person, new, turn.config, turn.now)
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    rows = [
        [Button(turn.plain("button.add_lesson"), str(Call(FLOW, 0, 0, "add", kept.period)))],
        [Button(turn.plain("button.to_list"), listing(None, kept.period, 0))],
    ]
    turn.show(turn.say("lessons.kept", period=turn.texts.period(kept.period)), rows)


# --- the draft ---


async def leave(turn: Turn) -> None:
    """/huy: what is being written is dropped."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("lessons.left"))


async def _tap_leave(turn: Turn, _call: Call) -> None:
    await leave(turn)


async def _keep(turn: Turn, step: str, fields: dict[str, Any]) -> StoredDraft:
    return await conversations.put_draft(turn.session, turn.person.id, FLOW, step, fields, turn.now)


async def _draft(turn: Turn, call: Call, step: str) -> StoredDraft:
    """What is being written, as the button has seen it. Raises Gone."""
    check_writer(turn.person, turn.today)
    draft = await turn.draft(FLOW)
    if draft is None or (draft.id, draft.version, draft.step) != (call.row, call.version, step):
        raise Gone("stale")
    return draft


def _button(label: str, draft: StoredDraft, act: str, arg: str = "") -> Button:
    return Button(label, str(Call(FLOW, draft.id, draft.version, act, arg)))


def _way_out(turn: Turn) -> Button:
    return Button(turn.plain("button.cancel"), str(Call(FLOW, 0, 0, "leave")))


def review_buttons(texts: Texts, period: Period) -> list[Button]:
    """At the end of a review: add a lesson for it, read those there are; nothing for a month."""
    if period.months == 1:
        return []
    add = Button(texts.plain("button.add_lesson"), str(Call(FLOW, 0, 0, "add", str(period))))
    return [add, Button(texts.plain("button.see_lessons"), listing(None, str(period), 0))]


def named(exemplar: Exemplar) -> str:
    """What an exemplar is called where lessons name it."""
    return f"{exemplar.nominee.name}, {exemplar.unit_name}"


def listing(kind: LessonKind | None, period: str, page: int) -> str:
    """What a button to a page of the register claims."""
    return str(Call(FLOW, page, 0, "list", f"{kind.value if kind else ''},{period}"))


TAPS = {
    "add": _tap_add,
    "event": _tap_event,
    "movement": _tap_movement,
    "exemplar": _tap_exemplar,
    "kind": _tap_kind,
    "about": _tap_about,
    "edit": _tap_edit,
    "save": _tap_save,
    "leave": _tap_leave,
}
"""What the buttons do."""
