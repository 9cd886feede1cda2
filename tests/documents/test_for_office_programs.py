"""Word and Excel open what the secretariat takes out without wanting to repair it.

Each file is held against the schemas of Microsoft's own validator: which element comes after which, what may
not be missing, what refers to what.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx.oxml import OxmlElement
from openxml_audit import OpenXmlValidator
from openxml_audit.errors import ValidationSeverity

from bot.documents.document_layout import Paper
from bot.documents.document_measures import FORMS
from bot.documents.make_templates import TEMPLATES
from bot.documents.nomination_workbook import Lists, write_nomination_template
from bot.documents.office_document import Picture, render, template_of
from bot.documents.roster_workbook import WORDS, write_roster, write_template
from bot.domain.documents import DocumentKind
from bot.domain.roster import PersonRow, UnitRow
from bot.texts import Texts
from tests.documents.export_office import Done
from tests.documents.pages import make_all
from tests.phones import PICTURE

TYPED = "=1+1 <w:p/> & _x000D_ \x07\x1b \ufffe" + "Đánh máy 😀\n\t" * 200
"""What somebody may have typed."""


@pytest.fixture(scope="module")
def validator() -> OpenXmlValidator:
    """Reading the schemas takes a moment."""
    return OpenXmlValidator(max_errors=50)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Mapping[DocumentKind, bytes]:
    """Every kind of document about the invented office."""
    return asyncio.run(make_all(tmp_path_factory.mktemp("office")))


def faults(validator: OpenXmlValidator, path: Path) -> list[str]:
    """What is wrong with a file."""
    found = validator.validate(path).errors
    return [f"{one.part_uri}: {one.description}" for one in found if one.severity is ValidationSeverity.ERROR]


def kept(folder: Path, content: bytes) -> Path:
    """A document as a file."""
    path = folder / "document.docx"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_word_opens_every_kind_of_document(tmp_path, validator, documents, kind):
    """What was made about an office, and the template that an office edits."""
    assert faults(validator, kept(tmp_path, documents[kind])) == []
    assert faults(validator, kept(tmp_path, template_of(kind))) == []


def test_word_opens_a_document_whatever_people_typed(tmp_path, validator):
    """Lines, letters that XML refuses, several pictures: each has a number of its own."""
    cards = [{"card": Picture(PICTURE, 20)}, {"card": Picture(PICTURE, 20)}]
    paper = Paper("Mẫu riêng")
    paper.add("{{ place }}")
    paper.add("{% for x in cards %}{{ x.card }}{% endfor %}")
    (tmp_path / "bao-cao.docx").write_bytes(paper.as_bytes())
    context = {**TEMPLATES[DocumentKind.REPORT].sample, "place": TYPED, "cards": cards}
    assert faults(validator, kept(tmp_path, render(DocumentKind.REPORT, context, tmp_path))) == []


def test_a_fault_is_found(tmp_path, validator):
    """The schemas are really asked: a paragraph's settings in the wrong order are one."""
    paper = Paper("Mẫu riêng")
    settings = paper.add("Căn giữa")._p.get_or_add_pPr()
    settings.insert(0, OxmlElement("w:keepNext"))
    assert len(faults(validator, kept(tmp_path, paper.as_bytes()))) == 1


def test_no_name_of_a_style_has_a_comma():
    """Word takes what stands behind one for another name of the same style."""
    assert not [form.label for form in FORMS.values() if "," in form.label]


@pytest.mark.parametrize("period", ["", "2026-11", "2020"])
async def test_excel_opens_an_export(database, tmp_path, validator, period):
    """Of everything, of a month, and of a year in which nothing was."""
    done = Done(database)
    await done.nominate("lan", "tuan", TYPED[:900])
    await done.honoured("lan2", "minh", "NC", TYPED[:99])
    assert faults(validator, await done.file(tmp_path, "xlsx", period)) == []


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_excel_opens_the_workbooks_to_fill_in(tmp_path, validator, locale):
    """The roster empty and full, and that of many nominations."""
    texts = Texts(locale, ZoneInfo("Asia/Ho_Chi_Minh"))
    words = {word: texts.plain(f"roster.words.{word}") for word in WORDS}
    paths = [tmp_path / f"{name}.xlsx" for name in ("empty", "full", "nominations")]
    write_template(paths[0], words)
    write_roster(paths[1], [UnitRow("NC", TYPED)], [PersonRow("lan", TYPED, TYPED, "NC")], words)
    lists = Lists(["Phòng Nội chính", TYPED], [TYPED])
    write_nomination_template(paths[2], texts, lists, {"minimum": "1", "maximum": "2", "rows": "3"})
    assert [faults(validator, path) for path in paths] == [[], [], []]
