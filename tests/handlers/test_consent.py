"""The nominee sees what will be published as it will appear, and decides: freely, and again at any time."""

import pytest

from bot.domain.exemplars import Consent, ExemplarState
from bot.messages import Call
from bot.operations.exemplar_words import CONSENT
from bot.sandbox.faults import Fault
from tests.exemplars import TEXT, honoured, taken_over, the_exemplar
from tests.honouring import at_desk, open_card, pictured
from tests.phones import Phone
from tests.posting import pass_time, said


@pytest.fixture
def lan2(phones: dict[str, Phone]) -> Phone:
    """The nominee's phone."""
    return phones["lan2"]


async def test_the_clerk_sees_the_card_as_it_will_be_published(office, phones, hung):
    """A picture with the caption of the honour, how far it is, and what can be done."""
    exemplar = await at_desk(office, hung)
    card = pictured(hung)
    assert card.text.startswith(
        "Trân trọng biểu dương đồng chí Nguyễn Thị Lan, Văn thư, Phòng Nội chính - gương điển hình tiên tiến"
        f" kỳ tháng 11/2026: {TEXT[:-1]}. Kính mời các đơn vị học tập, nhân rộng."
    )
    assert "chưa xin ý kiến" in card.text
    assert card.labels == ["Sửa lời", "Đổi ảnh", "Gửi xin ý kiến"]
    assert exemplar.has_card


async def test_the_card_comes_once_telegram_is_back(office, phones, hung):
    """Drawing is tried again while Telegram cannot be reached, and what is refused for good ends."""
    office.telegram.add_fault(Fault("offline", method="sendPhoto", times=2))
    exemplar = await at_desk(office, hung)
    await pass_time(office, minutes=1)
    await pass_time(office, minutes=1)
    assert (await the_exemplar(office, exemplar.id)).has_card
    assert "Gửi xin ý kiến" in pictured(hung).labels


async def test_the_nominee_agrees_and_the_secretariat_may_honour(office, phones, hung, lan2):
    """The question comes with the picture; the word holds for its version; only the secretariat hears."""
    exemplar = await at_desk(office, hung)
    await hung.tap("Gửi xin ý kiến")
    asked = pictured(lan2)
    assert "đã chọn đồng chí là gương điển hình tiên tiến" in asked.text
    assert "Trân trọng biểu dương" in asked.text
    assert "tự quyết định" in asked.text
    assert asked.labels == ["Đồng ý", "Đề nghị sửa", "Không đồng ý"]
    assert all("Đỗ Minh Đức" not in text for text in said(lan2)), "the nominator is never named"
    await lan2.tap("Đồng ý")
    assert "đồng ý công bố bản 1" in lan2.last.text
    assert "Có thể biểu dương" in hung.last.text
    assert hung.last.labels == ["Biểu dương", "Mở thẻ của gương"]
    now_is = await the_exemplar(office, exemplar.id)
    assert now_is.may_be_published
    for code, phone in phones.items():
        assert code in {"hung", "lan2"} or said(phone) == [], code


async def test_a_wish_comes_to_the_clerk_with_its_photo(office, phones, hung, lan2):
    """Words and a photo are kept; the changed card is asked about anew, and the old answer counts no more."""
    exemplar = await at_desk(office, hung)
    await hung.tap("Gửi xin ý kiến")
    first = pictured(lan2)
    await lan2.tap("Đề nghị sửa")
    await lan2.photo("Xin dùng ảnh này, và bỏ chữ “giảm một nửa”.")
    assert "Đã ghi" in lan2.last.text
    wish = pictured(hung)
    assert "đề nghị sửa" in wish.text
    assert "bỏ chữ" in wish.text
    await hung.tap("Mở thẻ của gương")
    await hung.tap("Đổi ảnh")
    await hung.tap("Dùng ảnh này")
    now_is = await the_exemplar(office, exemplar.id)
    assert (now_is.text_version, now_is.consent) == (2, Consent.NONE)
    assert now_is.has_card
    await lan2.tap("Đồng ý", message_id=first.message_id)
    assert "đang được sửa" in (lan2.toast or "")
    await hung.tap("Gửi xin ý kiến")
    await lan2.tap("Đồng ý", message_id=first.message_id)
    assert "bản cũ" in (lan2.toast or "")
    assert (await the_exemplar(office, exemplar.id)).consent is Consent.ASKED
    await lan2.tap("Đồng ý")
    assert (await the_exemplar(office, exemplar.id)).may_be_published


