"""Filling templates: what people typed stays as it is, an office's own templates win and are checked."""

import threading
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.__main__ import main
from bot.config import Config
from bot.documents import office_document
from bot.documents.document_layout import Paper
from bot.documents.make_templates import TEMPLATES
from bot.documents.office_document import Picture, check_templates, render, template_of, to_pdf
from bot.domain.documents import DocumentKind
from bot.domain.errors import Refused
from bot.texts import LOCALES, Texts
from tests.documents import filed
from tests.emulator_request import TOKEN
from tests.phones import PICTURE

KIND = DocumentKind.REPORT
SAMPLE = TEMPLATES[KIND].sample
PLACE = "Đồng Nai"


def own(folder: Path, *lines: str, kind: DocumentKind = KIND) -> Path:
    """An office's own template that says these lines."""
    paper = Paper("Mẫu riêng")
    for line in lines:
        paper.add(line)
    path = folder / f"{kind}.docx"
    path.write_bytes(paper.as_bytes())
    return path


def said(folder: Path, **context: object) -> list[str]:
    """What the document made of the office's own template says."""
    return filed.texts(filed.opened(render(KIND, {**SAMPLE, **context}, folder)))


def told(refusal: Refused, locale: str = "vi") -> str:
    """What a person reads."""
    return Texts(locale, Config().office.timezone).plain(refusal.message_id, **refusal.values)


# --- what people typed ---


@pytest.mark.parametrize(
    "typed",
    [
        'Đạt > 90% & < 3 ngày, "đúng hẹn"',
        "&amp; &lt;b&gt; <w:p/> ]]> <!-- --> <?xml?>",
        "{{ place }} {% for x in y %} {# #} }} %}",
        "Đánh máy " * 187,
        "😀 ﷽ 𠀀 ế = e\u0302\u0301 \u200b",
    ],
)
def test_what_people_typed_stands_there_as_they_typed_it(tmp_path, typed):
    """Signs of XML and of templates, 1,500 letters, letters from anywhere: a paragraph of exactly these."""
    own(tmp_path, "{{ place }}", "Hết.")
    assert said(tmp_path, place=typed) == [typed, "Hết."]


def test_letters_that_xml_refuses_are_dropped(tmp_path):
    """Control characters and halves of characters would make the file unreadable."""
    own(tmp_path, "{{ place }}")
    assert said(tmp_path, place="a\x00b\x07c\x1b\ud800d\ufffee\x0cf") == ["abcde", "f"]


def test_lines_become_paragraphs_of_the_same_form(tmp_path):
    """What was typed in several lines stands in as many paragraphs, each in the form of the first."""
    own(tmp_path, "- {{ place }}.")
    document = filed.opened(render(KIND, {**SAMPLE, "place": "Một\r\n\r\n  hai\u2028ba\n"}, tmp_path))
    assert filed.texts(document) == ["- Một", "hai", "ba."]
    assert len({filed.look_of(paragraph) for paragraph in document.paragraphs}) == 1


def test_a_picture_stands_in_the_text(tmp_path):
    """Where a template names a picture it is drawn, as wide as asked."""
    own(tmp_path, "{{ place }}", "{% for one in asked %}{{ one.card }}{% endfor %}")
    content = render(
        KIND, {**SAMPLE, "place": Picture(PICTURE, 40), "asked": [{"card": Picture(PICTURE, 20)}]}, tmp_path
    )
    shown = filed.opened(content).inline_shapes
    assert [round(shape.width.mm) for shape in shown] == [40, 20]


# --- an office's own templates ---


def test_an_offices_own_template_wins_file_by_file(tmp_path):
    """Of the kind that it has one of; the others are those that come along."""
    own(tmp_path, "{{ place }} đây.")
    assert said(tmp_path) == [f"{PLACE} đây."]
    other = DocumentKind.TABLE
    assert filed.texts(filed.opened(render(other, TEMPLATES[other].sample, tmp_path)))[0] == "DỰ THẢO"


def test_what_word_splits_is_one_tag(tmp_path):
    """Word cuts a tag into pieces when somebody edits within it, and turns its quotation marks."""
    paper = Paper("Mẫu riêng")
    paragraph = paper.add("")
    for piece in ("Tại {", "{ pla", "ce }} và {% if sign_name == “Nguyễn ", "Văn An” %}có{% endif %}"):
        paragraph.add_run(piece).italic = piece == "ce }}"
    (tmp_path / f"{KIND}.docx").write_bytes(paper.as_bytes())
    assert said(tmp_path) == [f"Tại {PLACE} và có"]


