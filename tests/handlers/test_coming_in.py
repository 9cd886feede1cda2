"""Coming in: strangers, invitations, one's own number, consent given, refused and asked again."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.operations.come_in import hashed
from storage import access, people
from tests.handlers.test_nominate import STORY
from tests.office import PEOPLE, Office
from tests.phones import Phone

SHARE = "Chia sẻ số điện thoại của tôi"


SECRET = "secret"


async def invited(office: Office, code: str) -> str:
    """The payload of an invitation for somebody."""
    person_id = await office.person_id(code)
    async with office.database.transaction() as session:
        expires_at = office.clock() + timedelta(days=14)
        await access.add_invite(session, hashed(SECRET), person_id, None, office.clock(), expires_at)
    return f"i{SECRET}"


async def unbind(office: Office, code: str) -> None:
    """As somebody on the roster who has never come in."""
    person_id = await office.person_id(code)
    async with office.database.transaction() as session:
        await people.bind(session, person_id, 555_000)
        await people.note_consent(session, person_id, "processing", 1, office.clock(), given=False)


async def test_a_stranger_hears_one_polite_sentence(office: Office):
    """How to come in, a button for one's own number, and nothing else."""
    stranger = office.stranger()
    await stranger.start()
    assert "chỉ phục vụ cán bộ, công chức, viên chức, người lao động của cơ quan" in stranger.screen
    assert stranger.last.keyboard == [[SHARE]]


async def test_an_invitation_lets_in_once(office: Office):
    """Through the link, past the notice, to the first screen; the second to use the link is refused."""
    await unbind(office, "thao")
    payload = await invited(office, "thao")
    thao, other = office.stranger(9100, "Thảo"), office.stranger(9200, "Ai đó")
    await thao.start(payload)
    assert "Kính chào đồng chí Đặng Phương Thảo!" in thao.screen
    assert "Thông báo xử lý dữ liệu cá nhân" in thao.screen
    assert thao.last.labels == ["Đồng ý", "Không đồng ý"]
    await other.start(payload)
    assert "đã được dùng hoặc đã hết hạn" in other.screen
    await thao.tap("Đồng ý")
    assert "Đề cử một gương tốt" in thao.screen
    await thao.send(f"Đề cử anh Tuấn vì {STORY}")
    assert "Phiếu đề cử" in thao.screen
    await thao.start(payload)
    assert "Đề cử một gương tốt" in thao.screen


async def test_an_invitation_expires(office: Office):
    """After its days it lets nobody in."""
    payload = await invited(office, "thao")
    office.clock.turn(days=14, seconds=1)
    stranger = office.stranger()
    await stranger.start(payload)
    assert "đã hết hạn" in stranger.screen
    assert "Thảo" not in stranger.screen


async def test_an_invitation_for_somebody_who_left(office: Office):
    """It says no more than that it is over."""
    payload = await invited(office, "cu")
    stranger = office.stranger()
    await stranger.start(payload)
    assert "đã được dùng hoặc đã hết hạn" in stranger.screen
    assert "Phan Văn Cũ" not in stranger.screen


async def test_somebody_else_s_invitation_changes_nobody(office: Office):
    """Opened by a colleague it makes them nobody else, and it still works for whom it is meant."""
    await unbind(office, "thao")
    payload = await invited(office, "thao")
    lan = office.phone("lan")
    await lan.start(payload)
    assert "Liên kết mời này dành cho người khác." in lan.screen
    assert "Thảo" not in lan.screen
    thao = office.stranger(9100, "Thảo")
    await thao.start(payload)
    assert "Đặng Phương Thảo" in thao.screen


async def test_one_s_own_number_lets_in(office: Office):
    """Telegram's button, matched to the roster however the number is written."""
    await unbind(office, "thao")
    thao = office.stranger(9100, "Thảo", phone="84912000010")
    await thao.start()
    await thao.tap(SHARE)
    assert "Kính chào đồng chí Đặng Phương Thảo!" in thao.screen
    await thao.tap("Đồng ý")
    assert "Đề cử một gương tốt" in thao.screen


async def test_foreign_forwarded_and_unknown_numbers(office: Office):
    """A contact that is not one's own is refused, and so is a number that is not on the roster."""
    stranger = office.stranger(9100, "Kẻ lạ", phone="+84999999999")
    await stranger.start()
    await stranger.contact("+84912000010", user_id=1010)
    assert "Danh thiếp của người khác hoặc được chuyển tiếp không dùng được" in stranger.screen
    await stranger.contact("+84912000010")
    assert "Danh thiếp của người khác" in stranger.screen
    own = {"phone_number": "+84912000010", "first_name": "Tôi", "user_id": 9100}
    await stranger.forward(contact=own)
    assert "Danh thiếp của người khác" in stranger.screen
    await stranger.tap(SHARE)
    assert "Số điện thoại này chưa có trong danh sách của cơ quan" in stranger.screen


