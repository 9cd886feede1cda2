"""Reading exemplars: the list, its filters, the search, the card, the link."""

import pytest

from bot.domain.nominations import Kind
from storage import published
from storage.published import Wanted
from tests.exemplars import TEXT, agreed, honoured, taken_over
from tests.office import Office
from tests.phones import Phone

LONG = "Chị kiên trì hướng dẫn từng hộ dân làm hồ sơ trên điện thoại. " * 22


@pytest.fixture
def lan(office: Office) -> Phone:
    return office.phone("lan")


async def test_there_is_nothing_yet(lan):
    """An empty list says so and how to begin."""
    await lan.send("/guong")

    assert "Chưa có gương nào được biểu dương" in lan.screen


async def test_what_is_public_is_listed_newest_first(office, lan):
    """Everybody reads what was honoured, the newest first; what is not public yet is not there."""
    await honoured(office, "lan2")
    office.clock.turn(hours=1)
    await honoured(office, "tuan", nominator="lan")
    await agreed(office, "thao", nominator="lan")

    await lan.send("/exemplars")

    assert "2 gương đã biểu dương" in lan.screen
    assert lan.screen.index("Bùi Anh Tuấn") < lan.screen.index("Nguyễn Thị Lan")
    assert "Đặng Phương Thảo" not in lan.screen


async def test_many_are_on_pages(office, lan):
    """Six a page, and the way to the others."""
    for nth in range(8):
        await honoured(office, "thao", name=f"Tổ số {nth}", nominator="lan")

    await lan.send("/guong")
    await lan.tap("Xem thêm ›")

    assert "Tổ số 0" in lan.screen
    assert "Tổ số 7" not in lan.screen
    await lan.tap("‹ Trước")
    assert "Tổ số 7" in lan.screen


async def test_filters_combine(office, lan):
    """Unit, kind, movement, field and year narrow the list together, and come off together."""
    await honoured(office, "lan2", kind=Kind.GOOD_DEED, movement_id=1, field="Cải cách hành chính")
    await honoured(office, "duc", kind=Kind.NEW_FACTOR, nominator="lan2")
    await honoured(office, "tuan", kind=Kind.GOOD_DEED, nominator="lan", period="2025-03")

    await lan.send("/guong")
    await lan.tap("Loại gương")
    await lan.tap("Người tốt, việc tốt (2)")
    assert "Tìm thấy 2 gương" in lan.screen
    await lan.tap("Đơn vị")
    assert "Phòng Nội chính (1)" in lan.last.labels
    await lan.tap("Phòng Nội chính (1)")

    assert "Tìm thấy 1 gương (Phòng Nội chính, Người tốt, việc tốt)" in lan.screen
    assert "Nguyễn Thị Lan" in lan.screen
    await lan.tap("Bỏ lọc, xem tất cả")
    assert "3 gương đã biểu dương" in lan.screen
    await lan.tap("Năm")
    await lan.tap("năm 2025 (1)")
    assert "Bùi Anh Tuấn" in lan.screen


async def test_the_field_is_one_however_it_is_spelled(office, lan):
    """Fields are typed by nominators: accents and capitals do not make two of one."""
    await honoured(office, "lan2", field="Cải cách hành chính")
    await honoured(office, "duc", field="cải cách  hành chính", nominator="lan2")
    await honoured(office, "tuan", field="Văn thư", nominator="lan")

    await lan.send("/guong")
    await lan.tap("Lĩnh vực")
    await lan.tap("Cải cách hành chính (2)")

    assert "Tìm thấy 2 gương" in lan.screen


@pytest.mark.parametrize(
    "typed", ["bui anh tuan", "Tuấn", "tong hop", "TH", "so hoa tai lieu", "tuấn số hóa", "BÙI"]
)
async def test_what_is_typed_is_searched(office, lan, typed):
    """Name, unit, its short name and words of the text are found, accents or not."""
    await honoured(office, "lan2")
    await honoured(office, "tuan", nominator="lan", text="Số hóa tài liệu lưu trữ của cả phòng.")

    await lan.send("/guong")
    await lan.send(typed)

    assert "Tìm thấy 1 gương" in lan.screen
    assert "Bùi Anh Tuấn" in lan.screen


