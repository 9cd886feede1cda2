"""The overview of an export: what units come to, as they are counted everywhere."""

from collections.abc import Iterable, Mapping, Sequence

from bot.documents.export_columns import UNIT_CODE, Column, Table
from bot.documents.export_words import ANSWERS
from bot.domain.nominations import Kind
from bot.domain.people import Unit, UnitId
from bot.domain.summary import UnitLine
from bot.operations.export_nominations import Figures
from bot.texts import KINDS, N_, Texts


def _number(key: str, heading: str, means: str, width: int = 12) -> Column:
    return Column(key, heading, means, width, "number")


OVERVIEW = Table(
    "overview",
    N_("export.sheet.overview"),
    (
        UNIT_CODE,
        Column("unit", N_("export.column.unit"), N_("export.means.unit"), 40),
        *(_number(kind.value, heading, N_("export.means.of_kind")) for kind, heading in KINDS.items()),
        _number("nominees", N_("export.column.nominees"), N_("export.means.nominees")),
        _number("reasons", N_("export.column.reasons"), N_("export.means.reasons_n")),
        _number("people", N_("export.column.people"), N_("export.means.people")),
        _number("nominators", N_("export.column.nominators"), N_("export.means.nominators"), 14),
        Column("coverage", N_("export.column.coverage"), N_("export.means.coverage"), 14, "share"),
        Column("answer", N_("export.column.answer"), N_("export.means.unit_answer"), 20, words=ANSWERS),
        _number("chosen", N_("export.column.chosen"), N_("export.means.chosen")),
        _number("honoured", N_("export.column.honoured"), N_("export.means.honoured")),
        _number("copied", N_("export.column.copied"), N_("export.means.copied")),
        _number("copies", N_("export.column.copies"), N_("export.means.copies")),
    ),
    2,
)
FIGURES = Table(
    "figures",
    N_("export.sheet.figures"),
    (
        Column(
            "what",
            N_("export.column.what"),
            N_("export.means.what"),
            24,
            words={"movement": N_("export.figures.movement"), "trend": N_("export.figures.trend")},
        ),
        Column("name", N_("export.column.name"), N_("export.means.name"), 60, "long"),
        _number("nominees", N_("export.column.nominees"), N_("export.means.nominees_of")),
    ),
)

Line = dict[str, object]
"""A row by the names of its columns; codes are codes."""


def unit_lines(lines: Iterable[UnitLine]) -> list[Line]:
    """A line for each unit."""
    return [
        {
            "unit_code": line.unit.code,
            "unit": line.unit.name,
            **{kind.value: line.kinds.get(kind, 0) for kind in Kind},
            "nominees": line.nominees,
            "reasons": line.reasons,
            "people": line.people,
            "nominators": line.took_part,
            "coverage": line.took_part / line.people if line.people else None,
            "answer": line.answer,
            "chosen": line.chosen,
            "honoured": line.honoured,
            "copied": line.copied,
            "copies": line.copies,
        }
        for line in lines
    ]


def total_line(lines: Sequence[UnitLine], texts: Texts) -> Line:
    """The same of all units together."""
    everybody = Unit(UnitId(0), "", texts.plain("export.total"))
    counted = ("reasons", "people", "took_part", "chosen", "honoured", "copied", "copies")
    together = UnitLine(
        everybody,
        {kind: sum(line.kinds.get(kind, 0) for line in lines) for kind in Kind},
        **{name: sum(getattr(line, name) for line in lines) for name in counted},
    )
    return unit_lines([together])[0]


def figure_lines(figures: Figures, texts: Texts) -> list[Line]:
    """Movements by their nominees, and the periods before this one, the oldest first."""
    named: Mapping[str, Iterable[tuple[str, int]]] = {
        "movement": figures.movements,
        "trend": [(texts.period(period), n) for period, n in figures.trend],
    }
    return [{"what": what, "name": name, "nominees": n} for what, told in named.items() for name, n in told]
