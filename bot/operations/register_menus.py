"""What Telegram's menu button offers: commands in each language, and more for those with more roles.

Everybody has the commands of an employee, in the language of their Telegram. Who holds a role, or has chosen
a language here, has a menu of their own. Telegram is told once, and again only where something changed.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.people import Person
from bot.domain.roles import Role
from bot.operations import file_documents
from bot.texts import LOCALES, N_, Texts
from storage import jobs, people
from storage.database import Database, Session

DEFAULT_SCOPE = "default"
CHAT_SCOPE = "chat:"
"""What the scope of one person's menu begins with; their Telegram id follows."""


@dataclass(frozen=True)
class Command:
    """A command by its two names, and the id of what it says it does."""

    en: str
    vi: str
    says: str

    def name(self, locale: str) -> str:
        """The name the menu shows in a language."""
        return self.vi if locale == "vi" else self.en


EVERYBODY = (
    Command("nominate", "decu", N_("menu.nominate")),
    Command("mine", "cuatoi", N_("menu.mine")),
    Command("summary", "tonghop", N_("menu.summary")),
    Command("exemplars", "guong", N_("menu.exemplars")),
    Command("lessons", "baihoc", N_("menu.lessons")),
    Command("library", "noidung", N_("menu.library")),
    Command("events", "sukien", N_("menu.events")),
    Command("movements", "phongtrao", N_("menu.movements")),
    Command("suggest", "gopy", N_("menu.suggest")),
    Command("mydata", "dulieucuatoi", N_("menu.mydata")),
    Command("language", "ngonngu", N_("menu.language")),
    Command("cancel", "huy", N_("menu.cancel")),
    Command("help", "trogiup", N_("menu.help")),
)
HEADS = (Command("choose", "binhchon", N_("menu.choose")),)
FILERS = (Command("documents", "vanban", N_("menu.documents")),)
"""For the secretariat and for leaders."""
SECRETARIAT = (
    Command("desk", "banlam", N_("menu.desk")),
    Command("paper", "nhapgiay", N_("menu.paper")),
    Command("announce", "thongbao", N_("menu.announce")),
    Command("roster", "nhansu", N_("menu.roster")),
    Command("invite", "moi", N_("menu.invite")),
    Command("export", "xuat", N_("menu.export")),
    Command("articles", "baiviet", N_("menu.articles")),
    Command("published", "dadang", N_("menu.published")),
    Command("chats", "nhom", N_("menu.chats")),
    Command("status", "trangthai", N_("menu.status")),
)


@dataclass(frozen=True)
class Menu:
    """The commands of a scope for a language ("" is everybody else's); none means that the menu goes."""

    scope: str
    language: str
    commands: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        """What tells that the commands have changed."""
        return hashlib.sha256(json.dumps(self.commands).encode()).hexdigest()[:32]


class Taken(StrEnum):
    """What Telegram said to a menu: it has it, it will not have it, or it could not be asked."""

    YES = "yes"
    NO = "no"
    LATER = "later"


Put = Callable[[Menu], Awaitable[Taken]]
TextsFor = Callable[[str | None], Texts]


async def register_menus(database: Database, texts_for: TextsFor, put: Put, today: date) -> bool:
    """Tell Telegram every menu that changed; False if some have to be told later.

    A menu that is not wanted any more is taken away. What Telegram refuses is tried again the next time: the
    person may not have come in yet.
    """
    async with database.reading() as session:
        known = await jobs.menus(session)
        wanted = await _wanted(session, texts_for, today)
    changed = [menu for key, menu in wanted.items() if known.get(key) != menu.digest]
    changed += [Menu(scope, language, ()) for scope, language in known.keys() - wanted.keys()]
    done, complete = [], True
    for menu in changed:
        taken = await put(menu)
        if taken is Taken.LATER:
            complete = False
            break
        if taken is Taken.YES or not menu.commands:
            done.append(menu)
    if done:
        async with database.transaction() as session:
            for menu in done:
                await _remember(session, menu)
    return complete


async def _remember(session: Session, menu: Menu) -> None:
    if menu.commands:
        await jobs.set_menu(session, menu.scope, menu.language, menu.digest)
    else:
        await jobs.drop_menu(session, menu.scope, menu.language)


async def _wanted(session: Session, texts_for: TextsFor, today: date) -> Mapping[tuple[str, str], Menu]:
    menus = _in_all_languages(DEFAULT_SCOPE, EVERYBODY, texts_for)
    for person in await people.list_with_own_menu(session):
        commands = commands_for(person, today)
        scope = f"{CHAT_SCOPE}{person.telegram_id}"
        if person.language:
            menus.append(_menu(scope, "", commands, texts_for(person.language)))
        elif commands != EVERYBODY:
            menus += _in_all_languages(scope, commands, texts_for)
    return {(menu.scope, menu.language): menu for menu in menus}


def commands_for(person: Person, today: date) -> tuple[Command, ...]:
    """What a person's menu offers on a day."""
    first, *rest = EVERYBODY
    heads = HEADS if person.heads(today) else ()
    secretariat = SECRETARIAT if person.has(Role.SECRETARIAT, today) else ()
    filers = FILERS if any(person.has(role, today) for role in file_documents.FILERS) else ()
    return (first, *heads, *secretariat, *filers, *rest)


def _in_all_languages(scope: str, commands: Sequence[Command], texts_for: TextsFor) -> list[Menu]:
    own = [_menu(scope, locale, commands, texts_for(locale)) for locale in LOCALES]
    return [_menu(scope, "", commands, texts_for(None)), *own]


def _menu(scope: str, language: str, commands: Sequence[Command], texts: Texts) -> Menu:
    shown = tuple((command.name(texts.locale), texts.plain(command.says)) for command in commands)
    return Menu(scope, language, shown)
