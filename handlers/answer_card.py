"""What a clerk reads of a unit's answer: who gave it, whom it names and why, what was said for them."""

from collections.abc import Mapping

from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Answer, AnswerState
from bot.domain.nominations import NominationId, NomineeKind
from bot.domain.paper import Subject
from bot.domain.people import UnitId
from bot.domain.periods import Period, read_period
from bot.domain.writing import abridge
from bot.messages import Button, Call
from bot.operations.notice_case import unit_name
from bot.texts import N_, Html, Texts
from handlers.incoming import Sort
from handlers.pages import in_pages, known_page, page_buttons
from handlers.paper_shown import lines_of, rows_of
from handlers.reason_card import nominee_line, nominee_name, reason_blocks
from handlers.turn import Turn
from storage import choices, desk, nominations, people
from storage.desk import ChosenNominee
from storage.nominations import StandingRow

FLOW = "ck"
_DESK = "dk"

_STATES = {
    AnswerState.GIVEN: N_("check.is_given"),
    AnswerState.RETURNED: N_("check.is_returned"),
    AnswerState.ACCEPTED: N_("check.is_accepted"),
}
_KINDS = {
    NomineeKind.PERSON: N_("check.nominee_person"),
    NomineeKind.GROUP: N_("check.nominee_group"),
    NomineeKind.MODEL: N_("check.nominee_model"),
}


def button(label: str, act: str, arg: str = "") -> Button:
    """A button about no answer in particular."""
    return Button(label, str(Call(FLOW, 0, 0, act, arg)))


def to_desk(texts: Texts) -> Button:
    """The way back to the desk."""
    return Button(texts.plain("button.to_desk"), str(Call(_DESK, 0, 0, "show")))


def name_of(texts: Texts, named: Mapping[NominationId, ChosenNominee], number: NominationId) -> str:
    """Whom a choice names, or that it was erased."""
    found = named.get(number)
    return nominee_name(texts, found.nominee) if found else texts.plain("person.erased")


def typed(turn: Turn) -> str:
    """What was typed. Raises Refused for anything but text."""
    if turn.incoming.sort is not Sort.TEXT:
        raise Refused("check.only_text")
    return turn.incoming.text


async def answer_text(turn: Turn, answer: Answer, named: Mapping[NominationId, ChosenNominee]) -> list[Html]:
    """The answer in blocks that fit on pages."""
    texts = turn.texts
    blocks = [
        texts.say(
            "check.title",
            unit=await unit_name(turn.session, answer.unit_id),
            period=texts.period(answer.period),
            state=texts.plain(_STATES[answer.state]),
        ),
        await _answered(turn, answer),
    ]
    if answer.question:
        blocks.append(texts.say("check.question", question=answer.question))
    if not answer.choices:
        reason = answer.reason.rstrip(". ") or texts.plain("check.no_reason")
        return [*blocks, Html(""), texts.say("check.nobody", reason=reason)]
    for number, choice in enumerate(answer.choices, 1):
        found = named.get(choice.nomination_id)
        line = texts.say(
            "check.chosen",
            number=number,
            name=name_of(texts, named, choice.nomination_id),
            post=f", {found.nominee.post}" if found and found.nominee.post else "",
            kind=texts.plain(_KINDS[found.nominee.kind]) if found else "",
            reason=choice.reason,
        )
        blocks += [Html(""), line]
    return blocks


async def _answered(turn: Turn, answer: Answer) -> Html:
    """Who answered, when, and in whose name."""
    by = await people.get_person(turn.session, answer.person_id)
    values = {"name": by.full_name or by.code, "at": turn.texts.moment(answer.at)}
    if answer.for_id is None:
        return turn.say("check.answered", **values)
    head = await people.get_person(turn.session, answer.for_id)
    return turn.say("check.answered_for", **values, head=head.full_name or head.code)


async def list_reasons(turn: Turn, nomination_id: NominationId) -> list[Html]:
    """Everything that was said for a nominee, also in nominations merged into theirs, in blocks."""
    chosen = (await desk.find_chosen(turn.session, [nomination_id]))[nomination_id]
    rows = await _standing_rows(turn, chosen)
    texts = turn.texts
    blocks = [
        nominee_line(texts, chosen.nominee, chosen.unit_name),
        texts.count("choose.reasons", len(rows), period=texts.period(chosen.period)),
    ]
    for number, row in enumerate(rows, 1):
        blocks += [Html(""), texts.say("choose.by", number=number, name=_nominator(texts, row))]
        blocks += reason_blocks(texts, row.endorsement)
    return blocks


