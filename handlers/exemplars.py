"""/guong: the public exemplars, the newest first, narrowed by buttons and by typed words; each with its card.

What the list is narrowed to is kept as a draft, so that it is there again behind a card and after a restart.
"""

from dataclasses import asdict

from bot.domain.errors import Refused
from bot.domain.exemplars import Exemplar
from bot.domain.nominations import Kind
from bot.domain.writing import abridge, clean
from bot.messages import Button, Call, in_rows
from bot.operations.exemplar_words import kind_name
from bot.operations.find_exemplars import (
    FILTERS,
    Filters,
    Found,
    find_exemplars,
    find_linked,
    offered,
    open_exemplar,
)
from bot.texts import KINDS, N_, Html, join_html
from handlers import exemplar_page, exemplar_tasks, nominate, timeline
from handlers import nomination_nominee as nominee
from handlers.incoming import Sort
from handlers.pages import known_page, page_buttons, pages_of
from handlers.turn import Turn
from storage import conversations

FLOW = exemplar_page.FLOW
_A_PAGE = 6
_CHOICES_A_PAGE = 8
_TYPED_MOST = 100
_STEP = "list"
_ON = "✓ "
_FILTER_NAMES = {
    "unit": N_("exemplars.by_unit"),
    "kind": N_("exemplars.by_kind"),
    "movement": N_("exemplars.by_movement"),
    "field": N_("exemplars.by_field"),
    "year": N_("exemplars.by_year"),
}


# --- the list ---


async def start(turn: Turn) -> None:
    """/guong: everything, from the newest on."""
    await _list(turn, Filters())


async def receive(turn: Turn) -> None:
    """What is typed while the list is there: words to search for, or a nomination."""
    told = clean(turn.incoming.text)
    if await nominee.read(turn, told):
        await nominate.begin(turn, told)
        return
    typed = clean(turn.incoming.text, multiline=False)
    if turn.incoming.sort is not Sort.TEXT or not typed:
        raise Refused("exemplars.only_words")
    before = await _filters(turn)
    await _list(turn, before.choose("typed", typed[:_TYPED_MOST]))


async def open_link(turn: Turn, payload: str) -> None:
    """A shared link: the card, for who may read it."""
    await exemplar_page.show(turn, await find_linked(turn.session, turn.person, payload, turn.today))


async def _list(turn: Turn, filters: Filters) -> None:
    found = await find_exemplars(turn.session, filters, _A_PAGE)
    pages = pages_of(found.n, _A_PAGE)
    page = known_page(filters.page, pages)
    await _keep(turn, Filters(**{**asdict(filters), "page": page}))
    lines = [_title(turn, filters, found), *(_line(turn, one) for one in found.shown)]
    if found.facets:
        lines.append(turn.say("exemplars.hint"))
    rows = [
        *([_card_button(one)] for one in found.shown),
        page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, 0, 0, "page", str(to)))),
        *in_rows(_filter_buttons(turn, filters, found), 3),
    ]
    if filters.narrow:
        rows.append([Button(turn.plain("button.show_all"), str(Call(FLOW, 0, 0, "all")))])
    rows.append(await exemplar_tasks.way_in(turn))
    turn.show(join_html(lines, "\n\n"), rows, flow=FLOW)


def _title(turn: Turn, filters: Filters, found: Found) -> Html:
    if not found.facets:
        return turn.say("exemplars.nothing")
    if not filters.narrow:
        return turn.texts.count("exemplars.title", found.n)
    narrowed = ", ".join(_narrowed(turn, filters, found))
    if not found.n:
        return turn.say("exemplars.none_found", filters=narrowed)
    return turn.texts.count("exemplars.found", found.n, filters=narrowed)


def _narrowed(turn: Turn, filters: Filters, found: Found) -> list[str]:
    """What the list is narrowed to, in words."""
    words = [turn.plain("exemplars.typed", words=filters.typed)] if filters.typed else []
    for name in FILTERS:
        value = str(getattr(filters, name) or "")
        if value:
            offers = {one: label for one, label, _ in offered(found.facets, Filters(), name)}
            words.append(_label(turn, name, offers.get(value, value)))
    return words


def _line(turn: Turn, exemplar: Exemplar) -> Html:
    return turn.say(
        "exemplars.line",
        name=exemplar.nominee.name,
        unit=exemplar.unit_name,
        kind=kind_name(exemplar, turn.texts),
        period=turn.texts.period(exemplar.period),
    )


def _card_button(exemplar: Exemplar) -> Button:
    label = abridge(f"{exemplar.nominee.name} · {exemplar.unit_name}", 60)
    return Button(label, str(Call(FLOW, exemplar.id, 0, "card")))


