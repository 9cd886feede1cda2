"""Events, for tests: made by the secretariat step by step, up to the preview or sent."""

from bot.domain.events import Event
from storage import events
from tests.office import Office
from tests.phones import Phone

TITLE = "Giao lưu cách làm hay <số hóa> & chia sẻ"
PLACE = "Hội trường tầng 2"
WHEN = "14:00 04/12/2026"
WHEN_SAID = "14:00, thứ Sáu 04/12/2026"


async def made(hung: Phone, *guests: str, when: str = WHEN, host: str = "Phòng Nội chính") -> None:
    """Up to the preview: an exchange with that host and those guests (none is everybody)."""
    await hung.send("/sukien")
    await hung.tap("Tổ chức sự kiện mới")
    await hung.tap("Giao lưu, trao đổi kinh nghiệm")
    await hung.send(TITLE)
    await hung.tap(host)
    for guest in guests:
        await hung.tap(guest)
    await hung.tap("Tiếp tục")
    if "gương nào chia sẻ" in hung.last.text:
        await hung.tap("Không mời chia sẻ")
    await hung.send(when)
    await hung.send(PLACE)
    await hung.tap("Không có ghi chú")


async def invited(hung: Phone, *guests: str, when: str = WHEN) -> None:
    """The invitations are on their way."""
    await made(hung, *guests, when=when)
    await hung.tap("Gửi lời mời")


async def the_event(office: Office, event_id: int = 1) -> Event:
    """The event as it stands."""
    async with office.database.reading() as session:
        found = await events.find_event(session, event_id)
    assert found is not None
    return found
