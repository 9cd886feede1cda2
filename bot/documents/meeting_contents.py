"""What the pack of a meeting says: of a week, of a month or quarter on two pages, of a review at length."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from bot.config import Config
from bot.documents.chart import draw_chart_apart
from bot.documents.document_frame import frame_of, tense_of
from bot.documents.meeting_ahead import AHEAD, list_ahead, list_to_decide
from bot.documents.meeting_cards import cards_of
from bot.documents.office_document import Picture
from bot.documents.report_contents import figures_of, taken_at
from bot.documents.summary_chart import chart_of
from bot.domain.articles import may_be_told
from bot.domain.documents import DocumentAsk, DocumentKind, figure, name_period, short_day
from bot.domain.exemplars import Exemplar
from bot.domain.lessons import LessonKind
from bot.domain.people import Unit
from bot.domain.periods import Period, first_instant, period_of, periods_within, read_period
from bot.domain.summary import Summary, short_name
from bot.domain.writing import abridge, capital
from bot.operations.desk import list_asked
from bot.operations.exemplar_words import published_in
from bot.operations.summarise import summarise
from bot.texts import KINDS, Texts
from storage import meetings, reports, units
from storage.database import Session
from storage.meetings import Happened

_REVIEWS = {6: "Sơ kết", 12: "Tổng kết"}
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_WEEK = timedelta(days=7)
_CHART_MM = 100.0


@dataclass(frozen=True)
class _Room:
    """How much of each sort has room, so that a month keeps to two pages; names and texts are cut to fit."""

    units: int = 4
    movements: int = 2
    silent: int = 8
    periods: int = 2
    exemplars: int = 4
    text: int = 150
    ahead: int = 7
    decide: int = 6


_SHORT = _Room()
_LONG = _Room(10, 10, 60, 3, 60, 1500, 14, 12)
_NAME_MAX = 60
_SPREAD_MAX = 40


@dataclass(frozen=True)
class _About:
    """What every part of the pack needs. `week` is its Monday, None for a period."""

    ask: DocumentAsk
    period: Period
    config: Config
    now: datetime
    texts: Texts

    @property
    def today(self) -> date:
        return self.config.office.day_of(self.now)

    @property
    def day(self) -> date:
        """The day whose names count."""
        return self.ask.day(self.today)

    @property
    def review(self) -> str:
        """Which review it is, "" for a week, a month, a quarter."""
        return "" if self.ask.week is not None else _REVIEWS.get(self.period.months, "")

    @property
    def room(self) -> _Room:
        return _LONG if self.review else _SHORT

    def at(self, on: date) -> datetime:
        """The first instant of a day."""
        return first_instant(on, self.config.office.timezone)


async def contents(session: Session, ask: DocumentAsk, config: Config, now: datetime) -> dict[str, object]:
    """Everything the template of giao-ban knows (template_giao_ban.SAMPLE)."""
    today = config.office.day_of(now)
    period = ask.period or period_of(ask.day(today), 1)
    about = _About(ask, period, config, now, published_in(config))
    summary = await summarise(session, period, now, config.office.timezone)
    week = await _week(session, about)
    told = await _exemplars(session, about)
    decide = await list_to_decide(session, config, now)
    ahead = await list_ahead(session, today, config, about.texts)
    reviewed = await _reviewed(session, about) if about.review else _NOTHING_REVIEWED
    return {
        **frame_of(DocumentKind.MEETING, about.day, config.records, period=period, today=today),
        "review": about.review,
        "about": _title(about),
        "taken_at": taken_at(now, config),
        **tense_of(period, config, now),
        "week": week,
        "numeral": _numerals(week=bool(week), told=bool(told["exemplars"] or told["unnamed"]), about=about),
        **_figures(summary, about),
        "asked_periods": await _asked(session, summary, about),
        **told,
        **reviewed,
        "ahead_from": short_day(today),
        "ahead_until": short_day(today + AHEAD - timedelta(days=1)),
        "ahead": ahead[: about.room.ahead],
        "more_ahead": len(ahead[about.room.ahead :]),
        "decide": decide[: about.room.decide],
    }


_NOTHING_REVIEWED: dict[str, object] = {
    "spread": [],
    "more_spread": 0,
    "movement_lessons": [],
    "exemplar_lessons": [],
}


def _title(about: _About) -> str:
    if about.ask.week is None:
        return name_period(about.period)
    monday, sunday = about.ask.week, about.ask.week + _WEEK - timedelta(days=1)
    number = monday.isocalendar().week
    return f"tuần {figure(number)} (từ ngày {short_day(monday)} đến ngày {short_day(sunday)})"


def _numerals(*, week: bool, told: bool, about: _About) -> dict[str, str]:
    """The number of each part, of those that are there."""
    parts = [
        ("week", week),
        ("figures", True),
        ("answers", True),
        ("exemplars", told),
        ("spread", bool(about.review)),
        ("lessons", bool(about.review)),
        ("ahead", True),
        ("decide", True),
    ]
    numbers = iter(_NUMERALS)
    return {name: next(numbers) if there else "" for name, there in parts}


def _figures(summary: Summary, about: _About) -> dict[str, object]:
    found, room = figures_of(summary, about.texts), about.room
    by_unit, movements = summary.by_unit, summary.movements
    chart = chart_of(summary, about.texts) if about.review else None
    return {
        **found,
        "top_units": [{"name": _unit(line.unit), "n": line.nominees} for line in by_unit[: room.units]],
        "more_units": len(by_unit[room.units :]),
        "top_movements": [{"name": f"“{_cut(name)}”", "n": n} for name, n in movements[: room.movements]],
        "more_movements": len(movements[room.movements :]),
        "chart": Picture(partial(draw_chart_apart, chart), _CHART_MM) if chart else "",
    }


async def _week(session: Session, about: _About) -> list[str]:
    monday = about.ask.week
    if monday is None:
        return []
    happened = await meetings.count_happened(session, about.at(monday), about.at(monday + _WEEK))
    return _happened(happened)


def _happened(happened: Happened) -> list[str]:
    said = (
        (happened.reasons, "lượt giới thiệu gương"),
        (happened.answers, "lượt đơn vị trả lời kết quả lựa chọn"),
        (happened.honoured, "gương được biểu dương"),
        (happened.pledged, "nơi đăng ký làm theo"),
        (happened.results, "nơi báo kết quả làm theo"),
        (happened.lessons, "bài học được ghi"),
        (happened.suggestions, "góp ý gửi đến"),
    )
    return [f"{figure(n)} {what}" for n, what in said if n] or ["Không có việc mới"]


async def _asked(session: Session, summary: Summary, about: _About) -> list[dict[str, object]]:
    """How far the answers are: for the period, and in a week for others that are being chased."""
    chased = list_asked(about.config, about.day) if about.ask.week is not None else []
    periods = sorted({*chased, about.period}, key=lambda one: (one.until_on, one.months))
    found = []
    for period in periods[: about.room.periods]:
        of = (
            summary
            if period == summary.period
            else await summarise(session, period, about.now, about.config.office.timezone)
        )
        silent = [_unit(line.unit) for line in of.silent]
        name = name_period(period)
        found.append(
            {
                "name": capital(name),
                "due": short_day(about.config.timetable.cycle(period).due.on),
                "answered": len(of.answered),
                "asked": len(of.asked),
                "none": len(of.none),
                "silent": silent[: about.room.silent],
                "more": len(silent[about.room.silent :]),
            }
        )
    return found


async def _exemplars(session: Session, about: _About) -> dict[str, object]:
    """Whom it names: those alone who have agreed to be published as they are; the others are counted."""
    if about.ask.week is not None:
        monday = about.ask.week
        found: Sequence[Exemplar | None] = await meetings.list_honoured(
            session, about.at(monday), about.at(monday + _WEEK)
        )
    else:
        within = [str(period) for period in periods_within(about.period)]
        chosen = [one.nominee.nomination_id for one in await reports.list_chosen(session, within)]
        known = await meetings.list_of_nominations(session, chosen)
        found = [known.get(number) for number in dict.fromkeys(chosen)]
    shown = [one for one in found if one is not None and may_be_told(one)]
    cards = [_card(one, about) for one in shown]
    return {
        "exemplars": cards[: about.room.exemplars],
        "more_exemplars": len(cards[about.room.exemplars :]),
        "unnamed": len(found) - len(shown),
        "cards": cards_of(shown, about.room.exemplars, about.config) if about.review else [],
        "more_cards": 0,
    }


def _card(exemplar: Exemplar, about: _About) -> dict[str, str]:
    nominee, long = exemplar.nominee, bool(about.review)
    unit = "" if nominee.name == exemplar.unit_name else exemplar.unit_name
    who = ", ".join(part for part in (nominee.post, unit) if part)
    text, month = " ".join(exemplar.text.split()), read_period(exemplar.period)
    return {
        "name": nominee.name if long else _cut(nominee.name),
        "who": who if long else abridge(who, 80),
        "kind": about.texts.plain(KINDS[exemplar.kind]),
        "period": name_period(month) if month else "",
        "text": text if long else abridge(text, about.room.text),
    }


async def _reviewed(session: Session, about: _About) -> dict[str, object]:
    named = await units.name_units(session, about.day)
    names = about.period.month_names
    copies = await reports.list_copied(session, names[0], names[-1])
    known = await meetings.list_of_nominations(session, [one.nominee.nomination_id for one in copies])
    spread = [
        {
            "by": named[one.unit_id] if one.unit_id is not None else one.body,
            "nominee": _named(known.get(one.nominee.nomination_id), about.texts),
            "plan": _bare(one.plan) if one.nominee.is_open else "",
            "result": _bare(one.result) if one.nominee.is_open else "",
        }
        for one in copies
    ]
    found: dict[str, object] = {"spread": spread[:_SPREAD_MAX], "more_spread": len(spread[_SPREAD_MAX:])}
    within = [str(period) for period in periods_within(about.period)]
    for key, kind in (("movement_lessons", LessonKind.MOVEMENT), ("exemplar_lessons", LessonKind.EXEMPLAR)):
        found[key] = [
            {
                "text": _bare(one.text),
                "of": one.about or (named[one.unit_id] if one.unit_id is not None else ""),
            }
            for one in await reports.list_learnt(session, kind, within)
            if one.nominee is None or one.nominee.is_open
        ]
    return found


def _named(exemplar: Exemplar | None, texts: Texts) -> str:
    named = exemplar is not None and may_be_told(exemplar)
    return exemplar.nominee.name if exemplar and named else texts.plain("export.withheld")


def _unit(unit: Unit) -> str:
    """Its name, or a short one where that is longer than a line has room for."""
    return unit.name if len(unit.name) <= _NAME_MAX else short_name(unit)


def _cut(name: str) -> str:
    return abridge(name, _NAME_MAX)


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".;")
