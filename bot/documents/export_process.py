"""An export's tables of the process: what units answered, and what became of whom they chose.

A row is what a query of storage/process.sql gives. Of an exemplar who has not agreed to publication, or does
so no more, the cells that are `private` say only that; those of a person whose data was removed say so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.clock import from_us
from bot.documents.export_tables import NOMINEE_KINDS, Cell, Coded, Column
from bot.documents.export_words import (
    ADOPTIONS,
    ANSWER_STATES,
    ANSWERS,
    CONSENTS,
    CRITERIA,
    EVENT_KINDS,
    EVENT_STATES,
    EXEMPLAR_STATES,
    FOSTERINGS,
    KINDS_BY_CODE,
    LESSON_KINDS,
    LIST_STATES,
    MOVEMENT_KINDS,
    PLACES,
    REPLIES,
    SUGGESTIONS,
    WAYS,
)
from bot.domain.nominations import NominationId
from bot.texts import N_, Texts

_NAMES = ("nominee", "representative")


@dataclass(frozen=True)
class Table:
    """A table: the name of its query and in JSON, the id of its sheet's name, and its columns."""

    key: str
    sheet: str
    columns: tuple[Column, ...]
    frozen: int = 1


_UNIT_CODE = Column("unit_code", N_("export.column.unit_code"))
_UNIT = Column("unit", N_("export.column.unit"), 36)
_PERIOD = Column("period", N_("export.column.period"), 15, "period")
_EXEMPLAR = Column("exemplar", N_("export.column.exemplar"), 12, "number")
_NOMINEE = Column("nominee", N_("export.column.nominee"), 28, private=True)
_POST = Column("post", N_("export.column.post"), 24, private=True)
_FORM = Column("nominee_kind", N_("export.column.nominee_kind"), 16, words=NOMINEE_KINDS)
_KIND = Column("kind", N_("export.column.kind"), 24, words=KINDS_BY_CODE)
_WHOM = (_EXEMPLAR, _NOMINEE, _FORM)


def _person(key: str, heading: str) -> Column:
    return Column(key, heading, 28, "person")


def _moment(key: str, heading: str) -> Column:
    return Column(key, heading, 17, "moment")


