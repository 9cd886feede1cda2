"""What people read of a sheet that was entered in their name, as things stand when it is sent."""

from bot.domain.exemplars import Consent
from bot.domain.nominations import EndorsementId
from bot.domain.people import PersonId, UnitId
from bot.domain.roles import Role
from bot.domain.summary import NONE
from bot.domain.writing import abridge
from bot.messages import Body, Button, Call, body
from bot.operations.enter_on_paper import ANSWERED, CONSENTED, MANY, NOMINATED
from bot.operations.notice_case import Case, Make, unit_name
from bot.operations.object_to_paper import OBJECTED
from bot.texts import N_, Html, join_html
from storage import choices, exemplars, nominations, papers, people
from storage.papers import Paper

_STORY_SHOWN = 600


async def _nominated(case: Case) -> Body | None:
    sent = await nominations.get_endorsement(case.session, EndorsementId(case.values["endorsement_id"]))
    paper = await papers.find_paper(case.session, case.values["paper_id"])
    if paper is None or sent.withdrawn_at is not None or not sent.nominee.name:
        return None
    text = case.texts.say(
        "paper.told_nominator",
        **_values(case, paper),
        code=sent.code,
        nominee=sent.nominee.name,
        unit=sent.unit_name,
        period=case.texts.period(sent.period),
        story=abridge(sent.reason.story, _STORY_SHOWN),
    )
    not_mine = Button(case.texts.plain("button.not_mine"), str(Call("pp", paper.id, 0, "notmine")))
    card = Button(case.texts.plain("button.look"), str(Call("m", sent.id, 0, "card")))
    return body(text, [[card, not_mine]])


async def _many(case: Case) -> Body | None:
    clerk = await people.get_person(case.session, PersonId(case.values["clerk_id"]))
    name = clerk.full_name or case.texts.plain("person.erased")
    text = case.texts.count("paper.told_many", case.values["n"], clerk=name)
    return body(text, [[Button(case.texts.plain("button.mine"), str(Call("m", 0, 0, "list", "0")))]])


async def _objected(case: Case) -> Body | None:
    paper = await papers.find_paper(case.session, case.values["paper_id"])
    if paper is None or not case.person.has(Role.SECRETARIAT, case.today):
        return None
    sent = await nominations.get_endorsement(case.session, EndorsementId(paper.subject_id))
    said = N_("paper.objected") if case.values["withdrawn"] else N_("paper.objected_late")
    name = paper.person_name or case.texts.plain("person.erased")
    return body(case.texts.say(said, name=name, code=sent.code))


async def _answered(case: Case) -> Body | None:
    unit_id, period = UnitId(case.values["unit_id"]), case.values["period"]
    paper = await papers.find_paper(case.session, case.values["paper_id"])
    answer = await choices.find_answer(case.session, unit_id, period)
    if paper is None or answer is None or answer.version != case.values["version"]:
        return None
    values = {"unit": await unit_name(case.session, unit_id), "period": case.texts.period(period)}
    said = [case.texts.say("paper.told_head", **_values(case, paper), **values)]
    if answer.answer == NONE:
        said.append(case.texts.say("paper.told_nobody"))
    chosen = [choice.nomination_id for choice in answer.choices]
    for name in (await papers.list_names(case.session, chosen)).values():
        shown = name or case.texts.plain("person.erased")
        said.append(case.texts.say("paper.told_chosen", name=shown))
    if unit_id not in case.person.heads(case.today):
        return body(join_html(said))  # who signed it then, and may not change it now
    said.append(case.texts.say("paper.told_head_may_change"))
    look = Button(case.texts.plain("button.look"), str(Call("h", unit_id, 0, "list", period)))
    return body(join_html(said), [[look]])


async def _consented(case: Case) -> Body | None:
    exemplar = await exemplars.find_exemplar(case.session, case.values["exemplar_id"])
    paper = await papers.find_paper(case.session, case.values["paper_id"])
    answer = Consent(case.values["answer"])
    if paper is None or exemplar is None or exemplar.erased or exemplar.consent is not answer:
        return None
    said = N_("paper.told_agreed") if answer is Consent.AGREED else N_("paper.told_declined")
    return body(case.texts.say(said, **_values(case, paper), name=exemplar.nominee.name))


def _values(case: Case, paper: Paper) -> dict[str, str | Html]:
    clerk = paper.clerk_name or case.texts.plain("person.erased")
    return {"day": case.texts.day(paper.sheet.dated_on), "clerk": clerk}


KINDS: dict[str, Make] = {
    NOMINATED: _nominated,
    MANY: _many,
    ANSWERED: _answered,
    CONSENTED: _consented,
    OBJECTED: _objected,
}
"""What makes the message, by the kind of notice."""
