"""Honouring: only what was agreed to, where the clerk says, once; and taken down wherever it was."""

from datetime import timedelta

from bot.domain.exemplars import Exemplar, ExemplarState
from bot.messages import Call
from bot.operations.erase_person import erase_person
from bot.operations.exemplar_words import HONOUR
from bot.operations.tell_nominators import tell_chosen
from bot.sandbox.faults import Fault
from storage import choices, people
from tests.exemplars import agreed, taken_over, the_exemplar
from tests.honouring import a_group, open_card, pictured
from tests.office import Office
from tests.phones import Phone
from tests.posting import everybody, pass_time, said, the_post


async def the_unit_group(office: Office, hung: Phone) -> int:
    """The group of Phòng Nội chính, linked."""
    chat_id = await a_group(office, "Nội chính", "hung", "minh", "duc", "lan2")
    await hung.tap("NC")
    return chat_id


async def the_channel(office: Office, hung: Phone, *codes: str) -> int:
    """The office's channel, linked."""
    members = [everybody(office)[code].user_id for code in ("hung", *codes)]
    chat_id = office.telegram.people.add_group("Văn phòng", members, channel=True)
    await office.settle()
    await hung.tap("Văn phòng")
    return chat_id


async def go(office: Office, hung: Phone, exemplar: Exemplar) -> None:
    """The clerk honours it where the office usually does."""
    await open_card(hung, exemplar)
    await hung.tap("Biểu dương")
    await hung.tap("Biểu dương ngay")


async def test_a_group_and_the_channel_get_one_post_each(office, phones, hung):
    """The card with its caption and two buttons, once in each; nobody is written to in private."""
    group, channel = await the_unit_group(office, hung), await the_channel(office, hung, "lan", "tuan")
    exemplar = await agreed(office)
    await open_card(hung, exemplar)
    await hung.tap("Biểu dương")
    assert "☑ Đơn vị: một bài trong “Nội chính”" in hung.last.text
    assert "☑ Kênh Văn phòng: một bài trong “Văn phòng”" in hung.last.text
    assert "☐ Mọi người: nhắn riêng 11 người" in hung.last.text
    await hung.tap("Biểu dương ngay")
    for chat_id in (group, channel):
        posted = [m for m in hung.messages(chat_id=chat_id) if m.raw["photo"]]
        assert len(posted) == 1
        assert posted[0].text.startswith("Trân trọng biểu dương đồng chí Nguyễn Thị Lan, Văn thư")
        assert posted[0].labels == ["Chúc mừng", "Xem gương"]
    see = posted[0].raw["buttons"][0][1]["url"]
    assert see.endswith(f"?start=g_{exemplar.id}")
    assert (await the_exemplar(office, exemplar.id)).state is ExemplarState.HONOURED
    assert said(phones["lan"]) == []
    assert "đã được biểu dương" in said(phones["duc"])[-1], "the nominator hears"
    assert phones["duc"].last.labels == ["Xem gương"]


async def test_congratulations_count_once_a_person(office, phones, hung):
    """A toast for each tap; the button's count follows within a minute and not at each tap."""
    group = await the_unit_group(office, hung)
    await go(office, hung, await agreed(office))
    post = pictured(hung, chat_id=group)
    for code in ("minh", "duc", "minh"):
        await phones[code].tap("Chúc mừng", message_id=post.message_id, chat_id=group)
    assert phones["duc"].toast == "Đã gửi lời chúc mừng. Đến nay có 2 lời chúc mừng."
    assert phones["minh"].toast == "Đồng chí đã chúc mừng rồi. Đến nay có 2 lời chúc mừng."
    assert pictured(hung, chat_id=group).labels[0] == "Chúc mừng"
    await pass_time(office, seconds=60)
    assert pictured(hung, chat_id=group).labels[0] == "Chúc mừng · 2"
    await phones["lan2"].tap("Chúc mừng · 2", message_id=post.message_id, chat_id=group)
    assert "3 lời" in (phones["lan2"].toast or "")
    await pass_time(office, seconds=60)
    assert pictured(hung, chat_id=group).labels == ["Chúc mừng · 3", "Xem gương"]
    edits = [call for call in _calls(office) if call == "editMessageReplyMarkup"]
    assert len(edits) == 2


