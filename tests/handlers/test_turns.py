"""One update, one turn: delivered again, or cut off by a crash, it happens once and its screen is seen."""

from bot.sandbox.faults import Fault
from tests.handlers.test_nominate import CARD, STORY, standing
from tests.office import Office
from tests.phones import Phone


def receipts(phone: Phone) -> int:
    """How many receipts the chat shows."""
    return sum("Đã ghi nhận" in seen.text for seen in phone.messages())


async def test_the_same_update_twice(office: Office):
    """An update that Telegram delivers again changes nothing a second time."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    hasty = Phone(office.telegram, lan.user_id)
    await hasty.tap("Gửi")
    raw = await office.bot.poller._ask(0)
    await office.bot.poller.handle(raw)
    await office.bot.poller.handle(raw)
    await office.settle()
    assert len(await standing(office)) == 1
    assert receipts(lan) == 1


async def test_committed_but_nothing_sent(office: Office):
    """Killed between the commit and the answer: the next start shows the screen, nothing happens twice."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")
    await Phone(office.telegram, lan.user_id).tap("Gửi")
    for method in ("sendMessage", "editMessageText", "answerCallbackQuery"):
        office.telegram.add_fault(Fault("offline", method=method))
    await office.bot.poller.poll_once()
    assert lan.last.text.startswith(CARD)
    office.telegram.faults.clear()
    await office.crash()
    await office.settle()
    assert receipts(lan) == 1
    assert len(await standing(office)) == 1
    await lan.send("/cuatoi")
    assert "0001" in lan.screen


async def test_sent_but_not_marked(office: Office):
    """Killed after the answer went out and before that was written down: it may be shown once more."""
    lan = office.phone("lan")
    await Phone(office.telegram, lan.user_id).send(f"Đề cử anh Tuấn vì {STORY}")
    await office.bot.poller.poll_once()
    while office.bot.screens._busy:
        await next(iter(office.bot.screens._busy.values()))
    await office.crash()
    await office.settle()
    cards = sum(seen.text.startswith(CARD) for seen in lan.messages())
    assert 1 <= cards <= 2
    await office.restart()
    await office.settle()
    assert sum(seen.text.startswith(CARD) for seen in lan.messages()) == cards
    await lan.tap("Gửi")
    assert len(await standing(office)) == 1
    assert receipts(lan) == 1


async def test_killed_before_the_commit(office: Office):
    """An update no commit has noted comes round again."""
    lan = office.phone("lan")
    await Phone(office.telegram, lan.user_id).send(f"Đề cử anh Tuấn vì {STORY}")
    await office.crash()
    await office.settle()
    assert lan.last.text.startswith(CARD)


async def test_a_mistake_of_ours_is_confessed_and_kept(office: Office, monkeypatch):
    """A step that fails says so, is put aside for the developers, and the conversation goes on."""
    lan = office.phone("lan")
    await lan.send(f"Đề cử anh Tuấn vì {STORY}")

    async def broken(*_args: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("handlers.nominate.send_nomination", broken)
        await lan.tap("Gửi")
    assert "hệ thống gặp trục trặc" in lan.screen
    await lan.send("/decu")
    await lan.tap("Viết tiếp")
    await lan.tap("Gửi")
    assert receipts(lan) == 1
