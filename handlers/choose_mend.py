"""Putting nominations right: two of one deed become one, one goes to its right unit; each previewed first."""

from bot.domain.errors import Gone, Refused
from bot.domain.people import Unit, UnitId
from bot.messages import Button, Call
from bot.operations.choose_exemplars import number_of
from bot.operations.merge_nominations import get_entry, hold_mendable, merge, split
from bot.operations.move_nomination import find_place, move
from handlers import choose_card, choose_list
from handlers.choose_words import Place, name_of, number_in, post_of, rest
from handlers.nomination_card import UNITS_A_PAGE, period_name
from handlers.pages import known_page, page_buttons, pages_of
from handlers.reason_card import nominee_name
from storage import units
from storage.entries import Entry

_A_PAGE = 8


# --- two of one deed ---


async def ask_other(place: Place, call: Call) -> None:
    """[Gộp với đề cử khác]: with which; `version` is the page."""
    nominee = await place.nominee(number_in(rest(call)))
    number = number_of(nominee)
    await _mendable(place, number)
    others = [one for one in await place.nominees() if number_of(one) != number]
    if not others:
        raise Refused("mend.no_other")
    pages = pages_of(len(others), _A_PAGE)
    page = known_page(call.version, pages)
    rows = [
        *(
            [place.named("into", f"{name_of(place.texts, one)}{post_of(one)}", f"{number}.{number_of(one)}")]
            for one in others[page * _A_PAGE : (page + 1) * _A_PAGE]
        ),
        page_buttons(place.texts, page, pages, lambda to: place.call("merge", number, to)),
        [place.act("card", "button.to_card", number)],
    ]
    place.turn.show(place.say("mend.ask_other", name=name_of(place.texts, nominee)), rows)


async def preview_merge(place: Place, call: Call) -> None:
    """What [Gộp] would do."""
    one, other = _two_numbers(call)
    nominee, into = await place.nominee(one), await place.nominee(other)
    await _mendable(place, one)
    text = place.say(
        "mend.preview_merge", name=name_of(place.texts, nominee), into=name_of(place.texts, into)
    )
    sure = place.act("merge_sure", "button.merge_sure", f"{one}.{other}")
    place.turn.show(text, [[sure], [place.act("merge", "button.back", one)]])


async def merge_sure(place: Place, call: Call) -> None:
    """[Gộp]: the reasons of both are read on the card of the one that stands."""
    one, other = _two_numbers(call)
    entry = await _here(place, one)
    turn = place.turn
    await merge(turn.session, turn.person, one, other, turn.config, turn.now)
    said = place.say("mend.merged", name=nominee_name(place.texts, entry.nominee))
    await choose_card.show_card(place, await place.nominee(other), said=said)


async def split_(place: Place, call: Call) -> None:
    """[Tách ra]: it stands for itself again."""
    number = number_in(rest(call))
    entry = await _here(place, number)
    turn = place.turn
    await split(turn.session, turn.person, number, turn.config, turn.now)
    said = place.say("mend.split", name=nominee_name(place.texts, entry.nominee))
    await choose_list.show(place, said=said)


# --- to its right unit ---


async def ask_unit(place: Place, call: Call) -> None:
    """[Chuyển đơn vị khác]: to which; `version` is the page."""
    nominee = await place.nominee(number_in(rest(call)))
    number = number_of(nominee)
    await _mendable(place, number)
    others = await _other_units(place)
    pages = pages_of(len(others), UNITS_A_PAGE)
    page = known_page(call.version, pages)
    rows: list[list[Button]] = [
        *(
            [place.named("to", unit.name, f"{number}.{unit.id}")]
            for unit in others[page * UNITS_A_PAGE : (page + 1) * UNITS_A_PAGE]
        ),
        page_buttons(place.texts, page, pages, lambda to: place.call("move", number, to)),
        [place.act("card", "button.to_card", number)],
    ]
    place.turn.show(place.say("mend.ask_unit", name=name_of(place.texts, nominee)), rows)


async def preview_move(place: Place, call: Call) -> None:
    """What [Chuyển] would do: to which unit and which month, and whether that nominee is there already."""
    number, unit_id = _two_numbers(call)
    nominee = await place.nominee(number)
    entry = await _mendable(place, number)
    unit = await _unit(place, unit_id)
    where = await find_place(place.turn.session, entry, place.period, unit.id)
    values = {
        "name": name_of(place.texts, nominee),
        "to": unit.name,
        "month": period_name(place.texts, str(where.period)),
    }
    text = place.say("mend.preview_join" if where.joined else "mend.preview_move", **values)
    sure = place.act("move_sure", "button.move_sure", f"{number}.{unit_id}")
    place.turn.show(text, [[sure], [place.act("move", "button.back", number)]])


async def move_sure(place: Place, call: Call) -> None:
    """[Chuyển]: the heads of that unit are told."""
    number, unit_id = _two_numbers(call)
    entry = await _here(place, number)
    unit, turn = await _unit(place, unit_id), place.turn
    where = await move(turn.session, turn.person, number, unit.id, turn.config, turn.now)
    turn.session.after_commit(turn.house.wake)
    month = period_name(place.texts, str(where.period))
    name = nominee_name(place.texts, entry.nominee)
    await choose_list.show(place, said=place.say("mend.moved", name=name, to=unit.name, month=month))


# --- what buttons claim ---


async def _mendable(place: Place, number: int) -> Entry:
    """The nomination, if it is of this unit and month and may be put right now."""
    turn = place.turn
    await _here(place, number)
    entry, _ = await hold_mendable(turn.session, turn.person, number, turn.config, turn.now)
    return entry


async def _here(place: Place, number: int) -> Entry:
    """The nomination, if it is of this unit and month."""
    entry = await get_entry(place.turn.session, number)
    if (entry.nominee.unit_id, entry.period) != (place.unit.id, str(place.period)):
        raise Gone("choose.no_longer")
    return entry


def _two_numbers(call: Call) -> tuple[int, int]:
    one, _, other = rest(call).partition(".")
    return number_in(one), number_in(other)


async def _other_units(place: Place) -> list[Unit]:
    known = await units.list_units(place.turn.session, place.turn.today)
    return [unit for unit in known if unit.id != place.unit.id]


async def _unit(place: Place, unit_id: int) -> Unit:
    for unit in await _other_units(place):
        if unit.id == UnitId(unit_id):
            return unit
    raise Refused("mend.no_unit")
