"""Documents to be filed, read back from their .docx; and the rows that they are made of."""

import io
from collections.abc import Iterator
from dataclasses import replace

from docx import Document
from docx.document import Document as DocxDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.documents.document_files import make_document
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.exemplars import Answer, AnswerState, Choice, Consent, Criterion, Exemplar
from bot.domain.periods import read_period
from bot.domain.summary import CHOSEN
from storage import choices, exemplars, people
from tests.office import Office

MONTH = "2026-11"


async def made(
    office: Office, kind: DocumentKind, period: str = MONTH, *, of: int | None = None
) -> DocxDocument:
    """The document of a kind about a period, or the dossier of an exemplar."""
    ask = DocumentAsk(exemplar_id=of) if of is not None else DocumentAsk(read_period(period))
    async with office.database.reading() as session:
        done = await make_document(session, kind, ask, office.config, office.clock())
    return Document(io.BytesIO(done.content))


def lines(document: DocxDocument) -> list[str]:
    """What stands in it from top to bottom, cells row by row."""
    return [text for text in _texts(document.iter_inner_content()) if text]


def whole(document: DocxDocument) -> str:
    """The same as one text."""
    return "\n".join(lines(document))


def table_rows(document: DocxDocument, head: str) -> list[list[str]]:
    """The rows below the head of the table with such a column."""
    for table in document.tables:
        first, *others = [[cell.text for cell in row.cells] for row in table.rows]
        if head in first:
            return others
    return []


async def declined(office: Office, exemplar: Exemplar) -> None:
    """They do not want to be published."""
    async with office.database.transaction() as session:
        saved = await exemplars.save_exemplar(session, replace(exemplar, consent=Consent.DECLINED))
    assert saved is not None


async def choose_for(
    office: Office, head: str, exemplar: Exemplar, period: str, reason: str = "Tiêu biểu"
) -> None:
    """The unit of a head has chosen somebody for another period, and the secretariat has accepted that."""
    async with office.database.transaction() as session:
        me, clerk = await people.find_by_code(session, head), await people.find_by_code(session, "hung")
        assert me is not None
        assert clerk is not None
        choice = Choice(exemplar.nomination_id, reason, frozenset(Criterion))
        given = Answer(me.unit_id, period, CHOSEN, me.id, office.clock(), choices=(choice,))
        answer = await choices.put_answer(session, given)
        assert answer is not None
        assert await choices.check_answer(session, answer, AnswerState.ACCEPTED, "", clerk.id, office.clock())


def _texts(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text.strip()
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _texts(cell.iter_inner_content())
