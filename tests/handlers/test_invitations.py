"""The monthly invitation to nominate: who gets it, not wanting it, and wanting it again."""

from datetime import UTC, datetime

import pytest

from storage import access, people
from tests.nominating import nominate
from tests.office import Office
from tests.phones import Phone

DECEMBER = datetime(2026, 12, 4, 2, tzinfo=UTC)
"""09:00 on Friday, 4 December: the 5th is a Saturday."""
JANUARY = datetime(2027, 1, 5, 2, tzinfo=UTC)


async def turn_to(office: Office, at: datetime) -> None:
    """Let the time pass, and all that falls due be sent."""
    office.clock.at = at
    await office.settle()


def invitations_of(phone: Phone) -> list[str]:
    """The invitations on a phone."""
    return [
        message.text
        for message in phone.messages()
        if message.text.startswith(("Kính mời đồng chí giới thiệu", "You are invited"))
    ]


async def test_an_invitation_comes_once_a_month_to_who_has_not_nominated(office: Office):
    """On the working day before the 5th; who nominated this month is not asked, nor who has left."""
    lan, mai, gone = (office.phone(code) for code in ("lan", "mai", "cu"))
    await turn_to(office, datetime(2026, 12, 2, 2, tzinfo=UTC))
    await nominate(mai, "anh Bùi Anh Tuấn")
    await turn_to(office, datetime(2026, 12, 4, 1, 59, tzinfo=UTC))
    assert invitations_of(lan) == []
    await turn_to(office, DECEMBER)
    (text,) = invitations_of(lan)
    assert "tháng 12/2026" in text
    assert lan.last.labels == ["Đề cử gương tốt", "Không nhận lời mời hằng tháng"]
    assert invitations_of(mai) == invitations_of(gone) == []
    await lan.tap("Đề cử gương tốt")
    assert "họ tên đồng nghiệp" in lan.screen
    await turn_to(office, datetime(2026, 12, 30, 2, tzinfo=UTC))
    assert len(invitations_of(lan)) == 1


async def test_not_wanted_is_kept_until_wanted_again(office: Office):
    """[Không nhận lời mời hằng tháng] holds over months; [Nhận lại lời mời] brings it back."""
    lan = office.phone("lan")
    await office.settle()
    await turn_to(office, DECEMBER)
    await lan.tap("Không nhận lời mời hằng tháng")
    assert "sẽ không nhận lời mời đề cử hằng tháng nữa" in lan.screen
    assert lan.last.labels == ["Nhận lại lời mời"]
    await turn_to(office, JANUARY)
    assert len(invitations_of(lan)) == 1
    await lan.tap("Nhận lại lời mời")
    assert "sẽ lại nhận lời mời đề cử" in lan.screen
    assert lan.last.labels == ["Không nhận lời mời hằng tháng"]
    await turn_to(office, datetime(2027, 3, 5, 2, tzinfo=UTC))
    assert len(invitations_of(lan)) == 2


async def test_not_wanted_before_the_sender_came_is_not_sent(office: Office):
    """The invitation that waits is looked at again when it is sent."""
    lan = office.phone("lan")
    await office.settle()
    office.clock.at = DECEMBER
    await office.bot.schedule.tick()
    lan_id = await office.person_id("lan")
    async with office.database.transaction() as session:
        await people.set_no_invitations(session, lan_id, off=True)
    await office.settle()
    assert invitations_of(lan) == []


async def test_it_stands_among_ones_data_and_is_changed_there(office: Office):
    """A line of /dulieucuatoi says which it is, and a button turns it round, in place."""
    lan = office.phone("lan")
    await lan.send("/dulieucuatoi")
    assert "Lời mời đề cử hằng tháng: có nhận" in lan.screen
    screen = lan.last.message_id
    await lan.tap("Không nhận lời mời hằng tháng")
    assert "Lời mời đề cử hằng tháng: không nhận" in lan.screen
    assert lan.last.message_id == screen
    await lan.tap("Nhận lại lời mời")
    assert "Lời mời đề cử hằng tháng: có nhận" in lan.screen
    async with office.database.reading() as session:
        acts = [line["act"] for line in await access.list_audit(session)]
    assert [act for act in acts if "invitations" in act] == ["no_invitations", "invitations"]


async def test_pressed_twice_it_is_noted_once(office: Office):
    """The second press says the same; the log has one line."""
    lan = office.phone("lan")
    await lan.send("/help")
    for _ in range(2):
        await lan.tap_data("in:0:0:off:")
        assert "sẽ không nhận lời mời" in lan.screen
    lan_id = await office.person_id("lan")
    async with office.database.reading() as session:
        acts = [line["act"] for line in await access.list_audit(session)]
        assert not await people.wants_invitations(session, lan_id)
    assert acts.count("no_invitations") == 1


@pytest.mark.parametrize("data", ["in:0:0::", "in:0:0:what:", "in:0:0:toggle:off"])
async def test_a_forged_act_changes_nothing(office: Office, data):
    """Only the two buttons do something, and a stranger's none."""
    lan = office.phone("lan")
    await lan.send("/help")
    await lan.tap_data(data)
    assert "Nút này đã cũ" in (lan.toast or "")
    lan_id = await office.person_id("lan")
    async with office.database.reading() as session:
        assert await people.wants_invitations(session, lan_id)


async def test_the_invitation_in_english(office: Office):
    """Text and buttons in the person's own language."""
    lan = office.phone("lan")
    await lan.send("/language")
    await lan.tap("English")
    await turn_to(office, DECEMBER)
    assert "nominate a colleague who did something good in 12/2026" in lan.screen
    await lan.tap("No monthly invitations")
    assert "You will get no more monthly invitations." in lan.screen
    await lan.tap("Invite me again")
    assert "You will be invited to nominate again" in lan.screen
    await lan.send("/mydata")
    assert "Monthly invitation to nominate: yes" in lan.screen
