"""What a button of the summary speaks of: a period and a unit, seen by somebody, today; and how it is shown.

A button claims ``s:row:page:act:period`` or ``s:row:page:act:period.unit``, the act with OPEN in front where
it is about what everybody may see; whoever presses it sees what is theirs at that moment.
"""

from dataclasses import dataclass, replace
from datetime import date

from bot.documents.chart import Chart
from bot.documents.summary_chart import chart_of, kind_chart_of, public_chart_of
from bot.domain.people import UnitId
from bot.domain.periods import Period, last_day, month_of, period_of, read_period
from bot.domain.summary import Summary, UnitLine, short_name
from bot.messages import Button, Call, Rows
from bot.operations.see_chosen import Asker
from bot.operations.summarise import Scope, scope_of, summarise, summarise_public
from bot.operations.summary_words import unit_name
from bot.texts import N_, Html
from handlers.pages import page_buttons, ticked
from handlers.turn import Turn
from storage import figures

FLOW = "s"
OPEN = "o."
"""What the acts of everybody's summary begin with."""
_LENGTHS = {
    1: N_("button.by_month"),
    3: N_("button.by_quarter"),
    6: N_("button.by_half"),
    12: N_("button.by_year"),
}


@dataclass(frozen=True)
class View:
    """The period, and the unit that is looked at (None: all that the person may see)."""

    turn: Turn
    period: Period
    unit_id: UnitId | None = None

    @property
    def scope(self) -> Scope:
        """How much the person sees today."""
        return scope_of(self.turn.person, self.turn.today)

    @property
    def only(self) -> frozenset[UnitId] | None:
        """The units that are counted; None is the office."""
        if self.unit_id is not None:
            return frozenset({self.unit_id})
        return self.turn.person.heads(self.turn.today) if self.scope is Scope.UNITS else None

    @property
    def is_allowed(self) -> bool:
        """Whether the unit is one that the person may look at."""
        mine = self.unit_id in self.turn.person.heads(self.turn.today)
        return self.unit_id is None or self.scope is not Scope.UNITS or mine

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing above it: all that the person sees, if only one unit."""
        heads = self.turn.person.heads(self.turn.today)
        return self.unit_id is None or (self.scope is Scope.UNITS and len(heads) == 1)

    @property
    def asker(self) -> Asker:
        """Who asks for names."""
        return Asker(self.turn.person, self.turn.today, self.period, self.only)

    @property
    def name(self) -> str:
        """The period as it is read aloud."""
        return self.turn.texts.period(str(self.period))

    async def summary(self) -> Summary:
        """The figures, as they stand now."""
        zone, now = self.turn.config.office.timezone, self.turn.now
        if self.scope is Scope.PUBLIC:
            return await summarise_public(self.turn.session, self.period, now, zone, self.only)
        return await summarise(self.turn.session, self.period, now, zone, self.only)

    def line_of_unit(self, summary: Summary) -> UnitLine | None:
        """The line of the one unit that is looked at; None where there may be several."""
        one = len(summary.lines) == 1 and (self.unit_id is not None or self.scope is Scope.UNITS)
        return summary.lines[0] if one else None

    def chart(self, summary: Summary) -> Chart:
        """What is drawn where nothing else is asked for."""
        texts, name = self.turn.texts, self.unit_name(summary)
        if self.scope is Scope.PUBLIC:
            return public_chart_of(summary, texts, name)
        return kind_chart_of(summary, texts, name) if name else chart_of(summary, texts)

    def place(self, summary: Summary) -> str:
        """The period, and the one unit that is looked at, as a heading names them."""
        line = self.line_of_unit(summary)
        return f"{self.name}, {unit_name(line.unit)}" if line else self.name

    def unit_name(self, summary: Summary) -> str:
        """What the one unit that is looked at is called; "" where there may be several."""
        line = self.line_of_unit(summary)
        return short_name(line.unit) if line else ""

    def of(self, unit_id: UnitId | None) -> "View":
        """The same period of a unit, or of everything."""
        return replace(self, unit_id=unit_id)

    def data(self, act: str, *, row: int = 0, page: int = 0) -> str:
        """What a button claims."""
        unit = f".{self.unit_id}" if self.unit_id is not None else ""
        known = f"{OPEN}{act}" if self.scope is Scope.PUBLIC else act
        return str(Call(FLOW, row, page, known, f"{self.period}{unit}"))

    def button(self, label: str, act: str, *, row: int = 0, page: int = 0) -> Button:
        """A button of this place."""
        return Button(label, self.data(act, row=row, page=page))

    def back(self, act: str = "see", *, row: int = 0, page: int = 0) -> list[Button]:
        """[Quay lại]."""
        return [self.button(self.turn.plain("button.back"), act, row=row, page=page)]

    def pages(self, act: str, page: int, pages: int) -> list[Button]:
        """The way to the pages before and after."""
        return page_buttons(self.turn.texts, page, pages, lambda to: self.data(act, page=to))

    def show(self, text: Html, rows: Rows, chart: Chart | None, photo: str | None = None) -> None:
        """The picture with its caption."""
        self.turn.show_picture(text, rows, chart=chart, photo=photo)

    async def ways_through_time(self) -> list[list[Button]]:
        """Month, quarter, half year, year; earlier as far as there is anything, later as far as today."""
        turn, today = self.turn, self.turn.today
        lengths = [
            replace(self, period=_as_long(self.period, months, today)).button(
                ticked(turn.plain(label), chosen=months == self.period.months), "see"
            )
            for months, label in _LENGTHS.items()
        ]
        row = []
        first = read_period(await figures.find_first_month(turn.session) or "")
        if first is not None and first.first_on < self.period.first_on:
            row.append(replace(self, period=self.period.previous).button(turn.plain("button.earlier"), "see"))
        if self.period.until_on <= today:
            row.append(replace(self, period=self.period.next).button(turn.plain("button.later"), "see"))
        return [lengths, row]


def this_month(turn: Turn) -> Period:
    """The month that runs."""
    return month_of(turn.now, turn.config.office.timezone)


def read_view(turn: Turn, call: Call) -> View | None:
    """The period and the unit that a button names; None of nonsense, and of what has not begun."""
    named, dot, unit = call.arg.partition(".")
    period = read_period(named)
    if period is None or period.first_on > turn.today:
        return None
    if not dot:
        return View(turn, period)
    number = Call("", arg=unit).number
    return View(turn, period, UnitId(number)) if number > 0 else None


def _as_long(period: Period, months: int, today: date) -> Period:
    """The period of another length around the last day of one that has been."""
    return period_of(min(last_day(period), today), months)
