"""What the chart of a summary shows: how the period stands against those before, and its parts."""

from collections.abc import Sequence

from bot.documents.chart import Chart
from bot.domain.periods import Period
from bot.domain.summary import Summary, short_name
from bot.domain.writing import abridge
from bot.texts import KINDS, N_, Texts

PARTS_SHOWN = 8
"""Bars before the others are one."""
_LABEL_MAX = 32
_TRENDS = {
    1: N_("chart.by_month"),
    3: N_("chart.by_quarter"),
    6: N_("chart.by_half"),
    12: N_("chart.by_year"),
}
_Parts = Sequence[tuple[str, int]]


def chart_of(summary: Summary, texts: Texts) -> Chart:
    """The trend, and the units."""
    return _chart(summary, texts, _title(summary, texts), texts.plain("chart.by_unit"), _units(summary))


def kind_chart_of(summary: Summary, texts: Texts, name: str = "") -> Chart:
    """The trend, and the kinds; `name` is that of the unit whose summary it is."""
    title, parts = _title(summary, texts, name), _kinds(summary, texts)
    return _chart(summary, texts, title, texts.plain("chart.by_kind"), parts)


def movement_chart_of(summary: Summary, texts: Texts, name: str = "") -> Chart:
    """The trend, and the movements; `name` is that of the unit whose summary it is."""
    parts = [(abridge(name, _LABEL_MAX), n) for name, n in summary.movements]
    return _chart(summary, texts, _title(summary, texts, name), texts.plain("chart.by_movement"), parts)


def public_chart_of(summary: Summary, texts: Texts, name: str = "", *, by_kind: bool = False) -> Chart:
    """The trend and the units of what everybody may see; of one unit, or where asked for, the kinds."""
    title = texts.plain("chart.title_public", period=texts.period(str(summary.period)))
    if name:
        title = _title(summary, texts, name)
    subtitle = texts.count("chart.public", summary.total)
    if name or by_kind:
        return _chart(summary, texts, title, texts.plain("chart.by_kind"), _kinds(summary, texts), subtitle)
    return _chart(summary, texts, title, texts.plain("chart.by_unit"), _units(summary), subtitle)


def _chart(
    summary: Summary, texts: Texts, title: str, parts_title: str, parts: _Parts, subtitle: str = ""
) -> Chart:
    chosen = texts.count("chart.chosen", summary.chosen)
    labels = _labels([period for period, _ in summary.trend], texts)
    return Chart(
        title=title,
        subtitle=subtitle or f"{texts.count('chart.nominees', summary.total)} · {chosen}",
        trend_title=texts.plain(_TRENDS[summary.period.months]),
        trend=tuple(zip(labels, (n for _, n in summary.trend), strict=True)),
        units_title=parts_title,
        units=_cut(parts, texts),
        footer=texts.plain("chart.taken_at", at=texts.moment(summary.taken_at)),
        language=texts.locale,
        others=len(parts) > PARTS_SHOWN,
    )


def _title(summary: Summary, texts: Texts, name: str = "") -> str:
    period = texts.period(str(summary.period))
    if name:
        return texts.plain("chart.title_unit", unit=abridge(name, _LABEL_MAX), period=period)
    return texts.plain("chart.title", period=period)


def _units(summary: Summary) -> _Parts:
    return [(short_name(line.unit), line.nominees) for line in summary.by_unit]


def _kinds(summary: Summary, texts: Texts) -> _Parts:
    ranked = sorted(summary.by_kind, key=lambda part: -part[1])
    return [(texts.plain(KINDS[kind]), n) for kind, n in ranked]


def _cut(parts: _Parts, texts: Texts) -> tuple[tuple[str, int], ...]:
    """The first ones, and all others as one."""
    if len(parts) <= PARTS_SHOWN:
        return tuple(parts)
    shown, others = parts[: PARTS_SHOWN - 1], parts[PARTS_SHOWN - 1 :]
    return (*shown, (texts.count("chart.others", len(others)), sum(n for _, n in others)))


def _labels(periods: Sequence[Period], texts: Texts) -> list[str]:
    """Periods where there is little room; the year stands below the first of each."""
    labels, known = [], 0
    for period in periods:
        year = period.first_on.year
        label = _label(period, texts)
        labels.append(label if year == known or period.months == 12 else f"{label}\n{year}")
        known = year
    return labels


def _label(period: Period, texts: Texts) -> str:
    month = period.first_on.month
    if period.months == 12:
        return str(period.first_on.year)
    if period.months == 6:
        return texts.plain("chart.first_half" if month == 1 else "chart.second_half")
    return f"Q{(month + 2) // 3}" if period.months == 3 else str(month)