async def test_the_nominee_hears_once_a_day(office, phones, hung):
    """A quiet word in working hours about all congratulations of the day."""
    group = await the_unit_group(office, hung)
    await go(office, hung, await agreed(office))
    post = pictured(hung, chat_id=group)
    for code in ("minh", "duc"):
        await phones[code].tap("Chúc mừng", message_id=post.message_id, chat_id=group)
    await pass_time(office, hours=9)
    assert [text for text in said(phones["lan2"]) if "lời chúc mừng" in text] == [
        "Đến nay có 2 lời chúc mừng gửi tới đồng chí (Nguyễn Thị Lan, Văn thư, Phòng Nội chính)."
    ]


async def test_who_takes_back_all_consent_is_published_no_more(office, phones, hung):
    """Withdrawing the consent to one's data takes the honour down too."""
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    await go(office, hung, exemplar)
    lan2 = phones["lan2"]
    await lan2.send("/dulieucuatoi")
    await lan2.tap("Rút đồng ý")
    await lan2.tap("Xác nhận rút đồng ý")
    assert (await the_exemplar(office, exemplar.id)).state is ExemplarState.REMOVED
    assert not [m for m in hung.messages(chat_id=group) if m.raw["photo"]]


async def test_members_of_a_channel_tap_too(office, phones, hung):
    """Who is of the office is counted; a stranger among the members hears that they are not known."""
    channel = await the_channel(office, hung, "tuan")
    await go(office, hung, await agreed(office))
    post = pictured(hung, chat_id=channel)
    await phones["tuan"].tap("Chúc mừng", message_id=post.message_id, chat_id=channel)
    assert "1 lời" in (phones["tuan"].toast or "")
    stranger = office.stranger()
    office.telegram.world.join(channel, stranger.user_id)
    await stranger.tap("Chúc mừng", message_id=post.message_id, chat_id=channel)
    assert "lời chúc mừng" not in (stranger.toast or "")
    await pass_time(office, seconds=60)
    assert pictured(hung, chat_id=channel).labels[0] == "Chúc mừng · 1"


async def test_a_unit_without_a_group_is_written_to_one_by_one(office, phones, hung):
    """Its people get the card in private, with a report to the clerk; others get nothing."""
    exemplar = await agreed(office)
    await open_card(hung, exemplar)
    await hung.tap("Biểu dương")
    assert "☑ Đơn vị: nhắn riêng 3 người" in hung.last.text
    assert "Kênh Văn phòng: chưa có" in hung.last.text
    await hung.tap("Xem trước")
    assert pictured(hung).text.startswith("Trân trọng biểu dương")
    await hung.tap("Biểu dương ngay")
    await pass_time(office, minutes=1)
    for code in ("minh", "duc", "lan2"):
        assert pictured(phones[code]).labels == ["Chúc mừng", "Xem gương"], code
    assert said(phones["tuan"]) == []
    await phones["minh"].tap("Chúc mừng")
    assert "1 lời" in (phones["minh"].toast or "")
    assert any("Biểu dương: Nguyễn Thị Lan" in text and "Đã nhận: 3" in text for text in said(hung))


async def test_before_everybody_each_has_it_once(office, phones, hung):
    """A unit without a group does not get it twice when everybody gets it."""
    exemplar = await agreed(office)
    await open_card(hung, exemplar)
    await hung.tap("Biểu dương")
    await hung.tap("☐ Mọi người")
    await hung.tap("Biểu dương ngay")
    await pass_time(office, minutes=1)
    for code, phone in phones.items():
        cards = [m for m in phone.messages() if m.raw["photo"] and "Chúc mừng" in m.labels]
        assert len(cards) == (code != "cu"), code


async def test_nothing_goes_without_consent(office, phones, hung):
    """A forged or stale button cannot honour what nobody has agreed to."""
    exemplar = await taken_over(office)
    await open_card(hung, exemplar)
    assert "Biểu dương" not in pictured(hung).labels
    for act in ("open", "go", "preview", "where"):
        await hung.tap_data(str(Call(HONOUR, exemplar.id, 1, act, "u")))
        assert "Chưa có đồng ý" in (hung.toast or ""), act
    assert (await the_exemplar(office, exemplar.id)).state is ExemplarState.OPEN
    await phones["minh"].send("/trogiup")
    await phones["minh"].tap_data(str(Call(HONOUR, exemplar.id, 0, "hail")))
    assert "không còn được công bố" in (phones["minh"].toast or "")