async def test_changed_words_need_a_new_consent(office, phones, hung, lan2):
    """After the nominee has agreed, other words are not covered, and cannot be honoured."""
    exemplar = await at_desk(office, hung)
    await hung.tap("Gửi xin ý kiến")
    await lan2.tap("Đồng ý")
    honour = hung.last
    await open_card(hung, exemplar)
    await hung.tap("Sửa lời")
    await hung.send("Hướng dẫn người dân nộp hồ sơ trực tuyến, giảm thời gian chờ.")
    assert "Hướng dẫn người dân nộp hồ sơ trực tuyến" in pictured(hung).text
    assert not (await the_exemplar(office, exemplar.id)).may_be_published
    await hung.tap("Biểu dương", message_id=honour.message_id)
    assert "nút này đã cũ" in (hung.toast or "")
    await hung.tap("Gửi xin ý kiến")
    assert "giảm thời gian chờ" in pictured(lan2).text


async def test_declining_is_respected(office, phones, hung, lan2):
    """The nominee is thanked, the secretariat told and can ask no more; the nominee may change their mind."""
    exemplar = await at_desk(office, hung)
    await hung.tap("Gửi xin ý kiến")
    await lan2.tap("Không đồng ý")
    assert "tôn trọng" in lan2.last.text
    assert "không đồng ý công bố" in hung.last.text
    assert hung.last.labels == []
    await open_card(hung, exemplar)
    assert pictured(hung).labels == []
    await lan2.send("/dulieucuatoi")
    await lan2.tap("Việc công bố về tôi")
    assert "không đồng ý" in lan2.last.text
    await lan2.tap("Xem và trả lời · tháng 11/2026")
    await lan2.tap("Đồng ý")
    assert (await the_exemplar(office, exemplar.id)).may_be_published


async def test_nobody_answers_for_another(office, phones, hung, lan2):
    """Another person's button, a forged one, and one of somebody without the right change nothing."""
    exemplar = await at_desk(office, hung)
    await hung.tap("Gửi xin ý kiến")
    duc = phones["duc"]
    await duc.send("/trogiup")
    for act in ("yes", "no", "change", "withdrawn", "see"):
        await duc.tap_data(str(Call(CONSENT, exemplar.id, 1, act)))
        assert duc.toast == "Chỉ người được hỏi mới trả lời được việc này.", act
    for data in (f"ec:{exemplar.id}:1:ask:", f"ec:{exemplar.id}:0:open:", f"ho:{exemplar.id}:1:go:u"):
        await duc.tap_data(data)
        assert (duc.toast or "").startswith("Việc này dành cho bộ phận thư ký"), data
    now_is = await the_exemplar(office, exemplar.id)
    assert now_is.consent is Consent.ASKED
    await hung.tap_data("ec:999:1:open:")
    assert "không còn" in (hung.toast or "")
    await hung.tap_data(f"ec:{exemplar.id}:1:nonsense:")
    assert hung.toast


async def test_the_question_is_repeated_once(office, phones, hung, lan2):
    """After three working days without an answer it comes once more, quietly, and never a third time."""
    await at_desk(office, hung)
    await hung.tap("Gửi xin ý kiến")
    assert len([m for m in lan2.messages() if m.raw["photo"]]) == 1
    await pass_time(office, days=2)
    assert len([m for m in lan2.messages() if m.raw["photo"]]) == 1
    await pass_time(office, days=3, hours=1)
    assert "hỏi lại" in pictured(lan2).text
    await pass_time(office, days=10)
    assert len([m for m in lan2.messages() if m.raw["photo"]]) == 2
    await lan2.tap("Đồng ý")
    assert "đã đồng ý công bố bản 1" in lan2.last.text.lower()


async def test_who_has_answered_is_not_asked_again(office, phones, hung, lan2):
    """The reminder looks at how things stand when it comes due."""
    await at_desk(office, hung)
    await hung.tap("Gửi xin ý kiến")
    await lan2.tap("Không đồng ý")
    await pass_time(office, days=10)
    assert len([m for m in lan2.messages() if m.raw["photo"]]) == 1


