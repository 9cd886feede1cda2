"""Everything that leaves the office or is read in it, as text, for tests of who may not be named in it."""

import io
import re
import zipfile
from html import unescape

from bot.documents.document_files import make_document
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.errors import Gone
from bot.domain.periods import read_period
from bot.domain.weeks import monday_of
from bot.operations.articles import approve, open_article
from handlers import COMMANDS, articles_package, summary
from storage import conversations, jobs, people
from tests.office import START, Office
from tests.phones import Phone

ROLES = {"leader": "chanh", "head": "minh", "other head": "hoa", "secretariat": "hung", "employee": "lan"}
PERIODS = ("2026-11", "2026")
FORMS = ("Excel", "CSV", "JSON")
_TAG = re.compile(r"<[^<>]*>")
_SCREENS_MAX = 400


def text_of(content: bytes) -> str:
    """All that a file says: workbooks, documents and archives are opened, marks of XML left out."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(f"{name}\n{text_of(archive.read(name))}" for name in archive.namelist())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    if text.lstrip().startswith("<"):
        text = _TAG.sub("", re.sub(r"</(?:w:p|si|is|v|p|h\d|li)>", "\n", text))
    return unescape(text)


def files_sent(office: Office, phone: Phone) -> list[tuple[str, bytes]]:
    """The files that the bot has sent to somebody: name and bytes, oldest first."""
    world, found = office.telegram.world, []
    for message in phone.messages():
        if message.from_bot and (shown := message.raw["document"]):
            held = world.find_file(shown["file_id"])
            assert held is not None
            found.append((shown["name"], world.file_bytes(held["path"]) or b""))
    return found


async def every_summary(office: Office, role: str) -> str:
    """What somebody reads by pressing every button of the summary of this month and this year.

    Below each caption stands what its chart shows.
    """
    phone, said = office.phone(ROLES[role]), []
    await phone.send("/tonghop")
    todo, known = [""], {""}
    while todo:
        data = todo.pop()
        if data:
            await phone.tap_data(data)
        said += [phone.screen, await _chart(office, phone)]
        for row in phone.last.raw["buttons"]:
            for button in row:
                pressed = button["data"]
                if _is_of_now(pressed) and pressed not in known:
                    known.add(pressed)
                    todo.append(pressed)
        assert len(known) < _SCREENS_MAX
    return "\n".join(said)


def _is_of_now(data: str) -> bool:
    """A button of the summary that does not lead to another time."""
    flow, *parts = data.split(":")
    return flow == summary.FLOW and parts[-1].split(".")[0] in PERIODS


async def _chart(office: Office, phone: Phone) -> str:
    async with office.database.reading() as session:
        screen = await conversations.find_screen(session, phone.user_id)
    return str(screen.body.get("chart", "")) if screen else ""


async def every_command(office: Office, role: str) -> str:
    """The first screen of every command."""
    phone, said = office.phone(ROLES[role]), []
    for names in COMMANDS:
        await phone.send(f"/{names[0]}")
        said.append(phone.screen)
    await phone.send("/huy")
    return "\n".join(said)


async def every_document(office: Office) -> dict[str, str]:
    """Every kind of document: about the month, the year, the week, every exemplar that may be told of."""
    made: dict[str, str] = {}
    week = DocumentAsk(week=monday_of(START.date()))
    for kind in DocumentKind:
        asks = [DocumentAsk(read_period(period)) for period in PERIODS]
        if kind is DocumentKind.MEETING:
            asks.append(week)
        if kind is DocumentKind.ACHIEVEMENTS:
            async with office.database.reading() as session:
                rows = await session.fetch("select id from exemplars order by id")
            asks = [DocumentAsk(exemplar_id=row["id"]) for row in rows]
        made[kind.value] = "\n".join([await _document(office, kind, ask) for ask in asks])
    return made


async def _document(office: Office, kind: DocumentKind, ask: DocumentAsk) -> str:
    async with office.database.reading() as session:
        try:
            made = await make_document(session, kind, ask, office.config, office.clock())
        except Gone:
            return ""
    return f"{made.file_name}\n{text_of(made.content)}"


async def every_export(office: Office) -> dict[str, str]:
    """Of all there ever was, in every form, as the secretariat gets it."""
    hung, made = office.phone("hung"), {}
    for form in FORMS:
        await hung.send("/xuat")
        await hung.tap("Tất cả các kỳ")
        await hung.tap(form)
        name, content = files_sent(office, hung)[-1]
        made[form] = f"{name}\n{text_of(content)}"
    return made


async def the_article(office: Office, article_id: int) -> str:
    """The package of an article, approved first where it is a draft."""
    hung = office.phone("hung")
    async with office.database.transaction() as session:
        me = await people.find_by_code(session, "hung")
        assert me is not None
        opened = await open_article(session, me, article_id, START.date())
        if opened.article.state == "draft":
            opened = await approve(session, me, opened.article, office.config, office.clock())
        args: dict[str, object] = {"article_id": article_id, "version": opened.article.version}
        await jobs.add_task(session, articles_package.MAKE, me.id, args, office.clock())
    await office.settle()
    name, content = files_sent(office, hung)[-1]
    return f"{name}\n{text_of(content)}"
