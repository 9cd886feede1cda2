"""/banlam: what waits for the secretariat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import to_us
from bot.domain.audience import Audience
from bot.domain.exemplars import AnswerState, Consent, Exemplar
from bot.domain.people import Post
from bot.domain.roles import Role
from handlers import check_answers, desk, office_list
from storage import exemplars, figures, people, posts
from storage.posts import NewPost, PostKind
from tests.answering import answered, nominated, the_answer
from tests.exemplars import agreed, honoured, taken_over
from tests.handlers.test_choose import give, unit_id
from tests.office import Office
from tests.phones import Phone
from tests.posting import everybody, said

REMINDED = datetime(2026, 11, 20, 3, tzinfo=UTC)
"""The day of November's reminder."""


async def rows_of(office: Office, code: str = "hung") -> list[str]:
    """The desk's buttons, without the last row."""
    phone = office.phone(code)
    await phone.send("/banlam")
    return [label for row in phone.last.buttons[:-1] for label in row]


async def with_consent(office: Office, exemplar: Exemplar, consent: Consent) -> None:
    """What was said about publication."""
    async with office.database.transaction() as session:
        assert await exemplars.save_exemplar(session, replace(exemplar, consent=consent))


async def turn_to(office: Office, at: datetime) -> None:
    """Let the time pass, and all that falls due be sent."""
    await office.settle()
    office.clock.at = at
    await office.settle()


@pytest.mark.parametrize("code", ["lan", "minh", "chanh"])
async def test_only_the_secretariat_has_a_desk(office: Office, code: str):
    """An employee, a head, a leader: by command and by forged button."""
    phone = office.phone(code)
    await phone.send("/desk")
    assert "bộ phận thư ký" in phone.last.text
    for data in ("dk:0:0:show:", "dk:0:0:away:", "dk:3:0:remind:2026-11", "dk:0:0:those:ready"):
        await phone.tap_data(data)
        assert "bộ phận thư ký" in (phone.toast or "")


async def test_a_former_clerks_desk_is_closed(office: Office):
    """The role is looked at when a button is pressed."""
    await give(office, "mai", Role.SECRETARIAT, "HCTC")
    mai = office.phone("mai")
    await mai.send("/banlam")
    async with office.database.transaction() as session:
        person = await people.find_by_code(session, "mai")
        assert person is not None
        await people.set_posts(session, person.id, [Post(Role.EMPLOYEE, person.unit_id)])
    await mai.tap("Xem lại")
    assert "bộ phận thư ký" in (mai.toast or "")


async def test_nothing_waits_and_a_warm_word_is_said(office: Office):
    """No row, but the ways to enter from paper and to look again."""
    hung = office.phone("hung")
    await hung.send("/banlam")
    assert "không còn việc nào chờ" in hung.screen
    assert hung.last.labels == ["Nhập từ giấy", "Xem lại"]
    await hung.tap("Nhập từ giấy")
    assert not hung.toast


async def test_everything_that_waits_has_its_count_and_one_button(office: Office):
    """Rows with nothing are left out; the desk fits one screen."""
    everybody(office)
    await answered(office, "hoa", await nominated(office, "tuan"))
    await taken_over(office, "duc", nominator="lan")
    await with_consent(office, await taken_over(office, "lan2"), Consent.ASKED)
    await agreed(office, "thao", nominator="lan")
    assert await rows_of(office) == [
        "Kết quả bình chọn cần xem: 1",
        "Gương chưa xin ý kiến công bố: 1",
        "Gương sẵn sàng biểu dương: 1",
        "Đang chờ ý kiến công bố: 1",
    ]
    hung = office.phone("hung")
    assert "Đang có 4 đầu việc chờ đồng chí" in hung.screen


