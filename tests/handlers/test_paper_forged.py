"""Buttons of sheets that were never shown, with anything behind them: a word of why, and nothing breaks."""

import pytest

from handlers import paper
from storage import conversations
from tests.exemplars import taken_over
from tests.nominating import nominate
from tests.office import Office

ARGS = (
    "",
    "0",
    "1",
    "-1",
    "99999999999999999",
    "x",
    "1.99999999",
    "²",
    "2026-11",
    "2026-Q9",
    "person",
    "yes",
)
WAYS = {
    "nomination": ("endorsement", ("Bùi Anh Tuấn", "hôm nay")),
    "answer": ("answer", ("NC",)),
    "consent": ("consent", ("lan",)),
}


async def begin(office: Office, way: str) -> None:
    """A sheet of that sort, some steps on."""
    hung = office.phone("hung")
    subject, typed = WAYS[way]
    await hung.send("/huy")
    await hung.tap_data("pp:0:0:new:" + subject)
    for text in typed:
        await hung.send(text)


@pytest.mark.parametrize("way", WAYS)
async def test_forged_buttons_break_nothing(office, way):
    """Whatever act with whatever behind it, at a step that did not offer it."""
    hung, hung_id = office.phone("hung"), await office.person_id("hung")
    await taken_over(office)
    await nominate(office.phone("tuan"), "Đỗ Minh Đức")
    await hung.start()
    on = hung.last.message_id
    for act in sorted(paper._TAPS):
        await begin(office, way)
        for arg in ARGS:
            async with office.database.reading() as session:
                draft = await conversations.find_draft(session, hung_id, "pp")
            if draft is None:
                await begin(office, way)
                continue
            await hung.tap_data(f"pp:{draft.id}:{draft.version}:{act}:{arg}", message_id=on)
    async with office.database.reading() as session:
        assert not await session.fetch("select * from unread_updates")


@pytest.mark.parametrize("way", WAYS)
async def test_anything_typed_or_sent_breaks_nothing(office, way):
    """At every step: words, long words, photos, voices, and forgotten steps in between."""
    hung = office.phone("hung")
    await taken_over(office)
    await hung.start()
    await begin(office, way)
    for text in ("x" * 4000, "0", "/", "🙂", "Đề cử chị Lan, vì tốt", "01/01/2026", "<b>", "tôi"):
        await hung.send(text)
        await hung.photo("ảnh")
        await hung.sticker()
        await hung.document(b"%PDF", "a.pdf")
        assert "trục trặc" not in hung.screen, text
    async with office.database.reading() as session:
        assert not await session.fetch("select * from unread_updates")
