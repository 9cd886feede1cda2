"""/moi: personal links for those who have not come in, of a unit or one by one.

The links are secrets: they are made by a task that sends them at once, and stand in no row.
"""

import asyncio

from bot.documents.invite_sheet import invite_sheet
from bot.documents.invite_words import cards, sheet_words
from bot.domain.errors import Gone, Refused
from bot.domain.people import Person, PersonId, Unit, UnitId
from bot.domain.writing import abridge, clean
from bot.messages import Button, Call
from bot.operations.find_nominee import find_nominee
from bot.operations.make_invites import Invitation, find_outside, make_invites
from bot.texts import Html, Texts
from handlers.pages import in_pages, known_page, page_buttons, pages_of
from handlers.turn import Turn
from handlers.workshop import Workshop, ask_for, only_secretariat
from storage import invites, jobs, people, units
from storage.database import Session
from storage.jobs import Task

FLOW = "v"
MAKE = "invite"
_UNITS_A_PAGE = 8


# --- the conversation ---


async def start(turn: Turn) -> None:
    """/moi: for which unit, or for whom."""
    only_secretariat(turn)
    await _ask(turn, 0)


async def _ask(turn: Turn, wanted: int) -> None:
    outside = await invites.count_outside(turn.session)
    known = [unit for unit in await units.list_units(turn.session) if unit.id in outside]
    pages = pages_of(len(known), _UNITS_A_PAGE)
    page = known_page(wanted, pages)
    shown = known[page * _UNITS_A_PAGE : (page + 1) * _UNITS_A_PAGE]
    rows = [
        *([_unit_button(unit, outside[unit.id])] for unit in shown),
        page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, 0, 0, "page", str(to)))),
    ]
    turn.show(turn.say("invite.ask") if known else turn.say("invite.everybody_in"), rows, flow=FLOW)


async def receive(turn: Turn) -> None:
    """A name is typed."""
    only_secretariat(turn)
    typed = clean(turn.incoming.text, multiline=False)[:80]
    found = await find_nominee(turn.session, typed, None, turn.person)
    people_ = [found.clear] if found.clear else found.choices
    rows = [[_person_button(person)] for person in people_ if not person.left]
    turn.show(turn.say("invite.which" if rows else "invite.nobody_found", typed=typed), rows, flow=FLOW)


async def tap(turn: Turn, call: Call) -> None:
    """A unit or a person chosen, and then confirmed: older links of theirs end."""
    only_secretariat(turn)
    if call.act == "page":
        await _ask(turn, call.number)
    elif call.act in {"unit", "person"}:
        named, n = await _named(turn, call)
        make = Button(turn.plain("button.make_invites"), str(Call(FLOW, 0, 0, f"make_{call.act}", call.arg)))
        back = Button(turn.plain("button.back"), str(Call(FLOW, 0, 0, "page", "0")))
        days = turn.config.roster.invite_days
        turn.show(turn.texts.count("invite.confirm", n, name=named, days=days), [[make, back]], flow=FLOW)
    elif call.act in {"make_unit", "make_person"} and call.number > 0:
        await ask_for(turn, MAKE, {call.act.removeprefix("make_"): call.number})
        turn.show(turn.say("invite.making"), flow=FLOW)
    else:
        raise Gone("stale")


async def _named(turn: Turn, call: Call) -> tuple[str, int]:
    if call.act == "person":
        try:
            return (await people.get_person(turn.session, PersonId(call.number))).full_name, 1
        except people.NoSuchPerson:
            raise Gone("stale") from None
    unit = next((u for u in await units.list_units(turn.session) if u.id == call.number), None)
    n = (await invites.count_outside(turn.session)).get(UnitId(call.number), 0)
    if unit is None or n == 0:
        raise Refused("invite.nobody")
    return unit.name, n


def _unit_button(unit: Unit, n: int) -> Button:
    return Button(f"{abridge(unit.name, 50)} ({n})", str(Call(FLOW, 0, 0, "unit", str(unit.id))))


def _person_button(person: Person) -> Button:
    label = abridge(f"{person.label} · {person.unit_name}", 60)
    return Button(label, str(Call(FLOW, 0, 0, "person", str(person.id))))


# --- the work ---


async def make(shop: Workshop, task: Task) -> None:
    """Make the links and send them: as text to be passed on, and as a sheet to be printed.

    Begun again after a crash, it makes new links and the former ones end.
    """
    person = await shop.person_of(task)
    if person is None:
        return
    house = shop.house
    now = house.clock()
    if person.telegram_id is not None:
        try:
            async with house.database.transaction() as session:
                made = await make_invites(session, await _whom(session, task), house.config, person, now)
        except Refused as refusal:
            texts = shop.texts_of(person)
            await shop.send(person.telegram_id, texts.say(refusal.message_id, **refusal.values))
        else:
            await _send(shop, person.telegram_id, shop.texts_of(person), made)
    async with house.database.transaction() as session:
        await jobs.end_task(session, task.id, house.clock())


async def _whom(session: Session, task: Task) -> list[Person]:
    if "person" in task.args:
        return [await people.get_person(session, PersonId(task.args["person"]))]
    return await find_outside(session, UnitId(task.args["unit"]))


async def _send(shop: Workshop, chat_id: int, texts: Texts, made: list[Invitation]) -> None:
    house = shop.house
    base = f"https://t.me/{house.bot_name()}"
    days = house.config.roster.invite_days
    for page in in_pages([texts.count("invite.links", len(made), days=days), *_lines(texts, made, base)]):
        await shop.send(chat_id, page)
    # The sheet is in the office's language: it goes to others.
    words = sheet_words(house.texts_for(None), house.config.office.name)
    sheet = await asyncio.to_thread(invite_sheet, cards(made, base), words)
    name = texts.plain("invite.file_name")
    await shop.send_file(chat_id, sheet.encode(), name, texts.say("invite.sheet_sent"))


def _lines(texts: Texts, made: list[Invitation], base: str) -> list[Html]:
    return [
        texts.say("invite.line", name=one.person.full_name, unit=one.person.unit_name, link=one.link(base))
        for one in made
    ]