async def test_twice_is_once(office, phones, hung):
    """A second tap finds that it is honoured there; elsewhere it still can be."""
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    await go(office, hung, exemplar)
    await hung.tap_data(str(Call(HONOUR, exemplar.id, 1, "go", "u")))
    assert "ở nơi đó rồi" in (hung.toast or "")
    await pass_time(office, minutes=5)
    assert len([m for m in hung.messages(chat_id=group) if m.raw["photo"]]) == 1
    await hung.tap_data(str(Call(HONOUR, exemplar.id, 1, "go", "")))
    assert "ít nhất một nơi" in (hung.toast or "")
    await hung.tap_data(str(Call(HONOUR, exemplar.id, 1, "go", "o")))
    assert "không gửi được" in (hung.toast or "")
    await hung.tap_data(str(Call(HONOUR, exemplar.id, 1, "go", "e")))
    await pass_time(office, minutes=1)
    assert pictured(phones["tuan"]).labels == ["Chúc mừng", "Xem gương"]


async def test_taken_back_it_goes_from_everywhere(office, phones, hung):
    """The posts in chats and the copies in private are deleted; a late tap says that it is gone."""
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    await open_card(hung, exemplar)
    await hung.tap("Biểu dương")
    await hung.tap("☐ Mọi người")
    await hung.tap("Biểu dương ngay")
    await pass_time(office, minutes=1)
    assert pictured(phones["tuan"]).labels == ["Chúc mừng", "Xem gương"]
    lan2 = phones["lan2"]
    await lan2.send("/dulieucuatoi")
    await lan2.tap("Việc công bố về tôi")
    await lan2.tap("Rút đồng ý · tháng 11/2026")
    await lan2.tap("Rút đồng ý")
    await pass_time(office, minutes=1)
    assert not [m for m in hung.messages(chat_id=group) if m.raw["photo"]]
    for code, phone in phones.items():
        assert not [m for m in phone.messages() if "Chúc mừng" in m.labels], code
    assert (await the_post(office)).title == "", "the name is not kept"
    assert (await the_exemplar(office, exemplar.id)).state is ExemplarState.REMOVED


async def test_what_is_too_old_to_delete_is_removed_by_hand(office, phones, hung):
    """Telegram deletes nothing older than two days: the secretariat is told which post, with its link."""
    office.may_be_refused += ("can't be deleted",)
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    await go(office, hung, exemplar)
    post = pictured(hung, chat_id=group)
    await pass_time(office, days=3)
    await _withdraw(phones["lan2"])
    await pass_time(office, minutes=1)
    asked = [m for m in hung.messages() if "gỡ bài đó bằng tay" in m.text]
    assert len(asked) == 1
    assert "Nội chính" in asked[0].text
    assert asked[0].raw["buttons"][0][0]["url"].endswith(f"/{post.message_id}")


async def test_declined_before_it_went_it_never_goes(office, phones, hung):
    """What waits for the morning is looked at again when it is sent."""
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    office.clock.turn(hours=14)
    await go(office, hung, exemplar)
    assert not [m for m in hung.messages(chat_id=group) if m.raw["photo"]], "not at night"
    await _withdraw(phones["lan2"])
    await pass_time(office, hours=12)
    assert not [m for m in hung.messages(chat_id=group) if m.raw["photo"]]


async def test_a_group_that_put_the_bot_out_is_told_to_the_clerk(office, phones, hung):
    """The exemplar is public all the same, and can be honoured there again, or elsewhere."""
    office.may_be_refused += ("bot was kicked",)
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    office.clock.turn(hours=14)
    await go(office, hung, exemplar)
    office.telegram.world.set_member(group, office.telegram.world.bot["id"], "kicked")
    await pass_time(office, hours=12)
    assert any("Không gửi được bài biểu dương" in text for text in said(hung))
    office.telegram.world.set_member(group, office.telegram.world.bot["id"], "member")
    await hung.tap("Biểu dương thêm nơi khác")
    assert "☑ Đơn vị: một bài trong “Nội chính”" in hung.last.text
    await hung.tap("Biểu dương ngay")
    await pass_time(office, minutes=1)
    assert pictured(hung, chat_id=group).labels == ["Chúc mừng", "Xem gương"]


async def test_a_removal_in_doubt_is_tried_again(office, phones, hung):
    """Nobody knows whether the post is gone: removing it twice does no harm, leaving it would."""
    group = await the_unit_group(office, hung)
    await go(office, hung, await agreed(office))
    office.telegram.add_fault(Fault("5xx", method="deleteMessage", times=1))
    await _withdraw(phones["lan2"])
    assert [m for m in hung.messages(chat_id=group) if m.raw["photo"]]
    await pass_time(office, minutes=16)
    assert not [m for m in hung.messages(chat_id=group) if m.raw["photo"]]