@pytest.mark.parametrize(
    ("consent", "row"),
    [
        (Consent.NONE, "Gương chưa xin ý kiến công bố: 1"),
        (Consent.ASKED, "Đang chờ ý kiến công bố: 1"),
        (Consent.CHANGE, "Được đề nghị sửa trước khi công bố: 1"),
    ],
)
async def test_an_exemplars_card_is_two_taps_away(office: Office, consent: Consent, row: str):
    """From the desk to the list, from the list to its card."""
    exemplar = await agreed(office, "tuan", nominator="lan")
    await with_consent(office, exemplar, consent)
    hung = office.phone("hung")
    await hung.send("/banlam")
    await hung.tap(row)
    await hung.tap("Bùi Anh Tuấn · Phòng Tổng hợp")
    assert not hung.toast
    assert "Bùi Anh Tuấn" in hung.last.text


async def test_words_changed_after_consent_have_to_be_asked_for_anew(office: Office):
    """A consent holds for the version it was given for."""
    exemplar = await agreed(office, "tuan", nominator="lan")
    async with office.database.transaction() as session:
        assert await exemplars.save_exemplar(session, replace(exemplar, text="Khác", text_version=2))
    assert await rows_of(office) == ["Gương chưa xin ý kiến công bố: 1"]


async def test_who_declined_or_was_honoured_does_not_wait(office: Office):
    """Nothing is to be done about them."""
    await with_consent(office, await taken_over(office, "duc", nominator="lan"), Consent.DECLINED)
    await honoured(office, "tuan", nominator="lan")
    assert await rows_of(office) == []


async def test_messages_wait_to_be_approved(office: Office):
    """Two taps lead to the card with [Duyệt]."""
    async with office.database.transaction() as session:
        now = office.clock()
        tomorrow = now + timedelta(days=1)
        post = NewPost(
            PostKind.CONTENT, "content:x", tomorrow, None, "Học tập", "Nội dung", audience=Audience()
        )
        await posts.add(session, post, now)
    hung = office.phone("hung")
    assert await rows_of(office) == ["Tin chờ duyệt: 1"]
    await hung.tap("Tin chờ duyệt: 1")
    await hung.tap("Bài từ thư viện: Học tập")
    assert "Duyệt" in hung.last.labels


async def test_silent_units_are_listed_once_they_were_reminded(office: Office):
    """Not before; [Nhắc tất cả] reaches all, [Nhắc lại] on a unit's card that unit alone, once a day."""
    phones = everybody(office)
    hung, hoa, minh = phones["hung"], phones["hoa"], phones["minh"]
    assert await rows_of(office) == []
    await answered(office, "kien", reason="Chưa có")
    await turn_to(office, REMINDED)
    await hung.send("/banlam")
    await hung.tap("Đơn vị chưa trả lời tháng 11/2026: 3")
    assert "Hạn 25/11/2026, đóng hết ngày 07/12/2026" in hung.screen
    assert "Nhắc tất cả" in hung.last.labels
    await hung.tap("Phòng Tổng hợp")
    assert "• Võ Thị Hoa · Trưởng phòng: nhận được tin nhắn" in hung.screen
    before, others = len(said(hoa)), len(said(minh))
    await hung.tap("Nhắc lại đơn vị này")
    assert "Đã nhắc 1 người phụ trách" in hung.screen
    assert len(said(hoa)) == before + 1
    assert len(said(minh)) == others
    await hung.tap("Nhắc lại đơn vị này")
    assert "Hôm nay đơn vị này đã được nhắc rồi" in hung.screen
    assert len(said(hoa)) == before + 1
    await hung.tap("Về danh sách")
    await hung.tap("Nhắc tất cả")
    assert len(said(minh)) == others + 1


async def test_a_silent_units_card_says_why_nobody_is_reached(office: Office):
    """Blocked, with the telephone; the list marks the unit; there is nobody to remind."""
    phones = everybody(office)
    await turn_to(office, REMINDED)
    await phones["hoa"].block()
    hung = phones["hung"]
    await hung.send("/banlam")
    await hung.tap("Đơn vị chưa trả lời tháng 11/2026: 4")
    await hung.tap("⚠ Phòng Tổng hợp")
    assert "Võ Thị Hoa · Trưởng phòng: đã chặn tin nhắn của hệ thống – +84912000007" in hung.screen
    assert "Nhắc lại đơn vị này" not in hung.last.labels


