"""The preview of a choice: exactly what will be kept, and keeping it."""

from bot.domain.choosing import ChoiceDraft, Step
from bot.domain.errors import Gone
from bot.domain.exemplars import Answer
from bot.messages import Call, Rows
from bot.operations.choice_drafts import FLOW, drop_choosing
from bot.operations.choose_exemplars import choose, number_of
from bot.texts import Html
from handlers import choose_draft, choose_list
from handlers.choose_words import Place, name_of, post_of
from handlers.lesson_writing import review_buttons
from handlers.pages import SCREEN, in_pages, known_page, page_buttons


async def show(place: Place, draft: ChoiceDraft, wanted: int = 0) -> None:
    saved = await choose_draft.save(place, draft, Step.PREVIEW)
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
    blocks = [place.say("choose.preview"), *place.question(answer)]
    each_own = len({draft.reason_for(one) for one in draft.picked}) > 1
    for number, nominee in enumerate(await choose_draft.picked_nominees(place, draft), 1):
        line = place.say(
            "choose.preview_who", number=number, name=name_of(texts, nominee), post=post_of(nominee)
        )
        blocks.append(line)
        if each_own:
            blocks.append(place.say("choose.preview_own", reason=draft.reason_for(number_of(nominee))))
    if not each_own:
        blocks.append(place.say("choose.preview_reason", reason=draft.reason_for(draft.picked[0])))
    return [*blocks, place.say("choose.preview_criteria"), await place.by_whom()]


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
    found = await choose_draft.find(place, answer)
    if found is None:
        raise await choose_draft.why_gone(place, answer)
    if found.mark != call.version:
        raise Gone("choose.preview_old")
    nominees = await choose_draft.picked_nominees(place, found.draft)
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
