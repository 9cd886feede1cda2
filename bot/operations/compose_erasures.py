"""The secretariat hears that somebody was erased: by the code, and how many texts of others name them."""

from bot.domain.roles import Role
from bot.messages import Body, Button, Call, body
from bot.operations.erase_person import ERASED
from bot.operations.notice_case import Case, Make
from bot.texts import join_html
from storage import mentions, people

FLOW = "nm"


async def _erased(case: Case) -> Body | None:
    if not case.person.has(Role.SECRETARIAT, case.today):
        return None
    gone = await people.get_person(case.session, case.values["person_id"])
    told = case.texts.say("data.erased_told", code=gone.code)
    n = await mentions.count_open(case.session, gone.id)
    if not n:
        return body(told)
    look = Button(case.texts.plain("button.look_at_mentions"), str(Call(FLOW, gone.id, 0, "next")))
    return body(join_html([told, case.texts.count("mention.found", n)], "\n\n"), [[look]])


KINDS: dict[str, Make] = {ERASED: _erased}
"""What makes each kind of notice."""
