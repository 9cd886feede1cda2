"""Somebody says that a nomination which was entered from paper in their name is not theirs."""

from datetime import datetime

from bot.config import Config
from bot.domain.errors import Gone, NotAllowed
from bot.domain.nominations import Endorsement, EndorsementId
from bot.domain.paper import Subject
from bot.domain.people import Person
from bot.operations.send_nomination import may_be_withdrawn, own_endorsement, read_reason
from storage import access, nominations, notices, papers
from storage.database import Session
from storage.mentions import EMPTIED
from storage.papers import Paper

OBJECTED = "paper_objected"
"""The kind of notice by which the clerk who entered a sheet hears of it."""


async def find_own_paper(session: Session, me: Person, paper_id: int) -> tuple[Paper, Endorsement]:
    """The sheet of that number with the nomination in one's name. Raises NotAllowed."""
    paper = await papers.find_paper(session, paper_id)
    if paper is None or paper.person_id != me.id or paper.subject is not Subject.NOMINATION:
        raise NotAllowed("mine.not_yours")
    return paper, await own_endorsement(session, me, EndorsementId(paper.subject_id))


async def object_to_paper(
    session: Session, me: Person, paper_id: int, config: Config, now: datetime
) -> tuple[str, bool]:
    """Take the sheet's nomination back while it is unopened; the clerk who entered it is told either way.

    Where the sheet only added to what the person had written, that alone is taken back. Answers the
    nomination's number, and whether it was taken back. Raises NotAllowed for somebody else's sheet, Gone
    where it has been taken back already.
    """
    paper, sent = await find_own_paper(session, me, paper_id)
    if sent.withdrawn_at is not None:
        raise Gone("mine.withdrawn_already")
    taken_back = may_be_withdrawn(sent, config, now)
    if taken_back:
        last = await nominations.last_revision(session, sent.id)
        if last and last[0] == "added" and last[1] != EMPTIED and sent.changed_at == paper.at:
            await nominations.restore(session, sent, read_reason(last[1]), now)
        else:
            await nominations.withdraw(session, sent, "withdrawn", now)
    await access.note(session, me.id, "object_to_paper", "endorsement", sent.id, now, f"paper {paper.id}")
    body = {"paper_id": paper.id, "withdrawn": taken_back}
    await notices.plan(session, OBJECTED, str(paper.id), paper.entered_by, body, now, urgency=1)
    return sent.code, taken_back