PROCESS = (
    Table(
        "answers",
        N_("export.sheet.answers"),
        (
            _PERIOD,
            _UNIT_CODE,
            _UNIT,
            Column("answer", N_("export.column.answer"), 20, words=ANSWERS),
            Column("reason", N_("export.column.nobody_reason"), 50, "long"),
            Column("choices", N_("export.column.choices"), 12, "number"),
            _person("answered_by", N_("export.column.answered_by")),
            _person("for_head", N_("export.column.for_head")),
            Column("state", N_("export.column.state"), 22, words=ANSWER_STATES),
            Column("question", N_("export.column.question"), 40, "long"),
            _moment("at", N_("export.column.at")),
            _person("checked_by", N_("export.column.checked_by")),
            _moment("checked_at", N_("export.column.checked_at")),
            Column("revisions", N_("export.column.revisions"), 12, "number"),
        ),
        3,
    ),
    Table(
        "choices",
        N_("export.sheet.choices"),
        (
            _PERIOD,
            _UNIT_CODE,
            _UNIT,
            _NOMINEE,
            _POST,
            _FORM,
            _KIND,
            Column("reason", N_("export.column.reason"), 60, "long", private=True),
            Column("criteria", N_("export.column.criteria"), 32, "list", CRITERIA),
            _EXEMPLAR,
            _person("chosen_by", N_("export.column.chosen_by")),
            _moment("at", N_("export.column.at")),
        ),
        4,
    ),
    Table(
        "office_lists",
        N_("export.sheet.office_lists"),
        (
            _PERIOD,
            Column("state", N_("export.column.state"), 18, words=LIST_STATES),
            _UNIT_CODE,
            _UNIT,
            _NOMINEE,
            _POST,
            _FORM,
            Column("form", N_("export.column.form"), 30),
            Column("note", N_("export.column.note"), 40, "long", private=True),
            _person("entered_by", N_("export.column.entered_by")),
            _moment("at", N_("export.column.at")),
        ),
    ),
    Table(
        "exemplars",
        N_("export.sheet.exemplars"),
        (
            Column("code", N_("export.column.exemplar"), 12, "number"),
            _PERIOD,
            _UNIT_CODE,
            _UNIT,
            _NOMINEE,
            _POST,
            _FORM,
            _KIND,
            Column("movement", N_("export.column.movement"), 40, "long"),
            Column("field", N_("field.field"), 24, "long"),
            Column("text", N_("export.column.text"), 60, "long", private=True),
            Column("consent", N_("export.column.consent"), 22, words=CONSENTS),
            _moment("consent_at", N_("export.column.consent_at")),
            Column("representative", N_("export.column.representative"), 28, "person", private=True),
            Column("state", N_("export.column.state"), 20, words=EXEMPLAR_STATES),
            _moment("made_at", N_("export.column.made_at")),
            _moment("honoured_at", N_("export.column.honoured_at")),
            Column("places", N_("export.column.places"), 32, "list", PLACES),
            Column("congratulations", N_("export.column.congratulations"), 12, "number"),
            Column("adoptions", N_("export.column.adoptions"), 12, "number"),
        ),
        5,
    ),
    Table(
        "consents",
        N_("export.sheet.consents"),
        (
            *_WHOM,
            Column("text_version", N_("export.column.text_version"), 12, "number"),
            Column("answer", N_("export.column.consent"), 22, words=CONSENTS),
            _moment("at", N_("export.column.at")),
            Column("person", N_("export.column.asked"), 28, "person", private=True),
            Column("note", N_("export.column.note"), 40, "long", private=True),
            Column("way", N_("export.column.way"), 16, words=WAYS),
            Column("dated_on", N_("export.column.dated_on"), 13, "day"),
            _person("entered_by", N_("export.column.entered_by")),
        ),
        2,
    ),
    Table(
        "honours",
        N_("export.sheet.honours"),
        (
            *_WHOM,
            Column("place", N_("export.column.place"), 24, words=PLACES),
            Column("chat", N_("export.column.chat"), 28),
            Column("text_version", N_("export.column.text_version"), 12, "number"),
            _person("honoured_by", N_("export.column.honoured_by")),
            _moment("at", N_("export.column.honoured_at")),
            _moment("removed_at", N_("export.column.removed_at")),
        ),
        2,
    ),
    Table(
        "fosterings",
        N_("export.sheet.fosterings"),
        (
            *_WHOM,
            _person("mentor", N_("export.column.mentor")),
            Column("aim", N_("export.column.aim"), 40, "long", private=True),
            Column("state", N_("export.column.state"), 18, words=FOSTERINGS),
            Column("outcome", N_("export.column.outcome"), 40, "long", private=True),
            _moment("made_at", N_("export.column.made_at")),
            _moment("ended_at", N_("export.column.ended_at")),
            Column("step", N_("export.column.step"), 40, "long", private=True),
            Column("due_on", N_("export.column.due_on"), 13, "day"),
            _moment("done_at", N_("export.column.done_at")),
            Column("result", N_("export.column.result"), 40, "long", private=True),
            _moment("dropped_at", N_("export.column.dropped_at")),
        ),
        2,
    ),
    Table(
        "adoptions",
        N_("export.sheet.adoptions"),
        (
            *_WHOM,
            Column("unit_code", N_("export.column.unit_code")),
            Column("unit", N_("export.column.adopting_unit"), 36),
            Column("body", N_("export.column.body"), 36),
            Column("plan", N_("export.column.plan"), 40, "long", private=True),
            Column("state", N_("export.column.state"), 18, words=ADOPTIONS),
            Column("result", N_("export.column.result"), 40, "long", private=True),
            _person("person", N_("export.column.pledged_by")),
            _moment("pledged_at", N_("export.column.pledged_at")),
            _moment("ended_at", N_("export.column.ended_at")),
        ),
        2,
    ),
    Table(
        "lessons",
        N_("export.sheet.lessons"),
        (
            Column("kind", N_("export.column.kind"), 32, words=LESSON_KINDS),
            _PERIOD,
            Column("text", N_("export.column.text"), 60, "long", private=True),
            _UNIT_CODE,
            _UNIT,
            *_WHOM,
            Column("movement", N_("export.column.movement"), 40, "long"),
            Column("event", N_("export.column.event"), 36, "long"),
            _person("person", N_("export.column.written_by")),
            _moment("at", N_("export.column.at")),
            _moment("withdrawn_at", N_("export.column.withdrawn_at")),
        ),
    ),
    Table(
        "events",
        N_("export.sheet.events"),
        (
            Column("event", N_("export.column.code"), 10, "number"),
            Column("kind", N_("export.column.kind"), 24, words=EVENT_KINDS),
            Column("title", N_("export.column.event"), 44, "long"),
            _UNIT_CODE,
            Column("unit", N_("export.column.host"), 36),
            Column("place", N_("export.column.where"), 32),
            _moment("starts_at", N_("export.column.starts_at")),
            _moment("ends_at", N_("export.column.ends_at")),
            Column("note", N_("export.column.note"), 40, "long"),
            Column("state", N_("export.column.state"), 18, words=EVENT_STATES),
            Column("yes_n", N_("export.column.yes"), 12, "number"),
            Column("no_n", N_("export.column.no"), 12, "number"),
            Column("attended", N_("export.column.attended"), 12, "number"),
            Column("outcome", N_("export.column.outcome"), 50, "long"),
            Column("reason", N_("export.column.cancel_reason"), 36, "long"),
            _person("made_by", N_("export.column.made_by")),
        ),
        3,
    ),
    Table(
        "event_speakers",
        N_("export.sheet.event_speakers"),
        (
            Column("event", N_("export.column.code"), 10, "number"),
            Column("title", N_("export.column.event"), 44, "long"),
            _moment("starts_at", N_("export.column.starts_at")),
            *_WHOM,
            Column("answer", N_("export.column.reply"), 18, words=REPLIES),
        ),
        2,
    ),
    Table(
        "movements",
        N_("export.sheet.movements"),
        (
            Column("name", N_("export.column.movement"), 60, "long"),
            Column("kind", N_("export.column.kind"), 18, words=MOVEMENT_KINDS),
            Column("level", N_("export.column.level"), 16),
            Column("from_on", N_("export.column.from_on"), 13, "day"),
            Column("to_on", N_("export.column.to_on"), 13, "day"),
            Column("ended_on", N_("export.column.ended_on"), 13, "day"),
            Column("review_on", N_("export.column.review_on"), 13, "day"),
            _moment("done_at", N_("export.column.reviewed_at")),
            Column("note", N_("export.column.review_note"), 50, "long"),
        ),
    ),
    Table(
        "suggestions",
        N_("export.sheet.suggestions"),
        (
            Column("code", N_("export.column.code"), 10, "number"),
            _UNIT_CODE,
            _UNIT,
            _person("person", N_("export.column.suggested_by")),
            Column("text", N_("export.column.text"), 60, "long"),
            Column("state", N_("export.column.state"), 18, words=SUGGESTIONS),
            Column("answer", N_("export.column.reply"), 50, "long"),
            _person("answered_by", N_("export.column.replied_by")),
            _moment("at", N_("export.column.at")),
            _moment("answered_at", N_("export.column.replied_at")),
        ),
    ),
)


