"""The picture card: whatever its words are, all of them stand there, within their boxes, in real letters."""

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.picture import FONT_FILES, Weight, rendered
from bot.documents.picture_card import PAPER, Card, draw_card, picture
from bot.documents.picture_card_layout import MARGIN, ORNAMENT, Box, Layout, Words, lay_out
from bot.documents.picture_card_letters import has_letter, shaped, writable
from bot.documents.picture_process import draw_apart
from tests.documents.cards import CARDS, FOLDER, stand_in
from tests.documents.png_pixels import pixels

STORY = (
    "Chủ động soạn bộ câu hỏi đáp về thủ tục đất đai, giúp người dân chuẩn bị đủ hồ sơ ngay lần đầu; số lượt"
    " phải bổ sung giảm từ 31 xuống 9. Ễnh ương kêu, Ở ẩn, ỡm ờ, Tự trọng, trong vắt: ẵm, Ẳng, Ợ, ỵ, Ỷ lại. "
)
WORDS = (
    "Nguyễn Thị Hồng Ễnh Ở ỡm Tự ẵm Ẳng nghiêng Trường Đặng Khương Quỳnh ngoằn ngoèo Ỷ phụ việc được người"
    " 1.234 (2023-2024) Ủy NGHIÊNG ă ợ"
)
LONG = "nghiencuusinhquanlyhosoluutrudientu"
ADDRESS = f"http://vi-du.invalid/{LONG * 3}?tra-cuu"
EXTREMES = (
    ("Lý An", "T"),
    ("Ẳ Ỹ Ợ", "Ẳ"),
    ("W" * 60, "W" * 1500),
    ("Nguyễn Công Tằng Tôn Nữ Huyền Trang Phương Thảo Nguyên Khánh", STORY * 5),
    ("ẲẴỄỖỠỰỆỘỢỴ" * 6, ("ẲẴỄỖỠỰỆỘỢỴ " * 137)[:1500].strip()),
    ("Lê", (f"{ADDRESS} " + STORY * 8)[:1500].strip()),
    ("i" * 60, "i " * 750),
    ("Tổ một cửa", "\n".join(["a"] * 750)),
    ("Tổ một cửa", "Việc một.\nViệc hai.\n\nViệc ba: " + STORY),
    ("A" + "\u0301\u0323" * 20, "q\u0303 e\u0302\u0301 " * 30),
)


def words_of(card: Card) -> Words:
    return Words(card.name, card.post, card.unit, card.kind, card.period, card.text, card.office)


def made(name: str, text: str, **more: Any) -> Card:
    return replace(CARDS["mot-viec-tot"], name=name, text=text, **more)


def joined(layout: Layout, part: str) -> str:
    return "".join("".join(line.text.split()) for line in layout.lines.get(part, ()))


def squeezed(text: str) -> str:
    return "".join(writable(text).split())


def overlapping(one: Box, two: Box) -> bool:
    return (
        one.x < two.x + two.width
        and two.x < one.x + one.width
        and one.y < two.y + two.height
        and two.y < one.y + one.height
    )


def check_layout(card: Card, *, portrait: bool) -> Layout:
    """Everything that holds for every card; its layout for more."""
    layout = lay_out(words_of(card), portrait=portrait)
    for part in ("name", "post", "unit", "text"):
        assert joined(layout, part) == squeezed(getattr(card, part)), part
    for part in ("kind", "office"):
        assert joined(layout, part) == squeezed(getattr(card, part)).upper()
    for part, lines in layout.lines.items():
        box = layout.boxes[part]
        for line in lines:
            exact = shaped(line.text, line.weight)
            assert line.width >= line.size * exact.width - 0.01
            assert box.x - 0.01 <= line.x
            assert line.x + line.width <= box.x + box.width + 0.01, line
            assert line.baseline - line.above >= box.y - 0.01
            assert line.baseline + line.below <= box.y + box.height + 0.01
            assert all(has_letter(sign, line.weight) for sign in line.text), line
        for above, below in pairwise(lines):
            assert above.baseline + above.below <= below.baseline - below.above, "letters of two lines touch"
    boxes = [*layout.boxes.values(), layout.rule, Box(*ORNAMENT)]
    boxes += [layout.portrait] if layout.portrait else []
    for number, box in enumerate(boxes):
        assert box.x >= MARGIN + 14 and box.x + box.width <= layout.width - MARGIN - 14  # noqa: PT018
        assert box.y >= MARGIN + 14 and box.y + box.height <= layout.height - MARGIN - 14  # noqa: PT018
        assert not [other for other in boxes[number + 1 :] if overlapping(box, other)]
    assert (layout.portrait is not None) == portrait
    return layout


