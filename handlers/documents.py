"""/vanban: documents to be filed. Which kind, about which period, week or exemplar; a task makes it.

The secretariat and leaders have them; /summary leads here with its period chosen already.
"""

import asyncio
from datetime import date, timedelta
from pathlib import Path

from bot.documents.document_files import Collected, check_ask, collect
from bot.documents.office_document import to_pdf
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.errors import Gone, Refused
from bot.domain.exemplars import Exemplar
from bot.domain.people import Person
from bot.domain.periods import Period, read_period
from bot.domain.typed_periods import read_typed_document
from bot.domain.weeks import monday_of, read_week, write_week
from bot.domain.writing import abridge, capital
from bot.messages import Button, Call, in_rows
from bot.operations.compose_documents import (
    DOCUMENT,
    NAMES,
    about_words,
    read_ask,
    week_words,
    write_ask,
)
from bot.operations.file_documents import FILERS, check_dossier, check_filer, list_dossiers
from bot.tasks import TryLater, end, file_of, occurrence
from handlers.ask_period import SHOWN, behind, offered
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from handlers.workshop import Workshop, ask_for
from storage import access, jobs, notices
from storage.jobs import Task

FLOW = "dc"
MAKE = "document"
PDF = ":pdf"
"""What the occurrence of the notice with the PDF ends with."""
_A_PAGE = 8
_LABEL_MAX = 60


# --- the conversation ---


async def start(turn: Turn) -> None:
    """/vanban: which kind; or what is typed behind it."""
    check_filer(turn.person, turn.today)
    typed = behind(turn)
    if typed:
        await _take_typed(turn, typed)
    else:
        _ask_kind(turn)


async def _take_typed(turn: Turn, typed: str) -> None:
    """What is said already is not asked: "báo cáo tháng 10" is made at once."""
    said = read_typed_document(typed, turn.today)
    if said is None:
        raise Refused("document.not_understood", typed=abridge(typed, SHOWN))
    kind = DocumentKind.MEETING if said.kind is None and said.week else said.kind
    if said.week and kind is not DocumentKind.MEETING:
        raise Refused("document.week_is_for_packs")
    if said.period and said.period.first_on > turn.today:
        raise Refused("period.not_begun", period=turn.texts.period(str(said.period)))
    if kind is DocumentKind.ACHIEVEMENTS:
        await _ask_exemplar(turn, said.period, 0)
    elif kind and (said.period or said.week):
        await _order(turn, kind, DocumentAsk(said.period, said.week))
    elif kind:
        await _ask_about(turn, kind)
    elif said.period:
        _ask_kind_of(turn, said.period)


async def tap(turn: Turn, call: Call) -> None:
    """A kind, a period, an exemplar chosen; or the document wanted."""
    check_filer(turn.person, turn.today)
    if call.act == "kinds":
        _ask_kind(turn)
    elif call.act == "kind" and call.arg in NAMES:
        await _ask_about(turn, DocumentKind(call.arg))
    elif call.act == "period" and (period := read_period(call.arg)):
        _ask_kind_of(turn, period)
    elif call.act == "people":
        await _ask_exemplar(turn, read_period(call.arg), call.version)
    elif call.act == "make":
        await _want(turn, call)
    else:
        raise Gone("stale")


def _ask_kind(turn: Turn) -> None:
    rows = [[_button(turn.plain(NAMES[kind]), "kind", kind.value)] for kind in DocumentKind]
    turn.show(turn.say("document.ask_kind"), rows, flow=FLOW)


async def _ask_about(turn: Turn, kind: DocumentKind) -> None:
    if kind is DocumentKind.ACHIEVEMENTS:
        await _ask_exemplar(turn, None, 0)
        return
    texts = turn.texts
    weeks = _weeks(turn.today) if kind is DocumentKind.MEETING else []
    buttons = [_about_button(kind, capital(week_words(texts, week)), write_week(week)) for week in weeks]
    buttons += [_about_button(kind, capital(texts.period(str(one))), str(one)) for one in offered(turn)]
    rows = [*in_rows(buttons, 2), [_button(turn.plain("button.other_document"), "kinds")]]
    turn.show(turn.say("document.ask_about", kind=turn.plain(NAMES[kind])), rows, flow=FLOW)


def _ask_kind_of(turn: Turn, period: Period) -> None:
    """The period is chosen already: what is wanted about it."""
    rows = [[_about_button(kind, turn.plain(NAMES[kind]), str(period))] for kind in DocumentKind]
    rows[list(DocumentKind).index(DocumentKind.ACHIEVEMENTS)] = [
        _button(turn.plain(NAMES[DocumentKind.ACHIEVEMENTS]), "people", str(period))
    ]
    turn.show(turn.say("document.ask_kind_of", period=turn.texts.period(str(period))), rows, flow=FLOW)


async def _ask_exemplar(turn: Turn, period: Period | None, wanted: int) -> None:
    found = await list_dossiers(turn.session, turn.person, turn.today)
    if period is not None:
        found = [one for one in found if one.period in period.month_names]
    pages = pages_of(len(found), _A_PAGE)
    page = known_page(wanted, pages)
    about = str(period) if period else ""
    rows = [
        *([_exemplar_button(turn, one)] for one in found[page * _A_PAGE :][:_A_PAGE]),
        page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, 0, to, "people", about))),
        [_button(turn.plain("button.other_document"), "kinds")],
    ]
    text = turn.texts.count("document.ask_exemplar", len(found)) if found else turn.say("document.nobody")
    turn.show(text, rows, flow=FLOW)


