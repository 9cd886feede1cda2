"""What the report about a month, quarter, half year or year says: its figures are one Summary's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.config import Config
from bot.documents.document_frame import frame_of, tense_of
from bot.documents.drafting_unit import drafted_by
from bot.domain.documents import DocumentAsk, DocumentKind, name_period, short_day, spell_day
from bot.domain.events import EventState
from bot.domain.lessons import LessonKind
from bot.domain.people import UnitId
from bot.domain.periods import Period, first_instant, periods_within
from bot.domain.records import Records
from bot.domain.summary import Summary, UnitLine
from bot.operations.exemplar_words import published_in
from bot.operations.summarise import summarise
from bot.texts import KINDS, Texts
from storage import events, movements, reports, units
from storage.database import Session
from storage.reports import Chosen, Told

_REVIEWS = {6: "Sơ kết", 12: "Tổng kết"}
_REMOVED = "(đã thôi biểu dương)"
_SAID_MAX = 30
"""How many of a sort are told in running text; how many more there are is said behind them."""


@dataclass(frozen=True)
class _About:
    """What every part of the report needs."""

    period: Period
    config: Config
    now: datetime
    texts: Texts
    units: Mapping[UnitId, str]

    @property
    def within(self) -> list[str]:
        """The periods whose choices and lessons are this one's."""
        return [str(period) for period in periods_within(self.period)]

    @property
    def since(self) -> datetime:
        """The period's first instant."""
        return first_instant(self.period.first_on, self.config.office.timezone)

    @property
    def until(self) -> datetime:
        """The first instant behind it."""
        return first_instant(self.period.until_on, self.config.office.timezone)

    def day(self, at: datetime) -> date:
        """The office's day of an instant."""
        return self.config.office.day_of(at)

    def name(self, nominee: Told) -> str:
        """Whom a line is about, or why that is not told."""
        if nominee.erased:
            return self.texts.plain("person.erased")
        if nominee.withheld:
            return self.texts.plain("export.withheld")
        return _REMOVED if nominee.removed else nominee.name


async def contents(session: Session, ask: DocumentAsk, config: Config, now: datetime) -> dict[str, object]:
    """Everything the template of bao-cao knows (template_bao_cao.SAMPLE), for `ask.period`."""
    assert ask.period is not None  # noqa: S101 - document_files has looked
    today = config.office.day_of(now)
    day, texts = ask.day(today), published_in(config)
    named = await units.name_units(session, day)
    about = _About(ask.period, config, now, texts, named)
    summary = await summarise(session, ask.period, now, config.office.timezone)
    frame = frame_of(DocumentKind.REPORT, day, config.records, period=ask.period, today=today)
    return {
        **frame,
        "review": _REVIEWS.get(ask.period.months, ""),
        "next_period_name": name_period(ask.period.next),
        **await drafted_by(session, day, config.records, frame, "BC"),
        "plan": plan_of(config.records, day),
        "taken_at": taken_at(now, config),
        **tense_of(ask.period, config, now),
        **figures_of(summary, texts),
        "chosen_list": await _chosen(session, about),
        **await _fostered(session, about),
        **await _spread(session, about),
        **await _events(session, about),
        **await _reviews(session, about),
        "movement_lessons": await _lessons(session, LessonKind.MOVEMENT, about),
        "exemplar_lessons": await _lessons(session, LessonKind.EXEMPLAR, about),
    }


def figures_of(summary: Summary, texts: Texts) -> dict[str, object]:
    """A summary as templates know it: every number that a document prints about a period."""
    return {
        "asked": len(summary.asked),
        "answered": len(summary.answered),
        "none_units": [line.unit.name for line in summary.none],
        "silent_units": [line.unit.name for line in summary.silent],
        "people": summary.people,
        "took_part": summary.took_part,
        "coverage": texts.number(round(100 * summary.coverage, 1)),
        "total": summary.total,
        "reasons": summary.reasons,
        "compared": _compared(summary),
        "kinds": [{"name": texts.plain(KINDS[kind]), "n": n} for kind, n in summary.by_kind],
        "movements": [{"name": f"“{name}”", "n": n} for name, n in summary.movements],
        "chosen": summary.chosen,
        "honoured": summary.honoured,
        "copied": summary.copied,
        "copies": summary.copies,
        "rows": [_row(line) for line in summary.lines],
    }


def plan_of(records: Records, day: date) -> dict[str, str] | None:
    """The plan in force on a day, as a sentence cites it."""
    plan = records.plan_on(day)
    if plan is None:
        return None
    title = plan.title[:1].lower() + plan.title[1:]
    issuer = records.agency_on(plan.dated_on).short_name
    return {
        "number": plan.number,
        "dated": spell_day(plan.dated_on),
        "of": issuer,
        "about": title if title.startswith("về ") else f"về {title}",
    }