async def test_words_that_nobody_has(office, lan):
    """What is not found is said, and the list is one tap away."""
    await honoured(office, "lan2")

    await lan.send("/guong")
    await lan.send("xyz % _ '")
    assert "Chưa có gương nào phù hợp" in lan.screen
    await lan.tap("Bỏ lọc, xem tất cả")

    assert "Nguyễn Thị Lan" in lan.screen


async def test_a_nomination_typed_on_the_list_is_one(office, lan):
    """Who writes “Đề cử …” nominates wherever they are."""
    await honoured(office, "lan2")

    await lan.send("/guong")
    await lan.send("Đề cử anh Bùi Anh Tuấn, vì đã số hóa toàn bộ tài liệu lưu trữ của phòng trong ba tháng.")

    assert "Gửi" in lan.last.labels


async def test_the_card_says_everything(office, lan):
    """Picture, name, post, unit, kind, movement, field, period and text, and where it was honoured."""
    await honoured(office, "lan2", kind=Kind.GOOD_DEED, movement_id=1, field="Văn thư")

    await lan.send("/guong")
    await lan.tap("Nguyễn Thị Lan · Phòng Nội chính")

    assert lan.last.raw["photo"]
    for words in ("Nguyễn Thị Lan, Văn thư", "Phòng Nội chính", "người tốt, việc tốt", "tháng 11/2026", TEXT):
        assert words in lan.last.text
    assert "Lĩnh vực: Văn thư" in lan.last.text
    assert "Đã biểu dương tại đơn vị" in lan.last.text
    assert "Đọc đầy đủ" not in lan.last.labels
    await lan.tap("Xem các gương khác")
    assert "1 gương đã biểu dương" in lan.screen


async def test_a_long_text_is_read_behind_a_button(office, lan):
    """A caption holds 1,024: the rest is behind [Đọc đầy đủ], whole."""
    await honoured(office, "lan2", text=LONG)

    await lan.send("/guong")
    await lan.tap("Nguyễn Thị Lan · Phòng Nội chính")
    assert len(lan.last.text) <= 1024
    assert "…" in lan.last.text
    await lan.tap("Đọc đầy đủ")

    assert LONG.strip() in lan.last.text


async def test_a_congratulation_counts_once(office, lan):
    """Everybody congratulates once; the second tap says that it counts already."""
    await honoured(office, "lan2")
    await lan.send("/guong")
    await lan.tap("Nguyễn Thị Lan · Phòng Nội chính")

    await lan.tap("Chúc mừng")
    assert lan.toast == "Cảm ơn đồng chí! Đã có 1 lời chúc mừng."
    await lan.tap("Chúc mừng")
    assert lan.toast == "Đồng chí đã chúc mừng rồi. Đã có 1 lời chúc mừng."
    mai = office.phone("mai")
    await mai.send("/guong")
    await mai.tap("Nguyễn Thị Lan · Phòng Nội chính")

    assert "1 lời chúc mừng" in mai.last.text


async def test_a_shared_link_opens_the_card(office, lan):
    """[Chia sẻ] gives a text with a link that opens the card in a colleague's chat."""
    exemplar = await honoured(office, "lan2")
    await lan.send("/guong")
    await lan.tap("Nguyễn Thị Lan · Phòng Nội chính")
    await lan.tap("Chia sẻ")
    assert f"?start=g_{exemplar.id}" in lan.last.text

    tuan = office.phone("tuan")
    await tuan.start(f"g_{exemplar.id}")

    assert TEXT in tuan.last.text