def process_cells(
    table: Table, row: Mapping[str, Any], withheld: frozenset[NominationId], texts: Texts
) -> list[Cell]:
    """The cells of a row of the table's query."""
    known = dict(row)
    hidden = known.get("nomination_id") in withheld
    erased = known.get("nominee_erased_at") is not None
    return [_cell(column, known[column.key], texts, hidden=hidden, erased=erased) for column in table.columns]


def _cell(column: Column, value: Any, texts: Texts, *, hidden: bool, erased: bool) -> Cell:
    if column.private and value and hidden:
        return texts.plain("export.withheld")
    if column.private and erased and column.key in _NAMES:
        return texts.plain("person.erased")
    if column.private and erased and value == "" and column.sort == "long":
        return texts.plain("story.erased")
    return value if value is None else _read(column, value, texts)


def _read(column: Column, value: Any, texts: Texts) -> Cell:
    if column.sort == "moment":
        return from_us(value)
    if column.sort == "day":
        return date.fromisoformat(value)
    if column.sort == "person":
        return value or texts.plain("person.erased")
    if column.sort == "period":
        return Coded(value, texts.period(value)) if value else ""
    if column.sort == "list":
        codes = json.loads(value) if value.startswith("[") else sorted(value.split(";"))
        return Coded(codes, ", ".join(_word(column, code, texts) for code in codes))
    if column.words and value:
        return Coded(value, _word(column, value, texts))
    told: Cell = value
    return told


def _word(column: Column, code: str, texts: Texts) -> str:
    return texts.plain(column.words[code]) if code in column.words else code
