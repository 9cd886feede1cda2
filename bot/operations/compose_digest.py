"""The summary that a person has asked for, as things stand when it is sent, and as far as they see then."""

from dataclasses import asdict

from bot.documents.summary_chart import chart_of, kind_chart_of
from bot.domain.periods import read_period
from bot.domain.summary import short_name
from bot.messages import Body, Button, Call, body
from bot.operations.digest import DIGEST, digest_of
from bot.operations.notice_case import Case, Make
from bot.operations.summarise import Scope, scope_of, summarise
from bot.operations.summary_words import Reader, addressed, is_asked, render, render_unit
from bot.texts import Texts

SUMMARY = "s"
"""The conversation that shows a summary."""
SUBSCRIBING = "dg"
"""The conversation about when it comes by itself."""


async def _digest(case: Case) -> Body | None:
    period = read_period(case.values["period"])
    digest = await digest_of(case.session, case.person.id)
    scope = scope_of(case.person, case.today)
    stopped = not digest.is_on or digest.version != case.values["version"]
    if period is None or stopped or scope is Scope.PUBLIC:
        return None
    only = None if scope is Scope.OFFICE else case.person.heads(case.today)
    summary = await summarise(case.session, period, case.now, case.config.office.timezone, only)
    texts = case.texts
    asked = is_asked(case.config.timetable, period, case.today)
    reader = Reader(texts, addressed(case.person), asked=asked)
    if only is not None and len(summary.lines) == 1:
        line = summary.lines[0]
        text = render_unit(summary, line, reader)
        chart = kind_chart_of(summary, texts, short_name(line.unit))
    else:
        text, chart = render(summary, reader), chart_of(summary, texts)
    return {**body(text, [[_look(texts, str(period)), _change(texts)]]), "chart": asdict(chart)}


def _look(texts: Texts, period: str) -> Button:
    return Button(texts.plain("button.look"), str(Call(SUMMARY, 0, 0, "see", period)))


def _change(texts: Texts) -> Button:
    return Button(texts.plain("button.digest"), str(Call(SUBSCRIBING, 0, 0, "open")))


KINDS: dict[str, Make] = {DIGEST: _digest}
"""What makes each kind of notice."""
