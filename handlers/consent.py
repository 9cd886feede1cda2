"""The one who is asked answers about publication: agrees, wishes a change, declines; and may take it back."""

from bot.domain.errors import Gone, NotAllowed, Refused
from bot.domain.exemplars import Consent, Exemplar, ExemplarState
from bot.messages import Button, Call
from bot.operations.answer_consent import NOTE_MAX, answer_consent
from bot.operations.compose_consents import consent_body
from bot.operations.exemplar_words import CONSENT as FLOW
from bot.operations.exemplar_words import kind_name, published_in
from bot.texts import N_, join_html
from handlers.incoming import Sort
from handlers.turn import Turn
from storage import conversations, exemplars

__all__ = ["FLOW", "leave", "receive", "show_mine", "tap"]

_STATES = {
    Consent.NONE: N_("consent.is_unasked"),
    Consent.ASKED: N_("consent.is_asked"),
    Consent.CHANGE: N_("consent.is_change"),
    Consent.AGREED: N_("consent.is_agreed"),
    Consent.DECLINED: N_("consent.is_declined"),
}
_SHOWN = 8


# --- the answer ---


async def tap(turn: Turn, call: Call) -> None:
    """A button below the question holds for the version shown; an older one brings the newest question."""
    if call.act == "about":
        await show_mine(turn)
        return
    act = _TAPS.get(call.act)
    exemplar = await exemplars.find_exemplar(turn.session, call.row)
    if act is None:
        raise Gone("stale")
    if exemplar is None or exemplar.erased:
        raise Gone("exemplar.gone")
    if exemplar.representative_id != turn.person.id:
        raise NotAllowed("consent.not_yours")
    if exemplar.consent is Consent.NONE:
        raise Gone("consent.being_changed")
    if call.version != exemplar.text_version:
        _show_question(turn, exemplar)
        turn.toast, turn.alert = turn.plain("consent.changed"), True
        return
    await act(turn, exemplar)


def _show_question(turn: Turn, exemplar: Exemplar) -> None:
    turn.show_body(consent_body(exemplar, turn.texts, published_in(turn.config)))


async def _tap_see(turn: Turn, exemplar: Exemplar) -> None:
    _show_question(turn, exemplar)


async def _tap_yes(turn: Turn, exemplar: Exemplar) -> None:
    said = await _answer(turn, exemplar, Consent.AGREED)
    turn.show(turn.say("consent.thanks_yes", version=said.text_version))


async def _tap_no(turn: Turn, exemplar: Exemplar) -> None:
    if exemplar.state is ExemplarState.HONOURED:
        await _tap_withdraw(turn, exemplar)
        return
    await _answer(turn, exemplar, Consent.DECLINED)
    turn.show(turn.say("consent.thanks_no"))


async def _answer(turn: Turn, exemplar: Exemplar, answer: Consent) -> Exemplar:
    turn.session.after_commit(turn.house.wake)
    return await answer_consent(turn.session, exemplar, answer, turn.person.id, turn.now)


# --- a wish ---


async def _tap_change(turn: Turn, exemplar: Exemplar) -> None:
    if exemplar.state is not ExemplarState.OPEN or exemplar.consent is Consent.DECLINED:
        raise Gone("consent.too_late_to_change")
    fields = {"exemplar_id": exemplar.id, "text_version": exemplar.text_version}
    await conversations.put_draft(turn.session, turn.person.id, FLOW, "change", fields, turn.now)
    turn.show(
        turn.say("consent.ask_change"), [[_button(turn, exemplar, N_("button.back"), "see")]], flow=FLOW
    )


async def receive(turn: Turn) -> None:
    """What should be otherwise: words, a photo, or a photo with words."""
    draft = await turn.draft(FLOW)
    exemplar = await exemplars.find_exemplar(turn.session, draft.fields["exemplar_id"]) if draft else None
    if draft is None or exemplar is None or exemplar.erased:
        raise Gone("exemplar.gone")
    if exemplar.text_version != draft.fields["text_version"]:
        raise Gone("consent.being_changed")
    file = turn.incoming.file
    photo = file.file_id if file and file.kind == "photo" else None
    if photo is None and turn.incoming.sort is not Sort.TEXT:
        raise Refused("consent.bad_note", most=NOTE_MAX)
    me = turn.person.id
    note = turn.incoming.text
    await answer_consent(turn.session, exemplar, Consent.CHANGE, me, turn.now, note=note, photo=photo)
    await conversations.drop_draft(turn.session, me, FLOW)
    turn.session.after_commit(turn.house.wake)
    turn.show(turn.say("consent.thanks_change"))


async def leave(turn: Turn) -> None:
    """/huy: nothing is said."""
    await conversations.drop_draft(turn.session, turn.person.id, FLOW)
    turn.show(turn.say("consent.left"))


# --- what is published about me ---


async def show_mine(turn: Turn) -> None:
    """What was asked about me, what I said, and the way to take it back."""
    about = [
        one
        for one in await exemplars.list_about(turn.session, turn.person.id)
        if one.consent is not Consent.NONE and not one.erased
    ][-_SHOWN:]
    if not about:
        turn.show(turn.say("consent.nothing_about_me"))
        return
    lines, rows = [turn.say("consent.about_me")], []
    for exemplar in about:
        period = turn.texts.period(exemplar.period)
        name = turn.say(
            "consent.about_line",
            name=exemplar.nominee.name,
            kind=kind_name(exemplar, turn.texts),
            period=period,
            state=turn.plain(_STATES[exemplar.consent], version=exemplar.consent_version),
        )
        lines.append(name)
        agreed = exemplar.consent is Consent.AGREED
        label = N_("button.withdraw_publication") if agreed else N_("button.see_question")
        act = "withdraw" if agreed else "see"
        rows.append([_button(turn, exemplar, label, act, period=period)])
    turn.show(join_html(lines, "\n\n"), rows)


async def _tap_withdraw(turn: Turn, exemplar: Exemplar) -> None:
    honoured = exemplar.state is ExemplarState.HONOURED
    text = turn.say("consent.sure_published") if honoured else turn.say("consent.sure")
    sure = _button(turn, exemplar, N_("button.withdraw_sure"), "withdrawn")
    turn.show(text, [[sure], [Button(turn.plain("button.back"), str(Call(FLOW, 0, 0, "about")))]])


async def _tap_withdrawn(turn: Turn, exemplar: Exemplar) -> None:
    await _answer(turn, exemplar, Consent.DECLINED)
    turn.show(turn.say("consent.withdrawn"))


def _button(turn: Turn, exemplar: Exemplar, label: str, act: str, **values: object) -> Button:
    return Button(turn.plain(label, **values), str(Call(FLOW, exemplar.id, exemplar.text_version, act)))


_TAPS = {
    "see": _tap_see,
    "yes": _tap_yes,
    "change": _tap_change,
    "no": _tap_no,
    "withdraw": _tap_withdraw,
    "withdrawn": _tap_withdrawn,
}
