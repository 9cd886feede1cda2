"""/trangthai: whether everything runs, for the one clerk who looks after it."""

from collections import Counter
from datetime import timedelta

from bot.domain.errors import Refused
from bot.messages import Button, Call
from bot.operations.after_restore import settle_held
from bot.operations.occasion_words import notice_title, occasion_title, title_of
from bot.operations.post_words import name_of
from bot.operations.record_words import record_hints
from bot.scheduler import JOB
from bot.texts import N_, Html, join_html
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import figures, jobs, notices, occurrences, posts
from storage.backups import BACKUP, RESTORED
from storage.notices import State, Trouble

FLOW = "st"
_LOOKS_BACK = timedelta(days=30)
_MISSED_SHOWN = 3
_A_PAGE = 10
_LISTED = 500
_HELD_SHOWN = 8

_STATES = {
    State.PENDING: N_("notice.pending"),
    State.SENDING: N_("notice.sending"),
    State.SENT: N_("notice.sent"),
    State.UNKNOWN: N_("notice.unknown"),
    State.FAILED: N_("notice.failed"),
    State.EXPIRED: N_("notice.expired"),
    State.CANCELLED: N_("notice.cancelled"),
    State.HELD: N_("notice.held"),
}


# --- how things stand ---


async def start(turn: Turn) -> None:
    """/trangthai: how things stand now."""
    only_secretariat(turn)
    await _show(turn)


async def tap(turn: Turn, call: Call) -> None:
    """[Xem lại], a list by name, or the word about what was held after a restore."""
    only_secretariat(turn)
    act = _TAPS.get(call.act)
    if act is None:
        raise Refused("stale")
    await act(turn, call)


async def _tap_show(turn: Turn, _call: Call) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    texts, session = turn.texts, turn.session
    by_state = await notices.count_by_state(session)
    tasks = await figures.count_tasks(session)
    loose = await figures.count_loose_ends(session)
    told = [
        f"{texts.plain(_STATES[one])} {texts.number(by_state[one])}" for one in _STATES if one in by_state
    ]
    held = RESTORED if State.HELD in by_state or await jobs.watermark(session, RESTORED) else ""
    lines = [
        turn.say("status.title", at=texts.moment(turn.now)),
        turn.say("status.tick", at=await _at(turn, JOB, texts.plain("status.never"))),
        turn.say("status.next", what=_next(turn)),
        turn.say("status.notices", list="; ".join(told) or texts.plain("status.none")),
        *([texts.count("status.held", by_state.get(State.HELD, 0))] if held else []),
        *await _missed(turn),
        turn.say("status.unreachable", blocked=loose.blocked, outside=loose.outside),
        turn.say("status.tasks", waiting=tasks.get("pending", 0), failed=tasks.get("failed", 0)),
        turn.say("status.requests", n=loose.data_requests),
        turn.say("status.unread", n=loose.unread_updates),
        turn.say("status.backup", at=await _at(turn, BACKUP, texts.plain("status.no_backup"))),
        await _database(turn),
        *record_hints(turn.config.records, turn.today, texts),
    ]
    rows = [*await _lists(turn, by_state, loose.blocked + loose.outside), *(_held_rows(turn) if held else [])]
    turn.show(join_html(lines), [*rows, [_button(turn.plain("button.look_again"), "show")]])


async def _at(turn: Turn, job: str, never: str) -> str:
    at = await jobs.watermark(turn.session, job)
    return turn.texts.moment(at) if at else never


def _next(turn: Turn) -> str:
    occasion = turn.config.timetable.next_after(turn.now)
    if occasion is None:
        return turn.plain("status.none")
    title = occasion_title(turn.texts, occasion, turn.config.timetable)
    return f"{title}, {turn.texts.moment(occasion.due_at)}"


async def _missed(turn: Turn) -> list[Html]:
    """What was not sent because the bot was down until it made no sense any more."""
    missed = await occurrences.list_missed(turn.session, turn.now - _LOOKS_BACK)
    zone = turn.config.office.timezone
    named = [
        f"{title_of(turn.texts, one.kind, one.key, turn.config.timetable)} "
        f"({one.due_at.astimezone(zone):%d/%m})"
        for one in missed
    ]
    shown = "; ".join(named[:_MISSED_SHOWN]) + ("; …" if len(named) > _MISSED_SHOWN else "")
    return [turn.texts.count("status.missed", len(named), list=shown)] if named else []


async def _database(turn: Turn) -> Html:
    name = "SQLite" if turn.house.database.dialect == "sqlite" else "PostgreSQL"
    size = await turn.house.database.size()
    return turn.say("status.database", name=name, size=turn.texts.number(round(size / 1_000_000, 1)))


async def _lists(turn: Turn, by_state: dict[State, int], unreachable: int) -> list[list[Button]]:
    """A button for each list that has somebody in it."""
    texts, rows = turn.texts, []
    for state, act, label in (
        (State.UNKNOWN, "unknown", N_("button.in_doubt")),
        (State.FAILED, "failed", N_("button.failed")),
    ):
        n = len(await _in_state(turn, state)) if state in by_state else 0
        if n:
            rows.append([_button(texts.plain(label, n=texts.number(n)), act)])
    if unreachable:
        label = texts.plain("button.unreachable", n=texts.number(unreachable))
        rows.append([_button(label, "unreachable")])
    return rows


# --- lists by name ---


async def _tap_unknown(turn: Turn, call: Call) -> None:
    await _show_troubles(turn, call, State.UNKNOWN, turn.say("status.list_unknown"))