@pytest.mark.parametrize("portrait", [False, True], ids=["alone", "portrait"])
@pytest.mark.parametrize(("name", "text"), EXTREMES, ids=range(len(EXTREMES)))
def test_nothing_is_cut_and_nothing_leaves_its_box(name, text, portrait):
    """Short, long, wide, stacked, without a space: all of it stands there, in order, apart from the rest."""
    check_layout(made(name, text), portrait=portrait)
    check_layout(made(name, text, post=STORY[:120], unit=STORY[:200], kind=STORY[:80]), portrait=portrait)


spoken = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=320).map(" ".join)


@given(name=spoken.map(lambda text: text[:60].strip()), text=spoken.map(lambda text: text[:1500].strip()))
@settings(max_examples=40, deadline=None)
def test_every_name_and_story_of_vietnamese_syllables_fits(name, text):
    """Names of 5 to 60 letters, stories of 1 to 1,500; words stay whole, since each fits a line."""
    for portrait in (False, True):
        layout = check_layout(made(name, text), portrait=portrait)
        assert " ".join(line.text for line in layout.lines["text"]).split() == text.split()
        assert len(layout.lines["name"]) <= 3
        assert layout.lines["name"][0].size >= 34
        assert layout.lines["text"][0].size >= 24


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_becomes_letters_of_the_font(text):
    """Control signs, emoji and scripts that the font has not leave no box and no broken SVG."""
    written = writable(text)
    assert all(sign == "\n" or has_letter(sign, weight) for sign in written for weight in Weight)
    assert unicodedata.is_normalized("NFC", written)
    assert writable(written) == written


@pytest.mark.parametrize("length", [5, 12, 19, 25, 33, 40, 48, 54, 60])
@pytest.mark.parametrize("story", [1, 40, 160, 300, 700, 1100, 1500])
def test_the_largest_letters_that_fit_are_taken(length, story):
    """At every length of name and story: legible on a phone, a name on three lines at most."""
    name = ("Nguyễn Hoàng Khánh Phương " * 3)[:length].strip()
    text = (STORY * 9)[:story].strip()
    for portrait in (False, True):
        layout = check_layout(made(name, text), portrait=portrait)
        assert len(layout.lines["name"]) <= 3
        assert layout.lines["text"][0].size >= (36 if story <= 160 else 31 if story <= 300 else 24)
        assert layout.height == 1350 or story > 300
    if story == 1500:
        assert layout.lines["text"][-1].baseline > layout.height * 0.75


def test_a_line_is_not_left_with_one_word():
    """Short texts are broken into lines of about one length."""
    layout = lay_out(words_of(made("Trần Thị Bích Ngọc Ánh Nguyệt", STORY[:130])), portrait=False)
    for part in ("name", "text"):
        widths = [line.width for line in layout.lines[part]]
        assert len(widths) > 1
        assert min(widths) > max(widths) * 0.6, part


def test_what_the_font_has_not_is_left_out():
    """Emoji and Chinese leave a gap, other signs become their plain form; nothing becomes an empty box."""
    assert writable("Lan 🌸王 An") == "Lan An"
    assert writable("Lan\u200b\u00ad An\u00a0B\tC") == "Lan An B C"
    assert writable("ﬁn 𝐁án Ｌan ‑ ①") == "fin Bán Lan - 1"
    assert writable(unicodedata.normalize("NFD", "Ễ Ở ỡ Ự ẵ")) == "Ễ Ở ỡ Ự ẵ"
    assert writable("một\r\nhai\n\n ba") == "một\nhai\nba"
    check_layout(made("王伟", "🌸"), portrait=False)
    draw_card(made("王伟", "🌸", post="", unit="", kind="", period="", office=""))


def test_markup_in_a_word_is_a_word():
    """Names with < & > and quotes are drawn as typed."""
    card = made('<b>Lan & "An"</b> ]]> &amp; \' </text>', "<script>&#0;</script>")
    assert "<script>" not in picture(card)
    check_layout(card, portrait=False)
    assert draw_card(card).startswith(b"\x89PNG")


def without_words(svg: str) -> str:
    return re.sub("<text.*?</text>", "", svg)


PIXELS = 360
DRAWN = {
    **CARDS,
    "wide": made("W" * 60, "W" * 700),
    "stacked": made("ẲẴỄỖỠ ỰỆỘỢỴ ẲẴỄỖỠ", ("ẲẴỄỖỠỰỆỘỢỴ " * 137)[:1500].strip()),
    "portrait": replace(made("Ễ Ở ỡ Ự ẵ", STORY * 7), photo=stand_in()),
    "short": made("Lý An", "Ẳ"),
}


