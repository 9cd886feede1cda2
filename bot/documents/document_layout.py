"""Building blocks of a document after NĐ 30/2020: templates are made with them, the numbers are in
document_measures. What stands between braces is Jinja's, filled in when a document is made.

A name in a template must not be a dict's own (items, values, keys, copy, get, pop, update).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from bot.documents import document_measures as measures
from bot.documents import document_xml as xml
from bot.documents.document_measures import FORMS, Margins, Part

_DRAFT = "DỰ THẢO"
_BLANK = "……"
_CLOSE_TO_TABLES = {FORMS[part].label for part in (Part.HEADING, Part.SUBHEADING, Part.BODY)}


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its share of the width, what a row says, its form, the last row's."""

    head: str
    width: float
    text: str
    part: Part = Part.CELL
    total: str = ""

    def cells(self) -> list["Column"]:
        """Itself."""
        return [self]


@dataclass(frozen=True)
class Columns:
    """A column for each of something: `one` is what it says, of "x in heads", "x in row.xs", "x in sums"."""

    one: Column
    heads: str
    of_row: str
    totals: str

    def cells(self) -> list[Column]:
        """The column between those that say for what it stands; they go when a document is made."""
        begin = [f"{{%tc for {each} %}}" for each in (self.heads, self.of_row, self.totals)]
        end = "{%tc endfor %}"
        part = self.one.part
        return [Column(begin[0], 1, begin[1], part, begin[2]), self.one, Column(end, 1, end, part, end)]


