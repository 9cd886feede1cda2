"""What heads and the secretariat read about copying, as things stand when it is sent."""

from bot.domain.copying import Adoption
from bot.domain.exemplars import Exemplar
from bot.domain.roles import Role
from bot.messages import Body, Button, Call, body
from bot.operations.adopt import ADOPTION_RESULT, ADOPTION_TOLD, is_awaited
from bot.operations.notice_case import Case, Make
from storage import adoptions, exemplars

ADOPT = "ad"
"""The conversation."""


async def _ask(case: Case) -> Body | None:
    found = await _about(case)
    if found is None or not is_awaited(*found):
        return None
    adoption, exemplar = found
    if adoption.unit_id not in case.person.heads(case.today):
        return None
    day = case.texts.day(case.config.office.day_of(adoption.pledged_at))
    values = {"name": exemplar.nominee.name, "unit": exemplar.unit_name, "own": adoption.name, "day": day}
    nth = str(case.values["nth"])
    rows = [
        [Button(case.texts.plain("button.copy_result"), str(Call(ADOPT, adoption.id, 0, "result")))],
        [Button(case.texts.plain("button.copy_later"), str(Call(ADOPT, adoption.id, 0, "later", nth)))],
        [Button(case.texts.plain("button.copy_drop"), str(Call(ADOPT, adoption.id, 0, "drop")))],
    ]
    return body(case.texts.say("adopt.ask_result", **values), rows)


async def _told(case: Case) -> Body | None:
    found = await _about(case)
    if found is None:
        return None
    adoption, exemplar = found
    heads = exemplar.nominee.unit_id in case.person.heads(case.today)
    if not exemplar.is_public or not (heads or case.person.has(Role.SECRETARIAT, case.today)):
        return None
    values = {"who": adoption.name, "name": exemplar.nominee.name, "unit": exemplar.unit_name}
    if case.values["what"] == "result":
        text = case.texts.say("adopt.told_result", result=adoption.result, **values)
    elif adoption.plan:
        text = case.texts.say("adopt.told_how", plan=adoption.plan, **values)
    else:
        text = case.texts.say("adopt.told", **values)
    look = Button(case.texts.plain("button.look"), str(Call("g", exemplar.id, 0, "card")))
    return body(text, [[look]])


async def _about(case: Case) -> tuple[Adoption, Exemplar] | None:
    adoption = await adoptions.find_adoption(case.session, case.values["adoption_id"])
    exemplar = await exemplars.find_exemplar(case.session, adoption.exemplar_id) if adoption else None
    return (adoption, exemplar) if adoption and exemplar else None


KINDS: dict[str, Make] = {ADOPTION_RESULT: _ask, ADOPTION_TOLD: _told}
"""What makes each kind of notice."""
