"""What codes are called in an export; a code without a word is written as it is."""

from bot.domain.articles import ArticleState
from bot.domain.copying import AdoptionState
from bot.domain.events import EventKind, EventState, Reply
from bot.domain.exemplars import AnswerState, Consent, Criterion, ExemplarState, Place
from bot.domain.fostering import FosteringState
from bot.domain.lessons import LessonKind
from bot.domain.nominations import NomineeKind
from bot.domain.paper import Subject
from bot.domain.summary import CHOSEN, NONE
from bot.texts import KINDS, N_
from storage.notices import State
from storage.office_lists import ListState
from storage.suggestions import SuggestionState

NOMINEE_KINDS = {
    NomineeKind.PERSON.value: N_("export.person"),
    NomineeKind.GROUP.value: N_("export.group"),
    NomineeKind.MODEL.value: N_("export.model"),
}
KINDS_BY_CODE = {kind.value: word for kind, word in KINDS.items()}
ANSWERS = {CHOSEN: N_("export.answer.chosen"), NONE: N_("export.answer.none")}
ANSWER_STATES = {
    AnswerState.GIVEN.value: N_("export.answer.given"),
    AnswerState.RETURNED.value: N_("export.answer.returned"),
    AnswerState.ACCEPTED.value: N_("export.answer.accepted"),
}
CRITERIA = {
    Criterion.TYPICAL.value: N_("export.criterion.typical"),
    Criterion.SPREADING.value: N_("export.criterion.spreading"),
    Criterion.POSITIVE.value: N_("export.criterion.positive"),
}
LIST_STATES = {
    ListState.OPEN.value: N_("export.list.open"),
    ListState.CLOSED.value: N_("export.list.closed"),
}
CONSENTS = {
    Consent.NONE.value: N_("export.consent.none"),
    Consent.ASKED.value: N_("export.consent.asked"),
    Consent.CHANGE.value: N_("export.consent.change"),
    Consent.AGREED.value: N_("export.consent.agreed"),
    Consent.DECLINED.value: N_("export.consent.declined"),
}
WAYS = {"paper": N_("export.way.paper"), "chat": N_("export.way.chat")}
EXEMPLAR_STATES = {
    ExemplarState.OPEN.value: N_("export.exemplar.open"),
    ExemplarState.HONOURED.value: N_("export.exemplar.honoured"),
    ExemplarState.REMOVED.value: N_("export.exemplar.removed"),
}
PLACES = {
    Place.UNIT.value: N_("export.place.unit"),
    Place.OFFICE.value: N_("export.place.office"),
    Place.EVERYONE.value: N_("export.place.everyone"),
}
FOSTERINGS = {
    FosteringState.OPEN.value: N_("export.foster.open"),
    FosteringState.ENDED.value: N_("export.foster.ended"),
}
ADOPTIONS = {
    AdoptionState.PLEDGED.value: N_("export.adoption.pledged"),
    AdoptionState.DONE.value: N_("export.adoption.done"),
    AdoptionState.DROPPED.value: N_("export.adoption.dropped"),
}
LESSON_KINDS = {
    LessonKind.MOVEMENT.value: N_("export.lesson.movement"),
    LessonKind.EXEMPLAR.value: N_("export.lesson.exemplar"),
}
EVENT_KINDS = {
    EventKind.EXCHANGE.value: N_("export.event.exchange"),
    EventKind.CULTURE.value: N_("export.event.culture"),
    EventKind.MEETING.value: N_("export.event.meeting"),
}
EVENT_STATES = {
    EventState.PLANNED.value: N_("export.event.planned"),
    EventState.HELD.value: N_("export.event.held"),
    EventState.CANCELLED.value: N_("export.event.cancelled"),
}
REPLIES = {
    Reply.ASKED.value: N_("export.reply.asked"),
    Reply.YES.value: N_("export.reply.yes"),
    Reply.NO.value: N_("export.reply.no"),
}
MOVEMENT_KINDS = {"movement": N_("export.movement"), "campaign": N_("export.campaign")}
SUGGESTIONS = {
    SuggestionState.OPEN.value: N_("export.suggestion.open"),
    SuggestionState.ANSWERED.value: N_("export.suggestion.answered"),
    SuggestionState.FILED.value: N_("export.suggestion.filed"),
}
NOMINEE_STATES = {
    "waiting": N_("export.nominee.waiting"),
    "opened": N_("export.nominee.opened"),
    "chosen": N_("export.nominee.chosen"),
    "not_chosen": N_("export.nominee.not_chosen"),
    "honoured": N_("export.exemplar.honoured"),
    "removed": N_("export.exemplar.removed"),
}
ARTICLES = {
    ArticleState.DRAFT.value: N_("export.article.draft"),
    ArticleState.APPROVED.value: N_("export.article.approved"),
    ArticleState.PUBLISHED.value: N_("export.article.published"),
    ArticleState.WITHDRAWN.value: N_("export.article.withdrawn"),
}
PAPERS = {
    Subject.NOMINATION.value: N_("export.paper.nomination"),
    Subject.ANSWER.value: N_("export.paper.answer"),
    Subject.CONSENT.value: N_("export.paper.consent"),
}
FILE_KINDS = {"photo": N_("export.file.photo"), "document": N_("export.file.document")}
NOTICES = {
    State.PENDING.value: N_("notice.pending"),
    State.SENDING.value: N_("notice.sending"),
    State.SENT.value: N_("notice.sent"),
    State.UNKNOWN.value: N_("notice.unknown"),
    State.FAILED.value: N_("notice.failed"),
    State.EXPIRED.value: N_("notice.expired"),
    State.CANCELLED.value: N_("notice.cancelled"),
    State.HELD.value: N_("notice.held"),
}
