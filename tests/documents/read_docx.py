"""What stands in a .docx: its paragraphs and its tables in their order, as a reader meets them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph


@dataclass
class Read:
    """The running text, and each table under the last paragraph before it."""

    paragraphs: list[str] = field(default_factory=list)
    tables: list[tuple[str, list[list[str]]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of the running text."""
        return "\n".join(self.paragraphs)

    def table(self, beginning: str, nth: int = 0) -> list[list[str]]:
        """The cells of the nth table under a paragraph that begins so; none where there is none."""
        found = [rows for title, rows in self.tables if title.startswith(beginning)]
        return found[nth] if nth < len(found) else []


def read_docx(content: bytes) -> Read:
    """The document as it can be read."""
    read, title = Read(), ""
    for part in _parts(content):
        if isinstance(part, Paragraph):
            if part.text.strip():
                title = part.text
                read.paragraphs.append(title)
        else:
            read.tables.append((title, [[cell.text for cell in row.cells] for row in part.rows]))
    return read


def _parts(content: bytes) -> Iterator[Paragraph | Table]:
    yield from docx.Document(BytesIO(content)).iter_inner_content()