def taken_at(now: datetime, config: Config) -> str:
    """When figures were taken, as running text says it: 08 giờ 00 ngày 20/11/2026."""
    at = now.astimezone(config.office.timezone)
    return f"{at:%H} giờ {at:%M} ngày {short_day(at.date())}"


def _compared(summary: Summary) -> list[dict[str, object]]:
    """With the period before, and with the same one a year before where that is another."""
    before, year_before = summary.period.previous, summary.period.year_before
    found = [(before, summary.before)]
    if year_before != before:
        found.append((year_before, summary.year_before))
    return [
        {
            "name": name_period(period),
            "n": n,
            "way": "tăng" if summary.total > n else "giảm",
            "by": abs(summary.total - n),
        }
        for period, n in found
    ]


def _row(line: UnitLine) -> dict[str, object]:
    return {
        "name": line.unit.name,
        "people": line.people,
        "took_part": line.took_part,
        "nominees": line.nominees,
        "reasons": line.reasons,
        "chosen": line.chosen,
        "honoured": line.honoured,
        "copied": line.copied,
    }


async def _chosen(session: Session, about: _About) -> list[dict[str, str]]:
    return [
        {
            "nominee": about.name(one.nominee),
            "post": one.post if one.nominee.is_open else "",
            "unit": about.units[one.by_unit],
            "kind": about.texts.plain(KINDS[one.kind]),
            "movement": one.movement,
            "reason": one.reason if one.nominee.is_open else "",
            "note": _note(one) if one.nominee.is_open else "",
        }
        for one in await reports.list_chosen(session, about.within)
    ]


def _note(one: Chosen) -> str:
    """Whether they have been honoured; of who has not agreed to publication yet, that."""
    if one.honoured:
        return "Đã biểu dương"
    return "" if one.agreed else "Chưa có ý kiến về công bố"


async def _fostered(session: Session, about: _About) -> dict[str, object]:
    found = await reports.list_fostered(session, about.since, about.until)
    told = [
        {
            "nominee": about.name(one.nominee),
            "unit": about.units[one.nominee.unit_id],
            "aim": _bare(one.aim) if one.nominee.is_open else "",
            "outcome": _bare(one.outcome) if one.nominee.is_open else "",
        }
        for one in found
    ]
    return {
        "fostering": len(found),
        "fostered": told[:_SAID_MAX],
        "more_fostered": len(told[_SAID_MAX:]),
        "steps": sum(one.steps for one in found),
        "steps_done": sum(one.done for one in found),
    }


async def _spread(session: Session, about: _About) -> dict[str, object]:
    first, last = about.period.month_names[0], about.period.month_names[-1]
    told = [
        {
            "by": about.units[one.unit_id] if one.unit_id is not None else one.body,
            "nominee": about.name(one.nominee),
            "plan": _bare(one.plan) if one.nominee.is_open else "",
            "result": _bare(one.result) if one.nominee.is_open else "",
        }
        for one in await reports.list_copied(session, first, last)
    ]
    return {"spread": told[:_SAID_MAX], "more_spread": len(told[_SAID_MAX:])}


async def _events(session: Session, about: _About) -> dict[str, object]:
    """What has begun; what was called off has not."""
    told = [
        {
            "title": one.title,
            "day": short_day(about.day(one.starts_at)),
            "place": one.place,
            "attended": one.attended or 0,
            "outcome": _bare(one.outcome),
        }
        for one in await events.list_events(session)
        if about.since <= one.starts_at < about.until
        and one.starts_at <= about.now
        and one.state is not EventState.CANCELLED
    ]
    return {"events": told}


async def _reviews(session: Session, about: _About) -> dict[str, object]:
    known = {movement.id: movement for movement in await movements.list_movements(session)}
    told = [
        {
            "movement": f"“{known[one.movement_id].name}”",
            "day": short_day(one.review_on),
            "note": _bare(one.note),
        }
        for one in await movements.list_reviews(session)
        if about.period.first_on <= one.review_on < about.period.until_on and one.done_at is not None
    ]
    return {"reviews": told}


async def _lessons(session: Session, kind: LessonKind, about: _About) -> list[dict[str, str]]:
    """Those that tell of nobody of whom nothing may be told."""
    found = await reports.list_learnt(session, kind, about.within)
    return [
        {
            "text": _bare(one.text),
            "of": one.about or (about.units[one.unit_id] if one.unit_id is not None else ""),
        }
        for one in found
        if one.nominee is None or one.nominee.is_open
    ]


def _bare(text: str) -> str:
    """A sentence to go on behind, without the mark it ends with."""
    return " ".join(text.split()).rstrip(".;")