async def _standing_rows(turn: Turn, chosen: ChosenNominee) -> list[StandingRow]:
    merged = await desk.list_together(turn.session, chosen.target)
    numbers = {number for number, _, _ in merged}
    found: dict[int, StandingRow] = {}
    for unit_id, period in {(unit_id, period) for _, unit_id, period in merged}:
        for row in await nominations.list_standing(turn.session, period, period, unit_id=unit_id):
            if row.endorsement.nomination_id in numbers:
                found[row.endorsement.id] = row
    return [found[number] for number in sorted(found)]


def _nominator(texts: Texts, row: StandingRow) -> str:
    if row.endorsement.reason.hide_name:
        return texts.plain("choose.hidden")
    return row.nominator_name or texts.plain("person.erased")


# --- the card ---


def period_of(call: Call) -> Period:
    """The period that a button names. Raises Gone."""
    period = read_period(call.arg.partition(".")[0])
    if period is None:
        raise Gone("stale")
    return period


async def find_answer(turn: Turn, call: Call) -> Answer:
    """The answer that a button names, as it is now. Raises Gone."""
    period = call.arg.partition(".")[0]
    answer = await choices.find_answer(turn.session, UnitId(call.row), period)
    if answer is None or read_period(period) is None:
        raise Gone("stale")
    return answer


async def show_card(turn: Turn, answer: Answer, *, heading: Html | None = None, page: int = 0) -> None:
    """One answer with what may be done about it, and the ways to its neighbours."""
    texts = turn.texts
    named = await desk.find_chosen(turn.session, [one.nomination_id for one in answer.choices])
    blocks = [*([heading, Html("")] if heading else []), *await answer_text(turn, answer, named)]
    sheets = (Subject.ANSWER, answer.unit_id, answer.period)
    blocks += await lines_of(turn, *sheets)
    pages = in_pages(blocks)
    page = known_page(page, len(pages))

    def data(act: str, arg: str = "") -> str:
        suffix = f".{arg}" if arg else ""
        return str(Call(FLOW, answer.unit_id, answer.version, act, f"{answer.period}{suffix}"))

    rows: list[list[Button]] = [
        page_buttons(
            texts, page, len(pages), lambda to: str(Call(FLOW, answer.unit_id, to, "card", answer.period))
        )
    ]
    for choice in answer.choices:
        label = turn.plain("button.read_reasons", name=name_of(texts, named, choice.nomination_id))
        call = Call(FLOW, answer.unit_id, 0, "who", f"{answer.period}.{choice.nomination_id}")
        rows.append([Button(abridge(label, 60), str(call))])
    rows += await rows_of(turn, *sheets)
    if answer.state is not AnswerState.ACCEPTED:
        rows.append([Button(turn.plain("button.accept_answer"), data("accept"))])
        rows.append([Button(turn.plain("button.return_answer"), data("ask"))])
        if answer.choices:
            rows.append([Button(turn.plain("button.correct_reason"), data("fix"))])
    turn.show(pages[page], [*rows, await _neighbours(turn, answer), [_back(turn, answer), to_desk(texts)]])


def _back(turn: Turn, answer: Answer) -> Button:
    state = answer.state if answer.state is AnswerState.RETURNED else AnswerState.GIVEN
    return button(turn.plain("button.to_list"), "list", state.value)


async def _neighbours(turn: Turn, answer: Answer) -> list[Button]:
    """The ways to the answers before and after it among those in the same state."""
    if answer.state is AnswerState.ACCEPTED:
        return []
    found = await choices.list_answers_in_state(turn.session, answer.state)
    keys = [(one.unit_id, one.period) for one in found]
    if (answer.unit_id, answer.period) not in keys:
        return []
    at = keys.index((answer.unit_id, answer.period))
    row = []
    for label, other in ((N_("button.answer_before"), at - 1), (N_("button.answer_after"), at + 1)):
        if 0 <= other < len(keys):
            call = Call(FLOW, keys[other][0], 0, "card", keys[other][1])
            row.append(Button(turn.plain(label), str(call)))
    return row
