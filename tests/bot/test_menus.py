"""What Telegram's menu offers to whom, told once and only where it changed."""

from datetime import date

import pytest

from bot.config import Config
from bot.domain.roles import Role
from bot.operations.register_menus import (
    EVERYBODY,
    FILERS,
    HEADS,
    SECRETARIAT,
    Menu,
    Taken,
    register_menus,
)
from bot.sandbox.faults import Fault
from bot.texts import Texts
from handlers import COMMANDS
from handlers.menus import putter
from storage import people
from storage.database import Database
from tests.office import START, Office
from tests.phones import Phone

TODAY = date(2026, 11, 18)
FOR_HEADS = [
    "decu",
    "binhchon",
    "cuatoi",
    "tonghop",
    "guong",
    "baihoc",
    "noidung",
    "sukien",
    "phongtrao",
    "gopy",
    "dulieucuatoi",
    "ngonngu",
    "huy",
    "trogiup",
]


class Telegram:
    """Remembers what it was told, and answers as a test wants."""

    def __init__(self) -> None:
        self.told: list[Menu] = []
        self.answers: list[Taken] = []

    async def __call__(self, menu: Menu) -> Taken:
        self.told.append(menu)
        return self.answers.pop(0) if self.answers else Taken.YES


def texts_for(language: str | None) -> Texts:
    return Texts(language or "vi", Config().office.timezone)


async def register(database: Database, telegram: Telegram, today: date = TODAY) -> bool:
    telegram.told.clear()
    return await register_menus(database, texts_for, telegram, today)


async def test_everything_is_told_once(database):
    """The first time every menu; the second nothing. Heads and leaders have menus of their own."""
    telegram = Telegram()
    assert await register(database, telegram)
    scopes = [(menu.scope, menu.language) for menu in telegram.told]
    assert scopes[:3] == [("default", ""), ("default", "vi"), ("default", "en")]
    own = ["chat:1002", "chat:1004", "chat:1007", "chat:1009", "chat:1011"]
    assert scopes[3:] == [(chat, language) for chat in own for language in ("", "vi", "en")]
    assert await register(database, telegram)
    assert telegram.told == []


async def test_names_and_words_are_of_the_menus_language(database):
    """/decu in Vietnamese and for everybody else, /nominate in English."""
    telegram = Telegram()
    await register(database, telegram)
    everybody_else, vietnamese, english = telegram.told[:3]
    assert everybody_else.commands == vietnamese.commands
    assert vietnamese.commands[0] == ("decu", "Đề cử gương tốt")
    assert english.commands[0] == ("nominate", "Nominate a good example")


async def test_only_what_changed_is_told_again(database):
    """A new head has a menu of their own; one who lost the post has theirs taken away."""
    telegram = Telegram()
    await register(database, telegram)
    async with database.transaction() as session:
        lan = await people.find_by_code(session, "lan")
        hoa = await people.find_by_code(session, "hoa")
        assert lan is not None
        assert hoa is not None
        await people.set_posts(session, lan.id, hoa.posts)
        await people.set_posts(session, hoa.id, lan.posts)
    await register(database, telegram)
    assert {menu.scope: [name for name, _ in menu.commands] for menu in telegram.told} == {
        "chat:1001": [command.en for command in (EVERYBODY[0], *HEADS, *EVERYBODY[1:])],
        "chat:1007": [],
    }
    await register(database, telegram)
    assert telegram.told == []


async def test_a_chosen_language_is_the_menus(database):
    """Who chose English here sees English names, whatever their Telegram speaks."""
    telegram = Telegram()
    await register(database, telegram)
    async with database.transaction() as session:
        for code in ("lan", "hoa"):
            found = await people.find_by_code(session, code)
            assert found is not None
            await people.set_language(session, found.id, "en")
    await register(database, telegram)
    told = {(menu.scope, menu.language): [name for name, _ in menu.commands] for menu in telegram.told}
    assert told[("chat:1001", "")][0] == "nominate"
    assert told[("chat:1007", "")][:2] == ["nominate", "choose"]
    assert told[("chat:1007", "vi")] == told[("chat:1007", "en")] == []


async def test_when_telegram_is_away_the_rest_is_told_later(database):
    """The round ends at the first failure, keeps what was taken, and the next round begins there."""
    telegram = Telegram()
    telegram.answers = [Taken.YES, Taken.YES, Taken.LATER]
    assert not await register(database, telegram)
    assert len(telegram.told) == 3
    assert await register(database, telegram)
    assert (telegram.told[0].scope, telegram.told[0].language) == ("default", "en")


async def test_a_refused_menu_does_not_stop_the_others(database):
    """A chat that is not there is passed over, and tried again the next time."""
    telegram = Telegram()
    telegram.answers = [Taken.YES] * 3 + [Taken.NO]
    assert await register(database, telegram)
    assert len(telegram.told) == 18
    assert await register(database, telegram)
    assert [(menu.scope, menu.language) for menu in telegram.told] == [("chat:1002", "")]


async def test_a_menu_that_cannot_be_taken_away_is_forgotten(database):
    """The person is gone from Telegram, and with them the menu: it is not asked for ever."""
    telegram = Telegram()
    await register(database, telegram)
    async with database.transaction() as session:
        hoa = await people.find_by_code(session, "hoa")
        assert hoa is not None
        await people.erase(session, hoa.id, START)
    telegram.answers = [Taken.NO] * 3
    await register(database, telegram)
    assert [menu.commands for menu in telegram.told] == [(), (), ()]
    await register(database, telegram)
    assert telegram.told == []


@pytest.mark.parametrize(
    "command", [*EVERYBODY, *HEADS, *FILERS, *SECRETARIAT], ids=lambda command: command.en
)
def test_every_command_of_a_menu_leads_somewhere(command):
    """What the menu offers has a route, under both names."""
    assert (command.en, command.vi) in COMMANDS


def shown(office: Office, phone: Phone) -> list[str]:
    return [command["command"] for command in office.telegram.people.commands(phone.user_id)]


async def test_phones_show_the_menus(office: Office):
    """Through Telegram: an employee, a leader, a head of the secretariat, and one whose post ended."""
    bot, office.may_be_refused = office.bot, ("setMyCommands",)
    put = putter(bot.application.bot)
    lan, hung, hoa = (office.phone(code) for code in ("lan", "hung", "hoa"))
    chanh = office.phone("chanh")
    await register_menus(office.database, bot.house.texts_for, put, TODAY)
    assert shown(office, lan) == [name for name in FOR_HEADS if name != "binhchon"]
    assert shown(office, hoa) == FOR_HEADS
    for_clerks = [command.vi for command in (*SECRETARIAT, *FILERS)]
    assert set(shown(office, hung)) == {*FOR_HEADS, *for_clerks}
    assert set(shown(office, chanh)) == {*shown(office, lan), *(command.vi for command in FILERS)}
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, "hoa")
        assert person is not None
        await people.set_posts(session, person.id, [p for p in person.posts if p.role is Role.EMPLOYEE])
    await register_menus(office.database, bot.house.texts_for, put, TODAY)
    assert shown(office, hoa) == shown(office, lan)


async def test_a_failing_telegram_does_not_stop_the_bot(office: Office):
    """Offline is "later", an unknown chat is "no"; nothing is raised."""
    office.may_be_refused = ("setMyCommands",)
    put = putter(office.bot.application.bot)
    assert await put(Menu("chat:424242", "", (("huy", "Dừng"),))) is Taken.NO
    office.telegram.faults.add(Fault("offline"))
    assert await put(Menu("default", "", (("huy", "Dừng"),))) is Taken.LATER
