"""What stands in a .docx: its paragraphs and its tables in their order, as a reader meets them."""

from dataclasses import dataclass, field
from io import BytesIO

import docx
from docx.text.paragraph import Paragraph


@dataclass
class Read:
    """The running text, each table under the last paragraph before it, and how many pictures there are."""

    paragraphs: list[str] = field(default_factory=list)
    tables: list[tuple[str, list[list[str]]]] = field(default_factory=list)
    pictures: int = 0

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
    document = docx.Document(BytesIO(content))
    read, title = Read(pictures=len(document.inline_shapes)), ""
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            if part.text.strip():
                title = part.text
                read.paragraphs.append(title)
        else:
            read.tables.append((title, [[cell.text for cell in row.cells] for row in part.rows]))
    return read