@pytest.mark.parametrize("payload", ["g_99999", "g_", "g_abc", "g_99999999999999999999"])
async def test_a_link_to_nothing_and_to_what_is_not_public_say_the_same(office, lan, payload):
    """Nobody learns from a link whether somebody has been chosen."""
    secret = await taken_over(office, "lan2")

    await lan.start(payload)
    nothing = lan.screen
    await lan.start(f"g_{secret.id}")

    assert lan.screen == nothing
    assert "Hiện không mở được" in nothing


async def test_a_stranger_learns_nothing_from_a_link(office):
    """Only people of the office open links."""
    exemplar = await honoured(office, "lan2")
    stranger = office.stranger()

    await stranger.start(f"g_{exemplar.id}")

    assert "Nguyễn Thị Lan" not in stranger.screen


async def test_what_is_not_public_is_for_the_secretariat_and_the_head(office):
    """They open it, see that it is not public, and cannot share or congratulate."""
    secret = await taken_over(office, "lan2")

    for code in ("hung", "minh"):
        phone = office.phone(code)
        await phone.start(f"g_{secret.id}")
        assert "Chưa công bố" in phone.last.text
        assert "Chia sẻ" not in phone.last.labels
        assert "Chúc mừng" not in phone.last.labels
        await phone.tap_data(f"g:{secret.id}:0:congratulate:")
        assert phone.toast
        await phone.tap_data(f"g:{secret.id}:0:share:")
        assert phone.toast == "Gương này chưa công bố nên chưa chia sẻ được."
    hoa = office.phone("hoa")
    await hoa.start(f"g_{secret.id}")
    assert "Hiện không mở được" in hoa.screen


async def test_a_forged_button_opens_nothing(office, lan):
    """The rights are looked at behind every button."""
    secret = await taken_over(office, "lan2")
    await lan.send("/guong")

    for act in ("card", "full", "life", "congratulate", "share"):
        await lan.tap_data(f"g:{secret.id}:0:{act}:0")
        assert "Hiện không mở được" in str(lan.toast)
    for data in (
        "g:0:0:by:nothing.0",
        "g:0:0:set:unit.99",
        "g:0:0:set:field.#77",
        "g:0:0:page:-5",
        "g:1:0:x:",
    ):
        await lan.tap_data(f"g:0:0:{data}")
        assert lan.answered


async def test_the_list_is_there_after_a_restart(office, lan):
    """What it was narrowed to is a row."""
    await honoured(office, "lan2")
    await honoured(office, "tuan", nominator="lan")
    await lan.send("/guong")
    await lan.send("tuan")
    await lan.tap("Bùi Anh Tuấn · Phòng Tổng hợp")
    await office.restart()

    await lan.tap("Xem các gương khác")

    assert "Tìm thấy 1 gương (“tuan”)" in lan.screen


async def test_one_is_found_among_ten_thousand(office):
    """10,000 exemplars of 1,300 characters each: the words find the one, the facets count them all."""
    one = await honoured(office, "lan2", text=LONG)
    async with office.database.transaction() as session:
        await session.execute(
            "insert into nominations (nominee_kind, nominee_key, nominee_name, unit_id, period, made_at) "  # noqa: S608
            "with recursive n (x) as (select 1 union all select x + 1 from n where x < 10000) "
            "select 'group', 'g:' || x, 'Tổ ' || x, unit_id, period, made_at from nominations, n "
            f"where nominations.id = {one.nomination_id}"
        )
        await session.execute(
            "insert into exemplars (nomination_id, kind, field, period, text, text_version, consent, "  # noqa: S608
            "consent_version, state, made_at, honoured_at, folded) "
            "select n.id, e.kind, e.field, e.period, e.text, e.text_version, e.consent, e.consent_version, "
            "e.state, e.made_at, e.honoured_at, e.folded || ' so' || n.id from exemplars e, nominations n "
            f"where e.id = {one.id} and n.id <> {one.nomination_id}"
        )
    async with office.database.reading() as session:
        wanted = Wanted(words=(("kien", 0), ("so5000", 0)))
        _, n = await published.list_found(session, wanted, most=6)
        facets = await published.list_facets(session)

    assert n == 1
    assert sum(facet.n for facet in facets) == 10_001
