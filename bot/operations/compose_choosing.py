"""The words of what one unit's head does for another's."""

from bot.domain.nominations import NomineeKind
from bot.domain.people import UnitId
from bot.domain.roles import Role
from bot.messages import Body, Button, Call, body
from bot.operations.move_nomination import MOVED_IN
from bot.operations.notice_case import Case, Make, unit_name
from bot.operations.plan_reminders import answers_for
from bot.texts import N_
from storage import entries

_MOVED = {
    NomineeKind.PERSON: N_("moved_in.person"),
    NomineeKind.GROUP: N_("moved_in.group"),
    NomineeKind.MODEL: N_("moved_in.model"),
}


async def _moved_in(case: Case) -> Body | None:
    unit_id = UnitId(case.values["unit_id"])
    entry = await entries.find_entry(case.session, case.values["nomination_id"])
    heads = answers_for(case.person, unit_id, (Role.UNIT_HEAD, Role.DEPUTY), case.today)
    if entry is None or entry.nominee.unit_id != unit_id or not entry.nominee.name or not heads:
        return None
    text = case.texts.say(
        _MOVED[entry.nominee.kind],
        from_unit=await unit_name(case.session, UnitId(case.values["from_id"])),
        unit=await unit_name(case.session, unit_id),
        name=entry.nominee.name,
        period=case.texts.period(entry.period),
    )
    look = Button(case.texts.plain("button.choose"), str(Call("h", unit_id, 0, "list", entry.period)))
    return body(text, [[look]])


KINDS: dict[str, Make] = {MOVED_IN: _moved_in}
"""What makes each kind of notice."""
