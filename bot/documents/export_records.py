"""An export's tables of what is kept around exemplars, and of what the bot has done."""

from bot.documents.export_acts import ACTS, SUBJECTS
from bot.documents.export_columns import (
    CODE,
    EXEMPLAR,
    FORM,
    MOVEMENT,
    NOMINEE,
    PERIOD,
    UNIT,
    UNIT_CODE,
    WHOM,
    Column,
    Table,
    moment,
    person,
)
from bot.documents.export_words import (
    ADOPTIONS,
    ARTICLES,
    EVENT_KINDS,
    EVENT_STATES,
    FILE_KINDS,
    FOSTERINGS,
    LESSON_KINDS,
    MOVEMENT_KINDS,
    NOTICES,
    PAPERS,
    REPLIES,
    SUGGESTIONS,
)
from bot.texts import N_


def _long(key: str, heading: str, means: str, width: int = 40, *, private: bool = False) -> Column:
    return Column(key, heading, means, width, "long", private=private)


def _number(key: str, heading: str, means: str) -> Column:
    return Column(key, heading, means, 12, "number")


def _day(key: str, heading: str, means: str) -> Column:
    return Column(key, heading, means, 13, "day")


_MADE_BY = person("made_by", N_("export.column.made_by"), N_("export.means.made_by"))
_MADE_AT = moment("made_at", N_("export.column.made_at"), N_("export.means.made_at"))
_ENDED_AT = moment("ended_at", N_("export.column.ended_at"), N_("export.means.ended_at"))
_AT = moment("at", N_("export.column.at"), N_("export.means.at"))
_EVENT = Column("event", N_("export.column.code"), N_("export.means.event_code"), 10, "number")
_TITLE = _long("title", N_("export.column.event"), N_("export.means.title"), 44)
_STARTS_AT = moment("starts_at", N_("export.column.starts_at"), N_("export.means.starts_at"))