async def test_erasing_takes_down(office, phones, hung):
    """Who has their data erased is published nowhere any more."""
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    await go(office, hung, exemplar)
    async with office.database.transaction() as session:
        me = await people.get_person(session, await office.person_id("lan2"))
        await erase_person(session, me, office.clock().date(), office.clock())
    await office.settle()
    assert not [m for m in hung.messages(chat_id=group) if m.raw["photo"]]
    now_is = await the_exemplar(office, exemplar.id)
    assert (now_is.state, now_is.is_public) == (ExemplarState.REMOVED, False)
    await phones["minh"].send("/trogiup")
    await phones["minh"].tap_data(str(Call(HONOUR, exemplar.id, 0, "hail")))
    assert "không còn được công bố" in (phones["minh"].toast or "")


async def test_in_doubt_it_is_never_sent_again(office, phones, hung):
    """Telegram's answer got lost, the post may be there: a tap proves it, and then its count follows."""
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    office.telegram.add_fault(Fault("timeout_after_accept", chat_id=group, seconds=0, times=1))
    await go(office, hung, exemplar)
    await pass_time(office, days=1)
    assert len([m for m in hung.messages(chat_id=group) if m.raw["photo"]]) == 1
    post = pictured(hung, chat_id=group)
    await phones["minh"].tap("Chúc mừng", message_id=post.message_id, chat_id=group)
    await pass_time(office, seconds=60)
    assert pictured(hung, chat_id=group).labels[0] == "Chúc mừng · 1"


async def test_a_crash_between_tap_and_post_loses_and_doubles_nothing(office, phones, hung):
    """The honour and its post are one commit; the bot dies, and another brings it."""
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    office.clock.turn(hours=14)  # at night it waits
    await go(office, hung, exemplar)
    await office.crash()
    await pass_time(office, hours=12)
    await pass_time(office, hours=12)
    assert len([m for m in hung.messages(chat_id=group) if m.raw["photo"]]) == 1


async def test_the_outcome_reaches_every_nominator(office, phones, hung):
    """At acceptance: chosen, not chosen, in working hours; the nominee is not told."""
    chosen = await taken_over(office)
    async with office.database.transaction() as session:
        answer = await choices.find_answer(session, chosen.nominee.unit_id, chosen.period)
        assert answer is not None
        await tell_chosen(session, answer, office.clock())
        await tell_chosen(session, answer, office.clock() + timedelta(hours=1))
    await pass_time(office, minutes=1)
    heard = said(phones["duc"])
    assert len(heard) == 1
    assert "Tin vui: Phòng Nội chính đã chọn Nguyễn Thị Lan là gương kỳ tháng 11/2026" in heard[0]
    assert said(phones["lan2"]) == []


async def _withdraw(lan2: Phone) -> None:
    await lan2.send("/dulieucuatoi")
    await lan2.tap("Việc công bố về tôi")
    await lan2.tap("Rút đồng ý · tháng 11/2026")
    await lan2.tap("Rút đồng ý")


def _calls(office: Office) -> list[str]:
    rows = office.telegram.world.store.rows("select method from calls")
    return [row["method"] for row in rows]


async def test_the_clerk_takes_an_honour_down_again(office, phones, hung):
    """Asked once more: the post goes, /guong forgets it, and an old or forged button does nothing."""
    group = await the_unit_group(office, hung)
    exemplar = await agreed(office)
    await go(office, hung, exemplar)
    await open_card(hung, exemplar)
    await hung.tap("Gỡ bài đã đăng")
    assert [m for m in hung.messages(chat_id=group) if m.raw["photo"]]
    await hung.tap("Xác nhận gỡ")
    assert "Đã gỡ bài biểu dương" in hung.last.text
    assert not [m for m in hung.messages(chat_id=group) if m.raw["photo"]]
    assert (await the_exemplar(office, exemplar.id)).state is ExemplarState.REMOVED
    await phones["lan"].send("/guong")
    assert "Nguyễn Thị Lan" not in phones["lan"].last.text
    await hung.tap_data(str(Call(HONOUR, exemplar.id, exemplar.text_version, "downsure")))
    assert hung.toast
    await phones["lan"].tap_data(str(Call(HONOUR, exemplar.id, exemplar.text_version, "downsure")))
    assert "bộ phận thư ký" in (phones["lan"].toast or "")
