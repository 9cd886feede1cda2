"""Texts that still name somebody who was erased, one by one: the name goes, or it is another person's."""

from bot.domain.errors import Gone
from bot.domain.mentions import digest
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations import compose_erasures
from bot.operations.settle_mention import drop_name, keep_name
from bot.texts import N_, Html, join_html
from handlers import exemplar_card
from handlers.turn import Turn
from handlers.workshop import ask_for, only_secretariat
from storage import exemplars, mentions
from storage.mentions import Mention, Text

FLOW = compose_erasures.FLOW
_AROUND = 500
_WHERE = {
    "endorsements": N_("mention.in_reason"),
    "evidence": N_("mention.in_file_name"),
    "nominations": N_("mention.in_nominee"),
    "choices": N_("mention.in_choice"),
    "unit_answers": N_("mention.in_answer"),
    "office_choices": N_("mention.in_office_list"),
    "exemplars": N_("mention.in_exemplar"),
    "publication_consents": N_("mention.in_consent"),
    "papers": N_("mention.in_file_name"),
    "fosterings": N_("mention.in_fostering"),
    "foster_steps": N_("mention.in_fostering"),
    "adoptions": N_("mention.in_adoption"),
    "lessons": N_("mention.in_lesson"),
    "events": N_("mention.in_event"),
    "movement_reviews": N_("mention.in_review"),
    "suggestions": N_("mention.in_suggestion"),
    "posts": N_("mention.in_post"),
    "contents": N_("mention.in_content"),
    "data_requests": N_("mention.in_request"),
}


async def tap(turn: Turn, call: Call) -> None:
    """[Xem từng đoạn], and what is done with the one that is shown."""
    only_secretariat(turn)
    act = _TAPS.get(call.act)
    if act is None:
        raise Gone("stale")
    await act(turn, call)


async def _tap_next(turn: Turn, call: Call) -> None:
    await _show_next(turn, call.row)


async def _tap_drop(turn: Turn, call: Call) -> None:
    instead = turn.house.texts_for(None).plain("mention.instead")
    mention = await drop_name(turn.session, turn.person, call.row, instead, turn.today, turn.now)
    if mention.place.subject == "exemplars":
        await ask_for(turn, exemplar_card.MAKE, {"exemplar_id": int(mention.place.key)})
    await _show_next(turn, mention.person_id, turn.say("mention.dropped"))


async def _tap_keep(turn: Turn, call: Call) -> None:
    mention = await keep_name(turn.session, turn.person, call.row, turn.today, turn.now)
    await _show_next(turn, mention.person_id, turn.say("mention.kept"))


async def _show_next(turn: Turn, person_id: int, done: Html | None = None) -> None:
    """The first text that waits, of that person (0: of anybody)."""
    mention = await mentions.next_open(turn.session, person_id)
    if mention is None:
        turn.show(join_html([*([done] if done else []), turn.say("mention.none_left")], "\n\n"))
        return
    left = await mentions.count_open(turn.session, person_id)
    text = await mentions.find_text(turn.session, mention.place)
    parts = [
        *([done] if done else []),
        turn.texts.count("mention.left", left),
        *await _shown(turn, mention, text),
    ]
    turn.show(join_html(parts, "\n\n"), _rows(turn, mention, text))


async def _shown(turn: Turn, mention: Mention, text: Text | None) -> list[Html]:
    if text is None:
        return [turn.say("mention.gone")]
    where = turn.plain(_WHERE[mention.place.subject])
    named = turn.say("mention.where_about", where=where, about=abridge(text.about, 100))
    shown = [named if text.about else turn.say("mention.where", where=where)]
    if digest(text.body) != mention.digest:
        return [
            *shown,
            turn.say("mention.text", text=abridge(text.body, 2 * _AROUND)),
            turn.say("mention.is_changed"),
        ]
    shown.append(_marked(turn, mention, text.body))
    if mention.place.subject == "exemplars":
        exemplar = await exemplars.find_exemplar(turn.session, int(mention.place.key))
        if exemplar is not None and exemplar.is_public:
            shown.append(turn.say("mention.is_public"))
    return [*shown, turn.say("mention.whose")]


def _marked(turn: Turn, mention: Mention, body: str) -> Html:
    """The text around the first place and up to the last, as far as a screen holds it, the name marked."""
    start, end = mention.spans[0]
    before, after = body[:start], body[end:]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    return turn.say("mention.marked", before=before, name=body[start:end], after=abridge(after, 2 * _AROUND))


def _rows(turn: Turn, mention: Mention, text: Text | None) -> list[list[Button]]:
    as_found = text is not None and digest(text.body) == mention.digest
    keep = Button(
        turn.plain("button.keep_name" if as_found else "button.seen"), str(Call(FLOW, mention.id, 0, "keep"))
    )
    drop = Button(turn.plain("button.drop_name"), str(Call(FLOW, mention.id, 0, "drop")))
    return [[drop], [keep]] if as_found else [[keep]]


_TAPS = {"next": _tap_next, "drop": _tap_drop, "keep": _tap_keep}