class Paper:
    """A document being made, from the top of page one to its end; a `wide` one lies on its side."""

    def __init__(self, title: str, *, wide: bool = False) -> None:
        self.document: DocxDocument = Document()
        self.width: float = measures.WIDE_TEXT_MM if wide else measures.TEXT_MM
        xml.set_defaults(self.document)
        for part, form in FORMS.items():
            xml.add_style(self.document, part, form)
        _set_page(self.document.sections[0], measures.MARGINS, wide=wide)
        _number_pages(self.document.sections[0], from_second=True)
        facts = self.document.core_properties
        facts.title, facts.author, facts.comments, facts.language = title, "", "", "vi-VN"

    # --- the head of page one ---

    def head(self, number: str = f"Số: {_BLANK}/{{{{ symbol }}}}") -> None:
        """The nation and the motto, the agency, number and date left blank, the mark of a draft."""
        table = self.document.add_table(rows=2, cols=2)
        widths = self._columns(measures.HEAD_MM)
        xml.set_widths(table, widths, ruled=False)
        left, right = table.rows[0].cells
        _fill(left, ("{{ parent|upper|lines }}", Part.PARENT), ("{{ agency|upper|lines }}", Part.AGENCY))
        _rule_below(_add(left, "", Part.RULE), "VĂN PHÒNG", Part.AGENCY, widths[0])
        _fill(
            right,
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Part.NATION),
            ("Độc lập - Tự do - Hạnh phúc", Part.MOTTO),
        )
        xml.draw_rule(_add(right, "", Part.RULE), measures.MOTTO_RULE_MM, widths[1])
        left, right = table.rows[1].cells
        _fill(left, (number, Part.NUMBER))
        xml.draw_box(_add(left, _DRAFT, Part.DRAFT), measures.DRAFT_MM, widths[0])
        _fill(right, ("{{ place }}, ngày …… tháng …… năm {{ year }}", Part.DATE))

    def title(self, name: str, *subject: str) -> None:
        """What kind of document it is, and of what, in one or more lines; a rule below."""
        self.add(name, Part.TYPE)
        for line in subject:
            self.add(line, Part.SUBJECT)
        _rule_below(self.add("", Part.RULE), max(subject, key=len), Part.SUBJECT, self.width)

    def addressee(self, whom: str = "{{ head_post }}") -> None:
        """Whom it is for."""
        self.add(f"Kính gửi: {whom}", Part.ADDRESSEE)

    # --- its body ---

    def add(self, text: str, part: Part = Part.BODY) -> Paragraph:
        """A paragraph."""
        return self.document.add_paragraph(text, style=FORMS[part].label)

    def bases(self, each: str = "basis in bases", text: str = "{{ basis }}") -> None:
        """The bases, each a paragraph; `frame_of` has given them their “;” and the last its “.”."""
        self.repeat(each, text, Part.BASIS)

    def heading(self, text: str) -> None:
        """“I. TÌNH HÌNH …”."""
        self.add(text, Part.HEADING)

    def subheading(self, text: str) -> None:
        """“1. Kết quả …”."""
        self.add(text, Part.SUBHEADING)

    def body(self, *texts: str) -> None:
        """Paragraphs of running text."""
        for text in texts:
            self.add(text)

    def repeat(self, each: str, text: str, part: Part = Part.BODY) -> None:
        """A paragraph for each of something: `repeat("one in chosen", "- {{ one.name }}")`."""
        self.tag(f"for {each}")
        self.add(text, part)
        self.tag("endfor")

    def blank(self, lines: int = 2) -> None:
        """Dotted lines for what only people know."""
        for _ in range(lines):
            xml.lead_with_dots(self.add("- \t", Part.BLANK), self.width)

    def tag(self, code: str) -> None:
        """A paragraph that only steers: "if lessons", "else", "endif"."""
        self.document.add_paragraph(f"{{%p {code} %}}")

    def table(self, columns: Sequence[Column | Columns], each: str) -> None:
        """A table with a row for each of something, and a last one where the columns have totals."""
        cells = [cell for column in columns for cell in column.cells()]
        total = any(cell.total for cell in cells)
        table = self.document.add_table(rows=5 if total else 4, cols=len(cells))
        xml.set_widths(table, self._columns([cell.width for cell in cells]), ruled=True)
        rows = list(table.rows)
        for cell, head in zip(cells, rows[0].cells, strict=True):
            _fill(head, (cell.head, Part.CELL_HEAD))
            xml.centre_upright(head)
        xml.repeat_on_pages(rows[0])
        rows[1].cells[0].text, rows[3].cells[0].text = f"{{%tr for {each} %}}", "{%tr endfor %}"
        for cell, of_row in zip(cells, rows[2].cells, strict=True):
            _fill(of_row, (cell.text, cell.part))
        if total:
            for cell, last in zip(cells, rows[4].cells, strict=True):
                _fill(last, (cell.total, Part.CELL_TOTAL))
        for row in rows:
            xml.keep_whole(row)

    # --- its end ---

    def foot(self) -> None:
        """Whom copies go to, and who signs: a table without lines, kept on one page."""
        self.add("", Part.GAP)
        table = self.document.add_table(rows=1, cols=2)
        xml.set_widths(table, self._columns(measures.FOOT_MM), ruled=False)
        xml.keep_whole(table.rows[0])
        left, right = table.rows[0].cells
        _fill(
            left,
            ("Nơi nhận:", Part.RECIPIENTS),
            ("{%p for recipient in recipients %}", Part.RECIPIENT),
            ("- {{ recipient }};", Part.RECIPIENT),
            ("{%p endfor %}", Part.RECIPIENT),
            ("- {{ archive }}", Part.RECIPIENT),
        )
        _fill(
            right,
            ("{%p for line in sign_lines %}", Part.SIGN_POST),
            ("{{ line|upper }}", Part.SIGN_POST),
            ("{%p endfor %}", Part.SIGN_POST),
            *[("", Part.SIGN_POST)] * measures.SIGNATURE_LINES,
            ("{{ sign_name }}", Part.SIGN_NAME),
        )

    def appendix(self, number: str, title: str, reference: str, *, wide: bool = False) -> None:
        """A part that begins on a page of its own, numbered by itself; `wide` lies on its side.

        `number` is "I", or "" for the only one.
        """
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        xml.draw_nothing(self.document.paragraphs[-1])
        _set_page(section, measures.MARGINS, wide=wide)
        _number_pages(section, from_second=True)
        self.width = measures.WIDE_TEXT_MM if wide else measures.TEXT_MM
        self.name_appendix(number, title, reference)

    def name_appendix(self, number: str, title: str, reference: str) -> None:
        """The three lines that an appendix begins with, where it is a document by itself too."""
        self.add(f"Phụ lục {number}".strip(), Part.APPENDIX)
        self.add(title, Part.APPENDIX_TITLE)
        self.add(reference, Part.APPENDIX_OF)

    def mark(self) -> None:
        """That it is a draft, where no head says so."""
        xml.draw_box(self.add(_DRAFT, Part.DRAFT), measures.DRAFT_MM, self.width)

    def _columns(self, shares: Sequence[float]) -> tuple[float, ...]:
        """Columns that fill the width, as wide to each other as asked."""
        return tuple(share * self.width / sum(shares) for share in shares)

    def as_bytes(self) -> bytes:
        """The .docx."""
        made = io.BytesIO()
        self.document.save(made)
        return made.getvalue()


