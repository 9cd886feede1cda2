"""The sheets behind what was entered from paper, on the card of what they belong to."""

from bot.domain.errors import Gone
from bot.domain.paper import Subject
from bot.messages import Button, Call, body
from bot.operations.write_paper import FLOW
from bot.texts import Html, join_html
from handlers.paper_views import SUBJECTS, paper_lines
from handlers.turn import Turn
from storage import papers


async def lines_of(turn: Turn, subject: Subject, subject_id: int, period: str = "") -> list[Html]:
    """A line for each sheet: of which day, entered by whom."""
    return paper_lines(turn.texts, await papers.list_papers(turn.session, subject, subject_id, period))


async def rows_of(turn: Turn, subject: Subject, subject_id: int, period: str = "") -> list[list[Button]]:
    """A button for each sheet with a photo or scan, the newest first; for the secretariat."""
    found = await papers.list_papers(turn.session, subject, subject_id, period)
    return [
        [
            Button(
                turn.plain("button.paper_sheet", day=turn.texts.day(paper.sheet.dated_on)),
                str(Call(FLOW, paper.id, 0, "sheet")),
            )
        ]
        for paper in reversed(found)
        if paper.sheet.file is not None
    ]


async def show_sheet(turn: Turn, call: Call) -> None:
    """The photo or scan itself. The caller has let only the secretariat in."""
    paper = await papers.find_paper(turn.session, call.row)
    if paper is None or paper.sheet.file is None:
        raise Gone("paper.no_sheet")
    what = turn.say("paper.preview", what=turn.plain(SUBJECTS[paper.subject]))
    text = join_html([what, *paper_lines(turn.texts, [paper])])
    turn.show_body({**body(text), paper.sheet.file.kind: paper.sheet.file.file_id})