async def _want(turn: Turn, call: Call) -> None:
    """A task makes it; pressed twice on the same screen it is made once."""
    name, _, about = call.arg.partition(",")
    if name not in NAMES:
        raise Gone("stale")
    kind = DocumentKind(name)
    ask = DocumentAsk(read_period(about), read_week(about))
    if kind is DocumentKind.ACHIEVEMENTS:
        exemplar = await check_dossier(turn.session, turn.person, call.row, turn.today)
        ask = DocumentAsk(exemplar_id=exemplar.id)
    screen = turn.screen
    if screen and "task" in screen.body and screen.message_id == turn.incoming.message_id:
        turn.again(turn.plain("stale"))
        return
    await _order(turn, kind, ask)


async def _order(turn: Turn, kind: DocumentKind, ask: DocumentAsk) -> None:
    check_ask(kind, ask, turn.now, turn.config)
    task_id = await ask_for(turn, MAKE, write_ask(kind, ask))
    values = {"kind": turn.plain(NAMES[kind]), "about": about_words(turn.texts, ask)}
    turn.show(turn.say("document.making", **values), flow=FLOW)
    turn.answer = {**(turn.answer or {}), "task": task_id}


def _weeks(today: date) -> list[date]:
    monday = monday_of(today)
    return [monday, monday - timedelta(days=7)]


def _button(label: str, act: str, arg: str = "") -> Button:
    return Button(label, str(Call(FLOW, 0, 0, act, arg)))


def _about_button(kind: DocumentKind, label: str, about: str) -> Button:
    return _button(label, "make", f"{kind.value},{about}")


def _exemplar_button(turn: Turn, exemplar: Exemplar) -> Button:
    label = f"{exemplar.nominee.name} · {turn.texts.period(exemplar.period)} · {exemplar.unit_name}"
    call = Call(FLOW, exemplar.id, 0, "make", f"{DocumentKind.ACHIEVEMENTS.value},")
    return Button(abridge(label, _LABEL_MAX), str(call))


# --- the work ---


async def make(shop: Workshop, task: Task) -> None:
    """Make the document and, where LibreOffice is, its PDF; send both, saying on the screen how far it is."""
    person = await shop.person_of(task, FILERS)
    if person is None:
        return
    house = shop.house
    kind, ask = read_ask(task.args)
    about: str = task.args["about"]
    try:
        collected = await _collect(shop, person, kind, ask)
        photos = {one: await shop.fetch_kept(one) for one in collected.photos}
        if photos:  # those of whom they are may have changed their minds meanwhile
            collected = await _collect(shop, person, kind, ask)
        made = await asyncio.to_thread(collected.made, photos)
    except Refused as refusal:
        await shop.end_told(task, refusal.message_id, refusal.values)
        return
    path = file_of(shop.folder, task.id, made.file_name)
    await asyncio.to_thread(path.write_bytes, made.content)
    texts = shop.texts_of(person)
    values = {"kind": texts.plain(NAMES[kind]), "about": about_words(texts, ask)}
    another = _button(
        texts.plain("button.other_document"), *(("period", about) if ask.period else ("kinds",))
    )
    await shop.tell(task, person, texts.say("document.made", **values), [[another]])
    await _send(shop, task, path)
    pdf = await asyncio.to_thread(to_pdf, path)
    async with house.database.transaction() as session:
        if pdf is not None:
            said, now = _file(task, pdf), house.clock()
            await notices.plan(session, DOCUMENT, occurrence(task) + PDF, person.id, said, now)
        await end(session, task, house.clock, DOCUMENT, _file(task, path))


async def _collect(shop: Workshop, person: Person, kind: DocumentKind, ask: DocumentAsk) -> Collected:
    config, now = shop.house.config, shop.house.clock()
    async with shop.house.database.reading() as session:
        if ask.exemplar_id is not None:
            await check_dossier(session, person, ask.exemplar_id, config.office.day_of(now))
        return await collect(session, kind, ask, config, now)


async def _send(shop: Workshop, task: Task, docx: Path) -> None:
    """What is to be edited goes out at once, and is noted; the end of the task follows the PDF.

    Raises TryLater where the rows have been emptied of somebody meanwhile.
    """
    async with shop.house.database.transaction() as session:
        if not await jobs.hold_task(session, task):
            raise TryLater
        now = shop.house.clock()
        said, person_id = _file(task, docx), task.person_id
        if await notices.plan(session, DOCUMENT, occurrence(task), person_id, said, now):
            detail = f"{task.args['kind']} {task.args['about']}".strip()
            number = task.args["exemplar_id"]
            await access.note(session, person_id, "document", "document", number, now, detail)
        session.after_commit(shop.house.wake)


def _file(task: Task, path: Path) -> dict[str, object]:
    """The body of the notice that brings a file."""
    return {**task.args, "file": {"path": str(path), "name": path.name.removeprefix(f"{task.id}-")}}
