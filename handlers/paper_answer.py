"""What a unit's answer on paper says: the period, whom it chose and why, or that there is nobody."""

from dataclasses import replace

from bot.domain.errors import Refused
from bot.domain.people import UnitId
from bot.domain.periods import read_period
from bot.domain.writing import clean, length
from bot.messages import Call
from bot.operations.enter_on_paper import list_answerable
from bot.operations.write_paper import Step, Writing, write
from handlers.paper_answer_asks import nominees_of
from handlers.paper_steps import go, go_on, show
from handlers.turn import Turn
from storage import choices


async def tap_period(turn: Turn, writing: Writing, call: Call) -> None:
    """One of the periods that are open for the unit."""
    entry, period = writing.entry, read_period(call.arg)
    unit_id = entry.unit_id or UnitId(0)
    if period is None or period not in await list_answerable(turn.session, unit_id, turn.config, turn.today):
        raise Refused("stale")
    before = await choices.find_answer(turn.session, unit_id, str(period))
    entry = replace(entry.without_picks(), period=str(period), version=before.version if before else 0)
    said = turn.say("paper.answered_before", period=turn.texts.period(str(period))) if before else None
    await go_on(turn, entry, said)


async def tap_pick(turn: Turn, writing: Writing, call: Call) -> None:
    """A nominee is ticked, or not any more."""
    entry = writing.entry
    number, _, page = call.arg.partition(".")
    nominees = await nominees_of(turn, entry)
    picked = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    if picked not in nominees:
        raise Refused("choose.no_longer")
    chosen = (
        [*entry.picked, picked] if picked not in entry.picked else [n for n in entry.picked if n != picked]
    )
    if len(chosen) > turn.config.choosing.most:
        raise Refused("choose.too_many", most=turn.config.choosing.most)
    names = tuple(nominees.get(one, "") for one in chosen)
    entry = replace(entry.without_picks(), picked=tuple(chosen), names=names)
    kept = await write(turn.session, turn.person.id, entry, Step.PICK, turn.now)
    await show(turn, kept, page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 0)


async def tap_picked(turn: Turn, writing: Writing, _call: Call) -> None:
    """The ticks are complete."""
    if not writing.entry.picked:
        raise Refused("choose.none_picked")
    await go_on(turn, replace(writing.entry, picked_all=True, nobody=False))


async def tap_nobody(turn: Turn, writing: Writing, _call: Call) -> None:
    """The sheet says that there is nobody this time."""
    await go_on(turn, replace(writing.entry.without_picks(), nobody=True))


async def tap_met(turn: Turn, writing: Writing, _call: Call) -> None:
    """The sheet confirms the three criteria."""
    await go_on(turn, replace(writing.entry, confirmed=True))


async def receive_reason(turn: Turn, writing: Writing, text: str) -> None:
    """The sentence for one of those who were chosen."""
    entry, most = writing.entry, turn.config.choosing.reason_max
    if not text or length(text) > most or len(text) > most:
        await show(turn, writing, turn.say("choose.reason_missing", most=most))
        return
    await go_on(turn, replace(entry, reasons=(*entry.reasons, clean(text, multiline=False))))


async def receive_nobody(turn: Turn, writing: Writing, text: str) -> None:
    """Why there is nobody."""
    most = turn.config.choosing.reason_max
    if not text or len(text) > most:
        await show(turn, writing, turn.say("choose.reason_missing", most=most))
        return
    await go_on(turn, replace(writing.entry, reason=clean(text, multiline=False)))


async def tap_no_reason(turn: Turn, writing: Writing, _call: Call) -> None:
    """The sheet gives no reason."""
    if writing.step is not Step.NOBODY:
        raise Refused("stale")
    await go_on(turn, replace(writing.entry, reason=""))


async def look_again(turn: Turn, writing: Writing, message_id: str) -> None:
    """The unit's answer or its nominees have changed meanwhile: whom it chose is asked anew, and why said."""
    entry = writing.entry
    before = await choices.find_answer(turn.session, entry.unit_id or UnitId(0), entry.period)
    entry = replace(entry.without_picks(), version=before.version if before else 0)
    await go(turn, entry, Step.PICK, turn.say(message_id))
