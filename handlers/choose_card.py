"""One nominee as the head reads it: every reason, the evidence, what was before; a screen at a time."""

from bot.domain.errors import Gone
from bot.domain.nominations import Attachment
from bot.domain.periods import read_period
from bot.domain.writing import abridge
from bot.messages import Button, Call, body
from bot.operations.answer_for_unit import open_unit
from bot.operations.choose_exemplars import Nominee, count_nominators, number_of
from bot.operations.merge_nominations import may_split
from bot.texts import Html
from handlers.choose_words import Place, name_of, nominator_of, number_in, rest
from handlers.nomination_card import period_name
from handlers.pages import SCREEN, in_pages, known_page, page_buttons
from handlers.reason_card import nominee_line, nominee_name, reason_blocks
from storage import choices, entries, exemplars
from storage.choices import ChosenBefore
from storage.entries import Entry

_QUOTED = 300


async def show(place: Place, call: Call) -> None:
    """A page (`version`) of the card."""
    await show_card(place, await place.nominee(number_in(rest(call))), call.version)


async def show_card(place: Place, nominee: Nominee, wanted: int = 0, said: Html | None = None) -> None:
    """A page of a nominee's card."""
    turn = place.turn
    await open_unit(turn.session, turn.person, place.unit.id, place.period, turn.config, turn.now)
    number = number_of(nominee)
    entry = await entries.find_entry(turn.session, number)
    merged = await entries.list_merged(turn.session, [number])
    answer = await place.answer()
    chosen = answer is not None and number in [choice.nomination_id for choice in answer.choices]
    blocks = [*([said, Html("")] if said else []), *await _head_blocks(place, nominee, entry, chosen=chosen)]
    blocks += [place.say("choose.holds", name=nominee_name(place.texts, part.nominee)) for part in merged]
    pages = in_pages([*blocks, *_reasons(place, nominee)], SCREEN)
    page = known_page(wanted, len(pages))
    rows: list[list[Button]] = [
        page_buttons(place.texts, page, len(pages), lambda to: place.call("card", number, to)),
        _evidence_button(place, nominee),
    ]
    if place.may_answer(answer):
        rows += _ways(place, nominee, merged, entry, chosen=chosen, answered=answer is not None)
    turn.show(pages[page], [*rows, [place.to_list()]])


async def _head_blocks(place: Place, nominee: Nominee, entry: Entry | None, *, chosen: bool) -> list[Html]:
    texts, first = place.texts, nominee[0].endorsement
    blocks = [
        nominee_line(texts, first.nominee, place.unit.name),
        texts.count("choose.reasons", count_nominators(nominee), period=place.name),
    ]
    if chosen:
        blocks.append(place.say("choose.is_chosen"))
    if entry is not None and entry.moved_from:
        blocks.append(place.say("choose.moved_from", from_unit=entry.moved_from))
    return [*blocks, *await _before(place, nominee)]


async def _before(place: Place, nominee: Nominee) -> list[Html]:
    """For a longer period the months that chose this nominee, and why; then earlier choices and honours."""
    found = await choices.list_of_nominee(place.turn.session, nominee[0].endorsement.nominee.key)
    public = await _public(place, found)
    months = set(place.period.month_names) if place.period.months > 1 else set()
    lines, said = [], set()
    for one in found:
        if one.period == str(place.period):
            continue
        ours, honoured = one.unit_id == place.unit.id, one.exemplar_id in public
        values = {"period": period_name(place.texts, one.period), "reason": abridge(one.reason, _QUOTED)}
        if one.period in months and ours:
            lines.append(place.say("choose.month_chose", **values))
        elif honoured and one.exemplar_id not in said:
            lines.append(place.say("choose.honoured_before", **values))
            said.add(one.exemplar_id)
        elif ours and not honoured and _is_past(place, one):
            lines.append(place.say("choose.chosen_before", **values))
    return lines


def _is_past(place: Place, one: ChosenBefore) -> bool:
    period = read_period(one.period)
    return period is not None and period.until_on <= place.period.first_on


async def _public(place: Place, found: list[ChosenBefore]) -> set[int | None]:
    numbers = {one.exemplar_id for one in found if one.exemplar_id is not None}
    if not numbers:
        return set()
    listed = await exemplars.list_exemplars(place.turn.session, sorted(numbers))
    return {one.id for one in listed if one.is_public}


def _reasons(place: Place, nominee: Nominee) -> list[Html]:
    texts, blocks = place.texts, []
    months = {row.endorsement.period for row in nominee}
    for number, row in enumerate(nominee, 1):
        sent = row.endorsement
        blocks += [Html(""), texts.say("choose.by", number=number, name=nominator_of(texts, row))]
        if len(months) > 1:
            blocks.append(texts.say("choose.reason_of", period=period_name(texts, sent.period)))
        blocks += reason_blocks(texts, sent, SCREEN)
    return blocks


def _ways(
    place: Place,
    nominee: Nominee,
    merged: list[Entry],
    entry: Entry | None,
    *,
    chosen: bool,
    answered: bool,
) -> list[list[Button]]:
    number = number_of(nominee)
    rows = []
    if not answered and not nominee[0].nominee_erased:
        rows.append([place.act("this", "button.choose_this", number)])
    if answered:
        rows.append([place.act("edit", "button.change_answer")])
    if place.period.months > 1 or entry is None:
        return rows
    for part in merged:
        if may_split(part, entry):
            name = nominee_name(place.texts, part.nominee)
            rows.append([place.act("split", "button.split", part.id, name=name)])
    if not chosen and not merged:
        rows.append([place.act("merge", "button.merge", number)])
        rows.append([place.act("move", "button.move", number)])
    return rows


# --- the evidence ---


def _evidence_button(place: Place, nominee: Nominee) -> list[Button]:
    n = len(_evidence(place, nominee))
    return [place.act("ev", "button.see_evidence", number_of(nominee), n=n)] if n else []


def _evidence(place: Place, nominee: Nominee) -> list[tuple[Attachment, str]]:
    return [
        (file, nominator_of(place.texts, row)) for row in nominee for file in row.endorsement.reason.evidence
    ]


async def show_evidence(place: Place, call: Call) -> None:
    """[Xem minh chứng]: one picture or file (`version`) at a time, as it was sent."""
    nominee = await place.nominee(number_in(rest(call)))
    number, found = number_of(nominee), _evidence(place, nominee)
    if not found:
        raise Gone("choose.no_evidence")
    at = known_page(call.version, len(found))
    file, who = found[at]
    caption = place.say(
        "choose.evidence", number=at + 1, n=len(found), name=name_of(place.texts, nominee), who=who
    )
    rows = [
        page_buttons(place.texts, at, len(found), lambda to: place.call("ev", number, to)),
        [place.act("card", "button.to_card", number)],
    ]
    place.turn.show_body({**body(caption, rows), file.kind: file.file_id})
