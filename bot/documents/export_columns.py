"""What an export's tables are made of: columns, each with its heading, its meaning and what its cells are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.documents.export_words import KINDS_BY_CODE, NOMINEE_KINDS
from bot.texts import N_

Sort = Literal[
    "text",
    "long",
    "number",
    "share",
    "moment",
    "day",
    "period",
    "unit",
    "person",
    "list",
    "names",
    "code",
    "notice",
]
SORTS: dict[Sort, str] = {
    "text": N_("export.sort.text"),
    "long": N_("export.sort.long"),
    "number": N_("export.sort.number"),
    "share": N_("export.sort.share"),
    "moment": N_("export.sort.moment"),
    "day": N_("export.sort.day"),
    "period": N_("export.sort.period"),
    "unit": N_("export.sort.unit"),
    "person": N_("export.sort.person"),
    "list": N_("export.sort.list"),
    "names": N_("export.sort.names"),
    "code": N_("export.sort.code"),
    "notice": N_("export.sort.notice"),
}
"""What each sort of value is called in the data dictionary."""


@dataclass(frozen=True)
class Column:
    """A column: its name in JSON and in its query (there `of`, if that is another), the ids of its heading
    and of what it means, its width in characters and what its cells are.

    `words` are the ids of what its codes are called, `empty` of what an empty cell is called; `private` is
    withheld of who does not agree, and not told of who was erased.
    """

    key: str
    heading: str
    means: str
    width: int = 14
    sort: Sort = "text"
    words: Mapping[str, str] = field(default_factory=dict)
    private: bool = False
    empty: str = ""
    of: str = ""


@dataclass(frozen=True)
class Table:
    """A table: the name of its query and in JSON, the id of its sheet's name, its columns, and how many of
    them stay in sight.
    """

    key: str
    sheet: str
    columns: tuple[Column, ...]
    frozen: int = 1


def person(key: str, heading: str, means: str, *, private: bool = False) -> Column:
    """A column of people's names; an empty one is of somebody erased."""
    return Column(key, heading, means, 28, "person", private=private, empty=N_("person.erased"))


def moment(key: str, heading: str, means: str) -> Column:
    """A column of instants."""
    return Column(key, heading, means, 17, "moment")


UNIT_CODE = Column("unit_code", N_("export.column.unit_code"), N_("export.means.unit_code"))
UNIT = Column("unit", N_("export.column.unit"), N_("export.means.unit"), 36, "unit")
PERIOD = Column("period", N_("export.column.period"), N_("export.means.period"), 15, "period")
NOMINATION = Column(
    "nomination_id", N_("export.column.nomination"), N_("export.means.nomination"), 12, "number"
)
EXEMPLAR = Column("exemplar", N_("export.column.exemplar"), N_("export.means.exemplar"), 12, "number")
NOMINEE = Column("nominee", N_("export.column.nominee"), N_("export.means.nominee"), 28, private=True)
POST = Column("post", N_("export.column.post"), N_("export.means.post"), 24, private=True)
FORM = Column(
    "nominee_kind", N_("export.column.nominee_kind"), N_("export.means.form"), 16, words=NOMINEE_KINDS
)
KIND = Column("kind", N_("export.column.kind"), N_("export.means.kind"), 24, words=KINDS_BY_CODE)
MOVEMENT = Column("movement", N_("export.column.movement"), N_("export.means.movement"), 40, "long")
WHOM = (EXEMPLAR, NOMINEE, FORM)
CODE = Column("code", N_("export.column.code"), N_("export.means.code"), 10, "number")
