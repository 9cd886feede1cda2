"""Documents to be filed, looked at as the person at the counter does: what they say, and how it stands there.

Numbers are read from the .docx itself; pages are LibreOffice's, where it is installed.
"""

import io
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.section import Section
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.documents.office_document import to_pdf

_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_libreoffice = pytest.mark.skipif(
    _OFFICE is None or shutil.which("pdftoppm") is None, reason="needs LibreOffice and poppler's tools"
)
"""Of a test that looks at pages."""
_CENTRE, _BOTH, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
_GREY_DARK = 128


@dataclass(frozen=True)
class Look:
    """How a paragraph looks, whether its style or itself says so: points, millimetres."""

    font: str
    size: float
    bold: bool
    italic: bool
    align: Any
    first_line: float
    before: float
    colour: str


@dataclass(frozen=True)
class Asked:
    """What NĐ 30/2020, Phụ lục I asks of a part: sizes between two, weight, slant, place."""

    sizes: tuple[float, float]
    bold: bool
    italic: bool
    align: Any = _CENTRE
    capitals: bool = False


ASKED: Mapping[str, Asked] = {
    "QuocHieu": Asked((12, 13), bold=True, italic=False, capitals=True),
    "TieuNgu": Asked((13, 14), bold=True, italic=False),
    "CoQuanChuQuan": Asked((12, 13), bold=False, italic=False, capitals=True),
    "CoQuanBanHanh": Asked((12, 13), bold=True, italic=False, capitals=True),
    "SoKyHieu": Asked((13, 13), bold=False, italic=False),
    "DiaDanhNgay": Asked((13, 14), bold=False, italic=True),
    "TenLoai": Asked((13, 14), bold=True, italic=False, capitals=True),
    "TrichYeu": Asked((13, 14), bold=True, italic=False),
    "KinhGui": Asked((13, 14), bold=False, italic=False),
    "CanCu": Asked((13, 14), bold=False, italic=True, align=_BOTH),
    "DeMucI": Asked((13, 14), bold=True, italic=False, align=_BOTH, capitals=True),
    "DeMuc1": Asked((13, 14), bold=True, italic=False, align=_BOTH),
    "NoiDung": Asked((13, 14), bold=False, italic=False, align=_BOTH),
    "NoiNhan": Asked((12, 12), bold=True, italic=True, align=_LEFT),
    "NoiNhanDong": Asked((11, 11), bold=False, italic=False, align=_LEFT),
    "HoTenKy": Asked((13, 14), bold=True, italic=False),
    "PhuLuc": Asked((14, 14), bold=True, italic=False),
    "TenPhuLuc": Asked((13, 14), bold=True, italic=False, capitals=True),
    "KemTheo": Asked((13, 14), bold=False, italic=True),
}
"""By the id of the style; that of who signs is not among them: what to do there stands in it too."""


def opened(content: bytes) -> DocxDocument:
    """The .docx."""
    return Document(io.BytesIO(content))


def paragraphs(document: DocxDocument) -> list[Paragraph]:
    """Every paragraph from top to bottom, of tables too, row by row."""
    return list(_inner(document.iter_inner_content()))


def texts(document: DocxDocument) -> list[str]:
    """What stands there, empty lines left out."""
    return [paragraph.text for paragraph in paragraphs(document) if paragraph.text.strip()]


def whole_text(document: DocxDocument) -> str:
    """The same as one text, of headers and of what Word shows about the file too."""
    above = [paragraph.text for section in document.sections for paragraph in section.header.paragraphs]
    facts = document.core_properties
    return "\n".join([*texts(document), *above, facts.title, facts.author, facts.subject, facts.comments])


def of_style(document: DocxDocument, style_id: str) -> list[Paragraph]:
    """The paragraphs of a part, by the id of its style."""
    return [one for one in paragraphs(document) if one.style is not None and one.style.style_id == style_id]


def pictures_in(document: DocxDocument) -> list[bytes]:
    """The pictures that stand in it."""
    parts = document.part.rels.values()
    found = {one.rId: one.target_part.blob for one in parts if one.reltype == RELATIONSHIP_TYPE.IMAGE}
    shown = [shape._inline.graphic.graphicData.pic.blipFill.blip.embed for shape in document.inline_shapes]
    return [found[number] for number in shown]


def table_under(document: DocxDocument, head: str) -> list[list[str]]:
    """The rows below the head of the first table with such a column."""
    for table in document.tables:
        first, *others = [[cell.text for cell in row.cells] for row in table.rows]
        if head in first:
            return others
    raise AssertionError(f"no table with a column {head}")


def look_of(paragraph: Paragraph) -> Look:
    """How it looks, by what it says itself, then its style, then what that is based on."""
    fonts = [run.font for run in paragraph.runs if run.text.strip()][:1]
    lines: list[Any] = [paragraph.paragraph_format]
    style: Any = paragraph.style
    while style is not None:
        fonts.append(style.font)
        lines.append(style.paragraph_format)
        style = style.base_style
    size, indent = _first(fonts, "size"), _first(lines, "first_line_indent")
    before = _first(lines, "space_before")
    return Look(
        _first(fonts, "name"),
        size.pt if size is not None else 0,
        bool(_first(fonts, "bold")),
        bool(_first(fonts, "italic")),
        _first(lines, "alignment"),
        indent.mm if indent is not None else 0,
        before.pt if before is not None else 0,
        next(str(font.color.rgb) for font in fonts if font.color.rgb is not None),
    )


