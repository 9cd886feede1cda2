"""Every number of a period, wherever it stands, is what the rows come to: offices and years out of dice."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.documents.chart import Chart
from bot.documents.summary_chart import chart_of, kind_chart_of, movement_chart_of, public_chart_of
from bot.domain.people import UnitId
from bot.domain.periods import Period, read_period
from bot.domain.summary import Summary
from bot.operations.summarise import summarise, summarise_public
from bot.texts import Texts
from storage.database import Database
from storage.migrating import open_migrated
from tests.documents.any_office import ZONE, Size, put_office
from tests.documents.counted import KINDS, Ledger, Stretch, read_ledger
from tests.documents.numbers_exported import check_exports, ever
from tests.documents.numbers_filed import check_meeting, check_papers, check_report, check_table
from tests.documents.numbers_said import check_unit_words, check_words

SIZES = st.builds(
    Size,
    units=st.integers(1, 12),
    people=st.integers(1, 14),
    nominations=st.integers(0, 40),
    answers=st.integers(0, 6),
    exemplars=st.integers(0, 12),
)
Case = tuple[Stretch, Collection[UnitId] | None]


@pytest.fixture
def looping(database_url: str) -> Iterator[Callable[[Callable[[Database], Any]], None]]:
    """Carries something out on the office's database, on a loop of its own."""
    with asyncio.Runner() as runner:
        opened = runner.run(open_migrated(database_url, synchronous="OFF"))
        yield lambda doing: runner.run(doing(opened))
        runner.run(opened.close())


def period_like(stretch: Stretch) -> Period:
    """The same as the program has it."""
    period = read_period(str(stretch))
    assert period is not None
    return period


