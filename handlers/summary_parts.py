"""The parts of a summary: its units, its kinds, its movements, what the units have answered."""

from collections.abc import Sequence

from bot.documents.summary_chart import kind_chart_of, movement_chart_of, public_chart_of
from bot.domain.nominations import Kind
from bot.domain.people import UnitId
from bot.domain.roles import Role
from bot.domain.summary import Summary, UnitLine, short_name
from bot.domain.writing import abridge
from bot.messages import Button, Call, in_rows
from bot.operations.desk import list_asked
from bot.operations.summarise import Scope
from bot.operations.summary_words import counted_list, fitting, share, unit_name
from bot.texts import KINDS, N_, Html, Texts, join_html
from handlers.desk_lists import FLOW as DESK
from handlers.pages import in_pages, known_page, pages_of
from handlers.summary_view import View

_UNITS_A_PAGE = 8
_WIDTHS = (60, 50, 40, 30)
_LIST_SIZES = range(5, 0, -1)
_ON_A_PAGE = 750
_MOVEMENT_MAX = 200
_LABEL_MAX = 28


async def show_units(view: View, call: Call) -> None:
    """[Đơn vị]: a page of them, the most nominees first; `row` is one that is to be on it."""
    summary, turn = await view.summary(), view.turn
    ranked = _ranked(summary)
    pages = pages_of(len(ranked), _UNITS_A_PAGE)
    ids = [line.unit.id for line in ranked]
    wanted = ids.index(UnitId(call.row)) // _UNITS_A_PAGE if call.row in ids else call.version
    page = known_page(wanted, pages)
    first = page * _UNITS_A_PAGE
    shown = ranked[first : first + _UNITS_A_PAGE]
    buttons = [
        view.of(line.unit.id).button(abridge(short_name(line.unit), _LABEL_MAX), "see") for line in shown
    ]
    public = view.scope is Scope.PUBLIC
    title = turn.say(N_("summary.units_public") if public else N_("summary.units"), period=view.name)

    def made(width: int) -> Html:
        return join_html([title, *(_unit(line, n, view, width) for n, line in enumerate(shown, first + 1))])

    rows = [*in_rows(buttons, 2), view.pages("units", page, pages), view.back()]
    view.show(fitting(made, _WIDTHS), rows, view.chart(summary))


def _ranked(summary: Summary) -> list[UnitLine]:
    """Those with nominees first, the most first; then the others."""
    return [*summary.by_unit, *(line for line in summary.lines if not line.nominees)]


def _unit(line: UnitLine, number: int, view: View, width: int) -> Html:
    texts, unit = view.turn.texts, abridge(line.unit.name, width)
    if view.scope is Scope.PUBLIC:
        return texts.count("summary.unit_line_public", line.nominees, number=number, unit=unit)
    return texts.say(
        "summary.unit_line",
        number=number,
        unit=unit,
        n=texts.number(line.nominees),
        chosen=texts.number(line.chosen),
    )


async def show_kinds(view: View, _call: Call) -> None:
    """[Theo loại]: each with its share and the units it comes from."""
    summary, texts = await view.summary(), view.turn.texts
    name, public = view.unit_name(summary), view.scope is Scope.PUBLIC

    def made(most: int) -> Html:
        ranked = sorted(summary.by_kind, key=lambda part: -part[1])
        lines = [_kind(kind, n, summary, texts, 0 if name else most) for kind, n in ranked]
        none = N_("summary.kinds_none_over") if summary.over else N_("summary.kinds_none")
        if public:
            none = N_("summary.people_public_none")
        title = texts.say("summary.kinds" if lines else none, period=view.place(summary))
        return join_html([title, *lines])

    chart = public_chart_of(summary, texts, name, by_kind=True) if public else None
    view.show(fitting(made, _LIST_SIZES), [view.back()], chart or kind_chart_of(summary, texts, name))


def _kind(kind: Kind, n: int, summary: Summary, texts: Texts, most: int) -> Html:
    """A kind; with the first units it comes from, unless `most` is 0."""
    values = {"kind": texts.plain(KINDS[kind]), "n": texts.number(n), "share": share(texts, n, summary.total)}
    if not most:
        return texts.say("summary.kind_line", **values)
    ranked = sorted(summary.by_unit, key=lambda line: -line.kinds.get(kind, 0))
    units = [
        f"{short_name(line.unit)} {texts.number(line.kinds[kind])}" for line in ranked if line.kinds.get(kind)
    ]
    return texts.say("summary.kind_line_units", **values, units=counted_list(texts, units, most))


async def show_movements(view: View, call: Call) -> None:
    """[Phong trào]: each by its whole name, and how many belong to none."""
    summary, texts = await view.summary(), view.turn.texts
    lines = [
        texts.say("summary.movement_line", movement=abridge(name, _MOVEMENT_MAX), n=texts.number(n))
        for name, n in summary.movements
    ]
    of_none = summary.total - sum(n for _, n in summary.movements)
    if of_none:
        lines.append(texts.say("summary.movement_none", n=texts.number(of_none)))
    none = N_("summary.movements_none_over") if summary.over else N_("summary.movements_none")
    title = texts.say("summary.movements" if lines else none, period=view.place(summary))
    _show_pages(view, call, title, lines, summary, "movements")


async def show_answers(view: View, call: Call) -> None:
    """[Báo cáo của đơn vị]: who is silent, who has nobody, who has chosen."""
    summary, texts = await view.summary(), view.turn.texts
    chose = [line for line in summary.answered if line not in summary.none]
    lines: list[Html] = []
    for heading, units in (
        (N_("summary.are_silent"), summary.silent),
        (N_("summary.have_nobody"), summary.none),
        (N_("summary.have_chosen"), chose),
    ):
        if units:
            lines.append(texts.say(heading, n=texts.number(len(units))))
            lines += [texts.say("summary.name_line", unit=unit_name(line.unit)) for line in units]
    title = texts.say("summary.answers" if lines else "summary.answers_none", period=view.name)
    _show_pages(view, call, title, lines, summary, "answers", _remind(view, summary))


def _remind(view: View, summary: Summary) -> list[Button]:
    """The way to the desk's list, from where the secretariat reminds those that are silent."""
    turn = view.turn
    may = turn.person.has(Role.SECRETARIAT, turn.today)
    if not (may and summary.silent and view.period in list_asked(turn.config, turn.today)):
        return []
    to = str(Call(DESK, 0, 0, "silent", str(view.period)))
    return [Button(turn.plain("button.remind_silent"), to)]


def _show_pages(
    view: View,
    call: Call,
    title: Html,
    lines: Sequence[Html],
    summary: Summary,
    act: str,
    beside: Sequence[Button] = (),
) -> None:
    pages = in_pages(lines, _ON_A_PAGE)
    page = known_page(call.version, len(pages))
    chart = view.chart(summary)
    if act == "movements":
        chart = movement_chart_of(summary, view.turn.texts, view.unit_name(summary))
    rows = [view.pages(act, page, len(pages)), list(beside), view.back()]
    view.show(join_html([title, pages[page]]), rows, chart)