async def test_a_unit_that_answers_meanwhile_is_not_reminded(office: Office):
    """The old button says so; for a month that is not asked for yet it is refused."""
    everybody(office)
    await turn_to(office, REMINDED)
    hung, unit = office.phone("hung"), await unit_id(office, "TH")
    await answered(office, "hoa", reason="Chưa có")
    await hung.send("/banlam")
    await hung.tap_data(f"dk:{unit}:0:remind:2026-11")
    assert hung.toast == "Đơn vị này vừa trả lời rồi."
    await hung.tap_data(f"dk:{unit}:0:remind:2026-12")
    assert hung.toast == "Kỳ này chưa đến lúc nhắc, hoặc đã đóng."
    await hung.tap_data(f"dk:{unit}:0:remind:nonsense")
    assert hung.toast


async def test_people_whom_nothing_reaches_are_counted_by_unit(office: Office):
    """From the unit to their names, why, and the telephone."""
    lan2, duc = office.phone("lan2"), office.phone("duc")
    await lan2.block()
    await duc.block()
    hung = office.phone("hung")
    await hung.send("/banlam")
    await hung.tap("Chưa liên lạc được: 2 người")
    assert "Chưa vào trò chuyện: 0. Đã chặn tin nhắn: 2." in hung.screen
    await hung.tap("Phòng Nội chính: 2")
    assert "• Nguyễn Thị Lan, Văn thư: đã chặn tin nhắn – +84912000005" in hung.screen
    await duc.unblock()
    await hung.tap("Về danh sách")
    assert "Phòng Nội chính: 1" in hung.last.labels


async def test_a_request_about_data_is_settled_from_the_desk(office: Office):
    """Two taps to its card, and [Đã xử lý] there."""
    lan, hung = office.phone("lan"), office.phone("hung")
    await lan.send("/dulieucuatoi")
    await lan.tap("Yêu cầu sửa")
    await lan.send("Chức vụ của tôi nay là Chuyên viên chính")
    await hung.send("/banlam")
    await hung.tap("Yêu cầu sửa dữ liệu cá nhân: 1")
    await hung.tap(hung.last.labels[0])
    assert "Chuyên viên chính" in hung.last.text
    await hung.tap("Đã xử lý")
    assert await rows_of(office) == []


async def test_an_open_suggestion_is_two_taps_away(office: Office):
    """From the desk to what somebody suggests."""
    lan, hung = office.phone("lan"), office.phone("hung")
    await lan.send("/gopy")
    await lan.send("Mỗi quý nên có một buổi giao lưu giữa các phòng")
    await lan.tap("Gửi")
    await hung.send("/banlam")
    await hung.tap("Góp ý chờ trả lời: 1")
    await hung.tap("18/11 · Mỗi quý nên có một buổi giao lưu giữa các phòng")
    assert "Trả lời" in hung.last.labels


