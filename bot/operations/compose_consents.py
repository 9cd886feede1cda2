"""What the nominee, the secretariat and the nominators read about consent and outcome, as things stand."""

from bot.clock import from_us
from bot.domain.exemplars import AnswerState, Consent, Exemplar, ExemplarState
from bot.domain.nominations import NomineeKind
from bot.domain.roles import Role
from bot.domain.summary import NONE
from bot.domain.writing import abridge
from bot.messages import Body, Button, Call, body
from bot.operations.answer_consent import TOLD
from bot.operations.ask_consent import ASK, UNREACHED, WAIT, is_asked
from bot.operations.exemplar_words import (
    CAPTION_MAX,
    CARD,
    CONSENT,
    HONOUR,
    caption,
    kind_name,
    link,
    published_in,
    units,
    who,
)
from bot.operations.notice_case import Case, Make, unit_name
from bot.operations.tell_nominators import HONOURED, OUTCOME
from bot.texts import N_, Html, Texts, join_html
from storage import choices, exemplars, people
from storage.entries import find_entry
from storage.exemplars import ConsentNote

_NOTE_SHOWN = 600


def consent_body(exemplar: Exemplar, texts: Texts, published: Texts, *, again: bool = False) -> Body:
    """The question to who is asked: the picture, what goes with it, and the three answers."""
    person = exemplar.nominee.kind is NomineeKind.PERSON
    asks = N_("consent.ask_person") if person else N_("consent.ask_other")
    head = texts.say(
        asks,
        name=exemplar.nominee.name,
        unit=exemplar.unit_name,
        kind=kind_name(exemplar, texts),
        period=texts.period(exemplar.period),
    )
    top = [texts.say("consent.again"), head] if again else [head]
    free = texts.say("consent.free")
    room = CAPTION_MAX - units(join_html([*top, Html("<i></i>"), free], "\n\n"))
    said = caption(exemplar, published, room)
    if units(said) <= room:  # else the picture alone says it
        top.append(Html(f"<i>{said}</i>"))
    made = body(join_html([*top, free], "\n\n"), consent_rows(exemplar, texts))
    return {**made, "photo": exemplar.card} if exemplar.has_card else made


def consent_rows(exemplar: Exemplar, texts: Texts) -> list[list[Button]]:
    """The three answers, for this version alone."""

    def button(label: str, act: str) -> Button:
        return Button(label, str(Call(CONSENT, exemplar.id, exemplar.text_version, act)))

    return [
        [button(texts.plain("button.consent_yes"), "yes")],
        [button(texts.plain("button.consent_change"), "change")],
        [button(texts.plain("button.consent_no"), "no")],
    ]


async def _ask(case: Case) -> Body | None:
    exemplar = await _exemplar(case)
    if exemplar is None or exemplar.representative_id != case.person.id:
        return None
    if not is_asked(exemplar, case.values["text_version"], case.values["asked_at"]):
        return None
    again = case.notice.kind == WAIT
    return consent_body(exemplar, case.texts, published_in(case.config), again=again)


_ANSWERED = {
    Consent.AGREED: N_("consent.told_agreed"),
    Consent.CHANGE: N_("consent.told_change"),
    Consent.DECLINED: N_("consent.told_declined"),
}


async def _told(case: Case) -> Body | None:
    exemplar = await _exemplar(case)
    if exemplar is None or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    given = await exemplars.list_consents(case.session, exemplar.id)
    at = from_us(case.values["at"])
    note = next((one for one in reversed(given) if one.at == at and one.answer in _ANSWERED), None)
    if note is None or note.person_id is None:
        return None
    by = await people.get_person(case.session, note.person_id)
    name = by.full_name or by.code
    lines = [case.texts.say(_ANSWERED[note.answer], name=name, who=who(exemplar), version=note.text_version)]
    if note.note:
        lines.append(case.texts.say("consent.told_note", note=abridge(note.note, _NOTE_SHOWN)))
    if note.answer is Consent.DECLINED and exemplar.state is ExemplarState.REMOVED:
        lines.append(case.texts.say("consent.told_removed"))
    made = body(join_html(lines, "\n\n"), _told_rows(case.texts, exemplar, note))
    return {**made, "photo": note.photo} if note.photo else made


async def _unreached(case: Case) -> Body | None:
    exemplar = await _exemplar(case)
    if exemplar is None or exemplar.representative_id is None or exemplar.consent is not Consent.NONE:
        return None
    if not case.person.has(Role.SECRETARIAT, case.today):
        return None
    asked = await people.get_person(case.session, exemplar.representative_id)
    card = Button(case.texts.plain("button.exemplar_card"), str(Call(CARD, exemplar.id, 0, "open")))
    name = asked.full_name or asked.code
    return body(case.texts.say("consent.unreached", name=name, who=who(exemplar)), [[card]])


def _told_rows(texts: Texts, exemplar: Exemplar, note: ConsentNote) -> list[list[Button]]:
    card = Button(texts.plain("button.exemplar_card"), str(Call(CARD, exemplar.id, 0, "open")))
    if note.answer is Consent.AGREED and exemplar.may_be_published:
        honour = Call(HONOUR, exemplar.id, exemplar.text_version, "open")
        return [[Button(texts.plain("button.honour"), str(honour))], [card]]
    return [[card]] if note.answer is not Consent.DECLINED else []


async def _outcome(case: Case) -> Body | None:
    values = case.values
    answer = await choices.find_answer(case.session, values["unit_id"], values["period"])
    entry = await find_entry(case.session, values["nomination_id"])
    if answer is None or answer.state is not AnswerState.ACCEPTED or entry is None or not entry.nominee.name:
        return None
    told = {
        "name": entry.nominee.name,
        "unit": await unit_name(case.session, answer.unit_id),
        "period": case.texts.period(answer.period),
    }
    if answer.answer == NONE:
        return body(case.texts.say("outcome.nobody", **told))
    if all(choice.nomination_id != values["nomination_id"] for choice in answer.choices):
        return body(case.texts.say("outcome.not_chosen", **told))
    exemplar = await exemplars.find_by_nomination(case.session, values["nomination_id"])
    if exemplar is not None and exemplar.consent is Consent.DECLINED:
        return body(case.texts.say("outcome.noted", **told))
    return body(case.texts.say("outcome.chosen", **told))


async def _honoured(case: Case) -> Body | None:
    exemplar = await _exemplar(case)
    if exemplar is None or not exemplar.is_public:
        return None
    rows = [[Button(case.texts.plain("button.see_exemplar"), url=link(case.context.bot_name(), exemplar))]]
    return body(case.texts.say("outcome.honoured", who=who(exemplar)), rows)


async def _exemplar(case: Case) -> Exemplar | None:
    exemplar = await exemplars.find_exemplar(case.session, case.values["exemplar_id"])
    return None if exemplar is None or exemplar.erased else exemplar


KINDS: dict[str, Make] = {
    ASK: _ask,
    WAIT: _ask,
    TOLD: _told,
    UNREACHED: _unreached,
    OUTCOME: _outcome,
    HONOURED: _honoured,
}
"""What makes each kind of notice."""
