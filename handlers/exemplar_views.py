"""How the clerk sees an exemplar: as it will be published, how far it is, and what can be done."""

from bot.domain.exemplars import Consent, Exemplar, ExemplarState
from bot.domain.nominations import NomineeKind
from bot.domain.people import Person
from bot.messages import Button, Call
from bot.operations.exemplar_words import CAPTION_MAX, CARD, HONOUR, caption, units
from bot.operations.prepare_exemplar import may_be_changed
from bot.texts import N_, Html, Texts, join_html
from storage import people
from storage.database import Session

_PAPER = "pp"
_CONSENTS = {
    Consent.NONE: N_("exemplar.is_unasked"),
    Consent.ASKED: N_("exemplar.is_asked"),
    Consent.CHANGE: N_("exemplar.is_change"),
    Consent.AGREED: N_("exemplar.is_agreed"),
    Consent.DECLINED: N_("exemplar.is_declined"),
}


async def find_representative(session: Session, exemplar: Exemplar) -> Person | None:
    """Who is asked, in chat or not; None where nobody is named."""
    if exemplar.representative_id is None:
        return None
    return await people.get_person(session, exemplar.representative_id)


def clerk_card(
    exemplar: Exemplar, asked: Person | None, texts: Texts, published: Texts
) -> tuple[Html, list[list[Button]]]:
    """The caption as it will be published, a line of how far it is, and the buttons."""
    state = Html(f"<i>{state_line(exemplar, asked, texts)}</i>")
    room = CAPTION_MAX - units(state) - len("\n\n")
    return join_html([caption(exemplar, published, room), state], "\n\n"), _rows(exemplar, asked, texts)


def state_line(exemplar: Exemplar, asked: Person | None, texts: Texts) -> Html:
    """How far it is, in a line."""
    name = asked.full_name if asked else ""
    if exemplar.state is ExemplarState.REMOVED:
        return texts.say("exemplar.is_removed")
    if exemplar.state is ExemplarState.HONOURED and exemplar.honoured_at is not None:
        return texts.say("exemplar.is_honoured", at=texts.moment(exemplar.honoured_at))
    if asked is None:
        return texts.say("exemplar.needs_representative")
    return texts.say(_CONSENTS[exemplar.consent], name=name, version=exemplar.text_version)


def _rows(exemplar: Exemplar, asked: Person | None, texts: Texts) -> list[list[Button]]:
    def button(label: str, act: str, flow: str = CARD) -> Button:
        return Button(label, str(Call(flow, exemplar.id, exemplar.text_version, act)))

    rows: list[list[Button]] = []
    if may_be_changed(exemplar):
        rows.append(
            [
                button(texts.plain("button.change_words"), "text"),
                button(texts.plain("button.change_photo"), "photo"),
            ]
        )
        if exemplar.nominee.kind is not NomineeKind.PERSON:
            rows.append([button(texts.plain("button.representative"), "who")])
        if exemplar.consent in {Consent.NONE, Consent.CHANGE} and asked is not None:
            rows.append([_asking(exemplar, asked, button(texts.plain("button.ask_consent"), "ask"), texts)])
    if exemplar.may_be_published and exemplar.state is not ExemplarState.REMOVED:
        honoured = exemplar.state is ExemplarState.HONOURED
        label = texts.plain("button.honour_more") if honoured else texts.plain("button.honour")
        rows.append([button(label, "open", HONOUR)])
        if honoured:
            rows.append([button(texts.plain("button.take_down"), "down", HONOUR)])
    return rows


def _asking(exemplar: Exemplar, asked: Person, in_chat: Button, texts: Texts) -> Button:
    if asked.is_reached and not asked.left:
        return in_chat
    return Button(texts.plain("button.consent_on_paper"), str(Call(_PAPER, exemplar.id, 0, "new", "consent")))
