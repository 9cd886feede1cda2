"""Page one of every kind of document, of the demo's invented office: python -m tests.documents.pages.

It draws docs/documents anew; LibreOffice and poppler's tools are needed.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cli.common import of_folder
from bot.documents.document_files import collect
from bot.documents.office_document import to_pdf
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.periods import read_period
from bot.operations.file_documents import list_told
from bot.sandbox.seed_office import seed_office
from storage.database import Session
from storage.migrating import open_migrated
from tests.documents.filed import first_page

FOLDER = Path(__file__).parents[2] / "docs" / "documents"
NOW = datetime(2026, 11, 16, 3, tzinfo=UTC)
_ABOUT: Mapping[DocumentKind, str] = {DocumentKind.TABLE: "2026"}
_USUALLY = "2026-10"
_DOTS_PER_INCH = 80


async def make_all(folder: Path) -> dict[DocumentKind, bytes]:
    """Every kind of document about the invented office, whose data goes into a folder."""
    config = of_folder(folder)
    database = await open_migrated(config.storage.url, synchronous="OFF")
    try:
        await seed_office(database, config, NOW, empty=False)
        async with database.reading() as session:
            asks = {kind: await _ask(session, kind) for kind in DocumentKind}
            found = {kind: await collect(session, kind, ask, config, NOW) for kind, ask in asks.items()}
    finally:
        await database.close()
    return {kind: collected.made().content for kind, collected in found.items()}


async def _ask(session: Session, kind: DocumentKind) -> DocumentAsk:
    if kind is DocumentKind.ACHIEVEMENTS:
        public = [one for one in await list_told(session) if one.is_public]
        return DocumentAsk(exemplar_id=public[0].id)
    return DocumentAsk(read_period(_ABOUT.get(kind, _USUALLY)))


def draw_pages(made: Mapping[DocumentKind, bytes], folder: Path) -> None:
    """A picture of page one of each, named after its kind."""
    for kind, content in made.items():
        with TemporaryDirectory() as work:
            docx = Path(work) / f"{kind}.docx"
            docx.write_bytes(content)
            pdf = to_pdf(docx)
            assert pdf is not None
            first_page(pdf, folder / f"{kind}.png", _DOTS_PER_INCH)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as data:
        draw_pages(asyncio.run(make_all(Path(data))), FOLDER)
