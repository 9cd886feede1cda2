"""An exemplar's own card, where it stays: picture, text, honours, how far it has spread; and its life."""

from collections.abc import Sequence

from bot.domain.copying import spread_of
from bot.domain.exemplars import Exemplar, Place
from bot.domain.nominations import Kind
from bot.domain.people import UnitId
from bot.domain.roles import Role
from bot.domain.timeline import Sight
from bot.domain.writing import abridge
from bot.messages import Button, Call, body
from bot.operations.congratulate import congratulate
from bot.operations.exemplar_words import CARD, kind_name, link
from bot.operations.find_exemplars import is_withdrawn, may_care, sights_with_guide
from bot.texts import N_, Html, join_html, visible_length
from handlers.pages import in_pages, known_page, page_buttons, pieces
from handlers.turn import Turn
from storage import adoptions, fosterings, published

FLOW = "g"
_CAPTION = 1024
_STEP = 40
_PLACES = {
    Place.UNIT: N_("exemplars.in_unit"),
    Place.OFFICE: N_("exemplars.in_office"),
    Place.EVERYONE: N_("exemplars.to_everyone"),
}


async def show(turn: Turn, exemplar: Exemplar) -> None:
    """The card: the picture with its text, or with the beginning of one that is longer than a caption."""
    after = [*await _what_came(turn, exemplar), *await _to_be_fostered(turn, exemplar)]
    full = _text(turn, exemplar, exemplar.text, after)
    pictured = exemplar.has_card and exemplar.card is not None
    short = _fitting(turn, exemplar, after) if pictured else full
    rows = await _ways(turn, exemplar, cut=short != full)
    if pictured:
        turn.show_body({**body(short, rows), "photo": exemplar.card}, flow=FLOW)
    else:
        turn.show(full, rows, flow=FLOW)


async def _tap_card(turn: Turn, _call: Call, exemplar: Exemplar) -> None:
    await show(turn, exemplar)


async def _tap_full(turn: Turn, call: Call, exemplar: Exemplar) -> None:
    """Everything that it says, on pages."""
    first, *rest = pieces(exemplar.text)
    blocks = [_head(turn, exemplar), Html(""), turn.say("exemplars.text", text=first)]
    blocks += [turn.say("exemplars.text", text=piece) for piece in rest]
    blocks += [Html(""), *await _what_came(turn, exemplar)]
    pages = in_pages(blocks)
    page = known_page(call.number, len(pages))
    rows = [
        page_buttons(
            turn.texts, page, len(pages), lambda to: str(Call(FLOW, exemplar.id, 0, "full", str(to)))
        ),
        [to_card(turn, exemplar.id), _to_list(turn)],
    ]
    turn.show(pages[page], rows, flow=FLOW)


def _fitting(turn: Turn, exemplar: Exemplar, after: Sequence[Html]) -> Html:
    text, room = exemplar.text, len(exemplar.text)
    made = _text(turn, exemplar, text, after)
    while visible_length(made) > _CAPTION and room > _STEP:
        room -= _STEP
        made = _text(turn, exemplar, abridge(text, room), after)
    return made


def _text(turn: Turn, exemplar: Exemplar, text: str, after: Sequence[Html]) -> Html:
    return join_html(
        [_head(turn, exemplar), turn.say("exemplars.text", text=text), join_html(list(after))], "\n\n"
    )


def _head(turn: Turn, exemplar: Exemplar) -> Html:
    nominee = exemplar.nominee
    post = f", {nominee.post}" if nominee.post else ""
    lines = [
        turn.say("exemplars.name", name=nominee.name, post=post),
        turn.say("exemplars.unit", unit=exemplar.unit_name),
        turn.say(
            "exemplars.kind",
            kind=kind_name(exemplar, turn.texts),
            period=turn.texts.period(exemplar.period),
        ),
    ]
    if exemplar.movement_name:
        lines.append(turn.say("card.movement", movement=exemplar.movement_name))
    if exemplar.field:
        lines.append(turn.say("exemplars.field", field=exemplar.field))
    return join_html(lines)


async def _what_came(turn: Turn, exemplar: Exemplar) -> list[Html]:
    """Where it was honoured, who congratulated, how far it has spread; that it is not public, where so."""
    if not exemplar.is_public:
        withdrawn = is_withdrawn(exemplar)
        return [turn.say("exemplars.withdrawn" if withdrawn else "exemplars.not_public_yet")]
    lines = []
    places = [one.place for one in await published.list_places(turn.session, exemplar.id) if not one.removed]
    if places:
        named = ", ".join(turn.plain(_PLACES[place]) for place in places)
        lines.append(turn.say("exemplars.honoured", places=named))
    n, _ = await published.count_congratulations(turn.session, exemplar.id)
    if n:
        lines.append(turn.texts.count("exemplars.congratulated", n))
    spread = spread_of(await adoptions.list_adoptions(turn.session, exemplar.id))
    if spread.with_results:
        results = turn.texts.number(spread.with_results)
        lines.append(turn.texts.count("exemplars.copied_results", spread.copied, results=results))
    elif spread.copied:
        lines.append(turn.texts.count("exemplars.copied", spread.copied))
    return lines


