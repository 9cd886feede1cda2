"""Captions fit below a picture whatever the names and texts are, and are cut at words only."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.exemplars import Consent, Exemplar, ExemplarId, ExemplarState
from bot.domain.nominations import Kind, NominationId, Nominee, NomineeKind
from bot.domain.people import Person, PersonId, UnitId
from bot.operations.compose_consents import consent_body
from bot.operations.exemplar_words import CAPTION_MAX, caption, units
from bot.texts import Texts
from handlers.exemplar_views import clerk_card

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
WORDS = "Hướng dẫn người dân & doanh nghiệp nộp <hồ sơ> trực tuyến, giảm một nửa thời gian chờ. "
NAMES = ("Lý Na", "Công Tằng Tôn Nữ Nguyễn Phúc Hoàng Thị Thanh Tuyền Như Ngọc Anh", "Tổ & nhóm " * 12)


def the(name: str, text: str, kind: NomineeKind = NomineeKind.PERSON) -> Exemplar:
    """An exemplar of that name and text, asked about."""
    nominee = Nominee(kind, name, UnitId(1), "Phó Trưởng phòng phụ trách công tác tổng hợp", PersonId(1))
    return Exemplar(
        ExemplarId(1),
        NominationId(1),
        nominee,
        "Trung tâm Phục vụ hành chính công và Chuyển đổi số tỉnh Đồng Nai",
        Kind.EXEMPLAR,
        "2026-11",
        text,
        NOW,
        card="card",
        card_version=1,
        consent=Consent.ASKED,
        representative_id=PersonId(1),
    )


def texts(locale: str) -> Texts:
    """The office's voice."""
    return Texts(locale, ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", [1, 3, 9, 11, 17])
def test_everything_fits_below_a_picture(locale, name, n):
    """What is published, what the clerk sees and what the nominee is asked keep to Telegram's measure."""
    person = Person(PersonId(1), "a", name, "", UnitId(1), "TH")
    for kind in (NomineeKind.PERSON, NomineeKind.MODEL):
        exemplar = the(name, (WORDS * n)[:1500], kind)
        assert units(caption(exemplar, texts("vi"))) <= CAPTION_MAX
        for consent in Consent:
            for state in ExemplarState:
                at = replace(exemplar, consent=consent, state=state, honoured_at=NOW)
                assert units(clerk_card(at, person, texts(locale), texts("vi"))[0]) <= CAPTION_MAX
        for again in (False, True):
            asked = consent_body(exemplar, texts(locale), texts("vi"), again=again)
            assert units(asked["text"]) <= CAPTION_MAX


def test_a_long_text_is_cut_behind_a_word():
    """The whole of a short text stands there; a long one ends with "…", never within a word."""
    short = caption(the("Lý Na", WORDS.strip()), texts("vi"))
    assert "giảm một nửa thời gian chờ. Kính mời" in short
    assert "&amp; doanh nghiệp nộp &lt;hồ sơ&gt;" in short
    long = caption(the("Lý Na", (WORDS * 17)[:1500]), texts("vi"))
    cut = long.split("…")[0].rsplit(" ", maxsplit=1)[-1].strip(",.")
    assert cut in WORDS.replace("<", "&lt;").replace(">", "&gt;").replace("&", "&amp;") or cut in WORDS
    assert len(long) > CAPTION_MAX - 120, "as much as there is room for"