async def test_copies_and_steps_that_are_late_and_events_have_a_row(office: Office):
    """Each leads to its list, and from there to its card."""
    exemplar = await honoured(office, "tuan", nominator="lan")
    unit, mai = await unit_id(office, "NC"), await office.person_id("mai")
    now = office.clock()
    long_ago, soon = to_us(now - timedelta(days=61)), to_us(now + timedelta(days=3))
    async with office.database.transaction() as session:
        for statement in (
            (
                "insert into adoptions (exemplar_id, unit_id, plan, person_id, pledged_at) "  # noqa: S608 - numbers
                f"values ({exemplar.id}, {unit}, 'Làm theo', {mai}, {long_ago})"
            ),
            (
                "insert into fosterings (exemplar_id, mentor_id, made_by, made_at) "  # noqa: S608 - numbers
                f"values ({exemplar.id}, {mai}, {mai}, {long_ago})"
            ),
            (
                "insert into foster_steps (fostering_id, text, due_on) "
                "select id, 'Kèm cặp', '2026-11-01' from fosterings"
            ),
            (
                "insert into events (kind, title, place, starts_at, made_by, made_at, changed_at) "  # noqa: S608
                f"values ('exchange', 'Gặp gỡ', 'Hội trường', {soon}, {mai}, {long_ago}, {long_ago})"
            ),
            (
                "insert into events (kind, title, place, starts_at, made_by, made_at, changed_at) "  # noqa: S608
                f"values ('culture', 'Hội diễn', 'Hội trường', {long_ago}, {mai}, {long_ago}, {long_ago})"
            ),
        ):
            await session.execute(statement)
        await session.execute("insert into movement_reviews (movement_id, review_on) select 1, '2026-11-18'")
    hung = office.phone("hung")
    for row, line in (
        ("Áp dụng gương, chưa có kết quả: 1", "Phòng Nội chính · Bùi Anh Tuấn"),
        ("Bước bồi dưỡng quá hạn: 1", "01/11 · Bùi Anh Tuấn: Kèm cặp"),
        ("Giao lưu, hoạt động sắp tới: 1", None),
        ("Sơ kết, tổng kết phong trào đến hạn: 1", None),
        ("Hoạt động cần ghi kết quả: 1", "18/09 · Hội diễn"),
    ):
        await hung.send("/banlam")
        await hung.tap(row)
        await hung.tap(line or hung.last.labels[0])
        assert not hung.toast, row
    assert "Hội diễn" in hung.last.text


async def test_long_lists_are_on_pages(office: Office):
    """Twenty exemplars: eight a page, and none is lost."""
    for number in range(20):
        await taken_over(office, "tuan", nominator="lan", name=f"Tổ số {number:02}")
    hung = office.phone("hung")
    await hung.send("/banlam")
    await hung.tap("Gương chưa xin ý kiến công bố: 20")
    seen = await _names(hung)
    await hung.tap("Xem thêm ›")
    seen |= await _names(hung)
    await hung.tap("Xem thêm ›")
    seen |= await _names(hung)
    assert len(seen) == 20


async def _names(phone: Phone) -> set[str]:
    return {label for label in phone.last.labels if label.startswith("Tổ số")}


@pytest.mark.parametrize("data", ["dk:0:0:nothing:", "dk:0:0:those:nonsense", "dk:0:0:silent:2026-13"])
async def test_a_forged_button_of_a_clerk_is_refused(office: Office, data: str):
    """What is not of the desk's making says so."""
    hung = office.phone("hung")
    await hung.start()
    await hung.tap_data(data)
    assert hung.toast


async def test_no_button_however_forged_makes_a_mistake_of_ours(office: Office):
    """Every act of desk, checks and lists with strange values is refused or shown, never a failure."""
    await answered(office, "hoa", await nominated(office, "tuan"))
    hung, unit = office.phone("hung"), await unit_id(office, "TH")
    await hung.start()
    acts = [("dk", act) for act in desk._TAPS]
    acts += [("ck", act) for act in check_answers._TAPS] + [
        ("ol", act) for act in (*office_list._TAPS, "all")
    ]
    for flow, act in acts:
        for row, version in ((unit, 99), (10**17 - 1, 10**17 - 1)):
            for arg in ("", "2026-11", "2026-Q4.7", "2026.-1"):
                await hung.tap_data(f"{flow}:{row}:{version}:{act}:{arg}"[:64])
                assert hung.answered
    async with office.database.reading() as session:
        assert (await figures.count_loose_ends(session)).unread_updates == 0
    assert (await the_answer(office, "TH")).state is AnswerState.GIVEN
