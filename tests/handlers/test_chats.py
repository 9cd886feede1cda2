"""Groups and channels: the bot is put in, the secretariat says whose it is, the bot is put out."""

from bot.domain.chats import Chat, ChatState
from storage import chats
from tests.exemplars import agreed
from tests.honouring import a_group, open_card, pictured
from tests.office import Office
from tests.posting import pass_time, said


async def the_chat(office: Office, chat_id: int) -> Chat:
    """A chat as it stands."""
    async with office.database.reading() as session:
        found = await chats.find(session, chat_id)
    assert found is not None
    return found


async def test_the_secretariat_says_whose_a_group_is(office, phones, hung):
    """It is asked at once; in the group itself the bot says nothing."""
    group = await a_group(office, "Anh em Nội chính", "minh", "duc")
    assert "Trợ lý vừa được thêm vào “Anh em Nội chính”" in hung.last.text
    assert hung.last.labels == ["Văn phòng", "HCTC", "NC", "TH", "TTPVHCC", "Không dùng"]
    assert said(phones["minh"]) == []
    await hung.tap("NC")
    assert "là của Phòng Nội chính" in hung.last.text
    linked = await the_chat(office, group)
    assert (linked.state, linked.unit_id is not None) == (ChatState.LINKED, True)
    assert not [m for m in hung.messages(chat_id=group) if m.from_bot]


async def test_the_list_says_whose_each_is(office, phones, hung):
    """/nhom: linked, unlinked, linked to another; for the secretariat alone."""
    await hung.send("/nhom")
    assert "chưa ở trong nhóm hay kênh nào" in hung.last.text
    group = await a_group(office, "Nhóm chung", "minh")
    await hung.send("/nhom")
    await hung.tap("Nhóm chung · chưa rõ của ai")
    await hung.tap("Văn phòng")
    await hung.tap("Mọi nhóm, kênh")
    assert hung.last.labels == ["Nhóm chung · Văn phòng"]
    await hung.tap("Nhóm chung · Văn phòng")
    await hung.tap("Không dùng")
    assert (await the_chat(office, group)).state is ChatState.UNUSED
    await phones["minh"].send("/nhom")
    assert "dành cho bộ phận thư ký" in phones["minh"].last.text
    await phones["minh"].tap_data(f"ch:{-group}:0:office:")
    assert (await the_chat(office, group)).state is ChatState.UNUSED


async def test_a_newer_chat_takes_the_place(office, phones, hung):
    """A unit has one chat: linking another leaves the one before unused."""
    first = await a_group(office, "Cũ", "minh")
    await hung.tap("NC")
    second = await a_group(office, "Mới", "minh")
    await hung.tap("NC")
    assert (await the_chat(office, first)).state is ChatState.UNUSED
    assert (await the_chat(office, second)).state is ChatState.LINKED


async def test_put_out_and_in_again(office, phones, hung):
    """The secretariat hears that a unit's group is lost; back in it, the bot asks anew."""
    group = await a_group(office, "Nội chính", "minh")
    await hung.tap("NC")
    office.telegram.people.remove_bot(phones["minh"].user_id, group)
    await office.settle()
    assert "không còn trong “Nội chính”" in hung.last.text
    assert (await the_chat(office, group)).state is ChatState.LEFT
    await hung.tap_data(f"ch:{-group}:0:office:")
    assert hung.toast == "Trợ lý không còn trong nhóm này."
    await hung.send("/nhom")
    assert hung.last.labels == ["Nội chính · đã rời"]


async def test_a_stranger_who_adds_the_bot_troubles_nobody(office, phones, hung):
    """It stands in the list; no message goes out, so that nobody can flood the secretariat."""
    stranger = office.stranger()
    office.telegram.people.add_group("Quảng cáo", [stranger.user_id])
    await office.settle()
    assert said(hung) == []
    await hung.send("/nhom")
    assert hung.last.labels == ["Quảng cáo · chưa rõ của ai"]


async def test_a_group_that_becomes_a_supergroup_keeps_its_link(office, phones, hung):
    """What is honoured afterwards goes to the new one."""
    group = await a_group(office, "Nội chính", "minh", "hung")
    await hung.tap("NC")
    new_id = office.telegram.people.upgrade_group(phones["minh"].user_id, group)
    await office.settle()
    assert (await the_chat(office, new_id)).state is ChatState.LINKED
    await open_card(hung, await agreed(office))
    await hung.tap("Biểu dương")
    await hung.tap("Biểu dương ngay")
    assert pictured(hung, chat_id=new_id).labels == ["Chúc mừng", "Xem gương"]


async def test_a_post_follows_a_group_that_moved_unseen(office, phones, hung):
    """Telegram refuses the old number and names the new one: the post goes there, once."""
    office.may_be_refused += ("upgraded to a supergroup",)
    group = await a_group(office, "Nội chính", "minh", "hung")
    await hung.tap("NC")
    new_id = office.telegram.world.upgrade_group(group)
    await open_card(hung, await agreed(office))
    await hung.tap("Biểu dương")
    await hung.tap("Biểu dương ngay")
    await pass_time(office, minutes=1)
    assert len([m for m in hung.messages(chat_id=new_id) if m.raw["photo"]]) == 1
    assert (await the_chat(office, new_id)).state is ChatState.LINKED
