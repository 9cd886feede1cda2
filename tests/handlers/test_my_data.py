"""/dulieucuatoi: seeing, correcting, withdrawing, erasing, and that nothing of a person is left behind."""

import pytest

from storage import access, conversations, jobs, notices, people, units
from tests.nominating import KEPT, STORY, nominate
from tests.office import Office
from tests.phones import Phone


def said_to(phone: Phone) -> list[str]:
    return [message.text for message in phone.messages() if message.from_bot]


async def everything(office: Office) -> str:
    """All that every table holds, as text."""
    schema = {
        "sqlite": "select name from sqlite_master where type = 'table'",
        "postgresql": "select tablename as name from pg_tables where schemaname = 'public'",
    }[office.database.dialect]
    async with office.database.reading() as session:
        tables = [row["name"] for row in await session.fetch(schema)]
        rows = [dict(row) for table in tables for row in await session.fetch(f"select * from {table}")]  # noqa: S608
    return "\n".join(map(str, rows))


async def erase(phone: Phone) -> None:
    """Through both confirmations."""
    await phone.send("/dulieucuatoi")
    await phone.tap("Xóa dữ liệu của tôi")
    await phone.tap("Tôi đã hiểu và muốn xóa")
    await phone.tap("Xóa vĩnh viễn")


async def test_everything_that_is_kept_is_shown(office: Office):
    """Name, post, unit, code, roles, phone, account, language, numbers, consents with version and moment."""
    hung, lan = office.phone("hung"), office.phone("lan")
    await nominate(lan, "anh Trần Văn Hùng")
    await nominate(hung, "anh Bùi Anh Tuấn")
    await hung.send("/dulieucuatoi")
    assert hung.last.text.splitlines() == [
        "Dữ liệu của đồng chí mà hệ thống đang lưu",
        "Họ tên: Trần Văn Hùng",
        "Chức vụ: Trưởng phòng",
        "Đơn vị: Phòng Hành chính - Tổ chức",
        "Mã nhân sự: hung",
        "Vai trò: cán bộ, công chức, viên chức, người lao động; thủ trưởng đơn vị; bộ phận thư ký",
        "Số điện thoại: +84912000002",
        "Tài khoản Telegram: số 1002",
        "Ngôn ngữ đã chọn: (không có)",
        "Lời mời đề cử hằng tháng: có nhận",
        "Đề cử đã gửi: 1 (xem /cuatoi) · lượt được đồng nghiệp đề cử: 1",
        "Gương nêu đồng chí: 0 · góp ý: 0 · bài học đã ghi: 0 · lời chúc mừng: 0 · trả lời lời mời: 0",
        "Ý kiến về xử lý dữ liệu cá nhân:",
        "• Đồng ý với thông báo bản 1, 08:00 18/11/2026",
    ]


async def test_a_correction_is_asked_told_to_the_secretariat_and_answered(office: Office):
    """Typed in one's own words; the clerk's [Đã xử lý] comes back to the person, once."""
    lan, hung = office.phone("lan"), office.phone("hung")
    await lan.send("/mydata")
    await lan.tap("Yêu cầu sửa")
    await lan.send("Chức vụ của tôi hiện là Phó Trưởng phòng <Tổ chức>")
    assert "phản hồi trong 02 ngày làm việc" in said_to(lan)[-1]
    assert "Nguyễn Thị Lan (mã lan)" in hung.screen
    assert "Phó Trưởng phòng <Tổ chức>" in hung.screen
    notice = hung.last.message_id
    office.clock.turn(hours=1)
    await hung.tap("Đã xử lý")
    assert "Đã ghi nhận là đã xử lý" in hung.screen
    assert "đã được xử lý. Mời đồng chí xem lại" in said_to(lan)[-1]
    await hung.tap("Đã xử lý", message_id=notice)
    assert hung.toast == "Yêu cầu này đã được xử lý trước đó."
    assert len([text for text in said_to(lan) if "Mời đồng chí xem lại" in text]) == 1


async def test_only_the_secretariat_settles_requests(office: Office):
    """A forged [Đã xử lý] of the person themselves is refused, and the request stays open."""
    lan = office.phone("lan")
    office.phone("hung")
    await lan.send("/mydata")
    await lan.tap("Yêu cầu sửa")
    await lan.send("Sai số điện thoại")
    await lan.tap_data("d:1:0:settle:")
    assert "dành cho bộ phận thư ký" in (lan.toast or "")
    async with office.database.reading() as session:
        request = await access.find_data_request(session, 1)
    assert request is not None
    assert not request.settled


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("\u200b", "gõ bằng chữ"),
        ("sai " * 300, "dài quá 1.000 ký tự"),
        ("/khongco", "Lệnh này chưa có"),
    ],
)
async def test_a_correction_that_cannot_be_used_is_asked_again(office: Office, typed, answer):
    """What is wrong is said, and the next text still counts as the correction."""
    lan = office.phone("lan")
    await lan.send("/mydata")
    await lan.tap("Yêu cầu sửa")
    await lan.send(typed)
    assert answer in lan.screen
    await lan.send("Sai số điện thoại")
    assert "Đã ghi nhận yêu cầu" in lan.screen


