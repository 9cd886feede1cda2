"""The clerk honours an exemplar: where, how it reads, and then it goes. And everybody may congratulate."""

from bot.domain.errors import Gone
from bot.domain.exemplars import Exemplar, Place
from bot.messages import Button, Call, body
from bot.operations.compose_notice import ENVELOPE
from bot.operations.congratulate import congratulate
from bot.operations.exemplar_words import CARD, caption, published_in, who
from bot.operations.exemplar_words import HONOUR as FLOW
from bot.operations.honour import Way, check_publishable, honour, list_ways, usual_places
from bot.operations.take_down import take_back_honour
from bot.texts import N_, Html, join_html
from handlers.turn import Turn
from handlers.workshop import only_secretariat
from storage import exemplars, honours

__all__ = ["FLOW", "hail", "tap"]

_LETTERS = {Place.UNIT: "u", Place.OFFICE: "o", Place.EVERYONE: "e"}
_NAMES = {
    Place.UNIT: N_("honour.unit"),
    Place.OFFICE: N_("honour.office"),
    Place.EVERYONE: N_("honour.everyone"),
}


# --- where ---


async def tap(turn: Turn, call: Call) -> None:
    """A button of honouring holds for the version of the words it was shown with; [Chúc mừng] for all."""
    if call.act == "hail":
        await hail(turn, call)
        return
    only_secretariat(turn)
    act = _TAPS.get(call.act)
    exemplar = await exemplars.find_exemplar(turn.session, call.row)
    if act is None:
        raise Gone("stale")
    if exemplar is None:
        raise Gone("exemplar.gone")
    if call.version != exemplar.text_version:
        raise Gone("exemplar.changed")
    check_publishable(exemplar)
    await act(turn, exemplar, call)


async def _tap_open(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    ways = await list_ways(turn.session, exemplar, turn.today)
    usual = usual_places(turn.config)
    await _show(
        turn, exemplar, ways, frozenset(way.place for way in ways if way.is_open and way.place in usual)
    )


async def _tap_where(turn: Turn, exemplar: Exemplar, call: Call) -> None:
    await _show(turn, exemplar, await list_ways(turn.session, exemplar, turn.today), _places(call.arg))


async def _show(turn: Turn, exemplar: Exemplar, ways: list[Way], chosen: frozenset[Place]) -> None:
    lines = [turn.say("honour.where", who=who(exemplar))]
    lines.append(join_html([_line(turn, way, way.place in chosen) for way in ways]))
    rows = [
        [_button(exemplar, _label(turn, way.place, way.place in chosen), "where", chosen ^ {way.place})]
        for way in ways
        if way.is_open
    ]
    if chosen:
        rows.append([_button(exemplar, turn.plain("button.preview"), "preview", chosen)])
        rows.append([_button(exemplar, turn.plain("button.honour_now"), "go", chosen)])
    turn.show(join_html(lines, "\n\n"), rows)


def _line(turn: Turn, way: Way, chosen: bool) -> Html:  # noqa: FBT001 - a tick
    values = {"place": turn.plain(_NAMES[way.place]), "mark": "☑" if chosen else "☐"}
    if way.done:
        return turn.say("honour.line_done", **values)
    if way.chat is not None:
        return turn.say("honour.line_chat", chat=way.chat.title, **values)
    if way.people:
        return turn.texts.count("honour.line_people", way.people, **values)
    nobody = N_("honour.line_no_channel") if way.place is Place.OFFICE else N_("honour.line_nobody")
    return turn.say(nobody, **values)


def _label(turn: Turn, place: Place, chosen: bool) -> str:  # noqa: FBT001 - a tick
    return f"{'☑' if chosen else '☐'} {turn.plain(_NAMES[place])}"


async def _tap_preview(turn: Turn, exemplar: Exemplar, call: Call) -> None:
    chosen = _places(call.arg)
    rows = [
        [_button(exemplar, turn.plain("button.honour_now"), "go", chosen)],
        [_button(exemplar, turn.plain("button.back"), "where", chosen)],
    ]
    turn.show_body({**body(caption(exemplar, published_in(turn.config)), rows), "photo": exemplar.card})


async def _tap_go(turn: Turn, exemplar: Exemplar, call: Call) -> None:
    chosen = _places(call.arg)
    await honour(turn.session, turn.person, exemplar, chosen, turn.config, turn.now)
    turn.session.after_commit(turn.house.wake)
    places = ", ".join(turn.plain(_NAMES[place]) for place in Place if place in chosen)
    turn.show(turn.say("honour.going", who=who(exemplar), places=places))


def _places(letters: str) -> frozenset[Place]:
    return frozenset(place for place, letter in _LETTERS.items() if letter in letters)


def _button(exemplar: Exemplar, label: str, act: str, places: frozenset[Place]) -> Button:
    letters = "".join(_LETTERS[place] for place in Place if place in places)
    return Button(label, str(Call(FLOW, exemplar.id, exemplar.text_version, act, letters)))


# --- taking it down again ---


async def _tap_down(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    """Whatever the reason: it is asked once more, for a post that is gone cannot be brought back."""
    rows = [
        [_button(exemplar, turn.plain("button.take_down_sure"), "downsure", frozenset())],
        [Button(turn.plain("button.back"), str(Call(CARD, exemplar.id, exemplar.text_version, "open")))],
    ]
    turn.show_body(body(turn.say("honour.ask_down", who=who(exemplar)), rows))


async def _tap_down_sure(turn: Turn, exemplar: Exemplar, _call: Call) -> None:
    await take_back_honour(turn.session, turn.person, exemplar, turn.config, turn.now)
    turn.session.after_commit(turn.house.wake)
    turn.show(turn.say("honour.taken_down", who=who(exemplar)))


_TAPS = {
    "open": _tap_open,
    "where": _tap_where,
    "preview": _tap_preview,
    "go": _tap_go,
    "down": _tap_down,
    "downsure": _tap_down_sure,
}


# --- congratulating ---


async def hail(turn: Turn, call: Call) -> None:
    """[Chúc mừng], below a post in a group or in one's own chat: counted once, answered with a toast."""
    exemplar = await exemplars.find_exemplar(turn.session, call.row)
    if exemplar is None or not exemplar.is_public:
        turn.toast = turn.plain("honour.not_public")
        return
    if not turn.incoming.private:
        await _note_where(turn)
    n, new = await congratulate(turn.session, turn.person, exemplar, turn.now)
    words = N_("honour.congratulated") if new else N_("honour.congratulated_already")
    turn.toast = turn.plain(words, n=turn.texts.number(n))


async def _note_where(turn: Turn) -> None:
    """A post that is in doubt has arrived after all."""
    outer = turn.call
    if outer is not None and outer.flow == ENVELOPE and turn.incoming.message_id is not None:
        incoming = turn.incoming
        message_id = incoming.message_id or 0
        await honours.note_delivery(turn.session, outer.row, incoming.chat_id, message_id, turn.now)