def _fill(cell: _Cell, *said: tuple[str, Part]) -> None:
    """Paragraphs in a cell, in place of the empty one it comes with."""
    first, *others = said
    cell.paragraphs[0].text = first[0]
    cell.paragraphs[0].style = FORMS[first[1]].label
    for text, part in others:
        _add(cell, text, part)


def _add(cell: _Cell, text: str, part: Part) -> Paragraph:
    paragraph: Paragraph = cell.add_paragraph(text, style=FORMS[part].label)
    return paragraph


def fit(document: DocxDocument) -> None:
    """Make rules as long as what stands above them asks for, columns as wide as there are, pages break well.

    What ends with “:” stays with what follows, the end with the signature, a table's last row with both, its
    total with a row.
    """
    for table in document.tables:
        xml.fit_columns(table)
        if len(rows := list(table.rows)) > 1:
            xml.keep_with_next(rows[0], rows[-2])
    for before, behind in pairwise(document.iter_inner_content()):
        if isinstance(before, Paragraph) and isinstance(behind, Table) and _style(before) in _CLOSE_TO_TABLES:
            before.paragraph_format.space_after = Pt(measures.ABOVE_TABLE_PT)
    for paragraph in document.paragraphs:
        if paragraph.text.endswith((":", "./.")):
            paragraph.paragraph_format.keep_with_next = True
    for before, behind in pairwise(document.iter_inner_content()):
        if isinstance(before, Table) and isinstance(behind, Paragraph) and _goes_on(behind):
            xml.keep_with_next(before.rows[-1])
    for table in document.tables[:1]:
        for cell in table.rows[0].cells[:1]:
            _fit(cell.paragraphs, (cell.width or Mm(measures.HEAD_MM[0])).mm)
    _fit(document.paragraphs, _text_mm(document.sections[0]))


def _goes_on(paragraph: Paragraph) -> bool:
    """Whether it belongs to what is behind it, and says something of what is before it."""
    said = (FORMS[Part.BODY].label, FORMS[Part.NOTE].label)
    return bool(paragraph.paragraph_format.keep_with_next) and _style(paragraph) in said


def _fit(paragraphs: Sequence[Paragraph], within_mm: float) -> None:
    """A rule goes by the longest of the lines of one part above it."""
    parts = {FORMS[part].label: part for part in (Part.AGENCY, Part.SUBJECT)}
    above: list[str] = []
    for before, paragraph in pairwise(paragraphs):
        part = parts.get(_style(before))
        above = [*above, before.text] if part else []
        if part and _style(paragraph) == FORMS[Part.RULE].label:
            _rule_below(paragraph, max(above, key=len), part, within_mm)


def _style(paragraph: Paragraph) -> str:
    return (paragraph.style.name or "") if paragraph.style else ""


def _text_mm(section: Section) -> float:
    lengths = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (length.mm if length else 0.0 for length in lengths)
    return page - left - right


def _rule_below(paragraph: Paragraph, text: str, part: Part, within_mm: float) -> None:
    xml.draw_rule(paragraph, measures.rule_below(text, part, within_mm), within_mm)


def _set_page(section: Section, margins: Margins, *, wide: bool = False) -> None:
    width, height = measures.PAGE_MM[::-1] if wide else measures.PAGE_MM
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance = section.footer_distance = Mm(measures.PAGE_NUMBER_FROM_TOP_MM)


def _number_pages(section: Section, *, from_second: bool) -> None:
    """The number in the middle of the upper margin, of each section from 1, not on its first page."""
    section.different_first_page_header_footer = from_second
    if section.header.is_linked_to_previous:
        section.header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        paragraph.style = FORMS[Part.PAGE_NUMBER].label
        xml.add_field(paragraph, "PAGE")
    xml.count_from_one(section)
