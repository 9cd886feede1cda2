"""The three tables of an export: their columns, and the cells of a row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from bot.domain.nominations import Kind, Nominee, NomineeKind
from bot.domain.people import Unit, UnitId
from bot.domain.summary import UnitLine
from bot.texts import KINDS, N_, Texts
from storage.exports import NomineeRow
from storage.nominations import StandingRow


class Coded(NamedTuple):
    """A value that machines know by a code and people by a word."""

    code: object
    text: str


Cell = str | int | float | date | datetime | Coded | None
Sort = Literal["text", "long", "number", "share", "moment", "day", "period", "person", "list"]


@dataclass(frozen=True)
class Column:
    """A column: its name in JSON, the id of its heading, its width in characters and what its cells are.

    `words` are the ids of what its codes are called; `private` is what is withheld of who does not agree.
    """

    key: str
    heading: str
    width: int = 14
    sort: Sort = "text"
    words: Mapping[str, str] = field(default_factory=dict)
    private: bool = False


NOMINEE_KINDS = {
    NomineeKind.PERSON.value: N_("export.person"),
    NomineeKind.GROUP.value: N_("export.group"),
    NomineeKind.MODEL.value: N_("export.model"),
}

OVERVIEW = (
    Column("unit_code", N_("export.column.unit_code")),
    Column("unit", N_("export.column.unit"), 40),
    *(Column(kind.value, heading, 12, "number") for kind, heading in KINDS.items()),
    Column("nominees", N_("export.column.nominees"), 12, "number"),
    Column("people", N_("export.column.people"), 12, "number"),
    Column("nominators", N_("export.column.nominators"), 14, "number"),
    Column("coverage", N_("export.column.coverage"), 14, "share"),
)
NOMINEES = (
    Column("period", N_("export.column.period"), 15),
    Column("unit_code", N_("export.column.unit_code")),
    Column("unit", N_("export.column.unit"), 36),
    Column("nominee", N_("export.column.nominee"), 28),
    Column("nominee_kind", N_("export.column.nominee_kind"), 16),
    Column("post", N_("export.column.post"), 24),
    Column("reasons", N_("export.column.reasons"), 12, "number"),
    Column("kinds", N_("export.column.kinds"), 28),
    Column("movements", N_("export.column.movements"), 44, "long"),
    Column("state", N_("export.column.state"), 20),
)
NOMINATIONS = (
    Column("code", N_("export.column.code"), 10),
    Column("period", N_("export.column.period"), 15),
    Column("unit_code", N_("export.column.unit_code")),
    Column("unit", N_("export.column.unit"), 36),
    Column("nominee", N_("export.column.nominee"), 28),
    Column("post", N_("export.column.post"), 24),
    Column("kind", N_("export.column.kind"), 24),
    Column("movement", N_("export.column.movement"), 40, "long"),
    Column("story", N_("export.column.story"), 70, "long"),
    Column("result", N_("field.result"), 36, "long"),
    Column("spread", N_("field.spread"), 36, "long"),
    Column("lesson", N_("field.lesson"), 36, "long"),
    Column("field", N_("field.field"), 24, "long"),
    Column("deed_period", N_("field.deed_period"), 24),
    Column("evidence", N_("export.column.evidence"), 12, "number"),
    Column("nominator", N_("export.column.nominator"), 28),
    Column("sent_at", N_("export.column.sent_at"), 17, "moment"),
    Column("changed_at", N_("export.column.changed_at"), 17, "moment"),
)


def overview_cells(line: UnitLine) -> list[Cell]:
    """A unit's line of the overview."""
    return [
        line.unit.code,
        line.unit.name,
        *(line.kinds.get(kind, 0) for kind in Kind),
        line.nominees,
        line.people,
        line.took_part,
        line.took_part / line.people if line.people else None,
    ]


def all_units(lines: Iterable[UnitLine], texts: Texts) -> list[Cell]:
    """The overview's last line: all its units together."""
    known = list(lines)
    kinds = {kind: sum(line.kinds.get(kind, 0) for line in known) for kind in Kind}
    people, took_part = (sum(getattr(line, name) for line in known) for name in ("people", "took_part"))
    everybody = Unit(UnitId(0), "", texts.plain("export.total"))
    return overview_cells(UnitLine(everybody, kinds, people=people, took_part=took_part))


def nominee_cells(
    row: NomineeRow, movements: dict[int, str], texts: Texts, *, withheld: bool = False
) -> list[Cell]:
    """A nominee with what the reasons for them come to; `withheld`: without saying who it is."""
    nominee = row.nominee
    named = [movements[movement_id] for movement_id in row.movement_ids]
    return [
        Coded(row.period, texts.period(row.period)),
        row.unit_code,
        row.unit_name,
        _name(nominee, texts, erased=row.erased, withheld=withheld),
        Coded(nominee.kind.value, texts.plain(NOMINEE_KINDS[nominee.kind.value])),
        texts.plain("export.withheld") if withheld else nominee.post,
        row.reasons,
        Coded([kind.value for kind in row.kinds], ", ".join(texts.plain(KINDS[kind]) for kind in row.kinds)),
        Coded(named, "; ".join(named)),
        Coded("opened", texts.plain("mine.opened"))
        if row.opened
        else Coded("waiting", texts.plain("mine.waiting")),
    ]


def reason_cells(row: StandingRow, texts: Texts, *, withheld: bool = False) -> list[Cell]:
    """A reason with whom it is for and who gave it; `withheld`: without saying for whom and what."""
    endorsement, nominee, reason = row.endorsement, row.endorsement.nominee, row.endorsement.reason
    told: list[Cell] = [
        nominee.post,
        reason.story or texts.plain("story.erased"),
        reason.result,
        reason.spread,
        reason.lesson,
    ]
    if withheld:
        told = [texts.plain("export.withheld") if cell else cell for cell in told]
    post, *story = told
    return [
        endorsement.code,
        Coded(endorsement.period, texts.period(endorsement.period)),
        row.unit_code,
        endorsement.unit_name,
        _name(nominee, texts, erased=row.nominee_erased, withheld=withheld),
        post,
        Coded(reason.kind.value, texts.plain(KINDS[reason.kind])),
        endorsement.movement_name,
        *story,
        reason.field,
        reason.deed_period,
        len(reason.evidence),
        _nominator(row, texts),
        endorsement.sent_at,
        endorsement.changed_at,
    ]


def _name(nominee: Nominee, texts: Texts, *, erased: bool, withheld: bool) -> str:
    if withheld:
        return texts.plain("export.withheld")
    return texts.plain("person.erased") if erased else nominee.name


def _nominator(row: StandingRow, texts: Texts) -> str:
    if row.nominator_erased:
        return texts.plain("person.erased")
    name = row.nominator_name
    return texts.plain("export.hidden_name", name=name) if row.endorsement.reason.hide_name else name
