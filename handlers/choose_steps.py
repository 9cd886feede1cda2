"""Choosing step by step: whom, the three criteria, one sentence, the preview, done.

What is put together is a draft until it is confirmed: it survives /huy and a restart, and an answer that is
there already is changed in the same way.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.choosing import ChoiceDraft, Step, draft_of_answer
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Answer, Criterion
from bot.domain.nominations import NominationId
from bot.domain.writing import abridge
from bot.messages import Call, Rows
from bot.operations.choice_drafts import (
    FLOW,
    Choosing,
    drop_choosing,
    find_choosing,
    save_choosing,
)
from bot.operations.choose_exemplars import Nominee, choose, number_of
from bot.texts import N_, Html, join_html
from handlers import choose_list
from handlers.choose_words import Place, name_of, number_in, post_of, rest
from handlers.lesson_writing import review_buttons
from handlers.pages import SCREEN, in_pages, known_page, page_buttons

CRITERIA = {
    Criterion.TYPICAL: N_("criterion.typical"),
    Criterion.SPREADING: N_("criterion.spreading"),
    Criterion.POSITIVE: N_("criterion.positive"),
}
_OWN = "own"
_QUOTED = 200


# --- whom ---


async def pick(place: Place, call: Call) -> None:
    """[☐ Chọn] in the list, and [☑ Chọn] the other way; `version` is the page."""
    number, _, wanted = rest(call).partition(".")
    await _picked(place, number_in(number), on=wanted != "off")
    await choose_list.show(place, call.version)


async def pick_this(place: Place, call: Call) -> None:
    """[Chọn gương này] on a card: picked, and on to what is missing."""
    draft = await _picked(place, number_in(rest(call)), on=True)
    await _on(place, draft)


async def _picked(place: Place, nomination_id: NominationId, *, on: bool) -> ChoiceDraft:
    answer = await place.answer()
    place.check_may_answer(answer)
    nominee = await place.nominee(nomination_id)
    if nominee[0].nominee_erased:
        raise Gone("choose.no_longer")
    found = await _find(place, answer)
    if found is None and answer is not None:
        raise Gone("choose.answered")
    draft = found.draft if found else ChoiceDraft(place.unit.id, str(place.period))
    draft = draft.only(frozenset(number_of(one) for one in await place.nominees()))
    most = place.turn.config.choosing.most
    draft = draft.pick(nomination_id, most) if on else draft.drop(nomination_id)
    await _save(place, draft, Step.LIST)
    return draft


async def edit(place: Place, _call: Call) -> None:
    """[Sửa kết quả]: the list again, with what was answered picked."""
    answer = await place.answer()
    place.check_may_answer(answer)
    if answer is None:
        raise Refused("stale")
    if await _find(place, answer) is None:
        await _save(place, draft_of_answer(answer), Step.LIST)
    await choose_list.show(place)


async def go(place: Place, _call: Call) -> None:
    """[Tiếp tục]: on to what is missing."""
    found = await _draft(place)
    await _on(place, found.draft)


async def _on(place: Place, draft: ChoiceDraft) -> None:
    match draft.step:
        case Step.LIST:
            raise Refused("choose.none_picked")
        case Step.CRITERIA:
            await _ask_criteria(place, draft)
        case Step.SENTENCE:
            await _ask_reason(place, draft)
        case Step.PREVIEW:
            await _preview(place, draft)


async def _ask_reason(place: Place, draft: ChoiceDraft) -> None:
    """One sentence for all; or, where each has one, the sentence that is missing."""
    missing = next(one for one in draft.picked if not draft.reason_for(one))
    await (_ask_own(place, draft, missing) if draft.own else _ask_sentence(place, draft))


# --- the criteria ---


async def criterion(place: Place, call: Call) -> None:
    """[Đạt cả ba tiêu chí], or one of them on or off."""
    found = await _draft(place)
    name, _, wanted = rest(call).partition(".")
    if name == "all":
        given = tuple(Criterion)
    elif name in set(Criterion):
        given = (Criterion(name),)
    else:
        raise Refused("stale")
    draft = found.draft.confirm(*given, on=wanted != "off")
    await _save(place, draft, draft.step)
    await _on(place, draft)


async def _ask_criteria(place: Place, draft: ChoiceDraft, said: Html | None = None) -> None:
    await _save(place, draft, Step.CRITERIA)
    texts = place.texts
    names = await _numbered(place, draft)
    text = place.say("choose.criteria", who=names, n=texts.number(len(draft.picked)))
    rows = [
        [place.act("crit", "button.meets_all", "all")],
        *(
            [
                place.named(
                    "crit",
                    f"{'☑' if one in draft.criteria else '☐'} {texts.plain(CRITERIA[one])}",
                    f"{one.value}.off" if one in draft.criteria else one.value,
                )
            ]
            for one in Criterion
        ),
        [place.act("list", "button.change_picks")],
    ]
    place.turn.show(_under(said, text), rows, flow=FLOW)


# --- the sentence ---


async def ask_sentence(place: Place, _call: Call) -> None:
    """[Sửa câu]: one sentence for all."""
    found = await _draft(place)
    await _ask_sentence(place, found.draft)


async def _ask_sentence(place: Place, draft: ChoiceDraft, said: Html | None = None) -> None:
    await _save(place, draft, Step.SENTENCE)
    n, most = len(draft.picked), place.turn.config.choosing.reason_max
    text = place.texts.count("choose.ask_reason", n, who=await _names(place, draft), most=most)
    earlier = draft.sentence or next(iter(draft.own.values()), "")
    if earlier:
        text = join_html([text, place.say("choose.earlier_reason", reason=earlier)], "\n\n")
    keep = [place.act("pre", "button.keep_reason")] if draft.step is Step.PREVIEW else []
    back = [place.act("list", "button.change_picks")]
    place.turn.show(_under(said, text), [keep, back], flow=FLOW)


async def ask_own(place: Place, call: Call) -> None:
    """[Viết riêng cho từng người]: a sentence for each, in turn; each may keep the one it has."""
    found = await _draft(place)
    draft = found.draft
    wanted = number_in(rest(call)) if rest(call) else draft.picked[0]
    if wanted not in draft.picked:
        raise Refused("stale")
    await _ask_own(place, draft, wanted)


async def _ask_own(
    place: Place, draft: ChoiceDraft, nomination_id: NominationId, said: Html | None = None
) -> None:
    await _save(place, draft, f"{_OWN}.{nomination_id}")
    at = draft.picked.index(nomination_id)
    text = place.say(
        "choose.ask_own",
        name=name_of(place.texts, await place.nominee(nomination_id)),
        number=at + 1,
        n=len(draft.picked),
        most=place.turn.config.choosing.reason_max,
    )
    reason = draft.reason_for(nomination_id)
    if reason:
        text = join_html([text, place.say("choose.earlier_reason", reason=reason)], "\n\n")
    following = draft.picked[at + 1 : at + 2]
    keep = (
        place.act("own", "button.keep_reason", following[0])
        if following
        else place.act("pre", "button.keep_reason")
    )
    rows = [[keep]] if reason else []
    place.turn.show(_under(said, text), rows, flow=FLOW)


async def receive(place: Place, found: Choosing) -> None:
    """What is typed for a draft: the sentence. What cannot be one is said to be so, and nothing is lost."""
    turn = place.turn
    own = found.step.startswith(_OWN)
    nomination_id = number_in(found.step.partition(".")[2])
    try:
        sentence = place.typed_sentence()
    except Refused as refusal:
        why = turn.say(refusal.message_id, **refusal.values)
        await _ask_again(place, found.draft, nomination_id if own else None, why)
        return
    if own and nomination_id in found.draft.picked:
        draft = found.draft.write_own(nomination_id, sentence)
        following = draft.picked[draft.picked.index(nomination_id) + 1 :][:1]
        if following:
            await _ask_own(place, draft, following[0])
        else:
            await _on(place, draft)
        return
    draft = found.draft.write(sentence)
    if draft.step is Step.CRITERIA:
        await _ask_criteria(place, draft, place.say("choose.sentence_kept"))
    else:
        await _save(place, draft, draft.step)
        await _on(place, draft)


async def _ask_again(place: Place, draft: ChoiceDraft, nomination_id: NominationId | None, why: Html) -> None:
    if nomination_id in draft.picked and nomination_id is not None:
        await _ask_own(place, draft, nomination_id, why)
    elif draft.step is Step.CRITERIA:
        await _ask_criteria(place, draft, why)
    else:
        await _ask_sentence(place, draft, why)


# --- the preview ---


async def preview(place: Place, call: Call) -> None:
    """What would be kept; `version` is the page."""
    found = await _draft(place)
    if found.draft.step is Step.PREVIEW:
        await _preview(place, found.draft, call.version)
    else:
        await _on(place, found.draft)


async def _preview(place: Place, draft: ChoiceDraft, wanted: int = 0) -> None:
    saved = await _save(place, draft, Step.PREVIEW)
    answer = await place.answer()
    pages = in_pages(await _preview_blocks(place, draft, answer), SCREEN)
    page = known_page(wanted, len(pages))
    rows: Rows = [
        page_buttons(place.texts, page, len(pages), lambda to: place.call("pre", version=to)),
        [place.act("sure", "button.confirm_choice", version=saved.mark)],
        [
            place.act("say", "button.edit_reason"),
            place.act("list", "button.choose_again"),
        ],
        [place.act("own", "button.own_reasons")] if len(draft.picked) > 1 else [],
        [place.act("toss", "button.cancel")],
    ]
    place.turn.show(pages[page], rows, flow=FLOW)


async def _preview_blocks(place: Place, draft: ChoiceDraft, answer: Answer | None) -> list[Html]:
    texts = place.texts
    blocks = [place.say("choose.preview"), *question_lines(place, answer)]
    each_own = len({draft.reason_for(one) for one in draft.picked}) > 1
    for number, nominee in enumerate(await _picked_nominees(place, draft), 1):
        line = place.say(
            "choose.preview_who", number=number, name=name_of(texts, nominee), post=post_of(nominee)
        )
        blocks.append(line)
        if each_own:
            blocks.append(place.say("choose.preview_own", reason=draft.reason_for(number_of(nominee))))
    if not each_own:
        blocks.append(place.say("choose.preview_reason", reason=draft.reason_for(draft.picked[0])))
    return [*blocks, place.say("choose.preview_criteria"), await place.by_whom()]


def question_lines(place: Place, answer: Answer | None) -> list[Html]:
    """What the secretariat asks, where it gave the answer back."""
    return [place.say("choose.returned", question=answer.question)] if answer and answer.question else []


async def toss(place: Place, _call: Call) -> None:
    """[Hủy]: what was put together is thrown away; an answer that is there stands."""
    await drop_choosing(
        place.turn.session, place.turn.person.id, place.unit.id, str(place.period), place.turn.now
    )
    await choose_list.show(place, said=place.say("choose.tossed"))


async def confirm(place: Place, call: Call) -> None:
    """[Xác nhận]: what the preview showed is kept."""
    turn = place.turn
    answer = await place.answer()
    place.check_may_answer(answer)
    found = await _find(place, answer)
    if found is None:
        raise await _why_gone(place, answer)
    if found.mark != call.version:
        raise Gone("choose.preview_old")
    nominees = await _picked_nominees(place, found.draft)
    await choose(
        turn.session,
        turn.person,
        place.unit.id,
        place.period,
        found.draft.choices,
        turn.config,
        turn.now,
        version=found.draft.version,
    )
    await drop_choosing(turn.session, turn.person.id, place.unit.id, str(place.period), turn.now)
    names = ", ".join(name_of(turn.texts, nominee) for nominee in nominees)
    changes = [place.act("edit", "button.change_answer"), place.to_list()]
    turn.show(place.say("choose.kept", name=names), [changes, review_buttons(turn.texts, place.period)])


# --- the draft ---


async def _draft(place: Place) -> Choosing:
    """The draft as it can be gone on with. Raises Refused and Gone."""
    answer = await place.answer()
    place.check_may_answer(answer)
    found = await _find(place, answer)
    if found is None:
        raise await _why_gone(place, answer)
    known = frozenset(number_of(one) for one in await place.nominees())
    draft = found.draft.only(known)
    if not draft.picked:
        raise Gone("choose.none_picked")
    return replace(found, draft=draft)


async def _why_gone(place: Place, answer: Answer | None) -> Gone:
    """There is no draft for the answer as it stands."""
    turn = place.turn
    older = await find_choosing(turn.session, turn.person.id, place.unit.id, str(place.period), None)
    if older is not None:
        return Gone("choose.changed")
    return Gone("choose.answered" if answer else "choose.none_picked")


async def _find(place: Place, answer: Answer | None) -> Choosing | None:
    turn = place.turn
    version = answer.version if answer else 0
    return await find_choosing(turn.session, turn.person.id, place.unit.id, str(place.period), version)


async def _save(place: Place, draft: ChoiceDraft, step: str) -> Choosing:
    turn = place.turn
    return await save_choosing(turn.session, turn.person.id, draft, step, turn.now)


async def _picked_nominees(place: Place, draft: ChoiceDraft) -> list[Nominee]:
    known = {number_of(one): one for one in await place.nominees()}
    if not set(draft.picked) <= set(known):
        raise Gone("choose.no_longer")
    return [known[one] for one in draft.picked]


async def _names(place: Place, draft: ChoiceDraft) -> str:
    names: Iterable[str] = (name_of(place.texts, one) for one in await _picked_nominees(place, draft))
    return abridge(", ".join(names), _QUOTED)


async def _numbered(place: Place, draft: ChoiceDraft) -> Html:
    nominees = await _picked_nominees(place, draft)
    return join_html(
        [
            place.say("choose.preview_who", number=n, name=name_of(place.texts, one), post=post_of(one))
            for n, one in enumerate(nominees, 1)
        ]
    )


def _under(said: Html | None, text: Html) -> Html:
    return join_html([said, text], "\n\n") if said else text
