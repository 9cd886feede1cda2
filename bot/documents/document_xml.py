"""What python-docx has no words for: styles of one's own, rules, fields, rows that stay whole."""

from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.documents.document_measures import FONT, Align, Form, Part

_ALIGNED = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFIED: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_RULE_EIGHTHS = "4"
"""How thick a rule is: half a point."""
_RULE_LINE_PT = 5
_WORD_2013 = "15"
_STYLES_OF_WORD_2010 = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


def set_defaults(document: DocxDocument) -> None:
    """Every letter of the document is black, of the one font, and Vietnamese.

    Word opens it in no older version's manner; of python-docx's own template no picture is left, no styles
    for Word 2010 that are not the document's.
    """
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)  # noqa: S101 - it is, in python-docx's own template
    normal.font.size, normal.font.color.rgb = Pt(14), RGBColor(0, 0, 0)
    _set_font(normal.element.get_or_add_rPr())
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.widow_control = True
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_font(defaults)
    language = defaults.find(qn("w:lang"))
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), "vi-VN")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)
    _drop(document.part.package.rels, RELATIONSHIP_TYPE.THUMBNAIL)
    _drop(document.part.rels, _STYLES_OF_WORD_2010)


def add_style(document: DocxDocument, part: Part, form: Form) -> None:
    """The style of a part, under the name that Word shows."""
    style = document.styles.add_style(form.label, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - as asked for
    style.element.set(qn("w:styleId"), part.value)
    style.base_style, style.quick_style = document.styles["Normal"], True
    font, lines = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(form.size), form.bold, form.italic
    lines.alignment = _ALIGNED[form.align]
    lines.space_before, lines.space_after = Pt(form.before), Pt(form.after)
    lines.first_line_indent = Mm(form.first_line_mm)
    lines.keep_with_next = form.keep_next


def draw_rule(paragraph: Paragraph, length_mm: float, within_mm: float) -> None:
    """A line of that length in the middle of a width: the upper border of a paragraph that is very low."""
    lines = paragraph.paragraph_format
    lines.left_indent = lines.right_indent = Mm((within_mm - length_mm) / 2)
    lines.line_spacing_rule, lines.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_RULE_LINE_PT)
    lines.space_before = Pt(3)
    _add_borders(paragraph, ("top",), space="0")


def lead_with_dots(paragraph: Paragraph, width_mm: float) -> None:
    """What the paragraph's tab leaps over is dotted, up to the end of the line."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        Mm(width_mm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def draw_nothing(paragraph: Paragraph) -> None:
    """A paragraph that has to be there and takes no room."""
    lines = paragraph.paragraph_format
    lines.line_spacing_rule, lines.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def draw_box(paragraph: Paragraph, width_mm: float, within_mm: float) -> None:
    """A frame around a paragraph, in the middle of a width."""
    lines = paragraph.paragraph_format
    lines.left_indent = lines.right_indent = Mm((within_mm - width_mm) / 2)
    _add_borders(paragraph, ("top", "left", "bottom", "right"), space="2")


def add_field(paragraph: Paragraph, code: str) -> None:
    """Something that Word counts by itself: PAGE."""
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        paragraph.add_run()._r.append(element)


def count_from_one(section: Section) -> None:
    """The pages of the section are numbered by themselves."""
    properties = section._sectPr
    numbers = properties.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = OxmlElement("w:pgNumType")
        properties.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")
    numbers.set(qn("w:start"), "1")


def set_widths(table: Table, widths_mm: tuple[float, ...], *, ruled: bool) -> None:
    """A table of fixed columns, with lines around its cells or with none."""
    table.autofit = False
    table.style = "Table Grid" if ruled else "Normal Table"
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(1 if ruled else 0).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    properties.append(margins)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.append(look)
    _set_table_width(properties, sum(widths_mm))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER


def fit_columns(table: Table) -> None:
    """Share the table's width among the columns it has by now, each as wide as its cells ask for."""
    rows = [list(row._tr.iterchildren(qn("w:tc"))) for row in table.rows]
    widths = [_width_of(cell) for cell in max(rows, key=len, default=[])]
    whole = table._tbl.tblPr.find(qn("w:tblW"))
    if whole is None or not all(widths) or whole.get(qn("w:type")) != "dxa":
        return
    share = int(whole.get(qn("w:w"))) / sum(widths)
    widths = [round(width * share) for width in widths]
    grid = table._tbl.tblGrid
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(width))
        grid.append(column)
    for row in rows:
        if len(row) == len(widths):
            for cell, width in zip(row, widths, strict=True):
                cell.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(width))


def close_up_pictures(document: DocxDocument) -> None:
    """Nothing keeps away from pictures in a line: LibreOffice leaves room around those that do not say so."""
    for picture in document.element.body.iter(qn("wp:inline")):
        for side in ("distT", "distB", "distL", "distR"):
            picture.set(side, "0")


def keep_whole(row: _Row) -> None:
    """The row does not break between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def keep_with_next(*rows: _Row) -> None:
    """Each of the rows stands on the page of the one behind it."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def repeat_on_pages(row: _Row) -> None:
    """The row stands again on top of each page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def centre_upright(cell: _Cell) -> None:
    """What the cell says stands in the middle of its height."""
    align = OxmlElement("w:vAlign")
    align.set(qn("w:val"), "center")
    cell._tc.get_or_add_tcPr().append(align)


def _drop(relations: Relationships, sort: str) -> None:
    for name in [key for key, one in relations.items() if one.reltype == sort]:
        del relations[name]


def _set_table_width(properties: Any, width_mm: float) -> None:
    width = properties.find(qn("w:tblW"))
    if width is None:
        width = OxmlElement("w:tblW")
        properties.insert(1, width)
    width.set(qn("w:w"), str(Mm(width_mm).twips))
    width.set(qn("w:type"), "dxa")


def _width_of(cell: Any) -> int:
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return int(width.get(qn("w:w"))) if width is not None else 0


def _set_font(properties: Any) -> None:
    fonts = properties.get_or_add_rFonts() if hasattr(properties, "get_or_add_rFonts") else None
    fonts = fonts if fonts is not None else properties.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _add_borders(paragraph: Paragraph, sides: tuple[str, ...], *, space: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:pBdr")) is not None:
        return
    borders = OxmlElement("w:pBdr")
    for side in sides:
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", _RULE_EIGHTHS), ("space", space), ("color", "000000")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )
