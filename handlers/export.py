"""/xuat: nominations and what became of them. Which period, which form; then a task makes it and sends it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from bot.documents.export_files import STYLES, Style
from bot.documents.export_look import Look
from bot.domain.errors import Gone
from bot.domain.names import fold
from bot.domain.people import Person
from bot.domain.periods import Period, read_period
from bot.domain.writing import capital
from bot.exports import Job, Unwanted, export_aside
from bot.messages import Button, Call, Rows, in_rows
from bot.operations.export_nominations import Ask
from bot.operations.stop_export import EXPORT, stop_export
from bot.tasks import end, file_of
from bot.texts import N_, Html, Texts
from handlers.ask_period import behind, offered, typed_period
from handlers.turn import Turn
from handlers.workshop import SENT_BYTES_MAX, Workshop, ask_for, only_secretariat
from storage import access, exports, jobs
from storage.database import Session
from storage.jobs import Task

FLOW = "e"
MAKE = EXPORT
ALL = "all"
_EVERY = ("tat ca", "tat ca cac ky", "toan bo", "all", "everything")
_FORMS = {"xlsx": N_("button.excel"), "zip": N_("button.csv"), "json": N_("button.json")}
_LONG_ONES = ("nominations", "deliveries", "audit")
_PROGRESS_EVERY = timedelta(seconds=3)


# --- the conversation ---


async def start(turn: Turn) -> None:
    """/xuat: which period; or the one that is typed behind it."""
    only_secretariat(turn)
    typed = behind(turn)
    if fold(typed) in _EVERY:
        _ask_form(turn, ALL)
    elif typed:
        _ask_form(turn, str(typed_period(turn, typed)))
    else:
        _ask_period(turn)


def _ask_period(turn: Turn) -> None:
    periods = [_period_button(turn, period) for period in offered(turn)]
    every = Button(turn.plain("button.all_periods"), str(Call(FLOW, 0, 0, "period", ALL)))
    turn.show(turn.say("export.ask_period"), [*in_rows(periods, 2), [every]], flow=FLOW)


def _ask_form(turn: Turn, period: str) -> None:
    calls = {style: Call(FLOW, 0, 0, "make", f"{style},{period}") for style in _FORMS}
    row = [Button(turn.plain(_FORMS[style]), str(calls[style])) for style in _FORMS]
    other = Button(turn.plain("button.choose_period"), str(Call(FLOW, 0, 0, "periods")))
    turn.show(turn.say("export.ask_form", period=_named(turn, period)), [row, [other]], flow=FLOW)


async def tap(turn: Turn, call: Call) -> None:
    """A period chosen, the form, or [Dừng]."""
    only_secretariat(turn)
    if call.act == "stop":
        await _stop(turn, call)
        return
    if call.act == "periods":
        _ask_period(turn)
        return
    if call.act == "period" and _known(call.arg):
        _ask_form(turn, call.arg)
        return
    style, _, period = call.arg.partition(",")
    if call.act != "make" or style not in STYLES or not _known(period):
        raise Gone("stale")
    if turn.screen and "task" in turn.screen.body and turn.screen.message_id == turn.incoming.message_id:
        turn.again(turn.plain("stale"))
        return
    task_id = await ask_for(turn, MAKE, {"style": style, "period": period})
    making = turn.say("export.making", period=_named(turn, period))
    _show_work(turn, task_id, making, _stop_rows(turn.texts, task_id))


async def _stop(turn: Turn, call: Call) -> None:
    task = await stop_export(turn.session, turn.person, call.row, turn.today, turn.now)
    _show_work(turn, task.id, turn.say("export.stopping", period=_named(turn, task.args["period"])), [])


def _show_work(turn: Turn, task_id: int, text: Html, rows: Rows) -> None:
    turn.show(text, rows, flow=FLOW)
    turn.answer = {**(turn.answer or {}), "task": task_id}


def _stop_rows(texts: Texts, task_id: int) -> Rows:
    return [[Button(texts.plain("button.stop"), str(Call(FLOW, task_id, 0, "stop")))]]


def _period_button(turn: Turn, period: Period) -> Button:
    label = turn.texts.period(str(period))
    return Button(capital(label), str(Call(FLOW, 0, 0, "period", str(period))))


def _named(turn: Turn, period: str) -> str:
    return turn.plain("export.all_time") if period == ALL else turn.texts.period(period)


def _known(period: str) -> bool:
    return period == ALL or read_period(period) is not None


# --- the work ---


async def make(shop: Workshop, task: Task) -> None:
    """Write the file, saying on the screen how far it is, and send it."""
    person = await shop.person_of(task)
    if person is None:
        return
    job = _job(shop, task, person)
    async with shop.house.database.reading() as session:
        rows = sum([await exports.count_rows(session, table, job.ask.scope) for table in _LONG_ONES])
    teller = _Teller(shop, task, person, shop.house.clock())
    try:
        n = await export_aside(job, rows, teller.note, teller.is_wanted)
        if job.path.stat().st_size > SENT_BYTES_MAX:
            job.path.unlink()
            await shop.end_told(task, N_("export.too_heavy"), {"most": SENT_BYTES_MAX // 10**6})
            return
        await _hand_over(shop, task, person, job, n)
    except Unwanted:
        job.path.unlink(missing_ok=True)
        await shop.end_told(task, N_("export.stopped"), {"period": job.look.period_name})
        return
    await teller.say("export.made", period=job.look.period_name)


async def _hand_over(shop: Workshop, task: Task, person: Person, job: Job, n: int) -> None:
    """The end of the work and what tells of it, in one transaction. Raises Unwanted."""
    house, texts = shop.house, shop.texts_of(person)
    name = f"{texts.plain('export.file_name')}-{task.args['period']}.{job.style}"
    values = {"period": job.look.period_name, "n": texts.number(n)}
    file = {"path": str(job.path), "name": name}
    told = {"id": N_("export.done"), "values": values, "file": file, "role": "secretariat"}
    async with house.database.transaction() as session:
        if await _is_cancelled(session, task):
            raise Unwanted
        detail = f"{task.args['period']} {job.style} {n}"
        await access.note(session, person.id, "export", "nominations", None, house.clock(), detail)
        await end(session, task, house.clock, "file", told)


def _job(shop: Workshop, task: Task, person: Person) -> Job:
    config, now = shop.house.config, shop.house.clock()
    office = config.office
    period = read_period(task.args["period"])
    style = cast("Style", task.args["style"])
    locale = shop.texts_of(person).locale
    look = Look(locale, str(office.timezone), office.name, str(period) if period else None, now)
    path = file_of(shop.folder, task.id, f"export.{style}")
    return Job(config.storage.url, Ask(period, timezone=str(office.timezone)), style, look, path)


async def _is_cancelled(session: Session, task: Task) -> bool:
    found = await jobs.find_task(session, task.id)
    return found is None or found.cancelled


@dataclass
class _Teller:
    """Says on the person's screen how far the work is, as long as the screen is that of the work."""

    shop: Workshop
    task: Task
    person: Person
    said_at: datetime

    async def is_wanted(self) -> bool:
        """Whether nobody has pressed [Dừng]."""
        async with self.shop.house.database.reading() as session:
            return not await _is_cancelled(session, self.task)

    async def note(self, done: int, total: int) -> None:
        """So many of so many rows are written."""
        now = self.shop.house.clock()
        if now - self.said_at >= _PROGRESS_EVERY and done:
            self.said_at = now
            texts = self.shop.texts_of(self.person)
            said = {"done": texts.number(done), "total": texts.number(total)}
            await self.say("export.progress", _stop_rows(texts, self.task.id), **said)

    async def say(self, message_id: str, rows: Rows = (), **values: object) -> None:
        """Another text on the screen of the work."""
        text = self.shop.texts_of(self.person).say(message_id, **values)
        await self.shop.tell(self.task, self.person, text, rows)