@pytest.mark.parametrize("card", DRAWN.values(), ids=DRAWN)
def test_the_ink_is_where_the_layout_says(card):
    """Drawn with and without its words, a card differs within each line's place, and nowhere else."""
    svg = picture(card)
    layout = lay_out(words_of(card), portrait=card.photo is not None)
    scale = PIXELS / layout.width
    drawn, bare = (pixels(rendered(each, width=PIXELS)) for each in (svg, without_words(svg)))
    assert len(drawn) == round(layout.height * scale)
    inked = {
        (x, y)
        for y, (one, two) in enumerate(zip(drawn, bare, strict=True))
        if one != two
        for x in range(PIXELS)
        if one[x] != two[x]
    }
    allowed: set[tuple[int, int]] = set()
    for line in [line for lines in layout.lines.values() for line in lines]:
        x_range = range(int((line.x - 4) * scale), int((line.x + line.width + 4) * scale) + 1)
        top, end = line.baseline - line.above, line.baseline + line.below
        place = {(x, y) for y in range(int(top * scale) - 1, int(end * scale) + 2) for x in x_range}
        assert len(inked & place) > line.size * scale * 0.4, f"{line.text} is not drawn"
        allowed |= place
    assert not inked - allowed


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_the_margin_is_paper(card):
    """Outside the frame nothing is drawn."""
    rows = pixels(rendered(picture(card), width=PIXELS))
    paper, edge = bytes.fromhex(PAPER.removeprefix("#")) + b"\xff", int(MARGIN * PIXELS / 1080) - 1
    outside = [*rows[:edge], *rows[-edge:], *(row[:edge] + row[-edge:] for row in rows)]
    assert {pixel for row in outside for pixel in row} == {paper}


def test_the_font_comes_along():
    """Each weight is a file of the package, with every Vietnamese letter and its licence beside it."""
    letters = [chr(code) for code in range(0x1EA0, 0x1EFA)] + list("ĂăÂâĐđÊêÔôƠơƯư“”‘’–—…·")
    for weight, path in FONT_FILES.items():
        assert path.read_bytes()[:4] == b"\x00\x01\x00\x00"
        assert not [letter for letter in letters if not has_letter(letter, weight)]
    licence = (FONT_FILES[Weight.REGULAR].parent / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    svg = picture(CARDS["mot-viec-tot"])
    assert rendered(svg) != rendered(without_words(svg))
    weights = {rendered(svg.replace('font-weight="700"', f'font-weight="{each}"')) for each in Weight}
    assert len(weights) == len(Weight)


def test_the_same_card_is_the_same_picture():
    """Drawn twice, byte for byte; small enough to send at once."""
    for card in CARDS.values():
        once = draw_card(card)
        assert once == draw_card(card)
        assert len(once) < 600_000


@pytest.mark.parametrize("name", ["mot-viec-tot", "nhan-to-moi"])
def test_a_card_drawn_apart_is_the_same(name):
    """In a process of its own, with a photo and without."""
    assert draw_apart(draw_card, CARDS[name]) == draw_card(CARDS[name])


def test_a_photo_shows_and_a_broken_one_does_not():
    """A portrait changes the picture; a broken file, a text or another kind of picture changes nothing."""
    plain = CARDS["mot-viec-tot"]
    drawn = draw_card(plain)
    assert draw_card(replace(plain, photo=stand_in())) != drawn
    assert draw_card(replace(plain, photo=stand_in())) != draw_card(replace(plain, photo=stand_in("#aa0000")))
    for broken in (
        b"",
        b"text",
        b"\xff\xd8\xff\xe0 broken",
        b"RIFF\0\0\0\0WEBPVP8 ",
        stand_in()[:200],
        b"GIF89a",
    ):
        assert draw_card(replace(plain, photo=broken)) == drawn
    assert draw_card(replace(plain, photo=b"<svg xmlns='http://www.w3.org/2000/svg'/>")) == drawn


def test_four_cards_can_be_looked_at():
    """docs/cards holds a picture of each card of tests/documents/cards.py, as large as it is drawn today."""
    for name, card in CARDS.items():
        shown, drawn = (FOLDER / f"{name}.png").read_bytes(), draw_card(card)
        assert shown[16:24] == drawn[16:24], "run: python -m tests.documents.cards"
    assert {path.stem for path in FOLDER.glob("*.png")} == set(CARDS)
