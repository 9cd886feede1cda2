"""What occasions and notices are called where somebody reads of them."""

from bot.domain.periods import read_period
from bot.domain.timetable import CONTENT, Occasion, OccasionKind, Timetable
from bot.texts import N_, Texts

_OCCASIONS = {
    OccasionKind.REMINDER: N_("occasion.reminder"),
    OccasionKind.OVERDUE: N_("occasion.overdue"),
    OccasionKind.SILENT: N_("occasion.silent"),
    OccasionKind.CLOSE: N_("occasion.close"),
    OccasionKind.INVITATION: N_("occasion.invitation"),
    OccasionKind.REVIEW: N_("occasion.review"),
    OccasionKind.WARNING: N_("occasion.warning"),
    OccasionKind.GREETING: N_("occasion.greeting"),
    OccasionKind.CONTENT: N_("occasion.content"),
}
_NOTICES = {
    "reminder": N_("occasion.reminder"),
    "overdue": N_("occasion.overdue"),
    "silent": N_("occasion.silent"),
    "unreachable": N_("occasion.unreachable"),
    "invitation": N_("occasion.invitation"),
    "post": N_("occasion.post"),
    "progress": N_("occasion.progress"),
    "post_report": N_("occasion.post_report"),
    "post_review": N_("occasion.review"),
    "post_warning": N_("occasion.warning"),
    "data_request": N_("occasion.data_request"),
    "file": N_("occasion.file"),
    "text": N_("occasion.text"),
    "event_invite": N_("occasion.event_invite"),
    "event_changed": N_("occasion.event_changed"),
    "event_cancelled": N_("occasion.event_cancelled"),
    "event_day_before": N_("occasion.event_reminder"),
    "event_hour_before": N_("occasion.event_reminder"),
    "event_outcome": N_("occasion.event_outcome"),
    "event_speaker": N_("occasion.event_speaker"),
    "event_speaker_off": N_("occasion.event_speaker_off"),
    "event_speaker_said": N_("occasion.event_speaker_said"),
    "movement_review": N_("occasion.movement_review"),
    "suggestion": N_("occasion.suggestion"),
    "suggestion_answer": N_("occasion.suggestion_answer"),
    "adoption_result": N_("occasion.adoption_result"),
    "adoption_told": N_("occasion.adoption_told"),
    "answer_returned": N_("occasion.answer_returned"),
    "article_lost": N_("occasion.article_lost"),
    "article_take_off": N_("occasion.article_take_off"),
    "chat_left": N_("occasion.chat_left"),
    "chat_new": N_("occasion.chat_new"),
    "consent_ask": N_("occasion.consent_ask"),
    "consent_told": N_("occasion.consent_told"),
    "consent_unreached": N_("occasion.consent_unreached"),
    "consent_wait": N_("occasion.consent_wait"),
    "digest": N_("occasion.digest"),
    "document": N_("occasion.document"),
    "erased": N_("occasion.erased"),
    "foster_step": N_("occasion.foster_step"),
    "foster_told": N_("occasion.foster_told"),
    "honour": N_("occasion.honour"),
    "honour_by_hand": N_("occasion.honour_by_hand"),
    "honour_count": N_("occasion.honour_count"),
    "honour_delete": N_("occasion.honour_delete"),
    "honour_failed": N_("occasion.honour_failed"),
    "honoured": N_("occasion.honoured"),
    "moved_in": N_("occasion.moved_in"),
    "office_list": N_("occasion.office_list"),
    "outcome": N_("occasion.outcome"),
    "paper_answered": N_("occasion.paper_answered"),
    "paper_consented": N_("occasion.paper_consented"),
    "paper_many": N_("occasion.paper_many"),
    "paper_nominated": N_("occasion.paper_nominated"),
    "paper_objected": N_("occasion.paper_objected"),
    "praise": N_("occasion.praise"),
}


def occasion_title(texts: Texts, occasion: Occasion, timetable: Timetable) -> str:
    """An occasion in words: "Nhắc chọn gương kỳ tháng 11/2026"."""
    return title_of(texts, occasion.kind.value, occasion.key, timetable)


def title_of(texts: Texts, kind: str, key: str, timetable: Timetable) -> str:
    """The same by kind and key, as an occasion is kept; the kind itself where that is not known."""
    known = next((one for one in OccasionKind if one.value == kind), None)
    if known is None:
        return kind
    return texts.plain(_OCCASIONS[known], period=_period(texts, key), name=_name(texts, key, timetable))


def notice_title(texts: Texts, kind: str, occurrence: str, post_name: str = "") -> str:
    """A notice in words; `post_name` is what the message to many that it is about is called."""
    if kind not in _NOTICES:
        return kind
    name = post_name or texts.plain("occasion.some_post")
    return texts.plain(_NOTICES[kind], period=_period(texts, occurrence), name=name)


def _period(texts: Texts, key: str) -> str:
    """The period that a key names in one of its parts."""
    named = next((part for part in key.split(":") if read_period(part)), "")
    return texts.period(named) if named else ""


def _name(texts: Texts, key: str, timetable: Timetable) -> str:
    """The day that a key names behind its date."""
    day_id = key.partition(":")[2]
    if day_id == CONTENT:
        return texts.plain("occasion.library")
    day = timetable.find_big_day(day_id)
    if day is None:
        return day_id
    return day.name_en if texts.locale == "en" else day.name
