"""The article as files: the same words in both forms, and nothing that somebody typed is markup in either."""

import io
import re
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.article import ArticleText, Story, to_html, to_markdown
from bot.documents.article_package import pack, picture_name
from tests.phones import PICTURE

VOID = {"meta", "img"}
NASTY = (
    "<script>alert(1)</script> & “ngoặc” 'đơn' \"kép\"",
    "# không phải tiêu đề",
    "- không phải danh sách",
    "1. không phải số thứ tự",
    "2) cũng không",
    "> không phải trích dẫn",
    "*nghiêng* _gạch_ **đậm** `mã` ~~bỏ~~ ==tô==",
    "[liên kết](https://xau.example/?a=1&b=2) ![ảnh](x.png)",
    "https://xau.example và www.xau.example, lan@xau.example, <https://xau.example>",
    "&lt;b&gt; &amp; &#35;",
    "| a | b |",
    "--- *** ___ === +++",
    "kết thúc bằng \\",
    "{% raw %} {{ x }} $x^2$",
)


class Reader(HTMLParser):
    """The words of a page's article, a block each; what else there is: tags, and attributes of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(f"{tag}.{name}", value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"h1", "h2", "p"}:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "tags close in order"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"h1", "h2", "p"}:
            self.blocks[-1] += data


def read_html(page: str) -> Reader:
    """The page, whole and well formed."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def read_markdown(text: str) -> list[str]:
    """Its blocks as they are read: marks of ours and escapes taken away, pictures left out."""
    found = []
    for block in text.strip().split("\n\n"):
        assert "\n" not in block
        if block.startswith("!["):
            continue
        inner = re.sub(r"^#{1,2} ", "", block)
        for mark in ("**", "*"):
            if inner.startswith(mark) and inner.endswith(mark) and len(inner) > 2 * len(mark):
                inner = inner[len(mark) : -len(mark)]
                break
        found.append(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", inner))
    return found


def an_article(*paragraphs: str, name: str = "Nguyễn Thị Lan", draft: str = "BẢN THẢO") -> ArticleText:
    """One story, with a picture."""
    story = Story(name, f"Văn thư, {name}", paragraphs, "anh/01-the.png", f"{name}, Văn thư")
    return ArticleText(f"Điển hình: {name}", "Văn phòng trân trọng giới thiệu.", (story,), "Văn phòng", draft)


def in_one(text: str) -> str:
    """As both forms set it: blanks are one blank."""
    return " ".join(text.split())


@pytest.mark.parametrize("typed", NASTY)
def test_what_was_typed_stays_words(typed):
    """Names and paragraphs with markup of either kind are read as they were typed, in both forms."""
    article = an_article(typed, f"{typed} sau", name=typed)
    html, markdown = read_html(to_html(article)), to_markdown(article)
    wanted = [
        "BẢN THẢO",
        f"Điển hình: {typed}",
        "Văn phòng trân trọng giới thiệu.",
        typed,
        f"Văn thư, {typed}",
        typed,
        f"{typed} sau",
        "Văn phòng",
    ]
    assert [in_one(block) for block in html.blocks] == [in_one(block) for block in wanted]
    assert read_markdown(markdown) == [in_one(block) for block in wanted]


WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=60
).filter(lambda text: text.strip() and in_one(text) == in_one(text).strip())


@given(WORDS, st.lists(WORDS, max_size=4), st.booleans())
def test_the_same_words_in_both_forms(name, paragraphs, draft):
    """Whatever is typed: a person reads the same in the page and in the Markdown, and no tag is added."""
    article = an_article(*paragraphs, name=name, draft="BẢN THẢO" if draft else "")
    page = read_html(to_html(article))
    assert [in_one(block) for block in page.blocks] == [
        in_one(b) for b in read_markdown(to_markdown(article))
    ]
    expected = ["html", "head", "meta", "meta", "title", "style", "body", "main", "article", "header"]
    expected += ["p"] * draft + ["h1", "p", "section", "h2", "p", "figure", "img"]
    assert page.tags == [*expected, *["p"] * len(paragraphs), "footer", "p"]


@pytest.mark.parametrize("typed", NASTY)
def test_no_link_and_no_mark_is_left_bare(typed):
    """In Markdown each sign that could be markup stands behind a backslash."""
    markdown = to_markdown(an_article(typed, draft="")).split("\n\n")[-2]
    assert not re.search(r"(?<!\\)(\\\\)*[`*_\[\]<>#|~&@]", markdown)
    assert not re.match(r"([+=-]|\d+[.)])", markdown)
    assert not re.search(r"(?<!\\)(://|(?<=www)\.)", markdown)


def test_a_page_that_needs_nothing():
    """Vietnamese, whole, readable on a phone; no scripts, nothing from outside, words for its picture."""
    page = to_html(an_article("Một việc tốt."))
    assert page.startswith('<!doctype html>\n<html lang="vi">')
    read = read_html(page)
    assert ("meta.charset", "utf-8") in read.attributes
    assert ("meta.name", "viewport") in read.attributes
    assert ("img.src", "anh/01-the.png") in read.attributes
    assert ("img.alt", "Nguyễn Thị Lan, Văn thư") in read.attributes
    assert not {"script", "a", "link", "iframe", "form"} & set(read.tags)
    assert not re.search(r"https?:|url\(|@import|javascript:|\bon\w+=", page)


def test_without_a_picture():
    """No picture, no figure; an approved one bears no mark of a draft."""
    story = Story("Tổ tiếp nhận", "", ("Một.", "Hai."))
    text = ArticleText("Mô hình mới", "Giới thiệu.", (story,), "Văn phòng")
    assert read_html(to_html(text)).blocks == [
        "Mô hình mới",
        "Giới thiệu.",
        "Tổ tiếp nhận",
        "Một.",
        "Hai.",
        "Văn phòng",
    ]
    assert "figure" not in read_html(to_html(text)).tags
    assert "![" not in to_markdown(text)


def test_the_package():
    """Everything in it in one order, text for Notepad, the same bytes for the same article."""
    at = datetime(2026, 11, 18, 8, tzinfo=UTC)
    pictures = {
        picture_name(1, "the", PICTURE): PICTURE,
        picture_name(2, "anh", b"\xff\xd8\xff"): b"\xff\xd8\xff",
    }
    made = pack(an_article("Một việc tốt."), "Đồng ý:\nNguyễn Thị Lan", pictures, at)
    assert made == pack(an_article("Một việc tốt."), "Đồng ý:\nNguyễn Thị Lan", pictures, at)
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        assert held.testzip() is None
        assert held.namelist() == [
            "bai-viet.html",
            "bai-viet.md",
            "dong-y.txt",
            "anh/01-the.png",
            "anh/02-anh.jpg",
        ]
        assert held.read("dong-y.txt").decode() == "\ufeffĐồng ý:\r\nNguyễn Thị Lan"
        assert held.read("anh/01-the.png") == PICTURE
        assert held.getinfo("bai-viet.html").date_time == (2026, 11, 18, 8, 0, 0)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"GIF89a", "anh/03-anh.gif"),
        (b"RIFF\0\0\0\0WEBP", "anh/03-anh.webp"),
        (b"?", "anh/03-anh.jpg"),
    ],
)
def test_pictures_are_named_by_what_they_are(content, name):
    """By number and kind, never by a person."""
    assert picture_name(3, "anh", content) == name
