"""Who stands behind the figures: whom the units chose, who was nominated, and one of them on a card."""

from bot.domain.errors import Gone
from bot.domain.exemplars import Consent, Exemplar, ExemplarState
from bot.domain.people import UnitId
from bot.domain.summary import Summary, short_name
from bot.domain.writing import abridge
from bot.messages import Button, Call, in_rows
from bot.operations.see_chosen import Seen, find_chosen, see_chosen, see_nominees
from bot.operations.summarise import Scope
from bot.operations.summary_words import fitting, is_closed
from bot.texts import KINDS, N_, Html, Texts, join_html
from handlers.pages import pages_of
from handlers.summary_view import View

_A_PAGE = 6
_WIDTHS = (90, 70, 50, 40, 30, 20)
_STORY_SIZES = range(700, 0, -50)
_LABEL_MAX = 28


async def show_people(view: View, call: Call) -> None:
    """[Gương được chọn]: a page of them; to everybody else, those that are public."""
    summary, turn = await view.summary(), view.turn
    found = await see_chosen(turn.session, view.asker, most=_A_PAGE, page=call.version)
    public = view.scope is Scope.PUBLIC
    if found.n and public:
        title = turn.texts.count("summary.people_public", found.n, period=view.place(summary))
    elif found.n:
        title = turn.texts.count("summary.people", found.n, period=view.place(summary))
    elif public:
        title = turn.say("summary.people_public_none", period=view.place(summary))
    else:
        closed = is_closed(turn.config.timetable, view.period, turn.now)
        none = N_("summary.people_none_closed") if closed else N_("summary.people_none")
        title = turn.say(none, period=view.place(summary))
    buttons = [
        view.button(abridge(one.nominee.name, _LABEL_MAX), "card", row=one.nomination_id, page=found.page)
        for one in found.shown
        if one.nominee is not None
    ]
    rows = [
        *in_rows(buttons, 2),
        view.pages("people", found.page, pages_of(found.n, _A_PAGE)),
        view.back(),
    ]
    first = found.page * _A_PAGE + 1
    view.show(_listed(title, found.shown, first, view, summary), rows, view.chart(summary))


async def show_nominees(view: View, call: Call) -> None:
    """[Người được đề cử]: a page of the unit's, for its head and the secretariat."""
    summary, turn = await view.summary(), view.turn
    unit_id = view.unit_id or UnitId(0)
    found = await see_nominees(turn.session, view.asker, unit_id, most=_A_PAGE, page=call.version)
    if found.n:
        title = turn.texts.count("summary.nominees", found.n, period=view.place(summary))
    else:
        none = N_("summary.nominees_none_over") if summary.over else N_("summary.nominees_none")
        title = turn.say(none, period=view.place(summary))
    rows = [view.pages("nominees", found.page, pages_of(found.n, _A_PAGE)), view.back()]
    first = found.page * _A_PAGE + 1
    view.show(_listed(title, found.shown, first, view, summary), rows, view.chart(summary))


async def show_card(view: View, call: Call) -> None:
    """One of them: the picture card to who may read it, else words below the chart."""
    turn = view.turn
    seen = await find_chosen(turn.session, view.asker, call.row)
    if seen is None or seen.nominee is None:
        raise Gone("exemplars.not_open")
    summary = await view.summary()
    exemplar = seen.exemplar
    rows = [view.back("people", page=call.version)]
    if exemplar is not None and seen.is_open:
        opened = Button(turn.plain("button.open_card"), str(Call("g", exemplar.id, 0, "card")))
        rows.insert(0, [opened])
    photo = exemplar.card if exemplar is not None and seen.is_open and exemplar.has_card else None
    view.show(_card(seen, view, summary), rows, view.chart(summary), photo)


# --- words ---


def _listed(title: Html, shown: list[Seen], first: int, view: View, summary: Summary) -> Html:
    """A line for each, its names as long as there is room."""
    units = {line.unit.id: short_name(line.unit) for line in summary.lines}
    several = view.line_of_unit(summary) is None

    def made(width: int) -> Html:
        lines = [
            _line(view, one, number, width, units.get(one.unit_id, "") if several else "")
            for number, one in enumerate(shown, first)
        ]
        return join_html([title, *lines])

    return fitting(made, _WIDTHS)


def _line(view: View, one: Seen, number: int, width: int, unit: str) -> Html:
    texts = view.turn.texts
    if one.nominee is None:
        hidden = texts.plain("person.erased") if not one.withheld else texts.plain("export.withheld")
        return texts.say("summary.line_hidden", number=number, who=hidden)
    who = ", ".join(part for part in (one.nominee.name, one.nominee.post, unit) if part)
    kind = texts.plain(KINDS[one.kind]) if one.kind else ""
    values = {"number": number, "who": abridge(who, width), "kind": kind}
    if one.reasons:
        return texts.count("summary.line_nominee", one.reasons, **values)
    if view.scope is Scope.PUBLIC:
        return texts.say("summary.line_public", **values)
    return texts.say("summary.line", **values, state=_state(one, texts))


def _card(one: Seen, view: View, summary: Summary) -> Html:
    texts, nominee = view.turn.texts, one.nominee
    assert nominee is not None  # noqa: S101 - asked for before
    units = {line.unit.id: line.unit.name for line in summary.lines}
    lines = [
        texts.say("summary.card_name", name=nominee.name, post=f", {nominee.post}" if nominee.post else ""),
        texts.say("summary.card_unit", unit=units.get(one.unit_id, "")),
    ]
    if one.kind:
        kind, period = texts.plain(KINDS[one.kind]), texts.period(one.period)
        lines.append(texts.say("summary.card_kind", kind=kind, period=period))
    if one.exemplar and one.exemplar.movement_name:
        lines.append(texts.say("card.movement", movement=abridge(one.exemplar.movement_name, 120)))
    lines.append(texts.say("summary.card_state", state=_state(one, texts)))
    told = one.exemplar.text if one.exemplar and one.is_open else ""
    if not told:
        return join_html(lines)
    return fitting(lambda size: join_html([*lines, Html(""), _told(told, size, texts)]), _STORY_SIZES)


def _told(text: str, size: int, texts: Texts) -> Html:
    return texts.say("exemplars.text", text=text if len(text) <= size else abridge(text, size))


def _state(one: Seen, texts: Texts) -> str:
    """How far it is."""
    exemplar: Exemplar | None = one.exemplar
    if one.withheld:
        return texts.plain("summary.is_declined")
    if exemplar is None:
        return texts.plain("summary.is_chosen")
    if exemplar.state is ExemplarState.REMOVED:
        return texts.plain("summary.is_removed")
    if exemplar.is_public:
        return texts.plain("summary.is_honoured")
    if exemplar.consent is Consent.AGREED:
        return texts.plain("summary.is_agreed")
    return texts.plain("summary.is_prepared")