FOSTERING = Table(
    "fosterings",
    N_("export.sheet.fosterings"),
    (
        *WHOM,
        person("mentor", N_("export.column.mentor"), N_("export.means.mentor")),
        _long("aim", N_("export.column.aim"), N_("export.means.aim"), private=True),
        Column("state", N_("export.column.state"), N_("export.means.foster_state"), 18, words=FOSTERINGS),
        _long("outcome", N_("export.column.outcome"), N_("export.means.foster_outcome"), private=True),
        _MADE_AT,
        _ENDED_AT,
        _long("step", N_("export.column.step"), N_("export.means.step"), private=True),
        _day("due_on", N_("export.column.due_on"), N_("export.means.due_on")),
        moment("done_at", N_("export.column.done_at"), N_("export.means.done_at")),
        _long("result", N_("export.column.step_result"), N_("export.means.step_result"), private=True),
        moment("dropped_at", N_("export.column.dropped_at"), N_("export.means.dropped_at")),
    ),
    2,
)
COPYING = Table(
    "adoptions",
    N_("export.sheet.adoptions"),
    (
        *WHOM,
        UNIT_CODE,
        Column("unit", N_("export.column.adopting_unit"), N_("export.means.adopting_unit"), 36, "unit"),
        Column("body", N_("export.column.body"), N_("export.means.body"), 36),
        _long("plan", N_("export.column.plan"), N_("export.means.plan"), private=True),
        Column("state", N_("export.column.state"), N_("export.means.adoption_state"), 18, words=ADOPTIONS),
        _long("result", N_("export.column.result"), N_("export.means.adoption_result"), private=True),
        person("person", N_("export.column.pledged_by"), N_("export.means.pledged_by")),
        moment("pledged_at", N_("export.column.pledged_at"), N_("export.means.pledged_at")),
        _ENDED_AT,
    ),
    2,
)
LESSONS = Table(
    "lessons",
    N_("export.sheet.lessons"),
    (
        Column("kind", N_("export.column.kind"), N_("export.means.lesson_kind"), 32, words=LESSON_KINDS),
        PERIOD,
        _long("text", N_("export.column.text"), N_("export.means.lesson_text"), 60, private=True),
        UNIT_CODE,
        UNIT,
        EXEMPLAR,
        NOMINEE,
        FORM,
        MOVEMENT,
        _long("event", N_("export.column.event"), N_("export.means.title"), 36),
        person("person", N_("export.column.written_by"), N_("export.means.written_by")),
        _AT,
        moment("withdrawn_at", N_("export.column.withdrawn_at"), N_("export.means.withdrawn_at")),
    ),
)
ARTICLE = Table(
    "articles",
    N_("export.sheet.articles"),
    (
        CODE,
        PERIOD,
        Column("state", N_("export.column.state"), N_("export.means.article_state"), 18, words=ARTICLES),
        Column("url", N_("export.column.url"), N_("export.means.url"), 44, private=True),
        _day("published_on", N_("export.column.published_on"), N_("export.means.published_on")),
        Column("exemplars", N_("export.column.exemplars"), N_("export.means.exemplars"), 24, "list"),
        _MADE_BY,
        _MADE_AT,
        person("approved_by", N_("export.column.approved_by"), N_("export.means.approved_by")),
        moment("approved_at", N_("export.column.approved_at"), N_("export.means.approved_at")),
        moment("changed_at", N_("export.column.changed_at"), N_("export.means.changed_at")),
    ),
)
EVENTS = Table(
    "events",
    N_("export.sheet.events"),
    (
        _EVENT,
        Column("kind", N_("export.column.kind"), N_("export.means.event_kind"), 24, words=EVENT_KINDS),
        _TITLE,
        UNIT_CODE,
        Column("unit", N_("export.column.host"), N_("export.means.host"), 36, "unit"),
        Column("place", N_("export.column.where"), N_("export.means.where"), 32),
        _STARTS_AT,
        moment("ends_at", N_("export.column.ends_at"), N_("export.means.ends_at")),
        _long("note", N_("export.column.note"), N_("export.means.event_note")),
        Column("state", N_("export.column.state"), N_("export.means.event_state"), 18, words=EVENT_STATES),
        _number("yes_n", N_("export.column.yes"), N_("export.means.yes")),
        _number("no_n", N_("export.column.no"), N_("export.means.no")),
        _number("attended", N_("export.column.attended"), N_("export.means.attended")),
        _long("outcome", N_("export.column.outcome"), N_("export.means.event_outcome"), 50),
        _long("reason", N_("export.column.cancel_reason"), N_("export.means.cancel_reason"), 36),
        _MADE_BY,
    ),
    3,
)
SPEAKERS = Table(
    "event_speakers",
    N_("export.sheet.event_speakers"),
    (
        _EVENT,
        _TITLE,
        _STARTS_AT,
        *WHOM,
        Column("answer", N_("export.column.reply"), N_("export.means.speaker_reply"), 18, words=REPLIES),
    ),
    2,
)
MOVEMENTS = Table(
    "movements",
    N_("export.sheet.movements"),
    (
        _long("name", N_("export.column.movement"), N_("export.means.movement_name"), 60),
        Column("kind", N_("export.column.kind"), N_("export.means.movement_kind"), 18, words=MOVEMENT_KINDS),
        Column("level", N_("export.column.level"), N_("export.means.level"), 16),
        _day("from_on", N_("export.column.from_on"), N_("export.means.from_on")),
        _day("to_on", N_("export.column.to_on"), N_("export.means.to_on")),
        _day("ended_on", N_("export.column.ended_on"), N_("export.means.ended_on")),
        _day("review_on", N_("export.column.review_on"), N_("export.means.review_on")),
        moment("done_at", N_("export.column.reviewed_at"), N_("export.means.reviewed_at")),
        _long("note", N_("export.column.review_note"), N_("export.means.review_note"), 50),
    ),
)
SUGGESTED = Table(
    "suggestions",
    N_("export.sheet.suggestions"),
    (
        CODE,
        UNIT_CODE,
        UNIT,
        person("person", N_("export.column.suggested_by"), N_("export.means.suggested_by")),
        _long("text", N_("export.column.text"), N_("export.means.suggestion"), 60),
        Column(
            "state", N_("export.column.state"), N_("export.means.suggestion_state"), 18, words=SUGGESTIONS
        ),
        _long("answer", N_("export.column.reply"), N_("export.means.suggestion_reply"), 50),
        person("answered_by", N_("export.column.replied_by"), N_("export.means.replied_by")),
        _AT,
        moment("answered_at", N_("export.column.replied_at"), N_("export.means.replied_at")),
    ),
)
ON_PAPER = Table(
    "papers",
    N_("export.sheet.papers"),
    (
        CODE,
        Column("subject", N_("export.column.paper"), N_("export.means.paper"), 28, words=PAPERS),
        _number("subject_id", N_("export.column.subject_id"), N_("export.means.subject_id")),
        PERIOD,
        _day("dated_on", N_("export.column.dated_on"), N_("export.means.dated_on")),
        person("person", N_("export.column.paper_person"), N_("export.means.paper_person")),
        UNIT_CODE,
        UNIT,
        Column("file_kind", N_("export.column.file"), N_("export.means.file"), 16, words=FILE_KINDS),
        person("entered_by", N_("export.column.entered_by"), N_("export.means.entered_by")),
        _AT,
    ),
)
DELIVERIES = Table(
    "deliveries",
    N_("export.sheet.deliveries"),
    (
        CODE,
        Column("kind", N_("export.column.notice"), N_("export.means.notice"), 48, "notice"),
        Column(
            *("person", N_("export.column.recipient"), N_("export.means.recipient"), 28, "person"),
            words={"?": N_("export.blocked")},
            private=True,
            empty=N_("person.erased"),
        ),
        UNIT_CODE,
        UNIT,
        Column("chat", N_("export.column.chat"), N_("export.means.notice_chat"), 28),
        moment("due_at", N_("export.column.due_at"), N_("export.means.due_at")),
        Column("state", N_("export.column.state"), N_("export.means.notice_state"), 18, words=NOTICES),
        moment("sent_at", N_("export.column.sent_at"), N_("export.means.notice_sent_at")),
        moment("changed_at", N_("export.column.settled_at"), N_("export.means.settled_at")),
        _number("attempts", N_("export.column.attempts"), N_("export.means.attempts")),
    ),
    2,
)
AUDIT = Table(
    "audit",
    N_("export.sheet.audit"),
    (
        CODE,
        _AT,
        Column(
            *("person", N_("export.column.actor"), N_("export.means.actor"), 28, "person"),
            words={"?": N_("export.program"), ">": N_("export.command_line")},
            private=True,
            empty=N_("person.erased"),
        ),
        Column("act", N_("export.column.act"), N_("export.means.act"), 40, words=ACTS),
        Column("subject", N_("export.column.subject"), N_("export.means.subject"), 24, words=SUBJECTS),
        _number("subject_id", N_("export.column.subject_id"), N_("export.means.subject_id")),
        Column("detail", N_("export.column.detail"), N_("export.means.detail"), 36),
    ),
    2,
)
