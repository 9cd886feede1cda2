"""What mentors and nominees read about fostering, as things stand when it is sent."""

from bot.domain.exemplars import Exemplar
from bot.domain.fostering import Fostering
from bot.messages import Body, Button, Call, body
from bot.operations.find_exemplars import may_care
from bot.operations.foster import FOSTER_STEP, FOSTER_TOLD, is_awaited
from bot.operations.notice_case import Case, Make
from bot.texts import N_, Html, join_html
from storage import exemplars, fosterings

FOSTER = "fo"
"""The conversation."""


async def _step(case: Case) -> Body | None:
    found = await fosterings.find_of_step(case.session, case.values["step_id"])
    if found is None or not is_awaited(*found, case.values["due_on"]):
        return None
    fostering, step = found
    exemplar = await exemplars.find_exemplar(case.session, fostering.exemplar_id)
    if exemplar is None or not (
        fostering.mentor_id == case.person.id or may_care(case.person, exemplar, case.today)
    ):
        return None
    values = {"step": step.text, "name": exemplar.nominee.name, "day": case.texts.day(step.due_on)}
    text = case.texts.say("foster.is_late" if step.is_late(case.today) else "foster.comes_due", **values)
    done = Button(case.texts.plain("button.step_done"), str(Call(FOSTER, step.id, 0, "done")))
    move = Button(case.texts.plain("button.step_move"), str(Call(FOSTER, step.id, 0, "move")))
    return body(text, [[done, move], [_look(case, exemplar)]])


async def _told(case: Case) -> Body | None:
    fostering = await fosterings.find_fostering(case.session, case.values["fostering_id"])
    exemplar = await exemplars.find_exemplar(case.session, fostering.exemplar_id) if fostering else None
    if fostering is None or exemplar is None or exemplar.erased:
        return None
    mentor = fostering.mentor_id == case.person.id
    if not mentor and case.person.id not in {exemplar.representative_id, exemplar.nominee.person_id}:
        return None
    return body(_news(case, fostering, exemplar, mentor=mentor), [[_look(case, exemplar)]])


def _news(case: Case, fostering: Fostering, exemplar: Exemplar, *, mentor: bool) -> Html:
    texts = case.texts
    values = {"name": exemplar.nominee.name, "unit": exemplar.unit_name}
    if not fostering.is_open:
        return texts.say("foster.told_ended", outcome=fostering.outcome, **values)
    if mentor:
        lines = [texts.say("foster.told_mentor", aim=fostering.aim, **values)]
    else:
        own = exemplar.nominee.person_id == case.person.id
        told = N_("foster.told_nominee") if own else N_("foster.told_representative")
        lines = [texts.say(told, mentor=fostering.mentor_name, aim=fostering.aim, **values)]
    lines += [
        texts.say("foster.step_line", day=texts.day(step.due_on), step=step.text)
        for step in fostering.standing
        if step.is_open
    ]
    return join_html(lines)


def _look(case: Case, exemplar: Exemplar) -> Button:
    return Button(case.texts.plain("button.look"), str(Call(FOSTER, exemplar.id, 0, "card")))


KINDS: dict[str, Make] = {FOSTER_STEP: _step, FOSTER_TOLD: _told}
"""What makes each kind of notice."""
