"""The list a head chooses from: five nominees a page, whom the unit has chosen, and what may be done."""

from bot.domain.choosing import ChoiceDraft
from bot.domain.errors import Refused
from bot.domain.exemplars import Answer, AnswerState, Choice
from bot.domain.nominations import NominationId
from bot.domain.summary import NONE
from bot.domain.writing import abridge
from bot.messages import Button, Rows
from bot.operations.answer_for_unit import begins_on, open_unit
from bot.operations.choice_drafts import find_choosing
from bot.operations.choose_exemplars import Nominee, count_nominators, is_open, list_unanswered, number_of
from bot.texts import KINDS, Html, join_html
from handlers.choose_words import Place, by_whom, name_of, post_of
from handlers.nomination_card import period_name
from handlers.pages import known_page, page_buttons, pages_of
from storage import people

A_PAGE = 5
_EXCERPT = 90


async def show(place: Place, wanted: int = 0, said: Html | None = None) -> None:
    """One page of the nominees with the marks of the draft, or of the answer where none is being changed."""
    turn = place.turn
    if begins_on(place.period) > turn.today:
        raise Refused("choose.not_begun", begin=turn.texts.day(begins_on(place.period)))
    nominees = await place.nominees()
    await open_unit(turn.session, turn.person, place.unit.id, place.period, turn.config, turn.now)
    answer = await place.answer()
    draft = await _draft(place, answer)
    marked = list(draft.picked) if draft else [choice.nomination_id for choice in _chosen(answer)]
    pages = pages_of(len(nominees), A_PAGE)
    page = known_page(wanted, pages)
    shown = list(enumerate(nominees, 1))[page * A_PAGE : (page + 1) * A_PAGE]
    lines = [
        *([said] if said else []),
        *place.question(answer),
        _title(place, len(nominees)),
        *(_line(place, number, nominee, marked) for number, nominee in shown),
        *await _standing(place, answer, editing=draft is not None and answer is not None),
    ]
    rows = [
        *(_row(place, number, nominee, marked, page, picking=draft is not None) for number, nominee in shown),
        page_buttons(turn.texts, page, pages, lambda to: place.call("list", version=to)),
        *_ways_on(place, answer, draft),
        *await _other_periods(place),
    ]
    turn.show(join_html(lines, "\n\n"), rows)


async def _draft(place: Place, answer: Answer | None) -> ChoiceDraft | None:
    """What is being put together, empty where nothing has been answered yet; None where nothing may be."""
    if not place.may_answer(answer):
        return None
    turn = place.turn
    version = answer.version if answer else 0
    found = await find_choosing(turn.session, turn.person.id, place.unit.id, str(place.period), version)
    if found:
        known = frozenset(number_of(one) for one in await place.nominees())
        return found.draft.only(known)
    return ChoiceDraft(place.unit.id, str(place.period)) if answer is None else None


def _chosen(answer: Answer | None) -> tuple[Choice, ...]:
    return answer.choices if answer else ()


def _title(place: Place, n: int) -> Html:
    texts = place.texts
    if place.period.months > 1:
        many = texts.count("choose.title_long", n, **place.values)
        return many if n else place.say("choose.nothing_long")
    return texts.count("choose.title", n, **place.values) if n else place.say("choose.nothing")


def _line(place: Place, number: int, nominee: Nominee, marked: list[NominationId]) -> Html:
    texts, reason = place.texts, nominee[0].endorsement.reason
    name = name_of(texts, nominee)
    return texts.count(
        "choose.line",
        count_nominators(nominee),
        number=number,
        name=f"✓ {name}" if number_of(nominee) in marked else name,
        post=post_of(nominee),
        kind=texts.plain(KINDS[reason.kind]),
        excerpt=abridge(reason.story or texts.plain("story.erased"), _EXCERPT),
    )


def _row(
    place: Place, number: int, nominee: Nominee, marked: list[NominationId], page: int, *, picking: bool
) -> list[Button]:
    """The nominee's card, and beside it whether the unit chooses it."""
    id_ = number_of(nominee)
    is_marked = id_ in marked
    name = name_of(place.texts, nominee)
    card = place.named("card", f"✓ {name}" if is_marked else name, id_)
    if not picking or nominee[0].nominee_erased:
        return [card]
    if is_marked:
        return [card, place.act("pick", "button.picked", f"{id_}.off", page, number=number)]
    return [card, place.act("pick", "button.pick", id_, page, number=number)]


async def _standing(place: Place, answer: Answer | None, *, editing: bool) -> list[Html]:
    """What the unit has answered and who did, how long it may be changed."""
    texts, turn = place.texts, place.turn
    open_ = is_open(turn.config.timetable, place.period, turn.today)
    lines: list[Html] = []
    if answer is not None and answer.answer == NONE:
        long = place.period.months > 1
        lines.append(place.say("choose.said_nobody_long") if long else place.say("choose.said_nobody"))
        if answer.reason:
            lines.append(place.say("choose.nobody_reason", reason=answer.reason))
    elif answer is not None:
        lines.append(texts.count("choose.chose", len(answer.choices)))
    if answer is not None and answer.for_id is not None:
        deputy = await people.get_person(turn.session, answer.person_id)
        lines.append(await by_whom(turn, deputy, answer.for_id))
    if answer is not None and answer.state is AnswerState.ACCEPTED:
        lines.append(place.say("choose.accepted"))
    elif not open_:
        lines.append(place.say("choose.is_closed"))
    elif editing:
        lines.append(place.say("choose.editing"))
    elif answer is not None:
        lines.append(place.say("choose.may_change"))
    return [join_html(lines)] if lines else []


def _ways_on(place: Place, answer: Answer | None, draft: ChoiceDraft | None) -> Rows:
    if draft is None:
        return [[place.act("edit", "button.change_answer")]] if place.may_answer(answer) else []
    version = answer.version if answer else 0
    if draft.picked:
        return [[place.act("go", "button.go_on_chosen", n=len(draft.picked))]]
    if answer is not None and answer.answer == NONE:
        return []
    return [[place.act("none", "button.nobody", version=version)]]


async def _other_periods(place: Place) -> Rows:
    """What the unit has not answered either: last month before it closes, the quarter behind it."""
    turn = place.turn
    found = await list_unanswered(turn.session, place.unit.id, turn.config.timetable, turn.today)
    return [
        [
            Button(
                turn.plain("button.other_period", period=period_name(turn.texts, str(other))),
                Place(turn, place.unit, other).call("list"),
            )
        ]
        for other in found
        if other != place.period
    ]
