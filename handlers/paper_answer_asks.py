"""What is asked of a unit's answer that came on paper: for which period, whom it chose, why."""

from bot.domain.periods import read_period
from bot.domain.writing import abridge
from bot.messages import Button, in_rows
from bot.operations.choose_exemplars import Nominee, list_nominees, number_of
from bot.operations.enter_on_paper import list_answerable
from bot.operations.write_paper import Entry, Writing
from bot.texts import N_, Html, join_html
from handlers.nomination_card import Buttons
from handlers.reason_card import nominee_name
from handlers.turn import Turn

Rows = list[list[Button]]
_A_PAGE = 6


async def nominees_of(turn: Turn, entry: Entry) -> dict[int, str]:
    """Whom the unit could choose, by the nomination's number."""
    period = read_period(entry.period)
    if entry.unit_id is None or period is None:
        return {}
    found: list[Nominee] = await list_nominees(turn.session, entry.unit_id, period)
    return {
        int(number_of(rows)): nominee_name(turn.texts, rows[0].endorsement.nominee)
        for rows in found
        if not rows[0].nominee_erased
    }


async def ask_period(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    """The periods for which the unit may answer, or change what it has answered."""
    unit_id = writing.entry.unit_id
    periods = await list_answerable(turn.session, unit_id, turn.config, turn.today) if unit_id else []
    known = [buttons.named("period", turn.texts.period(str(period)), str(period)) for period in periods]
    asked = N_("paper.ask_period") if periods else N_("paper.no_period")
    return turn.say(asked, unit=writing.entry.unit_name), in_rows(known, 2)


async def ask_pick(turn: Turn, writing: Writing, buttons: Buttons, page: int) -> tuple[Html, Rows]:
    """The unit's nominees, ticked where the sheet names them."""
    entry = writing.entry
    nominees = list((await nominees_of(turn, entry)).items())
    values = {"unit": entry.unit_name, "period": turn.texts.period(entry.period)}
    page = max(0, min(page, (len(nominees) - 1) // _A_PAGE))
    shown = nominees[page * _A_PAGE : (page + 1) * _A_PAGE]
    rows = [
        [buttons.named("pick", f"{'✓ ' if number in entry.picked else ''}{name}", f"{number}.{page}")]
        for number, name in shown
    ]
    rows.append(buttons.pages("picks", page, len(nominees), _A_PAGE))
    if entry.picked:
        rows.append([buttons.act("picked", "button.paper_picked", n=len(entry.picked))])
    else:
        rows.append([buttons.act("nobody", "button.paper_nobody")])
    if not nominees:
        return turn.say("paper.no_nominees", **values), rows
    return turn.say("paper.ask_pick", most=turn.config.choosing.most, **values), rows


async def ask_criteria(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    """One confirmation for all that were chosen."""
    names = join_html([turn.say("paper.named", name=name) for name in writing.entry.names])
    return join_html([names, turn.say("paper.ask_criteria")], "\n\n"), [
        [buttons.act("met", "button.meets_all")]
    ]


async def ask_reason(turn: Turn, writing: Writing, _buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    """A sentence for each of them, one after the other."""
    entry = writing.entry
    name = entry.names[min(len(entry.reasons), len(entry.names) - 1)]
    most = turn.config.choosing.reason_max
    return turn.say("paper.ask_reason", name=abridge(name, 120), most=most), []


async def ask_nobody(turn: Turn, writing: Writing, buttons: Buttons, _page: int) -> tuple[Html, Rows]:
    """Why there is nobody this time."""
    entry = writing.entry
    values = {"unit": entry.unit_name, "period": turn.texts.period(entry.period)}
    asked = turn.say("paper.ask_nobody", most=turn.config.choosing.reason_max, **values)
    return asked, [[buttons.act("noreason", "button.no_reason")]]
