"""/baihoc: the register of lessons, by period and kind; heads and the secretariat add to it."""

from bot.domain.errors import Gone, Refused
from bot.domain.lessons import Lesson, LessonKind
from bot.domain.periods import read_period
from bot.domain.writing import abridge
from bot.messages import Button, Call, in_rows
from bot.operations.lessons import may_write, withdraw_lesson
from bot.texts import Html, join_html
from handlers import lesson_writing
from handlers.lesson_writing import KINDS, listing, named
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from storage import conversations, exemplars, lessons

FLOW = lesson_writing.FLOW
receive, leave = lesson_writing.receive, lesson_writing.leave
_A_PAGE = 5
_EXCERPT = 180
_PERIODS_OFFERED = 6
_ON = "✓ "


# --- reading ---


async def start(turn: Turn) -> None:
    """/baihoc: all of them, the newest first."""
    await _list(turn, None, "", 0)


async def _tap_list(turn: Turn, call: Call) -> None:
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    kind, _, period = call.arg.partition(",")
    if kind not in {"", *LessonKind} or (period and read_period(period) is None):
        raise Refused("stale")
    await _list(turn, LessonKind(kind) if kind else None, period, call.row)


async def _list(turn: Turn, kind: LessonKind | None, period: str, wanted: int) -> None:
    _, n = await lessons.list_lessons(turn.session, kind=kind, period=period, most=1)
    pages = pages_of(n, _A_PAGE)
    page = known_page(wanted, pages)
    first = page * _A_PAGE
    found, _ = await lessons.list_lessons(turn.session, kind=kind, period=period, most=_A_PAGE, skip=first)
    lines = [_title(turn, kind, period, n)]
    lines += [_line(turn, first + nth, one) for nth, one in enumerate(found, 1)]
    rows = [
        *in_rows([_read_button(turn, first + nth, one) for nth, one in enumerate(found, 1)], 5),
        page_buttons(turn.texts, page, pages, lambda to: listing(kind, period, to)),
        *([_kind_button(turn, one, kind, period)] for one in LessonKind if n or kind or period),
        *in_rows(await _period_buttons(turn, kind, period), 2),
    ]
    if kind or period:
        rows.append([Button(turn.plain("button.show_all"), listing(None, "", 0))])
    if may_write(turn.person, turn.today):
        rows.append([Button(turn.plain("button.add_lesson"), str(Call(FLOW, 0, 0, "add", period)))])
    turn.show(join_html(lines, "\n\n"), rows)


def _title(turn: Turn, kind: LessonKind | None, period: str, n: int) -> Html:
    about = [turn.plain(KINDS[kind]).lower()] if kind else []
    about += [turn.texts.period(period)] if period else []
    if not about:
        return turn.texts.count("lessons.title", n) if n else turn.say("lessons.nothing")
    narrowed = ", ".join(about)
    return (
        turn.texts.count("lessons.found", n, about=narrowed)
        if n
        else turn.say("lessons.none", about=narrowed)
    )


def _line(turn: Turn, nth: int, lesson: Lesson) -> Html:
    return turn.say(
        "lessons.line",
        nth=str(nth),
        text=abridge(lesson.text, _EXCERPT),
        unit=lesson.unit_name or turn.config.office.name,
        period=turn.texts.period(lesson.period),
    )


def _read_button(turn: Turn, nth: int, lesson: Lesson) -> Button:
    return Button(turn.plain("button.read_lesson", nth=nth), str(Call(FLOW, lesson.id, 0, "show")))


def _kind_button(turn: Turn, one: LessonKind, kind: LessonKind | None, period: str) -> Button:
    mark = _ON if one is kind else ""
    return Button(f"{mark}{turn.plain(KINDS[one])}", listing(None if one is kind else one, period, 0))


async def _period_buttons(turn: Turn, kind: LessonKind | None, period: str) -> list[Button]:
    known = (await lessons.list_periods(turn.session))[:_PERIODS_OFFERED]
    return [
        Button(
            f"{_ON if one == period else ''}{turn.texts.period(one)}",
            listing(kind, "" if one == period else one, 0),
        )
        for one in known
        if len(known) > 1 or one == period
    ]


async def _tap_show(turn: Turn, call: Call) -> None:
    lesson = await lessons.find_lesson(turn.session, call.row)
    if lesson is None or lesson.withdrawn or not lesson.text:
        raise Gone("lessons.gone")
    lines = [
        turn.say(
            "lessons.head", kind=turn.plain(KINDS[lesson.kind]), period=turn.texts.period(lesson.period)
        ),
        turn.say("exemplars.text", text=lesson.text),
    ]
    about = await _about(turn, lesson)
    if about:
        lines.append(about)
    unit = lesson.unit_name or turn.config.office.name
    lines.append(turn.say("lessons.by", author=lesson.author or turn.plain("person.erased"), unit=unit))
    rows = [[Button(turn.plain("button.to_list"), listing(None, "", 0))]]
    if lesson.person_id == turn.person.id:
        rows.insert(
            0, [Button(turn.plain("button.withdraw_lesson"), str(Call(FLOW, lesson.id, 0, "withdraw")))]
        )
    turn.show(join_html(lines, "\n\n"), rows)


async def _about(turn: Turn, lesson: Lesson) -> Html | None:
    """What it is about, where that may be named."""
    if lesson.event_title:
        return turn.say("lessons.about", what=lesson.event_title)
    if lesson.movement_name:
        return turn.say("lessons.about", what=lesson.movement_name)
    if lesson.exemplar_id is None:
        return None
    exemplar = await exemplars.find_exemplar(turn.session, lesson.exemplar_id)
    public = exemplar is not None and exemplar.is_public
    return turn.say("lessons.about", what=named(exemplar)) if exemplar and public else None


async def _tap_withdraw(turn: Turn, call: Call) -> None:
    sure = Button(turn.plain("button.withdraw_lesson_sure"), str(Call(FLOW, call.row, 0, "withdraw_sure")))
    keep = Button(turn.plain("button.keep_it"), str(Call(FLOW, call.row, 0, "show")))
    turn.show(turn.say("lessons.ask_withdraw"), [[sure], [keep]])


async def _tap_withdraw_sure(turn: Turn, call: Call) -> None:
    await withdraw_lesson(turn.session, turn.person, call.row, turn.now)
    rows = [[Button(turn.plain("button.to_list"), listing(None, "", 0))]]
    turn.show(turn.say("lessons.withdrawn"), rows)


# --- taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A button: what it claims is looked at again."""
    act = _TAPS.get(call.act)
    if act is None:
        raise Refused("stale")
    await act(turn, call)


_TAPS = {
    **lesson_writing.TAPS,
    "list": _tap_list,
    "show": _tap_show,
    "withdraw": _tap_withdraw,
    "withdraw_sure": _tap_withdraw_sure,
}