def _filter_buttons(turn: Turn, filters: Filters, found: Found) -> list[Button]:
    return [
        Button(
            f"{_ON if getattr(filters, name) else ''}{turn.plain(_FILTER_NAMES[name])}",
            str(Call(FLOW, 0, 0, "by", f"{name}.0")),
        )
        for name in FILTERS
        if getattr(filters, name) or len(offered(found.facets, filters, name)) > 1
    ]


# --- filters ---


async def _tap_by(turn: Turn, call: Call) -> None:
    """Which unit, kind, movement, field or year."""
    name, _, wanted = call.arg.partition(".")
    if name not in FILTERS:
        raise Refused("stale")
    filters = await _filters(turn)
    found = await find_exemplars(turn.session, filters, 1)
    offers = offered(found.facets, filters, name)
    pages = pages_of(len(offers), _CHOICES_A_PAGE)
    page = known_page(int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 0, pages)
    first = page * _CHOICES_A_PAGE
    chosen = str(getattr(filters, name) or "")
    rows = [
        *(
            [_offer(turn, name, first + nth, offer, chosen=offer[0] == chosen)]
            for nth, offer in enumerate(offers[first : first + _CHOICES_A_PAGE])
        ),
        page_buttons(turn.texts, page, pages, lambda to: str(Call(FLOW, 0, 0, "by", f"{name}.{to}"))),
        [Button(turn.plain("exemplars.any"), str(Call(FLOW, 0, 0, "set", f"{name}.")))],
        [Button(turn.plain("button.to_list"), str(Call(FLOW, 0, 0, "list")))],
    ]
    turn.show(turn.say("exemplars.ask_filter", by=turn.plain(_FILTER_NAMES[name]).lower()), rows, flow=FLOW)


def _offer(turn: Turn, name: str, nth: int, offer: tuple[str, str, int], *, chosen: bool) -> Button:
    value, label, n = offer
    shown = f"{_ON if chosen else ''}{abridge(_label(turn, name, label), 50)} ({turn.texts.number(n)})"
    # A field is as long as somebody wrote it: its place in the list stands for it.
    arg = f"{name}.#{nth}" if name == "field" else f"{name}.{value}"
    return Button(shown, str(Call(FLOW, 0, 0, "set", arg)))


def _label(turn: Turn, name: str, label: str) -> str:
    if name == "kind" and label in set(Kind):
        return turn.plain(KINDS[Kind(label)])
    return turn.plain("period.year", year=label) if name == "year" else label


async def _tap_set(turn: Turn, call: Call) -> None:
    name, _, value = call.arg.partition(".")
    filters = await _filters(turn)
    if name not in FILTERS:
        raise Refused("stale")
    if value:
        found = await find_exemplars(turn.session, filters, 1)
        offers = [one[0] for one in offered(found.facets, filters, name)]
        if value.startswith("#"):
            nth = int(value[1:]) if value[1:].isdecimal() and len(value) < 7 else len(offers)
            value = offers[nth] if nth < len(offers) else ""
        if value not in offers:
            raise Refused("stale")
    await _list(turn, filters.choose(name, value))


async def _filters(turn: Turn) -> Filters:
    draft = await turn.draft(FLOW)
    return Filters(**draft.fields) if draft else Filters()


async def _keep(turn: Turn, filters: Filters) -> None:
    await conversations.put_draft(turn.session, turn.person.id, FLOW, _STEP, asdict(filters), turn.now)


# --- taps ---


async def tap(turn: Turn, call: Call) -> None:
    """A button of the list or of a card."""
    act = _TAPS.get(call.act)
    if act is not None:
        await act(turn, call)
        return
    on_card = {**exemplar_page.TAPS, "life": timeline.show_life}.get(call.act)
    if on_card is None:
        raise Refused("stale")
    await on_card(turn, call, await open_exemplar(turn.session, turn.person, call.row, turn.today))


async def _tap_list(turn: Turn, _call: Call) -> None:
    await _list(turn, await _filters(turn))


async def _tap_all(turn: Turn, _call: Call) -> None:
    await _list(turn, Filters())


async def _tap_page(turn: Turn, call: Call) -> None:
    filters = await _filters(turn)
    page = min(max(call.number, 0), 1_000_000)
    await _list(turn, Filters(**{**asdict(filters), "page": page}))


_TAPS = {
    "list": _tap_list,
    "all": _tap_all,
    "page": _tap_page,
    "by": _tap_by,
    "set": _tap_set,
    "mine": exemplar_tasks.show_mine,
}
