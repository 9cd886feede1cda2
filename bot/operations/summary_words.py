"""What a summary says below its chart: at most LONGEST characters, long lists cut shorter until it fits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.cycles import CycleKind, kind_of
from bot.domain.people import Person, Unit
from bot.domain.periods import Period, periods_within
from bot.domain.summary import CHOSEN, NONE, Summary, UnitLine, listed, short_name
from bot.domain.timetable import Timetable
from bot.domain.writing import abridge
from bot.texts import KINDS, N_, Html, Texts, join_html, visible_length

LONGEST = 1000
"""Characters of a summary, at most: below a picture Telegram takes 1,024."""
_LIST_SIZES = range(4, 0, -1)
_MOVEMENT_MAX, _UNIT_MAX, _ADDRESS_MAX = 40, 100, 80
_ANSWERS = {
    CHOSEN: N_("summary.unit_chose"),
    NONE: N_("summary.unit_nobody"),
    "": N_("summary.unit_silent"),
}
_NOBODY = {
    False: N_("summary.first_none"),
    True: N_("summary.first_none_over"),
}
_NOBODY_OF_UNIT = {
    False: N_("summary.unit_first_none"),
    True: N_("summary.unit_first_none_over"),
}
"""By whether the period is over: what may still come is not there yet, what may not is not there."""


@dataclass(frozen=True)
class Reader:
    """Whom a summary is for: `to` is how it names them; `asked` whether units answer for the period yet."""

    texts: Texts
    to: str
    asked: bool


def render(summary: Summary, reader: Reader) -> Html:
    """The office, or several units."""
    return fitting(lambda most: join_html(_of_units(summary, reader, most)), _LIST_SIZES)


def render_unit(summary: Summary, line: UnitLine, reader: Reader) -> Html:
    """One unit."""
    return join_html(_of_unit(summary, line, reader))


def render_public_unit(summary: Summary, line: UnitLine, texts: Texts) -> Html:
    """What everybody may see of one unit."""
    return join_html(_public(summary, texts, unit_name(line.unit)))


def render_public(summary: Summary, sent: int, texts: Texts) -> Html:
    """What everybody may see, and what the person has done."""
    return fitting(lambda most: join_html(_of_public(summary, sent, texts, most), "\n\n"), _LIST_SIZES)


def addressed(person: Person) -> str:
    """How a report names whom it is for."""
    return abridge(person.post or person.full_name, _ADDRESS_MAX)


def is_asked(timetable: Timetable, period: Period, today: date) -> bool:
    """Whether units answer for the period: months at once, longer ones from their first reminder on."""
    kind = kind_of(period)
    if not timetable.cycles[kind].on or (kind is CycleKind.HALF_YEAR and period.first_on.month > 1):
        return False
    cycle = timetable.cycle(period)
    first = min([day.on for day in cycle.reminders], default=cycle.due.on)
    return kind is CycleKind.MONTH or first <= today


def is_closed(timetable: Timetable, period: Period, now: datetime) -> bool:
    """Whether no unit can choose anybody for the period any more, nor for one within it."""
    return all(timetable.closes_at(one) <= now for one in periods_within(period))


def fitting(make: Callable[[int], Html], sizes: Iterable[int]) -> Html:
    """The text as the first of the sizes makes it that leaves it within LONGEST, or the last."""
    text = Html("")
    for size in sizes:
        text = make(size)
        if visible_length(text) <= LONGEST:
            break
    return text


def counted_list(texts: Texts, names: Sequence[str], most: int) -> str:
    """The first names, then how many more there are."""
    if len(names) <= most:
        return "; ".join(names)
    return texts.count("summary.and_others", len(names) - most, list="; ".join(names[:most]))


def share(texts: Texts, part: int, whole: int) -> str:
    """A share in per cent, with one decimal at most."""
    return texts.number(round(100 * part / whole, 1) if whole else 0)


# --- the office ---


def _of_units(summary: Summary, reader: Reader, most: int) -> list[Html]:
    texts = reader.texts
    if not summary.lines:
        return [_sentence([_first(summary, reader), texts.say("summary.no_units")])]
    return [
        _sentence([_first(summary, reader), *_reported(summary, reader, most)]),
        _change(summary, texts),
        *_kinds(summary, texts),
        *_units(summary, texts, most),
        *_movements(summary, texts),
        *_nobody(summary, texts, most),
        *_coverage(summary, texts),
        *_what_came(summary, texts),
    ]


def _sentence(parts: list[Html]) -> Html:
    return Html("; ".join(parts) + ".")


def _first(summary: Summary, reader: Reader, unit: str = "") -> Html:
    texts = reader.texts
    moment, day = texts.moment(summary.taken_at).split(" ")
    values = {"time": moment, "day": day, "to": reader.to, "period": texts.period(str(summary.period))}
    values |= {"n": texts.number(summary.total), "chosen": texts.number(summary.chosen), "unit": unit}
    if not summary.total and not summary.chosen:
        return texts.say((_NOBODY_OF_UNIT if unit else _NOBODY)[summary.over], **values)
    return texts.say("summary.unit_first" if unit else "summary.first", **values)


def _reported(summary: Summary, reader: Reader, most: int) -> list[Html]:
    """Who has answered; nothing of a period for which nobody is asked yet."""
    if not summary.asked or not (reader.asked or summary.answered):
        return []
    texts = reader.texts
    answered, units = texts.number(len(summary.answered)), texts.number(len(summary.asked))
    silent = [short_name(one.unit) for one in summary.silent]
    if not silent:
        return [texts.say("summary.all_reported", answered=answered, units=units)]
    named = counted_list(texts, silent, most)
    return [texts.say("summary.reported", answered=answered, units=units, silent=named)]


def _change(summary: Summary, texts: Texts) -> Html:
    period = summary.period
    before = _against(summary.total, summary.before, texts.period(str(period.previous)), texts)
    if period.previous == period.year_before:
        return texts.say("summary.change", before=before)
    year_before = _against(summary.total, summary.year_before, texts.period(str(period.year_before)), texts)
    return texts.say("summary.changes", before=before, year_before=year_before)


def _against(total: int, then: int, period: str, texts: Texts) -> str:
    change = total - then
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return texts.plain(
        "summary.against", period=period, n=texts.number(then), change=f"{sign}{texts.number(abs(change))}"
    )


def _kinds(summary: Summary, texts: Texts) -> list[Html]:
    kinds = [f"{texts.plain(KINDS[kind])} {texts.number(n)}" for kind, n in summary.by_kind]
    return [texts.say("summary.by_kind", list="; ".join(kinds))] if kinds else []


def _units(summary: Summary, texts: Texts, most: int) -> list[Html]:
    units = [f"{short_name(one.unit)} {texts.number(one.nominees)}" for one in summary.by_unit]
    return [texts.say("summary.by_unit", list=listed(units, most))] if units else []


def _movements(summary: Summary, texts: Texts) -> list[Html]:
    """The first one: their names are long, and all are behind a button."""
    found = [f"{abridge(name, _MOVEMENT_MAX)} {texts.number(n)}" for name, n in summary.movements]
    return [texts.say("summary.by_movement", list=listed(found, 1))] if found else []


def _nobody(summary: Summary, texts: Texts, most: int) -> list[Html]:
    names = [short_name(one.unit) for one in summary.none]
    if not names:
        return []
    return [texts.say("summary.none", n=texts.number(len(names)), list=counted_list(texts, names, most))]


def _coverage(summary: Summary, texts: Texts) -> list[Html]:
    if not summary.people:
        return []
    return [
        texts.say(
            "summary.coverage",
            nominators=texts.number(summary.took_part),
            people=texts.number(summary.people),
            share=share(texts, summary.took_part, summary.people),
        )
    ]


def _what_came(summary: Summary, texts: Texts) -> list[Html]:
    if not summary.total and not summary.chosen:
        return []
    return [
        texts.say(
            "summary.came",
            honoured=texts.number(summary.honoured),
            copied=texts.number(summary.copied),
            copies=texts.number(summary.copies),
        )
    ]


# --- a unit ---


def _of_unit(summary: Summary, line: UnitLine, reader: Reader) -> list[Html]:
    texts = reader.texts
    asked = line.in_force and (reader.asked or line.answer)
    answer = [texts.say(_ANSWERS[line.answer])] if asked else []
    return [
        _sentence([_first(summary, reader, unit_name(line.unit)), *answer]),
        _change(summary, texts),
        *_kinds(summary, texts),
        *_movements(summary, texts),
        *_coverage(summary, texts),
        *_what_came(summary, texts),
    ]


def unit_name(unit: Unit) -> str:
    """The unit's whole name, if it is not too long for a line."""
    return abridge(unit.name, _UNIT_MAX)


# --- what is public ---


def _of_public(summary: Summary, sent: int, texts: Texts, most: int) -> list[Html]:
    period = texts.period(str(summary.period))
    public = [*_public(summary, texts), *_units(summary, texts, most)]
    if sent:
        return [join_html(public), texts.count("summary.own", sent, period=period)]
    own = N_("summary.own_none_over") if summary.over else N_("summary.own_none")
    return [join_html(public), texts.say(own, period=period)]


def _public(summary: Summary, texts: Texts, unit: str = "") -> list[Html]:
    moment, day = texts.moment(summary.taken_at).split(" ")
    period = texts.period(str(summary.period))
    values = {"time": moment, "day": day, "period": f"{period}, {unit}" if unit else period}
    if not summary.total:
        return [texts.say("summary.public_none", **values)]
    return [texts.count("summary.public", summary.total, **values), *_kinds(summary, texts)]