async def test_a_sticker_is_no_correction(office: Office):
    """Only words say what is wrong."""
    lan = office.phone("lan")
    await lan.send("/mydata")
    await lan.tap("Yêu cầu sửa")
    await lan.sticker()
    assert "gõ bằng chữ" in lan.screen


async def test_withdrawn_consent_stops_everything_until_it_is_given_again(office: Office):
    """Asked first; then nothing is sent, commands show the notice, and agreeing brings all back."""
    lan, hung = office.phone("lan"), office.phone("hung")
    await lan.send("/mydata")
    await lan.tap("Yêu cầu sửa")
    await lan.send("Sai số điện thoại")
    await lan.send("/mydata")
    await lan.tap("Rút đồng ý")
    await lan.tap("Xác nhận rút đồng ý")
    assert "Đã rút đồng ý" in lan.screen
    said = len(said_to(lan))
    await hung.tap("Đã xử lý")
    assert len(said_to(lan)) == said
    await lan.send("/cuatoi")
    assert "Thông báo xử lý dữ liệu cá nhân" in lan.screen
    await lan.tap("Đồng ý")
    await lan.send("/mydata")
    assert "Không đồng ý hoặc rút đồng ý, thông báo bản 1" in lan.screen
    assert lan.last.text.splitlines()[-1].startswith("• Đồng ý với thông báo bản 1")


async def test_withdrawing_can_be_thought_over(office: Office):
    """[Quay lại] changes nothing."""
    lan = office.phone("lan")
    await lan.send("/mydata")
    await lan.tap("Rút đồng ý")
    await lan.tap("Quay lại")
    assert "Họ tên: Nguyễn Thị Lan" in lan.screen


async def test_erasing_leaves_nothing_of_a_person(office: Office):
    """Names, stories, drafts, screens, notices, work, invitations, updates put aside: all of it is empty."""
    duc, lan, minh, tuan = (office.phone(code) for code in ("duc", "lan", "minh", "tuan"))
    await nominate(lan, "anh Đỗ Minh Đức", "đã làm một việc rất riêng mang dấu CHUYỆN-VỀ-ĐỨC, " + STORY)
    await nominate(duc, "anh Bùi Anh Tuấn", "đã làm một việc khác mang dấu CHUYỆN-CỦA-ĐỨC, " + STORY)
    await minh.send("/binhchon")
    await tuan.send(f"Đề cử anh Đỗ Minh Đức, vì {STORY} (nháp của Tuấn)")
    await duc.send("Đề cử chị Võ Thị Hoa, vì đang viết dở NHÁP-CỦA-ĐỨC " + STORY)
    await duc.send("/mydata")
    await duc.tap("Yêu cầu sửa")
    await duc.send("Sai: YÊU-CẦU-CỦA-ĐỨC")
    duc_id, lan_id, now = await office.person_id("duc"), await office.person_id("lan"), office.clock()
    async with office.database.transaction() as session:
        await access.add_invite(session, "h" * 64, duc_id, lan_id, now, now.replace(year=2027))
        task = await jobs.add_task(session, "made up", duc_id, {"words": "VIỆC-CỦA-ĐỨC"}, now)
        await jobs.end_task(session, task, now)
        await conversations.set_aside(
            session, 77, "bad", '{"from": {"id": 1006, "first_name": "TIN-CỦA-ĐỨC"}}', now
        )
        told = {"id": "choose.by", "values": {"name": "Đỗ Minh Đức", "number": 1}}
        await notices.plan(session, "text", "made up", lan_id, told, now, due_at=now.replace(year=2027))
    before = await everything(office)
    kinds = ("CHUYỆN-VỀ", "CHUYỆN-CỦA", "NHÁP-CỦA", "YÊU-CẦU-CỦA", "VIỆC-CỦA", "TIN-CỦA")
    marks = (
        "Đỗ Minh Đức",
        *(f"{kind}-ĐỨC" for kind in kinds),
        "+84912000006",
        "nháp của Tuấn",
        "h" * 64,
    )
    assert [mark for mark in marks if mark not in before] == []

    await erase(duc)

    assert duc.last.text.startswith("Đã xóa dữ liệu.")
    after = await everything(office)
    assert [mark for mark in marks if mark in after] == []
    assert f"'telegram_id': {duc.user_id}" not in after


async def test_the_erased_are_strangers_and_others_see_a_gap(office: Office):
    """The bot does not know them; lists and cards say that something was removed; nothing of it breaks."""
    duc, lan, minh, hoa = (office.phone(code) for code in ("duc", "lan", "minh", "hoa"))
    number = await nominate(lan, "anh Đỗ Minh Đức")
    await nominate(duc, "anh Bùi Anh Tuấn")
    await hoa.send("/binhchon")
    await erase(duc)
    await duc.send("/dulieucuatoi")
    assert "chỉ phục vụ cán bộ" in duc.screen
    await lan.send("/cuatoi")
    assert f"{number} · (đã xóa theo yêu cầu), Phòng Nội chính" in lan.screen
    await lan.tap(f"{number} · (đã xóa theo yêu cầu)")
    assert "(nội dung đã xóa theo yêu cầu)" in lan.screen
    assert "Sửa" not in lan.last.labels
    await minh.send("/binhchon")
    assert "(đã xóa theo yêu cầu)" in minh.screen
    await hoa.send("/binhchon")
    await hoa.tap("Bùi Anh Tuấn")
    assert "1. Người đề cử: (đã xóa theo yêu cầu)" in hoa.screen
    assert KEPT in hoa.screen


