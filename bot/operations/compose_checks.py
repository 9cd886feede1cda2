"""The words of what the secretariat asks a unit about its answer, and of the office's list to leaders."""

from bot.domain.exemplars import AnswerState
from bot.domain.people import UnitId
from bot.domain.periods import read_period
from bot.domain.roles import Role
from bot.messages import Body, Button, Call, body
from bot.operations.check_answer import RETURNED
from bot.operations.notice_case import Case, Make, unit_name
from bot.operations.office_list import CLOSED
from storage import choices, office_lists
from storage.office_lists import ListState


async def _returned(case: Case) -> Body | None:
    """To head and deputy: the question, and the way to change what was answered."""
    unit_id, period = UnitId(case.values["unit_id"]), str(case.values["period"])
    answer = await choices.find_answer(case.session, unit_id, period)
    if unit_id not in case.person.heads(case.today) or answer is None:
        return None
    if answer.state is not AnswerState.RETURNED or answer.version < case.values["version"]:
        return None
    known = read_period(period)
    if known is None:
        return None
    text = case.texts.say(
        "check.returned_notice",
        to=f"{case.person.post} {case.person.full_name}".strip(),
        unit=await unit_name(case.session, unit_id),
        period=case.texts.period(period),
        question=answer.question,
        close=case.texts.day(case.config.timetable.cycle(known).close.on),
    )
    look = Button(case.texts.plain("button.open_answer"), str(Call("h", unit_id, 0, "list", period)))
    return body(text, [[look]])


async def _office_list(case: Case) -> Body | None:
    """To leaders: how many are on the list, and the way to look at it."""
    period = str(case.values["period"])
    found = await office_lists.find_list(case.session, period)
    if found is None or found.state is not ListState.CLOSED or not case.person.has(Role.LEADER, case.today):
        return None
    n = sum(one.listed for one in await office_lists.list_candidates(case.session, period))
    text = case.texts.count("office_list.notice", n, period=case.texts.period(period))
    look = Button(case.texts.plain("button.look_at_list"), str(Call("ol", 0, 0, "look", period)))
    return body(text, [[look]])


KINDS: dict[str, Make] = {RETURNED: _returned, CLOSED: _office_list}