def check_layout(document: DocxDocument) -> None:
    """What every document has in common: paper, margins, letters, page numbers, how its tables break."""
    for section in document.sections:
        check_page(section)
    for paragraph in paragraphs(document):
        check_paragraph(paragraph)
    for table in document.tables:
        check_table(table, text_mm(document.sections))


def check_page(section: Section) -> None:
    """A4; margins within what is asked; the number in the middle above the text, not on the first page."""
    width, height = mm(section.page_width), mm(section.page_height)
    assert sorted((width, height)) == [210, 297]
    assert 20 <= mm(section.top_margin) <= 25
    assert 20 <= mm(section.bottom_margin) <= 25
    assert 30 <= mm(section.left_margin) <= 35
    assert 15 <= mm(section.right_margin) <= 20
    assert mm(section.header_distance) < mm(section.top_margin)
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0].text
    assert "PAGE" not in section.first_page_header._element.xml
    (number,) = section.header.paragraphs
    assert [field.text for field in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    look = look_of(number)
    assert (look.font, look.align) == ("Times New Roman", _CENTRE)
    assert 13 <= look.size <= 14


def check_paragraph(paragraph: Paragraph) -> None:
    """Times New Roman in black; of a part that is named, what is asked of it."""
    look = look_of(paragraph)
    assert look.font == "Times New Roman", paragraph.text
    assert look.colour == "000000", paragraph.text
    assert not list(paragraph._p.iter(qn("w:color"))), paragraph.text
    asked = ASKED.get(paragraph.style.style_id if paragraph.style is not None else "")
    if asked is None or not paragraph.text.strip():
        return
    assert asked.sizes[0] <= look.size <= asked.sizes[1], paragraph.text
    assert (look.bold, look.italic, look.align) == (asked.bold, asked.italic, asked.align), paragraph.text
    assert not asked.capitals or paragraph.text == paragraph.text.upper(), paragraph.text
    if asked.align is _BOTH:
        assert 10 <= round(look.first_line, 1) <= 12.7
        assert look.before >= 6


def check_table(table: Table, most_mm: float) -> None:
    """As wide as the text at most; with lines: its head again on each page, and no row on two."""
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) / 20 * 25.4 / 72 <= most_mm + 1
    if table.style is None or table.style.name != "Table Grid":
        return
    properties = [row._tr.trPr for row in table.rows]
    assert properties[0].find(qn("w:tblHeader")) is not None
    assert all(one is not None and one.find(qn("w:cantSplit")) is not None for one in properties)
    assert all(len(row.cells) == len(widths) for row in table.rows)


def text_mm(sections: Any) -> float:
    """How wide the text is on the widest of the pages."""
    return max(mm(one.page_width) - mm(one.left_margin) - mm(one.right_margin) for one in sections)


def mm(length: Any) -> float:
    """A length in whole millimetres."""
    return float(round(length.mm))


@dataclass(frozen=True)
class Pages:
    """What LibreOffice makes of a document: the text of each page, and how much of page one is black."""

    texts: tuple[str, ...]
    ink: float


def pages_of(content: bytes, folder: Path) -> Pages:
    """Turn a document into pages."""
    docx = folder / "document.docx"
    docx.write_bytes(content)
    pdf = to_pdf(docx)
    assert pdf is not None
    said = _said_by("pdftotext", "-layout", str(pdf), "-").decode()
    return Pages(tuple(said.split("\f")[:-1]), _ink(pdf))


def save_again(docx: Path, folder: Path) -> None:
    """Let LibreOffice open a document and save it into a folder."""
    profile = f"-env:UserInstallation={(docx.parent / 'profile').as_uri()}"
    told = (str(_OFFICE), profile, "--headless", "--convert-to", "docx:MS Word 2007 XML")
    _said_by(*told, "--outdir", str(folder), str(docx))


def first_page(pdf: Path, picture: Path, dots_per_inch: int) -> None:
    """Page one as a PNG."""
    name = str(picture.with_suffix(""))
    _said_by("pdftoppm", "-png", "-gray", "-singlefile", "-l", "1", "-r", str(dots_per_inch), str(pdf), name)


def _ink(pdf: Path) -> float:
    _, _, _, dots = _said_by("pdftoppm", "-gray", "-r", "40", "-l", "1", str(pdf)).split(b"\n", 3)
    return sum(dot < _GREY_DARK for dot in dots) / len(dots)


def _said_by(*told: str) -> bytes:
    return subprocess.run(told, check=True, capture_output=True).stdout  # noqa: S603 - by name, on files of ours


def _first(known: list[Any], name: str) -> Any:
    return next((value for one in known if (value := getattr(one, name)) is not None), None)


def _inner(content: Any) -> Iterator[Paragraph]:
    for item in content:
        if isinstance(item, Paragraph):
            yield item
            continue
        for row in item.rows:
            for cell in dict.fromkeys(row.cells):
                yield from _inner(cell.iter_inner_content())
