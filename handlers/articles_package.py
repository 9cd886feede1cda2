"""The package of an article: its pictures come from Telegram, the zip goes to the clerk and stays nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.documents.article_package import pack, picture_name
from bot.documents.article_words import article_text, consents_text, list_agreed
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Exemplar, ExemplarId
from bot.domain.people import Person
from bot.operations.articles import Opened, check_publishable, open_article
from bot.operations.exemplar_words import published_in
from bot.texts import N_
from handlers.workshop import SENT_BYTES_MAX, Workshop
from storage import access, jobs
from storage.jobs import Task

MAKE = "article"
"""The kind of task; its args are ``{"article_id", "version"}``."""


@dataclass(frozen=True)
class _Pictures:
    """The files of the package, and which of them stands in the article, by exemplar."""

    files: Mapping[str, bytes]
    shown: Mapping[ExemplarId, str]


async def make(shop: Workshop, task: Task) -> None:
    """Send the package. Who has agreed is looked at again once the pictures are here."""
    person = await shop.person_of(task)
    if person is None or person.telegram_id is None:
        return
    try:
        opened = await _open(shop, task, person)
        pictures = await _fetch(shop, opened)
        content = await _pack(shop, task, person, pictures)
    except Refused as refusal:
        await shop.end_told(task, refusal.message_id, refusal.values)
        return
    texts, number = shop.texts_of(person), opened.article.id
    caption = texts.say("article.package", number=number)
    name = texts.plain("article.package_name", number=number)
    await shop.send_file(person.telegram_id, content, f"{name}.zip", caption)
    async with shop.house.database.transaction() as session:
        now = shop.house.clock()
        detail = f"v{opened.article.version} {len(opened.told)}"
        await access.note(session, person.id, "export", "article", number, now, detail)
        await jobs.end_task(session, task.id, now)


async def _open(shop: Workshop, task: Task, person: Person) -> Opened:
    today = shop.house.config.office.day_of(shop.house.clock())
    async with shop.house.database.reading() as session:
        opened = await open_article(session, person, task.args["article_id"], today)
    if opened.article.version != task.args["version"]:
        raise Gone("article.changed")
    check_publishable(opened)
    return opened


async def _pack(shop: Workshop, task: Task, person: Person, pictures: _Pictures) -> bytes:
    opened, config, now = await _open(shop, task, person), shop.house.config, shop.house.clock()
    async with shop.house.database.reading() as session:
        agreed = await list_agreed(session, opened, published_in(config))
    missing = {one.id for one in opened.told} - pictures.shown.keys()
    text = article_text(opened, config, now, pictures.shown)
    consents = consents_text(opened, agreed, missing, config, now)
    content = pack(text, consents, pictures.files, now.astimezone(config.office.timezone))
    if len(content) > SENT_BYTES_MAX:
        raise Refused(N_("export.too_heavy"), most=SENT_BYTES_MAX // 10**6)
    return content


async def _fetch(shop: Workshop, opened: Opened) -> _Pictures:
    """The photo and the card of each; the article shows the photo where there is one."""
    files: dict[str, bytes] = {}
    shown: dict[ExemplarId, str] = {}
    for number, exemplar in enumerate(opened.told, 1):
        for what, file_id in _file_ids(exemplar).items():
            content = await shop.fetch_kept(file_id)
            if content is None:
                continue
            name = picture_name(number, what, content)
            files[name] = content
            shown.setdefault(exemplar.id, name)
    return _Pictures(files, shown)


def _file_ids(exemplar: Exemplar) -> dict[str, str]:
    found = {"anh": exemplar.photo, "the": exemplar.card if exemplar.has_card else None}
    return {what: file_id for what, file_id in found.items() if file_id}