async def test_a_contact_of_somebody_who_is_in(office: Office):
    """Nothing is needed any more, and the keyboard goes."""
    lan = office.phone("lan")
    await lan.contact()
    assert "không cần gửi danh thiếp" in lan.screen


async def test_consent_refused_then_given(office: Office):
    """Without consent nothing works but asking again; both words are kept with version and time."""
    await unbind(office, "thao")
    thao = office.stranger(9100, "Thảo")
    await thao.start(await invited(office, "thao"))
    await thao.tap("Không đồng ý")
    assert "chưa đồng ý" in thao.screen
    await thao.send(f"Đề cử anh Tuấn vì {STORY}")
    assert "Thông báo xử lý dữ liệu cá nhân" in thao.screen
    await thao.start()
    await thao.tap("Đồng ý")
    assert "Đề cử một gương tốt" in thao.screen
    person_id = await office.person_id("thao")
    async with office.database.reading() as session:
        said = await people.list_consents(session, person_id)
    assert [(one.version, one.given) for one in said[-2:]] == [(1, False), (1, True)]


async def test_a_new_notice_is_agreed_to_anew(office: Office):
    """Everybody is asked again; an answer to the old notice does not hold for the new one."""
    await office.reconfigure(privacy=replace(office.config.privacy, notice_version=2))
    lan = office.phone("lan")
    await lan.send("/decu")
    assert "Thông báo xử lý dữ liệu cá nhân" in lan.screen
    await lan.tap_data("c:0:1:agree:")
    assert "Thông báo xử lý dữ liệu cá nhân" in lan.screen
    await lan.tap_data("n:0:0:more:")
    assert "Thông báo xử lý dữ liệu cá nhân" in lan.screen
    await lan.tap("Đồng ý")
    assert "Đề cử một gương tốt" in lan.screen


async def test_the_deep_link_of_a_group_begins_a_nomination(office: Office):
    """?start=decu goes straight to whom."""
    lan = office.phone("lan")
    await lan.start("decu")
    assert "họ tên đồng nghiệp được đề cử" in lan.screen


async def test_who_blocks_and_comes_back(office: Office):
    """The bot notes it, and the person goes on where they were."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await lan.block()
    person_id = await office.person_id("lan")
    async with office.database.reading() as session:
        assert (await people.get_person(session, person_id)).blocked
    await lan.unblock()
    await lan.tap("Gửi")
    assert "Đã ghi nhận" in lan.screen


TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["/decu", "/cuatoi", "/binhchon", "/tonghop", "/moi", "/xuat", "/trangthai", "/nhansu"]),
    st.sampled_from(
        ["/start decu", "/start i", "/start iabc", "/dulieucuatoi", "/huy", "/trogiup", "/ngonngu"]
    ),
    st.sampled_from([f"{row[1]} {row[5]}" for row in PEOPLE]).map(lambda who: f"Đề cử {who} vì {STORY}"),
)
DATA = st.one_of(
    st.text(max_size=40),
    st.builds(
        "{}:{}:{}:{}:{}".format,
        st.sampled_from("cnmbdshxiz"),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(
            ["agree", "who", "send", "list", "show", "undo", "more", "resume", "open", "language"]
        ),
        st.sampled_from(["", "0", "1", "2", "vi", "en"]),
    ),
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(texts=st.lists(TEXTS.filter(str.strip), max_size=4), datas=st.lists(DATA.filter(bool), max_size=6))
async def test_a_stranger_learns_no_name_whatever_they_send(
    office: Office, texts: list[str], datas: list[str]
):
    """Nothing said to a stranger holds a name of the roster, nor a unit beyond the secretariat's own."""
    stranger = Phone(office.telegram, 9300, name="Người lạ", settle=office.settle)
    await stranger.start()
    for text in texts:
        await stranger.send(text)
    for data in datas:
        await stranger.tap_data(data[:64] if len(data.encode()) <= 64 else "x")
        assert stranger.answered
    said = "\n".join(str(seen) for seen in stranger.messages() if seen.from_bot)
    assert not [row[1] for row in PEOPLE if row[1] in said]
    assert "Phòng Nội chính" not in said
