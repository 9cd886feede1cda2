"""Nobody this time: a valid answer, with a reason that is pressed, typed, or not given."""

from bot.domain.choosing import ChoiceDraft
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Answer
from bot.messages import Call
from bot.operations.answer_for_unit import answer_nobody
from bot.operations.choice_drafts import FLOW, Choosing, drop_choosing, find_choosing, save_choosing
from bot.texts import N_, Html, join_html
from handlers.choose_words import Place, rest
from handlers.lesson_writing import review_buttons
from storage import choices, nominations

STEP = "nobody"
"""What is typed is why there is nobody."""
REASONS = {
    "fit": N_("nobody.no_fit"),
    "later": N_("nobody.later"),
    "quiet": N_("nobody.quiet"),
}


async def ask(place: Place, call: Call) -> None:
    """[Kỳ này không có gương]: what it means, and why; `version` is that of the answer to be changed."""
    answer = await place.answer()
    _check(place, answer, call.version)
    version = call.version
    rows = [
        *([place.act("none_sure", label, code, version)] for code, label in REASONS.items()),
        [place.act("none_other", "button.nobody_other", "", version)],
        [place.act("none_sure", "button.nobody_sure", "", version)],
        [place.to_list()],
    ]
    text = join_html([await _question(place), place.say("nobody.ask_why")], "\n\n")
    place.turn.show(text, rows)


def _check(place: Place, answer: Answer | None, version: int) -> None:
    place.check_may_answer(answer)
    if answer is not None and version == 0:
        raise Gone("choose.answered")
    if (answer.version if answer else 0) != version:
        raise Gone("choose.changed")


async def _question(place: Place) -> Html:
    session, texts = place.turn.session, place.texts
    if place.period.months > 1:
        n = await choices.count_within(session, place.unit.id, place.period)
        many = texts.count("choose.ask_nobody_long", n, **place.values)
        return many if n else place.say("choose.ask_empty_long")
    n = await nominations.count_for_unit(session, place.unit.id, str(place.period))
    return texts.count("choose.ask_nobody", n, **place.values) if n else place.say("choose.ask_empty")


async def sure(place: Place, call: Call) -> None:
    """One of the ready reasons, or none: kept. It is written in the office's language."""
    code = rest(call)
    if code and code not in REASONS:
        raise Refused("stale")
    _check(place, await place.answer(), call.version)
    office = place.turn.house.texts_for(None)
    await _keep(place, office.plain(REASONS[code]) if code else "", call.version)


async def ask_other(place: Place, call: Call) -> None:
    """[Lý do khác]: to be typed."""
    answer = await place.answer()
    _check(place, answer, call.version)
    turn = place.turn
    found = await find_choosing(turn.session, turn.person.id, place.unit.id, str(place.period), call.version)
    draft = found.draft if found else ChoiceDraft(place.unit.id, str(place.period), call.version)
    await save_choosing(turn.session, turn.person.id, draft, STEP, turn.now)
    _show_ask(place, draft)


def _show_ask(place: Place, draft: ChoiceDraft, said: Html | None = None) -> None:
    text = place.say("nobody.ask_other", most=place.turn.config.choosing.reason_max)
    rows = [[place.act("none", "button.back", version=draft.version)]]
    place.turn.show(join_html([said, text], "\n\n") if said else text, rows, flow=FLOW)


async def receive(place: Place, found: Choosing) -> None:
    """The reason as it was typed."""
    turn = place.turn
    try:
        reason = place.typed_sentence()
    except Refused as refusal:
        _show_ask(place, found.draft, turn.say(refusal.message_id, **refusal.values))
        return
    _check(place, await place.answer(), found.draft.version)
    await _keep(place, reason, found.draft.version)


async def _keep(place: Place, reason: str, version: int) -> None:
    turn = place.turn
    await answer_nobody(
        turn.session, turn.person, place.unit.id, place.period, reason, turn.config, turn.now, version=version
    )
    await drop_choosing(turn.session, turn.person.id, place.unit.id, str(place.period), turn.now)
    kept = N_("choose.nobody_kept") if place.period.months == 1 else N_("choose.nobody_kept_long")
    lines = [place.say(kept)]
    if reason:
        lines.append(place.say("choose.nobody_reason", reason=reason))
    lines.append(place.say("nobody.may_change"))
    changes = [place.act("edit", "button.change_answer"), place.to_list()]
    turn.show(join_html(lines, "\n\n"), [changes, review_buttons(turn.texts, place.period)])
