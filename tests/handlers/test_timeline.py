"""The life of an exemplar as a timeline: everything that befell it, and to each only what they may read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.exemplars import Consent
from bot.domain.nominations import Kind, NomineeKind, Reason
from bot.domain.timeline import Entry, Event, Sight, told
from storage import exemplars, nominations, people
from storage.exemplars import ConsentNote
from tests.exemplars import honoured, taken_over, the_exemplar
from tests.office import Office
from tests.posting import pass_time

_AT = datetime(2026, 11, 18, tzinfo=UTC)


async def lived(office: Office) -> int:
    """lan2 is nominated twice, honoured, congratulated, fostered, copied, learnt from; answers her number."""
    exemplar = await honoured(office, "lan2", kind=Kind.NEW_FACTOR)
    async with office.database.transaction() as session:
        giver = await people.find_by_code(session, "tuan")
        assert giver is not None
        reason = Reason("Rất tận tình, việc gì cũng làm đến nơi đến chốn.")
        await nominations.add_endorsement(session, exemplar.nomination_id, giver.id, reason, office.clock())
    hung, minh, hoa, duc = (office.phone(code) for code in ("hung", "minh", "hoa", "duc"))
    office.clock.turn(days=1)
    await duc.start(f"g_{exemplar.id}")
    await duc.tap("Chúc mừng")
    office.clock.turn(days=1)
    await minh.start(f"g_{exemplar.id}")
    await minh.tap("Bồi dưỡng")
    await minh.send("Đức")
    await minh.send("Trở thành nòng cốt của phòng")
    await minh.send("15/12/2026 Trình bày cách làm tại giao ban")
    office.clock.turn(days=3)
    await minh.tap("Bước 1")
    await minh.tap("Đã xong")
    await minh.send("Cả phòng đã làm theo")
    await hoa.start(f"g_{exemplar.id}")
    await hoa.tap("Đơn vị tôi áp dụng")
    await hoa.send("Mỗi sáng dành ba mươi phút hướng dẫn")
    office.clock.turn(days=10)
    await hoa.tap("Gửi kết quả")
    await hoa.send("Không còn hồ sơ nào trễ hạn")
    await hoa.tap("Thêm bài học")
    await hoa.send("Cho người làm hay kể lại thì các phòng khác dễ làm theo.")
    await hoa.tap("Ghi lại")
    await hung.start(f"g_{exemplar.id}")
    return exemplar.id


async def test_everything_in_order(office):
    """From the nomination to the lesson, each with its day; the secretariat reads all of it."""
    exemplar_id = await lived(office)
    hung = office.phone("hung")
    await hung.start(f"g_{exemplar_id}")
    await hung.tap("Hành trình")

    expected = (
        "18/11/2026 – Được đề cử, với 2 ý kiến giới thiệu",
        "18/11/2026 – Phòng Nội chính lựa chọn trong tháng 11/2026",
        "18/11/2026 – Phòng Hành chính - Tổ chức tiếp nhận",
        "18/11/2026 – Đồng ý công bố",
        "18/11/2026 – Được biểu dương tại đơn vị",
        "19/11/2026 – Đến ngày này có 1 lời chúc mừng",
        "20/11/2026 – Bắt đầu được bồi dưỡng, người hướng dẫn: Đỗ Minh Đức",
        "23/11/2026 – Xong bước bồi dưỡng: Trình bày cách làm tại giao ban. Kết quả: Cả phòng đã làm theo",
        "23/11/2026 – Phòng Tổng hợp nhận áp dụng: Mỗi sáng dành ba mươi phút hướng dẫn",
        "03/12/2026 – Kết quả áp dụng tại Phòng Tổng hợp: Không còn hồ sơ nào trễ hạn",
        "03/12/2026 – Bài học rút ra: Cho người làm hay kể lại",
    )
    places = [hung.last.text.find(words) for words in expected]
    assert -1 not in places, hung.screen
    assert places == sorted(places)


async def test_each_reads_what_is_theirs(office):
    """Consent is for secretariat, head and nominee, steps for the mentor too; the rest is public."""
    exemplar_id = await lived(office)
    consent, step, rest = "Đồng ý công bố", "Xong bước bồi dưỡng", "Được biểu dương tại đơn vị"
    sees = {
        "hung": (True, True),
        "minh": (True, True),
        "lan2": (True, True),
        "duc": (False, True),
        "tuan": (False, False),
        "hoa": (False, False),
        "chanh": (False, False),
    }
    for code, (reads_consent, reads_steps) in sees.items():
        phone = office.phone(code)
        await phone.start(f"g_{exemplar_id}")
        await phone.tap("Hành trình")
        assert rest in phone.screen, code
        assert (consent in phone.screen) == reads_consent, code
        assert (step in phone.screen) == reads_steps, code


async def test_what_is_asked_and_declined_is_for_the_secretariat(office):
    """Before it is public the timeline is the secretariat's and the head's: asked, declined."""
    exemplar = await taken_over(office, "lan2")
    now = office.clock()
    async with office.database.transaction() as session:
        for answer in (Consent.ASKED, Consent.DECLINED):
            await exemplars.note_consent(session, exemplar.id, ConsentNote(1, answer, now))
        assert await exemplars.save_exemplar(session, replace(exemplar, consent=Consent.DECLINED))
    hung, lan = office.phone("hung"), office.phone("lan")
    await hung.start(f"g_{exemplar.id}")
    assert "Không công bố, theo ý kiến của người được giới thiệu" in hung.last.text
    assert "Bồi dưỡng" not in hung.last.labels
    await hung.tap("Hành trình")
    assert "Không đồng ý công bố" in hung.screen

    await lan.send("/guong")
    await lan.tap_data(f"g:{exemplar.id}:0:life:0")
    assert "Hiện không mở được" in str(lan.toast)


async def test_a_merged_nomination_counts_with_the_other(office):
    """Two nominations of one deed are one: their reasons are counted together."""
    exemplar = await honoured(office, "lan2")
    async with office.database.transaction() as session:
        one = await the_exemplar(office, exemplar.id)
        other = await nominations.join_or_add(
            session,
            replace(one.nominee, kind=NomineeKind.GROUP, name="Tổ tiếp dân", person_id=None, post=""),
            "2026-11",
            office.clock(),
        )
        giver = await people.find_by_code(session, "tuan")
        assert giver is not None
        await nominations.add_endorsement(
            session, other.id, giver.id, Reason("Cả tổ cùng làm, người dân rất hài lòng."), office.clock()
        )
        await session.execute(
            f"update nominations set merged_into = {one.nomination_id} where id = {other.id}"  # noqa: S608
        )
    lan = office.phone("lan")
    await lan.start(f"g_{exemplar.id}")
    await lan.tap("Hành trình")

    assert "Được đề cử, với 2 ý kiến giới thiệu" in lan.screen


async def test_a_long_life_is_on_pages(office):
    """Many copies and lessons are read page by page."""
    exemplar = await honoured(office, "lan2")
    hung = office.phone("hung")
    for nth in range(25):
        await hung.start(f"g_{exemplar.id}")
        await hung.tap("Nơi khác áp dụng")
        await hung.send(f"UBND xã số {nth}")
        await hung.tap("Gửi kết quả")
        await hung.send("Người dân không phải đi lại nhiều lần, hồ sơ giải quyết đúng hạn. " * 3)
    await pass_time(office, minutes=1)
    await hung.start(f"g_{exemplar.id}")
    await hung.tap("Hành trình")
    assert "Được đề cử" in hung.screen
    await hung.tap("Xem thêm ›")
    assert "Được đề cử" not in hung.screen
    await hung.tap("‹ Trước")

    assert "Được đề cử" in hung.screen


def test_entries_of_one_instant_are_told_as_a_life_runs():
    """Whatever order they are read in."""
    entries = [Entry(_AT, event) for event in Event]
    entries.append(Entry(_AT - timedelta(days=1), Event.LESSON))
    shuffled = [*entries[::3], *entries[1::3], *entries[2::3]]

    everything = told(shuffled, frozenset(Sight))
    assert [entry.event for entry in everything] == [Event.LESSON, *Event]
    assert not told(shuffled, frozenset())