async def test_a_group_has_somebody_who_speaks_for_it(office, phones, hung):
    """The clerk names a representative, who is asked; who was named before can answer no more."""
    exemplar = await at_desk(office, hung, "duc", nominator="minh", name="Tổ số hóa hồ sơ")
    card = pictured(hung)
    assert "Trân trọng biểu dương Tổ số hóa hồ sơ, Phòng Nội chính - điển hình tiên tiến" in card.text
    await hung.tap("Gửi xin ý kiến")
    assert "đại diện trả lời" in pictured(phones["duc"]).text
    await open_card(hung, exemplar)
    await hung.tap("Chọn người đại diện")
    await hung.send("Bùi Anh Tuấn")
    assert "Bùi Anh Tuấn" in pictured(hung).text
    await hung.tap("Gửi xin ý kiến")
    await phones["duc"].tap("Đồng ý")
    assert phones["duc"].toast == "Chỉ người được hỏi mới trả lời được việc này."
    await phones["tuan"].tap("Đồng ý")
    assert (await the_exemplar(office, exemplar.id)).may_be_published


async def test_who_is_not_in_chat_is_asked_on_paper(office, phones, hung, lan2):
    """The card says so and leads to the paper; a forged question is refused."""
    await lan2.block()
    exemplar = await at_desk(office, hung)
    assert pictured(hung).labels == ["Sửa lời", "Đổi ảnh", "Chưa vào trợ lý: lấy ý kiến bằng giấy"]
    await hung.tap_data(f"ec:{exemplar.id}:1:ask:")
    assert "bằng giấy" in (hung.toast or "")


async def test_a_question_that_cannot_be_brought_is_open_again(office, phones, hung, lan2):
    """Telegram says that the nominee has blocked the bot: the secretariat hears it, and may use paper."""
    exemplar = await at_desk(office, hung)
    office.telegram.people.block(lan2.user_id, blocked=True)
    office.telegram.world.store.run("delete from updates")  # the bot has not heard of it yet
    await hung.tap("Gửi xin ý kiến")
    assert "Chưa gửi được lời xin ý kiến tới đồng chí Nguyễn Thị Lan" in hung.last.text
    assert (await the_exemplar(office, exemplar.id)).consent is Consent.NONE
    await hung.tap("Mở thẻ của gương")
    assert "Chưa vào trợ lý: lấy ý kiến bằng giấy" in pictured(hung).labels


async def test_taking_back_takes_down(office, phones, hung, lan2):
    """/dulieucuatoi says what is published about me, asks whether I am sure, and takes it down."""
    exemplar = await honoured(office)
    await lan2.send("/dulieucuatoi")
    await lan2.tap("Việc công bố về tôi")
    await lan2.tap("Rút đồng ý · tháng 11/2026")
    assert "gỡ ở mọi nơi" in lan2.last.text
    await lan2.tap("Rút đồng ý")
    now_is = await the_exemplar(office, exemplar.id)
    assert (now_is.state, now_is.consent) == (ExemplarState.REMOVED, Consent.DECLINED)
    assert "đang được gỡ xuống" in hung.last.text


async def test_nobody_learns_of_it_before_being_asked(office, phones, lan2):
    """Until the question comes, one's own data does not say that one was chosen."""
    await taken_over(office)
    await lan2.send("/dulieucuatoi")
    assert "Việc công bố về tôi" not in lan2.last.labels
    await lan2.tap_data("co:0:0:about:")
    assert "Chưa có việc công bố nào" in lan2.last.text


async def test_words_too_long_are_refused_and_kept_out(office, phones, hung):
    """The limit is said; nothing changes."""
    exemplar = await at_desk(office, hung)
    await hung.tap("Sửa lời")
    await hung.send("a " * 900)
    assert "tối đa" not in hung.last.text
    assert "từ 1 đến 1500 ký tự" in hung.last.text
    assert (await the_exemplar(office, exemplar.id)).text_version == 1
    await hung.send("/huy")
    assert "Thẻ giữ nguyên" in hung.last.text


async def test_a_crash_between_question_and_answer_loses_nothing(office, phones, hung, lan2):
    """The bot dies after the clerk's tap: the question still comes, once."""
    await at_desk(office, hung)
    await office.crash()
    await hung.tap("Gửi xin ý kiến")
    await office.crash()
    await office.settle()
    assert len([m for m in lan2.messages() if m.raw["photo"]]) == 1
