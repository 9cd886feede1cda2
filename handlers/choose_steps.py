"""Choosing step by step: whom, the three criteria, one sentence, the preview, done.

What is put together is a draft until it is confirmed: it survives /huy and a restart, and an answer that is
there already is changed in the same way.
"""

from bot.domain.choosing import ChoiceDraft, Step, draft_of_answer
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Criterion
from bot.domain.nominations import NominationId
from bot.messages import Call
from bot.operations.choice_drafts import (
    FLOW,
    Choosing,
)
from bot.operations.choose_exemplars import number_of
from bot.texts import N_, Html, join_html
from handlers import choose_draft, choose_list, choose_preview
from handlers.choose_words import Place, name_of, number_in, rest

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
    found = await choose_draft.find(place, answer)
    if found is None and answer is not None:
        raise Gone("choose.answered")
    draft = found.draft if found else ChoiceDraft(place.unit.id, str(place.period))
    draft = draft.only(frozenset(number_of(one) for one in await place.nominees()))
    most = place.turn.config.choosing.most
    draft = draft.pick(nomination_id, most) if on else draft.drop(nomination_id)
    await choose_draft.save(place, draft, Step.LIST)
    return draft


async def edit(place: Place, _call: Call) -> None:
    """[Sửa kết quả]: the list again, with what was answered picked."""
    answer = await place.answer()
    place.check_may_answer(answer)
    if answer is None:
        raise Refused("stale")
    if await choose_draft.find(place, answer) is None:
        await choose_draft.save(place, draft_of_answer(answer), Step.LIST)
    await choose_list.show(place)


async def go(place: Place, _call: Call) -> None:
    """[Tiếp tục]: on to what is missing."""
    found = await choose_draft.load(place)
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
            await choose_preview.show(place, draft)


async def _ask_reason(place: Place, draft: ChoiceDraft) -> None:
    """One sentence for all; or, where each has one, the sentence that is missing."""
    missing = next(one for one in draft.picked if not draft.reason_for(one))
    await (_ask_own(place, draft, missing) if draft.own else _ask_sentence(place, draft))


# --- the criteria ---


async def criterion(place: Place, call: Call) -> None:
    """[Đạt cả ba tiêu chí], or one of them on or off."""
    found = await choose_draft.load(place)
    name, _, wanted = rest(call).partition(".")
    if name == "all":
        given = tuple(Criterion)
    elif name in set(Criterion):
        given = (Criterion(name),)
    else:
        raise Refused("stale")
    draft = found.draft.confirm(*given, on=wanted != "off")
    await choose_draft.save(place, draft, draft.step)
    await _on(place, draft)


async def _ask_criteria(place: Place, draft: ChoiceDraft, said: Html | None = None) -> None:
    await choose_draft.save(place, draft, Step.CRITERIA)
    texts = place.texts
    names = await choose_draft.numbered(place, draft)
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
    found = await choose_draft.load(place)
    await _ask_sentence(place, found.draft)


async def _ask_sentence(place: Place, draft: ChoiceDraft, said: Html | None = None) -> None:
    await choose_draft.save(place, draft, Step.SENTENCE)
    n, most = len(draft.picked), place.turn.config.choosing.reason_max
    text = place.texts.count("choose.ask_reason", n, who=await choose_draft.names_of(place, draft), most=most)
    earlier = draft.sentence or next(iter(draft.own.values()), "")
    if earlier:
        text = join_html([text, place.say("choose.earlier_reason", reason=earlier)], "\n\n")
    keep = [place.act("pre", "button.keep_reason")] if draft.step is Step.PREVIEW else []
    back = [place.act("list", "button.change_picks")]
    place.turn.show(_under(said, text), [keep, back], flow=FLOW)


async def ask_own(place: Place, call: Call) -> None:
    """[Viết riêng cho từng người]: a sentence for each, in turn; each may keep the one it has."""
    found = await choose_draft.load(place)
    draft = found.draft
    wanted = number_in(rest(call)) if rest(call) else draft.picked[0]
    if wanted not in draft.picked:
        raise Refused("stale")
    await _ask_own(place, draft, wanted)


async def _ask_own(
    place: Place, draft: ChoiceDraft, nomination_id: NominationId, said: Html | None = None
) -> None:
    await choose_draft.save(place, draft, f"{_OWN}.{nomination_id}")
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
        await choose_draft.save(place, draft, draft.step)
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
    found = await choose_draft.load(place)
    if found.draft.step is Step.PREVIEW:
        await choose_preview.show(place, found.draft, call.version)
    else:
        await _on(place, found.draft)


def _under(said: Html | None, text: Html) -> Html:
    return join_html([said, text], "\n\n") if said else text