@pytest.mark.parametrize(
    "mark",
    [
        '<w:proofErr w:type="spellStart" {w}/>',
        '<w:bookmarkStart w:id="0" w:name="_GoBack" {w}/>',
        '<w:commentRangeStart w:id="0" {w}/>',
        '<w:r w:rsidRPr="00A1" {w}><w:lastRenderedPageBreak/></w:r>',
        "<w:r {w}><w:t></w:t></w:r>",
    ],
)
def test_what_word_notes_within_a_tag_is_no_part_of_it(tmp_path, mark):
    """Where spelling is doubted, somebody has been or remarked something, or a page broke last time."""
    paper = Paper("Mẫu riêng")
    paragraph = paper.add("")
    for piece in ("Tại {{ pla", "ce }} và {%", " if place == ‘Đồng Nai’ %}có{% endif", " %}"):
        paragraph.add_run(piece)
        paragraph._p.append(parse_xml(mark.format(w=nsdecls("w"))))
    (tmp_path / f"{KIND}.docx").write_bytes(paper.as_bytes())
    assert check_templates(tmp_path) == []
    assert said(tmp_path) == [f"Tại {PLACE} và có"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("where", ["body", "header"])
def test_changes_that_word_still_tracks_are_told(tmp_path, locale, where):
    """What was deleted stands in the file all the same, and half of it may be within a tag."""
    paper = Paper("Mẫu riêng")
    paragraph = paper.add("{{ pla") if where == "body" else paper.document.sections[0].header.paragraphs[0]
    for tag, text in (("del", "delText"), ("ins", "t")):
        run = f"<w:r><w:{text}>ce }}}}</w:{text}></w:r>"
        paragraph._p.append(parse_xml(f'<w:{tag} w:id="1" w:author="Lan" {nsdecls("w")}>{run}</w:{tag}>'))
    path = tmp_path / f"{KIND}.docx"
    path.write_bytes(paper.as_bytes())
    (found,) = check_templates(tmp_path)
    assert found.message_id == "template.tracked"
    assert str(path) in told(found, locale)
    with pytest.raises(Refused, match="template\\.tracked"):
        render(KIND, SAMPLE, tmp_path)


def test_a_tag_that_tears_the_document_is_told(tmp_path):
    """A loop that begins within a row's cell and ends outside of the table leaves no document behind."""
    paper = Paper("Mẫu riêng")
    paper.document.add_table(1, 1).cell(0, 0).text = "{% for x in range(2) %}{{ x }}"
    paper.add("{% endfor %}")
    (tmp_path / f"{KIND}.docx").write_bytes(paper.as_bytes())
    assert [one.message_id for one in check_templates(tmp_path)] == ["template.bad_tag"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("line", "mistake", "names"),
    [
        ("{{ ten_co_quan }}", "template.unknown", "ten_co_quan"),
        ("{{ plan.so }}", "template.unknown", "so"),
        ("{% for row in rows %}{{ row.ten }}{% endfor %}", "template.unknown", "ten"),
        ("{% if not chosen %}{{ khong_co }}{% endif %}", "template.unknown", "khong_co"),
        ("{% for x in range(2) %}{{ x }}", "template.bad_tag", "endfor"),
        ("Số {{ place|hoa }}", "template.bad_tag", "hoa"),
        ("{{ place + 1 }}", "template.bad_tag", "str"),
        ("{{ place.__class__.__mro__ }}", "template.bad_tag", "__class__"),
        ("Tại { place }} đây", "template.half_tag", "{ place }}"),
        ("Tại { { place } } đây", "template.half_tag", "{ { place } }"),
        ("Tại {place} đây", "template.half_tag", "{place}"),
    ],
)
def test_a_mistake_in_a_template_is_one_clear_sentence(tmp_path, line, mistake, names, locale):
    """An unknown name also where the sample does not lead, a tag not closed, an unknown filter, a trick."""
    path = own(tmp_path, "Đúng {{ place }}.", line)
    (found,) = check_templates(tmp_path)
    assert found.message_id == mistake
    sentence = told(found, locale)
    assert str(path) in sentence
    assert names in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04cut off"])
def test_a_damaged_file_is_told(tmp_path, content):
    """When it is checked, and when a document would be made of it."""
    path = tmp_path / f"{KIND}.docx"
    path.write_bytes(content)
    (found,) = check_templates(tmp_path)
    assert (found.message_id, found.values["file"]) == ("template.broken", str(path))
    with pytest.raises(Refused, match="template\\.broken"):
        render(KIND, SAMPLE, tmp_path)


def test_every_template_is_checked_at_once(tmp_path):
    """Each that is wrong is named; files that no kind is called by are too, Word's lock files are not."""
    own(tmp_path, "{{ ai }}")
    own(tmp_path, "{{ gi }}", kind=DocumentKind.TABLE)
    own(tmp_path, "{{ place }}", kind=DocumentKind.LIST)
    for name in ("bao cao.docx", "~$bao-cao.docx"):
        (tmp_path / name).write_bytes(b"")
    found = check_templates(tmp_path)
    assert [one.message_id for one in found] == ["template.no_kind", *["template.unknown"] * 2]
    assert "bao cao.docx" in told(found[0])


def test_what_comes_along_passes_its_own_check(tmp_path):
    """Each template that comes along is right, also as an office's own."""
    for kind in TEMPLATES:
        (tmp_path / f"{kind}.docx").write_bytes(template_of(kind))
    assert check_templates(tmp_path) == []


@filed.needs_libreoffice
def test_a_template_that_another_program_has_saved_still_works(tmp_path):
    """Whoever edits it writes it anew in their own way; nothing of what it says is lost."""
    source, saved = tmp_path / "before", tmp_path / "after"
    source.mkdir()
    (source / f"{KIND}.docx").write_bytes(template_of(KIND))
    filed.save_again(source / f"{KIND}.docx", saved)
    assert check_templates(saved) == []
    by_them, ours = (filed.texts(filed.opened(render(KIND, SAMPLE, folder))) for folder in (saved, None))
    assert by_them == ours


# --- the command line ---


def test_templates_are_copied_to_be_edited(tmp_path, monkeypatch, capsys):
    """Every kind's file, as it comes along; what is there already is never written over."""
    monkeypatch.chdir(tmp_path)
    assert main(["templates", "--output", "mau"]) == 0
    assert sorted(path.name for path in Path("mau").iterdir()) == sorted(f"{kind}.docx" for kind in TEMPLATES)
    assert Path("mau", f"{KIND}.docx").read_bytes() == template_of(KIND)
    capsys.readouterr()
    assert main(["templates", "--output", "mau"]) == 1
    assert "không ghi đè" in capsys.readouterr().err


def test_check_tells_what_is_wrong_with_templates(tmp_path, monkeypatch, capsys):
    """`guongsang check` looks at the folder that the configuration names, beside its file."""
    monkeypatch.chdir(tmp_path)
    Path("config.toml").write_text(f'[telegram]\ntoken = "{TOKEN}"\n[documents]\nfolder = "mau"\n', "utf-8")
    assert main(["check", "--config", "config.toml"]) == 1
    assert "Không có thư mục mẫu" in capsys.readouterr().err
    Path("mau").mkdir()
    own(Path("mau"), "{{ ten_sai }}")
    assert main(["check", "--config", "config.toml"]) == 1
    err = capsys.readouterr().err
    assert "ten_sai" in err
    assert f"{KIND}.docx" in err
    own(Path("mau"), "{{ place }}")
    assert main(["check", "--config", "config.toml"]) == 0


# --- PDF ---


def program(folder: Path, name: str, script: str) -> None:
    """A program of that name that does something else than LibreOffice."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def only_path(tmp_path, monkeypatch):
    """A folder that is searched for programs before all; LibreOffice is not found elsewhere."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def a_document(tmp_path):
    """A .docx to make a PDF of."""
    path = tmp_path / "thử & xem.docx"
    path.write_bytes(render(KIND, SAMPLE, None))
    return path


def test_there_is_no_pdf_without_libreoffice(only_path, a_document):
    """Then the document is a .docx alone."""
    assert to_pdf(a_document) is None


_CONVERTS = 'while [ "$1" != --outdir ]; do shift; done; : > "$2/thử & xem.pdf"'


@pytest.mark.parametrize("name", ["soffice", "libreoffice"])
def test_the_pdf_stands_beside_the_document(only_path, a_document, name):
    """Whatever the program is called."""
    program(only_path, name, _CONVERTS)
    made = to_pdf(a_document)
    assert made == a_document.with_suffix(".pdf")
    assert a_document.with_suffix(".pdf").exists()


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "/bin/sleep 600"])
def test_a_pdf_that_does_not_come_is_done_without(only_path, a_document, script, monkeypatch):
    """It fails, makes nothing, or takes too long, and what it started goes with it."""
    monkeypatch.setattr(office_document, "_PDF_PATIENCE_S", 0.2)
    program(only_path, "soffice", script)
    assert to_pdf(a_document) is None
    assert [path for path in a_document.parent.iterdir() if path.is_file()] == [a_document]
    assert not list(a_document.parent.glob("*-pdf-*"))


def test_a_pdf_that_cannot_be_put_there_is_done_without(only_path, a_document):
    """A disk that is full, a folder that is no more: the .docx has been sent all the same."""
    program(only_path, "soffice", _CONVERTS)
    a_document.with_suffix(".pdf").mkdir()
    (a_document.with_suffix(".pdf") / a_document.with_suffix(".pdf").name).mkdir()
    assert to_pdf(a_document) is None


@filed.needs_libreoffice
def test_several_pdfs_are_made_at_once(tmp_path):
    """Each has a profile of its own: LibreOffice refuses to run twice on one."""
    paths = [tmp_path / f"{number}.docx" for number in range(2)]
    for path in paths:
        path.write_bytes(render(KIND, SAMPLE, None))
    made: list[Path | None] = []
    threads = [threading.Thread(target=lambda path=path: made.append(to_pdf(path))) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.name for path in made if path) == ["0.pdf", "1.pdf"]
