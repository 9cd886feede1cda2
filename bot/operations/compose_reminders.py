"""The words of reminders, lists of silent units and invitations, as things stand when they are sent."""

from bot.domain.cycles import kind_of
from bot.domain.people import UnitId
from bot.domain.periods import Period, read_period
from bot.domain.roles import Role
from bot.domain.summary import short_name
from bot.messages import Body, Button, Call, Rows, body
from bot.operations.notice_case import Case, Make, nominate_button, unit_name
from bot.operations.plan_reminders import (
    INVITATION,
    OVERDUE,
    REMINDER,
    SILENT,
    UNREACHABLE,
    SilentUnit,
    answers_for,
    list_silent,
)
from bot.texts import Html, Texts, join_html
from storage import choices, nominations, people

_LISTED = 15


async def _reminder(case: Case) -> Body | None:
    unit_id, period = await _asked(case)
    if period is None:
        return None
    values = {**_to(case), "unit": await unit_name(case.session, unit_id)}
    values |= {
        "period": case.texts.period(str(period)),
        "due": case.texts.day(case.config.timetable.cycle(period).due.on),
    }
    rows = [[_choose(case.texts, unit_id, period)], *_other_ways(case, unit_id, period)]
    if period.months > 1:
        rows.append([_lesson(case.texts, period)])
        n = await choices.count_within(case.session, unit_id, period)
        if n == 0:
            return body(case.texts.say("reminder.long_empty", **values), rows)
        return body(case.texts.count("reminder.long", n, **values), rows)
    n = await nominations.count_for_unit(case.session, unit_id, str(period))
    if n == 0:
        rows[0] = [nominate_button(case.texts)]
        return body(case.texts.say("reminder.month_empty", **values), rows)
    return body(case.texts.count("reminder.month", n, **values), rows)


async def _overdue(case: Case) -> Body | None:
    unit_id, period = await _asked(case)
    if period is None:
        return None
    cycle = case.config.timetable.cycle(period)
    text = case.texts.say(
        "reminder.overdue",
        **_to(case),
        unit=await unit_name(case.session, unit_id),
        period=case.texts.period(str(period)),
        due=case.texts.day(cycle.due.on),
        close=case.texts.day(cycle.close.on),
    )
    return body(text, [[_choose(case.texts, unit_id, period)], *_other_ways(case, unit_id, period)])


async def _asked(case: Case) -> tuple[UnitId, Period | None]:
    """Unit and period of a reminder; no period where nothing is to be asked of this person any more."""
    unit_id, period = UnitId(case.values["unit_id"]), read_period(case.values["period"])
    if period is None:
        return unit_id, None
    rules = case.config.timetable.cycles[kind_of(period)]
    answered = unit_id in await nominations.list_answers(case.session, str(period))
    if answered or not answers_for(case.person, unit_id, rules.to, case.today):
        return unit_id, None
    return unit_id, period


def _to(case: Case) -> dict[str, str]:
    return {"to": f"{case.person.post} {case.person.full_name}".strip()}


def _choose(texts: Texts, unit_id: UnitId, period: Period) -> Button:
    return Button(texts.plain("button.choose"), str(Call("h", unit_id, 0, "list", str(period))))


def _lesson(texts: Texts, period: Period) -> Button:
    """A review is when lessons are written down."""
    return Button(texts.plain("button.add_lesson"), str(Call("le", 0, 0, "add", str(period))))


def _other_ways(case: Case, unit_id: UnitId, period: Period) -> Rows:
    texts = case.texts
    return [
        [Button(texts.plain("button.nobody"), str(Call("h", unit_id, 0, "none", str(period))))],
        [Button(texts.plain("button.remind_again"), str(Call("rm", case.notice.id, 0, "ask")))],
    ]


async def _silent(case: Case) -> Body | None:
    clerk = case.person.has(Role.SECRETARIAT, case.today)
    period = read_period(case.values["period"])
    if period is None or not (clerk or case.person.has(Role.LEADER, case.today)):
        return None
    silent = await list_silent(case.session, period, case.today, case.config)
    if not silent:
        return None
    texts, cycle = case.texts, case.config.timetable.cycle(period)
    values = {"period": texts.period(str(period)), "due": texts.day(cycle.due.on)}
    lines = [texts.count("reminder.silent", len(silent), **values), *_lines(texts, silent)]
    button = Button(texts.plain("button.remind_all"), str(Call("rm", 0, 0, "all", str(period))))
    return body(join_html(lines), [[button]] if clerk else ())


def _lines(texts: Texts, silent: list[SilentUnit]) -> list[Html]:
    lines = [texts.say("reminder.unit", unit=short_name(one.unit)) for one in silent[:_LISTED]]
    if len(silent) > _LISTED:
        lines.append(texts.count("reminder.more_units", len(silent) - _LISTED))
    return lines


async def _unreachable(case: Case) -> Body | None:
    period = read_period(case.values["period"])
    if period is None or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    silent = await list_silent(case.session, period, case.today, case.config)
    alone = [one for one in silent if not one.reached]
    if not alone:
        return None
    texts = case.texts
    lines = [texts.count("reminder.unreachable", len(alone), period=texts.period(str(period)))]
    lines += [_why(texts, one) for one in alone[:_LISTED]]
    if len(alone) > _LISTED:
        lines.append(texts.count("reminder.more_units", len(alone) - _LISTED))
    return body(join_html(lines))


def _why(texts: Texts, one: SilentUnit) -> Html:
    unit = short_name(one.unit)
    if not one.unreached:
        return texts.say("reminder.no_head", unit=unit)
    names = ", ".join(person.full_name for person in one.unreached)
    if any(person.blocked for person in one.unreached):
        return texts.say("reminder.head_blocked", unit=unit, names=names)
    return texts.say("reminder.head_outside", unit=unit, names=names)


async def _invitation(case: Case) -> Body | None:
    period = str(case.values["period"])
    if not await people.may_be_invited(case.session, case.person.id, period):
        return None
    text = case.texts.say("invitation.text", period=case.texts.period(period))
    stop = Button(case.texts.plain("button.no_invitations"), str(Call("in", 0, 0, "off")))
    return body(text, [[nominate_button(case.texts)], [stop]])


KINDS: dict[str, Make] = {
    REMINDER: _reminder,
    OVERDUE: _overdue,
    SILENT: _silent,
    UNREACHABLE: _unreachable,
    INVITATION: _invitation,
}
"""What makes each kind of notice."""
