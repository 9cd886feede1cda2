"""The picture cards in the pack of a review: whose they are, how many, how they stand; a month has none."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from docx.document import Document

from bot.documents import meeting_cards
from bot.documents.document_files import Collected, collect
from bot.documents.exemplar_card import card_of
from bot.documents.meeting_cards import cards_of
from bot.documents.picture_card import draw_small
from bot.domain.documents import DocumentAsk, DocumentKind
from bot.domain.exemplars import Exemplar, ExemplarState
from bot.domain.periods import read_period
from bot.domain.weeks import read_week
from bot.operations.erase_person import erase_again
from storage import exemplars
from tests.documents.cards import stand_in
from tests.documents.filed import check_layout, needs_libreoffice, opened, pages_of, pictures_in, texts
from tests.documents.papers import declined
from tests.exemplars import agreed, honoured, taken_over
from tests.office import Office
from tests.phones import PICTURE

HALF, YEAR = "2026-H2", "2026"


async def asked(office: Office, about: str) -> Collected:
    """The pack of a period or a week, before it is a file."""
    ask = DocumentAsk(read_period(about), read_week(about))
    async with office.database.reading() as session:
        return await collect(session, DocumentKind.MEETING, ask, office.config, office.clock())


async def pack(office: Office, about: str) -> Document:
    """The same as a file, laid out as it has to be."""
    document = opened((await asked(office, about)).made().content)
    check_layout(document)
    return document


def drawn(office: Office, *found: Exemplar, photo: bytes | None = None) -> list[bytes | None]:
    """Their cards."""
    return draw_small([card_of(one, photo, office.config) for one in found])


async def test_the_cards_of_those_told_of_and_of_nobody_else(office):
    """Behind the chart, in order; who declined, was taken down, is erased or has not agreed yet has none."""
    told = [await honoured(office), await agreed(office, "tuan", nominator="lan")]
    await declined(office, await agreed(office, "duc", nominator="minh"))
    removed = await honoured(office, "lan", nominator="hung")
    async with office.database.transaction() as session:
        assert await exemplars.save_exemplar(session, replace(removed, state=ExemplarState.REMOVED))
    erased = await honoured(office, "thao", nominator="kien")
    async with office.database.transaction() as session:
        assert erased.nominee.person_id is not None
        await erase_again(session, [erased.nominee.person_id], office.clock())
    await taken_over(office, "mai", nominator="hung")
    for about in (HALF, YEAR):
        document = await pack(office, about)
        chart, *cards = pictures_in(document)
        assert sorted(cards) == sorted(one for one in drawn(office, *told) if one), about
        assert chart not in cards
        said = "\n".join(texts(document))
        assert "Phụ lục\nTHẺ GƯƠNG ĐƯỢC LỰA CHỌN" in said
        assert "thẻ khác" not in said


async def test_a_shorter_pack_has_no_pictures(office):
    """Two pages have room for words: a week, a month, a quarter; a review of nobody has its chart alone."""
    assert len(pictures_in(await pack(office, YEAR))) == 1
    assert "THẺ GƯƠNG" not in "\n".join(texts(await pack(office, YEAR)))
    await honoured(office)
    for about in ("2026-W47", "2026-11", "2026-Q4"):
        document = await pack(office, about)
        assert pictures_in(document) == []
        assert "Phụ lục" not in "\n".join(texts(document))


async def test_a_card_that_cannot_be_drawn_is_counted_and_its_words_stay(office):
    """Of a name far too long for any card: the others are there, and how many are not."""
    await honoured(office)
    await agreed(office, "tuan", nominator="lan", name="Tổ có tên rất dài " * 1000)
    document = await pack(office, YEAR)
    assert len(pictures_in(document)) == 1 + 1
    said = "\n".join(texts(document))
    assert "… và 01 thẻ khác." in said
    assert "2. Tổ có tên rất dài Tổ có tên rất dài" in said


async def test_the_pack_is_made_where_no_card_can_be_drawn(office, monkeypatch):
    """The process that draws dies: no appendix, and all the words."""

    def die(*_: object, **__: object) -> list[bytes]:
        raise subprocess.CalledProcessError(-9, "draw")

    await honoured(office)
    monkeypatch.setattr(meeting_cards, "draw_apart", die)
    document = await pack(office, YEAR)
    assert len(pictures_in(document)) == 1
    assert "THẺ GƯƠNG" not in "\n".join(texts(document))
    assert "1. Nguyễn Thị Lan" in "\n".join(texts(document))


async def test_two_in_a_row_up_to_a_bound_and_one_process_for_all(office, monkeypatch):
    """Three of whom two have room: one row, and a word for the third; nobody asks for a process each."""
    found = [await honoured(office), await honoured(office, "tuan"), await honoured(office, "thao")]
    processes = []

    def draw(how: object, cards: Sequence[object], **_: object) -> list[bytes]:
        processes.append((how, len(cards)))
        return [PICTURE] * len(cards)

    monkeypatch.setattr(meeting_cards, "draw_apart", draw)
    made = cards_of(found, 2, office.config).drawn({})
    (row,) = made["cards"]  # type: ignore[misc]
    assert row["left"].data == row["right"].data == PICTURE  # type: ignore[has-type]
    assert made["more_cards"] == 1
    (row, last) = cards_of(found, 3, office.config).drawn({})["cards"]  # type: ignore[misc]
    assert last["right"] == ""  # type: ignore[has-type]
    assert processes == [(draw_small, 2), (draw_small, 3)]


async def test_photos_stand_on_the_cards_that_have_one(office):
    """The pack says which photos it would show; with those at hand it shows them, without it does not."""
    exemplar = await honoured(office)
    async with office.database.transaction() as session:
        exemplar_with = await exemplars.save_exemplar(session, replace(exemplar, photo="a-photo"))
    assert exemplar_with is not None
    collected = await asked(office, YEAR)
    assert collected.photos == ["a-photo"]
    photo = stand_in()
    for given, shown in (({"a-photo": photo}, photo), ({"a-photo": None}, None), (None, None)):
        _, card = pictures_in(opened(collected.made(given).content))
        assert [card] == drawn(office, exemplar_with, photo=shown)
    assert (await asked(office, "2026-11")).photos == []


@needs_libreoffice
async def test_four_cards_on_a_page(office, tmp_path: Path):
    """LibreOffice puts two beside each other, two rows on a page: five cards are two pages at the end."""
    for code, giver in (("lan2", "duc"), ("tuan", "lan"), ("thao", "lan"), ("duc", "lan"), ("mai", "lan")):
        await honoured(office, code, nominator=giver)
    pages = pages_of((await asked(office, YEAR)).made().content, tmp_path).texts
    (first,) = [number for number, page in enumerate(pages) if "THẺ GƯƠNG" in page]
    assert first == len(pages) - 2