async def _to_be_fostered(turn: Turn, exemplar: Exemplar) -> list[Html]:
    """A nhân tố mới without a plan, to who can make one."""
    wanted = exemplar.kind is Kind.NEW_FACTOR and not is_withdrawn(exemplar)
    if not wanted or not may_care(turn.person, exemplar, turn.today):
        return []
    known = await fosterings.find_of(turn.session, exemplar.id)
    return [] if known else [turn.say("exemplars.to_be_fostered")]


# --- what one can do with it ---


async def _ways(turn: Turn, exemplar: Exemplar, *, cut: bool) -> list[list[Button]]:
    me, today = turn.person, turn.today
    sights = await sights_with_guide(turn.session, me, exemplar, today)
    life = Button(turn.plain("button.timeline"), str(Call(FLOW, exemplar.id, 0, "life", "0")))
    full = Button(turn.plain("button.read_all"), str(Call(FLOW, exemplar.id, 0, "full", "0")))
    rows = [[full, life] if cut else [life]]
    if exemplar.is_public:
        done = await published.has_congratulated(turn.session, exemplar.id, me.id)
        label = turn.plain("exemplars.has_congratulated" if done else "button.congratulate")
        rows.insert(
            0,
            [
                Button(label, str(Call(FLOW, exemplar.id, 0, "congratulate"))),
                Button(turn.plain("button.share"), str(Call(FLOW, exemplar.id, 0, "share"))),
            ],
        )
        rows += await _ways_to_copy(turn, exemplar)
    if {Sight.OFFICE, Sight.OWN, Sight.GUIDE} & sights:
        rows.append(await _ways_to_care(turn, exemplar, sights))
    return [*rows, [_to_list(turn)]]


async def _ways_to_copy(turn: Turn, exemplar: Exemplar) -> list[list[Button]]:
    others = [unit for unit in sorted(turn.person.heads(turn.today)) if unit != exemplar.nominee.unit_id]
    rows = []
    if others:
        known = await _copied_by(turn, exemplar, others)
        label = turn.plain("button.our_copy" if known else "button.copy_it")
        rows.append([Button(label, str(Call("ad", exemplar.id, 0, "begin")))])
    if turn.person.has(Role.SECRETARIAT, turn.today):
        rows.append([Button(turn.plain("button.copied_elsewhere"), str(Call("ad", exemplar.id, 0, "body")))])
    return rows


async def _copied_by(turn: Turn, exemplar: Exemplar, units: Sequence[UnitId]) -> bool:
    found = [await adoptions.find_of_unit(turn.session, exemplar.id, unit) for unit in units]
    return all(found)


async def _ways_to_care(turn: Turn, exemplar: Exemplar, sights: frozenset[Sight]) -> list[Button]:
    row = []
    known = await fosterings.find_of(turn.session, exemplar.id)
    if known or (Sight.OFFICE in sights and not is_withdrawn(exemplar)):
        label = turn.plain("button.foster_plan" if known else "button.foster")
        row.append(Button(label, str(Call("fo", exemplar.id, 0, "card"))))
    if turn.person.has(Role.SECRETARIAT, turn.today):
        row.append(Button(turn.plain("exemplars.edit_card"), str(Call(CARD, exemplar.id, 0, "open"))))
    return row


async def _tap_congratulate(turn: Turn, _call: Call, exemplar: Exemplar) -> None:
    """Counted once; the card stays as it is."""
    n, new = await congratulate(turn.session, turn.person, exemplar, turn.now)
    turn.session.after_commit(turn.house.wake)
    n_said = turn.texts.number(n)
    turn.toast = turn.plain("exemplars.thanks" if new else "exemplars.thanks_already", n=n_said)


async def _tap_share(turn: Turn, _call: Call, exemplar: Exemplar) -> None:
    """A text to be forwarded, with the link that only people of the office can open."""
    if not exemplar.is_public:
        turn.again(turn.plain("exemplars.not_shared"))
        return
    address = link(turn.house.bot_name(), exemplar)
    text = turn.say(
        "exemplars.shared",
        name=exemplar.nominee.name,
        unit=exemplar.unit_name,
        kind=kind_name(exemplar, turn.texts),
        period=turn.texts.period(exemplar.period),
        link=address,
    )
    turn.show(text, [[to_card(turn, exemplar.id), _to_list(turn)]], flow=FLOW)


def to_card(turn: Turn, exemplar_id: int) -> Button:
    """The way back to the card."""
    return Button(turn.plain("button.to_card_of"), str(Call(FLOW, exemplar_id, 0, "card")))


def _to_list(turn: Turn) -> Button:
    return Button(turn.plain("button.to_exemplars"), str(Call(FLOW, 0, 0, "list")))


TAPS = {
    "card": _tap_card,
    "full": _tap_full,
    "congratulate": _tap_congratulate,
    "share": _tap_share,
}
"""What the buttons of a card do."""
