"""A chart while Telegram is away or silent, or the bot dies: never lost, and as a notice never doubled."""

import pytest

from bot.documents.chart import Chart
from bot.sandbox.faults import Fault
from bot.sandbox.views import list_calls
from storage.notices import State
from tests.answering import nominated
from tests.office import Office
from tests.phones import PICTURE, Phone
from tests.posting import at_instant, local

PHOTO, EDIT = "sendPhoto", "editMessageMedia"


class Easel:
    """Counts what is drawn, as one grey point."""

    def __init__(self) -> None:
        self.drawn: list[Chart] = []

    def __call__(self, chart: Chart) -> bytes:
        self.drawn.append(chart)
        return PICTURE


@pytest.fixture
def easel(monkeypatch: pytest.MonkeyPatch) -> Easel:
    """What charts are drawn on; pauses between attempts are short."""
    made = Easel()
    monkeypatch.setattr("bot.sending.draw_chart_apart", made)
    monkeypatch.setattr("bot.outbox._FIRST_PAUSE_S", 0.001)
    return made


@pytest.fixture
def chanh(office: Office) -> Phone:
    """The leader's phone."""
    return office.phone("chanh")


def taken(office: Office) -> list[str]:
    """The methods by which something new was written or changed, as far as Telegram has taken it."""
    calls = [call["method"] for call in list_calls(office.telegram.world) if call["accepted"]]
    return [method for method in calls if method.startswith(("send", "edit"))]


def pictures(phone: Phone) -> list[str]:
    """The captions of the pictures in somebody's chat."""
    return [message.text for message in phone.messages() if message.from_bot and message.raw["photo"]]


async def test_a_chart_that_could_not_go_is_drawn_again(office: Office, chanh: Phone, easel: Easel):
    """While Telegram is away it is tried again, and arrives once."""
    office.telegram.add_fault(Fault("offline", method=PHOTO, times=3))
    await chanh.send("/tonghop")
    assert taken(office) == [PHOTO]
    assert len(pictures(chanh)) == 1
    assert len(easel.drawn) == 4
    assert all(chart == easel.drawn[0] for chart in easel.drawn)


async def test_a_chart_in_doubt_is_shown_again(office: Office, chanh: Phone, easel: Easel):
    """What the acting person waits for comes, even at the price of coming twice."""
    office.telegram.add_fault(Fault("timeout_after_accept", method=PHOTO, times=1))
    await chanh.send("/tonghop")
    assert len(pictures(chanh)) == 2
    await chanh.tap("Quý")
    assert len(easel.drawn) == 3


async def test_a_change_in_doubt_is_made_again_in_place(office: Office, chanh: Phone, easel: Easel):
    """The same picture once more into the same message: nothing is doubled."""
    await chanh.send("/tonghop")
    office.telegram.add_fault(Fault("timeout_after_accept", method=EDIT, times=1))
    await chanh.tap("Năm")
    assert taken(office) == [PHOTO, EDIT, EDIT]
    (caption,) = pictures(chanh)
    assert "2026" in caption
    assert easel.drawn[-1].title != easel.drawn[0].title


async def test_after_a_crash_the_chart_comes_out_of_its_row(office: Office, chanh: Phone, easel: Easel):
    """The bot dies before the picture has gone; the next one draws it and shows it."""
    await nominated(office, "tuan")
    office.telegram.add_fault(Fault("offline", method=PHOTO))
    office.telegram.people.send(chanh.user_id, "/tonghop")
    await office.bot.poller.poll_once()
    await office.crash()
    assert pictures(chanh) == []
    office.telegram.faults.clear()
    await office.bot.screens.show_unshown()
    await office.settle()
    (caption,) = pictures(chanh)
    assert "1 đề cử" in caption
    assert dict(easel.drawn[-1].units) == {"TH": 1}


@pytest.mark.parametrize("kind", ["timeout_after_accept", "5xx"])
async def test_a_digest_in_doubt_is_not_sent_again(office: Office, chanh: Phone, easel: Easel, kind: str):
    """A notice with a picture is parked like any other: a restart and a day do not send it once more."""
    office.may_be_refused += ("Bad Gateway",)
    await chanh.send("/tonghop")
    for label in ("Nhận định kỳ", "Hằng tuần", "Thứ Hai", "08:00"):
        await chanh.tap(label)
    before = len(pictures(chanh))
    office.telegram.add_fault(Fault(kind, method=PHOTO, times=1))
    await at_instant(office, local(23, 11, 8))
    written = len(pictures(chanh)) - before
    assert written == (kind == "timeout_after_accept")
    await office.restart()
    office.clock.turn(days=1)
    await office.settle()
    assert len(pictures(chanh)) - before == written
    async with office.database.reading() as session:
        rows = await session.fetch("select state, message_id from notices where kind = 'digest'")
    assert [State(row["state"]) for row in rows] == [State.UNKNOWN]


async def test_a_digest_keeps_its_message(office: Office, chanh: Phone, easel: Easel):
    """The row of one that has been sent names the message, so that a tap on it proves its arrival."""
    await chanh.send("/tonghop")
    for label in ("Nhận định kỳ", "Hằng tuần", "Thứ Hai", "08:00"):
        await chanh.tap(label)
    await at_instant(office, local(23, 11, 8))
    async with office.database.reading() as session:
        rows = await session.fetch("select state, message_id from notices where kind = 'digest'")
    assert [(State(row["state"]), row["message_id"]) for row in rows] == [(State.SENT, chanh.last.message_id)]
    assert len(easel.drawn) == 2