def cases(chance: Random, ledger: Ledger) -> list[Case]:
    """Periods of every length, this one and one of before, of the office and of some of its units."""
    today = ledger.now.astimezone(ledger.zone)
    found: list[Case] = []
    for length in (1, 3, 6, 12):
        months_ago = chance.randrange(1, 27)
        for at in (today.year * 12 + today.month - 1, today.year * 12 + today.month - 1 - months_ago):
            some = frozenset(UnitId(one) for one in ledger.units if chance.random() < 0.4)
            stretch = Stretch.around(at // 12, at % 12 + 1, length)
            found += [(stretch, None), (stretch, some)]
    return found


def for_everybody(looping: Any, most: int, check: Any) -> None:
    """Let `check` look at so many offices, each in its ledger."""

    @given(seed=st.integers(0, 2**32 - 1), size=SIZES)
    @settings(
        max_examples=most,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def look(seed: int, size: Size) -> None:
        async def doing(database: Database) -> None:
            chance = Random(seed)  # noqa: S311 - dice, not secrets
            office = await put_office(database, chance, size)
            async with database.reading() as session:
                ledger = await read_ledger(session, office.now, ZONE)
            await check(database, chance, ledger)

        looping(doing)

    look()


# --- the figures themselves ---


def as_told(summary: Summary) -> dict[str, Any]:
    """Everything that a summary says."""
    names = ("reasons", "people", "took_part", "answer", "chosen", "honoured", "copied", "copies", "in_force")
    return {
        "lines": {
            line.unit.code: {
                "name": line.unit.name,
                "kinds": {kind.value: n for kind, n in line.kinds.items() if n},
                **{name: getattr(line, name) for name in names},
            }
            for line in summary.lines
        },
        "kinds": {kind.value: n for kind, n in summary.by_kind},
        "units": [(line.unit.code, line.nominees) for line in summary.by_unit],
        "movements": dict(summary.movements),
        "trend": [(str(period), n) for period, n in summary.trend],
        "total": summary.total,
        "reasons": summary.reasons,
        "before": summary.before,
        "year before": summary.year_before,
        "chosen": summary.chosen,
        "honoured": summary.honoured,
        "copied": (summary.copied, summary.copies),
        "asked": [line.unit.code for line in summary.asked],
        "answered": [line.unit.code for line in summary.answered],
        "nobody": [line.unit.code for line in summary.none],
        "silent": [line.unit.code for line in summary.silent],
        "coverage": (summary.took_part, summary.people, round(summary.coverage, 9)),
    }


def as_counted(ledger: Ledger, stretch: Stretch, only: Collection[UnitId] | None) -> dict[str, Any]:
    """The same out of the ledger."""
    lines = ledger.lines(stretch, only)
    nominees = ledger.nominees(stretch.months, only)
    asked = [line for line in lines if line.in_force]
    people, took_part = sum(line.people for line in lines), sum(line.took_part for line in lines)
    sums = {name: sum(getattr(line, name) for line in lines) for name in ("honoured", "copied", "copies")}
    ranked = sorted((line for line in lines if line.kinds), key=lambda line: -line.kinds.total())
    return {
        "lines": {
            line.code: {
                "name": line.name,
                "kinds": dict(line.kinds),
                "reasons": line.reasons,
                "people": line.people,
                "took_part": line.took_part,
                "answer": line.answer,
                "chosen": line.chosen,
                "honoured": line.honoured,
                "copied": line.copied,
                "copies": line.copies,
                "in_force": line.in_force,
            }
            for line in lines
        },
        "kinds": {
            kind: n for kind in KINDS if (n := sum(ledger.first(one)["kind"] == kind for one in nominees))
        },
        "units": [(line.code, line.kinds.total()) for line in ranked],
        "movements": dict(ledger.movements(stretch, only)),
        "trend": ledger.trend(stretch, only),
        "total": len(nominees),
        "reasons": sum(len(ledger.reasons[one]) for one in nominees),
        "before": len(ledger.nominees(stretch.back(stretch.length).months, only)),
        "year before": len(ledger.nominees(stretch.back(12).months, only)),
        "chosen": sum(line.chosen for line in lines),
        "honoured": sums["honoured"],
        "copied": (sums["copied"], sums["copies"]),
        "asked": [line.code for line in asked],
        "answered": [line.code for line in asked if line.answer],
        "nobody": [line.code for line in asked if line.answer == "none"],
        "silent": [line.code for line in asked if not line.answer],
        "coverage": (took_part, people, round(took_part / people, 9) if people else 0),
    }


def bars(chart: Chart) -> list[int]:
    """The numbers of a chart's parts."""
    return [n for _, n in chart.units]


def cut(numbers: Iterable[int]) -> list[int]:
    """Numbers as a chart shows them: the greatest, and the others as one."""
    ranked = sorted(numbers, reverse=True)
    return ranked if len(ranked) <= 8 else [*ranked[:7], sum(ranked[7:])]


async def check_figures(database: Database, chance: Random, ledger: Ledger) -> None:
    """What a summary and its charts say."""
    texts = Texts("vi", ZONE)
    async with database.reading() as session:
        for stretch, only in cases(chance, ledger):
            period = period_like(stretch)
            summary = await summarise(session, period, ledger.now, ZONE, only)
            counted = as_counted(ledger, stretch, only)
            assert as_told(summary) == counted
            chart = chart_of(summary, texts)
            assert [n for _, n in chart.trend] == [n for _, n in counted["trend"]]
            assert bars(chart) == cut(n for _, n in counted["units"])
            assert bars(kind_chart_of(summary, texts)) == cut(counted["kinds"].values())
            assert bars(movement_chart_of(summary, texts)) == cut(counted["movements"].values())
            public = await summarise_public(session, period, ledger.now, ZONE)
            seen = ledger.public(stretch.months)
            assert public.total == len(seen) == public.trend[-1][1]
            assert {kind.value: n for kind, n in public.by_kind} == Counter(row["kind"] for row in seen)
            units = Counter(ledger.nominations[row["nomination_id"]]["unit_id"] for row in seen)
            assert bars(public_chart_of(public, texts)) == cut(units.values())
            assert [n for _, n in public.trend] == [
                len(ledger.public(stretch.back(n * stretch.length).months))
                for n in reversed(range(len(public.trend)))
            ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_summary_says_what_the_rows_come_to(looping):
    """Line by line and in all, its trend, its charts, and what of it is public."""
    for_everybody(looping, 50, check_figures)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_summary_says_it_on_postgresql(looping):
    """The same on the other database, in fewer offices."""
    for_everybody(looping, 20, check_figures)


# --- what is read on a phone ---


async def check_phone(database: Database, chance: Random, ledger: Ledger) -> None:
    """Below the chart, in both languages: of the office, of some units, of one, and what is public."""
    async with database.reading() as session:
        for stretch, only in cases(chance, ledger):
            texts = Texts(chance.choice(("vi", "en")), ZONE)
            await check_words(session, texts, ledger, stretch, only)
            unit_id = UnitId(chance.choice(list(ledger.units)))
            await check_unit_words(session, texts, ledger, stretch, unit_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_text_below_the_chart_says_what_the_rows_come_to(looping):
    """Every number of it, read by the words around it."""
    for_everybody(looping, 40, check_phone)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_text_says_it_on_postgresql(looping):
    """The same on the other database, in fewer offices."""
    for_everybody(looping, 10, check_phone)


# --- exports ---


async def check_files(database: Database, chance: Random, ledger: Ledger) -> None:
    """Everything there ever was, or a period; of the office, or of a unit."""
    stretch = ever(ledger) if chance.random() < 0.2 else chance.choice(cases(chance, ledger))[0]
    unit_id = UnitId(chance.choice(list(ledger.units))) if chance.random() < 0.4 else None
    await check_exports(database, ledger, stretch, unit_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_exports_say_what_the_rows_come_to(looping):
    """Workbook, archive and JSON: their overview, and what their details come to."""
    for_everybody(looping, 30, check_files)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_exports_say_it_on_postgresql(looping):
    """The same on the other database, in fewer offices."""
    for_everybody(looping, 8, check_files)


# --- documents ---


async def check_documents(database: Database, chance: Random, ledger: Ledger) -> None:
    """The appendix table, the report, the meeting pack, the submission and the minutes about a period."""
    stretch = chance.choice(cases(chance, ledger))[0]
    await check_table(database, stretch, ledger)
    await check_report(database, stretch, ledger)
    await check_meeting(database, stretch, ledger)
    await check_papers(database, stretch, ledger)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_documents_say_what_the_rows_come_to(looping):
    """Every cell of their tables, every number of their sentences."""
    for_everybody(looping, 16, check_documents)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_documents_say_it_on_postgresql(looping):
    """The same on the other database, in fewer offices."""
    for_everybody(looping, 5, check_documents)
