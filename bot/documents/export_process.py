"""An export's tables of nominations and of what became of whom units chose."""

from bot.documents.export_columns import (
    EXEMPLAR,
    FORM,
    KIND,
    MOVEMENT,
    NOMINATION,
    NOMINEE,
    PERIOD,
    POST,
    UNIT,
    UNIT_CODE,
    WHOM,
    Column,
    Table,
    moment,
    person,
)
from bot.documents.export_words import (
    ANSWER_STATES,
    ANSWERS,
    CONSENTS,
    CRITERIA,
    EXEMPLAR_STATES,
    KINDS_BY_CODE,
    LIST_STATES,
    NOMINEE_STATES,
    PLACES,
    WAYS,
)
from bot.texts import N_

_AT = moment("at", N_("export.column.at"), N_("export.means.at"))
_TEXT_VERSION = Column(
    "text_version", N_("export.column.text_version"), N_("export.means.text_version"), 12, "number"
)
_ENTERED_BY = person("entered_by", N_("export.column.entered_by"), N_("export.means.entered_by"))
_MOVED_FROM = Column("moved_from", N_("export.column.moved_from"), N_("export.means.moved_from"), 30)

NOMINEES = Table(
    "nominees",
    N_("export.sheet.nominees"),
    (
        PERIOD,
        UNIT_CODE,
        UNIT,
        NOMINEE,
        FORM,
        POST,
        Column("reasons", N_("export.column.reasons"), N_("export.means.reasons"), 12, "number"),
        Column("kinds", N_("export.column.kinds"), N_("export.means.kinds"), 28, "list", KINDS_BY_CODE),
        Column(
            "movements", N_("export.column.movements"), N_("export.means.movements"), 44, "names", of="kinds"
        ),
        Column(
            "state", N_("export.column.state"), N_("export.means.nominee_state"), 20, words=NOMINEE_STATES
        ),
        _MOVED_FROM,
        NOMINATION,
    ),
    4,
)
NOMINATIONS = Table(
    "nominations",
    N_("export.sheet.nominations"),
    (
        Column("code", N_("export.column.code"), N_("export.means.reason_code"), 10, "code"),
        PERIOD,
        UNIT_CODE,
        UNIT,
        NOMINEE,
        POST,
        KIND,
        MOVEMENT,
        Column(
            *("story", N_("export.column.story"), N_("export.means.story"), 70, "long"),
            private=True,
            empty=N_("story.erased"),
        ),
        Column("result", N_("field.result"), N_("export.means.result"), 36, "long", private=True),
        Column("spread", N_("field.spread"), N_("export.means.spread"), 36, "long", private=True),
        Column("lesson", N_("field.lesson"), N_("export.means.lesson"), 36, "long", private=True),
        Column("field", N_("field.field"), N_("export.means.field"), 24, "long"),
        Column("deed_period", N_("field.deed_period"), N_("export.means.deed_period"), 24),
        Column("evidence", N_("export.column.evidence"), N_("export.means.evidence"), 12, "number"),
        person("nominator", N_("export.column.nominator"), N_("export.means.nominator")),
        moment("sent_at", N_("export.column.sent_at"), N_("export.means.sent_at")),
        moment("changed_at", N_("export.column.changed_at"), N_("export.means.changed_at")),
        NOMINATION,
        Column("merged_from", N_("export.column.merged_from"), N_("export.means.merged_from"), 12, "number"),
    ),
    5,
)
ANSWERS_GIVEN = Table(
    "answers",
    N_("export.sheet.answers"),
    (
        PERIOD,
        UNIT_CODE,
        UNIT,
        Column("answer", N_("export.column.answer"), N_("export.means.answer"), 20, words=ANSWERS),
        Column("reason", N_("export.column.nobody_reason"), N_("export.means.nobody_reason"), 50, "long"),
        Column("choices", N_("export.column.choices"), N_("export.means.choices"), 12, "number"),
        person("answered_by", N_("export.column.answered_by"), N_("export.means.answered_by")),
        person("for_head", N_("export.column.for_head"), N_("export.means.for_head")),
        Column("state", N_("export.column.state"), N_("export.means.answer_state"), 22, words=ANSWER_STATES),
        Column("question", N_("export.column.question"), N_("export.means.question"), 40, "long"),
        _AT,
        person("checked_by", N_("export.column.checked_by"), N_("export.means.checked_by")),
        moment("checked_at", N_("export.column.checked_at"), N_("export.means.checked_at")),
        Column("revisions", N_("export.column.revisions"), N_("export.means.revisions"), 12, "number"),
    ),
    3,
)
CHOICES = Table(
    "choices",
    N_("export.sheet.choices"),
    (
        PERIOD,
        UNIT_CODE,
        UNIT,
        NOMINEE,
        POST,
        FORM,
        KIND,
        Column("reason", N_("export.column.reason"), N_("export.means.reason"), 60, "long", private=True),
        Column("criteria", N_("export.column.criteria"), N_("export.means.criteria"), 32, "list", CRITERIA),
        EXEMPLAR,
        person("chosen_by", N_("export.column.chosen_by"), N_("export.means.chosen_by")),
        _AT,
        NOMINATION,
    ),
    4,
)
OFFICE_LISTS = Table(
    "office_lists",
    N_("export.sheet.office_lists"),
    (
        PERIOD,
        Column("state", N_("export.column.state"), N_("export.means.list_state"), 18, words=LIST_STATES),
        UNIT_CODE,
        UNIT,
        NOMINEE,
        POST,
        FORM,
        Column("form", N_("export.column.form"), N_("export.means.honour_form"), 30),
        Column("note", N_("export.column.note"), N_("export.means.list_note"), 40, "long", private=True),
        _ENTERED_BY,
        _AT,
        NOMINATION,
    ),
)
EXEMPLARS = Table(
    "exemplars",
    N_("export.sheet.exemplars"),
    (
        Column("code", N_("export.column.exemplar"), N_("export.means.exemplar"), 12, "number"),
        PERIOD,
        UNIT_CODE,
        UNIT,
        NOMINEE,
        POST,
        FORM,
        KIND,
        MOVEMENT,
        Column("field", N_("field.field"), N_("export.means.field"), 24, "long"),
        Column("text", N_("export.column.text"), N_("export.means.text"), 60, "long", private=True),
        Column("consent", N_("export.column.consent"), N_("export.means.consent"), 22, words=CONSENTS),
        moment("consent_at", N_("export.column.consent_at"), N_("export.means.consent_at")),
        person(
            *("representative", N_("export.column.representative"), N_("export.means.representative")),
            private=True,
        ),
        Column(
            "state", N_("export.column.state"), N_("export.means.exemplar_state"), 20, words=EXEMPLAR_STATES
        ),
        moment("made_at", N_("export.column.made_at"), N_("export.means.exemplar_made_at")),
        moment("honoured_at", N_("export.column.honoured_at"), N_("export.means.honoured_at")),
        Column("places", N_("export.column.places"), N_("export.means.places"), 32, "list", PLACES),
        Column(
            *("congratulations", N_("export.column.congratulations"), N_("export.means.congratulations")),
            *(12, "number"),
        ),
        Column("adoptions", N_("export.column.adoptions"), N_("export.means.adoptions"), 12, "number"),
        NOMINATION,
    ),
    5,
)
CONSENTS_GIVEN = Table(
    "consents",
    N_("export.sheet.consents"),
    (
        *WHOM,
        _TEXT_VERSION,
        Column("answer", N_("export.column.consent"), N_("export.means.consent_answer"), 22, words=CONSENTS),
        _AT,
        person("person", N_("export.column.asked"), N_("export.means.asked"), private=True),
        Column("note", N_("export.column.note"), N_("export.means.consent_note"), 40, "long", private=True),
        Column("way", N_("export.column.way"), N_("export.means.way"), 16, words=WAYS),
        Column("dated_on", N_("export.column.dated_on"), N_("export.means.dated_on"), 13, "day"),
        _ENTERED_BY,
    ),
    2,
)
HONOURS = Table(
    "honours",
    N_("export.sheet.honours"),
    (
        EXEMPLAR,
        NOMINEE,
        FORM,
        Column("place", N_("export.column.place"), N_("export.means.place"), 24, words=PLACES),
        Column("chat", N_("export.column.chat"), N_("export.means.chat"), 28),
        _TEXT_VERSION,
        person("honoured_by", N_("export.column.honoured_by"), N_("export.means.honoured_by")),
        moment("at", N_("export.column.honoured_at"), N_("export.means.honoured_at")),
        moment("removed_at", N_("export.column.removed_at"), N_("export.means.removed_at")),
    ),
    2,
)
