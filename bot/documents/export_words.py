"""What the codes of the process are called in an export; a code without a word is written as it is."""

from bot.domain.exemplars import AnswerState, Consent, Criterion, ExemplarState, Place
from bot.domain.summary import CHOSEN, NONE
from bot.texts import KINDS, N_

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
LIST_STATES = {"open": N_("export.list.open"), "done": N_("export.list.done")}
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
FOSTERINGS = {"open": N_("export.foster.open"), "done": N_("export.foster.done")}
ADOPTIONS = {"pledged": N_("export.adoption.pledged"), "done": N_("export.adoption.done")}
LESSON_KINDS = {"movements": N_("export.lesson.movements"), "exemplars": N_("export.lesson.exemplars")}
EVENT_KINDS = {
    "exchange": N_("export.event.exchange"),
    "culture": N_("export.event.culture"),
    "meeting": N_("export.event.meeting"),
}
EVENT_STATES = {
    "planned": N_("export.event.planned"),
    "held": N_("export.event.held"),
    "cancelled": N_("export.event.cancelled"),
}
MOVEMENT_KINDS = {"movement": N_("export.movement"), "campaign": N_("export.campaign")}
SUGGESTIONS = {
    "open": N_("export.suggestion.open"),
    "answered": N_("export.suggestion.answered"),
    "filed": N_("export.suggestion.filed"),
}
