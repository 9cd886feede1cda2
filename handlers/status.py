"""/trangthai: whether everything runs, for the one clerk who looks after it."""

import asyncio
from pathlib import Path

from bot.domain.errors import NotAllowed, Refused
from bot.domain.roles import Role
from bot.messages import Button, Call
from bot.scheduler import JOB
from bot.texts import N_, Html, join_html
from handlers.turn import Turn
from storage import figures, jobs, notices
from storage.notices import State

FLOW = "st"

_STATES = {
    State.PENDING: N_("notice.pending"),
    State.SENDING: N_("notice.sending"),
    State.SENT: N_("notice.sent"),
    State.UNKNOWN: N_("notice.unknown"),
    State.FAILED: N_("notice.failed"),
    State.EXPIRED: N_("notice.expired"),
    State.CANCELLED: N_("notice.cancelled"),
}


async def start(turn: Turn) -> None:
    """/trangthai: how things stand now."""
    _check(turn)
    await _show(turn)


async def tap(turn: Turn, call: Call) -> None:
    """[Xem lại]: once more."""
    _check(turn)
    if call.act != "show":
        raise Refused("stale")
    await _show(turn)


def _check(turn: Turn) -> None:
    if not turn.person.has(Role.SECRETARIAT, turn.today):
        raise NotAllowed("secretariat_only")


async def _show(turn: Turn) -> None:
    texts, session = turn.texts, turn.session
    by_state = await notices.count_by_state(session)
    tasks = await figures.count_tasks(session)
    loose = await figures.count_loose_ends(session)
    last_tick = await jobs.watermark(session, JOB)
    told = [
        f"{texts.plain(_STATES[state])} {texts.number(by_state[state])}"
        for state in _STATES
        if state in by_state
    ]
    lines = [
        turn.say("status.title", at=texts.moment(turn.now)),
        turn.say("status.notices", list="; ".join(told) or texts.plain("status.none")),
        turn.say("status.unreachable", blocked=loose.blocked, outside=loose.outside),
        turn.say("status.tasks", waiting=tasks.get("pending", 0), failed=tasks.get("failed", 0)),
        turn.say("status.requests", n=loose.data_requests),
        turn.say("status.unread", n=loose.unread_updates),
        turn.say("status.tick", at=texts.moment(last_tick) if last_tick else texts.plain("status.never")),
        turn.say("status.next", at=_next(turn)),
        await _storage(turn),
    ]
    again = Button(turn.plain("button.look_again"), str(Call(FLOW, 0, 0, "show")))
    turn.show(join_html(lines), [[again]])


def _next(turn: Turn) -> str:
    occasion = turn.config.timetable.next_after(turn.now)
    return turn.texts.moment(occasion.due_at) if occasion else turn.plain("status.none")


async def _storage(turn: Turn) -> Html:
    path = turn.config.storage.sqlite_path
    if turn.house.database.dialect != "sqlite" or path is None:
        return turn.say("status.postgresql")
    size = await asyncio.to_thread(_size, path)
    return turn.say("status.sqlite", size=turn.texts.number(round(size / 1_000_000, 1)))


def _size(path: Path) -> int:
    """Bytes of the database and of what it keeps beside itself."""
    beside = (path, path.with_name(path.name + "-wal"))
    return sum(file.stat().st_size for file in beside if file.exists())