async def test_the_secretariat_hears_of_an_erasure_by_the_code_alone(office: Office):
    """No name in the notice; the audit log has the number."""
    duc, hung = office.phone("duc"), office.phone("hung")
    await erase(duc)
    assert "Nhân sự mã duc đã xóa dữ liệu cá nhân" in hung.screen
    assert "Đức" not in hung.screen
    duc_id = await office.person_id("duc")
    async with office.database.reading() as session:
        last = (await access.list_audit(session))[-1]
        gone = await people.get_person(session, duc_id)
    assert (last["act"], last["subject_id"], last["detail"]) == ("erase", duc_id, "")
    assert gone.erased
    assert gone.unit_name == "Phòng Nội chính"


async def test_erasing_can_be_thought_over_twice(office: Office):
    """[Không xóa] on either step keeps everything."""
    duc = office.phone("duc")
    await duc.send("/mydata")
    await duc.tap("Xóa dữ liệu của tôi")
    await duc.tap("Không xóa")
    await duc.tap("Xóa dữ liệu của tôi")
    await duc.tap("Tôi đã hiểu và muốn xóa")
    await duc.tap("Không xóa")
    assert "Họ tên: Đỗ Minh Đức" in duc.screen


async def test_an_old_or_forged_confirmation_erases_nobody(office: Office):
    """A confirmation holds ten minutes, and one never shown does not hold."""
    duc = office.phone("duc")
    await duc.send("/mydata")
    await duc.tap_data("d:0:0:erase_sure:")
    assert "quá 10 phút" in (duc.toast or "")
    await duc.tap("Xóa dữ liệu của tôi")
    await duc.tap("Tôi đã hiểu và muốn xóa")
    office.clock.turn(minutes=11)
    await duc.tap("Xóa vĩnh viễn")
    assert "quá 10 phút" in (duc.toast or "")
    await duc.send("/mydata")
    assert "Họ tên: Đỗ Minh Đức" in duc.screen


async def test_goodbye_arrives_even_when_telegram_is_away(office: Office):
    """Erased while offline and restarted: the last screen still comes, with nothing personal in it."""
    duc = office.phone("duc")
    await duc.send("/mydata")
    await duc.tap("Xóa dữ liệu của tôi")
    await duc.tap("Tôi đã hiểu và muốn xóa")
    await erase_confirmed_unseen(office, duc)
    await office.restart()
    await office.settle()
    assert duc.last.text.startswith("Đã xóa dữ liệu.")


async def erase_confirmed_unseen(office: Office, duc: Phone) -> None:
    """Let the erasure commit and its screen count as not delivered."""
    await duc.tap("Xóa vĩnh viễn")
    before = duc.last.message_id
    async with office.database.transaction() as session:
        await session.execute(f"update screens set shown_version = 0 where chat_id = {duc.user_id}")  # noqa: S608
    assert before


async def test_the_last_screen_of_a_stranger_is_forgotten(office: Office):
    """After a day the bot no longer knows that this account was ever there."""
    duc = office.phone("duc")
    await erase(duc)
    office.clock.turn(days=2)
    await office.settle()
    async with office.database.reading() as session:
        assert await conversations.find_screen(session, duc.user_id) is None


async def test_a_namesake_keeps_their_draft(office: Office):
    """Two people are called Nguyễn Thị Lan: erasing one does not throw away a draft about the other."""
    lan, tuan = office.phone("lan"), office.phone("tuan")
    await tuan.send(f"Đề cử chị Nguyễn Thị Lan, phòng Nội chính, vì {STORY}")
    assert "Văn thư, Phòng Nội chính" in tuan.screen
    await erase(lan)
    await tuan.send("/decu")
    assert "đang viết dở" in tuan.screen


async def test_a_deputy_sees_for_which_unit(office: Office):
    """Roles for another unit name it; those that have ended are not shown."""
    async with office.database.transaction() as session:
        tuan = await people.find_by_code(session, "tuan")
        assert tuan is not None
        nc = next(unit.id for unit in await units.list_units(session) if unit.code == "NC")
        post = tuan.posts[0]
        deputy = post.__class__(post.role.DEPUTY, nc)
        ended = post.__class__(post.role.UNIT_HEAD, nc, None, office.clock().date().replace(day=1))
        await people.set_posts(session, tuan.id, [post, deputy, ended])
    phone = office.phone("tuan")
    await phone.send("/mydata")
    assert "cấp phó được giao phụ trách (Phòng Nội chính)" in phone.screen
    assert "thủ trưởng" not in phone.screen