async def _tap_failed(turn: Turn, call: Call) -> None:
    await _show_troubles(turn, call, State.FAILED, turn.say("status.list_failed"))


async def _in_state(turn: Turn, state: State) -> list[Trouble]:
    return await notices.list_in_state(turn.session, state, turn.now - _LOOKS_BACK, _LISTED)


async def _show_troubles(turn: Turn, call: Call, state: State, title: Html) -> None:
    found = await _in_state(turn, state)
    page = known_page(call.version, pages_of(len(found), _A_PAGE))
    lines = [await _trouble(turn, one) for one in found[page * _A_PAGE : (page + 1) * _A_PAGE]]
    _show_page(turn, title, lines, call.act, page, len(found))


async def _trouble(turn: Turn, one: Trouble) -> Html:
    return turn.say(
        "status.trouble",
        name=one.full_name or turn.plain("person.erased"),
        unit=one.unit_name,
        what=await _title(turn, one.kind, one.occurrence),
        at=turn.texts.moment(one.due_at),
        why=_why(turn, one.error),
    )


async def _title(turn: Turn, kind: str, occurrence: str) -> str:
    flow, _, number = occurrence.partition(":")
    number = number.partition(":")[0]
    post = await posts.find(turn.session, int(number)) if flow == "post" and number.isdigit() else None
    return notice_title(turn.texts, kind, occurrence, name_of(post, turn.texts) if post else "")


def _why(turn: Turn, error: str) -> str:
    """Why a message did not arrive, behind the line; what is not known is shown as Telegram says it."""
    known = {
        "blocked": turn.plain("status.why_blocked"),
        "unreachable": turn.plain("status.why_outside"),
        "Chat not found": turn.plain("status.why_no_chat"),
        "restored": turn.plain("status.why_restored"),
        "stopped while sending": turn.plain("status.why_stopped"),
        "TimedOut": turn.plain("status.why_no_answer"),
        "NetworkError": turn.plain("status.why_no_answer"),
        "": "",
    }
    why = known.get(error, error[:60])
    return f" – {why}" if why else ""


async def _tap_unreachable(turn: Turn, call: Call) -> None:
    found = await figures.list_unreachable(turn.session)
    page = known_page(call.version, pages_of(len(found), _A_PAGE))
    lines = [
        turn.say(
            "status.person_blocked" if one.blocked else "status.person_outside",
            name=one.full_name,
            unit=one.unit_name,
        )
        for one in found[page * _A_PAGE : (page + 1) * _A_PAGE]
    ]
    _show_page(turn, turn.say("status.list_unreachable"), lines, call.act, page, len(found))


def _show_page(turn: Turn, title: Html, lines: list[Html], act: str, page: int, total: int) -> None:
    pages = pages_of(total, _A_PAGE)
    rows = [
        page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, 0, to, act))),
        [_button(turn.plain("button.back"), "show")],
    ]
    turn.show(join_html([title, *(lines or [turn.say("status.list_empty")])]), rows)


# --- what was held after a restore ---


def _held_rows(turn: Turn) -> list[list[Button]]:
    return [
        [_button(turn.plain("button.release_held"), "release")],
        [_button(turn.plain("button.drop_held"), "drop")],
    ]


async def _tap_release(turn: Turn, _call: Call) -> None:
    held = await _held(turn)
    ask = turn.texts.count("restored.ask_release", sum(held.values()))
    _ask(turn, ask, held, _button(turn.plain("button.release_sure"), "release_sure"))


async def _tap_drop(turn: Turn, _call: Call) -> None:
    held = await _held(turn)
    ask = turn.texts.count("restored.ask_drop", sum(held.values()))
    _ask(turn, ask, held, _button(turn.plain("button.drop_sure"), "drop_sure"))


def _ask(turn: Turn, text: Html, held: Counter[str], sure: Button) -> None:
    lines = [
        turn.say("restored.line", what=title, n=turn.texts.number(n))
        for title, n in held.most_common(_HELD_SHOWN)
    ]
    more = [Html("…")] if len(held) > _HELD_SHOWN else []
    turn.show(join_html([text, *lines, *more]), [[sure], [_button(turn.plain("button.back"), "show")]])


async def _held(turn: Turn) -> Counter[str]:
    """What is held, by what it is called."""
    held = await notices.list_in_state(turn.session, State.HELD, turn.now - timedelta(days=3650), 1_000_000)
    if not held and not await jobs.watermark(turn.session, RESTORED):
        raise Refused("restored.settled")
    found: Counter[str] = Counter()
    for (kind, occurrence), n in Counter((one.kind, one.occurrence) for one in held).items():
        found[await _title(turn, kind, occurrence)] += n
    return found


async def _tap_release_sure(turn: Turn, _call: Call) -> None:
    await settle_held(turn.session, turn.person, turn.today, turn.now, send=True)
    turn.session.after_commit(turn.house.wake)
    await _show(turn)
    turn.toast = turn.plain("restored.released")


async def _tap_drop_sure(turn: Turn, _call: Call) -> None:
    await settle_held(turn.session, turn.person, turn.today, turn.now, send=False)
    await _show(turn)
    turn.toast = turn.plain("restored.dropped")


def _button(label: str, act: str) -> Button:
    return Button(label, str(Call(FLOW, 0, 0, act)))


_TAPS = {
    "show": _tap_show,
    "unknown": _tap_unknown,
    "failed": _tap_failed,
    "unreachable": _tap_unreachable,
    "release": _tap_release,
    "release_sure": _tap_release_sure,
    "drop": _tap_drop,
    "drop_sure": _tap_drop_sure,
}
